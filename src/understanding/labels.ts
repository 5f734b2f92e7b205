import { isPoint, quantityRange, shortYear } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import type { Candidate } from './assign.js';
import { segmentAt } from './context.js';
import type { Reading } from './reading.js';

/** A year and the stretch of text that it labels. */
export interface Label {
  year: number;
  start: number;
  end: number;
  /** Said as 去年 or 前年, not as a number. */
  relative: boolean;
}

const SPAN_BEFORE = /(?<![\d.])(20)?\d\d年?度? ?[-~到至—] ?$/;
const SPAN_AFTER = /^ ?[-~到至—] ?(20)?\d\d年/;

/** 23年, 2023年, 2023：, 去年 where no month follows. */
export function yearLabels(reading: Reading, thisYear: number): Label[] {
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
    // 2022-2025年累计: an end of a stretch of years.
    if (SPAN_BEFORE.test(reading.text.slice(0, m.index)) || SPAN_AFTER.test(reading.text.slice(end)))
      continue;
    if (
      /^(\d{1,2}月|[一二三四五六七八九十]+月|[^，,。；;\d]{0,8}(成立|创办|创立|注册)|\d{1,2}[.-]\d{1,2}(?![\d万亿wWkK千]))/.test(
        reading.text.slice(end),
      )
    )
      continue;
    out.push({ year, start: m.index, end, relative: digits === undefined });
  }
  return out;
}

/** Each amount to the year said before it, in the same statement or, where every year is told so, the next ones. */
export function tie(
  reading: Reading,
  money: readonly Quantity[],
  labels: readonly Label[],
  given: ReadonlyMap<Quantity, Candidate>,
): { q: Quantity; label: Label }[] {
  const out: { q: Quantity; label: Label }[] = [];
  const numbered = labels.filter((l) => !l.relative);
  const pattern = new Set<string>();
  labels.forEach((label, i) => {
    // 1.8亿元（2025年度）: the year in brackets is the amount's before it.
    if (/[（(]$/.test(reading.text.slice(0, label.start)) && /^[）)]/.test(reading.text.slice(label.end)))
      return;
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
      // 2025年主营2.4亿，近三年年均研发2200万: words of its own tell the time of a later amount.
      const last = money.filter((x) => x.start >= label.end && x.end <= q.start).at(-1);
      if (last && reading.language.cues.ownTime.test(reading.text.slice(last.end, q.start))) continue;
      // 今年预计2500万，营收2.8亿: the year's amount is another one.
      const passed = reading.quantities.some(
        (p) => p.unit === 'CNY' && p.start >= label.end && p.end <= q.start && !money.includes(p),
      );
      if (!same && (!carried || passed)) continue;
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
export function enumerations(
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
      /^[、,， 和及跟/]{0,3}$/.test(reading.text.slice(last.end, q.start))
    )
      runs.at(-1)!.push(q);
    else runs.push([q]);
  }
  for (const run of runs.filter((r) => r.length >= 2 && r.length <= 3)) {
    const start = run[0]!.start;
    const seg = reading.segments.filter((s) => s.start <= start).slice(-2)[0]!.start;
    const before = reading.text.slice(Math.max(seg, start - 40), start);
    const span =
      /(近|最近|过去|前|这)?(?<![\d十])([两二三23])(个会计)?年|三个会计年度|(20)?(\d\d)年?\s*[-~到至—]\s*(20)?(\d\d)年?|(20)?\d\d年?[、, ]+(20)?\d\d年?[、, 和]+(20)?(\d\d)年/.exec(
        before,
      );
    const asked =
      reading.conversation.pending !== null &&
      reading.vocabulary.get(reading.conversation.pending)?.type === 'money-by-year';
    const told = labels.filter((l) => l.start < start).slice(-run.length);
    // 三年研发a/b/c，同期销售d/e/f: as many amounts as the run before, of the same years.
    const prior = out.filter((t) => t.q.end <= start).slice(-run.length);
    const same = !span && prior.length === run.length && start - prior.at(-1)!.q.end <= 20;
    const spanned = told.length === run.length ? told.at(-1)!.year - told[0]!.year : 0;
    // 23年1200万、5.1亿；24年1400万、5.3亿: each year has amounts of its own.
    const apart =
      told.length > 0 && money.some((q) => q.start > told[0]!.start && q.end <= told.at(-1)!.start);
    const each = reading.language.eachYear.some((w) => before.includes(w));
    const alike = !span && Math.abs(spanned) === run.length - 1 && (each || !apart || run.length > 2);
    if (!span && !asked && !alike && !same && !reading.language.eachYear.some((w) => before.includes(w)))
      continue;
    if (labels.some((l) => l.start > start && l.start < run.at(-1)!.end)) continue;
    // 2024年1400万、5.3亿: two amounts of one year.
    const [prev, own] = labels.filter((l) => l.end <= start).slice(-2);
    const nearest = own ?? prev;
    const lone =
      nearest !== undefined &&
      !each &&
      start - nearest.end <= 8 &&
      !money.some((q) => q.start >= nearest.end && q.end <= start) &&
      (own === undefined || !/^[、,，和及跟与/~到至—-]*$/.test(reading.text.slice(prev!.end, own.start)));
    if (lone) continue;
    const to = span?.[7] ?? span?.[11];
    const following = /^[（(]?(20)?(\d\d)年?[-~到至](20)?(\d\d)年?[）)]?/.exec(
      reading.text.slice(run.at(-1)!.end),
    );
    const last = to
      ? 2000 + Number(to)
      : following
        ? 2000 + Number(following[4])
        : alike
          ? told.at(-1)!.year
          : same
            ? prior.at(-1)!.label.year
            : thisYear - 1;
    run.forEach((q, i) => {
      out.push({
        q,
        label: {
          // 25年3亿，24年2.6亿，23年2.2亿，研发分别…: in the order of the years told before.
          year: alike ? told[i]!.year : same ? prior[i]!.label.year : last - run.length + 1 + i,
          start: Math.max(seg, start - 40) + (span?.index ?? 0),
          end: start,
          relative: false,
        },
      });
    });
  }
  return out;
}
