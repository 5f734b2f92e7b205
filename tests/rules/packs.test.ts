import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DataError } from '../../src/errors.js';
import { loadCalculations, loadCriteria, loadVocabulary } from '../../src/rules/index.js';
import { tempFolder } from '../support/folders.js';
import { library, vocabulary } from './support.js';

const policy = library.policy('quanzhou-2026')!;
const folder = tempFolder('packs');
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
    ['a clause that is not there', { clause: '九（一）' }, '没有条款“九（一）”'],
    [
      'a quote that is not in the clause',
      { quote: '上年度主营业务收入3亿元以上' },
      '不在三（一）里；那里最接近的是：',
    ],
    ['a quote from another clause', { clause: '三（二）' }, '不在三（二）里；它在三（一）里'],
    [
      'words that are not in the quote',
      { require: '{ fact: lead.revenue_last_year, words: 3亿元以上 }' },
      '不在本条的原文 quote 里',
    ],
    [
      'words without a figure',
      { require: '{ fact: lead.revenue_last_year, words: 主营业务收入 }' },
      '里要有且只有一个',
    ],
    [
      'a figure of another unit',
      { require: '{ fact: lead.rd_staff, words: 2亿元以上 }' },
      '里要有且只有一个数量',
    ],
    [
      'a figure without its bound',
      { require: '{ fact: lead.revenue_last_year, words: 2亿元 }' },
      '没有写出界限',
    ],
    [
      'a bound of one’s own without a note',
      { require: '{ fact: lead.revenue_last_year, words: 2亿元, bound: at-least }' },
      '要在 note 里说明',
    ],
    ['an unknown fact', { require: '{ fact: lead.turnover, words: 2亿元以上 }' }, '没有事实“lead.turnover”'],
    [
      'an unknown value',
      { require: '{ fact: lead.kind, is: factory, words: 2亿元以上 }' },
      'lead.kind（牵头单位类型）没有值“factory”；可以是 enterprise',
    ],
    [
      'an unknown value of when',
      { when: '{ lead.kind: [factory] }' },
      'lead.kind（牵头单位类型）没有值“factory”',
    ],
    [
      'when on a figure',
      { when: '{ lead.rd_staff: ["20"] }' },
      'lead.rd_staff（专职研发人员数）是数量，没有可选的值',
    ],
    ['a judgement with a requirement', { strength: 'judgement' }, '（由评审判断）的不写 require'],
    ['a must without one', { require: null }, 'must 和 principle 的要写'],
    [
      'a misspelt key of a requirement',
      { require: '{ fact: lead.revenue_last_year, word: 2亿元以上 }' },
      '应是下面的一种写法：{ fact, words }',
    ],
    ['a misspelt key', { titel: '营收' }, 'titel'],
    ['an unknown strength', { strength: 'should' }, 'strength'],
    [
      'no years in a ban',
      { require: '{ fact: lead.title_revoked_on, barred: true, words: 2亿元以上 }' },
      '没有写明几年',
    ],
    ['no level', { require: '{ fact: lead.platform_level, words: 2亿元以上 }' }, '没有写明哪一级'],
    [
      'a level without 以上',
      { quote: '拥有省部级及以上科研平台', require: '{ fact: lead.platform_level, words: 省部级 }' },
      '没有写明哪一级“及以上”',
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
    expect(message).toContain('没有条款“九（一）”');
    expect(message).toContain('条件 other：原文');
    expect(message).toContain('这个编号出现了两次');
  });

  test('that is no list, or no YAML, is refused', () => {
    expect(fault(() => loadCriteria(file('id: x'), policy, vocabulary)).message).toContain(
      'rules.yaml 应是一个列表',
    );
    expect(fault(() => loadCriteria(file('- id: [x\n- y'), policy, vocabulary)).line).not.toBeNull();
  });
});

