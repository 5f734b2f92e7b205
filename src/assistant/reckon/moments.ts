import type { Policy } from '../../knowledge/index.js';
import { compareDates, isCalendarDate, isIsoDate, isoDate, readQuantities } from '../../quantity/index.js';
import { type CalculationResult, calculate } from '../../rules/index.js';
import type { Kit, Turn } from '../turn.js';
import { type DayWords, EVENTS, type Event } from './words.js';

/** A day that a question speaks of: one that the asker tells, today, or the day of something in a document. */
export interface Moment {
  iso: string;
  /** What happens on it; null for a day that is only told. */
  event: Event | 'today' | null;
}

/** A day of a document, and how it was come by. */
export interface Dated {
  iso: string;
  worked: CalculationResult | null;
}

/** A day told in a question, and the event that it is called the day of. */
export interface Told {
  iso: string;
  text: string;
  claims: Event | null;
}

/** The events of documents that a text names, in its order. */
export function eventsNamed(words: DayWords, text: string): Event[] {
  const at = (e: Event) => text.search(words.events[e]);
  const named = EVENTS.filter((e) => at(e) >= 0).sort((a, b) => at(a) - at(b));
  // 年报截止: what ends is the time for the report, not the document.
  return named.includes('annual') ? named.filter((e) => e !== 'expires') : named;
}

/** The day of an event in a document; null where it states none. */
export function dayOf(kit: Kit, turn: Turn, policy: Policy, event: Event): Dated | null {
  const { meta } = policy;
  if (event !== 'annual') {
    const iso = meta[event];
    return iso === null ? null : { iso, worked: null };
  }
  const c = (kit.world.calculations.get(meta.id) ?? []).find((x) => x.kind === 'annual');
  if (!c) return null;
  const worked = calculate(c, {}, { asOf: turn.asOf, vocabulary: kit.world.vocabulary });
  return worked.value === null ? null : { iso: worked.value, worked };
}

/**
 * The days told in a text, in its order. A day without a year is that of the document's day it is the same as (`known`), else of the
 * year that is named before it, of the day told before, or the next one to come.
 */
export function daysTold(words: DayWords, said: string, known: readonly string[], asOf: string): Told[] {
  const told: Told[] = [];
  const text = said.replaceAll(new RegExp(words.bareDay, 'gu'), '日');
  for (const q of readQuantities(text)) {
    const iso =
      q.unit === 'date' && isIsoDate(q.value)
        ? q.value
        : q.unit === 'monthday'
          ? yearOf(words, q.value.slice(2), text.slice(0, q.start), known, told.at(-1)?.iso ?? null, asOf)
          : null;
    if (iso === null) continue;
    const after = text.slice(q.end);
    const claimed = words.claimed.exec(after);
    const rest = claimed ? after.slice(claimed[0].length) : '';
    const claims = claimed ? (EVENTS.find((e) => rest.search(words.events[e]) === 0) ?? null) : null;
    told.push({ iso, text: q.text, claims });
  }
  return told;
}

/** Whether a text names a day that cannot be told from it: a year or a month alone (2027年元旦). */
export function namesOther(text: string): boolean {
  return readQuantities(text).some((q) => q.unit === 'date' && !isIsoDate(q.value));
}

/** A month and day (03-31) with its year. */
function yearOf(
  words: DayWords,
  monthDay: string,
  before: string,
  known: readonly string[],
  last: string | null,
  asOf: string,
): string | null {
  const [month, day] = monthDay.split('-').map(Number) as [number, number | undefined];
  if (day === undefined) return null;
  const in_ = (year: number) => (isCalendarDate(year, month, day) ? isoDate(year, month, day) : null);
  const year = Number(asOf.slice(0, 4));
  const relative = words.relative.find(
    ([word]) => before.search(new RegExp(`(?:${word.source})$`, 'u')) >= 0,
  );
  if (relative) return in_(year + relative[1]);
  const same = known.find((iso) => iso.slice(5) === monthDay);
  if (same) return same;
  if (last !== null) return in_(Number(last.slice(0, 4)));
  const soon = in_(year);
  return soon !== null && compareDates(soon, asOf) < 0 ? in_(year + 1) : soon;
}
