import type { Quantity } from '../quantity/types.js';
import { segmentAt } from './context.js';
import type { Reading } from './reader.js';

/** The count of all units. */
export const TOTAL = 'consortium.units_total';

/** “1家牵头、8家参与”, “牵头单位1家”: the one who leads, counted apart from the others. */
export function countsLeadAlone(reading: Reading, q: Quantity): boolean {
  if (q.unit !== 'count' || q.exact?.compare(1) !== 0 || !/[家个所]/.test(q.measure ?? '')) return false;
  const { cues } = reading.language;
  const others = reading.quantities.some((p) => p !== q && p.unit === 'count' && p.start > q.start);
  const before = reading.text.slice(segmentAt(reading, q.start)?.start ?? 0, q.start);
  return others && (cues.leadAfter.test(reading.text.slice(q.end)) || cues.leadBefore.test(before));
}

/**
 * What a count of units without a name of its own is of, where it is said with the asker (加上牵头的我们是8个) or beside the asker
 * (我们加另外6家: they are one more): all units, or the local ones with the lead where those without it were counted before.
 * @param prior the fact of the count before it, if any
 */
export function standingOf(reading: Reading, q: Quantity, prior: string | null): string | null {
  if (q.unit !== 'count' || !/[家个]/.test(q.measure ?? '')) return null;
  const { cues, withoutLead } = reading.language;
  const before = reading.text.slice(segmentAt(reading, q.start)?.start ?? 0, q.start);
  const after = reading.text.slice(q.end);
  if (cues.takesPart.test(after) && reading.quantities.some((p) => countsLeadAlone(reading, p))) return TOTAL;
  if (!cues.wholeAfter.test(after)) return null;
  // 本地连我们3家
  if (cues.localSum.test(before)) return Object.values(withoutLead)[0] ?? null;
  if (cues.withLeadSum.test(before)) return withoutLead[prior ?? ''] ?? TOTAL;
  // 联合体现在8家
  if (cues.ofConsortium.test(before)) return TOTAL;
  // 温州要几家？我们现在5家
  const asked = cues.unitsAsked.test(reading.text.slice(0, q.start));
  if (asked && cues.weAre.test(before) && !reading.conversation.facts.has(TOTAL)) return TOTAL;
  return cues.besideLead.test(before) && cues.theOthers.test(before) ? TOTAL : null;
}
