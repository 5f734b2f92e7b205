import type { Policy } from '../../knowledge/index.js';
import type { Card } from '../cards.js';
import { Evidence } from '../evidence.js';
import type { Draft, Kit, Step, Turn } from '../turn.js';
import { kindsNotHeld, type Missing, notHeld, type Said } from '../wants.js';
import { fitting } from './fitting.js';
import { lookup } from './look.js';
import { asksBefore, declined, documentsAsked, nearestOf, tells } from './untold.js';

/** What a draft says to a question, without what it adds beside it. */
function saidIn({ blocks }: Draft): string {
  return blocks.flatMap((b) => ('text' in b && !('more' in b && b.more) ? [b.text] : [])).join('\n');
}

/**
 * Before something is said, it is held against what is asked for: a day is answered by a day, a system by a system, a number of
 * some kind or place by words that speak of it. Where the answer would hold none, the document is said not to tell it.
 */
export const unheld: Step = (kit, turn) => {
  const { world } = kit;
  const { text, english } = turn.u;
  if (english || tells(kit, turn)) return null;
  const lacks = (said: Said): Missing | undefined =>
    [
      ...notHeld(world.wants, text, said),
      ...placeNotHeld(kit, turn, said),
      ...yearNotHeld(kit, turn, said),
      ...ruleOfOthers(kit, turn, said),
    ].sort((a, b) => a.at - b.at)[0];
  const silent = (part: string) => world.asking.is('silence', part);
  // Most questions ask for nothing of the sort: held against nothing, they lack nothing.
  if (!lacks({ words: '', asks: '', all: '', silent })) return null;
  const evidence = new Evidence();
  const draft = lookup(kit, { ...turn, evidence });
  if (!draft?.answered) return null;
  const words = [saidIn(draft), ...evidence.citations.map((c) => c.quote)].join('\n');
  const { told, all } = shownCards(kit, turn, words);
  const missing = lacks({ words, asks: told, silent, all });
  if (!missing || asksBefore(kit, turn, missing.at)) return null;
  return notTold(kit, turn, missing);
};

/** Points asked for something that no row of a table of scores speaks of (发一篇论文加几分): told before the table is reckoned with. */
export const unscored: Step = (kit, turn) => {
  const { asking, calculations, wants } = kit.world;
  const { text } = turn.u;
  if (!asking.is('points', text) && !asking.is('scored', text)) return null;
  const rows = turn.policies
    .flatMap((p) => calculations.get(p.meta.id) ?? [])
    .flatMap((c) => c.items.map((i) => [i.task, i.indicator, i.text, i.words, ...i.named].join('\n')));
  if (rows.length === 0) return null;
  const words = rows.join('\n').toLowerCase();
  const [missing] = kindsNotHeld(wants.kinds, text, { words, asks: words, all: words, silent: () => false });
  return !missing || asksBefore(kit, turn, missing.at) ? null : notTold(kit, turn, missing);
};

/** That the documents in question do not tell it, and the nearest thing that they do. */
function notTold(kit: Kit, turn: Turn, { asked }: Missing): Draft {
  const { wording } = kit.world;
  const [best] = fitting(kit, turn);
  const [only, another] = documentsAsked(kit, turn, best);
  const lead =
    only && !another
      ? wording.say('decline.unheld', { shortTitle: only.meta.shortTitle, asked })
      : wording.say('decline.unheldAll', { asked });
  // What would have been said is the nearest thing, whatever it speaks of.
  const nearest = turn.named && best && best.card.kind !== 'clause' ? best : null;
  return declined(kit, turn, lead, nearest ?? nearestOf(kit, turn, best));
}

/** The ways of asking for the cards whose words are shown: of those that tell something, and of all. */
function shownCards(kit: Kit, turn: Turn, said: string): { told: string; all: string } {
  const shown = kit
    .rank(turn)
    .map(({ card }) => card)
    .filter(
      (card) =>
        (card.kind === 'entry' && said.includes(card.entry.say)) ||
        (card.kind === 'criterion' && said.includes(card.criterion.quote)),
    );
  const text = (cards: readonly Card[]) =>
    cards
      .map((card) => kit.cards.textOf(card))
      .join('\n')
      .toLowerCase();
  return { told: text(shown.filter((c) => c.kind !== 'entry' || !c.entry.silent)), all: text(shown) };
}

/** The district whose share of what is counted is asked for (227家里晋江占了几家), where what is said does not speak of it. */
function placeNotHeld(kit: Kit, turn: Turn, { words }: Said): Missing[] {
  const { text } = turn.u;
  const places = kit
    .scope(turn)
    .flatMap(({ meta }) => meta.cityWords.filter((w) => w.length > 1 && !w.includes(meta.cityName)));
  const place = places.find((w) => text.includes(w) && !words.includes(w) && kit.world.wants.within(w, text));
  return place === undefined ? [] : [{ asked: place, at: text.indexOf(place) }];
}

const YEAR = /20[0-9]{2}年/u;

/** The year for which a number is asked, where what is said is the plan for another one (到2030年建几个). */
function yearNotHeld(kit: Kit, turn: Turn, { words }: Said): Missing[] {
  const { asking, topics } = kit.world;
  const { text } = turn.u;
  const card = fitting(kit, turn)[0]?.card;
  const year = YEAR.exec(text);
  if (card?.kind !== 'entry' || year === null || !asking.is('counted', text)) return [];
  const plan = topics.get(card.entry.topic)?.kind === 'target';
  // Held against nothing yet, it may be another one.
  return plan && (words === '' || asking.otherYear(text, words)) ? [{ asked: year[0], at: year.index }] : [];
}

/** The word that is asked of (限项能豁免吗) where only other cities' documents have it: what those grant is not told of this one. */
function ruleOfOthers(kit: Kit, turn: Turn, { words, all }: Said): Missing[] {
  const { world } = kit;
  const { text } = turn.u;
  const [policy, another] = turn.policies;
  if (!turn.named || !policy || another || turn.context !== null) return [];
  const content = kit.content(text);
  const own = kit.scope(turn);
  const others = world.rulesOf([]).filter((p) => !own.includes(p));
  const written = (p: Policy) => p.text(0, p.source.length).replace(/\s/gu, '').toLowerCase();
  const word = kit.cards.about(content).find((w) => {
    if (world.asking.isDetail(w) || !world.wants.askedOf(w, text)) return false;
    const names = [w, ...world.glossary.same(w)];
    if (names.some((n) => words.includes(n) || all.includes(n))) return false;
    return (
      others.some((p) => written(p).includes(w)) &&
      !own.some((p) => names.some((n) => written(p).includes(n)))
    );
  });
  return word === undefined ? [] : [{ asked: `“${word}”`, at: text.indexOf(word) }];
}
