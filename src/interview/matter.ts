import { isPoint } from '../quantity/index.js';
import {
  applies,
  type Criterion,
  deriveFacts,
  type Facts,
  type FactValue,
  nextFact,
  type Vocabulary,
} from '../rules/index.js';
import type { Test } from '../rules/test.js';

/** One policy's criteria for one subject, what is known, and what it is no use to ask. */
export interface Case {
  criteria: readonly Criterion[];
  /** As told; derived facts are added here. */
  facts: Facts;
  asOf: string;
  vocabulary: Vocabulary;
  /** Facts not to be asked: the user does not know them, or put them off. */
  closed: ReadonlySet<string>;
  /** Everything that is open counts, not only what can change the outcome. */
  full: boolean;
}

/** What is left to ask of one policy. */
export interface Left {
  /** The fact that settles it with the fewest answers in expectation; null when nothing that can be asked matters. */
  next: string | null;
  /** Facts whose answer can still matter: an upper bound (each is looked at alone). */
  facts: ReadonlySet<string>;
}

/** An open criterion as it can still be answered: parts that hang on closed facts taken out of its "or"s. */
interface Open {
  criterion: Criterion;
  keys: Set<string>;
  canFail: boolean;
}

/**
 * What can still matter to an outcome when some facts will stay unknown.
 *
 * A criterion that no answer can decide any more leaves the outcome undetermined at best, so that only musts that can
 * still fail matter. Else every open criterion does. Everything else is `nextFact` of the rules, over what is left.
 */
export function leftOf(kase: Case): Left {
  const { criteria, asOf, vocabulary } = kase;
  const derived = deriveFacts(kase.facts, vocabulary, asOf);
  const ask = new Asks(kase, derived);
  const open: Open[] = [];
  let stuck = false;
  for (const criterion of criteria) {
    if (criterion.test === null || criterion.strength === 'judgement') continue;
    const found = openOf(criterion, criterion.test, derived.facts, asOf, ask);
    if (found === 'failed') {
      if (criterion.strength === 'must' && !kase.full) return { next: null, facts: new Set() };
    } else if (found === 'stuck') stuck = true;
    else if (found !== 'settled') open.push(found);
  }
  const relevant =
    stuck && !kase.full ? open.filter((o) => o.criterion.strength === 'must' && o.canFail) : open;
  const facts = new Set(relevant.flatMap((o) => [...o.keys]));
  if (facts.size === 0) return { next: null, facts };
  const chosen = nextFact(
    relevant.map((o) => o.criterion),
    {
      facts: derived.facts,
      conflicts: derived.conflicts.filter((c) => !kase.closed.has(c.fact)),
      lacking: ask.lacking,
    },
    asOf,
    vocabulary,
  );
  const next = chosen === null ? null : ask.keyOf(chosen);
  return { next: next !== null && facts.has(next) ? next : [...facts][0]!, facts };
}

/** Which question, if any, tells of a fact: the fact itself, or the part that it is computed from. */
class Asks {
  readonly lacking: ReadonlyMap<string, string>;

  constructor(
    private readonly kase: Case,
    private readonly derived: { facts: Facts; lacking: ReadonlyMap<string, string> },
  ) {
    const lacking = new Map<string, string>();
    for (const [fact, part] of derived.lacking) {
      const instead = this.#part(fact, part);
      if (instead !== null) lacking.set(fact, instead);
    }
    this.lacking = lacking;
  }

