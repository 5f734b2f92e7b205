import type Fraction from 'fraction.js';
import { addYears, compareDates, intersect, isEmptyRange, point, ZERO } from '../quantity/index.js';
import type { Range } from '../quantity/types.js';
import type { FactSpec, Facts, FactValue } from './types.js';
import type { Vocabulary } from './vocabulary.js';

/** Fiscal years that 近三个会计年度 spans. */
export const FULL_TERM = 3;

/** A stated value that its parts contradict; neither is used until that is resolved. */
export interface Conflict {
  fact: string;
  stated: FactValue;
  derived: FactValue;
}

export interface Derived {
  /** The stated facts with the derived ones added and contradicted ones removed. */
  facts: Facts;
  conflicts: Conflict[];
  /** Derived facts that lack a part: fact id → the input to ask for next. */
  lacking: ReadonlyMap<string, string>;
}

/**
 * Adds every fact that follows from others (facts.yaml `derive`), exactly and never rounded.
 * The mean and the ratio are over the latest three consecutive fiscal years given; fewer only where the founding date
 * shows that the unit had not operated for three (泉州 三（一）, 厦门 第六条（二）3: 实际经营期不满三年的按实际经营时间计算).
 */
export function deriveFacts(stated: Facts, vocabulary: Vocabulary, asOf: string): Derived {
  const deriving = vocabulary.specs.filter((spec) => spec.derive !== null);
  // Stryker disable all: spares the copy where there is nothing to derive from; the result is the same.
  if (!deriving.some((spec) => sources(spec).some((id) => stated.has(id))))
    return { facts: stated, conflicts: [], lacking: new Map() };
  // Stryker restore all
  const facts = new Map(stated);
  const conflicts: Conflict[] = [];
  const lacking = new Map<string, string>();
  for (const spec of deriving) {
    const derived = deriveOne(spec, stated, asOf);
    if (derived === null) continue;
    if ('lacks' in derived) {
      lacking.set(spec.id, derived.lacks);
      continue;
    }
    const own = stated.get(spec.id);
    const range = own?.type === 'number' ? intersect(own.range, derived.range) : derived.range;
    const value = { type: 'number' as const, range };
    if (own !== undefined && isEmptyRange(range)) {
      conflicts.push({ fact: spec.id, stated: own, derived: { ...value, range: derived.range } });
      facts.delete(spec.id);
    } else {
      facts.set(spec.id, value);
    }
  }
  return { facts, conflicts, lacking };
}

/** The facts that a derived one is computed from, the one that is summed first; none of a fact that people state. */
export function sources({ derive }: FactSpec): string[] {
  if (derive === null) return [];
  return 'mean' in derive ? [derive.mean] : 'latest' in derive ? [derive.latest] : [derive.ratio, derive.of];
}

type Outcome = { range: Range } | { lacks: string } | null;

function deriveOne(spec: FactSpec, facts: Facts, asOf: string): Outcome {
  const how = spec.derive!;
  const [source, base] = sources(spec) as [string, string?];
  const parts = byYear(facts, source);
  if (parts === null) return base !== undefined && byYear(facts, base) !== null ? { lacks: source } : null;
  if ('latest' in how) {
    const last = parts.get(Number(asOf.slice(0, 4)) - 1);
    return last === undefined ? null : { range: last };
  }
  const years = countedYears(parts, foundedOn(facts, how.founded), asOf);
  if (years === null) return { lacks: source };
  const over = sum(years.map((y) => parts.get(y)!));
  if (base === undefined) {
    return { range: mapEnds(over, (end) => end.div(years.length)) };
  }
  const bases = byYear(facts, base);
  if (bases === null || years.some((y) => !bases.has(y))) return { lacks: base };
  const ratio = percentOf(over, sum(years.map((y) => bases.get(y)!)));
  return ratio === null ? { lacks: base } : { range: ratio };
}

/** Every percentage that two ranges of non-negative amounts allow; null while it could be anything. */
function percentOf(over: Range, under: Range): Range | null {
  if (under.hi?.n === 0n) return null;
  const percent = (n: Fraction, of: Fraction) => n.div(of).mul(100);
  const low = under.hi !== null;
  const high = over.hi !== null && under.lo!.n !== 0n;
  if (!low && !high) return null;
  return {
    lo: low ? percent(over.lo!, under.hi!) : ZERO,
    loIncluded: low ? over.loIncluded && under.hiIncluded : true,
    hi: high ? percent(over.hi!, under.lo!) : null,
    hiIncluded: high && over.hiIncluded && under.loIncluded,
  };
}

function byYear(facts: Facts, id: string): ReadonlyMap<number, Range> | null {
  const value = facts.get(id);
  return value?.type === 'by-year' && value.years.size > 0 ? value.years : null;
}

function foundedOn(facts: Facts, id: string): string | null {
  const value = facts.get(id);
  return value?.type === 'date' && value.latest === undefined ? value.value : null;
}

/** The fiscal years that count, latest first, or null while one is missing (see {@link deriveFacts}). */
export function countedYears(
  parts: ReadonlyMap<number, unknown>,
  founded: string | null,
  asOf: string,
): number[] | null {
  const given = [...parts.keys()].sort((a, b) => b - a);
  const latest = given[0]!;
  const run: number[] = [];
  for (let y = latest; run.length < FULL_TERM && parts.has(y); y--) run.push(y);
  if (run.length === FULL_TERM) return run;
  if (founded === null || compareDates(addYears(founded, FULL_TERM), asOf) <= 0) return null;
  const first = Number(founded.slice(0, 4));
  // Figures of years before the founding alone say nothing of this unit: they are no answer yet.
  return latest >= first && run[run.length - 1]! <= first ? run.filter((y) => y >= first) : null;
}

/** All that amounts add up to; none is below 0, so the lower end is always known. */
function sum(ranges: Range[]): Range {
  let total: Range = point(ZERO);
  for (const r of ranges) {
    total = {
      lo: total.lo!.add(r.lo ?? ZERO),
      loIncluded: total.loIncluded && (r.lo === null || r.loIncluded),
      hi: total.hi === null || r.hi === null ? null : total.hi.add(r.hi),
      hiIncluded: total.hiIncluded && r.hiIncluded,
    };
  }
  return total;
}

function mapEnds(range: Range, f: (end: Fraction) => Fraction): Range {
  return { ...range, lo: range.lo === null ? null : f(range.lo), hi: range.hi === null ? null : f(range.hi) };
}
