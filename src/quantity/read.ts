import Fraction from 'fraction.js';
import { boundAfter, boundBefore } from './bounds.js';
import { canonical, compareExact, pow10 } from './exact.js';
import { fold, isDigit, isLatin, skipGap } from './fold.js';
import { isNumeralChar, type Numeral, numeralRunEnd, readNumeral } from './numeral.js';
import {
  isLabel,
  readDate,
  readDocumentNumber,
  readOrdinal,
  readPhone,
  readTop,
  type SpecialFound,
} from './special.js';
import type { Quantity } from './types.js';
import { readUnit, type UnitFound } from './units.js';

/** A figure with its unit, before its bound words are looked for. */
type Draft = Omit<Quantity, 'outerStart' | 'outerEnd' | 'text'>;

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

interface Read {
  draft: Draft | null;
  next: number;
}

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
      return readHalf(s, i);
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
    return { draft: null, next: runEnd };
  }
  const special = readPhone(s, i) ?? readDate(s, i);
  if (special !== null) return fromSpecial(special);
  if (/^\d+\.\d+\.\d/.test(s.slice(i, i + 24)))
    return { draft: null, next: /^[\d.]*/.exec(s.slice(i, i + 60))![0].length + i };
  const read = readFigure(s, i);
  return read.draft === null ? { draft: null, next: Math.max(read.next, runEnd) } : read;
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

function ordinal(start: number, end: number, n: bigint, measure: string | null): Read {
  const exact = new Fraction(n, 1n);
  const value = canonical(exact);
  return {
    draft: { start, end, unit: 'ordinal', measure, value, exact, upper: null, bound: null },
    next: end,
  };
}

/** 半年, 半个月, 半数, 过半, 半个亿. */
function readHalf(s: string, i: number): Read {
  const half = new Fraction(1n, 2n);
  const draft = (end: number, unit: Draft['unit'], measure: string | null, bound: Draft['bound']): Read => ({
    draft: { start: i, end, unit, measure, value: '0.5', exact: half, upper: null, bound },
    next: end,
  });
  if (s[i] === '过') {
    if (!/^过半(?!个)/.test(s.slice(i, i + 3)) || /[不经通]$/.test(s.slice(Math.max(0, i - 1), i))) {
      return { draft: null, next: i + 1 };
    }
    return draft(s[i + 2] === '数' ? i + 3 : i + 2, 'fraction', null, 'over');
  }
  const match = /^半(?:(年)(?![度])|个?(月|小时|学年)|(数))/.exec(s.slice(i, i + 4));
  if (match === null)
    return s[i + 1] === '个' || s[i + 1] === '亿' ? readFigure(s, i) : { draft: null, next: i + 1 };
  const measure = match[1] ?? match[2] ?? null;
  if (match[1] && /[上下前后]$/.test(s.slice(Math.max(0, i - 1), i))) return { draft: null, next: i + 2 };
  return draft(i + match[0].length, measure === null ? 'fraction' : 'duration', measure, null);
}

function fromSpecial(found: SpecialFound): Read {
  return { draft: { ...found, exact: null, upper: null, bound: null }, next: found.end };
}

/** A number with its unit at i; its draft is null where none stands. */
function readFigure(s: string, i: number): Read {
  const special = readShare(s, i);
  if (special !== null) return special;
  const bareUnit = '百千万亿'.includes(s[i]!) && mayStandWithoutCoefficient(s, i);
  const first = readNumeral(s, i, bareUnit);
  if (first === null) return { draft: null, next: i + 1 };
  // Left over numerals: 十五五, 一二三产.
  if (!first.arabic && isNumeralChar(s[first.end] ?? '')) return { draft: null, next: numeralRunEnd(s, i) };
  const stretch = readStretch(s, i, first);
  if (stretch !== null) return stretch;
  const english = readEnglishMultiplier(s, first);
  const numeral = english ?? first;
  const bare = numeral.end === i + 1 && (s[i] === '一' || s[i] === '二') ? (s[i] as '一' | '二') : null;
  const unit = readUnit(s, numeral.end, bare);
  if (unit !== null) return admit(s, i, numeral, unit);
  return withoutUnit(s, i, numeral);
}

