import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DataError } from '../../src/errors.js';
import { loadCalculations, loadCriteria, loadVocabulary } from '../../src/rules/index.js';
import { library, vocabulary } from './support.js';

const policy = library.policy('quanzhou-2026')!;
const folder = mkdtempSync(join(tmpdir(), 'wence-packs-'));
let files = 0;
const file = (text: string): string => {
  const path = join(folder, `pack-${files++}.yaml`);
  writeFileSync(path, text);
  return path;
};
const fault = (load: () => unknown): DataError => {
  try {
    load();
  } catch (error) {
    if (error instanceof DataError) return error;
    throw error;
  }
  throw new Error('the pack loaded');
};

const GOOD: Record<string, string> = {
  id: 'lead-revenue',
  subject: 'lead',
  title: '营收',
  strength: 'must',
  clause: '三（一）',
  quote: '上年度主营业务收入2亿元以上',
  require: '{ fact: lead.revenue_last_year, words: 2亿元以上 }',
};
const item = (change: Record<string, string | null>): string =>
  Object.entries({ ...GOOD, ...change })
    .filter(([, value]) => value !== null)
    .map(([key, value], i) => `${i === 0 ? '- ' : '  '}${key}: ${value}`)
    .join('\n');

describe('a rules file', () => {
  test('that is right loads, its figure read out of the quote', () => {
    expect(loadCriteria(file(item({})), policy, vocabulary)[0]).toMatchObject({
      required: '≥ 2亿元',
      words: ['2亿元以上'],
    });
  });

  test.each<[string, Record<string, string | null>, string]>([
    ['a clause that is not there', { clause: '九（一）' }, 'there is no clause “九（一）”'],
    [
      'a quote that is not in the clause',
      { quote: '上年度主营业务收入3亿元以上' },
      'does not stand in 三（一）; most like it there is: ',
    ],
    [
      'a quote from another clause',
      { clause: '三（二）' },
      'does not stand in 三（二）; it stands in 三（一）',
    ],
    [
      'words that are not in the quote',
      { require: '{ fact: lead.revenue_last_year, words: 3亿元以上 }' },
      'do not stand in the quote',
    ],
    [
      'words without a figure',
      { require: '{ fact: lead.revenue_last_year, words: 主营业务收入 }' },
      'must hold exactly one figure',
    ],
    [
      'a figure of another unit',
      { require: '{ fact: lead.rd_staff, words: 2亿元以上 }' },
      'must hold exactly one figure (count)',
    ],
    [
      'a figure without its bound',
      { require: '{ fact: lead.revenue_last_year, words: 2亿元 }' },
      'states no bound',
    ],
    [
      'a bound of one’s own without a note',
      { require: '{ fact: lead.revenue_last_year, words: 2亿元, bound: at-least }' },
      'needs a "note"',
    ],
    [
      'an unknown fact',
      { require: '{ fact: lead.turnover, words: 2亿元以上 }' },
      'there is no fact “lead.turnover”',
    ],
    [
      'an unknown value',
      { require: '{ fact: lead.kind, is: factory, words: 2亿元以上 }' },
      'lead.kind has no value “factory”; it takes enterprise',
    ],
    ['an unknown value of when', { when: '{ lead.kind: [factory] }' }, 'lead.kind has no value “factory”'],
    [
      'when on a figure',
      { when: '{ lead.rd_staff: ["20"] }' },
      'lead.rd_staff is a count and has no list of values',
    ],
    ['a judgement with a requirement', { strength: 'judgement' }, 'a judgement has no "require"'],
    ['a must without one', { require: null }, 'a must or principle criterion has one'],
    [
      'a misspelt key of a requirement',
      { require: '{ fact: lead.revenue_last_year, word: 2亿元以上 }' },
      'takes one of the shapes { fact, words }',
    ],
    ['a misspelt key', { titel: '营收' }, 'titel'],
    ['an unknown strength', { strength: 'should' }, 'strength'],
    [
      'no years in a ban',
      { require: '{ fact: lead.title_revoked_on, barred: true, words: 2亿元以上 }' },
      'names no number of years',
    ],
    ['no level', { require: '{ fact: lead.platform_level, words: 2亿元以上 }' }, 'names no level'],
    [
      'a level without 以上',
      { quote: '拥有省部级及以上科研平台', require: '{ fact: lead.platform_level, words: 省部级 }' },
      'names no level with 及以上',
    ],
    ['an or of one', { require: '{ any: [{ fact: lead.revenue_last_year, words: 2亿元以上 }] }' }, 'require'],
  ])('with %s is refused, with its line and what is wrong', (_name, change, message) => {
    const error = fault(() => loadCriteria(file(`# head\n${item(change)}`), policy, vocabulary));
    expect(error.message).toContain(message);
    expect(error.message).toContain('lead-revenue');
    expect(error.line).toBe(2);
  });

  test('tells every fault of a file at once', () => {
    const text = `${item({ clause: '九（一）' })}\n${item({ id: 'other', quote: '3亿元以上' })}\n${item({ id: 'other' })}\n${item({ id: 'other' })}`;
    const { message } = fault(() => loadCriteria(file(text), policy, vocabulary));
    expect(message).toContain('there is no clause “九（一）”');
    expect(message).toContain('criterion other: the quote');
    expect(message).toContain('this id stands twice');
  });

  test('that is no list, or no YAML, is refused', () => {
    expect(fault(() => loadCriteria(file('id: x'), policy, vocabulary)).message).toContain(
      'a list of criteria',
    );
    expect(fault(() => loadCriteria(file('- id: [x\n- y'), policy, vocabulary)).line).not.toBeNull();
  });
});

