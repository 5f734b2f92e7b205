import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPacks } from '../../eval/bench/packs.js';
import { DataError } from '../../src/errors.js';
import { check, type Facts, readFacts, type Subject, type Verdict } from '../../src/rules/index.js';
import { tempFolder } from '../support/folders.js';

export const packs = loadPacks();
export const { vocabulary, library } = packs;
export const AS_OF = '2026-11-21';

export const folder = tempFolder('rules');
let files = 0;
/** A file with this text. @returns its path. */
export const file = (text: string): string => {
  const path = join(folder, `${files++}.yaml`);
  writeFileSync(path, text);
  return path;
};

/** What a faulty file is told; fails when it is taken. */
export const fault = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof DataError) return error.message;
    throw error;
  }
  throw new Error('it loaded');
};

/** A verdict from facts as JSON. */
export function verdict(
  policy: string,
  subject: Subject,
  facts: Record<string, unknown>,
  asOf = AS_OF,
): Verdict {
  return verdictOf(policy, subject, readFacts(facts, vocabulary), asOf);
}

export function verdictOf(policy: string, subject: Subject, facts: Facts, asOf = AS_OF): Verdict {
  return check(packs.criteria.get(policy)!, vocabulary, { policy, subject, asOf, status: 'in-force', facts });
}

/** Every subject that some policy judges. */
export const SUBJECTS: { policy: string; subject: Subject }[] = [...packs.criteria].flatMap(
  ([policy, criteria]) =>
    [...new Set(criteria.map((c) => c.subject))].map((subject) => ({ policy, subject })),
);

/** Units and consortia that meet every condition, each figure exactly on its threshold. */
export const FIT: Record<string, Record<string, unknown>> = {
  'quanzhou-2026 lead enterprise': {
    'lead.kind': 'enterprise',
    'lead.city': 'quanzhou',
    'lead.legal_person': true,
    'lead.revenue_last_year': '2亿元',
    'lead.rd_spend_avg_3y': '2000万元',
    'lead.rd_ratio_3y': '1%',
    'lead.high_tech': true,
    'lead.srdi': false,
    'lead.platform_level': 'provincial',
    'lead.high_level_talent_team': true,
    'lead.rd_staff': 20,
    'lead.title_revoked_on': 'never',
  },
  'quanzhou-2026 lead hospital': {
    'lead.kind': 'hospital',
    'lead.city': 'quanzhou',
    'lead.legal_person': true,
    'lead.platform_level': 'provincial',
    'lead.high_level_talent_team': true,
    'lead.doctorate_or_senior_staff': 10,
    'lead.title_revoked_on': 'never',
  },
  'quanzhou-2026 consortium enterprise': {
    'lead.kind': 'enterprise',
    'consortium.local_members': 5,
    'consortium.agreement_signed': true,
    'consortium.plan_written': true,
    'consortium.name': '泉州市石墨烯创新联合体',
  },
  'quanzhou-2026 consortium university': {
    'lead.kind': 'university',
    'consortium.local_members': 5,
    'consortium.agreement_signed': true,
    'consortium.plan_written': true,
    'consortium.name': '泉州市石墨烯创新联合体',
    'backbone.count': 1,
    'backbone.high_tech': false,
    'backbone.srdi': true,
    'backbone.revenue_last_year': '1亿元',
    'backbone.rd_spend_avg_3y': '1999万元',
    'backbone.rd_ratio_3y': '5%',
  },
  'xiamen-2025 lead enterprise': {
    'lead.kind': 'enterprise',
    'lead.main_site_city': 'xiamen',
    'lead.tech_based': true,
    'lead.revenue_last_year': '5亿元',
    'lead.dedicated_rd_team': true,
    'lead.platform_level': 'municipal',
    'lead.rd_spend_avg_3y': '100万元',
    'lead.rd_ratio_3y': '3%',
    'lead.consortia_already_led': 0,
    'lead.title_revoked_on': 'never',
  },
  'xiamen-2025 lead hospital': {
    'lead.kind': 'hospital',
    'lead.health_field': true,
    'lead.tier_3a': false,
    'lead.national_regional_medical_center': true,
    'lead.dedicated_rd_team': true,
    'lead.platform_level': 'municipal',
    'lead.consortia_already_led': 0,
    'lead.title_revoked_on': 'never',
  },
  'xiamen-2025 lead new-rd-institution': {
    'lead.kind': 'new-rd-institution',
    'lead.dedicated_rd_team': true,
    'lead.platform_level': 'municipal',
    'lead.consortia_already_led': 0,
    'lead.title_revoked_on': 'never',
  },
  'xiamen-2025 consortium': {
    'consortium.units_total': 7,
    'consortium.enterprises': 5,
    'consortium.other_units': 2,
    'consortium.charter': true,
    'consortium.agreement_signed': true,
    'consortium.chief_scientist': true,
  },
  'xiamen-2025 talent-consortium': {
    'talent.core_members': 10,
    'talent.national': 1,
    'talent.city_b_or_above': 3,
  },
  'qingdao-2025 lead': {
    'lead.legal_person': true,
    'lead.kind': 'enterprise',
    'lead.city': 'qingdao',
    'lead.title_revoked_on': 'never',
  },
  'qingdao-2025 consortium': {
    'consortium.chain_enterprises': 3,
    'consortium.universities_institutes': 2,
    'consortium.agreement_signed': true,
    'consortium.chief_scientist': true,
    'consortium.plan_written': true,
    'consortium.integrity_pledge': true,
  },
  'wenzhou-draft lead': {
    'lead.kind': 'enterprise',
    'lead.city': 'wenzhou',
    'lead.dedicated_rd_team': true,
    'lead.platform_level': 'provincial',
    'lead.rd_ratio_3y': '3.5%',
    'lead.rd_spend_last_year': '1万元',
    'lead.consortia_already_led': 0,
  },
  'wenzhou-draft consortium': {
    'consortium.units_total': 6,
    'consortium.local_units': 3,
    'consortium.enterprises': 3,
    'consortium.covers_chain': true,
    'consortium.agreement_signed': true,
    'consortium.plan_written': true,
    'consortium.charter': true,
    'consortium.name': '温州市智能电气产业链断路器创新联合体',
  },
};
