import { figuresOf } from '../figures.js';
import type { Lexicon } from '../lexicon.js';
import { has } from '../text.js';

/**
 * A sentence in the evidence's words: of words that mean the same, the one that the evidence holds; and without words that only say
 * again that one of two is enough, where a 或 says it.
 */
export function inItsWords(s: string, text: string, lexicon: Lexicon): string {
  let out = s;
  for (const group of lexicon.words.thesaurus) {
    const theirs = group.find((w) => text.includes(w));
    if (theirs === undefined) continue;
    for (const w of group) if (!text.includes(w) && !theirs.includes(w)) out = out.replaceAll(w, theirs);
  }
  const chosen = out.replace(lexicon.re.choosing, '');
  const joined = chosen.split(/[，。；：]/).filter((phrase) => phrase.includes('或'));
  // Of two figures or two certificates; of anything else it would be news that one is enough.
  const either =
    joined.length === 1 &&
    joined[0]!.split('或').length === 2 &&
    (has(lexicon.re.levels, joined[0]!) || figuresOf(joined[0]!, lexicon.bounding).length > 0);
  return lexicon.unify(either ? chosen : out);
}
