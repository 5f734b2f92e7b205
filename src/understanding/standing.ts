import type { Quantity } from '../quantity/types.js';
import { segmentAt } from './context.js';
import type { Reading } from './reading.js';

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

/** Words before a single unit by which it is one of several, or the only one. */
const ONE_OF =
  /(只|仅|就|才|带|找|拉|联合|邀|请|成员|共建|参与|其中|里|内部|和|跟|与|及|、|单位|合作|上下游|还|另|少|多|再|换|缺|差|没|减|加)/;

/** “泉州本地一家医院，登记在泉州”: the unit that a message opens with is who asks, no member of anything. */
export function isOwnUnit(reading: Reading, q: Quantity): boolean {
  if (q.unit !== 'count' || q.exact?.compare(1) !== 0 || !/^一[家个所]$/.test(q.text)) return false;
  const seg = segmentAt(reading, q.start);
  if (!seg || seg !== reading.segments[0] || reading.conversation.facts.size > 0) return false;
  if (reading.conversation.pending !== null) return false;
  if (ONE_OF.test(reading.text.slice(seg.start, q.start).replace(/(市里|市内|城里)/, ''))) return false;
  const after = reading.text.slice(q.end, seg.end);
  const unit =
    /^[^\d，,都也]{0,12}?(企业|公司|集团|厂|医院|高校|大学|学院|研究院|研究所|院所|机构|民企|国企)/.exec(
      after,
    );
  if (!unit || /(都|也|参与|参加|加入|共建|合作|成员|进来|配合|退出)/.test(after.slice(unit[0].length)))
    return false;
  // 泉州本地一家企业牵头，本地共建5家
  const local = /(本地|当地|本市)的?$/.test(reading.text.slice(seg.start, q.start));
  if (local && /^(来)?(牵头|带头)/.test(after.slice(unit[0].length))) return true;
  return !reading.quantities.some((p) => p !== q && p.unit === 'count' && /[家所个]/.test(p.measure ?? ''));
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
