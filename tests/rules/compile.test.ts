import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Policy } from '../../src/knowledge/index.js';
import {
  type Criterion,
  loadCriteria,
  loadVocabulary,
  readFacts,
  type Vocabulary,
} from '../../src/rules/index.js';
import { AS_OF, fault, file, folder } from './support.js';

const WORDS = loadVocabulary(
  file(`
- { id: t.money, type: money, label: 营业收入, question: q, example: e, synonyms: [营收] }
- { id: t.percent, type: percent, label: 比例, question: q, example: e, synonyms: [] }
- { id: t.units, type: count, label: 单位数, question: q, example: e, synonyms: [], measures: [家] }
- { id: t.bare, type: count, label: 数目, question: q, example: e, synonyms: [] }
- { id: t.whole, type: count, label: 总数, question: q, example: e, synonyms: [] }
- { id: t.yes, type: boolean, label: 是否, question: q, example: e, synonyms: [] }
- id: t.level
  type: level
  label: 平台
  question: q
  example: e
  synonyms: []
  values:
    - { id: none, label: 没有, words: [] }
    - { id: city, label: 市级, words: [地市级] }
    - { id: province, label: 省级, words: [省部级] }
    - { id: special, label: 副省级市级, words: [] }
- { id: t.ban, type: date, label: 取消日期, question: q, example: e, synonyms: [], orWord: never }
- { id: t.text, type: text, label: 名称, question: q, example: e, synonyms: [] }
- { id: t.years, type: money-by-year, label: 分年, question: q, example: e, synonyms: [] }
`),
);

/** A document of one clause in which every quote stands. */
const anywhere = {
  meta: { id: 'p' },
  clauses: [],
  source: '',
  clause: (label: string) => ({ label, text: '正文' }),
  find: () => ({ clause: {}, start: 0, end: 0 }),
  verbatim: () => '',
} as unknown as Policy;

const load = (text: string, vocabulary: Vocabulary = WORDS): Criterion[] =>
  loadCriteria(file(text), anywhere, vocabulary);
const one = (quote: string, require: string, more = ''): Criterion =>
  load(
    `- { id: c, subject: lead, title: 题, strength: must, clause: 一, quote: "${quote}", require: ${require}${more} }`,
  )[0]!;
const outcome = (criterion: Criterion, given: Record<string, unknown>) =>
  criterion.test!.outcome(readFacts(given, WORDS), AS_OF);

