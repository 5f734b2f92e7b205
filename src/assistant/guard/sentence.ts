import type { AlignTask } from './align.js';
import { says } from './lexicon.js';
import { has } from './text.js';
import { isToken, type Track } from './track.js';

/** What may stand between stretches of the evidence. */
export enum Filler {
  /** Says nothing by itself, or asks (要求, 应) where the evidence does. */
  Light,
  City,
  /** A name by which the evidence's matter goes. */
  Name,
  /** A name that is a condition: 企业牵头的. */
  Frame,
  /** 和, 与: one more of a list. */
  Joining,
  /** 同时, 另外: something new begins. */
  Turn,
}

/** A stretch of a sentence between commas. */
export interface Segment {
  /** It stands on its own: it holds a figure or says what must be, and does not end as what the next is said of. */
  whole: boolean;
  condition: boolean;
  /** It holds set phrases only (具体来说, 同时), and is as the one before it. */
  set: boolean;
  /** The city it speaks of: the last one named in it, or before it, or else the first one after. */
  city: string | null;
}

/** The segment of each character of a sentence. */
export function segmentsOf({ sentence, lexicon }: AlignTask, s: Track): Segment[] {
  const known = new Map<number, Segment>();
  let last: Segment | null = null;
  const [firstNamed] = sentence.match(lexicon.cities) ?? [];
  let city = firstNamed === undefined ? null : lexicon.cityOf(firstNamed);
  return s.phrase.map((from, i) => {
    let segment = known.get(from);
    if (!segment) {
      const words = sentence.slice(s.at[from], (s.at[s.phraseEnd[i]! - 1] ?? sentence.length) + 1);
      const states =
        [...s.chars.slice(from, s.phraseEnd[i])].some(isToken) ||
        lexicon.strengths.some(([, re]) => has(re, words));
      const condition = lexicon.words.conditions.some((w) => words.endsWith(w));
      const named = [...words.matchAll(lexicon.cities)].at(-1)?.[0];
      if (named !== undefined) city = lexicon.cityOf(named);
      // Set phrases between two segments (具体来说, 同时) part nothing and join nothing.
      const set = last !== null && !says(lexicon, words);
      segment = {
        whole: set
          ? last!.whole
          : states && !condition && !lexicon.words.topics.some((w) => words.endsWith(w)),
        condition: set ? last!.condition : condition && says(lexicon, words),
        set,
        city,
      };
      last = segment;
      known.set(from, segment);
    }
    return segment;
  });
}

/** The stretches of a sentence that need no evidence, by the index where they begin. */
export function fillersOf(
  { sentence, open, names, lexicon }: AlignTask,
  s: Track,
): (readonly [number, Filler])[][] {
  const known = new Set(names.flat());
  const out: (readonly [number, Filler])[][] = Array.from({ length: s.chars.length }, () => []);
  const add = (i: number, to: number, kind: Filler) => {
    let end = i;
    while (end < s.at.length && s.at[end]! < to) end++;
    // A word that weighs is never made of two that do not: 以内 is not 以 and 内.
    if (end > i && !s.inner[i] && !s.inner[end]) out[i]!.push([end, kind]);
  };
  for (const [i, at] of s.at.entries()) {
    if (open[at] === 1) out[i]!.push([i + 1, Filler.Light]);
    const first = sentence[at]!;
    for (const [word, kind] of lexicon.fillers.get(first) ?? [])
      if (sentence.startsWith(word, at)) add(i, at + word.length, KINDS[kind]);
    for (const name of known)
      if (sentence.startsWith(name, at))
        add(i, at + name.length, name.endsWith('，') ? Filler.Frame : Filler.Name);
  }
  const index = new Map(s.at.map((at, i) => [at, i]));
  for (const m of sentence.matchAll(lexicon.cities)) {
    const i = index.get(m.index);
    if (i !== undefined) add(i, m.index + m[0].length, Filler.City);
  }
  return out;
}

const KINDS = { plain: Filler.Light, joining: Filler.Joining, turns: Filler.Turn } as const;
