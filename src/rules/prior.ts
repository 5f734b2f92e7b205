import type Fraction from 'fraction.js';
import type { HardBound } from './test.js';

/**
 * What is assumed of a fact nobody has stated yet, used only to order the questions of an interview.
 * It assumes as little as possible: every value of a list is as likely as any other, a yes is as likely as a no,
 * an amount is as likely to lie above a threshold as below, a count is spread evenly from 0 to twice the threshold.
 */
export const EVEN = 1 / 2;

/** `allowed` of `all` values of a list, each as likely. */
export const ofList = (allowed: number, all: number): number => (all === 0 ? EVEN : allowed / all);

/** A count against a threshold: the numbers 0 … 2·threshold, each as likely. */
export function ofCount(bound: HardBound, limit: Fraction): number {
  const t = Math.max(0, Number(limit.n) / Number(limit.d));
  const all = Math.max(2, 2 * t + 1);
  const atLeast = (all - Math.ceil(t)) / all;
  if (bound === 'at-least') return atLeast;
  return bound === 'over'
    ? Math.max(0, atLeast - 1 / all)
    : bound === 'under'
      ? 1 - atLeast
      : Math.min(1, (Math.floor(t) + 1) / all);
}

/** Never barred, barred still, barred once and free again: each as likely. */
export const NOT_BARRED = 2 / 3;
