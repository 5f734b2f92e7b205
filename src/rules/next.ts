import { applies } from './applies.js';
import type { Criterion } from './criteria.js';
import type { Derived } from './derive.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * The fact to ask for next: one whose answer can still change the outcome, musts before principles,
 * conditions (which unit leads) before what hangs on them, and what settles most criteria first.
 * @returns null when nothing unknown could change the outcome.
 */
export function nextFact(
  criteria: readonly Criterion[],
  derived: Derived,
  asOf: string,
  vocabulary: Vocabulary,
): string | null {
  const { facts } = derived;
  const open = criteria.filter((criterion) => {
    if (criterion.test === null) return false;
    const applying = applies(criterion, facts);
    if (applying === 'fail') return false;
    const outcome = criterion.test.outcome(facts, asOf);
    return outcome === 'unknown' || (applying === 'unknown' && outcome === 'fail');
  });
  if (open.length === 0) return null;
  const musts = open.filter((c) => c.strength === 'must');
  const pool = musts.length > 0 ? musts : open;
  for (const criterion of pool) {
    const gate = Object.keys(criterion.when ?? {}).find((id) => !facts.has(id));
    if (gate !== undefined) return gate;
  }
  const weight = new Map<string, number>();
  for (const criterion of pool) {
    const unknown = criterion.facts.filter((id) => !facts.has(id));
    for (const id of unknown) weight.set(id, (weight.get(id) ?? 0) + 1 / unknown.length);
  }
  const contradicted = pool.flatMap((c) => c.facts).find((id) => derived.conflicts.some((x) => x.fact === id));
  if (contradicted !== undefined) return contradicted;
  let best: string | null = null;
  for (const [id, w] of weight) {
    if (best === null || w > weight.get(best)! + 1e-9) best = id;
  }
  if (best === null) return pool[0]!.facts.find((id) => facts.get(id)?.type === 'number') ?? null;
  return askable(best, derived, vocabulary);
}

/** A derived fact with some of its parts given is asked for through the part that is missing. */
function askable(id: string, derived: Derived, vocabulary: Vocabulary): string {
  return vocabulary.get(id)?.derive ? (derived.lacking.get(id) ?? id) : id;
}
