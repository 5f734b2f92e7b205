import { type Check, drop } from '../context.js';
import { LEAK } from '../lexicon.js';
import { bare, first } from '../text.js';

/** Nothing of the machinery, and no stretch of the instructions, is spoken of. */
export const machinery: Check = ({ s, text, lexicon }) => {
  const word = first(lexicon.re.machinery, s);
  if (word !== null && !text.includes(word)) return drop('instructions', word);
  const b = bare(s);
  const known = bare(text);
  for (let i = 0; i + LEAK <= b.length; i++) {
    const part = b.slice(i, i + LEAK);
    if (lexicon.secrets.has(part) && !known.includes(part)) return drop('instructions', part);
  }
  return null;
};