describe('a requirement is read out of its words', () => {
  test.each<[string, string, string]>([
    ['营收2亿元以上', '{ fact: t.money, words: 2亿元以上 }', '≥ 2亿元'],
    ['营收超过2亿元', '{ fact: t.money, words: 超过2亿元 }', '> 2亿元'],
    ['营收不超过2亿元', '{ fact: t.money, words: 不超过2亿元 }', '≤ 2亿元'],
    ['营收低于2亿元', '{ fact: t.money, words: 低于2亿元 }', '< 2亿元'],
    ['比例不低于5%', '{ fact: t.percent, words: 不低于5% }', '≥ 5%'],
    ['不少于5家', '{ fact: t.units, words: 不少于5家 }', '≥ 5家'],
    ['不少于5个', '{ fact: t.units, words: 不少于5个 }', '≥ 5个'],
    ['仅限牵头一个', '{ fact: t.units, words: 仅限牵头一个, with_this_one: true }', '≤ 1个（含本次）'],
    ['仅限牵头一个', '{ fact: t.units, words: 仅限牵头一个, with_this_one: false }', '≤ 1个'],
    ['市级及以上平台', '{ fact: t.level, words: 市级及以上 }', '≥ 市级'],
    ['省部级以上平台', '{ fact: t.level, words: 省部级以上 }', '≥ 省级'],
    ['最低地市级', '{ fact: t.level, words: 最低地市级 }', '≥ 市级'],
    ['副省级市级以上', '{ fact: t.level, words: 副省级市级以上 }', '≥ 副省级市级'],
    ['占50%以上', '{ share: t.units, of: t.whole, words: 50%以上 }', '≥ 50%'],
    ['是高新技术企业', '{ fact: t.yes, is: true, words: 高新技术企业 }', '高新技术企业'],
    ['是 高新\\n技术企业', '{ fact: t.yes, is: true, words: 高新技术企业 }', '高新技术企业'],
    ['不得有子公司', '{ fact: t.units, none: true, words: 不得有子公司 }', '不得有子公司'],
    ['三年内不得参加', '{ fact: t.ban, barred: true, words: 三年内 }', '不在“三年内”的禁止期内'],
    ['名为甲X乙', '{ fact: t.text, pattern: true, words: 甲X乙 }', '形如“甲X乙”'],
  ])('%s: %s is %s', (quote, require, required) => {
    expect(one(quote, require).required).toBe(required);
  });

  test('bounds of one’s own, with a note', () => {
    for (const [bound, required] of [
      ['at-least', '≥ 10家'],
      ['at-most', '≤ 10家'],
      ['over', '> 10家'],
      ['under', '< 10家'],
    ])
      expect(
        one('10家成员', `{ fact: t.units, words: 10家, bound: ${bound} }`, ', note: 读法').required,
      ).toBe(required);
    expect(
      one('50%的成员', '{ share: t.units, of: t.whole, words: 50%, bound: over }', ', note: 读法').required,
    ).toBe('> 50%');
  });

  test('any of several and all of several, nested', () => {
    const any = one(
      '2亿元以上或5%以上且5家以上',
      '{ any: [{ fact: t.money, words: 2亿元以上 }, { all: [{ fact: t.percent, words: 5%以上 }, { fact: t.units, words: 5家以上 }] }] }',
    );
    expect(any.alternatives).toBe(true);
    expect(any.words).toEqual(['2亿元以上', '5%以上', '5家以上']);
    expect(any.facts).toEqual(['t.money', 't.percent', 't.units']);
    expect(outcome(any, { 't.money': 1, 't.percent': 6, 't.units': 5 })).toBe('pass');
    expect(outcome(any, { 't.money': 1, 't.percent': 6, 't.units': 4 })).toBe('fail');
    expect(outcome(any, { 't.money': '3亿' })).toBe('pass');
    const all = one(
      '2亿元以上且5%以上且5家以上',
      '{ all: [{ fact: t.money, words: 2亿元以上 }, { fact: t.percent, words: 5%以上 }, { fact: t.units, words: 5家以上 }] }',
    );
    expect(all.alternatives).toBe(false);
    expect(outcome(all, { 't.money': '3亿', 't.percent': 4 })).toBe('fail');
    expect(outcome(all, { 't.money': '3亿', 't.percent': 5 })).toBe('unknown');
  });

  test.each([
    ['{ any: [{ fact: t.units, words: 5家以上 }, { fact: t.money, words: 2亿元, bound: over }] }'],
    ['{ all: [{ fact: t.money, words: 2亿元, bound: over }, { fact: t.units, words: 5家以上 }] }'],
  ])('a bound of one’s own needs a note wherever it stands: %s', (require) => {
    expect(fault(() => one('2亿元和5家以上', require))).toContain('要在 note 里说明');
    expect(one('2亿元和5家以上', require, ', note: 读法').note).toBe('读法');
  });

  test('a ban is of years', () => {
    const ban = one('十日内和三年内不得参加', '{ fact: t.ban, barred: true, words: 十日内和三年内 }');
    expect(outcome(ban, { 't.ban': '2023-11-20' })).toBe('pass');
    expect(outcome(ban, { 't.ban': '2023-11-21' })).toBe('fail');
    for (const words of ['十日内', '三年级', '三个月内', '两年半内', '一定期限内'])
      expect(fault(() => one(words, `{ fact: t.ban, barred: true, words: ${words} }`))).toContain(
        `“${words}”没有写明几年，应像“三年内”这样`,
      );
  });
});

