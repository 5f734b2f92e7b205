import { point, quantityRange, readQuantities } from '../quantity/index.js';
import type { Quantity, Unit } from '../quantity/types.js';
import type { FactSpec, FactType, FactValue } from '../rules/types.js';
import { readCountList } from './counts.js';
import type { Found } from './lexicon.js';
import type { Name, Reading, Segment } from './reader.js';
import type { FactMention, Premise, Understanding } from './types.js';
import { readYears } from './years.js';

const TYPES: Partial<Record<Unit, FactType[]>> = {
  CNY: ['money'],
  percent: ['percent'],
  fraction: ['percent'],
  count: ['count'],
  date: ['date'],
};

export interface Figures {
  mentions: FactMention[];
  premises: Premise[];
  open: Understanding['open'];
  /** Starts of the names that a figure belongs to. */
  used: Set<number>;
}

/** Gives every figure of a question to the fact it states, to the rule it is held against, or leaves it open. */
export function readFigures(reading: Reading): Figures {
  const out: Figures = { mentions: [], premises: [], open: [], used: new Set() };
  const quantities = readQuantities(reading.text);
  const series = readYears(reading, quantities);
  out.mentions.push(...series.mentions);
  for (const start of series.used) out.used.add(start);
  const rest = quantities.filter((q) => !series.taken.has(q));
  let last: { fact: string; quantity: Quantity } | null = null;
  for (const q of rest) {
    const types = TYPES[q.unit];
    const seg = reading.segments.find((s) => q.start >= s.start && q.start < s.end);
    if (!seg) continue;
    if (!types) {
      if (q.unit === 'number') readBareNumber(reading, q, out);
      continue;
    }
    const found = nameFor(reading, seg, q, types, out);
    if (isPremise(reading, seg, q)) {
      if (found) out.used.add(found.name.start);
      out.premises.push({ fact: found?.fact ?? null, text: q.text, unit: q.unit, value: q.value });
      continue;
    }
    if (negated(reading, seg, q)) continue;
    const corrected: boolean = last !== null && last.quantity.unit === q.unit && correctionBetween(reading, last.quantity.end, q.start);
    const fact: string | null =
      found?.fact ?? (corrected ? last!.fact : defaultFact(reading, seg, q, types)) ?? null;
    if (found) out.used.add(found.name.start);
    if (fact === null) {
      const candidates = reading.vocabulary.specs.filter((s) => types.includes(s.type) && reading.focus.has(s.id));
      out.open.push({ text: q.text, unit: q.unit, value: q.value, candidates: candidates.map((s) => s.id) });
      continue;
    }
    const value = valueOf(reading.vocabulary.get(fact)!, q);
    if (value === null) continue;
    out.mentions.push({ fact, value, start: found ? Math.min(found.name.start, q.start) : q.start, end: q.end });
    last = { fact, quantity: q };
  }
  const list = readCountList(reading, rest, out.mentions);
  out.mentions.push(...list.mentions);
  return out;
}

function valueOf(spec: FactSpec, q: Quantity): FactValue | null {
  if (spec.type === 'date') return /^\d{4}-\d\d-\d\d$/.test(q.value) ? { type: 'date', value: q.value } : null;
  if (q.exact === null && q.upper === null) return null;
  if (q.unit === 'fraction') return { type: 'number', range: point(q.exact!.mul(100)) };
  const range = quantityRange(q);
  if (range === null) return null;
  return spec.type === 'count' && range.lo?.d !== 1n && range.lo !== null ? null : { type: 'number', range };
}

/** The answer to what was just asked, or the only fact of its kind. */
function defaultFact(reading: Reading, seg: Segment, q: Quantity, types: FactType[]): string | null {
  const { pending } = reading.conversation;
  const spec = pending === null ? undefined : reading.vocabulary.get(pending);
  const alone = reading.text.replace(/[，。,.!！\s约大概差不多是有的吧左右]/g, '').length <= q.text.length + 6;
  if (spec && types.includes(spec.type) && (alone || reading.names.length === 0)) return spec.id;
  if (q.unit === 'percent') {
    const own = reading.vocabulary.specs.filter((s) => s.type === 'percent' && s.id.startsWith('lead.'));
    if (own.length === 1 && !/(本地|市内|企业数|控股|股|占比|比例|配套|资助|一半|市域)/.test(seg.text)) return own[0]!.id;
  }
  return null;
}

function readBareNumber(reading: Reading, q: Quantity, out: Figures): void {
  const { pending } = reading.conversation;
  const spec = pending === null ? undefined : reading.vocabulary.get(pending);
  if (!spec || spec.type !== 'count' || reading.text.length > 12 || q.exact === null) return;
  out.mentions.push({ fact: spec.id, value: { type: 'number', range: point(q.exact) }, start: q.start, end: q.end });
}

interface NameHit {
  name: Found<Name>;
  fact: string;
}

/**
 * The name a figure belongs to. Counts look first at the noun that follows (5家企业), money and percents first at the
 * name before (营收1.8亿); then the other side; then a name left over in the statement before.
 */
