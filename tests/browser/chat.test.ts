import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { askInChat, DESK, House, openBrowser, PHONE, sideways, Visitor } from '../support/browser.js';
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
  visitor = await Visitor.arrive(browser, house.base, { viewport: PHONE, hasTouch: true });
});
afterEach(async () => {
  await visitor.context.close();
  expect(visitor.faults).toEqual([]);
});

const box = (page: Page) => page.getByRole('textbox', { name: '您的问题' });
const questions = (page: Page) => page.locator('li.mine').allInnerTexts();
const focused = (page: Page, what: string) => page.evaluate<string>(`document.activeElement.${what} ?? ''`);

describe('a question on a phone', () => {
  it('is answered with its clause a tap away, the quoted words marked, and the tap taken back', async () => {
    const page = await visitor.open('/');
    expect(await askInChat(page, '泉州牵头企业营收要多少？')).toContain('2亿元以上');
    const cite = page.getByRole('button', { name: '依据 1：三（一）' });
    await cite.click();
    const clause = page.getByRole('dialog');
    await eventually(() => clause.locator('mark').innerText()).toBe('上年度主营业务收入2亿元以上');
    expect(await clause.innerText()).toContain('泉科规〔2026〕3号');
    await page.keyboard.press('Escape');
    await clause.waitFor({ state: 'hidden' });
    expect(await focused(page, 'ariaLabel')).toBe('依据 1：三（一）');
  });

  it('leads to the whole document, and the back button leads back to the talk', async () => {
    const page = await visitor.open('/');
    await askInChat(page, '泉州牵头企业营收要多少？');
    await page.getByRole('button', { name: '依据 1：三（一）' }).click();
    await page.getByRole('link', { name: '在全文中查看' }).click();
    await page.getByRole('heading', { level: 1, name: '泉州市创新联合体管理办法' }).waitFor();
    expect(decodeURIComponent(page.url())).toContain('/policies/quanzhou-2026#三（一）');
    await page.goBack();
    await page.getByRole('article').waitFor();
    expect(await questions(page)).toEqual(['泉州牵头企业营收要多少？']);
  });

  it('folds what is more, and unfolds it on request', async () => {
    const page = await visitor.open('/');
    await askInChat(page, '我们在厦门，去年营收6亿，能牵头吗？');
    const more = page.getByText('另有由评审判断的条件');
    expect(await more.isVisible()).toBe(false);
    await page.getByText('更多说明').first().click();
    await more.waitFor();
  });

  it('fits the screen whatever is answered, tables too', async () => {
    const page = await visitor.open('/');
    for (const question of [
      '比较四个城市牵头单位的条件',
      '四个城市对研发强度的要求有什么不同？',
      '厦门的申报流程是什么？',
    ]) {
      await askInChat(page, question);
      expect([question, await sideways(page)]).toEqual([question, 0]);
    }
  });
});

