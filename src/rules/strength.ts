import type { Place, Policy } from '../knowledge/index.js';
import { say } from './say.js';
import type { Strength } from './types.js';

const ENDS = /[，。；：！？]/;

/**
 * Whether a criterion's strength is what its document says: a softening word (原则上, 一般, 建议) governs its own
 * comma-separated phrase and no further, so a criterion whose words stand behind one in a phrase is a principle, any other
 * a must. The document is looked at, not the quote: a quote may begin behind the word.
 * @param words the verbatim words that the requirement is read from; note says how an open text is read
 * @returns what is wrong, for the writer of the pack, or null.
 */
export function strengthFault(
  { strength, words, note }: { strength: Strength; words: readonly string[]; note: string },
  quote: Place,
  policy: Policy,
): string | null {
  // Who reads the text otherwise says so: the note is shown to the user too.
  if (new RegExp(say('read.readOtherwise')).test(note)) return null;
  const softened = words.map((w) => softener(w, quote, policy)).find((s) => s !== null);
  if (softened !== undefined && strength === 'must')
    return say('pack.softened', { phrase: softened.phrase, word: softened.word });
  if (softened === undefined && strength === 'principle')
    return say('pack.unsoftened', { softening: say('read.softening').split('|').join('、') });
  return null;
}

/** The softening word before the words in their phrase of the document, with that phrase. */
function softener(words: string, quote: Place, policy: Policy): { word: string; phrase: string } | null {
  const before = squeeze(policy.source.slice(quote.clause.start, quote.start));
  const quoted = squeeze(policy.source.slice(quote.start, quote.end));
  const end = before.length + quoted.indexOf(squeeze(words)) + squeeze(words).length;
  const phrase = (before + quoted).slice(0, end).split(ENDS).at(-1)!;
  const word = new RegExp(say('read.softening')).exec(phrase)?.[0];
  return word === undefined ? null : { word, phrase };
}

const squeeze = (text: string): string => text.replace(/\s+/g, '');