describe('a requirement that cannot be read says what would be accepted', () => {
  test.each<[string, string, string]>([
    [
      '2亿元',
      '{ fact: t.money, words: 2亿元 }',
      '“2亿元”没有写出界限（以上、不低于、不超过……）；请把 words 取长一些，或者写 bound 并在 note 里说明怎样理解',
    ],
    ['约2亿元', '{ fact: t.money, words: 约2亿元 }', '没有写出界限'],
    [
      '两亿多元',
      '{ fact: t.money, words: 两亿多 }',
      '里要有且只有一个金额，如“不低于2000万元”“5家以上”；现在有 0 个',
    ],
    ['2亿元以上3亿元以下', '{ fact: t.money, words: 2亿元以上3亿元以下 }', '现在有 2 个'],
    [
      '市级平台',
      '{ fact: t.level, words: 市级 }',
      '“市级”没有写明哪一级“及以上”；级别有 没有、市级、省级、副省级市级',
    ],
    ['国家级以上', '{ fact: t.level, words: 国家级以上 }', '没有写明哪一级“及以上”'],
    ['是', '{ fact: t.yes, words: 是 }', 't.yes（是否）是是非题，不能同数字比较'],
    ['甲2亿元以上', '{ fact: t.text, words: 2亿元以上 }', 't.text（名称）是文字，不能同数字比较'],
    [
      '甲',
      '{ fact: t.level, is: [city, town], words: 甲 }',
      't.level（平台）没有值“town”；可以是 none、city、province、special',
    ],
    ['甲', '{ fact: t.yes, is: maybe, words: 甲 }', 't.yes（是否）没有值“maybe”；可以是 true、false'],
    ['甲', '{ fact: t.money, is: true, words: 甲 }', 't.money（营业收入）是金额，没有可选的值'],
    ['甲', '{ fact: t.none, is: true, words: 甲 }', 'facts.yaml 里没有事实“t.none”'],
    ['甲', '{ share: t.units, of: t.none, words: 50%以上 }', '“50%以上”不在本条的原文 quote 里'],
    ['50%以上', '{ share: t.units, of: t.none, words: 50%以上 }', '没有事实“t.none”'],
    ['50%以上', '{ share: t.none, of: t.units, words: 50%以上 }', '没有事实“t.none”'],
    ['5家以上', '{ share: t.units, of: t.whole, words: 5家以上 }', '里要有且只有一个百分比'],
    [
      '甲',
      '{ fakt: t.yes, words: 甲 }',
      'require：应是下面的一种写法：{ fact, words }、{ fact, is, words }、{ fact, none: true, words }、{ fact, barred: true, words }、{ fact, pattern: true, words }、{ share, of, words }、{ any: [两项以上] } 或 { all: [两项以上] }',
    ],
    ['甲', '{ all: [{ fact: t.yes, is: true, words: 甲 }] }', 'require.all：'],
    ['甲', '{ fact: t.yes, is: [], words: 甲 }', '应是下面的一种写法'],
    ['甲', '{ fact: t.yes, wrong: true, words: 甲 }', '没有“wrong”这样的键'],
  ])('%s, %s', (quote, require, message) => {
    const said = fault(() => one(quote, require));
    expect(said).toContain(message);
    expect(said).toContain('条件 c：');
  });

  test('a missing key, a bad id and a bad subject are named', () => {
    expect(fault(() => load('- { id: c }'))).toContain('条件 c：subject');
    expect(fault(() => load('- { title: x }'))).toContain('条件 #1：id：缺少这一项');
    expect(fault(() => load('- 3'))).toContain('条件 #1：应是若干“键: 值”');
    for (const id of ['C 1', 'c 1', '1c!', '!c'])
      expect(fault(() => load(`- { id: "${id}", subject: lead }`))).toContain(
        `条件 ${id}：id：只能用小写字母、数字和 -`,
      );
    expect(fault(() => load('- null'))).toContain('条件 #1：应是若干“键: 值”');
    expect(fault(() => load('- { id: c }'))).not.toContain('\n');
    expect(
      fault(() => load('- { id: c, subject: boss, title: t, strength: judgement, clause: 一, quote: 甲 }')),
    ).toContain('subject：只能是 lead、');
  });

  test('a condition on other facts names known values', () => {
    const when = (text: string) =>
      `- { id: c, subject: lead, title: t, strength: judgement, clause: 一, quote: 甲, when: ${text} }`;
    expect(load(when('{ t.yes: [true], t.level: [city] }'))[0]!.when).toEqual({
      't.yes': [true],
      't.level': ['city'],
    });
    expect(fault(() => load(when('{ t.level: [town] }')))).toContain('t.level（平台）没有值“town”');
    expect(fault(() => load(when('{ t.none: [true] }')))).toContain('没有事实“t.none”');
    expect(fault(() => load(when('{ t.yes: [] }')))).toContain('when.t.yes');
  });

  test('a judgement has no figure, anything else has one', () => {
    const item = (strength: string, require: string) =>
      `- { id: c, subject: lead, title: t, strength: ${strength}, clause: 一, quote: 5家以上${require} }`;
    const REQUIRE = ', require: { fact: t.units, words: 5家以上 }';
    expect(load(item('judgement', ''))[0]).toMatchObject({
      test: null,
      facts: [],
      required: '由评审判断',
      words: [],
    });
    expect(load(item('principle', `${REQUIRE}, note: 按原则要求理解`))[0]!.strength).toBe('principle');
    expect(fault(() => load(item('judgement', REQUIRE)))).toContain('（由评审判断）的不写 require');
    expect(fault(() => load(item('must', '')))).toContain('must 和 principle 的要写');
  });

  test('an empty or absent file holds no criterion', () => {
    expect(load('')).toEqual([]);
    expect(loadCriteria(join(folder, 'absent.yaml'), anywhere, WORDS)).toEqual([]);
  });
});

