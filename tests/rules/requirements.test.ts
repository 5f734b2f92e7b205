import { describe, expect, test } from 'vitest';
import { exact } from '../../src/quantity/index.js';
import { noneTest, numberTest, shareTest } from '../../src/rules/figures.js';
import { groupTest } from '../../src/rules/group.js';
import {
  type Criterion,
  check,
  type FactSpec,
  outcomeOf,
  readFacts,
  settle,
  type Test,
  type Tri,
  type Vocabulary,
} from '../../src/rules/index.js';
import { barredTest, cleanName, isTest, levelTest, namePattern, patternTest } from '../../src/rules/kinds.js';
import type { HardBound } from '../../src/rules/test.js';
import { AS_OF, vocabulary } from './support.js';

const spec = (id: string, type: FactSpec['type'], more: Partial<FactSpec> = {}): FactSpec => ({
  id,
  type,
  label: `${id}的标签`,
  question: '',
  example: '',
  synonyms: [id.replace('t.', '')],
  values: [],
  orWord: null,
  measures: type === 'count' ? ['家'] : [],
  falseWords: [],
  neverWords: [],
  noneWords: [],
  derive: null,
  ...more,
});
const MONEY = spec('t.营收', 'money');
const PERCENT = spec('t.强度', 'percent');
const COUNT = spec('t.成员', 'count');
const WHOLE = spec('t.总数', 'count');
const YES = spec('t.高新', 'boolean');
const KIND = spec('t.类型', 'enum', {
  values: [
    { id: 'a', label: '企业', words: [] },
    { id: 'b', label: '高校', words: [] },
    { id: 'c', label: '医院', words: [] },
  ],
});
const LEVEL = spec('t.平台', 'level', {
  values: [
    { id: 'none', label: '没有', words: [] },
    { id: 'city', label: '市级', words: [] },
    { id: 'province', label: '省级', words: [] },
  ],
});
const DAY = spec('t.取消', 'date', { orWord: 'never' });
const NAME = spec('t.名称', 'text');
const SPECS = [MONEY, PERCENT, COUNT, WHOLE, YES, KIND, LEVEL, DAY, NAME];
const own: Vocabulary = { specs: SPECS, get: (id) => SPECS.find((s) => s.id === id) };
const facts = (given: Record<string, unknown>) => readFacts(given, own);
const look = (t: Test, given: Record<string, unknown>, asOf = AS_OF) => {
  const known = facts(given);
  const { outcome, given: shown, gap } = t.finding(known, asOf);
  expect(t.outcome(known, asOf)).toBe(outcome);
  return [outcome, shown, gap, t.mend(known, asOf)?.text ?? null];
};

