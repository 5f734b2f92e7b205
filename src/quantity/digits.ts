import { pow10 } from './exact.js';
import { isDigit } from './fold.js';

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
const NUMERAL_CHARS = /[〇零一二两三四五六七八九十百千万亿]/;

export function chineseDigit(c: string): number | undefined {
  return DIGIT[c];
}

/** Whether a Chinese numeral may begin with this character. */
export function isNumeralChar(c: string): boolean {
  return c in DIGIT || c in SMALL || c in BIG;
}

/** The end of the run of Chinese numeral characters at i. */
export function numeralRunEnd(s: string, i: number): number {
  let j = i;
  while (j < s.length && NUMERAL_CHARS.test(s[j]!)) j++;
  return j;
}

/** Digits with optional groups of three (20,000,000) and decimals; null where more digits than any figure has. */
export function readArabic(s: string, i: number): { end: number; digits: string; places: number } | null {
  let j = i;
  while (isDigit(s.charCodeAt(j))) j++;
  let digits = s.slice(i, j);
  if (digits.length <= 3) {
    while (s[j] === ',' && /^\d{3}(?!\d)/.test(s.slice(j + 1, j + 5))) {
      digits += s.slice(j + 1, j + 4);
      j += 4;
    }
  }
  let places = 0;
  if (s[j] === '.' && isDigit(s.charCodeAt(j + 1))) {
    let k = j + 1;
    while (isDigit(s.charCodeAt(k))) k++;
    places = k - j - 1;
    if (places <= MAX_DIGITS) digits += s.slice(j + 1, k);
    j = k;
  }
  if (digits.length === 0 || digits.length > MAX_DIGITS || places > MAX_DIGITS) return null;
  return { end: j, digits, places };
}

/** The value of the last place that is not 0: 10 in 520, 1000 in 2000. */
export function lowestPower(digits: string): bigint {
  const zeros = digits.length - digits.replace(/0+$/, '').length;
  return zeros === digits.length ? 1n : pow10(zeros);
}
