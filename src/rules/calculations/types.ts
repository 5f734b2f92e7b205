import type Fraction from 'fraction.js';
import type { Policy } from '../../knowledge/index.js';
import type { Quantity } from '../../quantity/types.js';
import type { Vocabulary } from '../vocabulary.js';

export type CalculationKind =
  | 'matching'
  | 'average'
  | 'ratio'
  | 'share'
  | 'exclusion'
  | 'annual'
  | 'periodic'
  | 'validity'
  | 'in-force'
  | 'name'
  | 'score';

/** One scored item of an evaluation table, its points and threshold read out of the row. */
export interface ScoreItem {
  id: string;
  task: string;
  indicator: string;
  clause: string;
  /** The item's words without its points. */
  text: string;
  words: string;
  points: Fraction;
  /** The figure the evidence is held against; null where only a yes or no can be given. */
  least: Quantity | null;
  /** Everyday words for the item, by which evidence told in a sentence is known. */
  named: readonly string[];
}

/** One calculation of a policy (knowledge/<policy>/calculations.yaml), its figures read out of the quote. */
export interface Calculation {
  policy: Policy;
  id: string;
  kind: CalculationKind;
  title: string;
  clause: string;
  quote: string;
  /** Name of a figure → the words it stands in, and the quantity read from them (null for a name pattern). */
  figures: ReadonlyMap<string, { words: string; quantity: Quantity | null }>;
  /** The fact that is computed, or the counted part of a share; the whole of a share. */
  fact: string | null;
  of: string | null;
  note: string | null;
  /** Of an evaluation table, in document order. */
  items: readonly ScoreItem[];
  /**
   * Of an evaluation table: words that say that an item was done, that it was not, that a figure is for each of several; and figures
   * that only count the items spoken of (两项加起来), which are no evidence.
   */
  told: {
    done: readonly string[];
    denied: readonly string[];
    each: readonly string[];
    aside: RegExp | null;
  };
}

/** An input as it was used, in official notation. */
export interface UsedInput {
  name: string;
  label: string;
  value: string;
}

/** What a calculation takes, for forms and messages. */
export interface InputSpec {
  name: string;
  label: string;
  accepts: string;
  required: boolean;
}

export interface CalculationResult {
  id: string;
  policy: string;
  title: string;
  clause: string;
  quote: string;
  inputs: UsedInput[];
  /** The way to the result, one line each, in Chinese. */
  steps: string[];
  /** For the reader, exact, in official notation. */
  result: string;
  /** The result for programs: yuan, percent points, points, YYYY-MM-DD; null where there is none to state. */
  value: string | null;
  /** What the document's limits did to the result, or how far the result is only a bound; null when neither. */
  bounds: string | null;
  notes: string[];
  /** Parts of the result that can be listed (scores by indicator), else empty. */
  rows: { label: string; value: string; clause: string }[];
}

export interface Context {
  /** YYYY-MM-DD */
  asOf: string;
  vocabulary: Vocabulary;
}

/** What a kind of calculation hands back; the rest of the result is the same for all. */
export type Worked = Pick<CalculationResult, 'inputs' | 'steps' | 'result' | 'value'> &
  Partial<Pick<CalculationResult, 'bounds' | 'notes' | 'rows'>>;

export interface Kind {
  inputs(calculation: Calculation, vocabulary: Vocabulary): InputSpec[];
  /** @throws InputError when an input is missing or cannot be read. */
  work(calculation: Calculation, given: Readonly<Record<string, unknown>>, context: Context): Worked;
}