describe('a figure', () => {
  test.each<[FactSpec, HardBound, string, string, unknown, (string | null)[]]>([
    [MONEY, 'at-least', '200000000', '≥ 2亿元', '1.8亿元', ['fail', '1.8亿元', '2000万元', '营收差2000万元']],
    [MONEY, 'at-least', '200000000', '≥ 2亿元', '2亿元', ['pass', '2亿元', null, null]],
    [MONEY, 'at-least', '200000000', '≥ 2亿元', '<200000000', ['fail', '不到2亿元', null, '营收需≥2亿元']],
    [
      MONEY,
      'at-least',
      '200000000',
      '≥ 2亿元',
      '<100000000',
      ['fail', '不到1亿元', '至少1亿元', '营收差至少1亿元'],
    ],
    [MONEY, 'at-least', '200000000', '≥ 2亿元', '>100000000', ['unknown', '超过1亿元', null, null]],
    [MONEY, 'over', '200000000', '> 2亿元', '2亿元', ['fail', '2亿元', null, '营收需>2亿元']],
    [MONEY, 'over', '200000000', '> 2亿元', '2.1亿元', ['pass', '2.1亿元', null, null]],
    [
      MONEY,
      'at-most',
      '200000000',
      '≤ 2亿元',
      '2.5亿元',
      ['fail', '2.5亿元', '5000万元', '营收多出5000万元'],
    ],
    [MONEY, 'under', '200000000', '< 2亿元', '2亿元', ['fail', '2亿元', null, '营收需<2亿元']],
    [MONEY, 'under', '200000000', '< 2亿元', '1亿元', ['pass', '1亿元', null, null]],
    [PERCENT, 'at-least', '5', '≥ 5%', '4.2%', ['fail', '4.2%', '0.8个百分点', '强度差0.8个百分点']],
    [PERCENT, 'at-most', '5', '≤ 5%', '6%', ['fail', '6%', '1个百分点', '强度多出1个百分点']],
    [COUNT, 'at-least', '5', '≥ 5家', 3, ['fail', '3家', '2家', '成员补2家']],
    [COUNT, 'at-least', '5', '≥ 5家', 5, ['pass', '5家', null, null]],
    [COUNT, 'at-most', '5', '≤ 5家', 6, ['fail', '6家', '1家', '成员减少1家']],
    [COUNT, 'over', '5', '> 5家', '>5', ['pass', '超过5家', null, null]],
    [COUNT, 'at-least', '6', '≥ 6家', '>5', ['pass', '超过5家', null, null]],
    [COUNT, 'at-most', '5', '≤ 5家', '<6', ['pass', '不到6家', null, null]],
    [COUNT, 'at-least', '5', '≥ 5家', '<5', ['fail', '不到5家', '至少1家', '成员补至少1家']],
    [COUNT, 'at-least', '5', '≥ 5家', '>=4', ['unknown', '4家以上', null, null]],
    [COUNT, 'at-least', '5', '≥ 5家', null, ['unknown', null, null, null]],
    [COUNT, 'over', '5', '> 5家', 3, ['fail', '3家', '3家', '成员补3家']],
    [COUNT, 'over', '5', '> 5家', 5, ['fail', '5家', '1家', '成员补1家']],
    [COUNT, 'under', '5', '< 5家', 7, ['fail', '7家', '3家', '成员减少3家']],
    [COUNT, 'under', '5', '< 5家', '>=5', ['fail', '5家以上', '至少1家', '成员减少至少1家']],
    [MONEY, 'over', '200000000', '> 2亿元', '1.5亿元', ['fail', '1.5亿元', '5000万元', '营收差5000万元']],
    [MONEY, 'under', '200000000', '< 2亿元', '3亿元', ['fail', '3亿元', '1亿元', '营收多出1亿元']],
    [
      MONEY,
      'at-most',
      '200000000',
      '≤ 2亿元',
      '>300000000',
      ['fail', '超过3亿元', '至少1亿元', '营收多出至少1亿元'],
    ],
  ])('%o %s %s: %s, given %j', (fact, bound, limit, required, given, expected) => {
    const t = numberTest(fact, bound, exact(limit), fact.measures[0] ?? '');
    expect(t.required).toBe(required);
    expect(t.facts).toEqual([fact.id]);
    expect(t.name).toBe(fact.synonyms[0]);
    expect(look(t, { [fact.id]: given })).toEqual(expected);
  });

  test('of a planned one more counts it', () => {
    const t = numberTest(COUNT, 'at-most', exact(1n), '个', 1);
    expect(t.required).toBe('≤ 1个（含本次）');
    expect(look(t, { [COUNT.id]: 0 })).toEqual(['pass', '0个', null, null]);
    expect(look(t, { [COUNT.id]: 2 })).toEqual(['fail', '2个', '2个', '成员减少2个']);
  });

  test.each<[FactSpec, HardBound, string, unknown, string]>([
    [MONEY, 'at-least', '200', 100, '200'],
    [MONEY, 'at-most', '200', 300, '200'],
    [MONEY, 'over', '200', 100, '>200'],
    [MONEY, 'under', '200', 300, '>=0 <200'],
    [COUNT, 'over', '5', 5, '6'],
    [COUNT, 'under', '5', 5, '4'],
    [COUNT, 'over', '5.5', 5, '6'],
    [COUNT, 'under', '4.5', 5, '4'],
    [PERCENT, 'over', '5', 5, '>5'],
  ])('the smallest change of %o %s %s from %j is %s, and it is enough', (fact, bound, limit, given, to) => {
    const t = numberTest(fact, bound, exact(limit), '家');
    const change = t.mend(facts({ [fact.id]: given }), AS_OF)!;
    expect(change.fact).toBe(fact.id);
    expect(change.to).toEqual(facts({ [fact.id]: to }).get(fact.id));
    expect(t.outcome(new Map([[fact.id, change.to!]]), AS_OF)).toBe('pass');
  });
});

