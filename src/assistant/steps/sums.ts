import type { Entry, Policy } from '../../knowledge/index.js';
import { canonical, readQuantities, writeQuantity } from '../../quantity/index.js';
import type { Quantity } from '../../quantity/types.js';
import { statusFirst } from '../compose/status.js';
import type { Draft, Kit, Step, Turn } from '../turn.js';

/** How many of the best entries are looked at for named figures. */
const LOOKED_AT = 8;
/** Share of a figure's own name that a question must hold to mean it. */
const MEANT = 0.6;

interface Part {
  name: string;
  quantity: Quantity;
}

/** A figure to be added, and the entry that states it. */
interface Summand extends Part {
  entry: Entry;
}

/** “国家级加省级合计多少家”: figures named in the question, of one entry or of several of a document, added up. */
export const sums: Step = (kit, turn) => {
  const { u } = turn;
  if (!kit.world.asking.is('sum', u.text) || u.mentions.length > 0) return null;
  const asked = summandsAsked(kit, turn);
  for (const { card } of kit.rank(turn).slice(0, LOOKED_AT)) {
    if (card.kind !== 'entry') continue;
    const parts = named(kit, card.entry, u.text).map((p) => ({ ...p, entry: card.entry }));
    // Fewer figures than things asked for would be the sum of something else.
    if (parts.length >= Math.max(2, asked.length) && !holdsAnother(kit, card.entry, parts))
      return added(kit, turn, card.policy, parts);
  }
  return apart(kit, turn, asked) ?? (asked.length <= 1 ? allOf(kit, turn) : null);
};

/** Whether one of the figures is a part of another (227家，其中国家级14家): such are never added. */
function holdsAnother(kit: Kit, entry: Entry, parts: readonly Part[]): boolean {
  const texts = [entry.say, ...entry.at.map((a) => a.quote)];
  return texts.some((text) => {
    const at = parts.map((p) => text.indexOf(p.quantity.text)).filter((i) => i >= 0);
    return kit.world.asking.is('partOf', text.slice(Math.min(...at), Math.max(...at)));
  });
}

/** “满分多少”, “一共几家”: all the figures of one entry that lists the parts of a whole and does not print it. */
function allOf(kit: Kit, turn: Turn): Draft | null {
  const { asking } = kit.world;
  const scored = asking.is('scored', turn.u.text);
  for (const { card, coverage } of kit.rank(turn).slice(0, LOOKED_AT)) {
    if (card.kind !== 'entry' || coverage < (scored ? 0 : SPEAKS)) continue;
    const parts = partsOfAWhole(card.entry);
    const [first] = parts;
    if (!first || (first.quantity.unit === 'score') !== scored) continue;
    if (!asking.countedWith(turn.u.text, first.quantity.measure)) continue;
    return added(
      kit,
      turn,
      card.policy,
      parts.map((p) => ({ ...p, entry: card.entry })),
    );
  }
  return null;
}

/** The figures that an entry lists as parts of one whole: one a step, or one after the other with 、 or 和 between; none where the whole is printed. */
function partsOfAWhole(entry: Entry): Part[] {
  const parts = entry.figures.flatMap((f): (Part & { text: string })[] => {
    const [quantity] = readQuantities(f.text);
    return quantity?.exact && quantity.bound === null && COUNTED.has(quantity.unit)
      ? [{ name: f.name, quantity, text: f.text }]
      : [];
  });
  const [first, second] = parts;
  if (!first || !second) return [];
  const alike = parts.every(
    (p) => p.quantity.unit === first.quantity.unit && p.quantity.measure === first.quantity.measure,
  );
  if (!alike) return [];
  if (entry.steps.length === parts.length) return parts;
  const { say } = entry;
  const listed = parts.slice(1).every((p, i) => {
    const from = say.indexOf(parts[i]!.text);
    const to = say.indexOf(p.text, from);
    return from >= 0 && to > from && /^[^，。；]*[、和及][^，。；]*$/u.test(say.slice(from, to));
  });
  return listed ? parts : [];
}

