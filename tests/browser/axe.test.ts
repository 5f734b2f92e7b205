import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askInChat, DESK, House, openBrowser, PHONE, Visitor } from '../support/browser.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
let browser: Browser;
let house: House;

beforeAll(async () => {
  [browser, house] = await Promise.all([openBrowser(), House.open()]);
});
afterAll(async () => {
  await browser?.close();
  await house?.close();
});

/** Violations of WCAG 2.2 A and AA that axe finds, in words; behind an open dialog nothing can be reached, so only it is judged. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate('scrollTo(0, 0)');
  await page.evaluate(AXE);
  return page.evaluate<string[]>(`axe
    .run(document.querySelector('[role=dialog][aria-modal=true]') ?? document, { runOnly: ${JSON.stringify(TAGS)} })
    .then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html + ' ' + node.failureSummary)))`);
}

for (const [scheme, viewport] of [
  ['light', PHONE],
  ['dark', DESK],
] as const) {
  describe(`in ${scheme}, ${viewport.width} pixels wide`, () => {
    it('the visitors’ pages have no finding of WCAG 2.2 AA', async () => {
      const visitor = await Visitor.arrive(browser, house.base, { viewport, colorScheme: scheme });
      const page = await visitor.open('/');
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await violations(page)).toEqual([]);
      await askInChat(page, '我们在厦门，去年营收6亿，能牵头吗？');
      expect(await violations(page)).toEqual([]);
      await page.locator('.cite').first().click();
      await page.getByRole('dialog').locator('mark').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await page.getByRole('button', { name: '对话菜单' }).click();
      await page.getByRole('menu').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('menuitem', { name: '删除这段对话' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await violations(page)).toEqual([]);

      await page.goto('/policies');
      await page.getByRole('listitem').first().waitFor();
      expect(await violations(page)).toEqual([]);
      await page.goto('/policies/quanzhou-2026#三（一）');
      await page.locator('.clause.here').waitFor();
      expect(await violations(page)).toEqual([]);
      for (const tab of [/^数字/, /^条件/]) {
        await page.getByRole('tab', { name: tab }).click();
        expect(await violations(page)).toEqual([]);
      }
      await page.goto('/nowhere');
      await page.getByRole('link', { name: '回到问答' }).waitFor();
      expect(await violations(page)).toEqual([]);
      expect(visitor.faults).toEqual([]);
      await visitor.context.close();
    });

    it('the staff pages have no finding of WCAG 2.2 AA', async () => {
      const visitor = await Visitor.arrive(browser, house.base, { viewport, colorScheme: scheme });
      const page = await visitor.open('/console');
      await page.locator('[data-policy]').nth(3).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.locator('#search').fill('我们在厦门，去年营收6亿，能牵头吗？');
      await page.keyboard.press('Enter');
      await page.getByRole('article').waitFor();
      await page.locator('[data-policy] summary').first().click();
      await page.getByRole('button', { name: '标记有误或缺失' }).click();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: '提交复核' }).click();
      await page.getByText('已提交，进入复核清单。').waitFor();
      await page.locator('article .cite').first().click();
      await page.locator('.document mark').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.goto(await page.getByRole('link', { name: '查看记录' }).getAttribute('href').then(String));
      await page.getByText('发出的文字').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.goto('/console/reviews');
      await page.getByRole('button', { name: '确认有问题' }).first().waitFor();
      expect(await violations(page)).toEqual([]);
      await page.goto('/console');
      await page.getByRole('button', { name: '快捷键' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await violations(page)).toEqual([]);
      expect(visitor.faults).toEqual([]);
      await visitor.context.close();
    });
  });
}
