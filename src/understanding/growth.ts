import { isPoint } from '../quantity/index.js';
import type { Quantity, Range } from '../quantity/types.js';
import type { FactValue } from '../rules/types.js';
import { segmentAt } from './context.js';
import { type Label, yearLabels } from './labels.js';
import type { Reading } from './reading.js';
import type { FactMention } from './types.js';

/** A share by which an amount changed: 1 up, -1 down. */
export interface Growth {
  q: Quantity;
  sign: 1 | -1;
}

/** The shares of a question that tell how far an amount changed (再涨20%, 同比降了一成): none of them is a fact of its own. */
export function growthsOf(reading: Reading, figures: readonly Quantity[]): Growth[] {
  const { cues } = reading.language;
  return figures.flatMap((q): Growth[] => {
    if (q.unit !== 'percent' && q.unit !== 'fraction') return [];
    const before = reading.text.slice(segmentAt(reading, q.start)?.start ?? 0, q.outerStart);
    if (cues.growthUp.test(before)) return [{ q, sign: 1 }];
    return cues.growthDown.test(before) ? [{ q, sign: -1 }] : [];
  });
}

/** What a range becomes when each of its ends grows by a share. */
function grown(range: Range, { q, sign }: Growth): Range | null {
  if (q.exact === null || q.bound !== null) return null;
  const share = q.unit === 'fraction' ? q.exact : q.exact.div(100);
  const by = share.mul(sign).add(1);
  if (by.compare(0) < 0) return null;
  return { ...range, lo: range.lo?.mul(by) ?? null, hi: range.hi?.mul(by) ?? null };
}

/**
 * “2024年2亿，2025年同比增长10%”, “之后每年涨两成”: the amounts of the years that are told as a change of the year before.
 * @param seriesOfName the by-year fact that a name speaks of
 * @param told amounts by year so far, by fact; the years that follow are added
 */
export function growYears(
  reading: Reading,
  growths: readonly Growth[],
  seriesOfName: (fact: string) => string | undefined,
  told: ReadonlyMap<string, { years: Map<number, Range>; end: number }>,
  thisYear: number,
): void {
  const labels = yearLabels(reading, thisYear);
  for (const growth of growths) {
    const seg = segmentAt(reading, growth.q.start);
    if (!seg) continue;
    const named = reading.names
      .filter((n) => n.start >= seg.start && n.end <= growth.q.start)
      .flatMap((n) => n.value.facts.map((f) => seriesOfName(f)))
      .find((f) => f !== undefined);
    const earlier = [...told].filter(([, t]) => t.end <= growth.q.start);
    const fact = named ?? earlier.sort((a, b) => a[1].end - b[1].end).at(-1)?.[0];
    const years = fact === undefined ? undefined : told.get(fact)?.years;
    if (!years || years.size === 0) continue;
    const here = labels.filter((l) => l.start >= seg.start && l.end <= growth.q.start);
    const [base, ...targets] = spanOf(reading, here, seg.text, Math.max(...years.keys()), thisYear);
    let range = base === undefined ? undefined : years.get(base);
    for (const year of targets) {
      const next = range && grown(range, growth);
      if (!next) break;
      if (!years.has(year)) years.set(year, next);
      range = years.get(year);
    }
  }
}

/** The year that a change starts from, then those it leads to; closed years only. */
function spanOf(
  reading: Reading,
  here: readonly Label[],
  text: string,
  latest: number,
  thisYear: number,
): number[] {
  const { cues } = reading.language;
  if (cues.yearByYear.test(text))
    return Array.from({ length: Math.max(0, thisYear - latest) }, (_, i) => latest + i);
  const compared = here.find((l) => /(比|较|相比|对比)$/.test(reading.text.slice(0, l.start)));
  const target = here.find((l) => l !== compared)?.year ?? (compared ? compared.year + 1 : undefined);
  if (target === undefined || target >= thisYear) return [];
  return [compared?.year ?? target - 1, target];
}

/**
 * “要是再涨10%呢”, “研发占比再高一个点呢”: a remembered amount changed by its share, a remembered share by points. Nothing where
 * what it changes is not known, or where the words speak of a year to come.
 */
export function growRemembered(reading: Reading, growths: readonly Growth[]): FactMention[] {
  const { conversation, language, vocabulary, text } = reading;
  const thisYear = Number(reading.asOf.slice(0, 4));
  const known = [...conversation.facts.keys()].filter((f) =>
    ['money', 'percent'].includes(vocabulary.get(f)?.type ?? ''),
  );
  return growths.flatMap((growth): FactMention[] => {
    const seg = segmentAt(reading, growth.q.start);
    if (!seg || growth.q.exact === null) return [];
    const supposed =
      language.hypothetical.some((w) => text.includes(w)) || language.cues.moreOnly.test(seg.text);
    const dated = yearLabels(reading, thisYear).some((l) => l.start >= seg.start && l.end <= seg.end);
    if (!supposed || dated) return [];
    const named = reading.names
      .filter((n) => n.start >= seg.start && n.end <= growth.q.start)
      .flatMap((n) => n.value.facts)
      .filter((f) => ['money', 'percent'].includes(vocabulary.get(f)?.type ?? ''));
    const recent = conversation.lastTopics.filter((f) => known.includes(f));
    const fact =
      named.length > 0
        ? named.find((f) => known.includes(f))
        : (recent[0] ?? (known.length === 1 ? known[0] : undefined));
    const value = fact === undefined ? undefined : conversation.facts.get(fact);
    if (fact === undefined || value?.type !== 'number' || !isPoint(value.range)) return [];
    const points = growth.q.exact.mul(growth.sign);
    const range =
      vocabulary.get(fact)?.type === 'percent'
        ? { ...value.range, lo: value.range.lo!.add(points), hi: value.range.hi!.add(points) }
        : grown(value.range, growth);
    if (range === null || range.lo!.compare(0) < 0) return [];
    const next: FactValue = { type: 'number', range };
    return [{ fact, value: next, start: growth.q.start, end: growth.q.end, hypothetical: true }];
  });
}
