import type { Policy } from '../../knowledge/index.js';
import type { CriterionResult, Outcome, Verdict } from '../../rules/index.js';
import type { Evidence } from '../evidence.js';
import type { Block } from '../types.js';
import type { World } from '../world.js';
import { detail, spoken } from './requirements.js';
import { statusFirst } from './status.js';
import { tooMany } from './verdicts.js';

/** Conditions named in a city's line before the rest are only counted. */
const NAMED = 4;
const ORDER: readonly Outcome[] = ['eligible', 'discretionary', 'undetermined', 'ineligible'];

/** The verdicts of several cities on the same facts: one sentence over all, then a line a city with what decides it. */
export function acrossBlocks(
  world: World,
  evidence: Evidence,
  verdicts: readonly Verdict[],
  assumed: readonly string[],
): Block[] {
  const { wording } = world;
  const policyOf = (v: Verdict): Policy => world.library.policy(v.policy)!;
  const summary = ORDER.flatMap((outcome) => {
    const cities = verdicts.filter((v) => v.outcome === outcome).map((v) => policyOf(v).meta.cityName);
    return cities.length === 0
      ? []
      : [wording.say(`verdict.cities-${outcome}`, { cities: [...new Set(cities)].join('、') })];
  });
  const statuses = [...new Set(verdicts.map((v) => statusFirst(world, policyOf(v), v.asOf)))];
  return [
    { kind: 'lead', text: wording.say('verdict.cities', { items: summary.join('；') }), cites: [] },
    ...statuses.flatMap((text): Block[] => (text ? [{ kind: 'note', text, cites: [] }] : [])),
    {
      kind: 'list',
      ordered: false,
      items: verdicts.map((v) => {
        const { text, decisive } = lineOf(world, v, assumed);
        const policy = policyOf(v);
        return {
          text: wording.say('verdict.city', { city: policy.meta.cityName, text }),
          cites: decisive.map((c) => evidence.cite(policy, c.clause, c.quote)),
        };
      }),
    },
  ];
}

/** What decides a verdict, shortest first: what failed and by how much, else what is reached and what is open. */
function lineOf(
  world: World,
  verdict: Verdict,
  assumed: readonly string[],
): { text: string; decisive: CriterionResult[] } {
  const { wording } = world;
  const criteria = new Map((world.criteria.get(verdict.policy) ?? []).map((c) => [c.id, c]));
  const counted = verdict.criteria.filter(
    (c) => c.strength !== 'judgement' && !(c.outcome === 'pass' && c.facts.every((f) => assumed.includes(f))),
  );
  const failed = counted.filter((c) => c.outcome === 'fail');
  const passed = counted.filter((c) => c.outcome === 'pass');
  const open = counted.filter((c) => c.outcome === 'unknown');
  const mark = (c: CriterionResult) =>
    c.strength === 'principle' ? wording.say('verdict.principleMark') : '';
  const shortfall = (c: CriterionResult): string => {
    const own = criteria.get(c.id)!;
    if (c.given === null || detail(world, own) === '')
      return wording.say('verdict.cityFailedPlain', { title: c.title, mark: mark(c) });
    const gap =
      c.gap !== null && /^\d/.test(c.gap)
        ? wording.say(tooMany(c) ? 'verdict.over' : 'verdict.gap', { gap: c.gap })
        : '';
    const values = { title: c.title, required: spoken(world, own), given: c.given, gap, mark: mark(c) };
    return wording.say('verdict.cityFailed', values);
  };
  const named = (items: readonly CriterionResult[]): string => {
    const titles = items.slice(0, NAMED).map((c) => `${c.title}${mark(c)}`);
    return items.length > NAMED ? `${titles.join('、')}等${items.length}项` : titles.join('、');
  };
  const parts = [
    ...(failed.length > 0
      ? [wording.say('verdict.cityShort', { items: failed.map(shortfall).join('、') })]
      : []),
    ...(passed.length > 0 ? [wording.say('verdict.cityPassed', { items: named(passed) })] : []),
    ...(open.length > 0 && verdict.outcome !== 'ineligible'
      ? [wording.say('verdict.cityOpen', { items: named(open) })]
      : []),
  ];
  const text = parts.length > 0 ? parts.join('；') : wording.say('verdict.cityNone');
  return { text, decisive: [...failed, ...passed].slice(0, NAMED) };
}
