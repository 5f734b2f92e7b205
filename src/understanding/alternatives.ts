import type { Quantity, Range } from '../quantity/types.js';
import type { Reading } from './reading.js';
import type { FactMention } from './types.js';

/** 大概2亿还是3亿: what is put beside a rough figure is as rough. */
export function besideVague(reading: Reading, q: Quantity): boolean {
  const p = reading.quantities.findLast((x) => x.unit === q.unit && x.end <= q.outerStart);
  return (
    p?.bound === 'about' &&
    p.upper === null &&
    reading.language.cues.either2.test(reading.text.slice(p.end, q.outerStart))
  );
}

/** 2亿或者3亿: one of the two, so anything between is all that is known. */
export function joinAlternatives(reading: Reading, mentions: FactMention[]): void {
  for (let i = mentions.length - 1; i > 0; i--) {
    const a = mentions[i - 1]!;
    const b = mentions[i]!;
    if (a.fact !== b.fact || a.value.type !== 'number' || b.value.type !== 'number') continue;
    const figures = reading.quantities.filter((q) => q.start >= a.start && q.end <= b.end);
    const [p, q] = [figures.at(-2), figures.at(-1)];
    if (!p || !q || !reading.language.cues.either2.test(reading.text.slice(p.end, q.start))) continue;
    const [x, y] = [a.value.range, b.value.range];
    if (x.lo === null || y.lo === null || x.hi === null || y.hi === null) continue;
    const up = x.lo.compare(y.lo) <= 0;
    const range: Range = { lo: up ? x.lo : y.lo, loIncluded: true, hi: up ? y.hi : x.hi, hiIncluded: true };
    mentions.splice(i - 1, 2, { ...b, value: { type: 'number', range }, start: a.start });
  }
}
