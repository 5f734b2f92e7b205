import type { CityBook, PlacesNamed } from './city-book.js';
import type { Language } from './language.js';
import type { Found } from './lexicon.js';
import { namedInPassing, type Passing } from './passing.js';
import type { Conversation, FactMention } from './types.js';

/** The places of a question, without a city that is denied beside another (不是甲市是乙市). */
export interface CitiesMeant {
  places: PlacesNamed;
  /** Ids of the cities that the question is about. */
  cities: string[];
  /** The cities that take the place of one denied. */
  corrected: readonly Found<string>[];
  /** The places that are only named in passing, of the lead's place or the city asked about nothing. */
  passing: ReadonlyMap<Found<string>, Passing>;
}

/**
 * The cities that a question is about.
 * @param written the question, in which members are still told by their city
 * @param text the same as the readers read it
 */
export function citiesMeant(
  book: CityBook,
  language: Language,
  written: string,
  text: string,
  conversation: Conversation,
): CitiesMeant {
  const all = book.read(text, language);
  const passing = passingHere(language, text, all, conversation);
  // 成员8家，5家在泉州: the city of the question, though only its members are said to be there.
  const spoken = all.cities.length > 0 ? [] : book.read(written, language).cities;
  // 不是甲市是乙市: the city denied is no longer meant.
  const denied = all.cities.filter((c) => language.seatCues.notAt.test(text.slice(0, c.start)));
  const kept = all.cities.filter((c) => !denied.includes(c));
  const places = denied.length > 0 && kept.length > 0 ? { ...all, cities: kept } : all;
  const plain = withoutMembers(places.cities, language, text).filter((c) => !passing.has(c));
  const meant =
    plain.length > 0 || conversation.policies.length > 0
      ? plain
      : withoutMembers(places.cities, language, text);
  return {
    places,
    cities: [...new Set([...meant, ...spoken].map((c) => c.value))],
    corrected: denied.length > 0 ? kept : [],
    passing,
  };
}

/** 泉州7家共建单位，2家是厦门的: a city that only tells where some of the members are is not asked about beside another. */
export function withoutMembers<P extends Found<string>>(
  cities: readonly P[],
  { seatCues }: Language,
  text: string,
): readonly P[] {
  const apart = cities.filter(
    (c) => seatCues.membersAt.test(text.slice(0, c.start)) && seatCues.membersAtAfter.test(text.slice(c.end)),
  );
  const others = cities.filter((c) => !apart.includes(c));
  return others.length > 0 ? others : cities;
}

/**
 * The cities named in passing, where another place is told in the question or was before: 泉州公司，客户在厦门. Told alone, such a
 * city is the one the question is about.
 */
function passingHere(
  language: Language,
  text: string,
  read: PlacesNamed,
  conversation: Conversation,
): Map<Found<string>, Passing> {
  const told = conversation.facts.get('lead.city');
  const seat = told?.type === 'enum' ? told.value : null;
  const elsewhere = read.elsewhere.map((e) => ({ ...e, value: 'other' }));
  return namedInPassing(text, [...read.cities, ...elsewhere], language, conversation.policies, seat);
}

/** Where the asker was said to be, corrected: the city now meant takes the place of the one told before. */
export function movedTo(conversation: Conversation, kept: readonly Found<string>[]): FactMention[] {
  const city = kept[0];
  if (!city || !conversation.facts.has('lead.city')) return [];
  return [
    { fact: 'lead.city', value: { type: 'enum', value: city.value }, start: city.start, end: city.end },
  ];
}
