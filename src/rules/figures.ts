import type Fraction from 'fraction.js';
import {
  compareExact,
  compareRange,
  exact,
  isPoint,
  point,
  writeCount,
  writePercent,
  writeRange,
  ZERO,
} from '../quantity/index.js';
import type { Range } from '../quantity/types.js';
import { EVEN, ofCount } from './prior.js';
import { say } from './say.js';
import {
  type Finding,
  figureOf,
  type HardBound,
  LEAF,
  nameOf,
  OPEN,
  SIGN,
  type Test,
  writeDifference,
  writeNumber,
} from './test.js';
import type { FactSpec, Facts, Tri } from './types.js';

const ONE = exact(1n);

/** The known range of a numeric fact. A count's open ends are closed on whole numbers: more than 4 is at least 5. */
function rangeOfFact(facts: Facts, spec: FactSpec): Range | null {
  const value = facts.get(spec.id);
  if (value?.type !== 'number') return null;
  return spec.type === 'count' && !isPoint(value.range) ? wholeRange(value.range) : value.range;
}

function wholeRange(range: Range): Range {
  const { lo, hi } = range;
  return {
    lo: lo === null ? ZERO : range.loIncluded ? lo.ceil() : lo.floor().add(ONE),
    loIncluded: true,
    hi: hi === null ? null : range.hiIncluded ? hi.floor() : hi.ceil().sub(ONE),
    hiIncluded: true,
  };
}

const isUpward = (bound: HardBound): boolean => bound === 'at-least' || bound === 'over';

/** How far the nearest known number is from the one to reach; `sure` when that is the exact distance. Null when not positive. */
function distance(range: Range, bound: HardBound, to: Fraction): { off: Fraction; sure: boolean } | null {
  const end = isUpward(bound) ? range.hi : range.lo;
  if (end === null) return null;
  const off = isUpward(bound) ? to.sub(end) : end.sub(to);
  return compareExact(off, ZERO) <= 0 ? null : { off, sure: isPoint(range) };
}

/** A number against the figure of a clause. `offset` is added to the fact first (已牵头的 + 本次). */
export function numberTest(
  spec: FactSpec,
  bound: HardBound,
  limit: Fraction,
  measure: string,
  offset = 0,
): Test {
  const effective = limit.sub(offset);
  const write = (n: Fraction) => writeNumber(spec.type, n, measure);
  const needed = `${SIGN[bound]} ${write(limit)}`;
  // Of counts the next whole one that meets it: more than 5 is 6.
  const goal = spec.type === 'count' ? least(spec, bound, effective).lo! : effective;
  const gapOf = (range: Range): string | null => {
    const far = distance(range, bound, goal);
    if (far === null) return null;
    const amount = writeDifference(spec.type, far.off, measure);
    return far.sure ? amount : say('check.gapAtLeast', { amount });
  };
  return {
    ...LEAF,
    facts: [spec.id],
    ...figureOf(spec),
    required: offset === 0 ? needed : say('check.withThisOne', { required: needed }),
    chance: spec.type === 'count' ? ofCount(bound, effective) : EVEN,
    outcome(facts) {
      const range = rangeOfFact(facts, spec);
      return range === null ? 'unknown' : compareRange(range, bound, effective);
    },
    finding(facts): Finding {
      const range = rangeOfFact(facts, spec);
      if (range === null) return OPEN;
      const outcome = compareRange(range, bound, effective);
      const stated = facts.get(spec.id) as { range: Range };
      return { outcome, given: writeRange(stated.range, write), gap: gapOf(range) };
    },
    mend(facts, asOf) {
      if (this.outcome(facts, asOf) !== 'fail') return null;
      const gap = gapOf(rangeOfFact(facts, spec)!);
      const to = least(spec, bound, effective);
      const name = nameOf(spec);
      return {
        fact: spec.id,
        to: { type: 'number', range: to },
        text:
          gap === null
            ? say('mend.number', { name, bound: `${SIGN[bound]}${write(effective)}` })
            : say(`mend.${spec.type === 'count' ? 'count' : 'amount'}${isUpward(bound) ? 'Up' : 'Down'}`, {
                name,
                gap,
              }),
      };
    },
  };
}

/** The value nearest to the bound that still meets it; for an excluded bound of an amount, everything beyond it. */
function least(spec: FactSpec, bound: HardBound, limit: Fraction): Range {
  if (bound === 'at-least' || bound === 'at-most') return point(limit);
  if (spec.type === 'count') return point(bound === 'over' ? limit.floor().add(ONE) : limit.ceil().sub(ONE));
  return bound === 'over'
    ? { lo: limit, loIncluded: false, hi: null, hiIncluded: false }
    : { lo: ZERO, loIncluded: true, hi: limit, hiIncluded: false };
}

