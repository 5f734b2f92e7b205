import type { Quantity } from '../quantity/types.js';
import type { Reading } from './reading.js';
import type { FactMention } from './types.js';

/** A figure of a list with the count of members that it is of. */
export interface Counted {
  fact: string;
  q: Quantity;
}

/** What is told of members behind a sum of those before them. */
export interface Added {
  /** How many come on top of the sum. */
  n: bigint;
  /** Whether the kinds of those summed up are told: else those behind it tell only of some. */
  whole: boolean;
  end: number;
}

/**
 * “4家企业加我们一共5家，再加1所大学1个研究所”: members told behind a sum as others than those it holds. Null where the sum is one
 * of all, or what stands behind it tells what is among them.
 */
export function addedBehind(
  reading: Reading,
  sum: FactMention,
  total: bigint,
  items: readonly Counted[],
): Added | null {
  const behind = items.filter((i) => i.q.start >= sum.end);
  const [first] = behind;
  if (!first) return null;
  const { cues } = reading.language;
  if (!cues.addsOn.test(reading.text.slice(sum.end, first.q.start))) return null;
  // 一共7家，再加1家: the sum of what is told behind it as well.
  if (reading.quantities.some((q) => q.unit === 'count' && q.start > first.q.start && saysAll(reading, q)))
    return null;
  const count = (list: readonly Counted[]) => list.reduce((n, i) => n + i.q.exact!.n, 0n);
  const ahead = count(items.filter((i) => i.q.end <= sum.end));
  if (ahead > 0n && ahead !== total && ahead + 1n !== total) return null;
  return { n: count(behind), whole: ahead > 0n, end: behind.at(-1)!.q.end };
}

/** …，一共9家 */
const saysAll = (reading: Reading, q: Quantity): boolean =>
  reading.names.some(
    (n) => n.end <= q.start && q.start - n.end <= 2 && reading.language.cues.sumWord.test(n.word),
  );
