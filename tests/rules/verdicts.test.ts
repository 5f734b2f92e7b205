import { describe, expect, test } from 'vitest';
import type { Outcome, Subject } from '../../src/rules/index.js';
import { FIT, verdict } from './support.js';

/** Hand-computed from the documents: a unit that fits, what is changed, the outcome, and the criteria that then fail. */
const TABLE: [fit: string, change: Record<string, unknown>, outcome: Outcome, failing: string[]][] = [
  // A ban of which only the year is told: it counts where it counts for every day of that year.
  [
    'quanzhou-2026 lead enterprise',
    { 'lead.title_revoked_on': '>=2024-01-01 <=2024-12-31' },
    'ineligible',
    ['lead-ban'],
  ],
  [
    'quanzhou-2026 lead enterprise',
    { 'lead.title_revoked_on': '>=2023-01-01 <=2023-12-31' },
    'undetermined',
    [],
  ],
  ['quanzhou-2026 lead enterprise', { 'lead.title_revoked_on': '>=2022-01-01 <=2022-12-31' }, 'eligible', []],
  ['quanzhou-2026 lead enterprise', {}, 'eligible', []],
  [
    'quanzhou-2026 lead enterprise',
    { 'lead.revenue_last_year': '1.9999亿元' },
    'ineligible',
    ['lead-revenue'],
  ],
  [
    'quanzhou-2026 lead enterprise',
    { 'lead.revenue_last_year': '<200000000' },
    'ineligible',
    ['lead-revenue'],
  ],
  ['quanzhou-2026 lead enterprise', { 'lead.revenue_last_year': '<=200000000' }, 'undetermined', []],
  ['quanzhou-2026 lead enterprise', { 'lead.revenue_last_year': '>=200000000' }, 'eligible', []],
  ['quanzhou-2026 lead enterprise', { 'lead.rd_spend_avg_3y': '1999.9999万元' }, 'ineligible', ['lead-rd']],
  [
    'quanzhou-2026 lead enterprise',
    { 'lead.rd_spend_avg_3y': '1万元', 'lead.rd_ratio_3y': '5%' },
    'eligible',
    [],
  ],
  [
    'quanzhou-2026 lead enterprise',
    { 'lead.rd_spend_avg_3y': '1万元', 'lead.rd_ratio_3y': null },
    'undetermined',
    [],
  ],
  [
    'quanzhou-2026 lead enterprise',
    { 'lead.rd_spend_avg_3y': null, 'lead.rd_ratio_3y': '5%' },
    'eligible',
    [],
  ],
  ['quanzhou-2026 lead enterprise', { 'lead.high_tech': false, 'lead.srdi': true }, 'eligible', []],
  ['quanzhou-2026 lead enterprise', { 'lead.high_tech': false }, 'ineligible', ['lead-certificate']],
  ['quanzhou-2026 lead enterprise', { 'lead.srdi': null }, 'eligible', []],
  ['quanzhou-2026 lead enterprise', { 'lead.platform_level': 'municipal' }, 'ineligible', ['lead-platform']],
  ['quanzhou-2026 lead enterprise', { 'lead.platform_level': 'national' }, 'eligible', []],
  ['quanzhou-2026 lead enterprise', { 'lead.rd_staff': 19 }, 'ineligible', ['lead-rd-staff']],
  ['quanzhou-2026 lead enterprise', { 'lead.rd_staff': '>19' }, 'eligible', []],
  ['quanzhou-2026 lead enterprise', { 'lead.city': 'xiamen' }, 'ineligible', ['lead-local']],
  ['quanzhou-2026 lead enterprise', { 'lead.legal_person': false }, 'ineligible', ['lead-legal-person']],
  ['quanzhou-2026 lead enterprise', { 'lead.title_revoked_on': '2023-11-21' }, 'ineligible', ['lead-ban']],
  ['quanzhou-2026 lead enterprise', { 'lead.title_revoked_on': '2023-11-20' }, 'eligible', []],
  ['quanzhou-2026 lead enterprise', { 'lead.kind': 'group' }, 'undetermined', []],
  ['quanzhou-2026 lead enterprise', { 'lead.kind': 'group', 'lead.is_parent_company': true }, 'eligible', []],
  [
    'quanzhou-2026 lead enterprise',
    { 'lead.kind': 'group', 'lead.is_parent_company': false },
    'ineligible',
    ['lead-parent'],
  ],
  ['quanzhou-2026 lead enterprise', { 'lead.kind': 'new-rd-institution' }, 'ineligible', ['lead-kind']],
  ['quanzhou-2026 lead enterprise', { 'lead.kind': null }, 'undetermined', []],
  ['quanzhou-2026 lead hospital', {}, 'eligible', []],
  [
    'quanzhou-2026 lead hospital',
    { 'lead.kind': 'university', 'lead.revenue_last_year': 0, 'lead.rd_staff': 0 },
    'eligible',
    [],
  ],
  [
    'quanzhou-2026 lead hospital',
    { 'lead.kind': 'institute', 'lead.doctorate_or_senior_staff': 9 },
    'ineligible',
    ['lead-academic-doctorates'],
  ],
  ['quanzhou-2026 consortium enterprise', {}, 'eligible', []],
  [
    'quanzhou-2026 consortium enterprise',
    { 'consortium.local_members': 4 },
    'discretionary',
    ['consortium-local-members'],
  ],
  [
    'quanzhou-2026 consortium enterprise',
    { 'consortium.local_members': 4, 'consortium.plan_written': null },
    'undetermined',
    ['consortium-local-members'],
  ],
  [
    'quanzhou-2026 consortium enterprise',
    { 'consortium.name': '石墨烯创新联合体' },
    'ineligible',
    ['consortium-name'],
  ],
  [
    'quanzhou-2026 consortium enterprise',
    { 'consortium.name': '“泉州市 石墨烯 创新联合体”' },
    'eligible',
    [],
  ],
  [
    'quanzhou-2026 consortium enterprise',
    { 'lead.kind': 'group', 'consortium.subsidiary_members': 1 },
    'ineligible',
    ['consortium-subsidiaries'],
  ],
  [
    'quanzhou-2026 consortium enterprise',
    { 'lead.kind': 'group', 'consortium.subsidiary_members': 0 },
    'eligible',
    [],
  ],
  ['quanzhou-2026 consortium university', {}, 'eligible', []],
  [
    'quanzhou-2026 consortium university',
    { 'backbone.count': 0 },
    'ineligible',
    ['consortium-backbone-count'],
  ],
  [
    'quanzhou-2026 consortium university',
    { 'backbone.revenue_last_year': '9999万元' },
    'ineligible',
    ['consortium-backbone-revenue'],
  ],
  [
    'quanzhou-2026 consortium university',
    { 'backbone.rd_ratio_3y': '4.99%' },
    'ineligible',
    ['consortium-backbone-rd'],
  ],
  [
    'quanzhou-2026 consortium university',
    { 'backbone.srdi': false },
    'ineligible',
    ['consortium-backbone-certificate'],
  ],
  ['xiamen-2025 lead enterprise', {}, 'eligible', []],
  ['xiamen-2025 lead enterprise', { 'lead.revenue_last_year': '4.9亿元' }, 'discretionary', ['lead-revenue']],
  ['xiamen-2025 lead enterprise', { 'lead.revenue_last_year': null }, 'undetermined', []],
  ['xiamen-2025 lead enterprise', { 'lead.rd_ratio_3y': '2.9%' }, 'ineligible', ['lead-rd']],
  ['xiamen-2025 lead enterprise', { 'lead.platform_level': 'none' }, 'ineligible', ['lead-platform']],
  ['xiamen-2025 lead enterprise', { 'lead.main_site_city': 'quanzhou' }, 'ineligible', ['lead-site']],
  ['xiamen-2025 lead enterprise', { 'lead.consortia_already_led': 1 }, 'discretionary', ['lead-only-one']],
  ['xiamen-2025 lead enterprise', { 'lead.consortia_already_led': '>0' }, 'discretionary', ['lead-only-one']],
  ['xiamen-2025 lead enterprise', { 'lead.kind': 'university' }, 'ineligible', ['lead-kind']],
  ['xiamen-2025 lead hospital', {}, 'eligible', []],
  [
    'xiamen-2025 lead hospital',
    { 'lead.national_regional_medical_center': false },
    'ineligible',
    ['lead-hospital'],
  ],
  ['xiamen-2025 lead hospital', { 'lead.health_field': false }, 'ineligible', ['lead-health-field']],
  ['xiamen-2025 lead new-rd-institution', {}, 'eligible', []],
  ['xiamen-2025 consortium', {}, 'eligible', []],
  ['xiamen-2025 consortium', { 'consortium.units_total': 6 }, 'ineligible', ['consortium-units']],
  ['xiamen-2025 consortium', { 'consortium.units_total': null }, 'undetermined', []],
  [
    'xiamen-2025 consortium',
    { 'consortium.enterprises': 4, 'consortium.other_units': 1 },
    'ineligible',
    ['consortium-enterprises', 'consortium-others'],
  ],
  ['xiamen-2025 talent-consortium', {}, 'eligible', []],
  ['xiamen-2025 talent-consortium', { 'talent.core_members': 9 }, 'ineligible', ['talent-core-members']],
  ['xiamen-2025 talent-consortium', { 'talent.national': 0 }, 'ineligible', ['talent-national']],
  ['xiamen-2025 talent-consortium', { 'talent.city_b_or_above': 2 }, 'ineligible', ['talent-city-b']],
  ['qingdao-2025 lead', {}, 'eligible', []],
  ['qingdao-2025 lead', { 'lead.kind': 'hospital' }, 'ineligible', ['lead-kind']],
  ['qingdao-2025 lead', { 'lead.city': null }, 'undetermined', []],
  // A branch is not 独立注册.
  ['qingdao-2025 lead', { 'lead.legal_person': false }, 'ineligible', ['lead-legal-person']],
  ['qingdao-2025 consortium', {}, 'eligible', []],
  ['qingdao-2025 consortium', { 'consortium.chain_enterprises': 2 }, 'discretionary', ['consortium-chain']],
  [
    'qingdao-2025 consortium',
    { 'consortium.chief_scientist': false },
    'ineligible',
    ['consortium-chief-expert'],
  ],
  ['wenzhou-draft lead', {}, 'eligible', []],
  ['wenzhou-draft lead', { 'lead.platform_level': 'municipal' }, 'discretionary', ['lead-platform']],
  ['wenzhou-draft lead', { 'lead.rd_ratio_3y': '3.4%' }, 'ineligible', ['lead-rd']],
  ['wenzhou-draft lead', { 'lead.rd_ratio_3y': '3.4%', 'lead.rd_spend_last_year': '2000万' }, 'eligible', []],
  ['wenzhou-draft lead', { 'lead.kind': 'university' }, 'ineligible', ['lead-kind']],
  ['wenzhou-draft consortium', {}, 'eligible', []],
  [
    'wenzhou-draft consortium',
    { 'consortium.units_total': 7 },
    'discretionary',
    ['consortium-local-share', 'consortium-enterprise-share'],
  ],
  [
    'wenzhou-draft consortium',
    { 'consortium.units_total': 0 },
    'discretionary',
    ['consortium-units', 'consortium-local-share', 'consortium-enterprise-share'],
  ],
  [
    'wenzhou-draft consortium',
    { 'consortium.covers_chain': false },
    'ineligible',
    ['consortium-covers-chain'],
  ],
  ['wenzhou-draft consortium', { 'consortium.local_units': '>=4' }, 'eligible', []],
  [
    'wenzhou-draft consortium',
    { 'consortium.name': '温州市智能电气创新联合体' },
    'ineligible',
    ['consortium-name'],
  ],
];

