import Fraction from 'fraction.js';
import { isCalendarDate, isoDate } from './calendar.js';
import { chineseDigit } from './digits.js';
import type { Read } from './draft.js';
import { canonical } from './exact.js';
import { isDigit, isLatin, skipGap } from './fold.js';
import { readNumeral } from './numeral.js';
import type { Unit } from './types.js';

/** A quantity that is no plain number: date, phone, document number. */
export interface SpecialFound {
  start: number;
  end: number;
  unit: Unit;
  measure: string | null;
  value: string;
}

interface SmallInt {
  end: number;
  value: number;
}

/** Four Arabic digits, or four Chinese ones (二〇二六). */
function readYear(s: string, i: number): SmallInt | null {
  let value = 0;
  for (let k = 0; k < 4; k++) {
    const c = s[i + k] ?? '';
    const digit = isDigit(c.charCodeAt(0)) ? Number(c) : chineseDigit(c);
    if (digit === undefined) return null;
    value = value * 10 + digit;
  }
  if (isDigit(s.charCodeAt(i + 4)) || value < 1900 || value > 2199) return null;
  return { end: i + 4, value };
}

/** One or two Arabic digits, or 一 to 三十一. */
function readSmall(s: string, i: number): SmallInt | null {
  if (isDigit(s.charCodeAt(i))) {
    const end = isDigit(s.charCodeAt(i + 1)) ? i + 2 : i + 1;
    return isDigit(s.charCodeAt(end)) ? null : { end, value: Number(s.slice(i, end)) };
  }
  const numeral = s[i] === undefined || !'一二三四五六七八九十'.includes(s[i]!) ? null : readNumeral(s, i);
  if (numeral === null || numeral.places > 0 || numeral.n > 31n || numeral.vague !== null) return null;
  return { end: numeral.end, value: Number(numeral.n) };
}

/**
 * A date at i: 2025 年 8 月 10 日, 二〇二六年三月, 2024年, 3月31日, 2025-08-10, 2025.8.10, 2025/8/10, 2026-05.
 * The first year of a stretch (2024-2028年) is a date of its own. Days that do not exist are none.
 */
export function readDate(s: string, i: number): SpecialFound | null {
  return readSeparated(s, i) ?? readYearDate(s, i) ?? readShortYear(s, i) ?? readMonthDay(s, i);
}

function readSeparated(s: string, i: number): SpecialFound | null {
  if (!isDigit(s.charCodeAt(i))) return null;
  const match = /^(\d{4})([-./])(\d{1,2})(?:\2(\d{1,2}))?(?![\d%])/.exec(s.slice(i, i + 12));
  if (match === null) return null;
  const [text, year, separator, month, day] = match;
  if (day === undefined) {
    // 2026-05, and 2019.5 where no unit makes it a number.
    const dotted =
      separator === '.' &&
      !/^\s*[万亿元块%个家人名项倍wW]/.test(s.slice(i + text.length, i + text.length + 6));
    if (!dotted && (separator !== '-' || month!.length !== 2)) return null;
  }
  if (Number(year) < 1900 || !isCalendarDate(Number(year), Number(month), day ? Number(day) : 1)) return null;
  const value = isoDate(Number(year), Number(month), day === undefined ? undefined : Number(day));
  return { start: i, end: i + text.length, unit: 'date', measure: null, value };
}

function readYearDate(s: string, i: number): SpecialFound | null {
  const year = readYear(s, i);
  if (year === null) return null;
  const sign = skipGap(s, year.end);
  if (s[sign] === '年') return withMonth(s, i, year.value, sign + 1);
  const second = /^[-~至到]/.test(s.slice(sign, sign + 1)) ? readYear(s, skipGap(s, sign + 1)) : null;
  if (second === null || s[skipGap(s, second.end)] !== '年') return null;
  return { start: i, end: year.end, unit: 'date', measure: '年', value: isoDate(year.value) };
}

/** 23年5月: two digits are a year where a month follows. */
function readShortYear(s: string, i: number): SpecialFound | null {
  const match = /^(\d{2})年(?=\d{1,2}月|[一二三四五六七八九十]{1,2}月)/.exec(s.slice(i, i + 7));
  return match === null ? null : withMonth(s, i, 2000 + Number(match[1]), i + 3);
}

