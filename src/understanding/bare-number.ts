import { point, quantityRange } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import type { Reading } from './reading.js';
import type { FactMention } from './types.js';

/** A number and nothing else (30) as the answer to the count or the share that was asked for. */
export function readBareNumber(reading: Reading, q: Quantity): FactMention[] {
  const { pending } = reading.conversation;
  const spec = pending === null ? undefined : reading.vocabulary.get(pending);
  if (!spec || reading.text.length > 12 || q.exact === null || reading.quantities.length > 1) return [];
  // 30 answers how many; 4.2 a share; an amount of money needs its unit.
  if (spec.type !== 'count' && !(spec.type === 'percent' && q.exact.compare(100) <= 0)) return [];
  if (spec.type === 'count' && q.exact.d !== 1n) return [];
  return [
    {
      fact: spec.id,
      value: { type: 'number', range: quantityRange(q) ?? point(q.exact) },
      start: q.start,
      end: q.end,
    },
  ];
}
