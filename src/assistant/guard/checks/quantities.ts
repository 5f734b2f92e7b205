import { type Check, type Compiled, type Context, drop } from '../context.js';
import { type Figure, figuresOf, pairsOf, sameFigure, shared } from '../figures.js';
import { foldForGuard } from '../fold.js';
import { first, has, segmentAt, segmentSpan } from '../text.js';
import type { GuardResult } from '../types.js';

const NUMERAL = /[0-9〇零一二三四五六七八九十百千万亿两俩壹贰叁肆伍陆柒捌玖拾佰仟廿卅]+/g;

/** Every figure is the evidence's: its value, its bound, its softener, its city, and the matter it is said of. */
export const quantities: Check = (c) => {
  const open = new Uint8Array(c.s.length);
  for (const f of c.figures) {
    const result = attributed(c, f) ? null : judged(c, f);
    if (result) return result;
    open.fill(1, f.q.outerStart, f.q.outerEnd);
  }
  return numerals(c, open);
};

/** What is no figure to the reader (三甲, 第六条) stands with both its neighbours in the evidence. */
function numerals({ s, proofs, lexicon }: Context, open: Uint8Array): GuardResult | null {
  for (const re of [lexicon.re.plain, lexicon.re.turns, lexicon.re.softeners])
    for (const m of s.matchAll(re)) open.fill(1, m.index, m.index + m[0].length);
  const text = proofs.map((p) => `${p.text}\n${p.also}`).join('\n');
  for (const m of s.matchAll(NUMERAL)) {
    if (open[m.index] === 1 && open[m.index + m[0].length - 1] === 1) continue;
    const end = m.index + m[0].length;
    const before = /[第分之十百千万亿A-Za-z.]/.test(s[m.index - 1] ?? '') ? 1 : 0;
    const part = s.slice(m.index - before, end + 1);
    // At the end of a phrase (队伍。) it is the neighbour before that tells.
    if (/[，。；”』）]/.test(s[end] ?? '。') && m.index > 0 && text.includes(s.slice(m.index - 1, end)))
      continue;
    if (!text.includes(part)) return drop('unread-numeral', part);
  }
  return null;
}

/** Most characters between a word of the greatest and the figure that it is said of: 最低标准为2亿元. */
const NEAR = 4;

/** The smallest and the greatest is said of a figure right behind it, or by the evidence; nothing is all, enough or one of several. */
export const claims: Check = ({ s, text, figures, lexicon }) => {
  for (const m of s.matchAll(lexicon.re.claims)) if (!text.includes(m[0])) return drop('unsupported', m[0]);
  for (const m of s.matchAll(lexicon.re.superlatives)) {
    const end = m.index + m[0].length;
    const near = figures.some(({ q }) => {
      const inside = q.outerStart <= m.index && end <= q.outerEnd;
      const gap = s.slice(end, q.outerStart);
      return inside || (q.outerStart >= end && gap.length <= NEAR && !/[，。；：的]/.test(gap));
    });
    if (!near && !text.includes(s.slice(m.index, end + 1))) return drop('unsupported', m[0]);
  }
  return null;
};

interface Held {
  p: Compiled;
  g: Figure;
}

