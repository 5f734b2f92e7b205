import type Fraction from 'fraction.js';
import {
  canonical,
  compareExact,
  exact,
  type Quantity,
  readQuantities,
  roundedDecimal,
  type Unit,
  writePercent,
  writeQuantity,
} from '../../quantity/index.js';
import { ASIDE } from '../asking/who.js';
import { statusFirst } from '../compose/status.js';
import { type Piece, piecesOf, type Resolved, resolve } from '../reckon/resolve.js';
import { figuresOfWorld, type Stated } from '../reckon/stated.js';
import type { FigureWords } from '../reckon/words.js';
import type { Draft, Kit, Step, Turn } from '../turn.js';
import type { Block } from '../types.js';
import { sideBySide } from './sums.js';

const HUNDRED = exact(100n);
/** How far before an amount the words that say who gave it may stand. */
const REACH = 12;

/** One kind of reckoning: whether a question asks for it, and what it comes to. */
type Reckoning = (kit: Kit, turn: Turn, words: FigureWords) => Draft | null;

/**
 * A figure reckoned from those that the documents state for the things that a question names: what two come to, by how much they
 * differ, what is left of an upper limit, which share one is of another. Every thing must be found, and be one thing only.
 */
export const reckoned: Step = (kit, turn) => {
  const words = kit.world.reckoning.figures;
  // Rows of a table of scores are added up by their points.
  if (kit.world.asking.is('scored', turn.u.text)) return null;
  // What is told of a unit makes a case; a demanded share reckoned backwards has a step of its own.
  const { u } = turn;
  const told = u.mentions.filter((m) => !ASIDE.has(m.fact));
  if (told.length > 1 || told.some((m) => m.value.type !== 'enum')) return null;
  if (told.length > 0 && (u.asked.length > 0 || kit.world.asking.somewhere('verdict', u.text))) return null;
  if (kit.world.asking.reverse(u.text) !== null) return null;
  for (const reckon of [rest, each, share, difference, sum]) {
    const draft = reckon(kit, turn, words);
    if (draft) return draft;
  }
  return null;
};

const sum: Reckoning = (kit, turn, words) => {
  if (!words.sum.test(turn.u.text)) return null;
  // “一共服务多少企业，解决多少难题”: each is asked for by itself.
  if ((turn.u.text.match(new RegExp(words.asked, 'gu')) ?? []).length > 1) return null;
  const found = found_(kit, turn, [words.sum], (n) => n >= 2);
  if (!found) return null;
  if (found.kind === 'unclear') return which(kit, turn, found);
  const { figures } = found;
  const counted = kit.world.asking.howMany(turn.u.text);
  if (!alike(figures) || (counted !== null && counted !== figures.length)) return null;
  const [first] = figures as readonly [Stated, ...Stated[]];
  // A whole is never added to its part.
  if (figures.some((a) => figures.some((b) => a !== b && isPart(kit, a, b)))) return null;
  const values = {
    items: figures.map((f) => f.name).join('、'),
    total: written(first.quantity, total(figures)),
  };
  const capped = figures.some((f) => f.quantity.bound === 'at-most');
  const lead = kit.world.wording.say(capped ? 'calculation.sumCap' : 'calculation.sum', values);
  const steps = figures.map((f) => writeQuantity(plainly(f.quantity))).join(' + ');
  return told(
    kit,
    turn,
    figures,
    lead,
    kit.world.wording.say('reckon.sumSteps', { items: steps, total: values.total }),
  );
};

const difference: Reckoning = (kit, turn, words) => {
  if (!words.difference.test(turn.u.text)) return null;
  const found = found_(kit, turn, [words.difference], (n) => n === 2 || n === 1);
  if (!found) return null;
  if (found.kind === 'unclear')
    return isStretch(found.choices) ? ends(kit, turn, found.choices) : which(kit, turn, found);
  return ends(kit, turn, found.figures);
};

