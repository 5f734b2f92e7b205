import { type Check, drop } from '../context.js';
import { foldForGuard } from '../fold.js';
import { says } from '../lexicon.js';
import { bare, has } from '../text.js';

/** Fewest characters between quotation marks that are a quotation, not a name. */
const QUOTATION = 10;

/** What is said to be the document's own words is so to the letter: not what code says of it, nor a summary. */
export const quotes: Check = ({ s, proofs, lexicon }) => {
  const own = proofs.map((p) => bare(lexicon.unify(foldForGuard(p.quote ?? p.text))));
  // What softens a phrase is read at its head, in a quotation before its mark: it stands there in both, or in neither.
  const softeners = lexicon.words.softeners.map(bare);
  const softened = (before: string) => softeners.some((w) => bare(before).endsWith(w));
  const verbatim = (words: string, before = '') =>
    own.some((text) => {
      const at = text.indexOf(bare(words));
      return at >= 0 && (softened(before) || !softened(text.slice(0, at)));
    });
  // A quotation that is not closed was torn.
  if (s.split('“').length !== s.split('”').length) return drop('unsupported', '“');
  const marks = [...s.matchAll(/[“‘「]([^”’」]+)[”’」]/g)];
  const marked = marks.map((m) => m[1]!);
  for (const m of marks)
    if (bare(m[1]!).length >= QUOTATION && !verbatim(m[1]!, s.slice(0, m.index)))
      return drop('unsupported', m[1]!);
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
