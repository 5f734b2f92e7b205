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
  clauses: [],
  text: () => '正文，不在别处。',
} as unknown as Policy;
const load = (text: string) => loadCalculations(file(text), anywhere, vocabulary);
const one = (fields: string) =>
  load(
    `- { id: c, title: 题, clause: 一, quote: 比例50%上限100万元三年内每年3月31日前格式X市, ${fields} }`,
  )[0]!;

describe('a calculation that cannot be right does not load', () => {
  test.each<[string, string]>([
    ['kind: share, figures: { limit: 50% }, fact: lead.rd_staff', '占比要写 fact（部分）和 of（总数）'],
    ['kind: share, figures: { limit: 50% }, of: lead.rd_staff', '占比要写 fact（部分）和 of（总数）'],
    [
      'kind: share, figures: {}, fact: consortium.local_units, of: consortium.units_total',
      'figures 里缺少“limit”',
    ],
    ['kind: average, figures: { years: 三年内 }', 'fact 应是 facts.yaml 里由平均数推出的事实'],
    [
      'kind: average, figures: { years: 三年内 }, fact: lead.rd_staff',
      'fact 应是 facts.yaml 里由平均数推出的事实',
    ],
    [
      'kind: average, figures: { years: 三年内 }, fact: lead.rd_ratio_3y',
      'fact 应是 facts.yaml 里由平均数推出的事实',
    ],
    ['kind: ratio, figures: { years: 三年内 }', 'fact 应是 facts.yaml 里由比例推出的事实'],
    [
      'kind: ratio, figures: { years: 三年内 }, fact: lead.rd_spend_avg_3y',
      'fact 应是 facts.yaml 里由比例推出的事实',
    ],
    ['kind: ratio, figures: { years: 三年内 }, fact: lead.nobody', 'facts.yaml 里没有事实“lead.nobody”'],
    ['kind: exclusion, figures: { term: 五年内 }', '“五年内”不在本条的原文 quote 里'],
    ['kind: exclusion, figures: { term: 50% }', '“50%”里要有且只有一个时长；现在有 0 个'],
    ['kind: exclusion, figures: { term: 三年内, cap: 50% }', 'exclusion 没有名为“cap”的数字；可以有：term'],
    ['kind: score, figures: { term: 三年内 }, table: []', 'score 没有名为“term”的数字；可以有：（没有）'],
    [
      'kind: matching, figures: { share: 50%, cap: 上限100万元, x: 50% }',
      'matching 没有名为“x”的数字；可以有：share、cap',
    ],
    ['kind: score, figures: {}', 'table 只用于 score（评价得分），score 必须有 table'],
    ['kind: annual, figures: {}, table: []', 'table 只用于 score（评价得分），score 必须有 table'],
    ['kind: annual, figures: {}, clause: 无', 'p 没有条款“无”'],
    ['kind: annual, figures: {}, quote: 不在其中', '原文“不在其中”不在一里；那里最接近的是：不在别处'],
    ['kind: dance, figures: {}', 'kind：只能是 matching、'],
    ['kind: annual', 'figures：缺少这一项'],
    ['kind: annual, figures: { day: 3 }', 'figures.day：应是文字'],
    ['kind: annual, figures: {}, id: Up', 'id：只能用小写字母、数字和 -'],
    ['kind: annual, figures: {}, id: up!', 'id：只能用小写字母、数字和 -'],
    ['kind: annual, figures: {}, extra: 1', '没有“extra”这样的键'],
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
    expect(said).toMatch(/\.yaml:2: 计算 (?:c|Up|up!)：/);
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
      expect(term(words)).toContain(`“${words}”应是整数个年、季度、月，如“三年内”`);
  });

  test('a file that is no list, two of one id, an item without one', () => {
    expect(fault(() => load('a: 1'))).toMatch(/:1: calculations.yaml 应是一个列表，每条以“- id:”开头/);
    const item = '{ id: c, title: 题, clause: 一, quote: 每年, kind: annual, figures: {} }';
    expect(fault(() => load(`- ${item}\n- ${item}`))).toMatch(/:2: 计算 c：这个编号出现了两次/);
    expect(fault(() => load(`- ${item}\n- 题`))).toMatch(/:2: 计算 #2：应是若干“键: 值”/);
    expect(fault(() => load(`- ${item}\n- ~`))).toMatch(/:2: 计算 #2：/);
    expect(fault(() => load(`- ${item}\n- { title: 题 }`))).toMatch(/:2: 计算 #2：id：缺少这一项/);
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
      '指标项 a 出现了两次',
    ],
    [
      'words that stand nowhere',
      () => table('{ id: a, words: 不在其中（2分） }'),
      '“不在其中（2分）”不在一里',
    ],
    [
      'a task that stands nowhere',
      () => table('{ id: a, words: 事（2分） }', '指标（2分）', '不在任务（2分）'),
      '“不在任务（2分）”不在一里',
    ],
    [
      'an indicator that stands nowhere',
      () => table('{ id: a, words: 事（2分） }', '不在指标（2分）'),
      '“不在指标（2分）”不在一里',
    ],
    [
      'a clause that is not there',
      () => table('{ id: a, words: 事（2分） }', '指标（2分）', '任务（2分）', '无'),
      'p 没有条款“无”',
    ],
    ['no points', () => table('{ id: a, words: 做一件事 }'), '“做一件事”应以分值结尾，如（5分）'],
    ['points twice', () => table('{ id: a, words: 得1分或2分 }'), '“得1分或2分”应以分值结尾'],
    [
      'a figure from elsewhere',
      () => table('{ id: a, words: 办活动≥2场（2分）, least: ≥3场 }'),
      '“≥3场”不在“办活动≥2场（2分）”里',
    ],
    [
      'a figure without bound',
      () => table('{ id: a, words: 办活动2场（2分）, least: 2场 }'),
      '“2场”里要有一个带界限的数字，如“5次以上”',
    ],
    [
      'two figures',
      () => table('{ id: a, words: 2场以上3次以上（2分）, least: 2场以上3次以上 }'),
      '“2场以上3次以上”里要有一个带界限的数字',
    ],
    [
      'no figure',
      () => table('{ id: a, words: 办活动（2分）, least: 办活动 }'),
      '“办活动”里要有一个带界限的数字',
    ],
    [
      'items that do not add up',
      () => table('{ id: a, words: 事（1分） }'),
      '“指标（2分）”各项分值加起来是 1 分',
    ],
    [
      'indicators that do not add up',
      () => table('{ id: a, words: 事（2分） }', '指标（2分）', '任务（5分）'),
      '“任务（5分）”各项分值加起来是 2 分',
    ],
    ['an id that is none', () => table('{ id: "A b", words: 事（2分） }'), 'items.0.id：只能用小写'],
    [
      'an id with an end that is none',
      () => table('{ id: "ab!", words: 事（2分） }'),
      'items.0.id：只能用小写',
    ],
  ])('does not load with %s', (_name, make, message) => {
    expect(fault(make)).toContain(message);
  });
});
