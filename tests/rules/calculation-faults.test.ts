import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Policy } from '../../src/knowledge/index.js';
import { calculate, loadCalculations } from '../../src/rules/index.js';
import { AS_OF, fault, file, folder, vocabulary } from './support.js';

/** A document of one clause; a quote stands in it unless it is said not to. */
const anywhere = {
  meta: { id: 'p', effective: null, expires: null },
  clause: (label: string) => (label === '无' ? null : { label, text: `${'正'.repeat(200)}文` }),
  find: (quote: string) => (quote.includes('不在') ? null : {}),
  text: () => '正文，不在别处。',
} as unknown as Policy;
const load = (text: string) => loadCalculations(file(text), anywhere, vocabulary);
const one = (fields: string) =>
  load(
    `- { id: c, title: 题, clause: 一, quote: 比例50%上限100万元三年内每年3月31日前格式X市, ${fields} }`,
  )[0]!;

describe('a calculation that cannot be right does not load', () => {
  test.each<[string, string]>([
    [
      'kind: share, figures: { limit: 50% }, fact: lead.rd_staff',
      'a share needs "fact" (the part) and "of" (the whole)',
    ],
    [
      'kind: share, figures: { limit: 50% }, of: lead.rd_staff',
      'a share needs "fact" (the part) and "of" (the whole)',
    ],
    [
      'kind: share, figures: {}, fact: consortium.local_units, of: consortium.units_total',
      'it needs the figure “limit”',
    ],
    ['kind: average, figures: { years: 三年内 }', '"fact" must be one that facts.yaml derives as a mean'],
    [
      'kind: average, figures: { years: 三年内 }, fact: lead.rd_staff',
      '"fact" must be one that facts.yaml derives as a mean',
    ],
    [
      'kind: average, figures: { years: 三年内 }, fact: lead.rd_ratio_3y',
      '"fact" must be one that facts.yaml derives as a mean',
    ],
    ['kind: ratio, figures: { years: 三年内 }', '"fact" must be one that facts.yaml derives as a ratio'],
    [
      'kind: ratio, figures: { years: 三年内 }, fact: lead.rd_spend_avg_3y',
      '"fact" must be one that facts.yaml derives as a ratio',
    ],
    [
      'kind: ratio, figures: { years: 三年内 }, fact: lead.nobody',
      'there is no fact “lead.nobody” in facts.yaml',
    ],
    ['kind: exclusion, figures: { term: 五年内 }', 'the words “五年内” do not stand in the quote'],
    ['kind: exclusion, figures: { term: 50% }', '“50%” must hold exactly one figure (duration); it holds 0'],
    [
      'kind: exclusion, figures: { term: 三年内, cap: 50% }',
      'a exclusion has no figure “cap”; it takes term',
    ],
    ['kind: score, figures: { term: 三年内 }, table: []', 'a score has no figure “term”; it takes none'],
    [
      'kind: matching, figures: { share: 50%, cap: 上限100万元, x: 50% }',
      'a matching has no figure “x”; it takes share, cap',
    ],
    ['kind: score, figures: {}', 'a score, and nothing else, has a "table"'],
    ['kind: annual, figures: {}, table: []', 'a score, and nothing else, has a "table"'],
    ['kind: annual, figures: {}, clause: 无', 'there is no clause “无” in p'],
    [
      'kind: annual, figures: {}, quote: 不在其中',
      'the quote “不在其中” does not stand in 一; most like it there is: 不在别处',
    ],
    ['kind: dance, figures: {}', 'kind: '],
    ['kind: annual', 'figures: '],
    ['kind: annual, figures: { day: 3 }', 'figures.day: '],
    ['kind: annual, figures: {}, id: Up', 'id: '],
    ['kind: annual, figures: {}, id: up!', 'id: '],
    ['kind: annual, figures: {}, extra: 1', 'calculation: '],
  ])('%s', (fields, message) => {
    const said = fault(() => {
      const known = /^(?:.*, )?(id|clause|quote): [^,]+$/.exec(fields)?.[1];
      const base = {
        id: 'c',
        title: '题',
        clause: '一',
        quote: '比例50%上限100万元三年内每年3月31日前格式X市',
      };
      const rest = Object.entries(base)
        .filter(([key]) => key !== known)
        .map(([key, value]) => `${key}: ${value}`);
      load(`# a comment\n- { ${[...rest, fields].join(', ')} }`);
    });
    expect(said).toContain(`${message}`);
    expect(said).toMatch(/\.yaml:2: calculation (?:c|Up|up!): /);
    expect(said.length).toBeLessThan(400);
  });

  test('a term that no calendar has', () => {
    const term = (words: string) =>
      fault(() =>
        load(
          `- { id: c, title: 题, clause: 一, quote: ${words}, kind: exclusion, figures: { term: ${words} } }`,
        ),
      );
    for (const words of ['30日内', '两周内', '1.5年内'])
      expect(term(words)).toContain(`“${words}” must be a whole number of 年, 季度, 月, such as 三年内`);
  });

  test('a file that is no list, two of one id, an item without one', () => {
    expect(fault(() => load('a: 1'))).toMatch(
      /:1: a list of calculations is expected, each starting with "- id:"/,
    );
    const item = '{ id: c, title: 题, clause: 一, quote: 每年, kind: annual, figures: {} }';
    expect(fault(() => load(`- ${item}\n- ${item}`))).toMatch(/:2: calculation c: this id stands twice/);
    expect(fault(() => load(`- ${item}\n- 题`))).toMatch(/:2: calculation #2: calculation: /);
    expect(fault(() => load(`- ${item}\n- ~`))).toMatch(/:2: calculation #2: /);
    expect(fault(() => load(`- ${item}\n- { title: 题 }`))).toMatch(/:2: calculation #2: id: /);
    expect(load('')).toEqual([]);
    expect(loadCalculations(join(folder, 'absent.yaml'), anywhere, vocabulary)).toEqual([]);
  });
});

describe('what loads', () => {
  test('holds the words and the figure that was read from them, white space aside', () => {
    const c = load(
      '- { id: c, title: 题, clause: 一, quote: "比例 50 %，上限 100 万元", kind: matching, figures: { share: 比例50%, cap: 上限 100万元 }, note: 注 }',
    )[0]!;
    expect(c).toMatchObject({
      id: 'c',
      kind: 'matching',
      title: '题',
      clause: '一',
      fact: null,
      of: null,
      note: '注',
      items: [],
    });
    expect([...c.figures].map(([name, f]) => [name, f.words, f.quantity!.value])).toEqual([
      ['share', '比例50%', '50'],
      ['cap', '上限 100万元', '1000000'],
    ]);
    expect(one('kind: name, figures: { pattern: X市 }').figures.get('pattern')).toEqual({
      words: 'X市',
      quantity: null,
    });
    expect(one('kind: annual, figures: {}').figures.size).toBe(0);
    expect(one('kind: annual, figures: {}').note).toBeNull();
  });

  test.each([
    ['18个月内', '2027-08-31', '2029-03-01'],
    ['两个季度内', '2027-08-31', '2028-03-01'],
    ['2年内', '2027-08-31', '2029-09-01'],
  ])('a term of %s from %s is over on %s', (words, date, free) => {
    const c = load(
      `- { id: c, title: 题, clause: 一, quote: ${words}, kind: exclusion, figures: { term: ${words} } }`,
    )[0]!;
    expect(calculate(c, { date }, { asOf: AS_OF, vocabulary }).value).toBe(free);
  });
});

describe('an evaluation table', () => {
  const table = (items: string, indicator = '指标（2分）', task = '任务（2分）', clause = '一') =>
    load(
      `- { id: c, title: 题, clause: 一, quote: 表, kind: score, figures: {}, table: [{ task: ${task}, indicators: [{ name: ${indicator}, clause: ${clause}, items: [${items}] }] }] }`,
    )[0]!;

  test('holds its items without their points, and what they are held against', () => {
    const c = table('{ id: a, words: 办活动≥2场（2分）, least: ≥2场 }', '指标甲（2分）', '任务乙（2分）');
    expect(c.items).toEqual([
      {
        id: 'a',
        named: [],
        task: '任务乙',
        indicator: '指标甲',
        clause: '一',
        text: '办活动≥2场',
        words: '办活动≥2场（2分）',
        points: expect.anything(),
        least: expect.objectContaining({ value: '2', bound: 'at-least' }),
      },
    ]);
  });

  test.each<[string, () => unknown, string]>([
    [
      'an id twice',
      () => table('{ id: a, words: 事（1分） }, { id: a, words: 务（1分） }'),
      'the item a stands twice',
    ],
    [
      'words that stand nowhere',
      () => table('{ id: a, words: 不在其中（2分） }'),
      '“不在其中（2分）” does not stand in 一',
    ],
    [
      'a task that stands nowhere',
      () => table('{ id: a, words: 事（2分） }', '指标（2分）', '不在任务（2分）'),
      '“不在任务（2分）” does not stand in 一',
    ],
    [
      'an indicator that stands nowhere',
      () => table('{ id: a, words: 事（2分） }', '不在指标（2分）'),
      '“不在指标（2分）” does not stand in 一',
    ],
    [
      'a clause that is not there',
      () => table('{ id: a, words: 事（2分） }', '指标（2分）', '任务（2分）', '无'),
      'there is no clause “无” in p',
    ],
    [
      'no points',
      () => table('{ id: a, words: 做一件事 }'),
      '“做一件事” must end with its points, such as （5分）',
    ],
    ['points twice', () => table('{ id: a, words: 得1分或2分 }'), '“得1分或2分” must end with its points'],
    [
      'a figure from elsewhere',
      () => table('{ id: a, words: 办活动≥2场（2分）, least: ≥3场 }'),
      '“≥3场” does not stand in “办活动≥2场（2分）”',
    ],
    [
      'a figure without bound',
      () => table('{ id: a, words: 办活动2场（2分）, least: 2场 }'),
      '“2场” must hold one figure with its bound, such as 5次以上',
    ],
    [
      'two figures',
      () => table('{ id: a, words: 2场以上3次以上（2分）, least: 2场以上3次以上 }'),
      '“2场以上3次以上” must hold one figure',
    ],
    [
      'no figure',
      () => table('{ id: a, words: 办活动（2分）, least: 办活动 }'),
      '“办活动” must hold one figure',
    ],
    [
      'items that do not add up',
      () => table('{ id: a, words: 事（1分） }'),
      'the items of “指标（2分）” add up to 1',
    ],
    [
      'indicators that do not add up',
      () => table('{ id: a, words: 事（2分） }', '指标（2分）', '任务（5分）'),
      'the items of “任务（5分）” add up to 2',
    ],
    ['an id that is none', () => table('{ id: "A b", words: 事（2分） }'), 'items.0.id: '],
    ['an id with an end that is none', () => table('{ id: "ab!", words: 事（2分） }'), 'items.0.id: '],
  ])('does not load with %s', (_name, make, message) => {
    expect(fault(make)).toContain(message);
  });
});
