import Fraction from 'fraction.js';
import { type Draft, type Read, read, skip } from './draft.js';
import { canonical, pow10 } from './exact.js';
import { skipGap } from './fold.js';
import { matchAt } from './look.js';
import { readNumeral } from './numeral.js';
import type { Bound } from './types.js';

/** A number `n / 10^places` with what its words leave open, as a share or a unit makes a figure of it. */
export interface Figure {
  n: bigint;
  places: number;
  upper: bigint | null;
  vague: Bound | null;
}

const whole = (n: bigint, vague: Bound | null = null): Figure => ({ n, places: 0, upper: null, vague });

const MAJORITY = /(?<![不经通])过半(?:数|(?![个年月小学]))/y;
const HALF = /(?<![上下前后])半(年)(?!度)|半个?(月|小时|学年)|半数/y;

/** 半年, 半个月, 半数, 过半; null where 半 begins an amount (半个亿) or a word. */
export function readHalf(s: string, i: number): Read | null {
  const majority = matchAt(MAJORITY, s, i);
  if (majority !== null) return share(i, i + majority[0].length, 'fraction', whole(1n, 'over'), 2n);
  const half = matchAt(HALF, s, i);
  if (half === null) return null;
  const measure = half[1] ?? half[2] ?? null;
  const unit = measure === null ? 'fraction' : 'duration';
  return share(i, i + half[0].length, unit, whole(1n), 2n, measure);
}

/** One percent point is so many of what 百分之, 千分之 and 万分之 count. */
const PER: Record<string, bigint> = { 百: 1n, 千: 10n, 万: 100n };
const SCALE = /([百千万])分之/y;
const HALF_OF = /一([大小多]?)半(?![个年月])/y;
const HALF_BOUND: Record<string, Bound> = { 大: 'over', 多: 'over', 小: 'under' };
const SLASH = /(\d{1,3})\/(\d{1,3})(?![\d/年月.])/y;
const PARTS = /(?:\d{1,4}|[一二三四五六七八九十百]{1,4})\s{0,6}分之/y;

/** 百分之五, 千分之三, 三分之一, 3分之1, 1/3, 一半, 百分百. */
export function readShare(s: string, i: number): Read | null {
  const scale = matchAt(SCALE, s, i);
  if (scale !== null) {
    const at = skipGap(s, i + scale[0].length);
    if (s[at] === '百') return share(i, at + 1, 'percent', whole(100n), PER[scale[1]!]!);
    const numeral = readNumeral(s, at);
    return numeral === null ? skip(at) : share(i, numeral.end, 'percent', numeral, PER[scale[1]!]!);
  }
  if (s.startsWith('百分百', i)) return share(i, i + 3, 'percent', whole(100n), 1n);
  const half = matchAt(HALF_OF, s, i);
  if (half !== null) {
    return share(i, i + half[0].length, 'fraction', whole(1n, HALF_BOUND[half[1]!] ?? null), 2n);
  }
  const slash = matchAt(SLASH, s, i);
  if (slash !== null && Number(slash[1]) < Number(slash[2])) {
    return share(i, i + slash[0].length, 'fraction', whole(BigInt(slash[1]!)), BigInt(slash[2]!));
  }
  const parts = matchAt(PARTS, s, i);
  if (parts === null) return null;
  const denominator = readNumeral(s, i);
  const at = skipGap(s, i + parts[0].length);
  const numerator = readNumeral(s, at);
  if (!denominator?.n || numerator === null) return skip(at);
  return share(i, numerator.end, 'fraction', numerator, denominator.n);
}

function share(
  start: number,
  end: number,
  unit: Draft['unit'],
  figure: Figure,
  parts: bigint,
  measure: string | null = null,
): Read {
  const divisor = pow10(figure.places) * parts;
  const exact = new Fraction(figure.n, divisor);
  const upper = figure.upper === null ? null : new Fraction(figure.upper, divisor);
  return read({ start, end, unit, measure, value: canonical(exact), exact, upper, bound: figure.vague });
}
