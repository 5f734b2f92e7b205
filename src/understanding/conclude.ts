import { isPoint } from '../quantity/index.js';
import type { FactValue } from '../rules/types.js';
import type { FactMention } from './types.js';

/** A later statement of the same fact replaces the earlier one (2亿，不对，1.9亿); years of one series are gathered. */
export function settle(mentions: readonly FactMention[]): FactMention[] {
  const byFact = new Map<string, FactMention>();
  for (const m of [...mentions].sort((a, b) => a.start - b.start)) {
    const before = byFact.get(m.fact);
    if (before?.value.type === 'by-year' && m.value.type === 'by-year') {
      const years = new Map([...before.value.years, ...m.value.years].sort((a, b) => a[0] - b[0]));
      byFact.set(m.fact, { ...before, value: { type: 'by-year', years }, end: m.end });
    } else if (before === undefined || !restates(before.value, m.value))
      byFact.set(m.fact, before ? { ...m, value: between(before.value, m.value) } : m);
  }
  return [...byFact.values()];
}

/** 就4家，不够5家: a bound that holds of the exact figure told before takes nothing of it back. */
function restates(before: FactValue, later: FactValue): boolean {
  if (before.type !== 'number' || later.type !== 'number') return false;
  const [a, b] = [before.range, later.range];
  if (!isPoint(a) || isPoint(b)) return false;
  const x = a.lo!;
  const low = b.lo === null || (b.loIncluded ? x.compare(b.lo) >= 0 : x.compare(b.lo) > 0);
  const high = b.hi === null || (b.hiIncluded ? x.compare(b.hi) <= 0 : x.compare(b.hi) < 0);
  return low && high;
}

/** 超过2亿、不到3亿: a lower end and an upper end told one after the other. */
function between(before: FactValue, later: FactValue): FactValue {
  if (before.type !== 'number' || later.type !== 'number') return later;
  const [a, b] = [before.range, later.range];
  if (a.lo === null || a.hi !== null || b.hi === null || b.lo !== null || a.lo.compare(b.hi) >= 0)
    return later;
  return {
    type: 'number',
    range: { lo: a.lo, loIncluded: a.loIncluded, hi: b.hi, hiIncluded: b.hiIncluded },
  };
}
