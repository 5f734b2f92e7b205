import { isPoint, point, quantityRange } from '../quantity/index.js';
import type { Quantity, Range } from '../quantity/types.js';
import type { FactSpec, FactValue } from '../rules/types.js';
import type { Candidate } from './assign.js';
import { daysOf } from './dates.js';
import type { Reading } from './reading.js';
import type { FactMention } from './types.js';

/** Whether an amount is the sum of three years (近三年研发合计6000万), said in its statement or the one before. */
export function isTotal(reading: Reading, q: Quantity): boolean {
  const { cues } = reading.language;
  const at = reading.segments.findIndex((s) => q.start >= s.start && q.start < s.end);
  const seg = reading.segments[at];
  if (q.unit !== 'CNY' || !seg) return false;
  const from = reading.segments[Math.max(0, at - 1)]!.start;
  return (
    cues.total3.test(reading.text.slice(seg.start, q.start)) &&
    cues.threeYears.test(reading.text.slice(from, q.start))
  );
}

/**
 * Whether an amount of three years is told without saying whether it is their sum or their mean (近三年研发4000万): it states
 * neither, because the one reading would pass where the other fails.
 */
function isUndivided(reading: Reading, q: Quantity): boolean {
  const seg = reading.segments.find((s) => q.start >= s.start && q.start < s.end);
  if (q.unit !== 'CNY' || !seg || isTotal(reading, q)) return false;
  const before = reading.text.slice(seg.start, q.start);
  // 研发1000、1500、2200万: the last of a list whose unit stands at its end.
  if (/\d(\.\d+)?\s*[、 ,，/]\s*$/.test(before)) return true;
  return reading.language.cues.threeYears.test(before) && !/(均|平均|每年|一年|分别|各|都)/.test(before);
}

/** The value a figure states of a fact; null when it states none. */
export function stateOf(reading: Reading, spec: FactSpec, q: Quantity): FactValue | null {
  if (spec.type === 'date') return daysOf(reading, q, spec.orWord !== null);
  if (q.exact === null && q.upper === null) return null;
  if (spec.type === 'money' && isUndivided(reading, q)) return null;
  // 应该是2.5亿 after a slip corrects and does not guess.
  const left = reading.text.slice(q.outerStart, q.start);
  const corrects =
    q.bound === 'about' &&
    q.upper === null &&
    left !== '' &&
    reading.language.correction.some((w) => left.includes(w) || w.includes(left));
  let range: Range | null =
    q.unit === 'fraction' ? point(q.exact!.mul(100)) : corrects ? point(q.exact!) : quantityRange(q);
  if (range === null) return null;
  // 差不多5% settles nothing where 5% is asked for: the exact figure is still to be told.
  // Asked for just now, it is kept as far as it goes.
  const vague = q.bound === 'about' && q.upper === null && !corrects;
  if (vague && spec.id !== reading.conversation.pending && reading.unsettled(spec.id, range)) return null;
  if (spec.type === 'count' && [range.lo, range.hi].some((f) => f !== null && f.d !== 1n)) {
    range = {
      lo: range.lo?.floor() ?? null,
      loIncluded: range.lo?.d === 1n ? range.loIncluded : false,
      hi: range.hi?.ceil() ?? null,
      hiIncluded: range.hi?.d === 1n ? range.hiIncluded : false,
    };
  }
  // 一个都没有: fewer than one is none.
  if (spec.type === 'count' && range.lo === null && range.hi?.compare(1) === 0 && !range.hiIncluded)
    range = point(range.hi.sub(1));
  // 近三年一共投了6000万: the sum of three years states their mean.
  if (spec.derive && 'mean' in spec.derive && isTotal(reading, q)) {
    range = { ...range, lo: range.lo?.div(3) ?? null, hi: range.hi?.div(3) ?? null };
  }
  return { type: 'number', range };
}

/** Sums of three years: the mean of spending, and its share of sales where both sums are told. */
export function readTotals(
  reading: Reading,
  figures: readonly Quantity[],
  given: ReadonlyMap<Quantity, Candidate>,
): { mentions: FactMention[]; taken: Set<Quantity> } {
  const out = { mentions: [] as FactMention[], taken: new Set<Quantity>() };
  const specs = reading.vocabulary.specs;
  const ratio = specs.find((s) => s.derive && 'ratio' in s.derive);
  const totals = figures.filter((q) => isTotal(reading, q));
  const spec = (q: Quantity) => reading.vocabulary.get(given.get(q)?.fact ?? '');
  const spending = totals.find((q) => spec(q)?.derive);
  const sales = totals.find((q) => spec(q) !== undefined && !spec(q)!.derive);
  if (sales) out.taken.add(sales);
  const [a, b] = [spending && quantityRange(spending), sales && quantityRange(sales)];
  if (!ratio || !a || !b || !isPoint(a) || !isPoint(b) || b.lo!.n === 0n) return out;
  const range = point(a.lo!.div(b.lo!).mul(100));
  const at = { start: Math.min(spending!.start, sales!.start), end: Math.max(spending!.end, sales!.end) };
  out.mentions.push({ fact: ratio.id, value: { type: 'number', range }, ...at });
  return out;
}
