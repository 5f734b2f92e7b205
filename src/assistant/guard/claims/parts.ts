import type { Figure } from '../figures.js';
import type { Lexicon } from '../lexicon.js';
import { Break } from '../row.js';
import { isToken, type Track } from '../track.js';

/** A stretch of a text between commas, cut again where it holds figures of several things. */
export interface Part {
  from: number;
  end: number;
  /** Its characters, each figure one. */
  chars: string;
  /** Pairs of neighbours among them. */
  pairs: ReadonlySet<string>;
  figures: readonly Figure[];
  clause: number;
  /** A word that says one of two stands within it. */
  either: boolean;
  /** It begins with one, and goes on from the part before. */
  alternative: boolean;
}

/** Units that say how long or when, not how much of something. */
const TIMES = new Set(['duration', 'date', 'monthday', 'ordinal']);

/** The parts of a text, in their order. @param finely cut at every 、 too */
export function partsOf(t: Track, figures: readonly Figure[], lexicon: Lexicon, finely: boolean): Part[] {
  const at = new Map(figures.map((f) => [f.q.outerStart, f]));
  const figureAt = (i: number): Figure | undefined => (isToken(t.chars[i]) ? at.get(t.at[i]!) : undefined);
  const links = new Set(lexicon.words.links);
  const either = new Set(lexicon.words.alternatives);
  const parts: Part[] = [];
  const add = (from: number, end: number): void => {
    if (end <= from) return;
    const chars = t.chars.slice(from, end);
    parts.push({
      from,
      end,
      chars,
      pairs: pairsIn(chars),
      figures: [...Array(end - from).keys()].flatMap((k) => figureAt(from + k) ?? []),
      clause: t.clause[from]!,
      either: [...chars.slice(1)].some((c) => either.has(c)),
      alternative: either.has(chars[0]!),
    });
  };
  for (let from = 0; from < t.chars.length; from = t.phraseEnd[from]!) {
    const end = t.phraseEnd[from]!;
    let start = from;
    let counted = -1;
    for (let i = from; i < end; i++) {
      if (finely && i > from && t.breaks[i] === Break.List) {
        add(start, i);
        start = i;
      }
      const f = figureAt(i);
      if (!f || TIMES.has(f.q.unit)) continue;
      for (let cut = i; counted >= 0 && cut > counted && cut > start; cut--)
        if (t.breaks[cut] === Break.List || (cut < i && links.has(t.chars[cut]!))) {
          add(start, cut);
          start = cut;
          break;
        }
      counted = i;
    }
    add(start, end);
  }
  return parts;
}

/** Pairs of neighbouring characters. */
export function pairsIn(chars: string): Set<string> {
  const out = new Set<string>();
  for (let i = 0; i + 1 < chars.length; i++) out.add(chars.slice(i, i + 2));
  return out;
}
