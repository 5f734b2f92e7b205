import type { Quantity } from '../quantity/types.js';
import { segmentAt } from './context.js';
import type { Reading } from './reading.js';
import type { Understanding } from './types.js';

const REVENUE = 'lead.revenue_last_year';

/** Whether an amount is of less than a year (一个月流水两千万, 上半年1.2亿, 每月200万, 今年到现在2.2亿): none of a year's figures. */
export function isOfPartOfYear(reading: Reading, q: Quantity): boolean {
  if (q.unit !== 'CNY') return false;
  const { cues } = reading.language;
  if (cues.perPartOfYear.test(reading.text.slice(q.end))) return true;
  const seg = segmentAt(reading, q.start);
  const prior = reading.quantities.findLast((p) => p.unit === 'CNY' && p.end <= q.start);
  const from = Math.max(seg?.start ?? 0, prior?.end ?? 0);
  return cues.partOfYear.test(reading.text.slice(from, q.outerStart));
}

/** 流水: what goes through the accounts, of which what was earned is a part that is not told. */
export const isTurnover = (reading: Reading, word: string): boolean =>
  reading.language.cues.turnover.test(word);

/** What such an amount speaks of, to ask for the figure of the year: by its name, or by a verb of earning. */
export function partsOfYear(reading: Reading, figures: readonly Quantity[]): Understanding['vague'] {
  return figures.flatMap((q): Understanding['vague'] => {
    if (!isOfPartOfYear(reading, q)) return [];
    const seg = segmentAt(reading, q.start)!;
    const named = reading.names
      .filter((n) => n.start >= seg.start && n.end <= seg.end)
      .flatMap((n) => n.value.facts)
      .find((f) => reading.vocabulary.get(f)?.type === 'money');
    const earned = reading.language.cues.earns.test(seg.text) ? REVENUE : undefined;
    const fact = named ?? earned;
    if (fact === undefined || !reading.vocabulary.get(fact)) return [];
    return [{ fact, text: reading.text.slice(seg.start, q.outerEnd), why: 'partOfYear' }];
  });
}
