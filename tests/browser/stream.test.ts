import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { House, openBrowser, PHONE, Visitor } from '../support/browser.js';
import { gate } from '../support/gate.js';

let browser: Browser;
let house: House;
const held = gate();

beforeAll(async () => {
  [browser, house] = await Promise.all([
    openBrowser(),
    House.open({
      assistant: (real) => ({
        ask: async (request, options) => {
          options?.onSentence?.('泉州要求上年度主营业务收入2亿元以上。');
          await held.opened;
          return real.ask(request, options);
        },
      }),
    }),
  ]);
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

it('a sentence is on the page while the rest is still being written', async () => {
  const visitor = await Visitor.arrive(browser, house.base, { viewport: PHONE });
  const page = await visitor.open('/');
  await page.getByRole('textbox', { name: '您的问题' }).fill('泉州牵头企业营收要多少？');
  await page.keyboard.press('Enter');
  await page.getByText('泉州要求上年度主营业务收入2亿元以上。').waitFor();
  await page.getByText('正在查文件…').waitFor();
  expect(await page.getByRole('article').count()).toBe(0);
  held.open();
  await page.getByRole('article').waitFor();
  expect(await page.getByText('正在查文件…').count()).toBe(0);
  expect(visitor.faults).toEqual([]);
  await visitor.context.close();
});
