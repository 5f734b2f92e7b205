import { outcomeOf } from './applies.js';
import { type CheckInput, check } from './check.js';
import type { Criterion } from './criteria.js';
import { deriveFacts, sources } from './derive.js';
import { say } from './say.js';
import type { Change, Test } from './test.js';
import type { Facts, Outcome, Subject, Verdict } from './types.js';
import type { Vocabulary } from './vocabulary.js';

/** One failed criterion and the ways to meet it; each way is one change, or several that are needed together. */
export interface Shortfall {
  criterion: string;
  title: string;
  strength: Criterion['strength'];
  clause: string;
  quote: string;
  /** Alternatives, the fewest changes first; empty where nothing that can be counted or brought about would do. */
  ways: Change[][];
  /** 差2000万元…；或补1家…, or what stands in the way. */
  text: string;
}

/** What would turn an outcome, from what is known. */
export interface Counterfactual {
  outcome: Outcome;
  /** The outcome once every `must` shortfall is mended by its first way; unknown facts stay unknown. */
  after: Outcome;
  /** Shortfalls of musts: all of them have to be mended. */
  needed: Shortfall[];
  /** Shortfalls of principles: mending them takes the decision out of the bureau's hands. */
  advisable: Shortfall[];
  /** Needed shortfalls that no change of figures or papers can mend (registered elsewhere, a ban that still runs). */
  fixed: Shortfall[];
}

/**
 * The smallest changes of facts that would turn a verdict to eligible or discretionary. Every failed must is mended on
 * its own (they are independent), by the smallest step to its threshold; an "or" offers each alternative.
 * Derived facts are mended as stated ones: their parts are the unit's own to find.
 */
export function smallestChange(
  criteria: readonly Criterion[],
  vocabulary: Vocabulary,
  input: CheckInput,
  verdict: Verdict = check(criteria, vocabulary, input),
): Counterfactual {
  const { facts } = deriveFacts(input.facts, vocabulary, input.asOf);
  const shortfalls = criteria
    .filter((c) => c.subject === input.subject && outcomeOf(c, facts, input.asOf) === 'fail')
    .map((c) => shortfallOf(c, facts, input.asOf));
  const needed = shortfalls.filter((s) => s.strength === 'must');
  const fixed = needed.filter((s) => s.ways.length === 0);
  const mended = new Map(facts);
  for (const change of needed.flatMap((s) => s.ways[0] ?? []))
    if (change.to) mended.set(change.fact, change.to);
  const stated = withoutParts(mended, vocabulary);
  return {
    outcome: verdict.outcome,
    after: check(criteria, vocabulary, { ...input, facts: stated }).outcome,
    needed,
    advisable: shortfalls.filter((s) => s.strength === 'principle'),
    fixed,
  };
}

/** The facts with derived ones as stated and their parts left out, so that a mended figure is not contradicted by them. */
function withoutParts(facts: Facts, vocabulary: Vocabulary): Facts {
  const parts = new Set(vocabulary.specs.flatMap(sources));
  return new Map([...facts].filter(([id]) => !parts.has(id)));
}

function shortfallOf(criterion: Criterion, facts: Facts, asOf: string): Shortfall {
  const all = waysOf(criterion.test!, facts, asOf).sort((a, b) => a.length - b.length);
  const ways = all.filter((way) => way.every((change) => change.to !== null));
  const shown = ways.length > 0 ? ways : all;
  return {
    criterion: criterion.id,
    title: criterion.title,
    strength: criterion.strength,
    clause: criterion.clause,
    quote: criterion.quote,
    ways,
    text: waysText(shown),
  };
}

/**
 * What is short on one side of a choice that is still open: the amount does not reach its line, the share is not told.
 * It decides nothing yet.
 */
export function openShortfalls(
  criteria: readonly Criterion[],
  vocabulary: Vocabulary,
  input: CheckInput,
): Shortfall[] {
  const { facts } = deriveFacts(input.facts, vocabulary, input.asOf);
  return criteria.flatMap((c) => {
    if (c.subject !== input.subject || c.test?.mode !== 'any') return [];
    if (outcomeOf(c, facts, input.asOf) !== 'unknown') return [];
    const ways = c.test.parts.flatMap((part) => waysOf(part, facts, input.asOf));
    const { id, title, strength, clause, quote } = c;
    return ways.length === 0
      ? []
      : [{ criterion: id, title, strength, clause, quote, ways, text: waysText(ways) }];
  });
}

/** 年均研发投入差1000万元，或研发强度差2个百分点（满足其一即可）. */
function waysText(ways: readonly Change[][]): string {
  const each = ways.map((way) => way.map((change) => change.text).join(say('join.and')));
  const long = ways.some((way) => way.length > 1);
  return each.length > 1
    ? say('join.anyOf', { ways: each.join(say(long ? 'join.longWays' : 'join.ways')) })
    : each.join('');
}

/** Every way to make a failed test pass: an "or" needs one part, an "and" each failed part. */
function waysOf(test: Test, facts: Facts, asOf: string): Change[][] {
  if (test.outcome(facts, asOf) !== 'fail') return [];
  if (test.mode === 'leaf') {
    const change = test.mend(facts, asOf);
    return change === null ? [] : [[change]];
  }
  const parts = test.parts.map((part) => waysOf(part, facts, asOf)).filter((ways) => ways.length > 0);
  if (test.mode === 'any') return parts.flat();
  return parts.reduce<Change[][]>(
    (sofar, ways) => sofar.flatMap((head) => ways.map((tail) => [...head, ...tail])),
    [[]],
  );
}

/** A policy as `otherPolicies` compares it. */
export interface Candidate {
  policy: string;
  status: string;
  criteria: readonly Criterion[];
}

/**
 * The verdicts of other policies on the same facts, those that would pass first; policies that fail are left out, and
 * so are those without criteria for the subject. Facts that name a place stay as they are: a unit that would have to
 * move its seat does not pass elsewhere.
 */
export function otherPolicies(
  candidates: readonly Candidate[],
  vocabulary: Vocabulary,
  input: Pick<CheckInput, 'policy' | 'asOf' | 'facts'> & { subject: Subject },
): Verdict[] {
  const rank: Record<Outcome, number> = { eligible: 0, discretionary: 1, undetermined: 2, ineligible: 3 };
  return candidates
    .filter((c) => c.policy !== input.policy && c.criteria.some((x) => x.subject === input.subject))
    .map((c) => check(c.criteria, vocabulary, { ...input, policy: c.policy, status: c.status }))
    .filter((v) => v.outcome !== 'ineligible')
    .sort((a, b) => rank[a.outcome] - rank[b.outcome]);
}
