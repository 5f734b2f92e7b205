import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.js';
import { readFacts, writeFacts } from '../../src/rules/index.js';
import { vocabulary } from './support.js';

const refused = (facts: unknown): InputError => {
  try {
    readFacts(facts, vocabulary);
  } catch (error) {
    if (error instanceof InputError) return error;
  }
  throw new Error(`accepted: ${JSON.stringify(facts)}`);
};
const round = (id: string, value: unknown) =>
  writeFacts(readFacts({ [id]: value }, vocabulary), vocabulary)[id];

describe('reading facts', () => {
  test.each([
    ['lead.revenue_last_year', '1.8亿元', '180000000'],
    ['lead.revenue_last_year', 180000000, '180000000'],
    ['lead.revenue_last_year', 1e21, '1000000000000000000000'],
    ['lead.revenue_last_year', 1.5e-7, '0.00000015'],
    ['lead.revenue_last_year', '<200000000', '<200000000'],
    ['lead.revenue_last_year', '2亿元以上', '>=200000000'],
    ['lead.rd_ratio_3y', '4.2%', '4.2'],
    ['lead.rd_ratio_3y', 4.2, '4.2'],
    ['lead.rd_ratio_3y', 0.1, '0.1'],
    ['lead.rd_staff', '23人', 23],
    ['consortium.units_total', 0, 0],
    ['lead.title_revoked_on', 'never', 'never'],
    ['lead.platform_level', 'national', 'national'],
  ])('%s %j is %j', (id, value, expected) => {
    expect(round(id, value)).toEqual(expected);
  });

  test('null, an absent key and a map without a year are unknown', () => {
    expect(
      readFacts(
        { 'lead.kind': null, 'lead.rd_spend_by_year': {}, 'lead.sales_by_year': { 2024: null } },
        vocabulary,
      ).size,
    ).toBe(0);
  });

  test.each([
    ['lead.revenue_last_year', '很多'],
    ['lead.revenue_last_year', -1],
    ['lead.revenue_last_year', '-5万'],
    ['lead.revenue_last_year', true],
    ['lead.revenue_last_year', '5%'],
    ['lead.revenue_last_year', '>300 <200'],
    ['lead.revenue_last_year', '<0'],
    ['lead.rd_ratio_3y', '5万元'],
    ['lead.rd_staff', 19.5],
    ['lead.rd_staff', -3],
    ['lead.rd_staff', [20]],
    ['lead.high_tech', 'true'],
    ['lead.high_tech', 1],
    ['lead.kind', '企业'],
    ['lead.platform_level', 'county'],
    ['lead.founded_on', '2024-02-30'],
    ['lead.founded_on', '2024'],
    ['lead.founded_on', 'never'],
    ['lead.rd_spend_by_year', { '23': 1 }],
    ['lead.rd_spend_by_year', { 2023: -1 }],
    ['lead.rd_spend_by_year', [1, 2]],
    ['consortium.name', '  '],
  ])('%s %j is refused with its name and what is accepted', (id, value) => {
    const error = refused({ [id]: value });
    expect(error.message).toContain(id);
    expect(error.accepted).not.toBe('');
  });

  test('an unknown fact is refused with the known ones of its group', () => {
    const error = refused({ 'lead.revenue': 1 });
    expect(error.message).toContain('lead.revenue');
    expect(error.accepted).toContain('lead.revenue_last_year');
  });

  test.each([[null], [[]], ['lead'], [3]])('%j is no facts object', (given) => {
    expect(refused(given).accepted).toContain('lead.kind');
  });
});

