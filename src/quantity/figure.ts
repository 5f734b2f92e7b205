import Fraction from 'fraction.js';
import { isNumeralChar, numeralRunEnd } from './digits.js';
import type { Draft, Read } from './draft.js';
import { canonical, pow10 } from './exact.js';
import { isDigit, isLatin, skipGap } from './fold.js';
import { type Numeral, readNumeral } from './numeral.js';
import { type Figure, readShare } from './share.js';
import { isLabel, ordinal } from './special.js';
import { readUnit, type UnitFound } from './units.js';

/** A number with its unit at i; its draft is null where none stands. */
export function readFigure(s: string, i: number): Read {
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
      /^[百千万亿]+(?:[元家人项个名件\s，。、,;:!?()的了吗呢]|$)/.test(s.slice(i, i + 4))
    );
  }
  if (/^(?:[百千]?万|[十百千]?亿)元?(?:以上|以下|级以上)/.test(s.slice(i, i + 6))) return true;
  return (
    /(?:不到|不足|将近|接近|超过|突破|至少|低于|高于|约)$/.test(s.slice(Math.max(0, i - 2), i)) &&
    /^[百千万亿]+元?/.test(s.slice(i, i + 4))
  );
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