function nameFor(reading: Reading, seg: Segment, q: Quantity, types: FactType[], out: Figures): NameHit | null {
  const fits = (n: Found<Name>): string | null => pickFact(reading, seg, q, n, types);
  const inSeg = reading.names.filter((n) => n.start >= seg.start && n.end <= seg.end);
  const cut = boundary(reading, seg, q);
  const before = inSeg.filter((n) => n.end <= q.start && n.start >= cut.from && !out.used.has(n.start)).reverse();
  const after = inSeg.filter((n) => n.start >= q.outerEnd - 1 && n.end <= cut.to);
  const adjacent = after.find((n) => n.start - q.end <= 4);
  const order = q.unit === 'count' ? [adjacent, ...before, ...after] : [...before, adjacent, ...after];
  for (const name of order) {
    if (!name) continue;
    const fact = fits(name);
    if (fact !== null) return { name, fact };
  }
  const index = reading.segments.indexOf(seg);
  for (const back of [1, 2]) {
    const prior = reading.segments[index - back];
    if (!prior) break;
    const names = reading.names.filter((n) => n.start >= prior.start && n.end <= prior.end && !out.used.has(n.start)).reverse();
    for (const name of names) {
      const fact = fits(name);
      if (fact !== null && !hasFigure(reading, prior)) return { name, fact };
    }
  }
  return null;
}

const figureCache = new WeakMap<Reading, Quantity[]>();
function hasFigure(reading: Reading, seg: Segment): boolean {
  let all = figureCache.get(reading);
  if (!all) {
    all = readQuantities(reading.text);
    figureCache.set(reading, all);
  }
  return all.some((q) => q.start >= seg.start && q.start < seg.end && TYPES[q.unit] !== undefined);
}

/** A figure shares its segment with others: names beyond a neighbouring figure of the same kind are that one's. */
function boundary(reading: Reading, seg: Segment, q: Quantity): { from: number; to: number } {
  let all = figureCache.get(reading);
  if (!all) {
    all = readQuantities(reading.text);
    figureCache.set(reading, all);
  }
  const peers = all.filter((p) => p.start >= seg.start && p.start < seg.end && p.start !== q.start && TYPES[p.unit]);
  const left = peers.filter((p) => p.end <= q.start).at(-1);
  const right = peers.find((p) => p.start >= q.end);
  return { from: left && left.unit === q.unit ? left.end : seg.start, to: right ? right.start : seg.end };
}

/** Which of the facts a name stands for takes this figure: by type, measure word, whose figure it is, and the rules in focus. */
function pickFact(reading: Reading, seg: Segment, q: Quantity, name: Found<Name>, types: FactType[]): string | null {
  const specs = name.value.facts
    .map((id) => reading.vocabulary.get(id)!)
    .filter((s) => types.includes(s.type) && (q.unit !== 'count' || s.measures.length === 0 || q.measure === null || s.measures.includes(q.measure)));
  if (specs.length === 0) return null;
  const recent = reading.language.lastYear.some((w) => reading.text.slice(Math.max(seg.start, name.start - 6), q.start).includes(w));
  const ranked = specs
    .map((s) => ({ s, score: (reading.focus.has(s.id) ? 2 : 0) + (recent && s.derive && 'latest' in s.derive ? 3 : 0) }))
    .sort((a, b) => b.score - a.score);
  return holder(reading, seg, ranked[0]!.s.id, q);
}

/** “共建的龙头企业营收1.2亿”: the same figure of another unit, when the vocabulary has that unit's fact. */
function holder(reading: Reading, seg: Segment, fact: string, q: Quantity): string {
  const [unit, what] = fact.split('.') as [string, string];
  if (unit !== 'lead') return fact;
  const other = reading.vocabulary.get(`backbone.${what}`);
  if (!other) return fact;
  const before = reading.text.slice(0, q.start);
  const names = reading.vocabulary.get('backbone.count')?.synonyms ?? [];
  const mentioned = Math.max(...names.map((w) => before.lastIndexOf(w)));
  const self = Math.max(...reading.language.self.slice(0, 17).map((w) => before.lastIndexOf(w)));
  const partnerish = /(共建|成员|合作|参与|联合|另|其中|里(面)?)/.test(before);
  void seg;
  return mentioned >= 0 && mentioned > self && partnerish ? other.id : fact;
}

function isPremise(reading: Reading, seg: Segment, q: Quantity): boolean {
  const before = reading.text.slice(seg.start, q.start);
  const after = reading.text.slice(q.end, seg.end);
  if (/(我们|我司|公司|我厂|咱)[^，]{0,6}(有|是|做到|达到|大概|约|去年)/.test(before)) return false;
  return (
    reading.language.premise.some((w) => before.includes(w)) ||
    /^(才|以上才|以上就|就能|就可以|就行|就够)/.test(after) ||
    /^[^，]{0,4}(门槛|的要求|的标准|补助|奖励|配套|补贴)/.test(after)
  );
}

function negated(reading: Reading, seg: Segment, q: Quantity): boolean {
  return /(不是|并非|没有)$/.test(reading.text.slice(seg.start, q.start)) && /(是|而是|应该)/.test(reading.text.slice(q.end));
}

function correctionBetween(reading: Reading, from: number, to: number): boolean {
  const between = reading.text.slice(from, to);
  return reading.language.correction.some((w) => between.includes(w)) || /不是[^，]*，?是?$/.test(between);
}