/** By how much two figures differ: two things, or the two ends of one stretch. */
function ends(kit: Kit, turn: Turn, figures: readonly Stated[]): Draft | null {
  const [a, b] = figures;
  if (!a || !b || !alike(figures)) return null;
  const [high, low] = compareExact(a.quantity.exact!, b.quantity.exact!) >= 0 ? [a, b] : [b, a];
  const values = {
    high: item(kit, high),
    low: item(kit, low),
    gap: written(high.quantity, high.quantity.exact!.sub(low.quantity.exact!)),
  };
  const bounds = [a, b].map((f) => f.quantity.bound);
  const key = bounds.includes('about')
    ? 'differenceAbout'
    : bounds.every((x) => x === 'at-most')
      ? 'differenceCaps'
      : 'difference';
  return told(kit, turn, [a, b], kit.world.wording.say(`reckon.${key}`, values), null);
}

/** What is left of an upper limit when some of it was given. */
const rest: Reckoning = (kit, turn, words) => {
  const { text } = turn.u;
  if (!words.rest.test(text)) return null;
  const amounts = readQuantities(text).filter((q) => q.unit === 'CNY' && q.exact !== null);
  const had = amounts.filter((q) => {
    const before = text.slice(Math.max(0, q.start - REACH), q.start);
    return (
      words.had.test(before) && (kit.world.asking.amountNamed(before) === null || words.local.test(before))
    );
  });
  const [given, more] = had;
  if (!given || more) return null;
  const without = text.slice(0, given.start) + text.slice(given.end);
  const pieces = piecesOf(kit, without, [words.rest]);
  const found = resolve(kit, turn, [joined(pieces)], 'CNY');
  if (!found) return null;
  if (found.kind === 'unclear') return which(kit, turn, found);
  const [cap] = found.figures;
  if (!cap) return null;
  const left = cap.quantity.exact!.sub(given.exact!);
  if (compareExact(left, exact(0n)) < 0) return null;
  const values = {
    cap: item(kit, cap),
    had: writeQuantity(plainly(given)),
    rest: written(cap.quantity, left),
  };
  const key = left.n === 0n ? 'full' : cap.quantity.bound === 'at-most' ? 'rest' : 'restExact';
  return told(kit, turn, [cap], kit.world.wording.say(`reckon.${key}`, values), null);
};

const share: Reckoning = (kit, turn, words) => {
  const { text } = turn.u;
  if (!words.share.test(text)) return null;
  const ofAll = words.whole.test(text);
  const found = found_(kit, turn, [words.share, ...(ofAll ? [words.sum, words.whole] : [])], (n) =>
    ofAll ? n > 0 : n === 2,
  );
  if (!found || found.kind === 'unclear' || !alike(found.figures)) return null;
  const { figures } = found;
  const [first, second, third] = figures as readonly [Stated, ...Stated[]];
  // “A是B的几倍”: in the order said; a share is of the whole that the document states.
  if (words.ratio.test(text)) return second && !third ? shareOf(kit, turn, [first], [second]) : null;
  if (ofAll) {
    const whole = wholeOf(kit, figures);
    return whole ? shareOf(kit, turn, figures, whole) : null;
  }
  if (!second || third) return null;
  const [part, whole] =
    compareExact(first.quantity.exact!, second.quantity.exact!) <= 0 ? [first, second] : [second, first];
  return isPart(kit, part, whole) ? shareOf(kit, turn, [part], [whole]) : null;
};

/** Which share some figures are of others, or how often those go into them. */
function shareOf(kit: Kit, turn: Turn, parts: readonly Stated[], whole: readonly Stated[]): Draft {
  const { wording, reckoning } = kit.world;
  const words = reckoning.figures;
  const { text } = turn.u;
  const ratio = total(parts).div(total(whole));
  const points = ratio.mul(HUNDRED);
  const written_ = words.times.test(text)
    ? wording.say('reckon.times', { n: number(ratio) })
    : words.integer.test(text)
      ? `约${roundedDecimal(points, 0)}%`
      : writePercent(points);
  const amounts = (figures: readonly Stated[]) =>
    figures.map((f) => writeQuantity(plainly(f.quantity))).join(' + ');
  const grouped = (figures: readonly Stated[]) =>
    figures.length > 1 ? `（${amounts(figures)}）` : amounts(figures);
  const names = (figures: readonly Stated[]) => figures.map((f) => f.name).join('、');
  const lead = wording.say(words.ratio.test(text) ? 'reckon.ratio' : 'reckon.share', {
    part: names(parts),
    whole: names(whole),
    share: written_,
  });
  const steps = wording.say('reckon.shareSteps', {
    part: grouped(parts),
    whole: grouped(whole),
    share: written_,
  });
  return told(kit, turn, [...new Set([...parts, ...whole])], lead, steps);
}