/**
 * A share of two counts, in percent points, compared exactly over all numbers that are still possible.
 * Of no units at all there is no share to meet: that fails.
 */
export function shareTest(part: FactSpec, whole: FactSpec, bound: HardBound, limit: Fraction): Test {
  const share = (facts: Facts): Range | null => {
    const a = rangeOfFact(facts, part);
    const b = rangeOfFact(facts, whole);
    if (a === null || b === null) return null;
    const low = a.lo!;
    const percent = (n: Fraction, of: Fraction) => n.mul(100).div(of);
    return {
      lo: b.hi === null ? ZERO : percent(low, b.hi),
      loIncluded: true,
      hi: a.hi === null || b.lo!.n === 0n ? null : percent(a.hi, b.lo!),
      hiIncluded: true,
    };
  };
  const outcomeOf = (facts: Facts): Tri => {
    if (rangeOfFact(facts, whole)?.hi?.n === 0n) return 'fail';
    const range = share(facts);
    return range === null ? 'unknown' : compareRange(range, bound, limit);
  };
  /** How many more of the part are needed while the whole stays. */
  const short = (a: Fraction, b: Fraction): Fraction => {
    const line = b.mul(limit).div(100);
    if (bound === 'at-least') return line.ceil().sub(a);
    if (bound === 'over') return line.floor().add(ONE).sub(a);
    return bound === 'at-most' ? a.sub(line.floor()) : a.sub(line.ceil().sub(ONE));
  };
  const points = (facts: Facts): [Fraction, Fraction] | null => {
    const a = rangeOfFact(facts, part);
    const b = rangeOfFact(facts, whole);
    return a === null || b === null || !isPoint(a) || !isPoint(b) ? null : [a.lo!, b.lo!];
  };
  const measure = part.measures[0] ?? '';
  return {
    ...LEAF,
    facts: [part.id, whole.id],
    ...figureOf(part),
    required: `${SIGN[bound]} ${writePercent(limit)}`,
    chance: EVEN,
    outcome: outcomeOf,
    finding(facts) {
      const outcome = outcomeOf(facts);
      const pair = points(facts);
      if (pair === null) return { outcome, given: null, gap: null };
      const [a, b] = pair;
      const given = `${a.toFraction()}/${b.toFraction()}`;
      // More of the part than there are at all is a slip that the reader is shown; the figures are taken as told.
      if (compareExact(a, b) > 0) return { outcome, given: say('check.shareSlip', { given }), gap: null };
      if (b.n === 0n) return { outcome, given, gap: null };
      const need = short(a, b);
      return {
        outcome,
        given: say('check.share', { given, percent: writePercent(a.div(b).mul(100)) }),
        gap: compareExact(need, ZERO) > 0 ? writeCount(need, measure) : null,
      };
    },
    mend(facts) {
      const pair = points(facts);
      if (pair === null || outcomeOf(facts) !== 'fail' || pair[1].n === 0n) return null;
      const need = short(pair[0], pair[1]);
      const upward = isUpward(bound);
      const to = upward ? pair[0].add(need) : pair[0].sub(need);
      return {
        fact: part.id,
        to: { type: 'number', range: point(to) },
        text: say(upward ? 'mend.shareUp' : 'mend.shareDown', {
          name: nameOf(part),
          gap: writeCount(need, measure),
          whole: nameOf(whole),
        }),
      };
    },
  };
}

/** A count that must be nought. */
export function noneTest(spec: FactSpec, words: string): Test {
  const measure = spec.measures[0] ?? '';
  return {
    ...LEAF,
    facts: [spec.id],
    name: nameOf(spec),
    named: (text) => (text === words ? text : say('check.named', { name: nameOf(spec), text })),
    required: words,
    chance: EVEN,
    outcome(facts) {
      const range = rangeOfFact(facts, spec);
      return range === null ? 'unknown' : compareRange(range, 'at-most', ZERO);
    },
    finding(facts, asOf) {
      const range = rangeOfFact(facts, spec);
      if (range === null) return OPEN;
      const given = writeRange(range, (n) => writeCount(n, measure));
      const outcome = this.outcome(facts, asOf);
      return { outcome, given, gap: outcome === 'fail' && isPoint(range) ? given : null };
    },
    mend(facts, asOf) {
      if (this.outcome(facts, asOf) !== 'fail') return null;
      const range = rangeOfFact(facts, spec)!;
      const name = nameOf(spec);
      return {
        fact: spec.id,
        to: { type: 'number', range: point(ZERO) },
        text: isPoint(range)
          ? say('mend.countDown', { name, gap: writeCount(range.lo!, measure) })
          : say('mend.noneAll', { name }),
      };
    },
  };
}