function withMonth(s: string, start: number, year: number, afterYear: number): SpecialFound {
  const whole = { start, end: afterYear, unit: 'date' as const, measure: '年', value: isoDate(year) };
  const month = readSmall(s, skipGap(s, afterYear));
  if (month === null) return whole;
  const monthSign = skipGap(s, month.end);
  if (
    (s[monthSign] !== '月' && s.slice(monthSign, monthSign + 2) !== '月份') ||
    month.value < 1 ||
    month.value > 12
  ) {
    return whole;
  }
  const afterMonth = monthSign + (s[monthSign + 1] === '份' ? 2 : 1);
  const upToMonth = { ...whole, end: afterMonth, measure: '月', value: isoDate(year, month.value) };
  const day = readSmall(s, skipGap(s, afterMonth));
  if (day === null) return upToMonth;
  const daySign = skipGap(s, day.end);
  if (s[daySign] !== '日' && s[daySign] !== '号') return upToMonth;
  if (!isCalendarDate(year, month.value, day.value)) return upToMonth;
  return { ...whole, end: daySign + 1, measure: '日', value: isoDate(year, month.value, day.value) };
}

function readMonthDay(s: string, i: number): SpecialFound | null {
  const month = readSmall(s, i);
  if (month === null || month.value < 1 || month.value > 12) return null;
  const monthSign = skipGap(s, month.end);
  if (s[monthSign] !== '月') return null;
  const mm = String(month.value).padStart(2, '0');
  const day = readSmall(s, skipGap(s, monthSign + 1));
  if (day !== null) {
    const daySign = skipGap(s, day.end);
    // A leap year, so that 2月29日 can be meant.
    if ((s[daySign] === '日' || s[daySign] === '号') && isCalendarDate(2024, month.value, day.value)) {
      const value = `--${mm}-${String(day.value).padStart(2, '0')}`;
      return { start: i, end: daySign + 1, unit: 'monthday', measure: '日', value };
    }
  }
  const end = monthSign + (s[monthSign + 1] === '份' ? 2 : 1);
  return { start: i, end, unit: 'monthday', measure: '月', value: `--${mm}` };
}

const PHONE = /^(?:0\d{2,3}[- ]?\d{7,8}|400[- ]?\d{3}[- ]?\d{4}|1[3-9]\d{9})(?:-\d{1,6})?(?![\d.,])/;

/** A telephone number at i, verbatim without white space. */
export function readPhone(s: string, i: number): SpecialFound | null {
  if (!/[014]/.test(s[i] ?? '')) return null;
  const match = PHONE.exec(s.slice(i, i + 24));
  if (match === null) return null;
  const next = s[skipGap(s, i + match[0].length)] ?? '';
  if (/[元万亿块家个人%]/.test(next) || isLatin(next.charCodeAt(0))) return null;
  return {
    start: i,
    end: i + match[0].length,
    unit: 'phone',
    measure: null,
    value: match[0].replace(/\s/g, ''),
  };
}

const AFTER_BRACKET =
  /^[〔[(【]\s{0,6}((?:19|20)\d\s{0,4}\d)\s{0,6}[〕\])】]\s{0,12}第?\s{0,6}(\d{1,4})\s{0,12}号/;
/** Words that run into an issuer's abbreviation from the left. */
const NOT_ISSUER =
  /^.*(?:根据|依据|按照|按|和|及|与|的|是|见|即|为|之|对|在|以|查|原|文件|文|了|关于|执行|依|由|将|把|等|问|下|看|比较|比|还是|或者|或|并|同|据|到|有|想|说|印发|废止|替代|请问|号)/;

