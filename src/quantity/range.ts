import type Fraction from 'fraction.js';
import { canonical, compareExact, exact } from './exact.js';
import type { Bound, Quantity, Range } from './types.js';

export type ThreeValued = 'pass' | 'fail' | 'unknown';

/** How far a vague figure (差不多5%, 约2000万) may lie from the figure said: a tenth either way, ends excluded. */
const VAGUE_LOW = exact('0.9');
const VAGUE_HIGH = exact('1.1');

/** The range of a known exact number. */
export function point(f: Fraction): Range {
  return { lo: f, loIncluded: true, hi: f, hiIncluded: true };
}

/** Every number: nothing is known. */
export const EVERYTHING: Range = Object.freeze({ lo: null, loIncluded: false, hi: null, hiIncluded: false });

/**
 * The numbers that a bound and a figure allow. `about` is vague and must be confirmed before it decides anything
 * near a threshold: an open neighbourhood of a tenth on either side.
 */
export function rangeOf(bound: Bound | null, f: Fraction): Range {
  switch (bound) {
    case null:
      return point(f);
    case 'at-least':
      return { lo: f, loIncluded: true, hi: null, hiIncluded: false };
    case 'over':
      return { lo: f, loIncluded: false, hi: null, hiIncluded: false };
    case 'at-most':
      return { lo: null, loIncluded: false, hi: f, hiIncluded: true };
    case 'under':
      return { lo: null, loIncluded: false, hi: f, hiIncluded: false };
    case 'about':
      return { lo: f.mul(VAGUE_LOW), loIncluded: false, hi: f.mul(VAGUE_HIGH), hiIncluded: false };
  }
}

/**
 * What the words of a quantity allow. A figure with `upper` is a stretch: 两千多万 (`over`) excludes both ends,
 * 2-3年 (`about`, `at-least`) includes both. Null for a quantity that is no number (date, phone, document number).
 */
export function quantityRange(q: Quantity): Range | null {
  if (q.exact === null) return null;
  if (q.upper === null) return rangeOf(q.bound, q.exact);
  const open = q.bound === 'over';
  return { lo: q.exact, loIncluded: !open, hi: q.upper, hiIncluded: !open };
}

/** Whether exactly one number is left. */
export function isPoint(r: Range): boolean {
  return r.lo !== null && r.hi !== null && r.loIncluded && r.hiIncluded && compareExact(r.lo, r.hi) === 0;
}

/** Whether no number is left (an intersection of contradicting statements). */
export function isEmptyRange(r: Range): boolean {
  if (r.lo === null || r.hi === null) return false;
  const order = compareExact(r.lo, r.hi);
  return order > 0 || (order === 0 && !(r.loIncluded && r.hiIncluded));
}

/** The numbers that both ranges allow; may be empty, see {@link isEmptyRange}. */
export function intersect(a: Range, b: Range): Range {
  const [lo, loIncluded] = tighter(a.lo, a.loIncluded, b.lo, b.loIncluded, 1);
  const [hi, hiIncluded] = tighter(a.hi, a.hiIncluded, b.hi, b.hiIncluded, -1);
  return { lo, loIncluded, hi, hiIncluded };
}

function tighter(
  a: Fraction | null,
  aIncluded: boolean,
  b: Fraction | null,
  bIncluded: boolean,
  direction: 1 | -1,
): [Fraction | null, boolean] {
  if (a === null) return [b, bIncluded];
  if (b === null) return [a, aIncluded];
  const order = compareExact(a, b) * direction;
  if (order === 0) return [a, aIncluded && bIncluded];
  return order > 0 ? [a, aIncluded] : [b, bIncluded];
}

/**
 * Whether a known range meets a requirement: `pass` when every number in it does, `fail` when none does,
 * else `unknown`. A vague threshold (`about`) decides nothing.
 */
export function compareRange(range: Range, bound: Bound, threshold: Fraction): ThreeValued {
  switch (bound) {
    case 'at-least':
      return above(range, threshold, true);
    case 'over':
      return above(range, threshold, false);
    case 'at-most':
      return negate(above(range, threshold, false));
    case 'under':
      return negate(above(range, threshold, true));
    case 'about':
      return 'unknown';
  }
}

/** Three-valued x >= t (equal allowed) or x > t for all x of the range. */
function above(range: Range, t: Fraction, equalAllowed: boolean): ThreeValued {
  const { lo, hi } = range;
  if (lo !== null) {
    const order = compareExact(lo, t);
    if (order > 0 || (order === 0 && (equalAllowed || !range.loIncluded))) return 'pass';
  }
  if (hi !== null) {
    const order = compareExact(hi, t);
    if (order < 0 || (order === 0 && !(equalAllowed && range.hiIncluded))) return 'fail';
  }
  return 'unknown';
}

function negate(v: ThreeValued): ThreeValued {
  return v === 'pass' ? 'fail' : v === 'fail' ? 'pass' : v;
}

/** `180000000`, `<200000000`, `>=200000000`, `>20000000 <30000000`; the empty string when nothing is known. */
export function formatRangeCanonical(r: Range): string {
  if (isPoint(r)) return canonical(r.lo!);
  const parts: string[] = [];
  if (r.lo !== null) parts.push(`${r.loIncluded ? '>=' : '>'}${canonical(r.lo)}`);
  if (r.hi !== null) parts.push(`${r.hiIncluded ? '<=' : '<'}${canonical(r.hi)}`);
  return parts.join(' ');
}

const CANONICAL_END = /^(>=|>|<=|<)?(-?\d+(?:\.\d+|\/[1-9]\d*)?)$/;

/** Reads what {@link formatRangeCanonical} wrote; null for anything else. */
export function parseRangeCanonical(text: string): Range | null {
  const parts = text.trim().split(/\s+/);
  if (parts.length > 2) return null;
  let result: Range = EVERYTHING;
  for (const part of parts) {
    const match = CANONICAL_END.exec(part);
    if (!match) return null;
    const f = exact(match[2]!);
    if (match[1] === undefined) return parts.length === 1 ? point(f) : null;
    const lower = match[1].startsWith('>');
    const included = match[1].endsWith('=');
    if ((lower ? result.lo : result.hi) !== null) return null;
    result = lower ? { ...result, lo: f, loIncluded: included } : { ...result, hi: f, hiIncluded: included };
  }
  return result;
}
