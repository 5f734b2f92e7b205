import { type Check, type Compiled, drop } from '../context.js';
import { personal, says } from '../lexicon.js';
import { has, segmentSpan } from '../text.js';

/**
 * A verdict word stands only within words that the evidence holds in one piece; of the user, only within a verdict's own.
 * How long the piece must be is `verbatim_least`; a whole phrase of the evidence may be shorter.
 */
export const verdicts: Check = ({ s, proofs, lexicon }) => {
  const spokenTo = personal(lexicon, s);
  for (const m of s.matchAll(lexicon.re.verdicts)) {
    const { from, to } = segmentSpan(s, m.index);
    // 征求意见稿: part of what the document is called.
    if (!spokenTo && proofs.some((p) => inName(s, m.index, m[0], p))) continue;
    const holds = proofs.some((p) =>
      p.verdict !== null
        ? p.text.includes(s.slice(from, to))
        : !spokenTo && quoted(s, m.index, m[0].length, p, lexicon.words.verbatim_least),
    );
    if (!holds) return drop('verdict', m[0]);
  }
  return null;
};

/** Whether a word stands within a name of the evidence's that is longer than it. */
function inName(s: string, at: number, word: string, p: Compiled): boolean {
  return p.names.some((name) => {
    if (name.length <= word.length || p.verdict !== null) return false;
    const from = s.lastIndexOf(name, at);
    return from >= 0 && from + name.length >= at + word.length;
  });
}

/** Whether the longest piece of the evidence around a word is long enough to be its own and no one else's. */
function quoted(s: string, at: number, length: number, p: Compiled, least: number): boolean {
  let from = at;
  let to = at + length;
  if (!p.text.includes(s.slice(from, to))) return false;
  while (from > 0 && p.text.includes(s.slice(from - 1, to))) from--;
  while (to < s.length && p.text.includes(s.slice(from, to + 1))) to++;
  const piece = s.slice(from, to).replace(/^[，。；：、]+|[，。；：、]+$/g, '');
  return piece.length >= least || p.text.split(/[，。；：\n]/).includes(piece);
}

/** Of the asker nothing is said but what is asked of them: a phrase about them holds a word of asking and words of the evidence. */
export const persons: Check = ({ s, proofs, lexicon }) => {
  for (const segment of s.split(/[，。；：！？!?]/)) {
    if (!personal(lexicon, segment) || has(lexicon.re.attributions, segment)) continue;
    if (proofs.some((p) => p.verdict !== null && p.text.includes(segment))) continue;
    if (!says(lexicon, segment) || !has(lexicon.asks, segment)) return drop('verdict', segment);
  }
  return null;
};
