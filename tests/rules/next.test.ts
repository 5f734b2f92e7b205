import { describe, expect, test } from 'vitest';
import { expected, optimum, plausible } from '../../eval/bench/interview.js';
import type { Subject } from '../../src/rules/index.js';
import { AS_OF, FIT, packs, verdict, verdictOf, vocabulary } from './support.js';

const next = (fit: string, change: Record<string, unknown>) => {
  const [policy, subject] = fit.split(' ') as [string, Subject];
  return verdict(policy, subject, { ...FIT[fit], ...change }).next;
};
const QZ = 'quanzhou-2026 lead enterprise';

describe('what to ask next', () => {
  test.each<[string, string, Record<string, unknown>, string | null]>([
    ['the one thing that is open', QZ, { 'lead.rd_staff': null }, 'lead.rd_staff'],
    [
      'the other alternative, once one fails',
      QZ,
      { 'lead.rd_spend_avg_3y': '1000万', 'lead.rd_ratio_3y': null },
      'lead.rd_ratio_3y',
    ],
    [
      'an average as a whole, when no year was told',
      QZ,
      { 'lead.rd_spend_avg_3y': null, 'lead.rd_ratio_3y': null },
      'lead.rd_spend_avg_3y',
    ],
    [
      'the missing years, once some were told',
      QZ,
      { 'lead.rd_spend_avg_3y': null, 'lead.rd_ratio_3y': '1%', 'lead.rd_spend_by_year': { 2025: '3000万' } },
      'lead.rd_spend_by_year',
    ],
    [
      'the sales, when the R&D of each year is told and too little',
      QZ,
      {
        'lead.rd_spend_avg_3y': null,
        'lead.rd_ratio_3y': null,
        'lead.rd_spend_by_year': { 2023: 1, 2024: 1, 2025: 1 },
      },
      'lead.sales_by_year',
    ],
    [
      'the exact figure, when only a bound is known',
      QZ,
      { 'lead.revenue_last_year': '>100000000' },
      'lead.revenue_last_year',
    ],
    ['nothing, once a must fails', QZ, { 'lead.city': 'wenzhou', 'lead.rd_staff': null }, null],
    ['nothing that concerns other kinds of unit', 'quanzhou-2026 lead hospital', {}, null],
    [
      'a must before a principle',
      'xiamen-2025 lead enterprise',
      { 'lead.revenue_last_year': null, 'lead.rd_spend_avg_3y': null, 'lead.rd_ratio_3y': null },
      'lead.rd_spend_avg_3y',
    ],
    [
      'the principle that is left',
      'xiamen-2025 lead enterprise',
      { 'lead.revenue_last_year': null },
      'lead.revenue_last_year',
    ],
    [
      'nothing on R&D when one alternative is met',
      'xiamen-2025 lead enterprise',
      { 'lead.rd_spend_avg_3y': null },
      null,
    ],
    [
      'whether a ban runs, before whether it would matter',
      'xiamen-2025 member',
      {},
      'member.title_revoked_on',
    ],
    [
      'whether it matters, once a ban runs',
      'xiamen-2025 member',
      { 'member.title_revoked_on': '2026-01-01' },
      'member.core_layer',
    ],
    [
      'who leads, when that alone decides what applies',
      'quanzhou-2026 consortium enterprise',
      { 'lead.kind': null },
      'lead.kind',
    ],
  ])('asks for %s', (_name, fit, change, expected) => {
    expect(next(fit, change)).toBe(expected);
  });
});

// The larger subjects are measured by eval/bench/next-question.ts: their exhaustive search takes minutes.
test.each<[string, Subject]>([
  ['qingdao-2025', 'lead'],
  ['qingdao-2025', 'consortium'],
  ['wenzhou-draft', 'lead'],
  ['xiamen-2025', 'consortium'],
  ['xiamen-2025', 'talent-consortium'],
  ['xiamen-2025', 'member'],
  ['quanzhou-2026', 'member'],
])(
  '%s %s is settled with a twentieth more questions at most than the best way of asking',
  (policy, subject) => {
    const criteria = packs.criteria.get(policy)!.filter((c) => c.subject === subject);
    for (const style of ['even', 'half', 'qualified'] as const) {
      const draws = plausible(criteria, vocabulary, style, policy.split('-')[0]!);
      const ours = expected((facts) => verdictOf(policy, subject, facts).next, criteria, draws, AS_OF);
      expect(ours / optimum(criteria, draws, AS_OF), style).toBeLessThanOrEqual(1.05);
    }
  },
);
