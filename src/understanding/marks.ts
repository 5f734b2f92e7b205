import type Fraction from 'fraction.js';
import { readQuantities } from '../quantity/index.js';
import type { Range } from '../quantity/types.js';
import type { Criterion } from '../rules/index.js';

/** The figures that the rules of some policies hold a fact against; `cities` empty: of all. */
export type Marks = (fact: string, cities: readonly string[]) => readonly Fraction[];

/**
 * Reads the figures of the criteria out of the words they were compiled from.
 * @param criteria policy id → its criteria
 * @param cityOf the city of a policy id
 */
export function marksOf(
  criteria: ReadonlyMap<string, readonly Criterion[]>,
  cityOf: (policy: string) => string | undefined,
): Marks {
  const marks = new Map<string, { cities: string[]; at: Fraction }[]>();
  for (const [policy, list] of criteria)
    for (const c of list)
      for (const q of c.words.flatMap((w) => readQuantities(w))) {
        if (q.exact === null) continue;
        for (const fact of c.facts)
          marks.set(fact, [
            ...(marks.get(fact) ?? []),
            { cities: [policy, cityOf(policy) ?? policy], at: q.exact },
          ]);
      }
  return (fact, cities) =>
    (marks.get(fact) ?? [])
      .filter((m) => cities.length === 0 || m.cities.some((c) => cities.includes(c)))
      .map((m) => m.at);
}

/** Whether a vague figure lies so near a mark that it cannot settle it: 差不多5% where 5% is asked for. */
export const straddles = (range: Range, marks: readonly Fraction[]): boolean =>
  marks.some(
    (m) => (range.lo === null || range.lo.compare(m) <= 0) && (range.hi === null || range.hi.compare(m) >= 0),
  );
