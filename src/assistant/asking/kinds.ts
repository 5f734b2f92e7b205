import { z } from 'zod';
import { segment } from '../../understanding/index.js';

/** Kinds of question that one regular expression over the normalised text tells; what each means stands in questions.yaml. */
const KINDS = [
  'verdict',
  'yesNo',
  'asks',
  'leans',
  'rechecks',
  'sum',
  'everywhere',
  'confirm',
  'choice',
  'absolute',
  'future',
  'former',
  'either',
  'money',
  'scored',
  'reason',
  'missing',
  'computes',
  'together',
  'current',
  'demands',
  'joining',
  'whole',
  'reach',
  'otherBody',
  'silence',
  'details',
  'own',
  'rewarding',
  'counted',
  'difference',
  'granted',
  'compares',
  'leads',
  'leading',
  'notLeading',
  'qualifies',
  'accepts',
  'ways',
  'whether',
  'wanting',
  'gap',
  'goesOn',
  'interrogative',
  'partOf',
  'joint',
  'within',
  'possessed',
  'waives',
  'lackingAsked',
  'insists',
  'ruled',
  'demandAsked',
  'leadsSeveral',
  'extreme',
  'points',
  'onlyCounts',
  'ands',
  'presumes',
  'asserted',
  'ofDocument',
  'ofFiling',
  'onlyNames',
  'openly',
  'manyDemanded',
  'quoting',
  'leftOut',
  'takenFor',
  'likeness',
] as const;
export type QuestionKind = (typeof KINDS)[number];

/** The part of knowledge/questions.yaml that has one expression for each kind of question. */
export const kindsShape = Object.fromEntries(KINDS.map((k) => [k, z.string()])) as Record<
  QuestionKind,
  z.ZodString
>;

/** Tells kinds of question by their words. */
export class Kinds {
  readonly #kinds: Record<QuestionKind, RegExp>;

  constructor(data: Record<QuestionKind, string>) {
    this.#kinds = Object.fromEntries(KINDS.map((k) => [k, new RegExp(data[k], 'iu')])) as Record<
      QuestionKind,
      RegExp
    >;
  }

  /** Whether a text is a question (or a statement) of a kind. */
  is(kind: QuestionKind, text: string): boolean {
    return this.#kinds[kind].test(text);
  }

  /** Whether some part of a message, between its commas and stops, is a question of a kind. */
  somewhere(kind: QuestionKind, text: string): boolean {
    return segment(text).some((part) => this.is(kind, part.text));
  }

  /** A text cut at the words of a kind. */
  split(kind: QuestionKind, text: string): string[] {
    return text.split(new RegExp(`(?:${this.#kinds[kind].source})`, 'iu'));
  }

  /** What follows the first words of a kind; null where there are none. */
  afterwards(kind: QuestionKind, text: string): string | null {
    const found = this.#kinds[kind].exec(text);
    return found === null ? null : text.slice(found.index + found[0].length);
  }

  /** A text without the words by which kinds of question are known. */
  without(kinds: readonly QuestionKind[], text: string): string {
    return kinds
      .reduce((rest, kind) => rest.replaceAll(new RegExp(this.#kinds[kind], 'giu'), ' '), text)
      .trim();
  }

  /** A text without the first words of a kind. */
  withoutFirst(kind: QuestionKind, text: string): string {
    return text.replace(this.#kinds[kind], ' ');
  }
}
