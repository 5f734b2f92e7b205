import { isPoint } from '../quantity/index.js';
import { applies } from './applies.js';
import type { Criterion } from './criteria.js';
import type { Derived } from './derive.js';
import { ofList } from './prior.js';
import type { Test } from './test.js';
import type { Facts, FactValue, Tri } from './types.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * What it takes, in expectation, to settle a requirement from what is known: how many answers, how likely it passes
 * (prior.ts), and the answer to ask for first. Settled requirements cost nothing and have no fact to ask for.
 */
interface Prospect {
  cost: number;
  pass: number;
  fact: string | null;
}

/** An open criterion that certainly concerns the case, or one that hangs on a gate (the unknown fact of its `when`). */
interface Open {
  criterion: Criterion;
  test: Test;
  gate: string | null;
  prospect: Prospect;
}

/**
 * The fact to ask for next, so that the outcome is settled with the fewest answers in expectation.
 *
 * A failed must settles at once, so musts come before principles, ordered by expected answers per chance of failing
 * (for independent requirements that order is optimal); inside an "or" the alternative most likely to pass comes first.
 * A gate (which unit leads) is weighed together with the musts that it opens; where it opens a single one, that one may
 * come first, since meeting it settles it whatever the gate. Principles must all be answered anyway.
 * To be called of an undetermined case: a must that has failed for good makes every question vain.
 * @returns null when nothing unknown could change the outcome.
 */
export function nextFact(
  criteria: readonly Criterion[],
  derived: Derived,
  asOf: string,
  vocabulary: Vocabulary,
): string | null {
  const { facts } = derived;
  const open: Open[] = [];
  for (const criterion of criteria) {
    const test = criterion.test;
    if (test === null) continue;
    const applying = applies(criterion, facts);
    if (applying === 'fail') continue;
    if (test.outcome(facts, asOf) === 'pass') continue;
    const gate =
      applying === 'pass' ? null : (Object.keys(criterion.when!).find((id) => !facts.has(id)) ?? null);
    open.push({ criterion, test, gate, prospect: prospectOf(test, facts, asOf) });
  }
  const musts = open.filter((o) => o.criterion.strength === 'must');
  const pool = musts.length > 0 ? musts : open;
  const contradicted = derived.conflicts.find((c) => pool.some((o) => asks(o.test, facts, asOf, c.fact)));
  if (contradicted) return contradicted.fact;
  const best = cheapest(pool, facts, asOf, vocabulary);
  return best && askable(best, derived);
}

/** Prices that differ by less are the same: floating point is exact enough to order questions, not to tell ties. */
const EQUAL = 1e-9;

/** The first fact of the block with the fewest expected answers per chance of settling; ties in document order. */
function cheapest(pool: readonly Open[], facts: Facts, asOf: string, vocabulary: Vocabulary): string | null {
  let best: string | null = null;
  let lowest = Number.POSITIVE_INFINITY;
  const consider = (fact: string | null, index: number) => {
    if (fact === null || index >= lowest - EQUAL) return;
    best = fact;
    lowest = index;
  };
  const gates = new Set(pool.flatMap((o) => (o.gate === null ? [] : [o.gate])));
  const seen = new Set<string>();
  for (const o of pool) {
    const gate = o.gate ?? o.test.facts.find((id) => gates.has(id)) ?? null;
    if (gate === null) {
      consider(o.prospect.fact, price(o.prospect.cost, 1 - o.prospect.pass));
    } else if (!seen.has(gate)) {
      seen.add(gate);
      consider(gate, gatePrice(gate, pool, facts, asOf, vocabulary));
      if (o.gate !== null && pool.every((x) => x === o || !hangsOn(x, gate))) {
        const concerned = gateChance(o, gate, vocabulary);
        const { fact, cost, pass } = o.prospect;
        consider(fact, price(cost + (1 - pass), concerned * (1 - pass)));
      }
    }
  }
  return best;
}

const hangsOn = (o: Open, gate: string): boolean => o.gate === gate || o.test.facts.includes(gate);

/** The chance that a criterion concerns the case, as far as one gate decides it. */
const gateChance = (o: Open, gate: string, vocabulary: Vocabulary): number =>
  ofList(o.criterion.when![gate]!.length, possibleValues(gate, vocabulary).length);

