import { boundAfter, boundBefore } from './bounds.js';
import { readDate } from './dates.js';
import { numeralRunEnd } from './digits.js';
import { type Draft, type Read, read, skip } from './draft.js';
import { compareExact } from './exact.js';
import { readFigure } from './figure.js';
import { fold, isDigit, skipGap } from './fold.js';
import { matchAt, standsAt } from './look.js';
import { readHalf } from './share.js';
import { readDocumentNumber, readOrdinal, readPhone, readTop } from './special.js';
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
  let next = 0;
  for (const { index } of s.matchAll(STARTER)) {
    if (index < next) continue;
    const reading = readAt(s, index, last);
    next = reading?.next ?? next;
    if (!reading?.draft || isBelowNothing(s, reading.draft)) continue;
    found.push(finish(text, s, reading.draft, last));
    last = reading.draft.end;
  }
  joinStretches(s, found);
  return found;
}

/** The characters at which a quantity may begin; a document number is seen at its bracket. */
const STARTER = /[0-9〇零一二两三四五六七八九十百千万亿几数半过第前〔[(【¥]/g;
const COUNTED_BEFORE = /(?<=[人参总个次函指多少系分户])数/y;

function readAt(s: string, i: number, last: number): Read | null {
  switch (s[i]) {
    case '¥':
      return readYuan(s, i);
    case '〔':
    case '[':
    case '(':
    case '【':
      return readDocumentNumber(s, i, last);
    case '第':
      return readOrdinal(s, i);
    case '前':
      return readTop(s, i);
    case '半':
    case '过':
      return readHalf(s, i) ?? readFigure(s, i);
    case '数':
      return standsAt(COUNTED_BEFORE, s, i) ? null : readFigure(s, i);
  }
  return isDigit(s.charCodeAt(i)) ? readFromDigit(s, i) : readFromChinese(s, i);
}

/** ¥2000万: the sign belongs to the amount. */
function readYuan(s: string, i: number): Read | null {
  const amount = readFigure(s, skipGap(s, i + 1))?.draft;
  return amount?.unit === 'number' || amount?.unit === 'CNY'
    ? read({ ...amount, start: i, unit: 'CNY' })
    : null;
}

/** H5, B2B, Hlk135604358 with all that hangs on them; but RMB100 and over20 are figures. */
const NAMED = /(?<=[a-z_])(?<!RMB|CNY|over|than|least|most|about)\d+(?:\.\d+)*/iy;
const VERSION = /\d+(?:\.\d+){2,}/y;
const DIGITS = /\d+(?:\.\d+)*/y;

function readFromDigit(s: string, i: number): Read {
  const name = matchAt(NAMED, s, i);
  if (name !== null) return skip(i + name[0].length);
  const special = readPhone(s, i) ?? readDate(s, i);
  if (special !== null) return special;
  const version = matchAt(VERSION, s, i);
  if (version !== null) return skip(i + version[0].length);
  return readFigure(s, i) ?? skip(i + matchAt(DIGITS, s, i)![0].length);
}

/** 之一, 唯一, 统一, 同一 … are words: their 一 begins no figure. */
const WORD_WITH_ONE = /(?<=[唯统同单专划归之万不如第均逐])一/y;
/** 上一年度, 下一个, 这一项, 进一步 point at something and count nothing. */
const POINTING =
  /(?<=(?:^|[^则以])上|[下另某首这那哪任])一(?![〇零一二两三四五六七八九十百千万亿])|(?<=进)一(?=步)/y;

function readFromChinese(s: string, i: number): Read | null {
  if (standsAt(WORD_WITH_ONE, s, i) || standsAt(POINTING, s, i)) return null;
  return readDate(s, i) ?? readFigure(s, i) ?? skip(numeralRunEnd(s, i));
}

/**
 * A minus sign before an amount: at the beginning, after a mark or after a verb. After a noun or another figure the
 * same stroke parts or joins (营收-2亿, 20万-300万), on a new line it lists, and with a space behind it is a dash.
 */
const MINUS = /(?<=(?:^|[，。、,;:?(=¥为是了有]) *-)/y;

/** -400万 is no 400万, and no fact takes an amount below nothing: it is left for the user to be asked. */
function isBelowNothing(s: string, draft: Draft): boolean {
  return draft.unit === 'CNY' && standsAt(MINUS, s, draft.start);
}

/** Bound words on either side; those on the left must not reach into the quantity before. */
function finish(text: string, s: string, draft: Draft, floor: number): Quantity {
  const { start, end, unit } = draft;
  const quantity: Quantity = { text: text.slice(start, end), ...draft, outerStart: start, outerEnd: end };
  const kind = BOUNDED[unit] ?? 'amount';
  if (kind === 'never') return quantity;
  const before = kind === 'date' ? null : boundBefore(s, start, kind === 'amount');
  const left = before !== null && before.at >= floor ? before : null;
  const right = boundAfter(s, end, kind);
  quantity.outerStart = left?.at ?? start;
  quantity.outerEnd = right?.at ?? end;
  // 大概2亿以上: what is vague on the left is bounded on the right.
  const [first, second] = left?.bound === 'about' ? [right, left] : [left, right];
  quantity.bound ??= first?.bound ?? second?.bound ?? null;
  return quantity;
}

/** What takes no bound, and what other bounds than an amount. */
const BOUNDED: Partial<Record<Quantity['unit'], 'never' | 'date' | 'duration'>> = {
  docnumber: 'never',
  phone: 'never',
  ordinal: 'never',
  date: 'date',
  monthday: 'date',
  duration: 'duration',
};

const JOINT = /\s{0,12}[-~至到]\s{0,12}/y;
/** 还差2亿到3亿 is what is missing, not a stretch. */
const MISSING = /(?<=[差缺少])/y;

/** 20万元-300万元: two full figures that bound one stretch. */
function joinStretches(s: string, found: Quantity[]): void {
  for (const [k, b] of found.entries()) {
    const a = found[k - 1];
    if (!a || a.unit !== b.unit || a.measure !== b.measure || a.unit === 'number' || a.unit === 'ordinal')
      continue;
    if (a.exact === null || b.exact === null || a.bound !== null || b.bound !== null) continue;
    const joint = matchAt(JOINT, s, a.end);
    if (joint === null || a.end + joint[0].length !== b.start || standsAt(MISSING, s, a.start)) continue;
    if (compareExact(a.exact, b.exact) >= 0) continue;
    a.bound = 'at-least';
    a.upper = b.exact;
    b.bound = 'at-most';
  }
}
