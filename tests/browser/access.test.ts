import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askInChat, House, openBrowser, Visitor } from '../support/browser.js';

const TOKEN = 'correct-horse-battery-staple';
let browser: Browser;
let house: House;
let visitor: Visitor;

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), House.open({ staffToken: TOKEN })]);
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});
beforeEach(async () => {
  visitor = await Visitor.arrive(browser, house.base);
});
afterEach(async () => {
  await visitor.context.close();
  expect(visitor.faults).toEqual([]);
});

describe('the staff pages', () => {
  it('ask for the token, refuse a wrong one in words, let the right one in, and out again', async () => {
    const page = await visitor.open('/console');
    await page.getByRole('heading', { name: '登录热线台' }).waitFor();
    await page.getByLabel('口令').fill('<script>alert(1)</script>');
    await page.keyboard.press('Enter');
    await page.getByText('口令不对，请核对后再试。').waitFor();
    await page.getByLabel('口令').fill(TOKEN);
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: '来电人的问题，或要查的词' }).waitFor();
    // The session is a cookie that scripts cannot read.
    expect(await page.evaluate<string>('document.cookie')).toBe('');
    await page.getByRole('textbox', { name: '来电人的问题，或要查的词' }).fill('泉州牵头企业营收要多少？');
    await page.keyboard.press('Enter');
    await page.getByRole('article').waitFor();
    await page.reload();
    await page.getByRole('textbox', { name: '来电人的问题，或要查的词' }).waitFor();
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByRole('heading', { name: '登录热线台' }).waitFor();
  });

  it('show nothing of an answer, a review or a history to somebody who is not signed in', async () => {
    const page = await visitor.open('/');
    await askInChat(page, '泉州牵头企业营收要多少？');
    const chat = new URL(page.url()).searchParams.get('chat');
    const { turns } = await (await page.request.get(`/api/chats/${chat}`)).json();
    const id: string = turns[1].answer.id;
    for (const path of [`/answers/${id}`, '/console/reviews']) {
      await page.goto(path);
      await page.getByRole('heading', { name: '登录热线台' }).waitFor();
      expect(await page.locator('main').innerText()).not.toContain('泉州');
    }
    // Signing in shows what was asked for, without a detour.
    await page.goto(`/answers/${id}`);
    await page.getByLabel('口令').fill(TOKEN);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '泉州牵头企业营收要多少？' }).waitFor();
  });

  it('say so when somebody tries too often', async () => {
    const page = await visitor.open('/console');
    for (let n = 0; n < 30; n++) {
      await page.getByLabel('口令').fill(`wrong ${n}`);
      await Promise.all([
        page.waitForResponse((response) => response.url().endsWith('/api/staff/sign-in')),
        page.keyboard.press('Enter'),
      ]);
      if (await page.getByText('请求太频繁').isVisible()) break;
    }
    await page.getByText(/请求太频繁，请 \d+ 秒后再试。/).waitFor();
  });
});

describe('a page that is not there', () => {
  it('says so and leads home', async () => {
    const page = await visitor.open('/nowhere/at/all');
    await page.getByText('没有这个页面，地址可能有误。').waitFor();
    await page.getByRole('link', { name: '回到问答' }).click();
    await page.getByRole('heading', { name: '创新联合体政策，问什么答什么' }).waitFor();
  });
});
