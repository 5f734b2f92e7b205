import type { Policy } from '../knowledge/index.js';
import type { World } from './world.js';

/** A question put to the user. */
export interface ToAsk {
  question: string;
  /** The question with what an answer may look like. */
  text: string;
  /** Whether it puts one value forward, so that a yes settles it. */
  confirms: boolean;
}

/** Facts that are a city, with the wording that puts one forward. */
const PLACES: Readonly<Record<string, string>> = {
  'lead.city': 'confirm.seat',
  'lead.main_site_city': 'confirm.site',
};

/** How a fact is asked for: where only one city's rules are in question, whether the place is that city. */
export function toAsk(world: World, fact: string, policies: readonly Policy[]): ToAsk {
  const { wording } = world;
  const spec = world.vocabulary.get(fact)!;
  const key = PLACES[fact];
  const [only, another] = [...new Set(policies.map((p) => p.meta.city))];
  const city = only !== undefined && another === undefined ? world.cities.get(only) : undefined;
  if (key === undefined || city === undefined) {
    const text = wording.say('verdict.next', { question: spec.question, example: spec.example });
    return { question: spec.question, text, confirms: false };
  }
  const question = wording.say(key, { city });
  const text = wording.say('verdict.next', { question, example: wording.say('confirm.example') });
  return { question, text, confirms: true };
}

/** Which city an earlier question of the assistant's put forward for which fact; null where it asked for none so. */
export function confirmedIn(world: World, text: string): { fact: string; city: string } | null {
  for (const [fact, key] of Object.entries(PLACES))
    for (const [city, name] of world.cities)
      if (text.includes(world.wording.say(key, { city: name }))) return { fact, city };
  return null;
}
