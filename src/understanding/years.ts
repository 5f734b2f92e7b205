import { isPoint, quantityRange, shortYear } from '../quantity/index.js';
import type { Quantity, Range } from '../quantity/types.js';
import type { Candidate } from './assign.js';
import { segmentAt } from './context.js';
import type { Reading } from './reader.js';
import { ofTheRules } from './role.js';
import type { FactMention } from './types.js';

/** A year and the stretch of text that it labels. */
interface Label {
  year: number;
  start: number;
  end: number;
  /** Said as 去年 or 前年, not as a number. */
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
): YearsRead {
  const out: YearsRead = { mentions: [], taken: new Set(), used: new Set() };
  const thisYear = Number(reading.asOf.slice(0, 4));
  const money = figures.filter((q) => q.unit === 'CNY' && !ofTheRules(reading, q));
  const series = seriesOf(reading);
  const labels = yearLabels(reading, thisYear);
  const runs = enumerations(reading, money, labels, thisYear);
  const tied: { q: Quantity; label: Label }[] = runs.length > 0 ? runs : tie(reading, money, labels, given);
  const onlyLast = tied.every((t) => t.label.relative && t.label.year === thisYear - 1);
  if (tied.length === 0 || (onlyLast && runs.length === 0)) return out;
  const found = new Map<string, { years: Map<number, Range>; start: number; end: number }>();
  let before: string | null = null;
  for (const { q, label } of tied) {
    const candidate = given.get(q);
    if (candidate && candidate.fact === null) continue;
    const own: string | null = candidate?.fact ? (series.get(candidate.fact) ?? null) : null;
    const fact: string | null =
      own ?? (candidate ? null : (before ?? spoken(reading, q, label, series, tied)));
    const range = quantityRange(q);
    if (fact === null || range === null) continue;
    before = fact;
    out.taken.add(q);
    if (candidate) out.used.add(candidate.name.start);
    if (label.year >= thisYear) continue;
    const entry = found.get(fact) ?? { years: new Map<number, Range>(), start: label.start, end: q.end };
    entry.years.set(label.year, range);
    entry.end = q.end;
    found.set(fact, entry);
  }
  for (const [fact, f] of found) {
    const years = new Map([...f.years].sort((a, b) => a[0] - b[0]));
    out.mentions.push({ fact, value: { type: 'by-year', years }, start: f.start, end: f.end });
    const latest = years.get(thisYear - 1);
    const revenue = salesFact(reading);
    if (latest && revenue && fact === revenue.series) {
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

/** 23年, 2023年, 2023：, 去年 where no month follows. */
function yearLabels(reading: Reading, thisYear: number): Label[] {
  const out: Label[] = [];
  const words = Object.keys(reading.language.years).sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    `(?<![\\d.])(20\\d\\d|\\d\\d)(?:财年|年度?(?!\\d{0,2}月|以|内|前|来|后))|(?<![\\d.])(20\\d\\d)(?=[:： ]|营收|研发|销售|收入|\\d{3,}万)|(${words.join('|')})`,
    'g',
  );
  for (const m of reading.text.matchAll(pattern)) {
    const digits = m[1] ?? m[2];
    const q = reading.quantities.find((x) => x.unit === 'duration' && x.start === m.index);
    if (digits?.length === 2 && q && shortYear(q) === null && q.bound !== null) continue;
    const year =
      digits === undefined
        ? thisYear + reading.language.years[m[3]!]!
        : digits.length === 2
          ? 2000 + Number(digits)
          : Number(digits);
    if (year < thisYear - 15 || year > thisYear) continue;
    const end = m.index + m[0].length;
    if (
      /^(\d{1,2}月|[一二三四五六七八九十]+月|成立|创办|注册|\d{1,2}[.-]\d{1,2}(?![\d万亿wWkK千]))/.test(
        reading.text.slice(end),
      )
    )
      continue;
    out.push({ year, start: m.index, end, relative: digits === undefined });
  }
  return out;
}

/** Each amount to the year said before it, in the same statement or, where every year is told so, the next ones. */
function tie(
  reading: Reading,
  money: readonly Quantity[],
  labels: readonly Label[],
  given: ReadonlyMap<Quantity, Candidate>,
): { q: Quantity; label: Label }[] {
  const out: { q: Quantity; label: Label }[] = [];
  const numbered = labels.filter((l) => !l.relative);
  const pattern = new Set<string>();
  labels.forEach((label, i) => {
    const next = labels[i + 1]?.start ?? reading.text.length;
    let first = true;
    for (const q of money.filter((x) => x.start >= label.end && x.start < next)) {
      const between = reading.text.slice(label.end, q.start);
      if (/[。；;！？?\n]/.test(between)) break;
      const fact = given.get(q)?.fact ?? '';
      const same = segmentAt(reading, q.start) === segmentAt(reading, label.start);
      const commas = (between.match(/[，,](?!\d{3})/g) ?? []).length;
      // Beyond a comma a second amount belongs to the year only where the first year was told the same way.
      const carried = first
        ? commas <= 1 && between.length <= 16
        : i === 0
          ? labels.length > 1 && numbered.length > 1
          : pattern.has(fact);
      if (!same && !carried) continue;
      if (same && !first && label.relative && labels.length < 2) continue;
      if (i === 0) pattern.add(fact);
      out.push({ q, label });
      first = false;
    }
  });
  // Amount before its year: 1800万（23年）.
  for (const label of numbered) {
    if (out.some((t) => t.label === label)) continue;
    const q = money.find(
      (x) => x.end <= label.start && /^[（( ]$/.test(reading.text.slice(x.end, label.start)),
    );
    if (q) out.push({ q, label });
  }
  return out.sort((a, b) => a.q.start - b.q.start);
}

/** “近三年…分别是a、b、c”, “23到25年研发a、b、c”: as many amounts in a row as years, the earliest first. */
function enumerations(
  reading: Reading,
  money: readonly Quantity[],
  labels: readonly Label[],
  thisYear: number,
): { q: Quantity; label: Label }[] {
  const out: { q: Quantity; label: Label }[] = [];
  const runs: Quantity[][] = [];
  for (const q of money) {
    const last = runs.at(-1)?.at(-1);
    if (
      last &&
      isPoint(quantityRange(q)!) &&
      /^[、,， 和及跟/]{1,3}$/.test(reading.text.slice(last.end, q.start))
    )
      runs.at(-1)!.push(q);
    else runs.push([q]);
  }
  for (const run of runs.filter((r) => r.length >= 2 && r.length <= 3)) {
    const start = run[0]!.start;
    const seg = reading.segments.filter((s) => s.start <= start).slice(-2)[0]!.start;
    const before = reading.text.slice(Math.max(seg, start - 40), start);
    const span =
      /(近|最近|过去|前|这)?([两二三23])(个会计)?年|三个会计年度|(20)?(\d\d)年?\s*[-~到至—]\s*(20)?(\d\d)年?|(20)?\d\d年?[、, ]+(20)?\d\d年?[、, 和]+(20)?(\d\d)年/.exec(
        before,
      );
    const asked =
      reading.conversation.pending !== null &&
      reading.vocabulary.get(reading.conversation.pending)?.type === 'money-by-year';
    if (!span && !asked && !reading.language.eachYear.some((w) => before.includes(w))) continue;
    if (labels.some((l) => l.start > start && l.start < run.at(-1)!.end)) continue;
    const to = span?.[7] ?? span?.[11];
    const last = to ? 2000 + Number(to) : thisYear - 1;
    run.forEach((q, i) => {
      out.push({
        q,
        label: {
          year: last - run.length + 1 + i,
          start: Math.max(seg, start - 40) + (span?.index ?? 0),
          end: start,
          relative: false,
        },
      });
    });
  }
  return out;
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
  const said = [...reading.conversation.facts.keys()].filter(
    (f) => reading.vocabulary.get(f)?.type === 'money-by-year',
  );
  if (/(投|砸|花)/.test(reading.text.slice(Math.max(0, label.start - 8), q.end + 4)))
    return reading.vocabulary.specs.find((s) => s.type === 'money-by-year')?.id ?? null;
  if (said.length === 1) return said[0]!;
  const after = reading.names.find((n) => n.start >= tied.at(-1)!.q.end && n.start - tied.at(-1)!.q.end <= 3);
  for (const id of after?.value.facts ?? []) if (series.get(id)) return series.get(id)!;
  return null;
}
