import { boundAfter, boundBefore } from './bounds.js';
import { isNumeralChar, numeralRunEnd } from './digits.js';
import type { Draft, Read } from './draft.js';
import { compareExact } from './exact.js';
import { readFigure } from './figure.js';
import { fold, isDigit, isLatin, skipGap } from './fold.js';
import { readHalf } from './share.js';
import {
  ordinal,
  readDate,
  readDocumentNumber,
  readOrdinal,
  readPhone,
  readTop,
  type SpecialFound,
} from './special.js';
import type { Quantity } from './types.js';

/**
 * Every quantity of a text, official or chat, in order and without overlap.
 *
 * - A stretch with one unit (2-3年, 三到五家, 1-2亿) is one quantity: `exact` to `upper`, bound `about`.
 *   A stretch of two full figures (20万元-300万元) is two: the first `at-least` with `upper`, the second `at-most`.
 * - A stretch of years (2024-2028年) is two dates.
 * - 几千万, 数十 are `over` one of that unit with `upper` ten of it; 几家 alone is no figure.
 * - An Arabic number without a unit is a `number` (3000, the parts of 10+1 and 5+5+N); 万, 亿 and w without one are money.
 * - Chinese numerals below a hundred are read only with a unit, or when they are the whole text (五, 二十).
 * - Item numbers, 第六条, 附件3 and serial numbers of table rows are labels, not quantities.
 */
export function readQuantities(text: string): Quantity[] {
  const s = fold(text);
  const found: Quantity[] = [];
  let last = 0;
  for (let i = 0; i < s.length; ) {
    const code = s.charCodeAt(i);
    if (!STARTERS[code]) {
      i++;
      continue;
    }
    const read = readAt(s, i, last);
    if (read.draft !== null) {
      found.push(finish(text, s, read.draft, last));
      last = read.draft.end;
    }
    i = Math.max(read.next, i + 1);
  }
  joinStretches(s, found);
  return found;
}

const STARTERS = new Uint8Array(0x10000);
for (const c of '0123456789一二两三四五六七八九十百千万亿〇零几数半过第前〔[(【¥')
  STARTERS[c.charCodeAt(0)] = 1;

function readAt(s: string, i: number, last: number): Read {
  const c = s[i]!;
  if (isDigit(s.charCodeAt(i))) return readFromDigit(s, i);
  switch (c) {
    case '¥': {
      const at = skipGap(s, i + 1);
      if (!isDigit(s.charCodeAt(at)) && !isNumeralChar(s[at] ?? '')) return { draft: null, next: i + 1 };
      const read = readFigure(s, at);
      const money = read.draft?.unit === 'number' || read.draft?.unit === 'CNY';
      return money ? { ...read, draft: { ...read.draft!, start: i, unit: 'CNY' } } : read;
    }
    case '〔':
    case '[':
    case '(':
    case '【': {
      const number = readDocumentNumber(s, i);
      return number === null || number.start < last ? { draft: null, next: i + 1 } : fromSpecial(number);
    }
    case '第':
      return readFromOrdinal(s, i);
    case '前': {
      const top = readTop(s, i);
      if (top === null) return { draft: null, next: i + 1 };
      return ordinal(i, top.end, top.n, top.measure);
    }
    case '半':
    case '过':
      return (
        readHalf(s, i) ??
        (/^半[个亿]/.test(s.slice(i, i + 2)) ? readFigure(s, i) : { draft: null, next: i + 1 })
      );
    case '数':
      if (/[人参总个次函指多少系分户]$/.test(s.slice(Math.max(0, i - 1), i)))
        return { draft: null, next: i + 1 };
      return readFigure(s, i);
    default:
      return readFromChinese(s, i);
  }
}

function readFromDigit(s: string, i: number): Read {
  const previous = s.charCodeAt(i - 1);
  const runEnd = digitRunEnd(s, i);
  // H5, 5G, B2B, Hlk135604358, 1.2.3
  if (isLatin(previous) && !/(?:RMB|CNY|over|than|least|most|about)$/i.test(s.slice(Math.max(0, i - 6), i))) {
    return { draft: null, next: versionEnd(s, i) };
  }
  const special = readPhone(s, i) ?? readDate(s, i);
  if (special !== null) return fromSpecial(special);
  if (/^\d+\.\d+\.\d/.test(s.slice(i, i + 24))) return { draft: null, next: versionEnd(s, i) };
  const read = readFigure(s, i);
  return read.draft === null ? { draft: null, next: Math.max(read.next, runEnd) } : read;
}

