import type Fraction from 'fraction.js';
import {
  addYears,
  compareDates,
  compareRange,
  isPoint,
  writeCount,
  writeDate,
  writeMoney,
  writePercent,
  writeRange,
  ZERO,
} from '../quantity/index.js';
import type { Bound, Range } from '../quantity/types.js';
import type { FactSpec, Facts, FactValue, Tri } from './types.js';

/** What a test found: the outcome, what was given and by how much it falls short, in official notation. */
export interface Finding {
  outcome: Tri;
  given: string | null;
  gap: string | null;
}

/** One compiled requirement. Pure: the same facts give the same finding. */
export interface Test {
  readonly facts: readonly string[];
  /** How the tested fact is called in a list of alternatives. */
  readonly name: string;
  /** In official notation: ≥ 2亿元. */
  readonly required: string;
  /** The outcome alone (hot path). */
  outcome(facts: Facts, asOf: string): Tri;
  finding(facts: Facts, asOf: string): Finding;
}

const SIGN: Record<Exclude<Bound, 'about'>, string> = { 'at-least': '≥', 'at-most': '≤', over: '>', under: '<' };
export type HardBound = keyof typeof SIGN;

const OPEN: Finding = { outcome: 'unknown', given: null, gap: null };

/** Writes a number of a fact's kind as an official would. `measure` is the measure word of a count. */
export function writeNumber(type: FactSpec['type'], n: Fraction, measure: string): string {
  if (type === 'money' || type === 'money-by-year') return writeMoney(n);
  return type === 'percent' ? writePercent(n) : writeCount(n, measure);
}

function shortBy(type: FactSpec['type'], range: Range, bound: HardBound, limit: Fraction, measure: string): string | null {
  if (!isPoint(range)) return null;
  const off = bound === 'at-least' || bound === 'over' ? limit.sub(range.lo!) : range.lo!.sub(limit);
  if (off.compare(0) <= 0) return null;
  return type === 'percent' ? writePercent(off).replace(/%$/, '个百分点') : writeNumber(type, off, measure);
}

/** A number against the figure of a clause. `offset` is added to the fact first (已牵头的 + 本次). */
export function numberTest(spec: FactSpec, bound: HardBound, limit: Fraction, measure: string, offset = 0): Test {
  const effective = limit.sub(offset);
  const write = (n: Fraction) => writeNumber(spec.type, n, measure);
  const read = (facts: Facts): Range | null => {
    const value = facts.get(spec.id);
    return value?.type === 'number' ? value.range : null;
  };
  return {
    facts: [spec.id],
    name: nameOf(spec),
    required: offset === 0 ? `${SIGN[bound]} ${write(limit)}` : `${SIGN[bound]} ${write(limit)}（含本次）`,
    outcome(facts) {
      const range = read(facts);
      return range === null ? 'unknown' : compareRange(range, bound, effective);
    },
    finding(facts, asOf) {
      const range = read(facts);
      if (range === null) return OPEN;
      const outcome = this.outcome(facts, asOf);
      return {
        outcome,
        given: writeRange(range, write),
        gap: outcome === 'fail' ? shortBy(spec.type, range, bound, effective, measure) : null,
      };
    },
  };
}

