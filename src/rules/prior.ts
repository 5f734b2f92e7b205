import type Fraction from 'fraction.js';
import type { HardBound } from './test.js';

/**
 * What is assumed of a fact nobody has stated yet, used only to order the questions of an interview.
 * It assumes as little as possible: every value of a list is as likely as any other, a yes hardly more than a no,
 * an amount is as likely to lie above a threshold as below, a count is spread evenly from 0 to twice the threshold.
 */
export const EVEN = 1 / 2;

/**
 * A yes: as likely as a no, and a little more, because who asks whether conditions are met more often meets them. It only
 * breaks ties: among questions that would serve equally well, those come first that are not answered by yes or no.
 */
const YES = 0.51;
export const ofYes = (allowed: readonly (string | boolean)[]): number =>
  allowed.includes(true) ? YES : 1 - YES;

/** `allowed` of `all` values of a list, each as likely. */
export const ofList = (allowed: number, all: number): number => allowed / all;

/** A count against a threshold: the numbers 0 … 2·threshold, each as likely. */
export function ofCount(bound: HardBound, limit: Fraction): number {
  const threshold = Math.max(0, limit.valueOf());
  const all = Math.max(2, 2 * threshold + 1);
  const meets: Record<HardBound, number> = {
    'at-least': all - Math.ceil(threshold),
    over: all - Math.floor(threshold) - 1,
    'at-most': Math.floor(threshold) + 1,
    under: Math.ceil(threshold),
  };
  return meets[bound] / all;
}

/** Never barred, barred still, barred once and free again: each as likely. */
export const NOT_BARRED = 2 / 3;
