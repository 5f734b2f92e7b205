import type { Clause, Policy } from '../../knowledge/index.js';
import type { Criterion } from '../../rules/index.js';
import type { Citation } from '../types.js';
import type { World } from '../world.js';
import { withoutNumber } from './stretches.js';

/** Names by which the matter of a citation may be spoken of. */
export function also(
  world: World,
  policy: Policy,
  citation: Citation,
  criteria: readonly Criterion[],
): string {
  const specs = criteria.flatMap((c) => c.facts.flatMap((f) => world.vocabulary.get(f) ?? []));
  const entries = (world.entries.get(citation.policy) ?? []).filter((e) =>
    e.at.some((a) => a.clause === citation.clause && a.quote === citation.quote),
  );
  const subjects = [...new Set(criteria.map((c) => world.wording.say(`subject.${c.subject}`)))];
  return [
    policy.meta.title,
    policy.meta.shortTitle,
    policy.meta.docNumber ?? '',
    policy.meta.cityName,
    ...[...policy.meta.title.matchAll(/（([^（）]{3,})）/g)].map((m) => m[1]!),
    citation.clause,
    ...(policy.clause(citation.clause)?.path.flatMap((step) => step.split(/\s+/).slice(1)) ?? []),
    /^第[^第条]+条/.exec(citation.clause)?.[0] ?? '',
    ...headings(policy.clause(citation.clause)),
    ...subjects,
    ...criteria.map((c) => c.title),
    ...specs.flatMap((s) => [s.label, ...s.synonyms]),
    ...entries.flatMap((e) => [e.title, world.topics.get(e.topic)?.title ?? '']),
  ].join(' ');
}

/** Longest first line of a clause that heads the ones within it. */
const HEADING = 20;

/** What the clauses around one are headed by: （二）牵头单位应具备的条件. */
function headings(clause: Clause | null): string[] {
  const out: string[] = [];
  for (let c = clause?.parent ?? null; c !== null; c = c.parent) {
    const line = withoutNumber(c.text.split('\n')[0]!).replace(/[：:。\s]+$/, '');
    if (line.length <= HEADING && !/\d/.test(line)) out.push(line);
  }
  return out;
}
