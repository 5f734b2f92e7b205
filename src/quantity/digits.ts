import { pow10 } from './exact.js';
import { matchAt } from './look.js';

/** Chinese digits. */
export const DIGIT: Record<string, number> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
/** Multipliers below 万 as powers of ten. */
export const SMALL: Record<string, number> = { 十: 1, 百: 2, 千: 3 };
/** 万 and 亿 as powers of ten. */
export const BIG: Record<string, number> = { 万: 4, 亿: 8 };
const MAX_DIGITS = 30;
const NUMERAL_RUN = /[〇零一二两三四五六七八九十百千万亿]*/y;
const ARABIC = /(\d{1,3}(?:,\d{3}(?!\d))+|\d+)(?:\.(\d+))?/y;

export function chineseDigit(c: string): number | undefined {
  return DIGIT[c];
}

/** The end of the run of Chinese numeral characters at i. */
export function numeralRunEnd(s: string, i: number): number {
  return i + matchAt(NUMERAL_RUN, s, i)![0].length;
}

/** Digits with optional groups of three (20,000,000) and decimals; null where more digits than any figure has. */
export function readArabic(s: string, i: number): { end: number; digits: string; places: number } | null {
  const match = matchAt(ARABIC, s, i);
  if (match === null) return null;
  const decimals = match[2] ?? '';
  const digits = match[1]!.replaceAll(',', '') + decimals;
  if (digits.length > MAX_DIGITS) return null;
  return { end: i + match[0].length, digits, places: decimals.length };
}

/** The value of the last place that is not 0: 10 in 520, 1000 in 2000. */
export function lowestPower(digits: string): bigint {
  return pow10(/0*$/.exec(digits)![0].length);
}
