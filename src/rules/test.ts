import type Fraction from 'fraction.js';
import { writeCount, writeMoney, writePercent } from '../quantity/index.js';
import type { Bound } from '../quantity/types.js';
import { say } from './say.js';
import type { FactSpec, Facts, FactValue, Tri } from './types.js';

/** What a test found: the outcome, what was given and by how much it falls short, in official notation. */
export interface Finding {
  outcome: Tri;
  given: string | null;
  gap: string | null;
}

/** The smallest change of one fact that would make a failed leaf pass. */
export interface Change {
  fact: string;
  /** The value the fact would need; null where no value that someone can bring about would do (registered elsewhere). */
  to: FactValue | null;
  /** For the reader, with the figure in official notation: 上年度主营业务收入差2000万元. */
  text: string;
}

/** One compiled requirement. Pure: the same facts give the same finding. */
export interface Test {
  /** A leaf reads facts; `any` and `all` combine their parts. */
  readonly mode: 'leaf' | 'any' | 'all';
  readonly parts: readonly Test[];
  /** Every fact read, each once. */
  readonly facts: readonly string[];
  /** How the tested fact is called in a list of alternatives. */
  readonly name: string;
  /** One of its texts (required, given, gap) as a part of such a list: a bare figure needs its name before it. */
  named(text: string): string;
  /** In official notation: ≥ 2亿元. */
  readonly required: string;
  /** Prior chance, 0 to 1, that an unknown fact meets it; orders the questions, never decides (see prior.ts). */
  readonly chance: number;
  /** The outcome alone (hot path). */
  outcome(facts: Facts, asOf: string): Tri;
  finding(facts: Facts, asOf: string): Finding;
  /** For a failed leaf: what would mend it. null for groups (ask the parts) and for leaves that do not fail. */
  mend(facts: Facts, asOf: string): Change | null;
}

/** What every leaf has in common. */
export const LEAF = Object.freeze({ mode: 'leaf', parts: Object.freeze([]) } as const);

/** How people call a fact in a list: a yes/no fact as itself, a figure by its first synonym. */
export const nameOf = (spec: FactSpec): string =>
  spec.type === 'boolean' ? spec.label : (spec.synonyms[0] ?? spec.label);

/** Name and texts of a leaf whose texts are bare figures (研发强度 ≥ 5%). */
export const figureOf = (spec: FactSpec): Pick<Test, 'name' | 'named'> => ({
  name: nameOf(spec),
  named: (text) => say('check.named', { name: nameOf(spec), text }),
});

/** Name and texts of a leaf whose texts name themselves. */
export const wordsOf = (spec: FactSpec): Pick<Test, 'name' | 'named'> => ({
  name: nameOf(spec),
  named: (text) => text,
});

export type HardBound = Exclude<Bound, 'about'>;
export const SIGN: Record<HardBound, string> = { 'at-least': '≥', 'at-most': '≤', over: '>', under: '<' };

export const OPEN: Finding = Object.freeze({ outcome: 'unknown', given: null, gap: null });

/** Writes a number of a fact's kind as an official would. `measure` is the measure word of a count. */
export function writeNumber(type: FactSpec['type'], n: Fraction, measure: string): string {
  if (type === 'money') return writeMoney(n);
  return type === 'percent' ? writePercent(n) : writeCount(n, measure);
}

/** A difference: percent differences are 个百分点. */
export function writeDifference(type: FactSpec['type'], n: Fraction, measure: string): string {
  return type === 'percent'
    ? writePercent(n).replace(/%$/, say('check.points'))
    : writeNumber(type, n, measure);
}
