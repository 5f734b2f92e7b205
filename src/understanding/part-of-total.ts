import type { Quantity } from '../quantity/types.js';
import { segmentAt } from './context.js';
import type { Reading } from './reading.js';
import type { Understanding } from './types.js';

/**
 * Whether an amount is of a part only of what its name says (主营国内1.2亿出口1亿, 我们自己1.2亿里海外5000万): none of the whole,
 * and the parts told need not be all of it.
 */
export function isOfPart(reading: Reading, q: Quantity): boolean {
  if (q.unit !== 'CNY') return false;
  const seg = segmentAt(reading, q.start);
  return reading.language.cues.partOfTotal.test(reading.text.slice(seg?.start ?? 0, q.outerStart));
}

/** What such amounts are parts of, where they are named: the whole is to be asked for. One ask a name. */
export function partsOfTotal(reading: Reading, figures: readonly Quantity[]): Understanding['vague'] {
  const out: Understanding['vague'] = [];
  for (const q of figures) {
    if (!isOfPart(reading, q)) continue;
    const name = reading.names.findLast(
      (n) => n.end <= q.start && n.value.facts.some((f) => reading.vocabulary.get(f)?.type === 'money'),
    );
    const fact = name?.value.facts.find((f) => reading.vocabulary.get(f)?.type === 'money');
    if (!name || fact === undefined || out.some((v) => v.fact === fact)) continue;
    out.push({ fact, text: reading.text.slice(name.start, q.outerEnd), why: 'partOfTotal' });
  }
  return out;
}
