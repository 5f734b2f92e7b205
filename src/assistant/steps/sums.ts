import type { Entry, Policy } from '../../knowledge/index.js';
import { canonical, readQuantities, writeQuantity } from '../../quantity/index.js';
import { ASIDE } from '../asking/who.js';
import { statusFirst } from '../compose/status.js';
import type { Draft, Kit, Step, Turn } from '../turn.js';
import type { Block } from '../types.js';
import {
  byPieces,
  LOOKED_AT,
  lookedUp,
  named,
  type Part,
  SPEAKS,
  type Summand,
  summandsAsked,
} from './summands.js';

/** “国家级加省级合计多少家”: figures named in the question, of one entry or of several of a document, added up. */
export const sums: Step = (kit, turn) => {
  const { u } = turn;
  if (!kit.world.asking.is('sum', u.text) || u.mentions.some((m) => !ASIDE.has(m.fact))) return null;
  const asked = summandsAsked(kit, turn);
  for (const { card } of kit.rank(turn).slice(0, LOOKED_AT)) {
    if (card.kind !== 'entry') continue;
    const pieces = byPieces(kit, card, asked);
    if (pieces && !holdsAnother(kit, card.entry, pieces))
      return added(
        kit,
        turn,
        card.policy,
        pieces.map((p) => ({ ...p, entry: card.entry })),
      );
    const parts = named(kit, card.entry, u.text).map((p) => ({ ...p, entry: card.entry }));
    // Fewer figures than things asked for would be the sum of something else.
    if (parts.length >= Math.max(2, asked.length) && !holdsAnother(kit, card.entry, parts))
      return added(kit, turn, card.policy, parts);
  }
  return ofSeveral(kit, turn, asked) ?? (asked.length <= 1 ? allOf(kit, turn) : null);
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
  return sideBySide(
    entry.say,
    parts.map((p) => p.text),
  )
    ? parts
    : [];
}

/** Whether a text lists some figures one after the other, with 、 or 和 between them and nothing else said. */
export function sideBySide(say: string, figures: readonly string[]): boolean {
  return figures.slice(1).every((text, i) => {
    const from = say.indexOf(figures[i]!);
    const to = say.indexOf(text, from);
    return from >= 0 && to > from && /^[^，。；]*[、和及][^，。；]*$/u.test(say.slice(from, to));
  });
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
  const note: Block[] = status ? [{ kind: 'note', text: status, cites: [] }] : [];
  return {
    intent: 'calculation',
    answered: true,
    blocks: [
      ...(policy.meta.kind === 'informational' ? [] : note),
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
      // That a letter only informs is said after what it tells.
      ...(policy.meta.kind === 'informational' ? note : []),
    ],
  };
}

/** What is counted in parts of a whole: units and scores. */
const COUNTED: ReadonlySet<string> = new Set(['count', 'score']);

/** Figures of several entries of one document: each part of the question is looked up alone; all must be found, of one unit. */
function ofSeveral(kit: Kit, turn: Turn, asked: readonly string[]): Draft | null {
  const [policy, other] = turn.policies;
  if (!policy || other) return null;
  const unit = kit.world.asking.is('scored', turn.u.text) ? 'score' : 'CNY';
  const [matter, ...things] = asked;
  // 公共平台，建设支持、滚动支持、优秀奖励三项合计: what stands first may be the matter of them all.
  const found =
    eachOf(kit, policy, asked, unit) ??
    (things.length > 1
      ? eachOf(
          kit,
          policy,
          things.map((thing) => `${matter}${thing}`),
          unit,
        )
      : null);
  const counted = kit.world.asking.howMany(turn.u.text);
  return found && found.length >= 2 && (counted === null || counted === found.length)
    ? added(kit, turn, policy, found)
    : null;
}

/** The figure of each thing; null where one could be two things, or is nothing that is held. */
function eachOf(
  kit: Kit,
  policy: Policy,
  things: readonly string[],
  unit: 'CNY' | 'score',
): Summand[] | null {
  const found: Summand[] = [];
  for (const content of things) {
    const summand = lookedUp(kit, policy, content, unit);
    if (!summand) return null;
    if (!found.some((f) => f.name === summand.name)) found.push(summand);
  }
  return found;
}
