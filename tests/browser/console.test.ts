import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { House, openBrowser, PHONE, sideways, Visitor } from '../support/browser.js';
import { eventually } from '../support/eventually.js';

let browser: Browser;
let house: House;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), House.open()]);
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});
beforeEach(async () => {
  visitor = await Visitor.arrive(browser, house.base, { permissions: ['clipboard-read', 'clipboard-write'] });
  page = await visitor.open('/console');
  await box().waitFor();
});
afterEach(async () => {
  await visitor.context.close();
  expect(visitor.faults).toEqual([]);
});

const box = () => page.getByRole('textbox', { name: '来电人的问题，或要查的词' });
const fact = (id: string) => page.locator(`[data-fact="${id}"]`).locator('input, select');
const outcome = (policy: string) => page.locator(`[data-policy="${policy}"]`).getAttribute('data-outcome');
const answer = () => page.locator('article');
/** Asks from the box and waits until the answer is there. */
async function ask(question: string) {
  await box().fill(question);
  await page.keyboard.press('Enter');
  await answer().locator('.asked', { hasText: question }).waitFor();
}

describe('a caller at the hotline', () => {
  it('is written down while staff type, with the verdict of every city, before anything is asked', async () => {
    await eventually(() => page.locator('[data-policy]').count()).toBe(4);
    expect(await outcome('quanzhou-2026')).toBe('undetermined');
    await box().pressSequentially('我们是泉州的企业，去年营收1.8亿');
    await eventually(() => fact('lead.revenue_last_year').inputValue()).toBe('1.8亿元');
    await eventually(() => fact('lead.city').inputValue()).toBe('quanzhou');
    await eventually(() => outcome('quanzhou-2026')).toBe('ineligible');
    expect(await page.locator('[data-policy="quanzhou-2026"]').innerText()).toContain('2000万元');
    expect(await answer().count()).toBe(0);
  });

  it('has facts that staff correct, the verdicts following, and what is wrong with a fact said beside it', async () => {
    await box().fill('我们是泉州的企业，去年营收1.8亿');
    await eventually(() => outcome('quanzhou-2026')).toBe('ineligible');
    await fact('lead.revenue_last_year').fill('2.3亿');
    await page.keyboard.press('Enter');
    await eventually(() => outcome('quanzhou-2026')).toBe('undetermined');
    await fact('lead.revenue_last_year').fill('很多');
    await page.keyboard.press('Enter');
    await page.locator('[data-fact="lead.revenue_last_year"] .fault').waitFor();
    expect(await fact('lead.revenue_last_year').getAttribute('aria-invalid')).toBe('true');
    await fact('lead.revenue_last_year').fill('1.9亿');
    await page.keyboard.press('Enter');
    await eventually(() => outcome('quanzhou-2026')).toBe('ineligible');
    await page.getByRole('button', { name: '下一位' }).click();
    await eventually(() => fact('lead.revenue_last_year').inputValue()).toBe('');
    await eventually(() => outcome('quanzhou-2026')).toBe('undetermined');
  });

  it('is judged as a member or a consortium as well', async () => {
    await page.getByLabel('判断对象').selectOption('consortium');
    await eventually(() =>
      page.locator('[data-policy="xiamen-2025"]').getByText('待确认').first().innerText(),
    ).toMatch(/待确认 \d+/);
    await box().fill('厦门，一共6家单位');
    await eventually(() => outcome('xiamen-2025')).toBe('ineligible');
  });
});