/** 过亿, 上千万, 不到百万, 千万元以上: a unit that stands for one of itself. */
function mayStandWithoutCoefficient(s: string, i: number): boolean {
  const previous = s[i - 1] ?? '';
  if ('过超近逾破满上'.includes(previous) && previous !== '') {
    const word = s.slice(Math.max(0, i - 2), i);
    return (
      !/(?:[以晚早]上|[经通]过|最近)$/.test(word) &&
      /^[百千万亿]+(?:[元家人项个名件\s，。,；、的了吗呢？?]|$)/.test(s.slice(i, i + 4))
    );
  }
  if (/^(?:[百千]?万|[十百千]?亿)元?(?:以上|以下|级以上)/.test(s.slice(i, i + 6))) return true;
  return (
    /(?:不到|不足|将近|接近|超过|突破|至少|低于|高于|约)$/.test(s.slice(Math.max(0, i - 2), i)) &&
    /^[百千万亿]+元?/.test(s.slice(i, i + 4))
  );
}

/** 百分之五, 千分之三, 三分之一, 3分之1, 1/3, 一半, 百分百. */
function readShare(s: string, i: number): Read | null {
  const scale = /^(?:百分之|千分之|万分之)/.exec(s.slice(i, i + 3));
  if (scale !== null) {
    const of = { 百: 0, 千: 1, 万: 2 }[s[i]!] ?? 0;
    const at = skipGap(s, i + 3);
    const numeral =
      s.slice(at, at + 1) === '百'
        ? { n: 100n, places: 0, end: at + 1, upper: null, vague: null }
        : readNumeral(s, at);
    if (numeral === null) return { draft: null, next: i + 3 };
    return share(i, numeral.end, 'percent', numeral, pow10(of));
  }
  if (s.startsWith('百分百', i))
    return share(i, i + 3, 'percent', { n: 100n, places: 0, upper: null, vague: null }, 1n);
  if (/^一(?:大|小|多)?半(?![个年月])/.test(s.slice(i, i + 4))) {
    const end = s[i + 1] === '半' ? i + 2 : i + 3;
    const vague = s[i + 1] === '半' ? null : s[i + 1] === '小' ? 'under' : 'over';
    const exact = new Fraction(1n, 2n);
    return {
      draft: {
        start: i,
        end,
        unit: 'fraction',
        measure: null,
        value: '0.5',
        exact,
        upper: null,
        bound: vague,
      },
      next: end,
    };
  }
  const slash = /^(\d{1,3})\/(\d{1,3})(?![\d/年月.])/.exec(s.slice(i, i + 8));
  if (slash !== null && Number(slash[2]) > 1 && Number(slash[1]) < Number(slash[2])) {
    const ratio = { n: BigInt(slash[1]!), places: 0, upper: null, vague: null };
    return share(i, i + slash[0].length, 'fraction', ratio, BigInt(slash[2]!));
  }
  const parts = /^(?:\d{1,4}|[一二三四五六七八九十百]{1,4})\s{0,6}分之/.exec(s.slice(i, i + 14));
  if (parts === null) return null;
  const denominator = readNumeral(s, i);
  const at = skipGap(s, i + parts[0].length);
  const numerator = at < s.length ? readNumeral(s, at) : null;
  if (denominator === null || denominator.n === 0n || numerator === null) return { draft: null, next: at };
  return share(i, numerator.end, 'fraction', numerator, denominator.n);
}

type Figure = Pick<Numeral, 'n' | 'places' | 'upper' | 'vague'>;

function share(
  start: number,
  end: number,
  unit: 'percent' | 'fraction',
  numeral: Figure,
  divisor: bigint,
): Read {
  const exact = new Fraction(numeral.n, pow10(numeral.places) * divisor);
  const upper = numeral.upper === null ? null : new Fraction(numeral.upper, pow10(numeral.places) * divisor);
  return {
    draft: { start, end, unit, measure: null, value: canonical(exact), exact, upper, bound: numeral.vague },
    next: end,
  };
}

const ENGLISH: Record<string, number> = { million: 6, mn: 6, billion: 9, bn: 9, thousand: 3, k: 3 };

function readEnglishMultiplier(s: string, numeral: Numeral): Numeral | null {
  if (!numeral.arabic || numeral.magnitude) return null;
  const match = /^\s{0,3}(million|billion|thousand|mn|bn|k)(?![a-z\d])/i.exec(
    s.slice(numeral.end, numeral.end + 13),
  );
  if (match === null) return null;
  const exponent = ENGLISH[match[1]!.toLowerCase()]!;
  return {
    ...numeral,
    n: numeral.n * pow10(exponent),
    end: numeral.end + match[0].length,
    magnitude: exponent > 3,
    exponent: null,
  };
}

