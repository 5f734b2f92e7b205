import type { Entry, Policy } from '../../knowledge/index.js';
import { canonical, readQuantities, writeQuantity } from '../../quantity/index.js';
import type { Quantity } from '../../quantity/types.js';
import type { Step } from '../turn.js';

/** How many of the best entries are looked at for named figures. */
const LOOKED_AT = 8;
/** Share of a figure's own name that a question must hold to mean it. */
const MEANT = 0.6;

interface Part {
  name: string;
  quantity: Quantity;
}

/** “国家级加省级合计多少家”: figures that one entry states side by side, named in the question, added up. */
export const sums: Step = (kit, turn) => {
  const { u } = turn;
  if (!kit.world.asking.is('sum', u.text) || u.mentions.length > 0) return null;
  for (const { card } of kit.rank(turn).slice(0, LOOKED_AT)) {
    if (card.kind !== 'entry') continue;
    const parts = named(card.entry, u.text);
    const [first] = parts;
    if (!first || parts.length < 2) continue;
    return answer(card.policy, card.entry, parts, first);
  }
  return null;

  function answer(policy: Policy, entry: Entry, parts: readonly Part[], first: Part) {
    const { wording } = kit.world;
    const sum = parts.reduce((n, p) => n.add(p.quantity.exact!), first.quantity.exact!.mul(0));
    const total = writeQuantity({ ...first.quantity, exact: sum, value: canonical(sum), bound: null });
    const cites = entry.at.map((a) => turn.evidence.cite(policy, a.clause, a.quote));
    const values = { items: parts.map((p) => p.name).join('、'), total };
    return {
      intent: 'calculation' as const,
      answered: true,
      blocks: [
        { kind: 'lead' as const, text: wording.say('calculation.sum', values), cites },
        {
          kind: 'list' as const,
          ordered: false,
          items: parts.map((p) => ({ text: `${p.name}：${writeQuantity(p.quantity)}`, cites: [] })),
        },
      ],
    };
  }
};

/** The figures of an entry that a question names, of one unit, each by what tells it from its neighbours. */
function named(entry: Entry, question: string): Part[] {
  const names = entry.figures.map((f) => f.name);
  const tail = common(names.map((n) => [...n].reverse().join(''))).length;
  const head = common(names).length;
  const parts = entry.figures.flatMap((f): Part[] => {
    const own = f.name.slice(head, f.name.length - tail);
    const [quantity] = readQuantities(f.text);
    return quantity?.exact && own !== '' && held(question, own) >= MEANT ? [{ name: f.name, quantity }] : [];
  });
  const [first] = parts;
  return parts.filter(
    (p) => p.quantity.unit === first!.quantity.unit && p.quantity.measure === first!.quantity.measure,
  );
}

/** The share of a name that its longest piece found in a text makes up. */
function held(text: string, name: string): number {
  for (let length = name.length; length >= 2; length--)
    for (let at = 0; at + length <= name.length; at++)
      if (text.includes(name.slice(at, at + length))) return length / name.length;
  return 0;
}

/** What all texts begin with. */
function common(texts: readonly string[]): string {
  const [first = ''] = texts;
  let length = texts.length > 1 ? first.length : 0;
  while (length > 0 && !texts.every((t) => t.startsWith(first.slice(0, length)))) length--;
  return first.slice(0, length);
}
