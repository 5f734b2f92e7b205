/** A list of no more than this is offered whole. */
const WHOLE = 24;
/** How many of a longer one are offered, beside its last (其他). */
const FIRST = 8;

/** The values of a list that are shown as answers: of a long one the first and the last; all of them may be said. */
export function offered<T>(values: readonly T[]): readonly T[] {
  return values.length <= WHOLE ? values : [...values.slice(0, FIRST), values.at(-1)!];
}
