import { describe, expect, test } from 'vitest';
import { deriveFacts, readFacts, writeFacts } from '../../src/rules/index.js';
import { AS_OF, FIT, verdict, vocabulary } from './support.js';

const derive = (facts: Record<string, unknown>, asOf = AS_OF) =>
  deriveFacts(readFacts(facts, vocabulary), vocabulary, asOf);
const written = (facts: Record<string, unknown>) => writeFacts(derive(facts).facts, vocabulary);

describe('facts that follow from others', () => {
  test('mean and intensity over three years are exact', () => {
    const out = written({
      'lead.rd_spend_by_year': { 2023: '1000万', 2024: '1000万', 2025: '1001万' },
      'lead.sales_by_year': { 2023: '1亿', 2024: '1亿', 2025: '1亿' },
    });
    expect(out['lead.rd_spend_avg_3y']).toBe('30010000/3');
    expect(out['lead.rd_ratio_3y']).toBe('3001/300');
  });

  test('of more years the latest three count', () => {
    expect(
      written({ 'lead.rd_spend_by_year': { 2022: '9亿', 2023: '1800万', 2024: '2200万', 2025: '2600万' } })[
        'lead.rd_spend_avg_3y'
      ],
    ).toBe('22000000');
  });

  test('a short map is incomplete and asks for its missing year, unless the founding date explains it', () => {
    const short = { 'lead.rd_spend_by_year': { 2024: '2200万', 2025: '2600万' } };
    expect(derive(short).facts.has('lead.rd_spend_avg_3y')).toBe(false);
    expect(derive(short).lacking.get('lead.rd_spend_avg_3y')).toBe('lead.rd_spend_by_year');
    expect(written({ ...short, 'lead.founded_on': '2024-03-01' })['lead.rd_spend_avg_3y']).toBe('24000000');
    expect(derive({ ...short, 'lead.founded_on': '2019-03-01' }).facts.has('lead.rd_spend_avg_3y')).toBe(
      false,
    );
    expect(
      derive({ 'lead.rd_spend_by_year': { 2023: 1, 2025: 1 }, 'lead.founded_on': '2024-03-01' }).facts.has(
        'lead.rd_spend_avg_3y',
      ),
    ).toBe(false);
  });

  test('figures of years before the founding alone decide nothing', () => {
    expect(
      derive({ 'lead.rd_spend_by_year': { 2024: '2200万' }, 'lead.founded_on': '2026-01-05' }).facts.has(
        'lead.rd_spend_avg_3y',
      ),
    ).toBe(false);
  });

  test('yearly bounds give a bound of the mean and of the intensity', () => {
    const out = written({
      'lead.rd_spend_by_year': { 2023: '>=20000000', 2024: '2000万', 2025: '2000万' },
      'lead.sales_by_year': { 2023: '4亿', 2024: '4亿', 2025: '4亿' },
    });
    expect(out['lead.rd_spend_avg_3y']).toBe('>=20000000');
    expect(out['lead.rd_ratio_3y']).toBe('>=5');
  });

  test('a stated bound that agrees is kept beside what follows from the years', () => {
    expect(
      written({
        'lead.rd_spend_avg_3y': '>20000000',
        'lead.rd_spend_by_year': { 2023: '2200万', 2024: '2200万', 2025: '2200万' },
      })['lead.rd_spend_avg_3y'],
    ).toBe('22000000');
  });

  test('a contradiction is said, and neither value is used', () => {
    const facts = {
      ...FIT['quanzhou-2026 lead enterprise'],
      'lead.rd_ratio_3y': null,
      'lead.rd_spend_by_year': { 2023: '1000万', 2024: '1000万', 2025: '1000万' },
    };
    const v = verdict('quanzhou-2026', 'lead', facts);
    expect(v.outcome).toBe('undetermined');
    expect(v.conflicts[0]).toContain('2000万元');
    expect(v.conflicts[0]).toContain('1000万元');
    expect(v.next).toBe('lead.rd_spend_avg_3y');
  });

  test('the total of units is what was stated, never the sum of its parts', () => {
    expect(
      derive({ 'consortium.enterprises': 5, 'consortium.other_units': 2 }).facts.has(
        'consortium.units_total',
      ),
    ).toBe(false);
  });
});