test('a vocabulary with a fact twice or a bad type is refused', () => {
  const fact = (id: string, type: string) =>
    `- { id: ${id}, type: ${type}, label: a, question: b, example: c, synonyms: [] }`;
  expect(
    fault(() => loadVocabulary(file(`${fact('lead.a', 'count')}\n${fact('lead.a', 'count')}`))).message,
  ).toContain('lead.a 出现了两次');
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
    ['an unknown clause', { clause: '九' }, '没有条款“九”'],
    ['a quote that is not there', { quote: '五年内牵头单位不得组建' }, '不在七（四）里'],
    ['words that are not in the quote', { figures: '{ term: 五年内 }' }, '不在本条的原文 quote 里'],
    ['no figure', { figures: '{}' }, 'figures 里缺少“term”'],
    ['a stray figure', { figures: '{ term: 三年内, cap: 三年内 }' }, '没有名为“cap”的数字'],
    ['a figure of another kind', { figures: '{ term: 牵头单位 }' }, '里要有且只有一个'],
    ['an unknown kind', { kind: 'magic' }, 'kind'],
    ['an unknown fact', { fact: 'lead.x' }, '没有事实“lead.x”'],
    ['a table where there is none', { table: '[]' }, 'score 必须有 table'],
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
    expect(error.message).toContain('加起来是 2 分');
  });
});

describe('the strength of a criterion is what its document says', () => {
  const LOCAL = {
    subject: 'consortium',
    clause: '三（三）',
    quote: '共建单位原则上泉州本地单位不少于5家',
    require: '{ fact: consortium.local_members, words: 不少于5家 }',
  };
  const strength = (changes: Record<string, string>): string =>
    loadCriteria(file(item(changes)), policy, vocabulary)[0]!.strength;

  test('a must behind 原则上 is refused, though its quote begins behind the word', () => {
    expect(strength({ ...LOCAL, strength: 'principle' })).toBe('principle');
    for (const quote of [LOCAL.quote, '泉州本地单位不少于5家'])
      expect(fault(() => strength({ ...LOCAL, quote })).message).toContain(
        '原文“共建单位原则上泉州本地单位不少于5家”里有“原则上”，strength 应是 principle',
      );
  });

  test('a principle without a softening word in its phrase is refused', () => {
    expect(strength({})).toBe('must');
    expect(fault(() => strength({ strength: 'principle' })).message).toContain('strength 应是 must');
  });

  test('a softening word governs its own phrase and no further', () => {
    const wenzhou = library.policy('wenzhou-draft')!;
    const rd = {
      clause: '三（二）',
      quote: '一般应建有省级及以上创新平台，近三年研发强度不低于3.5%',
      require: '{ fact: lead.rd_ratio_3y, words: 不低于3.5% }',
    };
    expect(loadCriteria(file(item(rd)), wenzhou, vocabulary)[0]!.strength).toBe('must');
  });

  test('white space and what stands before the quote in its phrase do not hide the word', () => {
    const xiamen = library.policy('xiamen-2025')!;
    const one = (changes: Record<string, string>) =>
      loadCriteria(file(item({ clause: '第六条（二）1', ...changes })), xiamen, vocabulary)[0]!.strength;
    const revenue = {
      quote: '应达到5亿元以上',
      require: '{ fact: lead.revenue_last_year, words: 5亿元以上 }',
    };
    expect(one({ ...revenue, strength: 'principle' })).toBe('principle');
    expect(fault(() => one(revenue)).message).toContain('“年主营业务收入原则上应达到5亿元以上”里有“原则上”');
  });

  test('a judgement has no words that could be softened', () => {
    expect(strength({ ...LOCAL, strength: 'judgement', require: null as never })).toBe('judgement');
  });

  test('another reading may be chosen, with a note that says so', () => {
    expect(strength({ ...LOCAL, note: '这一条按必须满足理解；由市科技局解释。' })).toBe('must');
    expect(strength({ strength: 'principle', note: '按原则要求理解。' })).toBe('principle');
    expect(fault(() => strength({ ...LOCAL, note: '5家不含牵头单位。' })).message).toContain('principle');
  });
});
