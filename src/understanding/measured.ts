import type { Vocabulary } from '../rules/index.js';
import type { Found } from './lexicon.js';
import type { Name } from './reading.js';

/** A question word for a number with the measure word that tells what is counted. */
const COUNT_ASKED = /(?:几|多少)(?:个|号)?(\p{Script=Han})/gu;

/**
 * What a question for a number asks for, by its measure word: 几号人专门搞研发 asks for people, though 研发 alone is a sum. Where none of
 * the facts named is counted so, the facts that are and whose names hold the word take their place.
 * @param asked the facts named, as read by their names alone
 */
export function measured(
  text: string,
  asked: readonly string[],
  names: readonly Found<Name>[],
  vocabulary: Vocabulary,
): string[] {
  const measures = new Set([...text.matchAll(COUNT_ASKED)].map((m) => m[1]!));
  const counted = (id: string) => vocabulary.get(id)!.measures.some((m) => measures.has(m));
  if (measures.size === 0 || asked.length === 0 || asked.some(counted)) return [...asked];
  const words = names.filter((n) => n.value.facts.some((f) => asked.includes(f))).map((n) => n.word);
  const meant = vocabulary.specs.filter(
    (s) => counted(s.id) && s.synonyms.some((w) => words.some((n) => w.includes(n))),
  );
  return meant.length > 0 ? meant.map((s) => s.id) : [...asked];
}

/**
 * The facts of which a number is asked and the asker's own told in one breath (搞研发的要有几个才行，我们就18个): their name stands
 * before a question word, the figure after it.
 */
export function askedAndTold(
  text: string,
  mentions: readonly { fact: string; start: number; end: number }[],
  names: readonly Found<Name>[],
): string[] {
  return names
    .filter((n) => NUMBER_ASKED.test(text.slice(n.end)))
    .flatMap((n) =>
      mentions
        .filter((m) => n.value.facts.includes(m.fact) && m.start <= n.start && m.end > n.end)
        .map((m) => m.fact),
    );
}

/** A number asked for in the words right behind a name. */
const NUMBER_ASKED = /^[^，,。？?；;]{0,6}(几|多少)/u;
