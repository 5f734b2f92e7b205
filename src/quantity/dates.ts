import { isCalendarDate, isoDate } from './calendar.js';
import { chineseDigit } from './digits.js';
import { type Read, read, skip } from './draft.js';
import { GAP, skipGap } from './fold.js';
import { matchAt } from './look.js';
import { readNumeral } from './numeral.js';
import type { Unit } from './types.js';
import { readUnit } from './units.js';

/** Four figures of either kind (2026, 二〇二六), or two where a month follows (23年5月). */
const YEAR = '[\\d〇零一二三四五六七八九]{4}|\\d{2}(?=年(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月)';
/** 1 to 31 and what else has their form. */
const SMALL = '\\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]';
/** A year, or the first year of a stretch (2024-2028年), then a month, then a day, as far as they are said. */
const WRITTEN = new RegExp(
  `((${YEAR})(?:${GAP}年|(?=${GAP}[-~至到]${GAP}(?:${YEAR})${GAP}年)))?` +
    `(?:(${GAP}(${SMALL})${GAP}月份?)(${GAP}(${SMALL})${GAP}[日号])?)?`,
  'y',
);
const SEPARATED = /(\d{4})(?:([-./])(\d{1,2})\2(\d{1,2})|-(\d{2})|\.(\d{1,2}))(?![\d%])/y;
/** 2019.5亿 */
const MAGNITUDE = /[千百万亿多余w]/iy;
/** A day of no year is one that some year has. */
const LEAP_YEAR = 2024;

/**
 * A date at i: 2025 年 8 月 10 日, 二〇二六年三月, 2024年, 3月31日, 2025-08-10, 2025.8.10, 2025/8/10, 2026-05.
 * A month that does not exist is left out; a day that does not exist (2025年2月30日) is a slip, not its month: no date.
 */
export function readDate(s: string, i: number): Read | null {
  return readSeparated(s, i) ?? readWritten(s, i);
}

function readSeparated(s: string, i: number): Read | null {
  const match = matchAt(SEPARATED, s, i);
  if (match === null) return null;
  const [text, yyyy, , mm, dd, afterHyphen, afterPoint] = match;
  const end = i + text.length;
  const year = Number(yyyy);
  const month = Number(mm ?? afterHyphen ?? afterPoint);
  const day = dd === undefined ? undefined : Number(dd);
  if (!canBeMeant(year) || !isCalendarDate(year, month, day)) return null;
  // 2019.5 is a month only where no unit makes it a number.
  const unit = readUnit(s, end) ?? matchAt(MAGNITUDE, s, skipGap(s, end));
  if (afterPoint !== undefined && unit !== null) return null;
  return date(i, end, 'date', null, isoDate(year, month, day));
}

function readWritten(s: string, i: number): Read | null {
  const [, upToYear = '', yyyy, upToMonth = '', mm = '', upToDay = '', dd = ''] = matchAt(WRITTEN, s, i)!;
  const year = yyyy === undefined ? LEAP_YEAR : yearOf(yyyy);
  if (!canBeMeant(year)) return null;
  const unit = yyyy === undefined ? 'monthday' : 'date';
  const value = (iso: string) => (unit === 'date' ? iso : iso.replace(String(LEAP_YEAR), '-'));
  const month = smallOf(mm);
  const day = smallOf(dd);
  const endOfYear = i + upToYear.length;
  const endOfMonth = endOfYear + upToMonth.length;
  const endOfDay = endOfMonth + upToDay.length;
  if (!isCalendarDate(year, month)) {
    return unit === 'date' ? date(i, endOfYear, unit, '年', isoDate(year)) : null;
  }
  if (isCalendarDate(year, month, day))
    return date(i, endOfDay, unit, '日', value(isoDate(year, month, day)));
  return dd === '' ? date(i, endOfMonth, unit, '月', value(isoDate(year, month))) : skip(endOfDay);
}

const canBeMeant = (year: number) => year >= 1900 && year <= 2199;

function yearOf(text: string): number {
  const year = Number(text.replace(/\D/g, (c) => String(chineseDigit(c))));
  return text.length === 2 ? 2000 + year : year;
}

/** 0 where nothing is said. */
function smallOf(text: string): number {
  return Number(readNumeral(text, 0)?.n ?? 0n);
}

function date(start: number, end: number, unit: Unit, measure: string | null, value: string): Read {
  return read({ start, end, unit, measure, value, exact: null, upper: null, bound: null });
}
