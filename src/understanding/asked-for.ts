import type { Language } from './language.js';
import type { Found } from './lexicon.js';
import { measured } from './measured.js';
import type { Name, Reading } from './reading.js';

/**
 * What is named without a value: what a question asks about.
 * @param used starts of the names that tell a value, by what read them
 */
export function askedFor(reading: Reading, used: readonly ReadonlySet<number>[]): string[] {
  const { text, language, vocabulary } = reading;
  const names = reading.names.filter(
    (n) => !n.value.quiet && !ofLead(text, n, language) && !used.some((u) => u.has(n.start)),
  );
  const facts = names.flatMap((n) => n.value.facts.map((f) => askedOf(reading, f, n.start)));
  return measured(text, [...new Set(facts)], names, vocabulary);
}

/** The fact a name asks for: of the backbone enterprise where it is that one's (骨干企业的收入), of consortia led (能牵头几个). */
function askedOf(reading: Reading, fact: string, at: number): string {
  const { cues } = reading.language;
  const { vocabulary, text } = reading;
  if (fact.startsWith('consortium.') && cues.ledAsked.test(text)) return LED;
  const other = fact.startsWith('lead.') ? fact.replace('lead.', 'backbone.') : fact;
  return vocabulary.get(other) && cues.backboneAsked.test(text.slice(0, at)) ? other : fact;
}

const LED = 'lead.consortia_already_led';

/** 牵头企业, 牵头单位: the noun names the one who leads, and asks for no count of them. */
function ofLead(text: string, name: Found<Name>, language: Language): boolean {
  return (
    name.value.facts.every((f) => f in language.countsLead) &&
    /(牵头|领头|带头|龙头|骨干|贵|本|该|我|你|你们)的?$/.test(text.slice(0, name.start))
  );
}
