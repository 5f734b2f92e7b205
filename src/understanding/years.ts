import { quantityRange } from '../quantity/index.js';
import type { Quantity, Range } from '../quantity/types.js';
import type { Candidate } from './assign.js';
import { segmentAt } from './context.js';
import { type Growth, growYears } from './growth.js';
import { enumerations, type Label, tie, yearLabels } from './labels.js';
import type { Reading } from './reading.js';
import { ofTheRules } from './role.js';
import { yearBefore } from './scope.js';
import type { FactMention } from './types.js';

/** A series as told so far. */
interface Told {
  years: Map<number, Range>;
  start: number;
  end: number;
  /** Some amount is named as sales. */
  sales: boolean;
  /** Some amount is named as revenue by a name of its own. */
  revenue: boolean;
  /** Told by a word (去年) alone. */
  relative: boolean;
}

interface YearsRead {
  mentions: FactMention[];
  taken: Set<Quantity>;
  used: Set<number>;
}

/**
 * Amounts by fiscal year: “23年投了1800万，24年2200万”, “近三年研发分别是1800万、2200万、2600万”, “去年2亿，前年1.7亿”.
 * 去年 with one amount alone is left to the ordinary reader; amounts of the running year are no fact of a closed year.
 */
export function readYears(
  reading: Reading,
  figures: readonly Quantity[],
  given: ReadonlyMap<Quantity, Candidate>,
  growths: readonly Growth[],
): YearsRead {
  const out: YearsRead = { mentions: [], taken: new Set(), used: new Set() };
  const thisYear = Number(reading.asOf.slice(0, 4));
  const money = figures.filter((q) => q.unit === 'CNY' && !ofTheRules(reading, q));
  const series = seriesOf(reading);
  const labels = yearLabels(reading, thisYear);
  const runs = enumerations(reading, money, labels, thisYear);
  const rest = money.filter((q) => !runs.some((r) => r.q === q));
  const labelled = [...runs, ...tie(reading, rest, labels, given)];
  const tied = [...labelled, ...inTheYearOf(reading, rest, labelled, given)].sort(
    (a, b) => a.q.start - b.q.start,
  );
  const every = rest.filter((q) => sameEveryYear(reading, q) && series.has(given.get(q)?.fact ?? ''));
  const constants = new Set(every.map((q) => series.get(given.get(q)!.fact!))).size;
  const onlyLast = tied.every((t) => t.label.relative && t.label.year === thisYear - 1);
  if (constants < 2 && (tied.length === 0 || (onlyLast && runs.length === 0))) return out;
  const found = new Map<string, Told>();
  let before: string | null = null;
  let end = 0;
  // 23年销售2亿研发600万，24年2.4亿研发840万: each year tells what the first one told, in its order.
  const order: string[] = [];
  for (const { q, label } of tied) {
    const group = tied.filter((t) => t.label === label);
    const place = group.length > 1 && group.length === tied.filter((t) => t.label === tied[0]!.label).length;
    const alike = place ? order[group.findIndex((t) => t.q === q)] : undefined;
    const candidate = given.get(q);
    if (candidate && candidate.fact === null) continue;
    const own: string | null = candidate?.fact ? (series.get(candidate.fact) ?? null) : null;
    // 研发23年…，同期销售…: a name since the last amount begins another series.
    const since = reading.names
      .filter((n) => n.start >= end && n.end <= q.start)
      .flatMap((n) => n.value.facts);
    const named = since.map((id) => series.get(id)).find((to) => to !== undefined) ?? null;
    const fact: string | null =
      own ?? (candidate ? null : (named ?? alike ?? before ?? spoken(reading, q, label, series, tied)));
    const range = quantityRange(q);
    if (fact === null || range === null) continue;
    before = fact;
    end = q.end;
    if (label === tied[0]!.label) order.push(fact);
    out.taken.add(q);
    if (candidate) out.used.add(candidate.name.start);
    if (label.year >= thisYear) continue;
    const entry = found.get(fact) ?? {
      years: new Map<number, Range>(),
      start: label.start,
      end: q.end,
      sales: false,
      revenue: false,
      relative: true,
    };
    entry.years.set(label.year, range);
    entry.end = q.end;
    const word =
      candidate?.name.word ??
      reading.names
        .filter((n) => n.end <= q.start && n.value.facts.some((id) => series.get(id) === fact))
        .at(-1)?.word ??
      nameBehind(reading, tied, series, fact) ??
      '';
    const asSales = reading.language.cues.salesWord.test(word);
    entry.sales ||= asSales;
    entry.relative &&= label.relative;
    entry.revenue ||= word !== '' && !asSales;
    found.set(fact, entry);
  }
  readConstant(reading, rest, given, series, found, out);
  growYears(reading, growths, (fact) => series.get(fact), found, thisYear);
  for (const [fact, f] of found) {
    const years = new Map([...f.years].sort((a, b) => a[0] - b[0]));
    const latest = years.get(thisYear - 1);
    const revenue = salesFact(reading);
    // 上年营收2.6亿 beside a series of spending: revenue of one year, no series of sales.
    const series3 = [...found.values()].some((o) => o !== f && o.years.size > 1);
    const single =
      (f.relative || (latest && series3)) && years.size === 1 && fact === revenue?.series && f.revenue;
    if (!single) out.mentions.push({ fact, value: { type: 'by-year', years }, start: f.start, end: f.end });
    // 销售 by year is the denominator of the ratio; only revenue by its own name is revenue too.
    if (latest && revenue && fact === revenue.series && (!f.sales || f.revenue)) {
      out.mentions.push({
        fact: revenue.single,
        value: { type: 'number', range: latest },
        start: f.start,
        end: f.end,
      });
    }
  }
  return out;
}

