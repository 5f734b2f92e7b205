import type { Quantity } from '../quantity/types.js';
import { kindOf } from './member-kind.js';
import type { Reading } from './reading.js';

/** Characters between units counted and those of them that left. */
const NEAR = 14;

/**
 * The units that left those counted before them: “谈了6家企业有2家黄了”, “本来7家，退了1家”. Where a conversation knows how many there
 * were, leaving changes what is remembered instead.
 * @returns each figure of units that left, with the figure of those that they left
 */
export function leaversOf(reading: Reading, figures: readonly Quantity[]): Map<Quantity, Quantity> {
  const out = new Map<Quantity, Quantity>();
  if (reading.conversation.facts.size > 0) return out;
  const { cues, figureCues } = reading.language;
  const units = figures.filter((q) => q.unit === 'count' && q.exact?.d === 1n && q.bound === null);
  for (const q of units) {
    // 5家企业2所高校，后来1所高校不来了: of their own kind, where it is said.
    const kind = kindOf(reading, q);
    const of = units.findLast(
      (p) => p.end <= q.start && !out.has(p) && (kind === null || [kind, null].includes(kindOf(reading, p))),
    );
    if (!of || q.start - of.end > NEAR || q.exact!.compare(of.exact!) > 0) continue;
    if (!figureCues.countedUnits.test(q.measure ?? '')) continue;
    const left = cues.leftBefore.test(reading.text.slice(of.end, q.start));
    if (left || cues.leftAfter.test(reading.text.slice(q.end))) out.set(q, of);
  }
  return out;
}
