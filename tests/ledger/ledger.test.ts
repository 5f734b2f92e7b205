import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { loadEntries, loadLibrary, loadTopics } from '../../src/knowledge/index.js';
import { type Ledger, type LedgerRow, openLedger } from '../../src/ledger/index.js';
import { loadCalculations, loadCriteria, loadVocabulary } from '../../src/rules/index.js';

const KNOWLEDGE = fileURLToPath(new URL('../../knowledge/', import.meta.url));
const made: string[] = [];
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

function load(dir: string) {
  const library = loadLibrary(dir);
  const vocabulary = loadVocabulary(join(dir, 'facts.yaml'));
  const topics = loadTopics(join(dir, 'topics.yaml'));
  const of = <T>(read: (folder: string, policy: (typeof library.policies)[number]) => T) =>
    new Map(library.policies.map((p) => [p.meta.id, read(join(dir, p.meta.id), p)]));
  const criteria = of((folder, p) => loadCriteria(join(folder, 'rules.yaml'), p, vocabulary));
  const entries = of((folder, p) => loadEntries(join(folder, 'entries.yaml'), p, topics));
  const calculations = of((folder, p) => loadCalculations(join(folder, 'calculations.yaml'), p, vocabulary));
  return { library, vocabulary, criteria, entries, calculations };
}

/** The ledger of the packs with some files changed. */
function ledgerWith(changes: Record<string, (text: string) => string>): Ledger {
  const dir = mkdtempSync(join(tmpdir(), 'wence-ledger-'));
  made.push(dir);
  cpSync(KNOWLEDGE, dir, { recursive: true });
  for (const [file, change] of Object.entries(changes)) {
    const before = readFileSync(join(dir, file), 'utf8');
    const after = change(before);
    expect(after, `${file} is changed`).not.toBe(before);
    writeFileSync(join(dir, file), after);
  }
  return openLedger(dir, load(dir));
}

const packs = load(KNOWLEDGE);
const { rows, faults } = openLedger(KNOWLEDGE, packs);
const of = (policy: string, clause: string) =>
  rows.filter((r) => r.policy === policy && r.clause === clause && r.unit !== 'ordinal');
const policyOf = (r: LedgerRow) => packs.library.policy(r.policy)!;

describe('the ledger', () => {
  it('has an account for every figure, a figure for every account, and rules that read what the source says', () => {
    expect(faults).toEqual([]);
  });

  it('gives exact places in the source, each figure once, in order', () => {
    for (const [i, r] of rows.entries()) {
      expect(policyOf(r).source.slice(r.start, r.end)).toBe(r.text);
      const clause = policyOf(r).clause(r.clause)!;
      // What the conversion left stands before the clause that begins after it.
      const inside = clause.start <= r.start || /书签/.test(r.by);
      expect(inside && r.end <= clause.end, `${r.clause} ${r.text}`).toBe(true);
      const before = rows[i - 1];
      if (before?.policy === r.policy) expect(before.end, r.text).toBeLessThanOrEqual(r.start);
    }
  });

  it('tells both ends of a stretch', () => {
    expect(rows.find((r) => r.text === '2-3 年')).toMatchObject({ unit: 'duration', value: '2-3' });
  });

  it('names a criterion, a calculation or an entry that there is, or a reason', () => {
    const ids = {
      criterion: packs.criteria,
      calculation: packs.calculations,
      lookup: packs.entries,
    } as const;
    for (const r of rows) {
      if (r.account === 'structural') expect(r.by, r.text).toMatch(/[一-龥]{2,}/);
      else expect(ids[r.account].get(r.policy)!.map((x: { id: string }) => x.id)).toContain(r.by);
    }
  });

  it.each([
    ['quanzhou-2026', '三（一）', '2亿元', 'CNY', '200000000', 'criterion', 'lead-revenue'],
    ['xiamen-2025', '第九条（二）', '50%', 'percent', '50', 'calculation', 'project-matching'],
    ['xiamen-2025', '第十四条', '3月31日', 'monthday', '--03-31', 'calculation', 'annual-report'],
    ['quanzhou-2026', '附件2 五', '500字', 'count', '500', 'lookup', 'limit-profile'],
    ['quanzhou-reply-108', '联系方式', '0595-28282813', 'phone', '0595-28282813', 'lookup', 'contact'],
  ])('%s %s: %s', (policy, clause, text, unit, value, account, by) => {
    const found = of(policy, clause).find((r) => r.text.replace(/\s+/g, '') === text)!;
    expect(found).toMatchObject({ unit, value, account, by });
  });

  it('says why a figure is only form', () => {
    expect(of('quanzhou-reply-108', '引言').find((r) => r.text === '四个')).toMatchObject({
      account: 'structural',
      by: '计划的名称，不表示数量',
    });
    const numbering = rows.find((r) => r.policy === 'xiamen-2025' && r.text === '第六条')!;
    expect(numbering).toMatchObject({ unit: 'ordinal', value: '6', account: 'structural', by: '章条编号' });
  });
});