describe('verdicts computed by hand', () => {
  test.each(TABLE)('%s %j → %s', (fit, change, outcome, failing) => {
    const [policy, subject] = fit.split(' ') as [string, Subject];
    const v = verdict(policy, subject, { ...FIT[fit], ...change });
    expect(v.criteria.filter((c) => c.outcome === 'fail').map((c) => c.id)).toEqual(failing);
    expect(v.outcome).toBe(outcome);
    expect(v.next === null).toBe(outcome !== 'undetermined');
  });

  test('a failed figure says what was required, given and missing', () => {
    const v = verdict('quanzhou-2026', 'lead', {
      'lead.kind': 'enterprise',
      'lead.revenue_last_year': '1.8亿元',
      'lead.rd_spend_avg_3y': '1500万',
      'lead.rd_ratio_3y': '4.2%',
    });
    const of = (id: string) => v.criteria.find((c) => c.id === id)!;
    expect(of('lead-revenue')).toMatchObject({
      required: '≥ 2亿元',
      given: '1.8亿元',
      gap: '2000万元',
      clause: '三（一）',
    });
    expect(of('lead-rd')).toMatchObject({
      outcome: 'fail',
      given: '年均研发投入 1500万元；研发强度 4.2%',
      gap: '年均研发投入 500万元 或 研发强度 0.8个百分点',
    });
  });

  test('a bound that rules a figure out says at least how much is missing', () => {
    const v = verdict('quanzhou-2026', 'lead', {
      'lead.kind': 'enterprise',
      'lead.revenue_last_year': '<150000000',
    });
    expect(v.criteria.find((c) => c.id === 'lead-revenue')).toMatchObject({
      given: '不到1.5亿元',
      gap: '至少5000万元',
    });
  });

  test('while it is unknown which unit leads, a condition of one kind stays open, and holds once it is met', () => {
    const open = verdict('quanzhou-2026', 'lead', { 'lead.revenue_last_year': '1亿' });
    expect(open.criteria.find((c) => c.id === 'lead-revenue')).toMatchObject({
      outcome: 'unknown',
      gap: null,
    });
    const met = verdict('quanzhou-2026', 'lead', { 'lead.revenue_last_year': '3亿' });
    expect(met.criteria.find((c) => c.id === 'lead-revenue')!.outcome).toBe('pass');
  });

  test('judgement items are listed and never decide; other kinds of unit are left out', () => {
    const v = verdict('quanzhou-2026', 'lead', FIT['quanzhou-2026 lead hospital']!);
    expect(v.criteria.filter((c) => c.strength === 'judgement').every((c) => c.outcome === 'unknown')).toBe(
      true,
    );
    expect(v.criteria.map((c) => c.id)).not.toContain('lead-revenue');
  });
});