/** The whole that figures of one entry are parts of: the figure that the document says holds them, or all that it lists side by side. */
function wholeOf(kit: Kit, parts: readonly Stated[]): readonly Stated[] | null {
  const [first] = parts;
  if (parts.some((p) => p.entry !== first!.entry)) return null;
  const all = figuresOfWorld(kit.world)
    .ofEntry(first!.entry)
    .filter((f) => alike([f, first!]));
  const holds = all.filter((w) => parts.every((p) => p !== w && isPart(kit, p, w)));
  if (holds.length > 0) return holds.length === 1 ? holds : null;
  const side =
    all.length > parts.length &&
    sideBySide(
      first!.entry.say,
      all.map((f) => f.quantity.text),
    );
  return side ? all : null;
}

/** “平均每家服务多少企业”: one figure of an entry for each of another. */
const each: Reckoning = (kit, turn, words) => {
  const at = words.each.exec(turn.u.text);
  if (!at) return null;
  const sides = [turn.u.text.slice(0, at.index), turn.u.text.slice(at.index + at[0].length)];
  const [of, many] = sides.map((side) => {
    const piece = joined(piecesOf(kit, side, []));
    const found = piece.words === '' ? null : resolve(kit, turn, [piece], 'count');
    return found?.kind === 'found' ? found.figures[0]! : null;
  });
  const measure = at.groups?.measure ?? at.groups?.measured;
  // “服务企业数平均到每家”: for each of those of which it is told.
  const sum = many ?? of;
  const whole = many
    ? of
    : of &&
      figuresOfWorld(kit.world)
        .ofEntry(of.entry)
        .find((f) => f !== of && f.quantity.measure === measure);
  if (!whole || !sum || whole === sum || sum.entry !== whole.entry) return null;
  const lead = kit.world.wording.say('reckon.each', {
    many: item(kit, sum),
    of: item(kit, whole),
    measure: whole.quantity.measure ?? '',
    mean: `${number(sum.quantity.exact!.div(whole.quantity.exact!))}${sum.quantity.measure ?? ''}`,
  });
  return told(kit, turn, [sum, whole], lead, null);
};

/** The things of a question with their figures, of the first unit in which all are found. */
function found_(
  kit: Kit,
  turn: Turn,
  without: readonly RegExp[],
  enough: (n: number) => boolean,
  units = unitsAsked(kit, turn),
): Resolved | null {
  // A share stands between the two (占…的百分之几), the words of the other reckonings stand beside the things.
  const by = without.includes(kit.world.reckoning.figures.share) ? '，' : ' ';
  const pieces = piecesOf(kit, turn.u.text, without, by);
  if (pieces.length === 0) return null;
  for (const unit of units) {
    const found = resolve(kit, turn, pieces, unit);
    if (found?.kind === 'found' && enough(found.figures.length)) return found;
    if (found?.kind === 'unclear' && found.others > 0) return found;
    if (found?.kind === 'unclear' && enough(1) && isStretch(found.choices)) return found;
  }
  return null;
}

/** Whether figures are the two ends of one stretch (20万元-300万元). */
const isStretch = ([a, b]: readonly Stated[]): boolean =>
  a !== undefined && b !== undefined && a.entry === b.entry && a.name === b.name;

/** What is reckoned: a count where one is asked for, money where it is spoken of. */
function unitsAsked(kit: Kit, { u }: Turn): readonly Unit[] {
  const { count, money } = kit.world.reckoning.figures;
  if (count.test(u.text)) return ['count'];
  return money.test(u.text) ? ['CNY'] : ['CNY', 'count'];
}

