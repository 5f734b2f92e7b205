/** What parts the characters of a track from the one before: nothing, 、, a comma, or the end of a clause. */
export enum Break {
  None,
  List,
  Comma,
  Clause,
}

/**
 * A text as a row of characters without signs and spaces, each figure one character whatever its notation, so that two texts can
 * be laid beside each other. Beside each character stands where its phrase and clause begin and end and what parts it from the
 * one before.
 */
export interface Row {
  chars: string;
  /** Offset of each character in the text it was made of. */
  at: number[];
  breaks: Break[];
  /** Index of the first character of the phrase (clause) a character stands in, and of the one after its last. */
  phrase: number[];
  phraseEnd: number[];
  clause: number[];
  /** How many softeners and denials (words that weigh in any way) begin before each index; one longer than `chars`. */
  grave: number[];
  heavy: number[];
  /** True inside a word that weighs, its first character aside: no stretch begins or ends there. */
  inner: boolean[];
  /** Whoever a rule may be about. */
  roles: RegExp;
  /** Where a pair of neighbours stands, and where a figure does. */
  pairs: Map<string, number[]>;
}