const price = (cost: number, fails: number): number => (fails <= 0 ? Number.MAX_VALUE : cost / fails);

/** The best price of asking for a gate and then the first few of the musts that the answer opens. */
function gatePrice(
  gate: string,
  pool: readonly Open[],
  facts: Facts,
  asOf: string,
  vocabulary: Vocabulary,
): number {
  const values = possibleValues(gate, vocabulary);
  const chains = values.map((value) => chainAfter(gate, value, pool, facts, asOf));
  const longest = Math.max(0, ...chains.map((c) => c.musts.length));
  let best = Number.MAX_VALUE;
  for (let steps = 0; steps <= longest; steps++) {
    let cost = 1;
    let fails = 0;
    for (const chain of chains) {
      let alive = 1;
      for (const must of chain.musts.slice(0, steps)) {
        cost += (alive * must.cost) / chains.length;
        alive *= must.pass;
      }
      fails += (chain.fails ? 1 : 1 - alive) / chains.length;
    }
    best = Math.min(best, price(cost, fails));
  }
  return best;
}

/** The musts that one value of a gate opens, cheapest first; `fails` when that value itself settles the outcome. */
function chainAfter(
  gate: string,
  value: FactValue,
  pool: readonly Open[],
  facts: Facts,
  asOf: string,
): { musts: Prospect[]; fails: boolean } {
  const then = new Map(facts).set(gate, value);
  const musts: Prospect[] = [];
  for (const o of pool) {
    if (!hangsOn(o, gate)) continue;
    if (applies(o.criterion, then) !== 'pass') continue;
    const prospect = prospectOf(o.test, then, asOf);
    if (prospect.fact !== null) musts.push(prospect);
    else if (prospect.pass === 0) return { musts: [], fails: true };
  }
  return { musts: musts.sort((a, b) => price(a.cost, 1 - a.pass) - price(b.cost, 1 - b.pass)), fails: false };
}

/** The values a gate can take, each as likely (prior.ts). */
function possibleValues(id: string, vocabulary: Vocabulary): FactValue[] {
  const { type, values } = vocabulary.get(id)!;
  return type === 'boolean'
    ? [true, false].map((value) => ({ type, value }))
    : values.map((v) => ({ type: 'enum', value: v.id }));
}

function prospectOf(test: Test, facts: Facts, asOf: string): Prospect {
  const outcome: Tri = test.outcome(facts, asOf);
  if (outcome !== 'unknown') return { cost: 0, pass: outcome === 'pass' ? 1 : 0, fact: null };
  if (test.mode === 'leaf') {
    const missing = test.facts.filter((id) => !facts.has(id));
    return { cost: missing.length || 1, pass: test.chance, fact: missing[0] ?? vague(test, facts) };
  }
  const any = test.mode === 'any';
  const parts = test.parts.map((part) => prospectOf(part, facts, asOf)).filter((p) => p.fact !== null);
  const settles = (p: Prospect): number => (any ? p.pass : 1 - p.pass);
  parts.sort((a, b) => price(a.cost, settles(a)) - price(b.cost, settles(b)));
  let cost = 0;
  let undecided = 1;
  for (const part of parts) {
    cost += undecided * part.cost;
    undecided *= 1 - settles(part);
  }
  return { cost, pass: any ? 1 - undecided : undecided, fact: parts[0]!.fact };
}

/** Of facts known only as a range (差不多5%), the one to have stated exactly. */
function vague(test: Test, facts: Facts): string {
  return test.facts.find((id) => isVague(facts.get(id)!)) ?? test.facts[0]!;
}

const isVague = (value: FactValue): boolean => value.type === 'number' && !isPoint(value.range);

/** Whether a fact still matters to a requirement. */
function asks(test: Test, facts: Facts, asOf: string, fact: string): boolean {
  if (test.outcome(facts, asOf) !== 'unknown') return false;
  return test.mode === 'leaf'
    ? test.facts.includes(fact)
    : test.parts.some((part) => asks(part, facts, asOf, fact));
}

/** A derived fact with some of its parts given is asked for through the part that is missing; else as a whole. */
const askable = (id: string, derived: Derived): string =>
  derived.facts.has(id) ? id : (derived.lacking.get(id) ?? id);