describe('every notation of a fact', () => {
  test.each<[string, unknown, unknown]>([
    ['lead.revenue_last_year', 0, '0'],
    ['lead.revenue_last_year', '0', '0'],
    ['lead.revenue_last_year', 1e23, '100000000000000000000000'],
    ['lead.revenue_last_year', 1.25e21, '1250000000000000000000'],
    ['lead.revenue_last_year', 2.5e-8, '0.000000025'],
    ['lead.revenue_last_year', 123.456, '123.456'],
    ['lead.revenue_last_year', ' 2000万 ', '20000000'],
    ['lead.revenue_last_year', '>=0', '>=0'],
    ['lead.revenue_last_year', '<=0', '<=0'],
    ['lead.revenue_last_year', '>1 <2', '>1 <2'],
    ['lead.revenue_last_year', '两千多万', '>20000000 <30000000'],
    ['lead.rd_staff', '>=20', '>=20'],
    ['lead.rd_staff', '十几人', '>10 <20'],
    ['lead.high_tech', false, false],
    ['lead.founded_on', '2024-02-29', '2024-02-29'],
    ['lead.founded_on', '>=2024-01-01 <=2024-12-31', '>=2024-01-01 <=2024-12-31'],
    ['consortium.name', '  名  ', '名'],
    ['lead.rd_spend_by_year', { 2025: '1万', 2023: 2, 2024: null }, { 2023: '2', 2025: '10000' }],
  ])('%s %j is %j', (id, value, expected) => {
    expect(round(id, value)).toEqual(expected);
  });

  test.each<[string, unknown]>(
    [
      ['lead.revenue_last_year', ''],
      ['lead.revenue_last_year', '   '],
      ['lead.revenue_last_year', '<=-1'],
      ['lead.revenue_last_year', '>=-1'],
      ['lead.revenue_last_year', Number.POSITIVE_INFINITY],
      ['lead.revenue_last_year', Number.NaN],
      ['lead.revenue_last_year', `${'1'.repeat(201)}`],
      ['lead.revenue_last_year', {}],
      ['lead.rd_staff', '>2.5'],
      ['lead.rd_staff', '<2.5'],
      ['lead.rd_ratio_3y', '20人'],
      ['lead.high_tech', null === 0],
      ['lead.high_tech', 0],
      ['lead.founded_on', '>=2024-12-31 <=2024-01-01'],
      ['lead.founded_on', '>=2024-01-01 <=2024-13-01'],
      ['lead.founded_on', 'x >=2024-01-01 <=2024-12-31'],
      ['lead.founded_on', 20240101],
      ['lead.kind', true],
      ['lead.rd_spend_by_year', 5],
      ['lead.rd_spend_by_year', 'x'],
      ['lead.rd_spend_by_year', { 20231: 1 }],
      ['lead.rd_spend_by_year', { 1823: 1 }],
      ['lead.rd_spend_by_year', { 2023: '五人' }],
      ['consortium.name', 5],
      ['consortium.name', '名'.repeat(501)],
    ].filter(([, value]) => value !== false) as [string, unknown][],
  )('%s %j is refused', (id, value) => {
    expect(refused({ [id]: value }).message).toContain(id);
  });

  test('a name may have five hundred characters', () => {
    expect(round('consortium.name', '名'.repeat(500))).toBe('名'.repeat(500));
  });

  test('a refusal shows the label, the value and what would be accepted', () => {
    const money = refused({ 'lead.revenue_last_year': '很多' });
    expect(money.message).toContain('lead.revenue_last_year（');
    expect(money.message).toContain('的值 "很多" 无法读取');
    for (const [id, accepted] of [
      ['lead.revenue_last_year', '元为单位的数字（180000000）或写明单位的金额'],
      ['lead.rd_ratio_3y', '带百分号的文字（"4.2%"）或百分点数（4.2）'],
      ['lead.rd_staff', '不小于0的整数（如 5）'],
      ['lead.founded_on', 'YYYY-MM-DD 形式的日期（如 2024-03-01）'],
      ['lead.title_revoked_on', 'YYYY-MM-DD 形式的日期（如 2024-03-01），或 "never"'],
      ['lead.high_tech', 'true 或 false'],
      ['lead.kind', '其中之一：enterprise（'],
      ['consortium.name', '文字'],
      ['lead.rd_spend_by_year', '年份到金额的对照'],
    ] as const)
      expect(refused({ [id]: [] }).accepted).toContain(accepted);
    expect(refused({ 'lead.rd_staff': 'x'.repeat(200) }).message.length).toBeLessThan(200);
    expect(refused({ nothing: 1 }).accepted).toContain('consortium.units_total');
    expect(refused({ 'lead.x': 1 }).accepted).not.toContain('consortium.units_total');
    expect(refused([]).message).toBe('facts 应是一个对象');
  });

  test('a fact that is not given is not written, one that is stands in the vocabulary’s order', () => {
    const facts = readFacts({ 'lead.rd_staff': 5, 'lead.kind': 'group' }, vocabulary);
    expect(Object.keys(writeFacts(facts, vocabulary))).toEqual(['lead.kind', 'lead.rd_staff']);
  });
});