describe('a share of two counts', () => {
  test.each<[HardBound, string, unknown, unknown, (string | null)[]]>([
    ['at-least', '50', 3, 6, ['pass', '3/6（50%）', null, null]],
    ['at-least', '50', 3, 7, ['fail', '3/7（约42.86%）', '1家', '成员补1家（总数不变）']],
    ['over', '50', 3, 6, ['fail', '3/6（50%）', '1家', '成员补1家（总数不变）']],
    ['over', '50', 4, 6, ['pass', '4/6（约66.67%）', null, null]],
    ['at-most', '50', 5, 7, ['fail', '5/7（约71.43%）', '2家', '成员减少2家（总数不变）']],
    ['under', '50', 3, 6, ['fail', '3/6（50%）', '1家', '成员减少1家（总数不变）']],
    ['under', '50', 4, 7, ['fail', '4/7（约57.14%）', '1家', '成员减少1家（总数不变）']],
    ['at-least', '50', 3, null, ['unknown', null, null, null]],
    ['at-least', '50', null, 6, ['unknown', null, null, null]],
    ['at-least', '50', 0, 0, ['fail', '0/0', null, null]],
    ['at-least', '50', null, 0, ['fail', null, null, null]],
    ['at-least', '50', '>=3', 6, ['pass', null, null, null]],
    ['at-least', '50', 3, '<=6', ['pass', null, null, null]],
    ['at-least', '50', '<3', 6, ['fail', null, null, null]],
    ['at-least', '50', 3, '>6', ['fail', null, null, null]],
    ['at-least', '50', '>=2', 6, ['unknown', null, null, null]],
    ['at-least', '50', 3, '>=5', ['unknown', null, null, null]],
    ['at-least', '50', 3, '<=7', ['unknown', null, null, null]],
    ['at-least', '50', 3, '>=6', ['unknown', null, null, null]],
    ['over', '50', 3, '<=6', ['unknown', null, null, null]],
    ['at-least', '50', 0, '<=6', ['unknown', null, null, null]],
    ['at-least', '50', '<=2', '>=0', ['unknown', null, null, null]],
  ])('%s %s%% of %j in %j', (bound, limit, part, whole, expected) => {
    const t = shareTest(COUNT, WHOLE, bound, exact(limit));
    expect(t.required).toBe(`${{ 'at-least': '≥', over: '>', 'at-most': '≤', under: '<' }[bound]} 50%`);
    expect(t.facts).toEqual([COUNT.id, WHOLE.id]);
    expect(look(t, { [COUNT.id]: part, [WHOLE.id]: whole })).toEqual(expected);
  });

  test.each<[HardBound, number, number, number]>([
    ['at-least', 1, 7, 4],
    ['over', 1, 6, 4],
    ['at-most', 7, 7, 3],
    ['under', 6, 6, 2],
  ])('%s half of %i in %i is met by %i', (bound, part, whole, to) => {
    const t = shareTest(COUNT, WHOLE, bound, exact(50n));
    const change = t.mend(facts({ [COUNT.id]: part, [WHOLE.id]: whole }), AS_OF)!;
    expect(change.to).toEqual(facts({ [COUNT.id]: to }).get(COUNT.id));
    expect(t.outcome(facts({ [COUNT.id]: to, [WHOLE.id]: whole }), AS_OF)).toBe('pass');
  });
});

