import type { Outcome, Strength } from '../../rules/index.js';

/** One piece of evidence that a sentence may point at. */
export interface Proof {
  /** As a model cites it: c1, v1, k1. */
  id: string;
  /** The words that prove: a quote of a document, what code says of it, a verdict or a calculation as code writes them. */
  text: string;
  /** Of these the document's own, where code says more of it. */
  quote?: string;
  /** Names by which its matter may be spoken of (titles, everyday words). They prove no figure. */
  also: string;
  /** City id of the document; null where it speaks of none. */
  city: string | null;
  strength: Strength | null;
  /** Set for a verdict. */
  verdict: Outcome | null;
}

/** What the user said so far, in their own words, and the cities (ids) that the conversation is about. */
export interface Said {
  words: readonly string[];
  cities: readonly string[];
}

export type DropReason =
  | 'empty'
  | 'long'
  | 'odd-character'
  | 'markup'
  | 'instructions'
  | 'unread-numeral'
  | 'quantity'
  | 'bound'
  | 'association'
  | 'level'
  | 'strength'
  | 'softener'
  | 'negation'
  | 'verdict'
  | 'city'
  | 'unsupported'
  | 'no-evidence';

export type GuardResult = { ok: true } | { ok: false; reason: DropReason; detail: string };
