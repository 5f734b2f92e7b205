import type { Quantity } from '../quantity/types.js';
import type { Found } from './lexicon.js';
import type { Name, Reading } from './reading.js';

/**
 * The amount of sales told right before an amount of spending, in the same statement or the one before (去年营收3亿，研发1500万),
 * where the words of the spending say nothing of a year or a mean of their own.
 * @param name the name of the spending
 */
export function yearBefore(reading: Reading, q: Quantity, name: Found<Name>): Quantity | null {
  const { cues } = reading.language;
  const at = reading.segments.findIndex((s) => q.start >= s.start && q.start < s.end);
  const seg = reading.segments[at];
  if (!seg || name.start > q.start || name.start < seg.start) return null;
  const prior = reading.segments[at - 1];
  const joined = prior && /[，,、]/.test(prior.mark) && name.start - seg.start <= 2;
  const from = joined ? prior.start : seg.start;
  const amounts = reading.quantities.filter((p) => p.unit === 'CNY' && p.start >= from && p.end <= q.start);
  const own = reading.text.slice(amounts.at(-1)?.end ?? from, q.start);
  const other = reading.decoys.some((d) => d.start >= from && d.end <= q.start);
  if (amounts.length !== 1 || other || cues.ownTime.test(own)) return null;
  return amounts[0]!;
}
