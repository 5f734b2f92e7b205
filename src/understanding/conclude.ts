import type { FactMention } from './types.js';

/** A later statement of the same fact replaces the earlier one (2亿，不对，1.9亿); years of one series are gathered. */
export function settle(mentions: readonly FactMention[]): FactMention[] {
  const byFact = new Map<string, FactMention>();
  for (const m of [...mentions].sort((a, b) => a.start - b.start)) {
    const before = byFact.get(m.fact);
    if (before?.value.type === 'by-year' && m.value.type === 'by-year') {
      const years = new Map([...before.value.years, ...m.value.years].sort((a, b) => a[0] - b[0]));
      byFact.set(m.fact, { ...before, value: { type: 'by-year', years }, end: m.end });
    } else byFact.set(m.fact, m);
  }
  return [...byFact.values()];
}
