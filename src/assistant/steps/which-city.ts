import { type Draft, type Kit, plain, type Step, type Turn } from '../turn.js';

/** Longer questions whether one qualifies name what they are about. */
const BARE = 7;

/** A city, a seat or a kind of unit told alone (我们是厦门的), a wish to ask (想了解政策), “能报不”: what of it, or which city? */
export const whichCity: Step = (kit, turn) => {
  const { u } = turn;
  const [city, other] = u.cities;
  const one = city !== undefined && other === undefined;
  // “那厦门呢” with nothing said before.
  if (one && turn.history.length === 0 && kit.onlyCity(u.text)) return ofWhat(kit, city);
  const { facts, pending } = turn.before;
  const told = pending === null && onlyTold(kit, turn);
  const asks = facts.size === 0 && (told || kit.world.following.is('browse', kit.content(u.text)));
  if (asks && one) return ofWhat(kit, city);
  if (asks && u.cities.length === 0 && !turn.named) return ofWhich(kit, u.text, false);
  const bare = u.mentions.length === 0 && u.asked.length === 0 && !turn.named && turn.history.length === 0;
  if (!bare || u.text.length > BARE || !kit.world.asking.is('verdict', u.text)) return null;
  // 设备能共享吗: a thing is named.
  const rest = kit.world.asking.without(['verdict', 'leads', 'leading'], kit.content(u.text));
  return kit.cards.namesAThing(rest) ? null : ofWhich(kit, u.text, true);
};

/** Whether a message, the first that tells anything, tells a seat or a kind of unit and nothing more. */
function onlyTold(kit: Kit, { u }: Turn): boolean {
  const [told, more] = u.mentions;
  if (!told || more) return false;
  if (told.fact !== 'lead.city' && told.fact !== 'lead.kind') return false;
  return kit.world.following.is('seatOnly', `${u.text.slice(0, told.start)}${u.text.slice(told.end)}`);
}

function ofWhat(kit: Kit, id: string): Draft {
  const city = kit.world.cities.get(id) ?? '';
  return {
    ...plain('clarify', kit.world.wording.say('clarify.what', { city })),
    suggestions: kit.world.asking.starters.map((words) => ({ label: words, send: `${city}${words}` })),
  };
}

function ofWhich(kit: Kit, question: string, again: boolean): Draft {
  return {
    ...plain('clarify', kit.world.wording.say('clarify.city')),
    suggestions: [...kit.world.cities.values()].map((city) => ({
      label: city,
      send: again ? `${city}${question}` : city,
    })),
  };
}
