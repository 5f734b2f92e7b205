import { type Ranked, wordsOf } from '../cards.js';
import type { Kit, Step, Turn } from '../turn.js';
import { type Sign, worldAsked } from '../worldly.js';
import { fitting } from './fitting.js';
import { asksAfter, asksBefore, declined, documentsAsked, nearestOf, tells } from './untold.js';

/** Share of a question that a card which states facts of the world must speak of to answer it. */
const SPEAKS = 0.45;
/** How many of the best cards are looked at, and how far below the best one may rank. */
const LOOKED_AT = 3;
const CLOSE = 0.75;
/** A follow-up is no longer than this. */
const FOLLOWS = 12;
/** From how many things on a question that repeats their number and asks which they are is answered by a list only. */
const SEVERAL = 3;

/**
 * A question for the state of the world (who is in, how many there are, who holds an office): a document of rules does not
 * tell it, so only a card that itself states such a fact answers.
 */
export const ofTheWorld: Step = (kit, turn) => {
  const { world } = kit;
  const { text } = turn.u;
  const ranking = fitting(kit, turn);
  const [best] = ranking;
  const counted = onlyCounted(
    text,
    best,
    world.worldly.signs.find((s) => s.roster),
  );
  if (!counted && tells(kit, turn)) return null;
  // What is asked besides, after something that rules do tell, is left to what answers that.
  const signs = worldAsked(world.worldly.signs, text).filter(
    (s) => !asksBefore(kit, turn, s.asks.exec(text)?.index ?? 0) && !asksAfter(kit, turn, s.asks.exec(text)),
  );
  if (signs.length === 0 && !counted) return null;
  // “良好的有多少”, after an amount was asked for, asks for another one; two sums to be added are none of the world either.
  const { asking } = world;
  const granted = (t: string | null) => t !== null && (asking.is('granted', t) || asking.is('rewarding', t));
  if (
    !counted &&
    ((granted(turn.context) && text.length <= FOLLOWS) || (asking.is('sum', text) && granted(text)))
  )
    return null;
  // The letter states facts of the world where another card only shares the words.
  const near = ranking
    .slice(0, LOOKED_AT)
    .filter((r) => r === best || (informs(r) && r.score >= best!.score * CLOSE));
  if (!counted && near.some((r) => signs.every((s) => states(kit, turn, r, s)))) return null;
  const docs = documentsAsked(kit, turn, best);
  const [only, another] = docs;
  const sign = signs[0]?.sign ?? world.worldly.signs.find((s) => s.roster)!.sign;
  const key =
    !only || another ? 'worldlyAll' : only.meta.kind === 'informational' ? 'worldlyLetter' : 'worldly';
  const lead = world.wording.say(`decline.${key}`, { sign, shortTitle: only?.meta.shortTitle ?? '' });
  return declined(kit, turn, lead, nearestOf(kit, turn, kit.rank(turn)[0]));
};

/** Whether a card is of a document that only informs: the letter. */
const informs = ({ card }: Pick<Ranked, 'card'>): boolean => card.policy.meta.kind === 'informational';

/** Whether a card states the fact of the world that a sign of the question asks for. */
function states(kit: Kit, turn: Turn, { card, coverage }: Ranked, sign: Sign): boolean {
  const { world } = kit;
  const { text } = turn.u;
  const words = wordsOf(card);
  if (card.kind === 'clause' || (card.kind === 'entry' && card.entry.silent)) return false;
  const kind = card.kind === 'entry' ? (world.topics.get(card.entry.topic)?.kind ?? '') : '';
  if (!(informs({ card }) && coverage >= SPEAKS) && !sign.kinds.has(kind)) return false;
  if (sign.told !== null && !sign.told.test(words)) return false;
  const counted = world.worldly.counted(text);
  const full = kit.cards.textOf(card);
  if (
    counted !== null &&
    !full.includes(counted) &&
    !world.glossary.find(text).some((w) => w.includes(counted) && full.includes(world.glossary.same(w)[0]!))
  )
    return false;
  if (!world.worldly.counts(text, words)) return false;
  return world.asking.figureFits(text, words) && !world.asking.otherYear(text, words);
}

const COUNTED =
  /(?<n>\d+)[家所个条项名位种](?<thing>\p{Script=Han}{0,12}?)(?:具体|分别|各|都|到底|究竟)*(?:是|有|叫|指)(?:的是)?(?:哪|谁|什么|啥)/u;

/** How much of what stands before “是什么” names what is asked: a word and its 的. */
const TAIL = 3;

/** Whether a question repeats how many there are and asks which (那7家高校分别是哪几家), and the card holds the number and no list of as many. */
function onlyCounted(text: string, best: Ranked | undefined, roster: Sign | undefined): boolean {
  const { n: number, thing = '' } = COUNTED.exec(text)?.groups ?? {};
  const n = Number(number ?? 0);
  if (n < SEVERAL || !best) return false;
  // “核心团队10名的要求是啥”: what is demanded of them is asked, not who they are.
  if (roster?.unless?.test(thing.slice(-TAIL))) return false;
  const words = wordsOf(best.card);
  // The longest list in it, of words in one sentence or of sentences in a row.
  const most = (parts: readonly string[], between: string) =>
    Math.max(...parts.map((part) => part.split(between).length));
  const listed = Math.max(most(words.split(/[，。；\n]/u), '、'), most(words.split(/[。\n]/u), '；'));
  return words.includes(String(n)) && listed < n;
}
