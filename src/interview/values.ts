import type { Range } from '../quantity/index.js';
import type { FactSpec, FactValue } from '../rules/index.js';
import type { InterviewState } from './types.js';

/** Later years of a map join the earlier ones; every other value takes the place of the one before. */
export function joined(before: FactValue | undefined, now: FactValue): FactValue {
  if (now.type !== 'by-year' || before?.type !== 'by-year') return now;
  return {
    type: 'by-year',
    years: new Map([...before.years, ...now.years].sort((a, b) => a[0] - b[0])),
  };
}

export const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];

/** The question being asked is answered, or put off: it goes onto the trail. */
export function leave(state: InterviewState): void {
  if (state.asking === null) return;
  state.trail = [...state.trail.filter((key) => key !== state.asking), state.asking];
  state.asking = null;
}

/**
 * 10来个 and 差不多10个 may be 9 as well as 11: of things that are counted, the whole numbers at both ends of a vague figure are
 * allowed, so that it settles no condition that it lies at. Every other value is as it was.
 */
export function aroundWhole(spec: FactSpec, value: FactValue): FactValue {
  if (spec.type !== 'count' || value.type !== 'number' || !isVague(value.range)) return value;
  const { lo, hi } = value.range;
  return {
    type: 'number',
    range: { lo: lo!.floor(), loIncluded: true, hi: hi!.ceil(), hiIncluded: true },
  };
}

/** Whether a range is what 大概, 左右 and 来 stand for: a tenth on either side of a whole number, ends left out. 三十多 is none. */
function isVague({ lo, hi, loIncluded, hiIncluded }: Range): boolean {
  if (lo === null || hi === null || loIncluded || hiIncluded) return false;
  const middle = lo.add(hi).div(2);
  return [middle.floor(), middle.ceil()].some(
    (n) => n.mul(9).div(10).floor().equals(lo.floor()) && n.mul(11).div(10).ceil().equals(hi.ceil()),
  );
}
