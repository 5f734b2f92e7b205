import { segmentAt } from './context.js';
import type { Found } from './lexicon.js';
import { partnerNear } from './partners.js';
import type { Reading } from './reading.js';

/** “公司注册地不在温州，在丽水”: what a place is told of that takes the place of one denied before it. */
export function insteadOf(reading: Reading, place: Found<string>): string | null {
  const denied = reading.whereabouts.findLast((p) => p.end <= place.start);
  const { cues } = reading.language;
  if (!denied || !cues.deniedFor.test(reading.text.slice(denied.end, place.start))) return null;
  const seg = segmentAt(reading, denied.start);
  const before = reading.text.slice(seg?.start ?? 0, denied.start);
  const not = cues.deniedPlace.exec(before);
  const of = not ? before.slice(0, not.index) : '';
  const asked =
    cues.interrogative.test(before) || reading.language.hypothetical.some((w) => before.includes(w));
  // 打算把注册地从厦门迁到泉州: not yet.
  const planned = /从$/.test(not?.[0] ?? '') && reading.language.passingCues.planned.test(before);
  if (!not || asked || planned) return null;
  // 子公司不在厦门，在漳州: of another unit, so of nothing here.
  if (reading.language.seatCues.otherUnit.test(of) || partnerNear(reading, of) || cues.memberIntro.test(of))
    return '';
  if (cues.site.test(of) && !cues.seat.test(of)) return 'lead.main_site_city';
  return cues.seat.test(of) || cues.livesIn.test(of) ? 'lead.city' : null;
}

/** “厦门没有法人主体”, “青岛没有子公司”: what a unit lacks at a place is said of the place, not of the unit. */
export function lackingThere(reading: Reading, start: number): boolean {
  const place = reading.whereabouts.findLast((p) => p.end <= start && start - p.end <= 12);
  return place !== undefined && reading.language.cues.lacksThere.test(reading.text.slice(place.end, start));
}
