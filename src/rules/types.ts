import type { Range } from '../quantity/types.js';

export type FactType =
  | 'money'
  | 'percent'
  | 'count'
  | 'date'
  | 'boolean'
  | 'enum'
  | 'level'
  | 'text'
  | 'money-by-year';

/** One fact of the vocabulary (knowledge/facts.yaml). */
export interface FactSpec {
  id: string;
  type: FactType;
  label: string;
  /** Question of the interview and an example of an answer; why it is asked is read from the criteria. */
  question: string;
  example: string;
  /** Words by which people name it, everyday ones first. */
  synonyms: string[];
  /** enum and level: value ids in order (levels ascending) with label and the words that mean it. */
  values: { id: string; label: string; words: string[] }[];
  /** date facts that may also be one of these words (lead.title_revoked_on: never). */
  orWord: string | null;
  /** Measure words a count of this fact is given in (家, 人). */
  measures: string[];
  /** Words that state the opposite of a boolean (分公司), "never" of a date, and zero of a count. */
  falseWords: string[];
  neverWords: string[];
  noneWords: string[];
  /** How the fact follows from others, when it does. */
  derive:
    | { mean: string; founded: string }
    | { latest: string }
    | { ratio: string; of: string; founded: string }
    | null;
}

/** A fact's value, read and exact. Absence from the map means unknown. */
export type FactValue =
  | { type: 'number'; range: Range; text?: string } // money in yuan, percent points, counts
  | { type: 'boolean'; value: boolean }
  | { type: 'enum'; value: string } // enum and level ids
  /** YYYY-MM-DD or the orWord; with `latest` some day from `value` to `latest`, both included (“2024年被取消”). */
  | { type: 'date'; value: string; latest?: string }
  | { type: 'text'; value: string }
  | { type: 'by-year'; years: ReadonlyMap<number, Range> };

export type Facts = ReadonlyMap<string, FactValue>;

export type Subject = 'lead' | 'member' | 'consortium' | 'talent-consortium';
export type Strength = 'must' | 'principle' | 'judgement';
export type Tri = 'pass' | 'fail' | 'unknown';
export type Outcome = 'ineligible' | 'undetermined' | 'discretionary' | 'eligible';

export interface CriterionResult {
  id: string;
  title: string;
  facts: string[];
  /** `judgement` criteria are listed as unknown and never decide. */
  outcome: Tri;
  strength: Strength;
  required: string;
  given: string | null;
  gap: string | null;
  clause: string;
  quote: string;
  note: string | null;
}

export interface Verdict {
  id?: string;
  policy: string;
  subject: Subject;
  asOf: string;
  status: string;
  outcome: Outcome;
  next: string | null;
  criteria: CriterionResult[];
  /** Contradictions between stated and derived facts, in words. */
  conflicts: string[];
}
