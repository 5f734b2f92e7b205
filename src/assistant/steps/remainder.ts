import { canonical, compareExact, writeQuantity } from '../../quantity/index.js';
import { statusFirst } from '../compose/status.js';
import type { Kit, Step } from '../turn.js';
import { byPieces, figuresOf, LOOKED_AT, type Part, SPEAKS, summandsAsked } from './summands.js';

/** “服务的主体里不是企业的有多少”: what is left of a whole that a document prints when one of its printed parts is taken away. */
export const remainder: Step = (kit, turn) => {
  const thing = kit.world.asking.besides(turn.u.text);
  if (thing === null || !kit.world.asking.is('counted', turn.u.text)) return null;
  for (const { card, coverage } of kit.rank(turn).slice(0, LOOKED_AT)) {
    if (card.kind !== 'entry' || coverage < SPEAKS) continue;
    const { entry, policy } = card;
    const found = wholeAndPart(kit, entry.say, figuresOf(entry), thing);
    if (found === null) continue;
    const [whole, part] = found;
    const left = whole.quantity.exact!.sub(part.quantity.exact!);
    const values = {
      whole: whole.name,
      part: part.name,
      all: writeQuantity(whole.quantity),
      less: writeQuantity(part.quantity),
      left: writeQuantity({ ...whole.quantity, exact: left, value: canonical(left), bound: null }),
    };
    const status = statusFirst(kit.world, policy, turn.asOf);
    return {
      intent: 'calculation',
      answered: true,
      blocks: [
        {
          kind: 'lead',
          text: kit.world.wording.say('calculation.rest', values),
          cites: entry.at.map((a) => turn.evidence.cite(policy, a.clause, a.quote)),
        },
        ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
      ],
    };
  }
  return null;
};

/** “省级比国家级多多少家”: by how much two figures of one entry differ. */
export const spread: Step = (kit, turn) => {
  const { asking, wording } = kit.world;
  if (!asking.is('difference', turn.u.text) || turn.u.mentions.length > 0 || turn.policies.length > 1)
    return null;
  const asked = summandsAsked(kit, turn, 'difference');
  if (asked.length < 2) return null;
  for (const { card } of kit.rank(turn).slice(0, LOOKED_AT)) {
    if (card.kind !== 'entry') continue;
    const [a, b, another] = byPieces(kit, card, asked) ?? [];
    if (!a || !b || another) continue;
    const [high, low] = compareExact(a.quantity.exact!, b.quantity.exact!) >= 0 ? [a, b] : [b, a];
    const gap = high.quantity.exact!.sub(low.quantity.exact!);
    const values = {
      high: `${high.name}${writeQuantity(high.quantity)}`,
      low: `${low.name}${writeQuantity(low.quantity)}`,
      gap: writeQuantity({ ...high.quantity, exact: gap, value: canonical(gap), bound: null }),
    };
    const cites = card.entry.at.map((x) => turn.evidence.cite(card.policy, x.clause, x.quote));
    const status = statusFirst(kit.world, card.policy, turn.asOf);
    return {
      intent: 'calculation',
      answered: true,
      blocks: [
        { kind: 'lead', text: wording.say('calculation.spread', values), cites },
        ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
      ],
    };
  }
  return null;
};

/** A whole and the part of it that is taken away, as a text prints them: 服务235家（其中企业176家）. */
function wholeAndPart(kit: Kit, text: string, figures: readonly Part[], thing: string): [Part, Part] | null {
  const at = (p: Part) => text.indexOf(p.quantity.text);
  const parts = figures.filter((p) => p.name.includes(thing) && at(p) >= 0);
  const pairs = parts.flatMap((part) =>
    figures
      .filter(
        (w) =>
          w !== part &&
          w.quantity.measure === part.quantity.measure &&
          w.quantity.unit === part.quantity.unit &&
          at(w) >= 0 &&
          at(w) < at(part) &&
          compareExact(w.quantity.exact!, part.quantity.exact!) > 0 &&
          kit.world.asking.is('partOf', text.slice(at(w), at(part))),
      )
      .map((whole): [Part, Part] => [whole, part]),
  );
  return pairs.length === 1 ? pairs[0]! : null;
}
