/** Days of a month, months counted from 1. */
function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether such a day exists; without `day` or `month`, whether such a month or year can be meant. */
export function isCalendarDate(year: number, month = 1, day = 1): boolean {
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Whether a text is a day that exists, as YYYY-MM-DD. */
export function isIsoDate(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return match !== null && isCalendarDate(Number(match[1]), Number(match[2]), Number(match[3]));
}

/** YYYY-MM-DD, YYYY-MM or YYYY. */
export function isoDate(year: number, month?: number, day?: number): string {
  const parts = [String(year).padStart(4, '0')];
  if (month !== undefined) parts.push(String(month).padStart(2, '0'));
  if (day !== undefined) parts.push(String(day).padStart(2, '0'));
  return parts.join('-');
}

/**
 * The day on which a term of n years from a day ends: the corresponding day, or the last day of that month where
 * there is none (Civil Code of the PRC, Articles 201 and 202). 2025-08-10 and 3 give 2028-08-10.
 * Throws RangeError unless `iso` is a day that exists and n an integer.
 */
export function addYears(iso: string, n: number): string {
  return addMonths(iso, n * 12);
}

/** As {@link addYears}, for a term of n months. */
export function addMonths(iso: string, n: number): string {
  if (!isIsoDate(iso)) throw new RangeError(`Not a date: ${iso}. Accepted: YYYY-MM-DD.`);
  if (!Number.isInteger(n)) throw new RangeError(`Not a whole number of months: ${n}.`);
  const [year, month, day] = iso.split('-').map(Number) as [number, number, number];
  const months = year * 12 + (month - 1) + n;
  const newYear = Math.floor(months / 12);
  const newMonth = (((months % 12) + 12) % 12) + 1;
  return isoDate(newYear, newMonth, Math.min(day, daysInMonth(newYear, newMonth)));
}

/** -1, 0 or 1. Two ISO dates of the same precision (YYYY-MM-DD) order as their texts do. */
export function compareDates(a: string, b: string): -1 | 0 | 1 {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Formats of dates by time zone: building one takes longer than all else that is done with a date. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = FORMATS.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    FORMATS.set(timeZone, format);
  }
  return format;
}

/** Today in a time zone, as YYYY-MM-DD. */
export function todayIso(timeZone = 'Asia/Shanghai', now: Date = new Date()): string {
  const parts = formatOf(timeZone).formatToParts(now);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

const DAY_MS = 86_400_000;

/** The day that is so many days after another. */
export function addDays(iso: string, n: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + n * DAY_MS).toISOString().slice(0, 10);
}

/** How many days lie between two days, the first not counted: from 2026-03-24 to 2026-05-01 are 38. */
export function daysBetween(from: string, to: string): number {
  const at = (iso: string) => Date.parse(`${iso}T00:00:00Z`);
  return Math.round((at(to) - at(from)) / DAY_MS);
}

/** The whole months between two days, and the days beyond them; `from` is not after `to`. */
export function monthsBetween(from: string, to: string): { months: number; days: number } {
  const [y1, m1] = from.split('-').map(Number) as [number, number];
  const [y2, m2] = to.split('-').map(Number) as [number, number];
  const apart = (y2 - y1) * 12 + m2 - m1;
  const months = compareDates(addMonths(from, apart), to) > 0 ? apart - 1 : apart;
  return { months, days: daysBetween(addMonths(from, months), to) };
}