/** The end of a version or model number: 1.2.3, 5.0 */
function versionEnd(s: string, i: number): number {
  let j = digitRunEnd(s, i);
  while (s[j] === '.' && isDigit(s.charCodeAt(j + 1))) j = digitRunEnd(s, j + 1);
  return j;
}

function digitRunEnd(s: string, i: number): number {
  let j = i;
  while (isDigit(s.charCodeAt(j))) j++;
  return j;
}

/** 之一, 唯一, 统一, 同一 … are words: their 一 begins no figure. */
const WORD_BEFORE_ONE = /[唯统同单专划归之万不如第均逐]$/;
/** 上一年度, 下一个, 这一项, 进一步 point at something and count nothing. */
const POINTING = /(?:^|[^则以])上$|[下另某首这那哪进任]$/;

function readFromChinese(s: string, i: number): Read {
  const runEnd = Math.max(numeralRunEnd(s, i), i + 1);
  const before = s.slice(Math.max(0, i - 2), i);
  if (s[i] === '一' && WORD_BEFORE_ONE.test(before)) return { draft: null, next: i + 1 };
  if (s[i] === '一' && POINTING.test(before) && runEnd === i + 1) return { draft: null, next: runEnd };
  if (s[i] === '零' || s[i] === '〇') return { draft: null, next: runEnd };
  const date = readDate(s, i);
  if (date !== null) return fromSpecial(date);
  const read = readFigure(s, i);
  return read.draft === null ? { draft: null, next: Math.max(read.next, runEnd) } : read;
}

function readFromOrdinal(s: string, i: number): Read {
  const found = readOrdinal(s, i);
  if (found === null) return { draft: null, next: i + 1 };
  if (found.n === null) return { draft: null, next: found.end };
  return ordinal(i, found.end, found.n, found.measure);
}

function fromSpecial(found: SpecialFound): Read {
  return { draft: { ...found, exact: null, upper: null, bound: null }, next: found.end };
}

/** Bound words on either side; those on the left must not reach into the quantity before. */
function finish(text: string, s: string, draft: Draft, floor: number): Quantity {
  const { start, end, unit } = draft;
  const quantity: Quantity = { text: text.slice(start, end), ...draft, outerStart: start, outerEnd: end };
  if (unit === 'docnumber' || unit === 'phone' || unit === 'ordinal') return quantity;
  const kind = unit === 'date' || unit === 'monthday' ? 'date' : unit === 'duration' ? 'duration' : 'amount';
  const left = kind === 'date' ? null : boundBefore(s, start, kind === 'amount');
  const right = boundAfter(s, end, kind);
  const usable = left !== null && left.at >= floor ? left : null;
  if (usable !== null) quantity.outerStart = usable.at;
  if (right !== null) quantity.outerEnd = right.at;
  if (quantity.bound === null) {
    const leftIsVague = usable?.bound === 'about';
    quantity.bound = (leftIsVague ? (right?.bound ?? usable.bound) : (usable?.bound ?? right?.bound)) ?? null;
  }
  return quantity;
}

/** 20万元-300万元: two full figures that bound one stretch. */
function joinStretches(s: string, found: Quantity[]): void {
  for (let k = 1; k < found.length; k++) {
    const a = found[k - 1]!;
    const b = found[k]!;
    if (a.unit !== b.unit || a.measure !== b.measure || a.unit === 'number' || a.unit === 'ordinal') continue;
    if (a.exact === null || b.exact === null || a.bound !== null || b.bound !== null) continue;
    if (b.start - a.end > 16 || !/^\s*[-~至到]\s*$/.test(s.slice(a.end, b.start))) continue;
    if (compareExact(a.exact, b.exact) >= 0 || /[差缺少]$/.test(s.slice(Math.max(0, a.start - 1), a.start)))
      continue;
    a.bound = 'at-least';
    a.upper = b.exact;
    b.bound = 'at-most';
  }
}