describe('other requirements', () => {
  test('none at all', () => {
    const t = noneTest(COUNT, '不再作为共建单位');
    expect(t).toMatchObject({ required: '不再作为共建单位', facts: [COUNT.id], name: '成员' });
    expect(look(t, { [COUNT.id]: 0 })).toEqual(['pass', '0家', null, null]);
    expect(look(t, { [COUNT.id]: 2 })).toEqual(['fail', '2家', '2家', '成员减少2家']);
    expect(look(t, { [COUNT.id]: '>1' })).toEqual(['fail', '2家以上', null, '成员减少到0']);
    expect(look(t, {})).toEqual(['unknown', null, null, null]);
    expect(t.mend(facts({ [COUNT.id]: 2 }), AS_OF)!.to).toEqual(facts({ [COUNT.id]: 0 }).get(COUNT.id));
  });

  test('a level', () => {
    const t = levelTest(LEVEL, 'city');
    expect(t).toMatchObject({ required: '≥ 市级', facts: [LEVEL.id], name: '平台' });
    expect(look(t, { [LEVEL.id]: 'none' })).toEqual(['fail', '没有', '需达到市级', '平台需达到市级']);
    expect(look(t, { [LEVEL.id]: 'city' })).toEqual(['pass', '市级', null, null]);
    expect(look(t, { [LEVEL.id]: 'province' })).toEqual(['pass', '省级', null, null]);
    expect(look(t, {})).toEqual(['unknown', null, null, null]);
    expect(t.mend(facts({ [LEVEL.id]: 'none' }), AS_OF)!.to).toEqual({ type: 'enum', value: 'city' });
  });

  test('chances order questions: a list by its values, a yes by halves and a little more', () => {
    expect(isTest(KIND, ['a'], 'x').chance).toBeCloseTo(1 / 3);
    expect(isTest(KIND, ['a', 'b'], 'x').chance).toBeCloseTo(2 / 3);
    expect(isTest(YES, [true], 'x').chance).toBe(0.51);
    expect(isTest(YES, [false], 'x').chance).toBe(0.49);
    expect(levelTest(LEVEL, 'city').chance).toBeCloseTo(2 / 3);
    expect(levelTest(LEVEL, 'none').chance).toBe(1);
    expect(numberTest(COUNT, 'at-least', exact(5n), '').chance).toBeCloseTo(6 / 11);
    expect(numberTest(COUNT, 'over', exact(5n), '').chance).toBeCloseTo(5 / 11);
    expect(numberTest(COUNT, 'at-most', exact(5n), '').chance).toBeCloseTo(6 / 11);
    expect(numberTest(COUNT, 'under', exact(5n), '').chance).toBeCloseTo(5 / 11);
    expect(numberTest(COUNT, 'at-most', exact(1n), '', 1).chance).toBeCloseTo(1 / 2);
    expect(numberTest(MONEY, 'at-least', exact(5n), '').chance).toBe(0.5);
    expect(barredTest(DAY, 3, 'x').chance).toBeCloseTo(2 / 3);
    expect(groupTest('any', [isTest(YES, [true], 'x'), isTest(KIND, ['a'], 'x')]).chance).toBeCloseTo(
      0.51 + 0.49 / 3,
    );
    expect(groupTest('all', [isTest(YES, [true], 'x'), isTest(KIND, ['a'], 'x')]).chance).toBeCloseTo(
      0.51 / 3,
    );
  });

  test('a kind or a yes', () => {
    const kind = isTest(KIND, ['a', 'c'], '企业或医院');
    expect(look(kind, { [KIND.id]: 'b' })).toEqual(['fail', '高校', null, 't.类型的标签须为企业、医院']);
    expect(kind.mend(facts({ [KIND.id]: 'b' }), AS_OF)!.to).toBeNull();
    expect(look(kind, { [KIND.id]: 'c' })).toEqual(['pass', '医院', null, null]);
    expect(look(kind, {})).toEqual(['unknown', null, null, null]);
    const yes = isTest(YES, [true], '高新技术企业');
    expect(yes.required).toBe('高新技术企业');
    expect(look(yes, { [YES.id]: false })).toEqual(['fail', '“否”', null, '需满足“t.高新的标签”']);
    expect(look(yes, { [YES.id]: true })).toEqual(['pass', '“是”', null, null]);
    const no = isTest(YES, [false], '子公司');
    expect(look(no, { [YES.id]: true })).toEqual(['fail', '“是”', null, '“t.高新的标签”需为“否”']);
    expect(no.mend(facts({ [YES.id]: true }), AS_OF)!.to).toEqual({ type: 'boolean', value: false });
  });

  test.each<[unknown, string, (string | null)[]]>([
    ['never', '2026-11-21', ['pass', '未被取消过', null, null]],
    [
      '2023-11-21',
      '2026-11-20',
      [
        'fail',
        '2023年11月21日',
        '禁止期到2026年11月21日（计算得出，含当日）',
        '禁止期到2026年11月21日（计算得出，含当日）',
      ],
    ],
    [
      '2023-11-21',
      '2026-11-21',
      [
        'fail',
        '2023年11月21日',
        '禁止期到2026年11月21日（计算得出，含当日）',
        '禁止期到2026年11月21日（计算得出，含当日）',
      ],
    ],
    ['2023-11-21', '2026-11-22', ['pass', '2023年11月21日', null, null]],
    [
      '2023-11-21',
      '2023-11-21',
      [
        'fail',
        '2023年11月21日',
        '禁止期到2026年11月21日（计算得出，含当日）',
        '禁止期到2026年11月21日（计算得出，含当日）',
      ],
    ],
    ['2023-11-21', '2023-11-20', ['pass', '2023年11月21日', null, null]],
    [null, '2026-11-21', ['unknown', null, null, null]],
  ])('a ban since %j on %s', (since, asOf, expected) => {
    const t = barredTest(DAY, 3, '三年内');
    expect(t.required).toBe('不在“三年内”的禁止期内');
    expect(look(t, { [DAY.id]: since }, asOf)).toEqual(expected);
    expect(t.mend(facts({ [DAY.id]: since }), asOf)?.to ?? null).toBeNull();
  });

  test('a ban since some day of a year is decided where every day of it decides alike', () => {
    const t = barredTest(DAY, 3, '三年内');
    const some = (asOf: string) =>
      t.finding(new Map([[DAY.id, { type: 'date', value: '2023-01-01', latest: '2023-12-31' }]]), asOf);
    expect(some('2025-06-01')).toEqual({
      outcome: 'fail',
      given: '2023年1月1日至2023年12月31日之间',
      gap: null,
    });
    expect(some('2026-06-01').outcome).toBe('unknown');
    expect(some('2027-01-01').outcome).toBe('pass');
    expect(some('2026-12-31').outcome).toBe('unknown');
    expect(some('2026-01-01').outcome).toBe('fail');
  });

  test.each([
    ['泉州市XXX创新联合体', '泉州市石墨烯创新联合体', true],
    ['泉州市XXX创新联合体', '“泉州市 石墨烯 创新联合体”', true],
    ['泉州市XXX创新联合体', '泉州市创新联合体', false],
    ['泉州市XXX创新联合体', '泉州市XXX创新联合体', false],
    ['泉州市XXX创新联合体', '泉州市××创新联合体', false],
    ['泉州市XXX创新联合体', '泉州市——创新联合体', false],
    ['泉州市XXX创新联合体', '福建泉州市石墨烯创新联合体', false],
    ['泉州市XXX创新联合体', '泉州市石墨烯创新联合体二期', false],
    ['泉州市XXX创新联合体', '泉州市X射线创新联合体', true],
    ['温州市XX产业链××（关键细分领域）创新联合体', '温州市智能电气产业链断路器创新联合体', true],
    ['温州市XX产业链××（关键细分领域）创新联合体', '温州市智能电气产业链创新联合体', false],
    ['甲.X', '甲.乙', true],
    ['甲.X', '甲丙乙', false],
  ])('the pattern %s and the name %s: %s', (pattern, name, fits) => {
    expect(namePattern(pattern).test(cleanName(name))).toBe(fits);
    const t = patternTest(NAME, pattern);
    expect(t.required).toBe(`形如“${pattern}”`);
    expect(look(t, { [NAME.id]: name })).toEqual([
      fits ? 'pass' : 'fail',
      name,
      null,
      fits ? null : `名称需形如“${pattern}”`,
    ]);
    expect(look(t, {})).toEqual(['unknown', null, null, null]);
  });
});

