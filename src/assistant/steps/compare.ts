import { WHO } from '../asking/who.js';
import { compare } from '../comparison.js';
import { comparedBlocks } from '../compose/compared.js';
import type { Step } from '../turn.js';

/** Several matters, or a general question, across cities: a table. One matter across cities is a look-up's list. */
export const comparison: Step = (kit, turn) => {
  const { u } = turn;
  const { world } = kit;
  const across = turn.policies.length > 1 && (u.intents.has('comparison') || u.cities.length > 1);
  if (!across || u.mentions.some((m) => !WHO.has(m.fact))) return null;
  if (world.comparison.anywhere(u.text) && turn.now.facts.size > 0) return null;
  const named = world.comparison
    .rowsOf(u.asked)
    .filter((row) =>
      turn.policies.some((p) =>
        world.criteria.get(p.meta.id)?.some((c) => c.facts.some((f) => row.facts.includes(f))),
      ),
    );
  const rows =
    named.length > 1 ? named : named.length === 0 ? world.comparison.view(kit.content(u.text)) : null;
  if (rows === null) return null;
  const made = compare(world, turn.policies, rows, turn.asOf);
  return {
    intent: 'comparison',
    answered: true,
    blocks: comparedBlocks(world, turn.evidence, made, turn.asOf),
  };
};