test('a vocabulary with a fact twice or a bad type is refused', () => {
  const fact = (id: string, type: string) =>
    `- { id: ${id}, type: ${type}, label: a, question: b, example: c, synonyms: [] }`;
  expect(
    fault(() => loadVocabulary(file(`${fact('lead.a', 'count')}\n${fact('lead.a', 'count')}`))).message,
  ).toContain('lead.a stands twice');
  const bad = fault(() => loadVocabulary(file(`${fact('lead.a', 'count')}\n${fact('lead.b', 'number')}`)));
  expect(bad.line).toBe(2);
  expect(bad.message).toContain('type');
});

describe('a calculations file', () => {
  const calculation = (change: Record<string, string>) =>
    Object.entries({
      id: 'exclusion',
      kind: 'exclusion',
      title: '禁止期',
      clause: '七（四）',
      quote: '三年内牵头单位不得组建',
      figures: '{ term: 三年内 }',
      ...change,
    })
      .map(([key, value], i) => `${i === 0 ? '- ' : '  '}${key}: ${value}`)
      .join('\n');
  const load = (text: string) => loadCalculations(file(text), policy, vocabulary);

  test('that is right loads', () => {
    expect(load(calculation({}))).toHaveLength(1);
  });

  test.each<[string, Record<string, string>, string]>([
    ['an unknown clause', { clause: '九' }, 'there is no clause “九”'],
    ['a quote that is not there', { quote: '五年内牵头单位不得组建' }, 'does not stand in 七（四）'],
    ['words that are not in the quote', { figures: '{ term: 五年内 }' }, 'do not stand in the quote'],
    ['no figure', { figures: '{}' }, 'it needs the figure “term”'],
    ['a stray figure', { figures: '{ term: 三年内, cap: 三年内 }' }, 'has no figure “cap”'],
    ['a figure of another kind', { figures: '{ term: 牵头单位 }' }, 'must hold exactly one figure'],
    ['an unknown kind', { kind: 'magic' }, 'kind'],
    ['an unknown fact', { fact: 'lead.x' }, 'there is no fact “lead.x”'],
    ['a table where there is none', { table: '[]' }, 'has a "table"'],
  ])('with %s is refused', (_name, change, message) => {
    const error = fault(() => load(calculation(change)));
    expect(error.message).toContain(message);
    expect(error.line).toBe(1);
  });

  test('with a table whose points do not add up is refused', () => {
    const table =
      '[{ task: 建立运行机制（10分）, indicators: [{ name: 责任体系（6分）, clause: 附件3 责任体系, items: [{ id: a, words: 明确责任体系和联合体主要负责人（2分） }] }] }]';
    const error = fault(() =>
      load(
        calculation({
          kind: 'score',
          clause: '附件3',
          quote: '泉州市创新联合体评价指标体系',
          figures: '{}',
          table,
        }),
      ),
    );
    expect(error.message).toContain('add up to 2');
  });
});