/** A share of two counts, in percent points, compared exactly. */
export function shareTest(part: FactSpec, whole: FactSpec, bound: HardBound, limit: Fraction): Test {
  const read = (facts: Facts): [Fraction, Fraction] | null => {
    const a = facts.get(part.id);
    const b = facts.get(whole.id);
    if (a?.type !== 'number' || b?.type !== 'number' || !isPoint(a.range) || !isPoint(b.range)) return null;
    return b.range.lo!.equals(0) ? null : [a.range.lo!, b.range.lo!];
  };
  return {
    facts: [part.id, whole.id],
    name: nameOf(part),
    required: `${SIGN[bound]} ${writePercent(limit)}`,
    outcome(facts) {
      const pair = read(facts);
      if (pair === null) return 'unknown';
      const share = pair[0].div(pair[1]).mul(100);
      return compareRange({ lo: share, loIncluded: true, hi: share, hiIncluded: true }, bound, limit);
    },
    finding(facts, asOf) {
      const pair = read(facts);
      if (pair === null) return OPEN;
      const outcome = this.outcome(facts, asOf);
      const need = pair[1].mul(limit).div(100).ceil().sub(pair[0]);
      return {
        outcome,
        given: `${pair[0].toFraction()}/${pair[1].toFraction()}（${writePercent(pair[0].div(pair[1]).mul(100))}）`,
        gap: outcome === 'fail' ? writeCount(need, part.measures[0] ?? '') : null,
      };
    },
  };
}

/** A level (平台级别) at least as high as the one the clause names. */
export function levelTest(spec: FactSpec, least: string): Test {
  const order = new Map(spec.values.map((v, i) => [v.id, i]));
  const label = new Map(spec.values.map((v) => [v.id, v.label]));
  const floor = order.get(least)!;
  return {
    facts: [spec.id],
    name: nameOf(spec),
    required: `≥ ${label.get(least)}`,
    outcome(facts) {
      const value = facts.get(spec.id);
      if (value?.type !== 'enum') return 'unknown';
      return order.get(value.value)! >= floor ? 'pass' : 'fail';
    },
    finding(facts, asOf) {
      const outcome = this.outcome(facts, asOf);
      const value = facts.get(spec.id);
      if (value?.type !== 'enum') return OPEN;
      return {
        outcome,
        given: label.get(value.value)!,
        gap: outcome === 'fail' ? `需达到${label.get(least)}` : null,
      };
    },
  };
}

/** A yes/no fact, or one of the kinds that the clause names. */
export function isTest(spec: FactSpec, allowed: readonly (string | boolean)[], words: string): Test {
  return {
    facts: [spec.id],
    name: nameOf(spec),
    required: words,
    outcome(facts) {
      const value = facts.get(spec.id);
      if (value === undefined) return 'unknown';
      return allowed.includes(value.type === 'boolean' || value.type === 'enum' ? value.value : '') ? 'pass' : 'fail';
    },
    finding(facts, asOf) {
      const value = facts.get(spec.id);
      if (value === undefined) return OPEN;
      return { outcome: this.outcome(facts, asOf), given: writeKind(spec, value), gap: null };
    },
  };
}

function writeKind(spec: FactSpec, value: FactValue): string {
  if (value.type === 'boolean') return value.value ? '是' : '否';
  if (value.type === 'enum') return spec.values.find((v) => v.id === value.value)?.label ?? value.value;
  return value.type === 'date' || value.type === 'text' ? value.value : '';
}

/** A count that must be nought. */
export function noneTest(spec: FactSpec, words: string): Test {
  const measure = spec.measures[0] ?? '';
  const read = (facts: Facts): Range | null => {
    const value = facts.get(spec.id);
    return value?.type === 'number' ? value.range : null;
  };
  return {
    facts: [spec.id],
    name: nameOf(spec),
    required: words,
    outcome(facts) {
      const range = read(facts);
      return range === null ? 'unknown' : compareRange(range, 'at-most', ZERO);
    },
    finding(facts, asOf) {
      const range = read(facts);
      if (range === null) return OPEN;
      const given = writeRange(range, (n) => writeCount(n, measure));
      const outcome = this.outcome(facts, asOf);
      return { outcome, given, gap: outcome === 'fail' ? given : null };
    },
  };
}

/**
 * A ban of some years since a date, or never. The corresponding day still belongs to the ban
 * (Civil Code of the PRC, Articles 201 and 202).
 */