/** 2023年2.1亿、2024年2.4亿，这是我们历年主营: the name that follows the amounts. */
function nameBehind(
  reading: Reading,
  tied: readonly { q: Quantity }[],
  series: ReadonlyMap<string, string>,
  fact: string,
): string | undefined {
  const end = tied.at(-1)!.q.end;
  return reading.names.find(
    (n) => n.start >= end && n.start - end <= 12 && n.value.facts.some((id) => series.get(id) === fact),
  )?.word;
}

/** 每年都是2亿, 三年都是1000万一年. */
const sameEveryYear = (reading: Reading, q: Quantity): boolean => {
  const { cues } = reading.language;
  const before = reading.text.slice(segmentAt(reading, q.start)?.start ?? 0, q.outerStart);
  return (
    cues.everyYear.test(before) ||
    (/都是?$/.test(before) && cues.everyYearAfter.test(reading.text.slice(q.end)))
  );
};

/** “销售都是每年2亿”: the same amount in every year that another series tells. */
function readConstant(
  reading: Reading,
  money: readonly Quantity[],
  given: ReadonlyMap<Quantity, Candidate>,
  series: ReadonlyMap<string, string>,
  found: Map<string, Told>,
  out: YearsRead,
): void {
  const told = [...(found.values().next().value?.years.keys() ?? [])];
  const thisYear = Number(reading.asOf.slice(0, 4));
  // 2025年主营3亿，研发每年2500万: of one year told nothing is carried over; it is what is spent in the mean.
  if (told.length === 1) return;
  // Each series the same every year: of the three closed years.
  const years = told.length > 0 ? told : [thisYear - 3, thisYear - 2, thisYear - 1];
  for (const q of money) {
    const fact = series.get(given.get(q)?.fact ?? '');
    const range = quantityRange(q);
    if (!fact || found.has(fact) || range === null || out.taken.has(q)) continue;
    if (!sameEveryYear(reading, q)) continue;
    found.set(fact, {
      years: new Map(years.map((y) => [y, range])),
      start: q.start,
      end: q.end,
      sales: reading.language.cues.salesWord.test(given.get(q)?.name.word ?? ''),
      revenue: false,
      relative: false,
    });
    out.taken.add(q);
  }
}

/**
 * “2025年营收3亿，研发1500万”: an amount of spending told right after the sales of a year is that year's, and no mean of three,
 * unless its own words say so.
 */
function inTheYearOf(
  reading: Reading,
  rest: readonly Quantity[],
  labelled: readonly { q: Quantity; label: Label }[],
  given: ReadonlyMap<Quantity, Candidate>,
): { q: Quantity; label: Label }[] {
  return rest.flatMap((q) => {
    const name = given.get(q)?.name;
    const spec = reading.vocabulary.get(given.get(q)?.fact ?? '');
    if (!name || !spec?.derive || !('mean' in spec.derive) || labelled.some((t) => t.q === q)) return [];
    const prior = yearBefore(reading, q, name);
    const told = prior && labelled.find((t) => t.q === prior && !t.label.relative);
    return told ? [{ q, label: told.label }] : [];
  });
}

/** Which by-year fact a single fact belongs to: by its derivation, and sales for revenue. */
function seriesOf(reading: Reading): Map<string, string> {
  const out = new Map<string, string>();
  for (const s of reading.vocabulary.specs) {
    if (s.type === 'money-by-year') out.set(s.id, s.id);
    if (s.derive && 'mean' in s.derive) out.set(s.id, s.derive.mean);
    if (s.derive && 'latest' in s.derive) out.set(s.id, s.derive.latest);
  }
  const sales = salesFact(reading);
  if (sales) out.set(sales.single, sales.series);
  return out;
}

function salesFact(reading: Reading): { series: string; single: string } | null {
  const ratio = reading.vocabulary.specs.find((s) => s.derive && 'of' in s.derive);
  const series = ratio?.derive && 'of' in ratio.derive ? ratio.derive.of : null;
  return series && reading.vocabulary.get('lead.revenue_last_year')
    ? { series, single: 'lead.revenue_last_year' }
    : null;
}

/** The series that an unnamed amount speaks of: the name before the run, what was asked, or a verb of spending. */
function spoken(
  reading: Reading,
  q: Quantity,
  label: Label,
  series: ReadonlyMap<string, string>,
  tied: readonly { q: Quantity }[],
): string | null {
  const names = reading.names.filter((n) => n.end <= q.start).reverse();
  for (const n of names) {
    for (const id of n.value.facts) {
      const to = series.get(id);
      if (to) return to;
    }
  }
  const pending = reading.conversation.pending;
  if (pending && series.get(pending)) return series.get(pending)!;
  for (const id of reading.conversation.lastTopics) if (series.get(id)) return series.get(id)!;
  const said = [...reading.conversation.facts.keys()].filter(
    (f) => reading.vocabulary.get(f)?.type === 'money-by-year',
  );
  if (/(投|砸|花)/.test(reading.text.slice(Math.max(0, label.start - 8), q.end + 4)))
    return reading.vocabulary.specs.find((s) => s.type === 'money-by-year')?.id ?? null;
  if (said.length === 1) return said[0]!;
  const after = reading.names.find(
    (n) => n.start >= tied.at(-1)!.q.end && n.start - tied.at(-1)!.q.end <= 12,
  );
  for (const id of after?.value.facts ?? []) if (series.get(id)) return series.get(id)!;
  return null;
}
