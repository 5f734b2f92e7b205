import { addPairs, type Part } from './parts.js';

/** A part of a sentence, and which of its characters need no evidence. */
export interface Saying extends Part {
  /** Its words, as written. */
  words: string;
  /** The characters that need evidence, by their index. */
  needs: readonly number[];
  /** True when nothing of it needs evidence. */
  empty: boolean;
}

/** Pairs of what is said of a saying, with and without what needs no evidence. */
export function withPairs(x: Saying): Saying {
  addPairs(x.pairs, x.needs.map((i) => x.chars[i]).join(''));
  return x;
}
