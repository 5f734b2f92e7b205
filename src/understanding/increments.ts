import { isPoint, point } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import { segmentAt } from './context.js';
import type { Reading } from './reading.js';
import type { FactMention } from './types.js';

/** A count told as added to the one before it (专职18人，上月又进了2个). */
export interface Increment {
  q: Quantity;
  /** What it is added to. */
  to: Quantity;
  /** The sum, where it is told as well (…，20人整). */
  sum: Quantity | null;
}

/**
 * Counts that are added to a count of the same message and say no noun of their own; not those of a what-if, which change
 * nothing that is.
 */
export function incrementsOf(reading: Reading, figures: readonly Quantity[]): Increment[] {
  const { cues, hypothetical } = reading.language;
  return figures.flatMap((q, i): Increment[] => {
    const to = figures.slice(0, i).findLast((p) => p.unit === 'count');
    if (q.unit !== 'count' || !to?.exact || !q.exact || q.start - to.end > 30) return [];
    const seg = segmentAt(reading, q.start);
    const before = reading.text.slice(seg?.start ?? 0, q.start);
    if (!cues.addedSince.test(before) || hypothetical.some((w) => before.includes(w))) return [];
    if (!cues.nothingOfItsOwn.test(reading.text.slice(q.end))) return [];
    const next = figures[i + 1];
    const sum = next?.unit === 'count' && next.exact?.equals(to.exact.add(q.exact)) ? next : null;
    return [{ q, to, sum }];
  });
}

/** What was told, with what was added to it. */
export function added(mentions: readonly FactMention[], increments: readonly Increment[]): FactMention[] {
  return mentions.map((m) => {
    const by = increments.filter((n) => n.sum === null && n.to.start >= m.start && n.to.end <= m.end);
    if (by.length === 0 || m.value.type !== 'number' || !isPoint(m.value.range)) return m;
    const n = by.reduce((x, { q }) => x.add(q.exact!), m.value.range.lo!);
    return { ...m, value: { type: 'number', range: point(n) }, end: by.at(-1)!.q.end };
  });
}