describe('several requirements in one', () => {
  const parts = [
    numberTest(MONEY, 'at-least', exact(200n), ''),
    numberTest(PERCENT, 'at-least', exact(5n), ''),
  ];
  const TRI: Record<Tri, [unknown, unknown]> = { pass: [300, 6], fail: [100, 4], unknown: [null, null] };
  test.each<[Tri, Tri, Tri, Tri]>([
    ['pass', 'pass', 'pass', 'pass'],
    ['pass', 'fail', 'pass', 'fail'],
    ['pass', 'unknown', 'pass', 'unknown'],
    ['fail', 'pass', 'pass', 'fail'],
    ['fail', 'fail', 'fail', 'fail'],
    ['fail', 'unknown', 'unknown', 'fail'],
    ['unknown', 'pass', 'pass', 'unknown'],
    ['unknown', 'fail', 'unknown', 'fail'],
    ['unknown', 'unknown', 'unknown', 'unknown'],
  ])('%s, %s: or %s, and %s', (a, b, or, and) => {
    const given = { [MONEY.id]: TRI[a][0], [PERCENT.id]: TRI[b][1] };
    expect(look(groupTest('any', parts), given)[0]).toBe(or);
    expect(look(groupTest('all', parts), given)[0]).toBe(and);
  });

  test('more of a part than there are at all is shown as the slip that it is', () => {
    const half = shareTest(COUNT, WHOLE, 'at-least', exact(50n));
    const given = (part: number, whole: number) =>
      look(half, { [COUNT.id]: part, [WHOLE.id]: whole }).slice(0, 3);
    expect(given(8, 5)).toEqual(['pass', '8/5（部分多于总数，请核对）', null]);
    expect(given(3, 0)).toEqual(['fail', '3/0（部分多于总数，请核对）', null]);
    expect(given(5, 5)).toEqual(['pass', '5/5（100%）', null]);
    expect(given(0, 0)).toEqual(['fail', '0/0', null]);
  });

  test('each kind of part says in a list what it is about', () => {
    const said = (part: Test, given: Record<string, unknown>) => {
      const pair = groupTest('any', [part, isTest(KIND, ['none of them'], '别的类型')]);
      return [pair.required, pair.finding(facts(given), AS_OF).given];
    };
    expect(said(shareTest(COUNT, WHOLE, 'at-least', exact(50n)), { [COUNT.id]: 1, [WHOLE.id]: 4 })).toEqual([
      '成员 ≥ 50% 或 别的类型',
      '成员 1/4（25%）',
    ]);
    expect(said(noneTest(COUNT, '不得参加'), { [COUNT.id]: 2 })).toEqual([
      '不得参加 或 别的类型',
      '成员 2家',
    ]);
    expect(said(levelTest(LEVEL, LEVEL.values[1]!.id), { [LEVEL.id]: LEVEL.values[0]!.id })).toEqual([
      `平台 ≥ ${LEVEL.values[1]!.label} 或 别的类型`,
      `平台 ${LEVEL.values[0]!.label}`,
    ]);
    expect(said(isTest(YES, [true], '高新'), { [YES.id]: true })).toEqual([
      '高新 或 别的类型',
      't.高新的标签：是',
    ]);
    expect(said(barredTest(DAY, 3, '三年内'), { [DAY.id]: '2026-01-05' })).toEqual([
      '不在“三年内”的禁止期内 或 别的类型',
      '2026年1月5日',
    ]);
    expect(said(patternTest(NAME, '甲市X联盟'), { [NAME.id]: '联盟' })).toEqual([
      '形如“甲市X联盟” 或 别的类型',
      '联盟',
    ]);
    expect(
      said(groupTest('all', [isTest(YES, [true], '高新'), noneTest(COUNT, '不得参加')]), { [YES.id]: false }),
    ).toEqual(['高新，且不得参加 或 别的类型', 't.高新的标签：否']);
  });

  test('are written with their names, alternatives as alternatives', () => {
    const any = groupTest('any', [...parts, isTest(YES, [true], '高新技术企业')]);
    expect(any.required).toBe('营收 ≥ 200元 或 强度 ≥ 5% 或 高新技术企业');
    expect(any.name).toBe('营收、强度、t.高新的标签');
    expect(any.facts).toEqual([MONEY.id, PERCENT.id, YES.id]);
    expect(look(any, { [MONEY.id]: 100, [PERCENT.id]: 4, [YES.id]: false })).toEqual([
      'fail',
      '营收 100元；强度 4%；t.高新的标签：否',
      '营收 100元 或 强度 1个百分点',
      null,
    ]);
    expect(look(any, { [MONEY.id]: 300, [PERCENT.id]: 4 })).toEqual([
      'pass',
      '营收 300元；强度 4%',
      null,
      null,
    ]);
    expect(look(any, {})).toEqual(['unknown', null, null, null]);
    const all = groupTest('all', parts);
    expect(all.required).toBe('营收 ≥ 200元，且强度 ≥ 5%');
    expect(look(all, { [MONEY.id]: '<100', [PERCENT.id]: 4 })).toEqual([
      'fail',
      '营收 不到100元；强度 4%',
      '营收 至少100元，且强度 1个百分点',
      null,
    ]);
    const same = groupTest('any', [parts[0]!, numberTest(MONEY, 'at-most', exact(50n), '')]);
    expect(same.facts).toEqual([MONEY.id]);
  });
});