/** A count that shares nothing with the product: digits, and Chinese numerals before a measure word. */
const MEASURES =
  '家个名项年月日元万亿人分字次份场条位批类种支级张网键站地方代线体步带倍成点处轮期届部件套台岁周天季倍折';
const NUMERALS = '〇零一二三四五六七八九十百千万亿两';
const plain = new RegExp(`[0-9０-９]+|[${NUMERALS}]+\\s*[多余几]?\\s*[${MEASURES}]`, 'g');

describe('an independent count', () => {
  it.each(packs.library.policies.map((p) => [p.meta.id, p] as const))(
    'finds nothing in %s that the ledger misses',
    (id, p) => {
      const { source } = p;
      const own = rows.filter((r) => r.policy === id);
      const missed = [...source.matchAll(plain)].filter((m) => {
        const digits = /^[0-9０-９]+$/.test(m[0]);
        // Digits must lie within a row; of a numeral with a measure word the row may hold more or less (一次 of 一次性).
        return !own.some((r) =>
          digits
            ? r.start <= m.index && m.index + m[0].length <= r.end
            : r.start < m.index + m[0].length && m.index < r.end,
        );
      });
      expect(missed.map((m) => source.slice(m.index - 6, m.index + 8))).toEqual([]);
    },
  );
});

describe('a ledger that does not add up', () => {
  it('tells of a figure without account', () => {
    const { faults } = ledgerWith({
      'qingdao-2025/source.txt': (s) =>
        s.replace('引领创新联合体高效运行', '引领创新联合体高效运行，聘期5年'),
    });
    expect(faults).toEqual([expect.stringMatching(/^qingdao-2025 五（四）.*“5年”没有人负责$/)]);
  });

  it('tells of an account in ledger.yaml that accounts for nothing', () => {
    const { faults } = ledgerWith({
      'xiamen-2025/ledger.yaml': (s) => `${s}- { clause: 第三条, text: 备案和管理工作, reason: 试验 }\n`,
    });
    expect(faults).toEqual([expect.stringContaining('“备案和管理工作”里没有数字')]);
  });

  it('tells of a shared pattern that stands nowhere', () => {
    const { faults } = ledgerWith({
      'ledger.yaml': (s) =>
        s.replace('structural:\n', "structural:\n  - { pattern: '两全其美', reason: 试验用语 }\n"),
    });
    expect(faults).toEqual([expect.stringContaining('试验用语')]);
  });

  it('tells of a rule that reads another figure than the source states', () => {
    // The words 5% stand in the quote, as the end of 3.5%.
    const cut = packs.criteria
      .get('wenzhou-draft')!
      .map((c) => (c.id === 'lead-rd' ? { ...c, words: ['5%'] } : c));
    const criteria = new Map([...packs.criteria, ['wenzhou-draft', cut]]);
    const { faults } = openLedger(KNOWLEDGE, { ...packs, criteria });
    expect(faults).toContain('wenzhou-draft criterion lead-rd：“5%”在原文里已不是一个数量');
  });

  it('loads no ledger.yaml whose words are not in their clause, and says where', () => {
    expect(() =>
      ledgerWith({ 'xiamen-2025/ledger.yaml': (s) => s.replace('原则上一个单位', '原则上两个单位') }),
    ).toThrow(/xiamen-2025\/ledger\.yaml:2: “原则上两个单位”不在条款“第六条（二）4”里/);
    expect(() => ledgerWith({ 'ledger.yaml': (s) => s.replace("'三甲'", "'三甲('") })).toThrow(
      /ledger\.yaml:\d+: phrases\.\d+\.pattern：应是正则表达式/,
    );
  });
});
