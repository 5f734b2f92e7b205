import type Fraction from 'fraction.js';
import type { Quantity, Range } from '../quantity/types.js';
import type { Vocabulary } from '../rules/index.js';
import type { Language } from './language.js';
import type { Found } from './lexicon.js';
import type { Stretch } from './others.js';
import type { Segment } from './segment.js';
import type { Conversation } from './types.js';

/** What a name in the text can stand for; a decoy stands for no fact and takes figures away from those that do. */
export interface Name {
  facts: string[];
  /** Named only beside a figure; never what is asked about. */
  quiet?: boolean;
}

/** The facts that the rules of some cities read (empty list: of all). */
export type FocusOf = (cities: readonly string[]) => ReadonlySet<string>;

/** Everything the readers of one question share. */
export interface Reading {
  text: string;
  segments: Segment[];
  /** Where it speaks of somebody else's unit. */
  others: Stretch[];
  /** Names of facts, in order. */
  names: Found<Name>[];
  /** Names told of somebody else's unit. */
  namesOfOthers: Found<Name>[];
  /** Words of cities and places, in order. */
  places: Found<string>[];
  /** Every word of a place with its city, those in names of institutions too. */
  whereabouts: Found<string>[];
  /** The cities that the question, or the conversation, is about. */
  cities: readonly string[];
  /** Names of other figures (补助, 员工), in order. */
  decoys: Found<Name>[];
  quantities: Quantity[];
  language: Language;
  vocabulary: Vocabulary;
  conversation: Conversation;
  asOf: string;
  /** Facts that the rules in focus read: settles which of two facts a plain name means. */
  focus: ReadonlySet<string>;
  /** Whether a vague figure of a fact lies too near a figure of the rules in focus to settle it. */
  /** What the rules in question ask of a fact. */
  marks: (fact: string) => readonly Fraction[];
  unsettled(fact: string, range: Range): boolean;
  /** Whether the asker speaks of their own unit. */
  personal: boolean;
  /** Kind of the unit that leads, said now or before. */
  kind: string | null;
}
