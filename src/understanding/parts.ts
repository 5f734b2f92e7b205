import { isPoint, point } from '../quantity/index.js';
import type { Quantity, Range } from '../quantity/types.js';
import type { Candidate } from './assign.js';
import { segmentAt } from './context.js';
import type { Reading } from './reading.js';
import type { FactMention } from './types.js';

/** Counts told inside another count. */
export interface Parts {
  mentions: FactMention[];
  /** Figures that are spoken for: the whole and its part. */
  taken: Set<Quantity>;
}

/**
 * “研发人员30人，其中专职的22人”, “25个搞研发的，5个是兼职”: of the people counted, those who are full-time. The narrower count
 * stands where it is told, the rest of the whole where only those who are not are told.
 */
export function readParts(
  reading: Reading,
  figures: readonly Quantity[],
  given: ReadonlyMap<Quantity, Candidate>,
): Parts {
  const out: Parts = { mentions: [], taken: new Set() };
  const { cues } = reading.language;
  for (const [i, whole] of figures.entries()) {
    const of = given.get(whole);
    const spec = of?.fact ? reading.vocabulary.get(of.fact) : undefined;
    if (whole.unit !== 'count' || !of || !spec?.measures.includes('人') || out.taken.has(whole)) continue;
    // 研发部四十几个，但专职的说不准: of the full-time ones nothing is told.
    const behind = reading.text.slice(whole.end, whole.end + 14);
    const open =
      reading.language.unknownAnswer.some((w) => behind.includes(w)) || roughShare(reading, whole, figures);
    if (open && cues.fullTime.test(behind) && !cues.fullTime.test(of.name.word)) {
      out.taken.add(whole);
      continue;
    }
    const inside = figures.slice(i + 1).filter((p) => p.unit === 'count' && isWithin(reading, whole, p));
    const full = inside.find(
      (p) =>
        cues.fullTime.test(beside(reading, p)) &&
        !cues.fullTime.test(of.name.word) &&
        [spec.id, undefined, null].includes(given.get(p)?.fact),
    );
    const not = inside.filter((p) => cues.partTime.test(beside(reading, p)));
    const say = (range: Range, last: Quantity) => {
      const at = { start: Math.min(of.name.start, whole.start), end: last.end };
      out.mentions.push({ fact: spec.id, value: { type: 'number', range }, ...at });
      for (const q of [whole, ...inside]) if (q === full || not.includes(q) || q === whole) out.taken.add(q);
    };
    const share = shareOf(reading, whole, figures);
    if (share && !full) {
      const n = whole.exact?.mul(share.q.exact!).div(share.q.unit === 'percent' ? 100 : 1);
      const left = share.not ? n && whole.exact!.sub(n) : n;
      if (left?.d === 1n) {
        say(point(left), share.q);
        out.taken.add(share.q);
      }
    } else if (full?.exact && full.bound === null) say(point(full.exact), full);
    else if (not.length > 0 && [whole, ...not].every((q) => q.exact !== null && q.bound === null)) {
      const left = not.reduce((n, p) => n.sub(p.exact!), whole.exact!);
      if (left.compare(0) >= 0) say(point(left), not.at(-1)!);
    }
  }
  return out;
}

/** 六十个里头专职的大概一半: how many is not told. */
function roughShare(reading: Reading, whole: Quantity, figures: readonly Quantity[]): boolean {
  const q = figures.find(
    (p) =>
      (p.unit === 'fraction' || p.unit === 'percent') && p.start >= whole.end && isWithin(reading, whole, p),
  );
  return q?.bound === 'about' && reading.language.cues.fullTime.test(reading.text.slice(whole.end, q.start));
}

/** 60人里专职的占三分之一: the share of the full-time ones, or of those who are not. */
function shareOf(
  reading: Reading,
  whole: Quantity,
  figures: readonly Quantity[],
): { q: Quantity; not: boolean } | null {
  const { cues } = reading.language;
  const q = figures.find(
    (p) =>
      (p.unit === 'fraction' || p.unit === 'percent') && p.start >= whole.end && isWithin(reading, whole, p),
  );
  if (!q?.exact || q.bound !== null || whole.exact === null || whole.bound !== null) return null;
  const between = reading.text.slice(whole.end, q.start) + reading.text.slice(q.end, q.end + 6);
  if (cues.partTime.test(between)) return { q, not: true };
  return cues.fullTime.test(between) ? { q, not: false } : null;
}

