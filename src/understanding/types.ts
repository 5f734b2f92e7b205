import type { Facts, FactValue, Subject } from '../rules/types.js';

/** Where the conversation stands: everything the user has established, as plain data. */
export interface Conversation {
  facts: Facts;
  /** Policies in focus, by id. */
  policies: string[];
  subject: Subject | null;
  /** The fact that was last asked for, so that a bare answer (“两个亿”, “是的”) is understood. */
  pending: string | null;
  /** All that the last turn of the assistant asked for, where it is more than one plain question. */
  asked?: Asked | null;
  /** Facts that the user was asked for and does not know: not asked again. */
  unsure: string[];
  /** What the last answer was about: fact ids or topic ids. */
  lastTopics: string[];
  lastIntent: string | null;
}

/** What an assistant's turn asked for. */
export interface Asked {
  /** In the order in which it was asked for. */
  facts: string[];
  /** Asked for one or the other (高新或者专精特新吗). */
  either: boolean;
  /** Values put forward, to which a bare yes agrees (是省级吗). */
  proposed: ReadonlyMap<string, FactValue>;
}

export const emptyConversation = (): Conversation => ({
  facts: new Map(),
  policies: [],
  subject: null,
  pending: null,
  unsure: [],
  lastTopics: [],
  lastIntent: null,
});

/** A fact read from the user's words. */
export interface FactMention {
  fact: string;
  value: FactValue;
  start: number;
  end: number;
  /** True for facts of a what-if (“要是再加一家呢”). */
  hypothetical?: boolean;
}

/** A figure that the user takes for a rule's (“是不是要3亿”). */
export interface Premise {
  fact: string | null;
  text: string;
  /** Canonical value and unit as the quantity reader gives them. */
  unit: string;
  value: string;
}

/** A question understood. */
export interface Understanding {
  /** The question after normalisation. */
  text: string;
  /** Cities named in this question (ids), in order. */
  cities: string[];
  /** Places named that no document covers. */
  elsewhere: string[];
  /** Facts stated in this question. */
  mentions: FactMention[];
  /** Remembered facts that this question leaves open again (高新我不确定了). */
  withdrawn?: string[];
  /** Facts named without a value: what is asked about. */
  asked: string[];
  premises: Premise[];
  /** A figure whose meaning is open, with the facts it may be. */
  open: { text: string; unit: string; value: string; candidates: string[] }[];
  /** Facts told so vaguely (2亿左右) that what is asked of them cannot be held against it: the exact figure is to be asked for. */
  vague: {
    fact: string;
    text: string;
    why?: 'partOfYear' | 'partOfTotal' | 'turnover' | 'unsure' | 'otherThing' | 'oneYear';
  }[];
  intents: Set<string>;
  wants: Set<string>;
  /** True when the asker speaks of their own unit or gives its figures. */
  personal: boolean;
  /** True when the question leans on what was said before. */
  followUp: boolean;
  english: boolean;
}
