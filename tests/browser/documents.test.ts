import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { House, openBrowser, PHONE, sideways, Visitor } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

let browser: Browser;
let house: House;
let visitor: Visitor;

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), House.open()]);
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});
beforeEach(async () => {
  visitor = await Visitor.arrive(browser, house.base, { viewport: PHONE });
});
afterEach(async () => {
  await visitor.context.close();
  expect(visitor.faults).toEqual([]);
});

const card = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });

describe('the documents', () => {
  it('are listed with their status on the chosen day, and a link keeps the day', async () => {
    const page = await visitor.open('/policies?asOf=2026-06-01');
    await card(page, '泉州市创新联合体管理办法').getByText('现行有效').waitFor();
    await page.getByLabel('以这一天为准').fill('2026-04-01');
    await card(page, '泉州市创新联合体管理办法').getByText('尚未施行').waitFor();
    expect(page.url()).toContain('asOf=2026-04-01');
    await card(page, '厦门市创新联合体管理办法').getByText('现行有效').waitFor();
    await page.getByRole('link', { name: '泉州市创新联合体管理办法' }).click();
    await page.getByRole('heading', { level: 1, name: '泉州市创新联合体管理办法' }).waitFor();
    await page.getByText('尚未施行').waitFor();
    await page.getByRole('button', { name: '回到今天' }).click();
    await page.getByText('现行有效').waitFor();
    expect(await page.locator('main').innerText()).toContain('2030-12-31');
  });

  it('are read whole, each clause at a permanent address that opens at it', async () => {
    const page = await visitor.open(`/policies/xiamen-2025#${encodeURIComponent('第六条（二）1')}`);
    const clause = page.locator('[data-clause="第六条（二）1"]');
    await clause.waitFor();
    await eventually(async () => (await clause.boundingBox())?.y ?? -1).toBeGreaterThan(0);
    expect((await clause.boundingBox())!.y).toBeLessThan(PHONE.height);
    expect(await clause.innerText()).toContain('年主营业务收入原则上应达到5亿元以上');
    const whole = await page.locator('main').innerText();
    for (const words of ['第一章', '第十七条', '第十八条']) expect(whole).toContain(words);
    expect(await page.getByRole('link', { name: '第十七条 的永久链接' }).getAttribute('href')).toBe(
      `/policies/xiamen-2025#${encodeURIComponent('第十七条')}`,
    );
    expect(await sideways(page)).toBe(0);
  });

  it('show their figures in the sentences they stand in, and lead from a figure to its clause', async () => {
    const page = await visitor.open('/policies/quanzhou-2026');
    await page.getByRole('tab', { name: /^数字/ }).click();
    const row = page.getByRole('row').filter({ hasText: '上年度主营业务收入2亿元以上' });
    await row.first().waitFor();
    expect(await row.first().innerText()).toContain('用于判断');
    const all = await page.getByRole('row').count();
    await page.getByRole('button', { name: /^用于判断/ }).click();
    await eventually(() => page.getByRole('row').count()).toBeLessThan(all);
    expect(await sideways(page)).toBe(0);
    await page.getByRole('link', { name: '三（一）', exact: true }).click();
    await page.locator('.clause.here').waitFor();
    expect(decodeURIComponent(page.url())).toContain('#三（一）');
  });

  it('show their conditions in the words of the bureau, with the strength of each', async () => {
    const page = await visitor.open('/policies/wenzhou-draft');
    await page.getByText('征求意见稿', { exact: true }).waitFor();
    await page.getByRole('tab', { name: /^条件/ }).click();
    const rules = await page.getByRole('tabpanel').innerText();
    for (const words of [
      '牵头单位',
      '联合体',
      '必须',
      '原则上',
      '研发强度不低于3.5%或年度研发费用不低于2000万元',
    ])
      expect(rules).toContain(words);
    await page.goto('/policies/quanzhou-reply-108');
    await page.getByText('说明性文件').waitFor();
    await page.getByRole('tab', { name: /^条件/ }).click();
    await page.getByText('这份文件不设申报条件。').waitFor();
  });

  it('say which one is not there, and try again when the server was away', async () => {
    const page = await visitor.open('/policies/nowhere');
    await page.getByRole('alert').filter({ hasText: 'nowhere' }).waitFor();
    await page.goto('/policies');
    await card(page, '泉州市创新联合体管理办法').waitFor();
    await house.stop();
    await page.getByRole('link', { name: '泉州市创新联合体管理办法' }).click();
    await page.getByText('连不上服务器。').waitFor();
    await house.start();
    await page.getByRole('button', { name: '再试一次' }).click();
    await page.getByRole('heading', { level: 1, name: '泉州市创新联合体管理办法' }).waitFor();
  });
});