/** Whether a count is told of those counted before it, in the same breath and no greater. */
function isWithin(reading: Reading, whole: Quantity, part: Quantity): boolean {
  const between = reading.text.slice(whole.end, part.start);
  if (between.length > 24 || /[。；;！!？?\n]/.test(between)) return false;
  if (part.unit !== 'count') return true;
  return whole.exact === null || part.exact === null || part.exact.compare(whole.exact) <= 0;
}

/** The words of the phrase that a count stands in. */
function beside(reading: Reading, q: Quantity): string {
  const seg = segmentAt(reading, q.start);
  const others = reading.quantities.filter((p) => p !== q && p.unit === 'count');
  const from = Math.max(seg?.start ?? 0, ...others.filter((p) => p.end <= q.start).map((p) => p.end));
  const to = Math.min(
    seg?.end ?? reading.text.length,
    ...others.filter((p) => p.start >= q.end).map((p) => p.start),
  );
  return reading.text.slice(from, to);
}

/** 上游企业2家，下游企业3家: of either side of the chain, and no correction of one another. */
export function joinSides(reading: Reading, mentions: FactMention[]): void {
  const word = (m: FactMention) =>
    reading.names.find((n) => n.start >= m.start && n.end <= m.end && n.value.facts.includes(m.fact))?.word ??
    '';
  for (let i = mentions.length - 1; i > 0; i--) {
    const a = mentions[i - 1]!;
    const b = mentions[i]!;
    if (a.fact !== b.fact || a.value.type !== 'number' || b.value.type !== 'number') continue;
    const sides = [word(a), word(b)].map((w) => reading.language.cues.sideOfChain.exec(w)?.[0]);
    if (!sides[0] || !sides[1] || sides[0] === sides[1]) continue;
    if (!isPoint(a.value.range) || !isPoint(b.value.range)) continue;
    const range = point(a.value.range.lo!.add(b.value.range.lo!));
    mentions.splice(i - 1, 2, { ...b, value: { type: 'number', range }, start: a.start });
  }
}

/**
 * 博士8名，高级职称6名: people of both kinds may be the same, so only the ends of their number are known, unless it is said how
 * many are both (其中3人两样都是) or that none is (没有重复).
 */
export function joinOverlapping(reading: Reading, mentions: FactMention[]): void {
  const { cues, correction } = reading.language;
  const both = reading.quantities.find(
    (q) => q.unit === 'count' && q.exact !== null && cues.both.test(reading.text.slice(q.end)),
  );
  // The number of those who are both is no count of its own.
  const joined = (m: FactMention) => /[或、]/.test(reading.vocabulary.get(m.fact)?.label ?? '');
  if (both && mentions.some(joined))
    for (let k = mentions.length - 1; k >= 0; k--)
      if (mentions[k]!.start <= both.start && mentions[k]!.end >= both.end) mentions.splice(k, 1);
  for (let i = mentions.length - 1; i > 0; i--) {
    const a = mentions[i - 1]!;
    const b = mentions[i]!;
    if (a.fact !== b.fact || a.value.type !== 'number' || b.value.type !== 'number') continue;
    const spec = reading.vocabulary.get(a.fact);
    // Of a count of one kind alone (研发人员30人，其中专职22人) the two are no sum.
    if (spec?.type !== 'count' || !/[或、]/.test(spec.label)) continue;
    if (!isPoint(a.value.range) || !isPoint(b.value.range)) continue;
    const words = [a, b].map((m) => reading.names.find((n) => n.start >= m.start && n.end <= m.end)?.word);
    const between = reading.text.slice(a.end, b.start);
    // 高级职称的，不算博士，还有3个: others than those counted before.
    const besides = cues.othersThan.test(between + reading.text.slice(b.start, b.end));
    if ((words[0] === words[1] && !besides) || correction.some((w) => between.includes(w))) continue;
    const [x, y] = [a.value.range.lo!, b.value.range.lo!];
    const shared = both && both.start >= b.end && both.start - b.end <= 12 ? both.exact! : null;
    const inside =
      cues.oneInOther.test(reading.text.slice(b.end)) ||
      (/(其中|里面|里头|当中)/.test(between) && y.compare(x) <= 0);
    const range: Range = inside
      ? point(x.compare(y) > 0 ? x : y)
      : shared || besides || cues.apart.test(reading.text.slice(b.end))
        ? point(shared ? x.add(y).sub(shared) : x.add(y))
        : { lo: x.compare(y) > 0 ? x : y, loIncluded: true, hi: x.add(y), hiIncluded: true };
    mentions.splice(i - 1, 2, { ...b, value: { type: 'number', range }, start: a.start });
  }
}
