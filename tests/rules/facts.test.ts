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
