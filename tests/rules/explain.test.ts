import { describe, expect, test } from 'vitest';
import { otherPolicies, readFacts, type Subject, smallestChange } from '../../src/rules/index.js';
import { AS_OF, FIT, packs, vocabulary } from './support.js';

const change = (fit: string, facts: Record<string, unknown>) => {
  const [policy, subject] = fit.split(' ') as [string, Subject];
  const input = {
    policy,
    subject,
    asOf: AS_OF,
    status: '',
    facts: readFacts({ ...FIT[fit], ...facts }, vocabulary),
  };
  return smallestChange(packs.criteria.get(policy)!, vocabulary, input);
};

describe('the smallest change that turns an outcome', () => {
  test('a missing amount is named by its gap, and meeting it is enough', () => {
    const out = change('quanzhou-2026 lead enterprise', { 'lead.revenue_last_year': '1.8亿元' });
    expect(out.needed.map((s) => s.text)).toEqual(['上年度主营业务收入差2000万元']);
    expect(out).toMatchObject({ outcome: 'ineligible', after: 'eligible', fixed: [] });
  });

  test('the alternatives of an or are alternatives', () => {
    const out = change('quanzhou-2026 lead enterprise', {
      'lead.rd_spend_avg_3y': '1500万',
      'lead.rd_ratio_3y': '4.2%',
      'lead.high_tech': false,
    });
    expect(out.needed.map((s) => s.text)).toEqual([
      '年均研发投入差500万元，或研发强度差0.8个百分点（满足其一即可）',
      '需满足“高新技术企业”，或需满足“专精特新企业”（满足其一即可）',
    ]);
    expect(out.needed[0]!.ways).toHaveLength(2);
    expect(out.after).toBe('eligible');
  });

  test('figures that follow from years are mended too', () => {
    const out = change('quanzhou-2026 lead enterprise', {
      'lead.rd_spend_avg_3y': null,
      'lead.rd_spend_by_year': { 2023: '1000万', 2024: '1000万', 2025: '1000万' },
    });
    expect(out.needed[0]!.text).toContain('差1000万元');
    expect(out.after).toBe('eligible');
  });

  test('what no figure can change is named', () => {
    const out = change('quanzhou-2026 lead enterprise', {
      'lead.city': 'xiamen',
      'lead.title_revoked_on': '2026-01-05',
      'lead.rd_staff': 12,
    });
    expect(out.fixed.map((s) => s.criterion)).toEqual(['lead-local', 'lead-ban']);
    expect(out.fixed[0]!.text).toBe('注册地须为泉州');
    expect(out.fixed[1]!.text).toContain('2029年1月5日');
    expect(out.after).toBe('ineligible');
  });

  test('principles are advisable, not needed', () => {
    const out = change('quanzhou-2026 consortium enterprise', { 'consortium.local_members': 4 });
    expect(out.needed).toEqual([]);
    expect(out.advisable.map((s) => s.text)).toEqual(['本地共建单位补1家']);
  });

  test('a share is mended by the part, and unknown facts stay unknown', () => {
    const out = change('wenzhou-draft consortium', {
      'consortium.local_units': 2,
      'consortium.covers_chain': false,
      'consortium.charter': null,
    });
    expect(out.advisable[0]!.text).toBe('市域内注册单位补1家（成员单位总数不变）');
    expect(out.after).toBe('undetermined');
  });

  test('nothing to change in what fits', () => {
    expect(change('xiamen-2025 lead enterprise', {})).toMatchObject({
      outcome: 'eligible',
      after: 'eligible',
      needed: [],
      advisable: [],
    });
  });
});

test('which other policy would pass with the same facts', () => {
  const candidates = [...packs.criteria].map(([policy, criteria]) => ({
    policy,
    criteria,
    status: 'in-force',
  }));
  const facts = readFacts(
    {
      ...FIT['wenzhou-draft lead'],
      ...FIT['xiamen-2025 lead enterprise'],
      'lead.city': 'wenzhou',
      'lead.rd_ratio_3y': '3.6%',
    },
    vocabulary,
  );
  const others = otherPolicies(candidates, vocabulary, {
    policy: 'quanzhou-2026',
    subject: 'lead',
    asOf: AS_OF,
    facts,
  });
  expect(others.map((v) => [v.policy, v.outcome])).toEqual([
    ['xiamen-2025', 'eligible'],
    ['wenzhou-draft', 'discretionary'],
  ]);
});
