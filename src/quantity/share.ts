import Fraction from 'fraction.js';
import type { Draft, Read } from './draft.js';
import { canonical, pow10 } from './exact.js';
import { skipGap } from './fold.js';
import { type Numeral, readNumeral } from './numeral.js';

/** 半年, 半个月, 半数, 过半; null where 半 begins an amount (半个亿) or a word. */
export function readHalf(s: string, i: number): Read | null {
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
  if (match === null) return null;
  const measure = match[1] ?? match[2] ?? null;
  if (match[1] && /[上下前后]$/.test(s.slice(Math.max(0, i - 1), i))) return { draft: null, next: i + 2 };
  return draft(i + match[0].length, measure === null ? 'fraction' : 'duration', measure, null);
}

/** 百分之五, 千分之三, 三分之一, 3分之1, 1/3, 一半, 百分百. */
export function readShare(s: string, i: number): Read | null {
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

export type Figure = Pick<Numeral, 'n' | 'places' | 'upper' | 'vague'>;

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