describe('the interview on a phone', () => {
  /** Presses a button of the newest answer and waits for the next one. */
  async function press(page: Page, name: string | RegExp) {
    const answers = page.getByRole('article');
    const before = await answers.count();
    await page.getByRole('group', { name: '可选的回答' }).getByRole('button', { name }).first().click();
    await answers.nth(before).waitFor();
    return answers.nth(before);
  }

  it('goes by buttons to a verdict, hears free words on the way, and goes on after a reload', async () => {
    const page = await visitor.open('/');
    await page.getByRole('button', { name: /测一测申报条件/ }).click();
    await page.getByRole('article').waitFor();
    await press(page, /^牵头单位/);
    const first = await press(page, '厦门');
    expect(await first.innerText()).toMatch(/最多还有 \d+ 题会影响结果/);
    // Whoever pressed goes on from the new answer, not from the top of the page.
    expect(await focused(page, 'className')).toContain('theirs');
    await press(page, /^企业$/);
    await page.reload();
    await page.getByRole('article').nth(3).waitFor();
    expect(await askInChat(page, '主要办公和研发场所在厦门，没有创新平台，是科技型企业')).toBeTruthy();
    for (let n = 0; n < 20; n++) {
      const last = page.getByRole('article').last();
      if (/暂未达到|符合|由主管部门/.test(await last.innerText())) break;
      await press(page, /^(是|有|没有|不清楚)$/);
    }
    const verdict = await page.getByRole('article').last().innerText();
    expect(verdict).toContain('暂未达到厦门对牵头单位的硬性要求');
    expect(verdict).toContain('市级及以上创新平台');
    expect(await sideways(page)).toBe(0);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载结果报告（PDF）' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.pdf$/);
    expect(
      readFileSync(await file.path())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    // Asked for in words, it comes in the same way.
    const [again] = await Promise.all([page.waitForEvent('download'), askInChat(page, '报告')]);
    expect(again.suggestedFilename()).toMatch(/\.pdf$/);
  });
});

describe('a talk', () => {
  it('goes on after a reload, by its link in another window, and after the server was restarted', async () => {
    const page = await visitor.open('/');
    await askInChat(page, '泉州牵头企业营收要多少？');
    const link = page.url();
    expect(link).toMatch(/\/\?chat=[\w-]{16,}$/);
    await page.reload();
    await page.getByRole('article').waitFor();
    await house.stop();
    await house.start();
    const other = await visitor.open(link);
    await other.getByRole('article').waitFor();
    expect(await askInChat(other, '那厦门呢？')).toContain('5亿元');
    // Without the link, the device knows its talk.
    const third = await visitor.open('/');
    await third.getByRole('article').nth(1).waitFor();
    expect(await questions(third)).toEqual(['泉州牵头企业营收要多少？', '那厦门呢？']);
  });

  it('loses no question and asks none twice when the server stops in the middle', async () => {
    const page = await visitor.open('/');
    await askInChat(page, '泉州牵头企业营收要多少？');
    await house.stop();
    await box(page).fill('青岛的办法哪天到期？');
    await page.keyboard.press('Enter');
    await page.getByText('连接中断，正在重试…').waitFor();
    await house.start();
    await page.getByRole('article').nth(1).waitFor();
    await page.reload();
    await page.getByRole('article').nth(1).waitFor();
    expect(await questions(page)).toEqual(['泉州牵头企业营收要多少？', '青岛的办法哪天到期？']);
  });

  it('is the same in two tabs, and forgotten in both', async () => {
    const one = await visitor.open('/');
    await askInChat(one, '泉州牵头企业营收要多少？');
    const chat = new URL(one.url()).searchParams.get('chat')!;
    expect((await one.request.get(`/api/chats/${chat}`)).status()).toBe(200);
    const two = await visitor.open(one.url());
    await two.getByRole('article').waitFor();
    await askInChat(two, '那厦门呢？');
    await one.bringToFront();
    await one.evaluate("dispatchEvent(new Event('focus'))");
    await one.getByRole('article').nth(1).waitFor();
    expect(await questions(one)).toEqual(['泉州牵头企业营收要多少？', '那厦门呢？']);

    await one.getByRole('button', { name: '对话菜单' }).click();
    await one.getByRole('menuitem', { name: '删除这段对话' }).click();
    await one.getByRole('button', { name: '删除', exact: true }).click();
    await one.getByRole('heading', { name: '创新联合体政策，问什么答什么' }).waitFor();
    expect((await one.request.get(`/api/chats/${chat}`)).status()).toBe(404);
    await two.bringToFront();
    await two.evaluate("dispatchEvent(new Event('focus'))");
    await two.getByRole('heading', { name: '创新联合体政策，问什么答什么' }).waitFor();
    expect(await questions(two)).toEqual([]);
  });

  it('stays whole on a slow connection: the question is there at once, the wait is said, the answer comes', async () => {
    const page = await visitor.open('/');
    const network = await visitor.context.newCDPSession(page);
    await network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 600,
      downloadThroughput: 40_000,
      uploadThroughput: 20_000,
    });
    await box(page).fill('泉州牵头企业营收要多少？');
    await page.keyboard.press('Enter');
    await page.getByText('正在查文件…').waitFor();
    expect(await questions(page)).toEqual(['泉州牵头企业营收要多少？']);
    await page.getByRole('article').waitFor();
  });

  it('says that the device is offline, and sends the question again when asked to', async () => {
    const page = await visitor.open('/');
    await askInChat(page, '泉州牵头企业营收要多少？');
    await visitor.context.setOffline(true);
    await page.getByText('当前没有网络连接').waitFor();
    await box(page).fill('青岛的办法哪天到期？');
    await page.keyboard.press('Enter');
    await page.getByText('连接中断，正在重试…').waitFor();
    await page
      .getByRole('button', { name: /停止|stop|loading/i })
      .or(page.locator('.ant-sender-actions-btn'))
      .last()
      .click();
    await page.getByText('已停止。').waitFor();
    await visitor.context.setOffline(false);
    await page.getByRole('button', { name: '再发一次' }).click();
    await page.getByRole('article').nth(1).waitFor();
  });
});

