import { type Check, drop } from '../context.js';
import { foldForGuard } from '../fold.js';
import { says } from '../lexicon.js';
import { bare, has } from '../text.js';

/** Fewest characters between quotation marks that are a quotation, not a name. */
const QUOTATION = 10;

/** What is said to be the document's own words is so to the letter: not what code says of it, nor a summary. */
export const quotes: Check = ({ s, proofs, lexicon }) => {
  const own = proofs.map((p) => bare(lexicon.unify(foldForGuard(p.quote ?? p.text))));
  const verbatim = (words: string) => own.some((text) => text.includes(bare(words)));
  // A quotation that is not closed was torn.
  if (s.split('“').length !== s.split('”').length) return drop('unsupported', '“');
  const marked = [...s.matchAll(/[“‘「]([^”’」]+)[”’」]/g)].map((m) => m[1]!);
  for (const words of marked)
    if (bare(words).length >= QUOTATION && !verbatim(words)) return drop('unsupported', words);
  if (!has(lexicon.re.verbatim, s)) return null;
  const quoted = marked.filter((words) => bare(words).length >= QUOTATION);
  if (quoted.length > 0) return null;
  for (const phrase of s.split(/[，。；：！？]/)) {
    const words = phrase.replace(lexicon.cities, '');
    if (says(lexicon, words) && !has(lexicon.re.verbatim, words) && !verbatim(words))
      return drop('unsupported', words);
  }
  return null;
};
