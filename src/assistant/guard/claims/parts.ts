import type { Figure } from '../figures.js';
import type { Lexicon } from '../lexicon.js';
import { Break } from '../row.js';
import { mask } from '../text.js';
import { isToken, type Track } from '../track.js';

/** How far a sentence is cut: at commas and between figures, at every 、 too, at words that begin another statement too. */
export enum Cut {
  Commas,
  Lists,
  Turns,
}

/** A stretch of a text between commas, cut again where it holds figures of several things. */
export interface Part {
  from: number;
  end: number;
  /** Its characters, each figure one. */
  chars: string;
  /** 1 where a word stands that says nothing, on either side. */
  light: Uint8Array;
  /** Pairs of neighbours among them, with and without what says nothing. */
  pairs: Set<string>;
  figures: readonly Figure[];
  clause: number;
  /** A word that says one of two stands within it. */
  either: boolean;
  /** It begins with one, and goes on from the part before. */
  alternative: boolean;
  /** It holds a word that allows. */
  may: boolean;
  /** The words in it that soften. */
  soft: readonly string[];
}

/** Units that say how long or when, not how much of something. */
export const TIMES = new Set(['duration', 'date', 'monthday', 'ordinal']);

/** The parts of a text, in their order. @param text what the track was made of */
export function partsOf(
  text: string,
  t: Track,
  figures: readonly Figure[],
  lexicon: Lexicon,
  cut: Cut = Cut.Commas,
): Part[] {
  const at = new Map(figures.map((f) => [f.q.outerStart, f]));
  const figureAt = (i: number): Figure | undefined => (isToken(t.chars[i]) ? at.get(t.at[i]!) : undefined);
  const links = new Set(lexicon.words.links);
  const either = new Set(lexicon.words.alternatives);
  const weak = lightOf(text, figures, lexicon);
  const turns = cut === Cut.Turns ? mask(text, lexicon.turning) : null;
  const parts: Part[] = [];
  const add = (from: number, end: number): void => {
    if (end <= from) return;
    const chars = t.chars.slice(from, end);
    const light = new Uint8Array(chars.length);
    for (let k = 0; k < light.length; k++) light[k] = isToken(chars[k]) ? 0 : weak.light[t.at[from + k]!]!;
    const marked = (marks: Uint8Array): boolean => {
      for (let k = from; k < end; k++) if (marks[t.at[k]!] === 1 && !isToken(t.chars[k])) return true;
      return false;
    };
    const pairs = new Set<string>();
    addPairs(pairs, chars);
    addPairs(pairs, without(chars, light));
    parts.push({
      from,
      end,
      chars,
      light,
      pairs,
      figures: [...Array(end - from).keys()].flatMap((k) => figureAt(from + k) ?? []),
      clause: t.clause[from]!,
      either: [...chars.slice(1)].some((c) => either.has(c)),
      alternative: either.has(chars[0]!),
      may: marked(weak.may),
      soft: weak.soft.filter((m) => m.at >= t.at[from]! && m.at <= t.at[end - 1]!).map((m) => m.word),
    });
  };
  for (let from = 0; from < t.chars.length; from = t.phraseEnd[from]!) {
    const end = t.phraseEnd[from]!;
    let start = from;
    let counted = -1;
    for (let i = from; i < end; i++) {
      const begins = turns !== null && turns[t.at[i]!] === 1 && turns[t.at[i]! - 1] !== 1;
      if (i > from && ((cut >= Cut.Lists && t.breaks[i] === Break.List) || begins)) {
        add(start, i);
        start = i;
      }
      const f = figureAt(i);
      if (!f || TIMES.has(f.q.unit)) continue;
      for (let k = i; counted >= 0 && k > counted && k > start; k--)
        if (t.breaks[k] === Break.List || (k < i && links.has(t.chars[k]!))) {
          add(start, k);
          start = k;
          break;
        }
      counted = i;
    }
    add(start, end);
  }
  return parts;
}

const FLOORS: ReadonlySet<string | null> = new Set(['at-least', 'over']);
const CEILINGS: ReadonlySet<string | null> = new Set(['at-most', 'under']);

interface Weak {
  /** 1 where a word stands that says nothing, allows or softens. */
  light: Uint8Array;
  may: Uint8Array;
  soft: readonly { at: number; word: string }[];
}

/** What is compared otherwise than by its characters. */
function lightOf(text: string, figures: readonly Figure[], lexicon: Lexicon): Weak {
  const free = mask(text, lexicon.innocent);
  const may = new Uint8Array(text.length);
  for (const m of text.matchAll(lexicon.allows))
    if (free[m.index] !== 1) may.fill(1, m.index, m.index + m[0].length);
  const soft = [...text.matchAll(lexicon.re.softeners)]
    .filter((m) => free[m.index] !== 1)
    .map((m) => ({ at: m.index, word: m[0] }));
  const light = mask(text, lexicon.saysNothing);
  // 至少由7家单位组成: the bound of a figure, apart from it.
  for (const { q, whole } of figures)
    for (const m of text.slice(whole.start, whole.end).matchAll(lexicon.bound)) {
      const side = lexicon.words.lower.includes(m[0]) ? FLOORS : CEILINGS;
      if (side.has(q.bound)) light.fill(1, whole.start + m.index, whole.start + m.index + m[0].length);
    }
  for (let i = 0; i < light.length; i++) if (may[i] === 1) light[i] = 1;
  for (const { at, word } of soft) light.fill(1, at, at + word.length);
  return { light, may, soft };
}

/** Characters without those that are marked. */
export function without(chars: string, marks: Uint8Array): string {
  let out = '';
  for (let i = 0; i < chars.length; i++) if (marks[i] !== 1) out += chars[i];
  return out;
}

/** Pairs of neighbouring characters. */
export function addPairs(out: Set<string>, chars: string): Set<string> {
  for (let i = 0; i + 1 < chars.length; i++) out.add(chars.slice(i, i + 2));
  return out;
}