describe('a vocabulary', () => {
  const fact = (text: string) =>
    `- { id: t.a, type: count, label: a, question: b, example: c, synonyms: [], ${text} }`;
  test('fills what is left out', () => {
    expect(loadVocabulary(file(fact(''))).get('t.a')).toEqual({
      id: 't.a',
      type: 'count',
      label: 'a',
      question: 'b',
      example: 'c',
      synonyms: [],
      values: [],
      orWord: null,
      measures: [],
      falseWords: [],
      neverWords: [],
      noneWords: [],
      derive: null,
    });
    expect(loadVocabulary(file(fact(''))).get('t.b')).toBeUndefined();
  });

  test.each([
    ['derive: { mean: t.b }', 'derive'],
    ['derive: { sum: t.b }', 'derive'],
    ['colour: red', 'colour'],
    ['measures: [""]', 'measures.0'],
    ['values: [{ id: a }]', 'values.0'],
  ])('with %s is refused', (more, where) => {
    expect(fault(() => loadVocabulary(file(fact(more))))).toContain(where);
  });

  test.each(['Lead.a', 'lead', 'lead.a.b', 'lead.', 'x lead.a', 'lead.a-b'])('refuses the id %j', (id) => {
    expect(
      fault(() =>
        loadVocabulary(
          file(`- { id: "${id}", type: count, label: a, question: b, example: c, synonyms: [] }`),
        ),
      ),
    ).toContain('id');
  });

  test.each(['{ mean: t.b, founded: t.c }', '{ latest: t.b }', '{ ratio: t.b, of: t.c, founded: t.d }'])(
    'knows the derivation %s',
    (derive) => {
      expect(loadVocabulary(file(fact(`derive: ${derive}`))).get('t.a')!.derive).not.toBeNull();
    },
  );
});
