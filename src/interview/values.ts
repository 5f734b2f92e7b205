import type { FactValue } from '../rules/index.js';
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