function admit(s: string, i: number, numeral: Numeral, unit: UnitFound): Read {
  // 十分重要; but 满分十分, （十分）
  if (
    unit.unit === 'score' &&
    numeral.plain &&
    s[i] === '十' &&
    !/[（(得分为]$/.test(s.slice(Math.max(0, i - 1), i))
  ) {
    return { draft: null, next: unit.end };
  }
  // 2023成立 and 100成 are none; 三成 and 3成 are.
  if (unit.measure?.startsWith('成') && (numeral.n > 10n || numeral.places > 0))
    return { draft: null, next: unit.end };
  // 最后一公里
  if (unit.measure === '公里' && /最后$/.test(s.slice(Math.max(0, i - 2), i)))
    return { draft: null, next: unit.end };
  // 十七届, and 五次会议: which, not how many.
  const meeting =
    unit.measure === '届' ||
    (unit.measure === '次' && /^(?:会议|全会|代表)/.test(s.slice(unit.end, unit.end + 2)));
  if (meeting) return ordinal(i, unit.end, numeral.n, unit.measure);
  // 4个多点: from four to below five.
  if (unit.measure === '个多点' && numeral.upper === null) {
    const figure = { ...numeral, upper: numeral.n + pow10(numeral.places), vague: 'over' as const };
    return { draft: draftOf(i, unit.end, numeral.n, figure, { ...unit, measure: '个点' }), next: unit.end };
  }
  const draft = draftOf(i, unit.end, numeral.n, numeral, unit);
  return { draft, next: unit.end };
}

function draftOf(start: number, end: number, n: bigint, figure: Figure, unit: UnitFound): Draft {
  const scale = pow10(figure.places);
  const [fn, fd] = unit.factor ?? [1n, 1n];
  const half = unit.half ? (unit.factor === null ? new Fraction(1n, 2n) : new Fraction(5n, 1n)) : null;
  const base = new Fraction(n * fn, scale * fd);
  const exact = half === null ? base : base.add(half);
  const upper = figure.upper === null ? null : new Fraction(figure.upper * fn, scale * fd);
  return {
    start,
    end,
    unit: unit.unit,
    measure: unit.measure,
    value: canonical(exact),
    exact,
    upper,
    bound: figure.vague,
  };
}

function withoutUnit(s: string, i: number, numeral: Numeral): Read {
  const { end } = numeral;
  const none = { draft: null, next: end };
  const after = skipGap(s, end);
  if (numeral.magnitude) {
    return { draft: draftOf(i, end, numeral.n, numeral, { ...NO_UNIT, unit: 'CNY', end }), next: end };
  }
  if (isLatin(s.charCodeAt(end)) && numeral.end === after) return none;
  if (numeral.arabic) {
    if (isLabel(s, i, end)) return none;
  } else if (numeral.plain && (numeral.vague !== null || !isWholeText(s, i, end))) return none;
  return { draft: draftOf(i, end, numeral.n, numeral, { ...NO_UNIT, end }), next: end };
}

const NO_UNIT: UnitFound = { end: 0, unit: 'number', measure: null, factor: null, half: false };

function isWholeText(s: string, i: number, end: number): boolean {
  return s.length < 40 && s.slice(0, i).trim() === '' && /^[\s。.!！吧的了]*$/.test(s.slice(end));
}

/** 2-3年, 三到五家, 1-2亿: one unit for both ends. */
function readStretch(s: string, i: number, first: Numeral): Read | null {
  const joint = skipGap(s, first.end);
  const sign = /^(?:[-~至到]|--)/.exec(s.slice(joint, joint + 2));
  if (sign === null || first.vague !== null) return null;
  const at = skipGap(s, joint + sign[0].length);
  if (at >= s.length || !(isDigit(s.charCodeAt(at)) || '一二两三四五六七八九十'.includes(s[at]!)))
    return null;
  const second = readNumeral(s, at);
  if (second === null || second.vague !== null || isNumeralChar(s[second.end] ?? '')) return null;
  const unit = readUnit(s, second.end, null);
  if (unit === null && !second.magnitude) return null;
  if (first.magnitude && second.magnitude) return null;
  let lowN = first.n * pow10(second.places);
  const highN = second.n * pow10(first.places);
  if (
    !first.magnitude &&
    second.exponent !== null &&
    second.exponent >= 2 &&
    lowN * pow10(second.exponent) < highN
  ) {
    lowN *= pow10(second.exponent);
  }
  if (lowN >= highN) return null;
  const places = first.places + second.places;
  const end = unit?.end ?? second.end;
  const used = unit ?? { ...NO_UNIT, unit: 'CNY' as const, end };
  return { draft: draftOf(i, end, lowN, { n: lowN, places, upper: highN, vague: 'about' }, used), next: end };
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
