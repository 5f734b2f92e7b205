import { canonical, compareExact, writeQuantity } from '../../quantity/index.js';
import { statusFirst } from '../compose/status.js';
import type { Kit, Step } from '../turn.js';
import { figuresOf, LOOKED_AT, type Part, SPEAKS } from './summands.js';

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
