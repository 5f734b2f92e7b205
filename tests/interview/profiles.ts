import fc from 'fast-check';
import type { FactSpec, Subject } from '../../src/rules/index.js';
import { world } from './support.js';

/** An answer that a person gives: the words, and the value they state in the contract's notation. */
export interface Said {
  words: string;
  value: unknown;
}

export const POLICIES = [...world.criteria].filter(([, c]) => c.some((x) => x.test)).map(([id]) => id);
export const SUBJECTS: Subject[] = ['lead', 'member', 'consortium', 'talent-consortium'];

export const judges = (policy: string, subject: Subject): boolean =>
  world.criteria.get(policy)!.some((c) => c.subject === subject);

/** Facts that the criteria of a subject read in some policies, gates included. */
export function readBy(policies: readonly string[], subject: Subject): FactSpec[] {
  const ids = policies.flatMap((p) =>
    world.criteria
      .get(p)!
      .filter((c) => c.subject === subject && c.test)
      .flatMap((c) => [...Object.keys(c.when ?? {}), ...c.facts]),
  );
  return [...new Set(ids)].map((id) => world.vocabulary.get(id)!);
}

const said = (words: string, value: unknown): Said => ({ words, value });

const MONEY: Said[] = [
  said('1999.9999万元', '19999999'),
  said('2000万', '20000000'),
  said('2600万元', '26000000'),
  said('9000万', '90000000'),
  said('1.8亿', '180000000'),
  said('两亿', '200000000'),
  said('4.9999亿元', '499990000'),
  said('5亿', '500000000'),
  said('八个亿', '800000000'),
  said('不到两亿', '<200000000'),
  said('两个多亿', '>200000000 <300000000'),
  said('2000万以上', '>=20000000'),
];
const PERCENT: Said[] = [
  said('2.9%', '2.9'),
  said('3%', '3'),
  said('百分之三点五', '3.5'),
  said('4.99%', '4.99'),
  said('5个点', '5'),
  said('6%', '6'),
  said('不到5%', '<5'),
];
const YEARS = (words: string): Said[] =>
  (
    [
      [1800, 2200, 2600],
      [1000, 1000, 1500],
      [2000, 2000, 2000],
    ] as const
  ).map((n) =>
    said(
      n.map((m, i) => `${23 + i}年${words}${m}万`).join('，'),
      Object.fromEntries(n.map((m, i) => [String(2023 + i), String(m * 10_000)])),
    ),
  );

/** Ways to answer the question of a fact. */
export function sayings(spec: FactSpec): Said[] {
  switch (spec.type) {
    case 'boolean':
      return [said('是', true), said('是的', true), said('不是', false), said('没有', false)];
    case 'enum':
    case 'level':
      return spec.values.map((v) => said(v.label, v.id));
    case 'money':
      return MONEY;
    case 'percent':
      return PERCENT;
    case 'count':
      return [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 19, 20, 30].flatMap((n) => [
        said(`${n}${spec.measures[0] ?? ''}`, n),
        said(String(n), n),
      ]);
    case 'date':
      return [
        ...(spec.orWord === null ? [] : [said('没有', spec.orWord)]),
        said('2024年3月1日', '2024-03-01'),
        said('2019年5月8日', '2019-05-08'),
        said('2023-11-21', '2023-11-21'),
      ];
    case 'text':
      return [
        said('泉州市石墨烯创新联合体', '泉州市石墨烯创新联合体'),
        said('温州市智能电气产业链断路器创新联合体', '温州市智能电气产业链断路器创新联合体'),
        said('石墨烯创新联合体', '石墨烯创新联合体'),
      ];
    case 'money-by-year':
      return YEARS(spec.id.includes('sales') ? '销售' : '研发');
  }
}

/** A fact told by its name, whatever is being asked; null where only its question makes it clear. */
export function volunteered(spec: FactSpec, it: Said): string | null {
  const name = spec.synonyms[0]!;
  if (spec.id.startsWith('member.') || spec.id === 'lead.legal_person') return null;
  switch (spec.type) {
    case 'money':
    case 'percent':
      return `${name}${it.words}`;
    case 'count':
      return /^\d+$/.test(it.words) || spec.id.startsWith('talent.') ? null : `${name}${it.words}`;
    case 'boolean':
      return spec.id.startsWith('backbone.') ? null : (BOOLEANS[spec.id]?.[it.value ? 0 : 1] ?? null);
    case 'level':
      return it.value === 'none' ? '没有研发平台' : `有${it.words.replace(/（.*/, '')}研发平台`;
    case 'enum':
      return spec.id === 'lead.city' && it.value !== 'other' ? `注册在${it.words}` : null;
    case 'money-by-year':
      return it.words;
    default:
      return null;
  }
}

const BOOLEANS: Record<string, [string, string]> = {
  'lead.high_tech': ['是国家高新', '不是国家高新'],
  'lead.srdi': ['是专精特新', '不是专精特新'],
  'lead.dedicated_rd_team': ['有专职研发团队', '没有专职研发团队'],
  'lead.high_level_talent_team': ['有高层次人才牵头的研发团队', '没有高层次人才牵头的研发团队'],
  'consortium.agreement_signed': ['组建协议签了', '组建协议还没签'],
  'consortium.charter': ['有章程', '没有章程'],
  'consortium.plan_written': ['建设方案写好了', '建设方案还没写'],
  'consortium.chief_scientist': ['首席科学家聘了', '首席科学家还没聘'],
  'consortium.integrity_pledge': ['诚信承诺书交了', '诚信承诺书还没交'],
};

/** What a person knows: a saying per fact, or nothing. Parts by year stand for the mean and the ratio, never beside them. */
export function profile(specs: readonly FactSpec[]): fc.Arbitrary<Map<string, Said>> {
  const drawn = specs.map((spec) => fc.option(fc.constantFrom(...sayings(spec)), { nil: null, freq: 6 }));
  return fc.tuple(fc.boolean(), fc.nat(2), fc.tuple(...drawn)).map(([byYear, which, values]) => {
    const out = new Map<string, Said>();
    specs.forEach((spec, i) => {
      if (values[i]) out.set(spec.id, values[i]);
    });
    if (byYear && out.has('lead.rd_spend_avg_3y')) {
      const parts = world.vocabulary.get('lead.rd_spend_by_year')!;
      for (const id of ['lead.rd_spend_avg_3y', 'lead.rd_ratio_3y', 'lead.rd_spend_last_year'])
        out.delete(id);
      out.set(parts.id, sayings(parts)[which]!);
    }
    return out;
  });
}
