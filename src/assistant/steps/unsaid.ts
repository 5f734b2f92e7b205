import type { Ranked } from '../cards.js';
import { topicBlocks } from '../compose/topics.js';
import type { Draft, Kit, Turn } from '../turn.js';
import { declined } from './untold.js';

/** Share of a question that another city's entry must speak of, and how much more than the city's own best. */
const PLAIN = 0.7;
const MORE = 0.2;

/**
 * A matter that other cities' documents have an entry on and the one asked of has none (青岛国家级平台有赏没): it is said to be
 * silent, in place of the nearest thing it does tell. Null where its own best speaks of as much of the question.
 */
export function unsaidHere(kit: Kit, turn: Turn, own: Ranked | undefined): Draft | null {
  const { world } = kit;
  const [policy, another] = turn.policies;
  if (!turn.named || !policy || another || turn.context !== null) return null;
  const content = kit.content(world.everyday.asked(turn.u.text));
  const rules = world.rulesOf([]).map((p) => p.meta.id);
  const [wide] = kit.cards.search(content, rules, 1);
  if (wide?.card.kind !== 'entry' || wide.coverage < Math.max(PLAIN, (own?.coverage ?? 0) + MORE))
    return null;
  const { topic } = wide.card.entry;
  const entries = kit.scope(turn).flatMap((p) => world.entries.get(p.meta.id) ?? []);
  if (entries.some((e) => e.topic === topic)) return null;
  const blocks = topicBlocks(world, turn.evidence, [], [policy], topic, turn.asOf);
  const [said] = blocks;
  if (said?.kind !== 'lead') return null;
  return declined(kit, turn, said.text, own ?? null);
}
