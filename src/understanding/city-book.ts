import type { Language } from './language.js';
import { type Found, WordFinder } from './lexicon.js';
import { partner } from './partners.js';
import type { Places } from './places.js';

/** The places of one question. */
export interface PlacesNamed {
  /** Cities that a document covers and that the question is about. */
  cities: Found<string>[];
  /** Places that no document covers. */
  elsewhere: Found<string>[];
}

/** The words that name a city, its districts included, and the places no document covers. */
export class CityBook {
  readonly #covered: WordFinder<string>;
  readonly #elsewhere: WordFinder<string>;
  readonly #ambiguous: ReadonlySet<string>;
  readonly #oneCharacter: Places['oneCharacter'];
  /** All words of the covered cities. */
  readonly words: readonly string[];

  /** @param cities city id → the words that name it */
  constructor(cities: ReadonlyMap<string, readonly string[]>, places: Places) {
    this.words = [...cities.values()].flat();
    this.#covered = new WordFinder([...cities].flatMap(([id, words]) => words.map((w) => [w, id] as const)));
    this.#elsewhere = new WordFinder(places.words.map((w) => [w, w] as const));
    this.#ambiguous = places.ambiguous;
    this.#oneCharacter = places.oneCharacter;
  }

  /** The words of covered cities, wherever they stand. */
  find(text: string): Found<string>[] {
    return this.#covered
      .find(text)
      .filter((c) => c.word.length > 1 || standsForCity(text, c, this.#oneCharacter));
  }

  /** Every word of a place, those in names of institutions too: of a covered city with its id, of others with 'other'. */
  all(text: string): Found<string>[] {
    const covered = this.find(text);
    const others = this.#elsewhere
      .find(text)
      .filter(
        (e) => !this.#ambiguous.has(e.word) && !covered.some((c) => e.start < c.end && c.start < e.end),
      );
    return [...covered, ...others.map((e) => ({ ...e, value: 'other' }))].sort((a, b) => a.start - b.start);
  }

  /** A city inside the name of a partner institution (联合厦门大学) is not what the question is about. */
  read(text: string, language: Language): PlacesNamed {
    const all = this.find(text);
    const institutional = (p: Found<string>) => language.cues.institution.test(text.slice(p.end, p.end + 14));
    const plain = all.filter((c) => !institutional(c));
    const cities = plain.length > 0 ? plain : all.filter((c) => !partner(text, c, language));
    const elsewhere = this.#elsewhere
      .find(text)
      .filter((e) => !all.some((c) => e.start < c.end && c.start < e.end))
      .filter((e) => !institutional(e) && !partner(text, e, language))
      .filter(
        (e) =>
          !this.#ambiguous.has(e.word) ||
          language.seatCues.placeAfter.test(text.slice(e.end)) ||
          language.seatCues.placeBefore.test(text.slice(0, e.start)),
      );
    return { cities, elsewhere };
  }
}

/** 泉, 厦 alone: 泉企, 在厦, 厦泉两地; not 温泉, 大厦. */
function standsForCity(text: string, c: Found<string>, beside: Places['oneCharacter']): boolean {
  const before = text[c.start - 1] ?? '';
  return (
    beside.after.includes(before) ||
    (beside.ahead.includes(text[c.end] ?? '') && !beside.ordinaryAfter.includes(before))
  );
}