describe('an answer at the hotline', () => {
  it('marks its figures, and opens each clause beside it in the whole document with the quote marked', async () => {
    await ask('泉州牵头企业营收要多少？');
    expect(await answer().locator('mark').allInnerTexts()).toContain('2亿元');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await answer().getByRole('heading', { name: '依据' }).click();
    await page.keyboard.press('1');
    const side = page.getByRole('complementary');
    const quote = side.locator('mark').first();
    await eventually(() => quote.innerText()).toBe('上年度主营业务收入2亿元以上');
    const place = (await quote.boundingBox())!;
    expect(place.y).toBeGreaterThan(60);
    expect(place.y).toBeLessThan(860);
    // The whole document, not the clause alone.
    expect(await side.innerText()).toContain('功能定位');
    expect(await side.innerText()).toContain('附则');
  });

  it('is copied as a reply with its sources, and sent as a file that says the same', async () => {
    await ask('泉州牵头企业营收要多少？');
    await page.getByRole('button', { name: '复制为答复' }).click();
    await page.getByText('已复制，可直接粘贴。').waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toContain('2亿元以上');
    expect(copied).toContain('泉科规〔2026〕3号 三（一）：“上年度主营业务收入2亿元以上”');
    expect(copied).toMatch(/以上内容以 \d{4}-\d{2}-\d{2} 有效的文件为准。/);
    expect(copied).not.toContain('<');
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '作为文件发送' }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^答复-.*泉州牵头企业营收.*\.txt$/);
    expect(readFileSync(await file.path(), 'utf8')).toBe(copied);
  });

  it('is found by words too, with the clauses that hold them', async () => {
    await ask('知识产权');
    const hits = page.getByRole('region', { name: '相关条款' }).getByRole('button');
    await eventually(() => hits.count()).toBeGreaterThan(2);
    await hits.first().click();
    await page.getByRole('complementary').locator('.clause.here').waitFor();
  });

  it('is set beside the other cities in a table where it names a matter', async () => {
    await ask('研发投入');
    const table = page.getByRole('region', { name: '各市对照' });
    await table.getByRole('table').waitFor();
    for (const words of ['泉州', '厦门', '青岛', '温州', '2000万元', '3.5%', '未规定'])
      expect(await table.innerText()).toContain(words);
    await table.getByRole('button', { name: /^依据 1/ }).click();
    await page.getByRole('complementary').locator('mark').first().waitFor();
  });

  it('is marked with a note, worked through by a lead and exported; what was not answered is listed', async () => {
    const question = '泉州的联合体名称有什么要求？';
    const note = '<img src=x onerror=alert(1)> 少了命名格式';
    await ask(question);
    await page.getByRole('button', { name: '标记有误或缺失' }).click();
    await page.getByLabel('缺内容').check();
    await page.getByLabel(/哪里不对/).fill(note);
    await page.getByRole('button', { name: '提交复核' }).click();
    await page.getByText('已提交，进入复核清单。').waitFor();
    await ask('明天会下雨吗？');

    await page.getByRole('link', { name: '复核', exact: true }).click();
    const review = page.getByRole('listitem').filter({ hasText: question });
    await review.waitFor();
    expect(await review.innerText()).toContain(note);
    expect(await page.locator('main img').count()).toBe(0);
    await review.getByLabel('应当怎样回答').fill('写明命名格式');
    await review.getByRole('button', { name: '确认有问题' }).click();
    await page.getByText('没有待复核的回答。').waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出评测用例' }).click(),
    ]);
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({ question });
    expect(lines[0]).toContain('写明命名格式');
    await page.getByRole('button', { name: '已处理' }).click();
    await page.getByRole('listitem').filter({ hasText: '已确认' }).waitFor();
    await page.getByRole('button', { name: '未能回答' }).click();
    await page.getByText('明天会下雨吗？').waitFor();
  });

  it('stays in the history of the day, opens from there again, and is replayed with how it came about', async () => {
    await ask('我们在厦门，去年营收6亿，能牵头吗？');
    await page.getByRole('button', { name: '下一位' }).click();
    await page
      .getByRole('button', { name: /我们在厦门，去年营收6亿，能牵头吗？.*/ })
      .first()
      .click();
    await answer().waitFor();
    await page.getByRole('link', { name: '查看记录' }).click();
    await page.getByRole('heading', { level: 1, name: '我们在厦门，去年营收6亿，能牵头吗？' }).waitFor();
    const replay = await page.locator('main').innerText();
    for (const words of [
      '理解为',
      '6亿元',
      '依据与结论',
      '年主营业务收入原则上应达到5亿元以上（含）',
      '逐句核对',
      '发出的文字',
    ]) {
      expect(replay).toContain(words);
    }
    await page.goBack();
    await box().waitFor();
  });

  it('loses nothing while the server restarts: the fault is said, and one press asks again', async () => {
    await house.stop();
    await box().fill('青岛的办法哪天到期？');
    await page.keyboard.press('Enter');
    await page.getByText('连不上服务器。').first().waitFor();
    expect(await box().inputValue()).toBe('青岛的办法哪天到期？');
    await house.start();
    await page.locator('.answer-column').getByRole('button', { name: '再试一次' }).click();
    await answer().waitFor();
  });
});

describe('the console by keyboard', () => {
  const active = (what: string) => page.evaluate<string>(`document.activeElement.${what} ?? ''`);

  it('goes everywhere by keys, which a sheet lists and a switch turns off', async () => {
    await ask('泉州牵头企业营收要多少？');
    await page.keyboard.press('Escape');
    await page.keyboard.press('ArrowDown');
    expect(await active('ariaLabel')).toBe('依据 1：三（一）');
    await page.keyboard.press('ArrowDown');
    expect(await active('textContent')).toContain('复制为答复');
    await page.keyboard.press('/');
    expect(await active('id')).toBe('search');
    await page.getByRole('button', { name: '复制为答复' }).focus();
    await page.keyboard.press('Control+k');
    expect(await active('id')).toBe('search');
    await page.getByRole('button', { name: '复制为答复' }).focus();
    await page.keyboard.press('f');
    expect(await active('id')).toBe('subject');
    await page.getByRole('button', { name: '复制为答复' }).focus();
    await page.keyboard.press('c');
    await page.getByText('已复制，可直接粘贴。').waitFor();
    await page.keyboard.press('?');
    const sheet = page.getByRole('dialog', { name: '快捷键' });
    await sheet.getByLabel('启用单键快捷键').uncheck();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: '复制为答复' }).focus();
    await page.keyboard.press('/');
    expect(await active('textContent')).toContain('复制为答复');
    await page.keyboard.press('Control+k');
    expect(await active('id')).toBe('search');
  });

  it('types every character into the box, shortcuts or not', async () => {
    await box().pressSequentially('/?csm1');
    expect(await box().inputValue()).toBe('/?csm1');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('shows markup in a question as it stands', async () => {
    const attack = '<img src=x onerror=alert(1)> 泉州营收';
    await ask(attack);
    await page.getByRole('button', { name: /<img/ }).waitFor();
    expect(await page.locator('main img').count()).toBe(0);
  });
});

it('is usable on a phone', async () => {
  await page.setViewportSize(PHONE);
  await ask('泉州牵头企业营收要多少？');
  expect(await sideways(page)).toBe(0);
  await answer().getByRole('button', { name: '依据 1：三（一）' }).click();
  await page.getByRole('dialog').locator('mark').first().waitFor();
  await page.keyboard.press('Escape');
});
