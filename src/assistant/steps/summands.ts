import type { Entry, Policy } from '../../knowledge/index.js';
import { readQuantities } from '../../quantity/index.js';
import type { Quantity } from '../../quantity/types.js';
import type { Card } from '../cards.js';
import type { Kit, Turn } from '../turn.js';

/** How many of the best entries are looked at for named figures. */
export const LOOKED_AT = 8;
/** Share of a figure's own name that a question must hold to mean it. */
const MEANT = 0.6;
/** Share of a summand's words that the entry taken for it must hold. */
export const SPEAKS = 0.5;
/** How near the next best may come to the figure taken for a summand. */
const CLEAR = 0.85;

/** A figure with its name. */
export interface Part {
  name: string;
  quantity: Quantity;
}

/** A figure to be added, and the entry that states it. */
export interface Summand extends Part {
  entry: Entry;
}

/** The things whose figures are to be added, in the question's own words. */
export function summandsAsked(kit: Kit, turn: Turn, words: 'together' | 'difference' = 'together'): string[] {
  const { asking } = kit.world;
  return (
    asking
      .split('joint', asking.without([words], turn.u.text))
      .map((words) => asking.without(['money'], kit.content(words)))
      // What is left of “企业拢共多少家” beside its asking words: 企业.
      .map((words) =>
        words
          .split(/\s+/)
          .filter((word) => word.length > 1)
          .join(''),
      )
      .filter((content) => content.length >= 2 && !asking.is('onlyCounts', content))
  );
}

/** The one figure of money, or the one score, that a document states for a thing; null where it states none, or where two are as likely meant. */
export function lookedUp(kit: Kit, policy: Policy, content: string, unit: 'CNY' | 'score'): Summand | null {
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

/** The exact figures of an entry. */
export function figuresOf(entry: Entry): Part[] {
  return entry.figures.flatMap((f): Part[] => {
    const [quantity] = readQuantities(f.text);
    return quantity?.exact && (quantity.bound === null || quantity.bound === 'at-most')
      ? [{ name: f.name, quantity }]
      : [];
  });
}

/**
 * The figures of an entry that the pieces of a question mean, one each (高校、院所、企业拢共); what means none must be the matter
 * that the entry speaks of. Null where a piece could be two, or is of something else.
 */
export function byPieces(kit: Kit, card: Card & { kind: 'entry' }, asked: readonly string[]): Part[] | null {
  const figures = figuresOf(card.entry);
  const own = ownNames(figures.map((f) => f.name));
  const meant = asked.map((piece) => {
    const exactly = figures.filter((f) => own(f.name) === piece);
    if (exactly.length === 1) return exactly[0]!;
    const near = figures.filter(
      (f) => own(f.name).length > 1 && (own(f.name).includes(piece) || piece.includes(own(f.name))),
    );
    return near.length === 1 ? near[0]! : null;
  });
  const parts = [...new Set(meant.filter((m) => m !== null))];
  const [first] = parts;
  const alike = parts.every(
    (p) => p.quantity.unit === first!.quantity.unit && p.quantity.measure === first!.quantity.measure,
  );
  // What stands before them all may be their matter; any other piece that means none is something else to be added.
  const beside = asked.filter((_, i) => meant[i] === null);
  if (beside.length > 1 || (beside.length === 1 && meant[0] !== null)) return null;
  return parts.length > 1 && alike && beside.every((b) => kit.cards.missing(b, card).length === 0)
    ? parts
    : null;
}

/** What tells a name from the others beside it. */
export function ownNames(names: readonly string[]): (name: string) => string {
  const tail = common(names.map((n) => [...n].reverse().join(''))).length;
  const head = common(names).length;
  return (name) => name.slice(head, name.length - tail);
}

/** The figures of an entry that a question names, of one unit, each by what tells it from its neighbours. */
export function named(kit: Kit, entry: Entry, question: string): Part[] {
  const names = entry.figures.map((f) => f.name);
  const own = ownNames(names);
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
export function held(text: string, name: string): number {
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
