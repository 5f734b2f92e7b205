import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/app.js';
import { check } from '../../src/cli/check.js';
import { compare } from '../../src/cli/compare.js';
import type { Call } from '../../src/cli/io.js';
import { tempFolder } from '../support/folders.js';

const dir = tempFolder('check');
let app: App;
beforeAll(async () => {
  app = await createApp({ dataDir: dir });
});

/** What a command prints, and what it logs. */
async function run(
  command: (app: App, call: Call) => unknown,
  positional: string[],
  options: Record<string, string | boolean>,
): Promise<{ out: string; log: string }> {
  const said = { out: '', log: '' };
  await command(app, {
    positional,
    options,
    out: (text) => {
      said.out += text;
    },
    log: (text) => {
      said.log += text;
    },
  });
  return said;
}

const SHORT = {
  'lead.kind': 'enterprise',
  'lead.city': 'quanzhou',
  'lead.legal_person': true,
  'lead.revenue_last_year': '1.8亿元',
  'lead.rd_spend_avg_3y': '1500万',
  'lead.rd_ratio_3y': '4%',
  'lead.high_tech': true,
  'lead.platform_level': 'provincial',
  'lead.high_level_talent_team': true,
  'lead.rd_staff': 20,
  'lead.title_revoked_on': 'never',
};
let files = 0;
const facts = (more: object = {}): string => {
  const file = join(dir, `facts-${files++}.json`);
  writeFileSync(file, typeof more === 'string' ? more : JSON.stringify({ ...SHORT, ...more }));
  return file;
};
const verdict = async (more: object = {}, options: Record<string, string | boolean> = {}) =>
  run(check, [], {
    policy: 'quanzhou-2026',
    subject: 'lead',
    'as-of': '2026-11-21',
    facts: facts(more),
    ...options,
  });

describe('wence check', () => {
  it('says the outcome in words, what is short, and how it could be met', async () => {
    const { out } = await verdict();
    expect(out).toContain('《泉州市创新联合体管理办法》　牵头单位　2026-11-21：现行有效');
    expect(out).toContain('结论：不符合条件（ineligible）');
    expect(out).toContain('✗ 三（一） 上年度主营业务收入：≥ 2亿元；提供的是1.8亿元；差：2000万元');
    expect(out).toMatch(/怎样能达到：.*上年度主营业务收入：.*差2000万元/s);
    expect(out).toMatch(/年均研发投入差500万元，或.*研发强度差1个百分点（满足其一即可）/);
  });

  it('the change that it names turns the outcome', async () => {
    const mended = { 'lead.revenue_last_year': '2亿元', 'lead.rd_ratio_3y': '5%' };
    expect((await verdict(mended)).out).toContain('（eligible）');
    expect((await verdict({ ...mended, 'lead.rd_ratio_3y': '4.9999%' })).out).toContain('（ineligible）');
  });

  it('names what no figure can mend, and where the same facts would not fail', async () => {
    const { out } = await verdict({ 'lead.city': 'qingdao' });
    expect(out).toContain('改数字或补材料改变不了：在泉州注册');
    expect(out).toContain('同样的情况按《青岛市创新联合体组建工作指引》：可核对的条件都达到了（eligible）');
  });

  it('asks for what is open, and offers no change where nothing failed', async () => {
    const { out } = await verdict({
      'lead.revenue_last_year': '2亿元',
      'lead.rd_ratio_3y': '5%',
      'lead.rd_staff': null,
    });
    expect(out).toMatch(/接下来请提供：.*（lead\.rd_staff）/);
    expect(out).not.toContain('怎样能达到');
  });

  it('gives the verdict of the contract in JSON, with an id and the changes', async () => {
    const json = JSON.parse((await verdict({}, { json: true })).out);
    expect(json).toMatchObject({ id: expect.any(String), outcome: 'ineligible', next: null });
    expect(json.changes.needed.map((s: { criterion: string }) => s.criterion)).toEqual([
      'lead-revenue',
      'lead-rd',
    ]);
    expect(json.elsewhere.every((v: { outcome: string }) => v.outcome !== 'ineligible')).toBe(true);
  });

  it.each([
    ['{"lead.kind": }', /第 1 行第 \d+ 个字符附近|请检查引号/],
    ['{"lead.kind": "enterprise"', /没有写完整|第 1 行/],
    ['', /内容是空的/],
  ])('%j is refused in Chinese, with the place', async (text, words) => {
    const file = join(dir, `bad-${files++}.json`);
    writeFileSync(file, text);
    await expect(verdict({}, { facts: file })).rejects.toThrow(words);
    await expect(verdict({}, { facts: file })).rejects.not.toThrow(/Unexpected|Expected/);
  });

  it('a missing file and a folder are named as such', async () => {
    await expect(verdict({}, { facts: join(dir, 'none.json') })).rejects.toThrow(/没有这个文件/);
    await expect(verdict({}, { facts: dir })).rejects.toThrow(/这是一个文件夹/);
  });
});

describe('wence compare', () => {
  it('says which of several matters it does not know', async () => {
    const { out, log } = await run(compare, ['营收,牛奶'], { 'as-of': '2026-11-21' });
    expect(out).toContain('2亿元以上');
    expect(log).toContain('没有可以对照的事项“牛奶”');
    expect((await run(compare, ['营收,年报'], { 'as-of': '2026-11-21' })).log).toBe('');
  });
});
