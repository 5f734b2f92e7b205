import type { Quantity } from '../quantity/types.js';
import { beside, segmentAt } from './context.js';
import type { Found } from './lexicon.js';
import { saidNever } from './never.js';
import type { Name, Reading } from './reading.js';

/** Whether a name stands for something that a day is known for, if it was ever done (取消资格). */
export const isLoss = (reading: Reading, name: Found<Name>): boolean =>
  name.value.facts.some((f) => reading.vocabulary.get(f)?.orWord);

/**
 * Whether the statement of a loss tells of the title of a consortium that is the asker's own, in the city that is meant: not 高企资格被取消,
 * 成员企业被取消过, 在厦门被撤销了 where another city is asked about.
 */
export function ownLoss(reading: Reading, name: Found<Name>): boolean {
  const { revokedCues } = reading.language;
  const seg = segmentAt(reading, name.start);
  if (!seg) return false;
  const before = reading.text.slice(seg.start, name.start);
  const after = reading.text.slice(name.end, seg.end);
  const other = new RegExp(revokedCues.otherUnit.source, 'giu');
  const spoken = [...before.matchAll(other)].at(-1);
  if (spoken && !revokedCues.ownUnit.test(before.slice(spoken.index))) return false;
  const titled = revokedCues.title.test(name.word + after) || revokedCues.title.test(before.slice(-12));
  if (!titled && (revokedCues.ofOther.test(before) || revokedCues.otherBehind.test(after))) return false;
  return ofThisCity(reading, name);
}

/** Whether the statement before a place speaks of another unit, of a member above all, and not of the asker's own since. */
export function isOfMember(reading: Reading, at: number): boolean {
  const { revokedCues } = reading.language;
  const seg = segmentAt(reading, at);
  const before = reading.text.slice(seg?.start ?? at, at);
  const spoken = [...before.matchAll(new RegExp(revokedCues.ofMember.source, 'giu'))].at(-1);
  return spoken !== undefined && !revokedCues.ownUnit.test(before.slice(spoken.index));
}

/**
 * Whether a loss is told of no other city than those that are meant (同城); its denial, of one of them (没被青岛取消过，青岛温州哪边能报).
 */
export function ofThisCity(reading: Reading, name: Found<Name>, denied = false): boolean {
  const seg = segmentAt(reading, name.start);
  if (!seg) return true;
  const { cities } = reading;
  const place = reading.whereabouts.findLast(
    (p) =>
      p.start >= seg.start &&
      p.end <= name.start &&
      reading.language.passingCues.lost.test(reading.text.slice(p.end, seg.end)),
  );
  if (!place || cities.length === 0) return true;
  return denied ? cities.includes(place.value) : cities.every((c) => c === place.value);
}

/**
 * Whether a day is the day of a loss: told in the statement that tells the loss as having happened, or in one beside it that holds
 * nothing but the day. 从没被取消过资格，2025年主营3亿 dates nothing.
 */
export function daysLoss(reading: Reading, name: Found<Name>, q: Quantity): boolean {
  const { text, language } = reading;
  const { revokedCues } = language;
  if (!ownLoss(reading, name)) return false;
  if (saidNever(reading, beside(reading, name.start, name.end), name)) return false;
  const own = segmentAt(reading, name.start);
  const at = segmentAt(reading, q.start);
  if (!own || !at) return false;
  // 因未按组建协议履约被取消: why it was lost denies nothing, and is no event of its own.
  const plain = (words: string) => words.replace(revokedCues.cause, '').replace(revokedCues.lostThing, '');
  if (language.cues.negated.test(plain(text.slice(own.start, name.start)))) return false;
  // 没被取消过资格2024年…: a word that denies it outright.
  const never = reading.vocabulary.specs.flatMap((s) => (s.orWord ? s.neverWords : []));
  if (never.some((w) => covers(text, w, name))) return false;
  const behind = text.slice(q.end, at.end);
  if (at === own) {
    if (q.start < name.start) return !revokedCues.otherEvent.test(plain(text.slice(q.end, name.start)));
    // 被取消过2025年主营3亿: of what it stands before.
    const next = [...reading.names, ...reading.quantities].filter((n) => n.start >= q.end && n.end <= at.end);
    return next.every((n) => isTime(n)) || !revokedCues.otherEvent.test(behind);
  }
  const around = text.slice(at.start, q.start) + behind;
  if (revokedCues.dayOnly.test(around)) return true;
  const said = text.slice(at.start, q.start) + plain(behind);
  return (
    q.start < name.start && !revokedCues.otherEvent.test(said) && !told(reading, at.start, q, plain(behind))
  );
}

const isTime = (n: { start: number }): boolean =>
  'unit' in n && ['date', 'monthday'].includes(String(n.unit));

/** Whether a statement tells something else than a day, up to why something was lost. */
const told = (reading: Reading, start: number, q: Quantity, behind: string): boolean => {
  const within = (n: { start: number; end: number }) => n.start >= start && n.end <= q.end + behind.length;
  const other = (id: string) => reading.vocabulary.get(id)?.type !== 'count';
  return (
    reading.names.some((n) => within(n) && !n.value.quiet && n.value.facts.some(other)) ||
    reading.quantities.some((p) => p !== q && within(p) && ['CNY', 'percent', 'count'].includes(p.unit))
  );
};

/** Whether a word of the text covers a name. */
function covers(text: string, word: string, name: Found<Name>): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (at < name.end && name.start < at + word.length) return true;
  return false;
}