/** 泉科规〔2026〕3号, the bracket at i; round and square brackets too, white space anywhere. */
export function readDocumentNumber(s: string, i: number): SpecialFound | null {
  const match = AFTER_BRACKET.exec(s.slice(i, i + 70));
  if (match === null) return null;
  let start = i;
  let issuer = '';
  while (start > 0 && issuer.length < 8) {
    let before = start - 1;
    // A wrapped line may part an abbreviation after its first character; a longer one begins on its own line.
    while (issuer.length < 2 && before > 0 && before > start - 8 && /\s/.test(s[before]!)) before--;
    if (!/\p{Script=Han}/u.test(s[before]!)) break;
    start = before;
    issuer = s[before]! + issuer;
  }
  const foreign = NOT_ISSUER.exec(issuer);
  for (let cut = foreign?.[0].length ?? 0; cut > 0; start++) if (!/\s/.test(s[start]!)) cut--;
  while (start < i && /\s/.test(s[start]!)) start++;
  issuer = s.slice(start, i).replace(/\s/g, '');
  if (issuer === '' && /[(【[]/.test(s[i]!)) return null;
  const value = `${issuer}〔${match[1]!.replace(/\s/g, '')}〕${Number(match[2])}号`;
  return { start, end: i + match[0].length, unit: 'docnumber', measure: '号', value };
}

const STRUCTURAL = /[条款项章节编目部则点方]/;
const RANKED = /号|届|次|名|位|批|个|期|季度|年|天|轮|家|场|代/y;

/**
 * What 第 at i begins: an ordinal (第1212号, 第三名, 排名第三), or the end of a label (第六条) or of a word (第三方)
 * that is no quantity.
 */
export function readOrdinal(
  s: string,
  i: number,
): { end: number; n: bigint | null; measure: string | null } | null {
  const numeral = readNumeral(s, skipGap(s, i + 1));
  if (numeral === null || numeral.places > 0 || numeral.vague !== null) return null;
  const after = skipGap(s, numeral.end);
  if (STRUCTURAL.test(s[after] ?? '')) return { end: after + 1, n: null, measure: null };
  RANKED.lastIndex = after;
  const measure = RANKED.exec(s);
  if (measure !== null) {
    return { end: after + measure[0].length, n: numeral.n, measure: measure[0] };
  }
  const ranked = /[名位列居]$/.test(s.slice(Math.max(0, i - 1), i));
  return { end: numeral.end, n: ranked || numeral.arabic ? numeral.n : null, measure: null };
}

/** 前三名, 前10强 with 前 at i; null elsewhere (目前3名). */
export function readTop(s: string, i: number): { end: number; n: bigint; measure: string } | null {
  if (/[目之以当此先年日月提]$/.test(s.slice(Math.max(0, i - 1), i))) return null;
  const numeral = readNumeral(s, skipGap(s, i + 1));
  if (numeral === null || numeral.places > 0 || numeral.vague !== null) return null;
  const after = skipGap(s, numeral.end);
  return /[名位强]/.test(s[after] ?? '') ? { end: after + 1, n: numeral.n, measure: s[after]! } : null;
}

/**
 * Whether the bare Arabic number s[start, end) is a label and not a figure: an item number (`1.`, `2、`), an annex or
 * table number (附件3), the number after a paragraph in a citation (第六条（二）1), a serial number alone in a table cell.
 */
export function isLabel(s: string, start: number, end: number): boolean {
  const before = s.slice(Math.max(0, start - 8), start);
  const after = s.slice(end, end + 2);
  if (/(?:附件|附录|附表|附图|附|图|表|方案|条|款|项)\s*$/.test(before) && !/^[.]\d/.test(after)) return true;
  if (end - start > 2) return false;
  if (/[）)]\s*$/.test(before) && /[（(][一二三四五六七八九十]+[）)]\s*$/.test(before)) return true;
  const opens = start === 0 || /(?:^|[\s：:；;。，,、（(“"])$/.test(before);
  if (/^[.、)](?![\d])/.test(after) && (after[0] === '.' ? opens : /(?:^|[\n\t：:；;。])\s*$/.test(before))) {
    return after[0] === '.' ? after.length > 1 : start !== 0 || after.length > 1;
  }
  if (/[（(]$/.test(before) && /^[)）]/.test(after)) return true;
  const cell = s.slice(Math.max(0, start - 20), start);
  return /(?:^|\n)[ ]*\t[ \t]*$/.test(cell) && /^[ \t]*(?:\n|$)/.test(s.slice(end, end + 20));
}

/** The reading of an ordinal. */
export function ordinal(start: number, end: number, n: bigint, measure: string | null): Read {
  const exact = new Fraction(n, 1n);
  const value = canonical(exact);
  return {
    draft: { start, end, unit: 'ordinal', measure, value, exact, upper: null, bound: null },
    next: end,
  };
}