/** The sum with its items, each citing where it stands. */
function added(kit: Kit, turn: Turn, policy: Policy, parts: readonly Summand[]): Draft {
  const { wording } = kit.world;
  const [first] = parts as readonly [Summand, ...Summand[]];
  const sum = parts.reduce((n, p) => n.add(p.quantity.exact!), first.quantity.exact!.mul(0));
  // A sum of upper limits is one too: it is never told as what is paid.
  const capped = parts.some((p) => p.quantity.bound === 'at-most');
  const total = writeQuantity({ ...first.quantity, exact: sum, value: canonical(sum), bound: null });
  const values = { items: parts.map((p) => p.name).join('、'), total };
  const status = statusFirst(kit.world, policy, turn.asOf);
  return {
    intent: 'calculation',
    answered: true,
    blocks: [
      ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
      {
        kind: 'lead',
        text: wording.say(capped ? 'calculation.sumCap' : 'calculation.sum', values),
        cites: [],
      },
      {
        kind: 'list',
        ordered: false,
        items: parts.map((p) => ({
          text: `${p.name}：${writeQuantity(p.quantity)}`,
          cites: p.entry.at.map((a) => turn.evidence.cite(policy, a.clause, a.quote)),
        })),
      },
    ],
  };
}

/** Share of a summand's words that the entry taken for it must hold. */
const SPEAKS = 0.5;
/** What is counted in parts of a whole: units and scores. */
const COUNTED: ReadonlySet<string> = new Set(['count', 'score']);
/** How near the next best may come to the figure taken for a summand. */
const CLEAR = 0.85;

/** The things whose figures are to be added, in the question's own words. */
function summandsAsked(kit: Kit, turn: Turn): string[] {
  const { asking } = kit.world;
  return asking
    .split('joint', asking.without(['together'], turn.u.text))
    .map((words) => asking.without(['money'], kit.content(words)))
    .filter((content) => content.length >= 2);
}

/** Figures of several entries of one document: each part of the question is looked up alone; all must be found, of one unit. */
function apart(kit: Kit, turn: Turn, asked: readonly string[]): Draft | null {
  const [policy, other] = turn.policies;
  if (!policy || other) return null;
  const found: Summand[] = [];
  for (const content of asked) {
    const summand = lookedUp(
      kit,
      policy,
      content,
      kit.world.asking.is('scored', turn.u.text) ? 'score' : 'CNY',
    );
    // One part that could be two things, or is nothing that is held, and no sum is told.
    if (!summand) return null;
    if (!found.some((f) => f.name === summand.name)) found.push(summand);
  }
  return found.length >= 2 ? added(kit, turn, policy, found) : null;
}

/** The one figure of money, or the one score, that a document states for a thing; null where it states none, or where two are as likely meant. */
function lookedUp(kit: Kit, policy: Policy, content: string, unit: 'CNY' | 'score'): Summand | null {
  const found = kit.cards.search(content, [policy.meta.id], LOOKED_AT).flatMap((ranked) => {
    if (ranked.card.kind !== 'entry' || ranked.coverage < SPEAKS) return [];
    const { entry } = ranked.card;
    const amounts = entry.figures.flatMap((f): Summand[] => {
      const [quantity] = readQuantities(f.text);
      return quantity?.exact && quantity.unit === unit ? [{ name: f.name, quantity, entry }] : [];
    });
    const meant = amounts.length > 1 ? amounts.filter((a) => held(content, a.name) >= MEANT) : amounts;
    return amounts.length > 0 ? [{ amounts, meant, score: ranked.score }] : [];
  });
  const [best] = found;
  const [summand, another] = best?.meant ?? [];
  if (!best || !summand || another) return null;
  const rivals = found.filter(
    (f) =>
      f.score >= best.score * CLEAR && !f.amounts.some((a) => a.quantity.value === summand.quantity.value),
  );
  return rivals.length === 0 ? summand : null;
}

/** The figures of an entry that a question names, of one unit, each by what tells it from its neighbours. */
function named(kit: Kit, entry: Entry, question: string): Part[] {
  const names = entry.figures.map((f) => f.name);
  const tail = common(names.map((n) => [...n].reverse().join(''))).length;
  const head = common(names).length;
  const own = (name: string) => name.slice(head, name.length - tail);
  let rest = question;
  const meant = new Set<string>();
  // The longest first: 市级以上 is not 市级.
  for (const name of names.filter((n) => own(n) !== '').sort((a, b) => own(b).length - own(a).length)) {
    if (held(rest, own(name)) < MEANT) continue;
    rest = rest.replace(own(name), ' ');
    // “全市中心里省级和市级”: the whole that the parts are taken from is not one of them.
    const [, ...after] = question.split(name);
    if (!after.some((rest) => kit.world.asking.is('within', rest))) meant.add(name);
  }
  const parts = entry.figures.flatMap((f): Part[] => {
    const [quantity] = readQuantities(f.text);
    return quantity?.exact && meant.has(f.name) ? [{ name: f.name, quantity }] : [];
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
