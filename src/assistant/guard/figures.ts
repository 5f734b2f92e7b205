import type { Quantity } from '../../quantity/index.js';
import { readQuantities } from '../../quantity/index.js';

/** A figure with the phrase it stands in (up to the next comma, 或 or full stop), for telling whose figure it is. */
export interface Figure {
  q: Quantity;
  /** All that stands between its bound's words, other words among them: 至少包括1家以上. */
  whole: { start: number; end: number };
  phrase: string;
}

const PARTING = /[，。；：、;:\n]|或者?/g;

/**
 * The figures of a folded text. A figure reaches as far as words of its bound do (不得少于3家); where others stand between
 * (至少申报1家, 最高支持额度可达2000万元) it is the figure alone, and those words are read like any other.
 * @param bounding words by which a figure is bounded
 */
export function figuresOf(folded: string, bounding: RegExp): Figure[] {
  const pure = (words: string): boolean => !/[\p{L}\p{N}]/u.test(words.replace(bounding, ''));
  return readQuantities(folded).map((q) => ({
    q: {
      ...q,
      outerStart: pure(folded.slice(q.outerStart, q.start)) ? q.outerStart : q.start,
      outerEnd: pure(folded.slice(q.end, q.outerEnd)) ? q.outerEnd : q.end,
    },
    whole: { start: q.outerStart, end: q.outerEnd },
    phrase: phraseAt(folded, q.start),
  }));
}

/** The phrase around a position. */
export function phraseAt(text: string, at: number): string {
  let from = 0;
  let to = text.length;
  for (const m of text.matchAll(PARTING)) {
    const end = m.index + m[0].length;
    if (end <= at) from = end;
    else if (m.index >= at) {
      to = m.index;
      break;
    }
  }
  return text.slice(from, to);
}

/** Whether two figures are the same one, whatever their notation. */
export function sameFigure(a: Quantity, b: Quantity, measures: readonly (readonly string[])[]): boolean {
  if (a.unit !== b.unit) {
    const [p, f] = a.unit === 'percent' ? [a, b] : [b, a];
    return p.unit === 'percent' && f.unit === 'fraction' && !!f.exact?.mul(100).equals(p.exact ?? -1);
  }
  if (a.value !== b.value || String(a.upper?.toFraction()) !== String(b.upper?.toFraction())) return false;
  if (a.unit === 'percent' || a.unit === 'CNY' || a.unit === 'date' || a.unit === 'monthday') return true;
  if (a.measure === b.measure) return true;
  return measures.some((g) => g.includes(a.measure ?? '') && g.includes(b.measure ?? ''));
}

/** The same for figures that are the same one; the measure word is left out, for several may be meant alike. */
export function figureKey(q: Quantity): string {
  const percent = q.unit === 'fraction' && q.exact ? q.exact.mul(100).toFraction() : q.value;
  const unit = q.unit === 'fraction' ? 'percent' : q.unit;
  return `${unit} ${unit === 'percent' ? percent : q.value} ${q.upper?.toFraction() ?? ''}`;
}

/** How many characters of `words` two texts share as pairs of neighbours. */
export function shared(a: string, b: string): number {
  const pairs = pairsOf(a);
  let n = 0;
  for (const p of pairsOf(b)) if (pairs.has(p)) n++;
  return n;
}

export function pairsOf(text: string): Set<string> {
  const out = new Set<string>();
  for (let i = 0; i + 1 < text.length; i++) {
    const pair = text.slice(i, i + 2);
    if (/^[\p{Script=Han}A-Za-z]{2}$/u.test(pair)) out.add(pair);
  }
  return out;
}
