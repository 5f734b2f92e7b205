import type { Language } from './language.js';
import type { Found } from './lexicon.js';
import { segment } from './segment.js';

/** What a place that is named in passing is told of. */
export type Passing =
  /** Another unit, a person, a thing: 客户在温州, 产品卖到厦门, 从厦门迁来. */
  | 'other'
  /** A part of the asker's own that is no seat: 研发中心设在厦门. */
  | 'part'
  /** The loss of a title: 在厦门被撤销了. */
  | 'lost';

/**
 * The places of a text that are named in passing, beside a place of another city: alone, 客户在温州 speaks of the customer whom the
 * question is for.
 * @param known the cities that the conversation is about
 * @param seat the city where the asker was said to be
 */
export function namedInPassing(
  text: string,
  places: readonly Found<string>[],
  language: Language,
  known: readonly string[],
  seat: string | null,
): Map<Found<string>, Passing> {
  const { passingCues } = language;
  // Where the unit is, said by its place or by its being registered there.
  const seated = places.filter(
    (p) =>
      passingCues.seatAfter.test(text.slice(p.end)) ||
      language.cues.seat.test(text.slice(Math.max(0, p.start - 8), p.start)),
  );
  const out = new Map<Found<string>, Passing>();
  for (const seg of segment(text)) {
    const here = places
      .filter((p) => p.start >= seg.start && p.end <= seg.end)
      .sort((a, b) => a.start - b.start);
    let prior: Found<string> | undefined;
    for (const p of here) {
      const seatElsewhere =
        (seat !== null && seat !== p.value) || seated.some((s) => s !== p && s.value !== p.value);
      // 卖到厦门、青岛: what is told of the first of a row holds for the others.
      const row = prior !== undefined && passingCues.joined.test(text.slice(prior.end, p.start));
      const how =
        readOne(text, row ? { start: p.start, end: seg.end } : seg, p, language, seatElsewhere) ??
        (row ? (out.get(prior!) ?? null) : null);
      // 厦门公司的泉州子公司: the subsidiary is spoken of.
      if (prior && isChild(text, seg, prior, p, language)) out.set(prior, 'other');
      else if (how) out.set(p, how);
      prior = p;
    }
  }
  const stays = places.filter((p) => !out.has(p)).map((p) => p.value);
  for (const [p, how] of [...out]) {
    // 换成厦门呢，实验室都在厦门: a part of the asker's own is apart only from a city told beside it.
    const beside =
      how === 'part' ? stays.filter((s) => s !== 'other') : [...stays, ...known, ...(seat ? [seat] : [])];
    if (beside.every((s) => s === p.value) || (how !== 'other' && stays.includes(p.value))) out.delete(p);
  }
  return out;
}

/** Whether a place is that of a subsidiary of a unit at the place before it. */
export function isChild(
  text: string,
  seg: { end: number },
  prior: Found<string>,
  p: Found<string>,
  { passingCues }: Language,
): boolean {
  return (
    passingCues.parentThere.test(text.slice(prior.end, p.start)) &&
    passingCues.childThere.test(text.slice(p.end, seg.end))
  );
}

/** Whether a place is the one that a move away from is only planned: where the unit still is. */
export function isStillThere(
  text: string,
  seg: { start: number; end: number },
  p: Found<string>,
  language: Language,
): boolean {
  const { passingCues } = language;
  const before = text.slice(seg.start, p.start);
  const after = text.slice(p.end, seg.end);
  return (
    passingCues.from.test(before) &&
    passingCues.movesAway.test(after) &&
    passingCues.planned.test(before + after)
  );
}

function readOne(
  text: string,
  seg: { start: number; end: number },
  p: Found<string>,
  language: Language,
  seatElsewhere: boolean,
): Passing | null {
  const { passingCues: cues, seatCues, cues: all } = language;
  const before = text.slice(seg.start, p.start);
  const after = text.slice(p.end, seg.end);
  if (cues.lost.test(after)) return 'lost';
  if (cues.ownPlace.test(before)) return 'part';
  if (cues.holder.test(before) || (seatElsewhere && cues.mayBeSeat.test(before))) return 'other';
  if (cues.has.test(before) && cues.hasAfter.test(after)) return 'other';
  if (cues.goesTo.test(before) || cues.memberBefore.test(before)) return 'other';
  if (cues.servedBefore.test(before) && cues.servedAfter.test(after)) return 'other';
  if (cues.of.test(after) && !all.seat.test(before)) return 'other';
  if (cues.partnerBefore.test(before) && cues.partnerAfter.test(after)) return 'other';
  const moves = cues.from.test(before) && cues.movesAway.test(after);
  if (moves && !cues.planned.test(before) && !seatCues.planned.test(after)) return 'other';
  return null;
}