/** All that a question names, as one thing. */
function joined(pieces: readonly Piece[]): Piece {
  return {
    words: pieces.map((p) => p.words).join(''),
    told: pieces.flatMap((p) => p.told),
    cities: pieces.flatMap((p) => p.cities),
  };
}

/** Whether a figure is a part of another: the text that states both says so. */
function isPart(kit: Kit, part: Stated, whole: Stated): boolean {
  if (part.entry !== whole.entry) return false;
  return [part.entry.say, ...part.entry.at.map((a) => a.quote)].some((text) => {
    const [from, to] = [text.indexOf(whole.quantity.text), text.indexOf(part.quantity.text)];
    return from >= 0 && to > from && kit.world.asking.is('partOf', text.slice(from, to));
  });
}

/** Whether figures are of one unit and counted with one measure. */
function alike(figures: readonly Stated[]): boolean {
  const [first] = figures;
  return figures.every(
    (f) => f.quantity.unit === first!.quantity.unit && f.quantity.measure === first!.quantity.measure,
  );
}

/** A number as it is read out: rounded where it has no end, and then it says so. */
const number = (n: Fraction): string => (n.d === 1n ? canonical(n) : `约${roundedDecimal(n, 2)}`);

const total = (figures: readonly Stated[]): Fraction =>
  figures.reduce((n, f) => n.add(f.quantity.exact!), exact(0n));

const plainly = (q: Quantity): Quantity => ({ ...q, bound: null, upper: null });

const written = (like: Quantity, n: Fraction): string =>
  writeQuantity({ ...plainly(like), exact: n, value: canonical(n) });

/** A figure with its name, and that it is an upper limit. */
function item(kit: Kit, f: Stated): string {
  const named = kit.world.reckoning.figures.cap.test(f.name);
  const bound = f.quantity.bound === 'at-most' && !named ? kit.world.wording.say('reckon.caps') : '';
  return kit.world.wording.say('reckon.item', {
    name: f.name,
    bound,
    figure: writeQuantity(plainly(f.quantity)),
  });
}

/** The answer: what it comes to, each figure with where it stands, the sum itself. */
function told(kit: Kit, turn: Turn, figures: readonly Stated[], lead: string, steps: string | null): Draft {
  const policies = [...new Set(figures.map((f) => f.policy))];
  const notes = policies.flatMap((p): Block[] => {
    const status = statusFirst(kit.world, p, turn.asOf);
    return status ? [{ kind: 'note', text: status, cites: [] }] : [];
  });
  const informs = policies.every((p) => p.meta.kind === 'informational');
  return {
    intent: 'calculation',
    answered: true,
    blocks: [
      ...(informs ? [] : notes),
      { kind: 'lead', text: lead, cites: [] },
      {
        kind: 'list',
        ordered: false,
        items: figures.map((f) => ({
          text: item(kit, f),
          cites: f.entry.at.slice(0, 1).map((a) => turn.evidence.cite(f.policy, a.clause, a.quote)),
        })),
      },
      ...(steps === null ? [] : [{ kind: 'para' as const, text: steps, cites: [] }]),
      ...(informs ? notes : []),
    ],
  };
}

/** One thing that could be two: which of them is meant. */
function which(kit: Kit, turn: Turn, found: Resolved & { kind: 'unclear' }): Draft {
  const text = kit.world.wording.say('reckon.which', { thing: found.thing });
  const { text: question } = turn.u;
  return {
    intent: 'clarify',
    answered: true,
    blocks: [
      { kind: 'lead', text, cites: [] },
      {
        kind: 'list',
        ordered: false,
        items: found.choices.map((f) => ({
          text: item(kit, f),
          cites: f.entry.at.slice(0, 1).map((a) => turn.evidence.cite(f.policy, a.clause, a.quote)),
        })),
      },
    ],
    suggestions: found.choices.map((f) => ({
      label: f.name,
      send: question.replace(found.thing, f.name),
    })),
  };
}
