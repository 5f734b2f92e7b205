import { quantityRange } from '../quantity/index.js';
import type { Quantity, Range } from '../quantity/types.js';
import type { Reading } from './reader.js';
import type { FactMention } from './types.js';

/** A year tied to the amount that follows it, at most this many characters apart. */
const REACH = 14;

/**
 * Amounts by fiscal year: “23年投了1800万，24年2200万”, “近三年研发分别是1800万、2200万、2600万”, “去年2亿，前年1.7亿”.
 * A single year tied to one amount is left to the ordinary reader unless the year is written as a number.
 */
export function readYears(
  reading: Reading,
  quantities: readonly Quantity[],
): { mentions: FactMention[]; taken: Set<Quantity>; used: Set<number> } {
  const taken = new Set<Quantity>();
  const used = new Set<number>();
  const found = new Map<string, { years: Map<number, Range>; start: number; end: number }>();
  const thisYear = Number(reading.asOf.slice(0, 4));
  const money = quantities.filter((q) => q.unit === 'CNY');
  const tied = tieYears(reading, money, thisYear);
  const relativeOnly = [...tied.values()].every((t) => t.relative);
  if (tied.size >= (relativeOnly ? 2 : 1)) {
    for (const [q, { year, at }] of tied) add(q, year, at);
  } else {
    const run = enumeration(reading, money);
    run.forEach((q, i) => add(q, thisYear - run.length + i, q.start));
  }
  for (const q of quantities) {
    // “23年” is a year here, not a term of 23 years.
    if (q.unit === 'duration' && money.some((m) => taken.has(m) && m.start >= q.end && m.start - q.end <= REACH)) taken.add(q);
    if (q.unit === 'date' && money.some((m) => taken.has(m) && m.start >= q.end && m.start - q.end <= REACH)) taken.add(q);
  }
  return {
    mentions: [...found].map(([fact, f]) => ({ fact, value: { type: 'by-year', years: f.years }, start: f.start, end: f.end })),
    taken,
    used,
  };

  function add(q: Quantity, year: number, at: number): void {
    const fact = seriesFact(reading, q, at, used);
    const range = quantityRange(q);
    if (fact === null || range === null) return;
    const entry = found.get(fact) ?? { years: new Map(), start: at, end: q.end };
    entry.years.set(year, range);
    entry.end = q.end;
    found.set(fact, entry);
    taken.add(q);
  }
}

function tieYears(reading: Reading, money: readonly Quantity[], thisYear: number) {
  const tied = new Map<Quantity, { year: number; at: number; relative: boolean }>();
  const names = Object.keys(reading.language.years).sort((a, b) => b.length - a.length);
  const pattern = new RegExp(`(?<!\\d)(20\\d\\d|\\d\\d)(?:年度?|年的)|(?<!\\d)(20\\d\\d)(?=[:： ])|(${names.join('|')})`, 'g');
  for (const m of reading.text.matchAll(pattern)) {
    const end = m.index + m[0].length;
    const q = money.find((x) => x.start >= end && x.start - end <= REACH && !tied.has(x));
    if (!q || /[。；;！？?]/.test(reading.text.slice(end, q.start))) continue;
    if ([...tied.values()].some((t) => t.at > m.index)) continue;
    const digits = m[1] ?? m[2];
    const year = digits === undefined ? thisYear + reading.language.years[m[3]!]! : digits.length === 2 ? 2000 + Number(digits) : Number(digits);
    if (year < thisYear - 15 || year > thisYear) continue;
    tied.set(q, { year, at: m.index, relative: digits === undefined });
  }
  return tied;
}

/** “近三年…分别是a、b、c”: at least two amounts in a row after a word that deals them out. */
function enumeration(reading: Reading, money: readonly Quantity[]): Quantity[] {
  for (const word of reading.language.eachYear) {
    const at = reading.text.indexOf(word);
    if (at < 0 || !/(年|年度)/.test(reading.text.slice(Math.max(0, at - 16), at))) continue;
    const run: Quantity[] = [];
    let end = at + word.length;
    for (const q of money) {
      if (q.start < end || q.start - end > 3) continue;
      run.push(q);
      end = q.end;
    }
    if (run.length >= 2 && run.length <= 3) return run;
  }
  return [];
}

/** Which by-year fact an amount belongs to: the by-year fact whose derived facts are named nearest before (or just after). */
function seriesFact(reading: Reading, q: Quantity, at: number, used: Set<number>): string | null {
  const series = reading.vocabulary.specs.filter((s) => s.type === 'money-by-year');
  const spend = new Map<string, string>();
  for (const s of reading.vocabulary.specs) {
    if (s.derive === null) continue;
    if ('mean' in s.derive) spend.set(s.id, s.derive.mean);
    if ('latest' in s.derive) spend.set(s.id, s.derive.latest);
  }
  for (const s of series) spend.set(s.id, s.id);
  const sales = series.find((s) => ![...spend].some(([id, to]) => to === s.id && id !== s.id));
  const near = (n: (typeof reading.names)[number]): string | null => {
    for (const id of n.value.facts) {
      const to = spend.get(id);
      if (to) return to;
      if (sales && id === 'lead.revenue_last_year') return sales.id;
    }
    return null;
  };
  const between = reading.names.filter((n) => n.start >= at && n.end <= q.start);
  const just = reading.names.filter((n) => n.start >= q.end && n.start - q.end <= 2);
  const earlier = reading.names.filter((n) => n.end <= at).reverse();
  for (const n of [...between, ...just, ...earlier]) {
    const fact = near(n);
    if (fact !== null) {
      used.add(n.start);
      return fact;
    }
  }
  const { pending } = reading.conversation;
  const asked = pending === null ? undefined : (spend.get(pending) ?? undefined);
  if (asked) return asked;
  return /(投|砸|花)/.test(reading.text.slice(at, q.start)) ? (series[0]?.id ?? null) : null;
}