export function barredTest(spec: FactSpec, years: number, words: string): Test {
  const end = (facts: Facts): string | null => {
    const value = facts.get(spec.id);
    return value?.type !== 'date' || value.value === spec.orWord ? null : addYears(value.value, years);
  };
  return {
    facts: [spec.id],
    name: nameOf(spec),
    required: `不在“${words}”的禁止期内`,
    outcome(facts, asOf) {
      const value = facts.get(spec.id);
      if (value?.type !== 'date') return 'unknown';
      if (value.value === spec.orWord || compareDates(value.value, asOf) > 0) return 'pass';
      return compareDates(asOf, addYears(value.value, years)) > 0 ? 'pass' : 'fail';
    },
    finding(facts, asOf) {
      const value = facts.get(spec.id);
      if (value?.type !== 'date') return OPEN;
      const outcome = this.outcome(facts, asOf);
      const until = end(facts);
      return {
        outcome,
        given: until === null ? '未被取消过' : writeDate(value.value),
        gap: outcome === 'fail' && until !== null ? `禁止期到${writeDate(until)}（计算得出，含当日）` : null,
      };
    },
  };
}

/** A name that fits the pattern a clause prints; runs of X or × stand for any words. */
export function patternTest(spec: FactSpec, pattern: string): Test {
  // The bracketed hint in a pattern (关键细分领域) explains the blank before it; a real name does not repeat it.
  const blanks = pattern.replace(/（[^）]*）/g, '').split(/[X×Ｘ]+/);
  const regex = new RegExp(
    `^${blanks.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`,
    'u',
  );
  const clean = (name: string) => name.replace(/[\s“”"'《》]/g, '');
  return {
    facts: [spec.id],
    name: nameOf(spec),
    required: `形如“${pattern}”`,
    outcome(facts) {
      const value = facts.get(spec.id);
      if (value?.type !== 'text') return 'unknown';
      return regex.test(clean(value.value)) ? 'pass' : 'fail';
    },
    finding(facts, asOf) {
      const value = facts.get(spec.id);
      if (value?.type !== 'text') return OPEN;
      return { outcome: this.outcome(facts, asOf), given: value.value, gap: null };
    },
  };
}

const nameOf = (spec: FactSpec): string => spec.synonyms[0] ?? spec.label;

/** Puts the name before a bare figure (研发强度 ≥ 5%); words such as 高新技术企业 name themselves. */
function named(part: Test, text: string): string {
  if (text.includes(part.name)) return text;
  return /^[≥≤<>\d约]/.test(text) ? `${part.name} ${text}` : text === '是' || text === '否' ? `${part.name}：${text}` : text;
}

/** Kleene "or" and "and" over other tests. */
export function groupTest(mode: 'any' | 'all', parts: readonly Test[]): Test {
  const settles: Tri = mode === 'any' ? 'pass' : 'fail';
  const otherwise: Tri = mode === 'any' ? 'fail' : 'pass';
  const link = mode === 'any' ? ' 或 ' : '，且';
  const combine = (outcomes: Tri[]): Tri =>
    outcomes.includes(settles) ? settles : outcomes.includes('unknown') ? 'unknown' : otherwise;
  return {
    facts: parts.flatMap((part) => part.facts),
    name: parts.map((part) => part.name).join('、'),
    required: parts.map((part) => named(part, part.required)).join(link),
    outcome: (facts, asOf) => combine(parts.map((part) => part.outcome(facts, asOf))),
    finding(facts, asOf) {
      const found = parts.map((part) => part.finding(facts, asOf));
      const given = found.flatMap((f, i) => (f.given === null ? [] : [named(parts[i]!, f.given)]));
      const gaps = found.flatMap((f, i) => (f.gap === null ? [] : [named(parts[i]!, f.gap)]));
      const outcome = combine(found.map((f) => f.outcome));
      return {
        outcome,
        given: given.length === 0 ? null : given.join('；'),
        gap: outcome === 'fail' && gaps.length > 0 ? gaps.join(link) : null,
      };
    },
  };
}
