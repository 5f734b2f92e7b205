import { align } from '../align.js';
import { type Check, type Context, drop, negative } from '../context.js';
import { pairsOf } from '../figures.js';
import { says } from '../lexicon.js';
import { bare, has, mask, segmentAt, segmentSpan } from '../text.js';
import { attributed } from './quantities.js';

/** Neighbouring pairs that two phrases share when they speak of the same matter. */
const SAME_MATTER = 4;

/** Everything is said by the evidence, in its order, or says nothing. */
export const matter: Check = (c) => {
  if (!says(c.lexicon, c.s) && !polite(c)) return drop('empty', c.s);
  const stuck = align({
    sentence: c.s,
    figures: c.figures,
    open: settled(c),
    tracks: c.proofs.map((p) => p.track),
    cityOf: c.proofs.map((p) => p.city),
    names: c.proofs.map((p) => p.names),
    lexicon: c.lexicon,
  });
  return stuck === null ? null : drop(c.proofs.length === 0 ? 'no-evidence' : 'unsupported', stuck);
};

/** Whether a sentence that says nothing ends as a polite word does: never with 是 or 有, which would be an answer. */
function polite({ s, lexicon }: Context): boolean {
  const words = bare(s);
  return lexicon.words.polite.some((w) => words.endsWith(w));
}

/** A figure of the user's own with its words; a word of attaining where something is asked, never of the user. */
function settled(c: Context): Uint8Array {
  const { s, figures, lexicon } = c;
  const open = new Uint8Array(s.length);
  for (const f of figures) {
    if (!attributed(c, f)) continue;
    const { from, to } = segmentSpan(s, f.q.start);
    open.fill(1, from, to);
  }
  const attaining = mask(s, lexicon.re.attaining);
  for (const m of s.matchAll(lexicon.re.attaining)) {
    if (attaining[m.index] !== 1) continue;
    const segment = segmentAt(s, m.index);
    const before = s.slice(Math.max(0, m.index - 8), m.index);
    if (
      lexicon.words.asking.some((w) => before.includes(w)) &&
      !has(lexicon.re.persons, segment) &&
      // 都要达到: attaining is said of something.
      says(lexicon, segment.replace(m[0], ''))
    )
      open.fill(1, m.index, m.index + m[0].length);
  }
  return open;
}

/** A phrase of the evidence that is softened or negated keeps that when it is said again, however it is cut. */
export const governed: Check = ({ s, proofs, figures, lexicon }) => {
  const phrases = proofs.flatMap((p) => p.phrases);
  const soft = has(lexicon.re.softeners, s);
  const denied = negative(s, figures, lexicon);
  if (soft && denied) return null;
  for (const segment of s.split(/[，。；：]/)) {
    const mine = [...pairsOf(segment)];
    const scored = phrases.map((p) => ({ p, score: mine.filter((x) => p.pairs.has(x)).length }));
    const top = Math.max(0, ...scored.map((x) => x.score));
    if (top < SAME_MATTER) continue;
    const best = scored.filter((x) => x.score === top);
    if (!soft && best.every(({ p }) => p.soft)) return drop('softener', segment);
    if (!denied && best.every(({ p }) => p.negative)) return drop('negation', segment);
  }
  return null;
};
