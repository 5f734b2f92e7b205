import type { Criterion } from './criteria.js';
import type { Facts, Tri } from './types.js';

/** Whether a criterion concerns the case: its `when`, three-valued. */
export function applies(criterion: Criterion, facts: Facts): Tri {
  if (criterion.when === null) return 'pass';
  let result: Tri = 'pass';
  for (const id in criterion.when) {
    const value = facts.get(id);
    if (value === undefined) result = 'unknown';
    else if (value.type !== 'enum' && value.type !== 'boolean') result = 'unknown';
    else if (!criterion.when[id]!.includes(value.value)) return 'fail';
  }
  return result;
}

/**
 * The outcome of one criterion: "if it applies then it holds", in Kleene logic.
 * @returns null when the criterion does not concern the case or only a reviewer can judge it.
 */
export function outcomeOf(criterion: Criterion, facts: Facts, asOf: string): Tri | null {
  if (criterion.test === null) return null;
  const applying = applies(criterion, facts);
  if (applying === 'fail') return null;
  const outcome = criterion.test.outcome(facts, asOf);
  return applying === 'pass' || outcome === 'pass' ? outcome : 'unknown';
}
