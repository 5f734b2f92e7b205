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
  return lexicon.unify(parted(chosen, lexicon) ? chosen : out);
}

/** Whether one 或 parts two figures or two certificates; of anything else it would be news that one is enough. */
function parted(s: string, lexicon: Lexicon): boolean {
  const [before, after, ...more] = s.split('或');
  if (before === undefined || after === undefined || more.length > 0) return false;
  const sides = [
    before
      .replace(/[，：]$/, '')
      .split(/[，。；：]/)
      .at(-1)!,
    after.split(/[，。；：]/)[0]!,
  ];
  return (
    sides.every((side) => has(lexicon.re.levels, side)) ||
    sides.every((side) => figuresOf(side, lexicon.bounding).length > 0)
  );
}
