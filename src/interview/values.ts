import type { FactValue } from '../rules/index.js';

/** Later years of a map join the earlier ones; every other value takes the place of the one before. */
export function joined(before: FactValue | undefined, now: FactValue): FactValue {
  if (now.type !== 'by-year' || before?.type !== 'by-year') return now;
  return {
    type: 'by-year',
    years: new Map([...before.years, ...now.years].sort((a, b) => a[0] - b[0])),
  };
}
