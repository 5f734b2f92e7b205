import type { Quantity } from '../quantity/types.js';
import { segmentAt } from './context.js';
import type { Reading } from './reading.js';

/** A figure this many times as great as what the rules ask of a fact is none of it; one within so much of a mark may be. */
const BEYOND = 4;
const WITHIN = 3;

/** The facts of the one who leads that are told by an amount of money, with what the rules in question ask of them. */
const amounts = (reading: Reading): { fact: string; marks: number[] }[] =>
  reading.vocabulary.specs
    .filter((s) => s.type === 'money' && s.id.startsWith('lead.'))
    .map((s) => ({ fact: s.id, marks: reading.marks(s.id).map((m) => m.valueOf()) }))
    .filter((a) => a.marks.length > 0);

/** What an amount without a name is held against (听说要3个亿): the one fact of which the rules ask about as much. */
export function ofAboutThatMuch(reading: Reading, q: Quantity): string | null {
  // Of which rules is not told.
  if (q.unit !== 'CNY' || q.exact === null || reading.cities.length === 0) return null;
  const n = q.exact.valueOf();
  const near = amounts(reading).filter((a) => a.marks.some((m) => n <= m * WITHIN && m <= n * WITHIN));
  return near.length === 1 ? near[0]!.fact : null;
}

/**
 * “我们去年1.3亿”: an amount of the last year without a name, so great that of all that the rules ask for it can only be what was
 * earned. A smaller one may be of several things, and is asked about.
 */
export function onlyAsGreat(reading: Reading, q: Quantity): string | null {
  const seg = segmentAt(reading, q.start);
  if (q.unit !== 'CNY' || q.exact === null || !seg) return null;
  const { cues } = reading.language;
  // An answer to something else that was asked for is no case told: what it is of is asked.
  const { pending } = reading.conversation;
  if (pending !== null && reading.vocabulary.get(pending)?.type !== 'money') return null;
  if (!cues.lastYearsOwn.test(reading.text.slice(seg.start, q.outerStart))) return null;
  if (!cues.amountEnds.test(reading.text.slice(q.outerEnd))) return null;
  const all = amounts(reading);
  const may = all.filter((a) => a.marks.some((m) => q.exact!.valueOf() < m * BEYOND));
  return may.length === 1 && all.length > 1 ? may[0]!.fact : null;
}

/** “1.98亿算不算2亿”: whether a figure is put up to the other, as much as the rules ask of some fact: that fact, else null. */
export function putUpTo(reading: Reading, q: Quantity, bound: Quantity): string | null {
  if (q.unit !== bound.unit || bound.start < q.end || bound.exact === null || q.exact === null) return null;
  if (!reading.language.cues.countsAs.test(reading.text.slice(q.end, bound.outerStart))) return null;
  const facts = reading.vocabulary.specs.filter(
    (s) =>
      s.id.startsWith('lead.') &&
      (s.type === 'money' ? q.unit === 'CNY' : s.type === 'percent' ? q.unit === 'percent' : false) &&
      reading.marks(s.id).some((m) => m.equals(bound.exact!)),
  );
  const named = facts.filter((s) =>
    reading.names.some((n) => n.end <= q.start && n.value.facts.includes(s.id)),
  );
  const meant = named.length > 0 ? named : facts;
  return meant.length === 1 ? meant[0]!.id : null;
}