describe('the chat by keyboard and by ear', () => {
  it('is used without a pointer: skip link, question, answer announced, citation, back', async () => {
    const page = await visitor.open('/');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused(page, 'textContent')).toBe('跳到提问框');
    await page.keyboard.press('Enter');
    await box(page).fill('泉州牵头企业营收要多少？');
    await page.keyboard.press('Enter');
    await page.getByRole('article').waitFor();
    await eventually(() => page.locator('main [role=status]').allInnerTexts()).toContainEqual(
      expect.stringContaining('2亿元以上'),
    );
    // The field keeps the focus, so the next question can follow.
    expect(await focused(page, 'id')).toBe('question');
  });

  it('speaks English on request, answers staying Chinese, and keeps language and shade', async () => {
    const page = await visitor.open('/');
    await page.getByRole('button', { name: 'EN English' }).click();
    await page.getByRole('heading', { name: 'Ask about innovation consortium policies' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByRole('button', { name: /Colours: as the system/ }).click();
    await page.reload();
    await page.getByRole('button', { name: /Colours: dark/ }).waitFor();
    expect(await page.locator('html').getAttribute('data-shade')).toBe('dark');
    await page.getByRole('textbox', { name: 'Your question' }).fill('泉州牵头企业营收要多少？');
    await page.keyboard.press('Enter');
    expect(await page.getByRole('article').innerText()).toContain('2亿元以上');
    expect(await page.locator('.blocks').getAttribute('lang')).toBe('zh-CN');
  });
});

describe('markup in what people type', () => {
  const ATTACKS = [
    '<img src=x onerror="alert(1)">',
    '<script>alert(1)</script>泉州牵头企业营收要多少？',
    '"><svg onload=alert(1)>{{7*7}}',
  ];

  it('is shown as it stands, in the talk and when the talk is read again', async () => {
    const page = await visitor.open('/');
    for (const attack of ATTACKS) await askInChat(page, attack);
    expect(await questions(page)).toEqual(ATTACKS);
    await page.reload();
    await page.getByRole('article').nth(2).waitFor();
    expect(await questions(page)).toEqual(ATTACKS);
    expect(await page.locator('main img, main script, main svg[onload]').count()).toBe(0);
  });

  it('does nothing in an address either', async () => {
    const attack = encodeURIComponent('"><img src=x onerror=alert(1)>');
    for (const path of [
      `/?chat=${attack}`,
      `/policies/${attack}`,
      `/policies?asOf=${attack}`,
      `/answers/${attack}`,
      `/policies/xiamen-2025#${attack}`,
    ]) {
      const page = await visitor.open(path);
      await page.getByRole('heading').first().waitFor({ state: 'attached' });
      expect([path, await page.locator('img, svg[onload]').count()]).toEqual([path, 0]);
      await page.close();
    }
  });
});

it('works at the width of a desk too', async () => {
  const desk = await Visitor.arrive(browser, house.base, { viewport: DESK, colorScheme: 'dark' });
  const page = await desk.open('/');
  expect(await askInChat(page, '青岛的办法哪天到期？')).toContain('青岛');
  expect(desk.faults).toEqual([]);
  await desk.context.close();
});