function judged(c: Context, f: Figure): GuardResult | null {
  const { s, proofs, lexicon } = c;
  const { measures } = lexicon.words;
  const segment = segmentAt(s, f.q.start);
  const city = cityNear(c, segment, f);
  const mine = proofs.filter((p) => city === null || p.city === null || p.city === city);
  const all: Held[] = mine.flatMap((p) => p.figures.map((g) => ({ p, g })));
  const same = all.filter(({ g }) => sameFigure(f.q, g.q, measures));
  if (same.length === 0) return drop('quantity', f.q.text);
  const torn = tornOff(c, f, same);
  if (torn) return torn;
  const outer = s.slice(f.whole.start, f.whole.end);
  const sides = [...outer.matchAll(lexicon.bound)].map((m) => lexicon.words.lower.includes(m[0]));
  if (sides.includes(true) && sides.includes(false)) return drop('bound', outer);
  const near = around(c, f);
  // 最低不超过: a floor and a ceiling at once.
  const { floors, ceilings } = lexicon.re;
  if ((f.q.bound === 'at-most' && has(floors, near)) || (f.q.bound === 'at-least' && has(ceilings, near)))
    return drop('bound', near);
  const bounded = same.filter(
    ({ g }) =>
      g.q.bound === f.q.bound ||
      (f.q.bound === null && g.q.bound === 'at-least' && has(lexicon.re.floors, near)) ||
      (f.q.bound === null && g.q.bound === 'at-most' && has(lexicon.re.ceilings, near)),
  );
  if (bounded.length === 0) return drop('bound', f.q.text);
  // Another figure whose words fit this phrase better: the two were swapped.
  const fit = Math.max(...bounded.map(({ g }) => shared(g.phrase, f.phrase)));
  const rival = all.find(
    ({ p, g }) =>
      (g.q.unit === f.q.unit || bounded.some((x) => x.p === p)) &&
      !sameFigure(f.q, g.q, measures) &&
      shared(g.phrase, f.phrase) > fit,
  );
  if (rival) return drop('association', rival.g.q.text);
  const soft = bounded.every(
    ({ p, g }) => p.strength === 'principle' || has(lexicon.re.softeners, segmentAt(p.text, g.q.start)),
  );
  if (soft && !has(lexicon.re.softeners, s)) return drop('softener', f.q.text);
  return null;
}

/** What stands about a figure in its segment and about no other figure. */
function around({ s, figures }: Context, f: Figure): string {
  const { from, to } = segmentSpan(s, f.q.start);
  const ends = figures.map(({ q }) => q.outerEnd).filter((end) => end <= f.q.start);
  const starts = figures.map(({ q }) => q.outerStart).filter((start) => start >= f.q.end);
  return s.slice(Math.max(from, ...ends), Math.min(to, ...starts));
}

/** The city whose figure it is: the last one named in its segment, else before it. */
function cityNear({ s, lexicon }: Context, segment: string, f: Figure): string | null {
  const named = (text: string) => [...text.matchAll(lexicon.cities)].map((m) => lexicon.cityOf(m[0])).at(-1);
  return named(segment) ?? named(s.slice(0, f.q.start)) ?? null;
}

/** A sign before, another end behind, or a vague word about a figure that the evidence gives without. */
export function tornOff({ s, lexicon }: Context, f: Figure, same: readonly Held[]): GuardResult | null {
  const sign = s[f.q.start - 1] ?? '';
  if (/[-+~/·*]/.test(sign) && !same.some(({ p }) => p.text.includes(sign + f.q.text)))
    return drop('quantity', sign + f.q.text);
  const next = s.slice(f.q.end, f.q.end + 2);
  if (
    /^[-~至到][\d一二三四五六七八九十两]/.test(next) &&
    !same.some(({ p }) => p.text.includes(f.q.text + next[0]))
  )
    return drop('quantity', f.q.text + next);
  // 至多 is a bound, not 多.
  const vague = first(lexicon.re.vague, s.slice(f.q.outerStart, f.q.outerEnd).replace(/[至最]多/g, ''));
  const held = ({ p, g }: Held) => p.text.slice(g.q.outerStart, g.q.outerEnd).includes(vague!);
  return vague !== null && !same.some(held) ? drop('bound', vague) : null;
}

/** “你提供的营收1.8亿元”: the user's own figure, said as theirs and of nothing else. */
export function attributed({ s, said, lexicon }: Context, f: Figure): boolean {
  const segment = segmentAt(s, f.q.start);
  const opening = first(lexicon.re.attributions, segment);
  if (opening === null || !segment.startsWith(opening)) return false;
  const words = said.words.map((w) => lexicon.unify(foldForGuard(w)));
  const { measures } = lexicon.words;
  if (!words.some((w) => figuresOf(w, lexicon.bounding).some((g) => sameFigure(f.q, g.q, measures))))
    return false;
  const rest = segment.slice(opening.length);
  if (has(lexicon.re.not_attributed, rest)) return false;
  const mine = new Set(words.flatMap((w) => [...pairsOf(w)]));
  return [...pairsOf(rest.replace(f.q.text, ' '))].every((pair) => mine.has(pair));
}