  /** The part to ask for; null where the whole is asked instead. */
  #part(fact: string, part: string): string | null {
    const { closed, facts, vocabulary } = this.kase;
    if (!closed.has(part)) return part;
    // Nothing of that part is known, so the whole may be known without it (no sales by year, but the share).
    if (!facts.has(part)) return null;
    const how = vocabulary.get(fact)?.derive;
    const founded = how && 'founded' in how ? how.founded : null;
    return founded !== null && !facts.has(founded) && !closed.has(founded) ? founded : part;
  }

  /** The question that would tell more of a fact; null when there is none left. */
  keyOf(id: string): string | null {
    const { closed, facts, vocabulary } = this.kase;
    const part = this.lacking.get(id);
    if (part !== undefined) return closed.has(part) ? null : part;
    const how = vocabulary.get(id)?.derive;
    if (how && this.derived.facts.has(id) && !facts.has(id)) {
      const sources = 'ratio' in how ? [how.ratio, how.of] : ['mean' in how ? how.mean : how.latest];
      return sources.find((s) => facts.has(s) && !closed.has(s)) ?? null;
    }
    return closed.has(id) ? null : id;
  }

  /** Questions that a leaf hangs on; null when no answer can decide it. */
  leaf(test: Test): string[] | null {
    const keys: string[] = [];
    for (const id of test.facts) {
      const value = this.derived.facts.get(id);
      if (exactly(value)) continue;
      const key = this.keyOf(id);
      if (key !== null) keys.push(key);
      else if (value === undefined) return null;
    }
    return keys.length === 0 ? null : keys;
  }
}

function openOf(
  criterion: Criterion,
  test: Test,
  facts: Facts,
  asOf: string,
  ask: Asks,
): Open | 'settled' | 'failed' | 'stuck' {
  const applying = applies(criterion, facts);
  if (applying === 'fail') return 'settled';
  const outcome = test.outcome(facts, asOf);
  if (outcome === 'pass') return 'settled';
  if (applying === 'pass' && outcome === 'fail') return 'failed';
  const gates = Object.keys(criterion.when ?? {}).filter((id) => !facts.has(id));
  const gateKeys = gates.flatMap((id) => ask.keyOf(id) ?? []);
  const pruned = outcome === 'fail' ? null : prune(test, facts, asOf, ask);
  if (pruned === null) {
    // Only the gate can still decide it: by leaving it out, or (where it fails) by making it count.
    if (gateKeys.length === 0) return 'stuck';
    const canFail = outcome === 'fail' && gateKeys.length === gates.length;
    return { criterion: gated(criterion, test, gateKeys), keys: new Set(gateKeys), canFail };
  }
  return {
    criterion: gated(criterion, pruned.test, gateKeys),
    keys: new Set([...gateKeys, ...pruned.keys]),
    canFail: gateKeys.length === gates.length && pruned.canFail,
  };
}

/** The criterion with what can be asked of it: gates that stay unknown are no questions. */
function gated(criterion: Criterion, test: Test, gateKeys: readonly string[]): Criterion {
  if (criterion.when === null) return { ...criterion, test };
  const when = Object.fromEntries(Object.entries(criterion.when).filter(([id]) => gateKeys.includes(id)));
  return { ...criterion, test, when: Object.keys(when).length === 0 ? null : when };
}

interface Pruned {
  test: Test;
  keys: string[];
  canFail: boolean;
}

/** A test without the alternatives that no answer can decide; null when none is left. */
function prune(test: Test, facts: Facts, asOf: string, ask: Asks): Pruned | null {
  if (test.mode === 'leaf') {
    const keys = ask.leaf(test);
    return keys === null ? null : { test, keys, canFail: true };
  }
  const open = test.parts.filter((part) => part.outcome(facts, asOf) === 'unknown');
  const left = open.flatMap((part) => prune(part, facts, asOf, ask) ?? []);
  if (left.length === 0) return null;
  const whole = left.length === open.length;
  const canFail = test.mode === 'any' ? whole && left.every((p) => p.canFail) : left.some((p) => p.canFail);
  const parts = left.map((p) => p.test);
  const read = [...new Set(parts.flatMap((p) => p.facts))];
  return {
    test: {
      ...test,
      parts,
      facts: read,
      // Only what is left can be asked of; the outcome is that of the whole test.
      outcome: (f, day) => test.outcome(f, day),
    },
    keys: left.flatMap((p) => p.keys),
    canFail,
  };
}

function exactly(value: FactValue | undefined): boolean {
  return value !== undefined && (value.type !== 'number' || isPoint(value.range));
}