describe('a check', () => {
  const base: Criterion = {
    policy: 'p',
    id: 'c',
    subject: 'lead',
    title: '标题',
    when: null,
    strength: 'must',
    clause: '三（一）',
    quote: '原文',
    note: null,
    alternatives: false,
    test: isTest(YES, [true], '高新技术企业'),
    facts: [YES.id],
    required: '高新技术企业',
    words: [],
  };
  const run = (criteria: Partial<Criterion>[], given: Record<string, unknown>) =>
    check(
      criteria.map((c, i) => ({ ...base, id: `c${i}`, ...c })),
      own,
      { policy: 'p', subject: 'lead', asOf: AS_OF, status: 'draft', facts: facts(given) },
    );

  test('copies what the reader needs', () => {
    const verdict = run([{ note: '说明' }], { [YES.id]: false });
    expect(verdict).toMatchObject({
      policy: 'p',
      subject: 'lead',
      asOf: AS_OF,
      status: 'draft',
      outcome: 'ineligible',
    });
    expect(verdict.next).toBeNull();
    expect(verdict.conflicts).toEqual([]);
    expect(verdict.criteria).toEqual([
      {
        id: 'c0',
        title: '标题',
        facts: [YES.id],
        outcome: 'fail',
        strength: 'must',
        required: '高新技术企业',
        given: '“否”',
        gap: null,
        clause: '三（一）',
        quote: '原文',
        note: '说明',
      },
    ]);
    expect(run([{}], {}).criteria[0]!.note).toBeNull();
  });

  test('leaves out other subjects and what does not concern the case', () => {
    const verdict = run(
      [
        { subject: 'member' },
        { when: { [KIND.id]: ['b'] } },
        { when: { [KIND.id]: ['a', 'b'] } },
        { when: { [KIND.id]: ['a'], [YES.id]: [true] } },
        { when: { [YES.id]: [true], [KIND.id]: ['a'] } },
      ],
      { [KIND.id]: 'a', [YES.id]: false },
    );
    expect(verdict.criteria.map((c) => c.id)).toEqual(['c2']);
  });

  test('a judgement is listed where it concerns the case, and decides nothing', () => {
    const judgement = { strength: 'judgement', test: null, facts: [] } as const;
    const list = (given: Record<string, unknown>) =>
      run([judgement, { ...judgement, when: { [KIND.id]: ['a'] } }], given);
    expect(list({ [KIND.id]: 'a' }).criteria.map((c) => [c.id, c.outcome])).toEqual([
      ['c0', 'unknown'],
      ['c1', 'unknown'],
    ]);
    expect(list({}).criteria.map((c) => c.id)).toEqual(['c0']);
    expect(list({ [KIND.id]: 'b' }).criteria.map((c) => c.id)).toEqual(['c0']);
    expect(list({}).outcome).toBe('eligible');
    expect(list({}).next).toBeNull();
  });

  test('what would fail if it concerned the case is open, without a gap', () => {
    const gated = {
      when: { [KIND.id]: ['a'] },
      test: numberTest(COUNT, 'at-least', exact(5n), '家'),
      facts: [COUNT.id],
    };
    const one = (given: Record<string, unknown>) => {
      const verdict = run([gated], given);
      const [c] = verdict.criteria;
      return [verdict.outcome, c?.outcome, c?.given, c?.gap, verdict.next];
    };
    expect(one({ [COUNT.id]: 3 })).toEqual(['undetermined', 'unknown', '3家', null, KIND.id]);
    expect(one({ [COUNT.id]: 5 })).toEqual(['eligible', 'pass', '5家', null, null]);
    expect(one({ [COUNT.id]: 3, [KIND.id]: 'a' })).toEqual(['ineligible', 'fail', '3家', '2家', null]);
    expect(one({ [COUNT.id]: 3, [KIND.id]: 'b' })).toEqual([
      'eligible',
      undefined,
      undefined,
      undefined,
      null,
    ]);
    expect(one({ [KIND.id]: 'a' })).toEqual(['undetermined', 'unknown', null, null, COUNT.id]);
  });

  test('outcomeOf is the outcome of "if it applies then it holds"', () => {
    const gated = { ...base, when: { [KIND.id]: ['a'] } };
    const of = (criterion: Criterion, given: Record<string, unknown>) =>
      outcomeOf(criterion, facts(given), AS_OF);
    expect(of(gated, { [KIND.id]: 'b', [YES.id]: true })).toBeNull();
    expect(of(gated, { [KIND.id]: 'a', [YES.id]: false })).toBe('fail');
    expect(of(gated, { [YES.id]: false })).toBe('unknown');
    expect(of(gated, { [YES.id]: true })).toBe('pass');
    expect(of(gated, {})).toBe('unknown');
    expect(of({ ...base, test: null }, {})).toBeNull();
    expect(of(base, { [YES.id]: true })).toBe('pass');
    // A figure never opens or closes a condition.
    expect(of({ ...base, when: { [COUNT.id]: ['3'] } }, { [COUNT.id]: 3, [YES.id]: false })).toBe('unknown');
  });

  test('the four outcomes', () => {
    const of = (...list: string[]) =>
      settle(
        list.map((text) => {
          const [strength, outcome] = text.split(' ') as [Criterion['strength'], Tri];
          return { strength, outcome };
        }),
      );
    expect(of()).toBe('eligible');
    expect(of('must pass', 'principle pass', 'judgement unknown')).toBe('eligible');
    expect(of('must pass', 'principle fail')).toBe('discretionary');
    expect(of('must unknown', 'principle fail')).toBe('undetermined');
    expect(of('must pass', 'principle unknown')).toBe('undetermined');
    expect(of('principle unknown', 'must fail')).toBe('ineligible');
    expect(of('judgement fail')).toBe('eligible');
  });

  test('a contradiction is said once for all and beside each criterion that reads the fact', () => {
    const given = {
      'lead.rd_spend_avg_3y': '3000万元',
      'lead.rd_ratio_3y': '9%',
      'lead.rd_spend_by_year': { 2023: '1000万', 2024: '1000万', 2025: '1000万' },
      'lead.sales_by_year': { 2023: '1亿', 2024: '1亿', 2025: '1亿' },
    };
    const average = vocabulary.get('lead.rd_spend_avg_3y')!;
    const criteria: Criterion[] = [
      {
        ...base,
        id: 'reads',
        note: '说明',
        test: numberTest(average, 'at-least', exact(1n), ''),
        facts: [average.id],
      },
      { ...base, id: 'reads-not', test: null, facts: [] },
    ];
    const verdict = check(criteria, vocabulary, {
      policy: 'p',
      subject: 'lead',
      asOf: AS_OF,
      status: '',
      facts: readFacts(given, vocabulary),
    });
    const [money, percent] = verdict.conflicts;
    expect(money).toContain(`${average.label}：你说的是3000万元，按分年数字算出来是1000万元`);
    expect(percent).toContain('你说的是9%，按分年数字算出来是10%');
    expect(verdict.criteria.map((c) => c.note)).toEqual([`说明 ${money}`, null]);
    expect(verdict.next).toBe(average.id);
  });
});
