import type { Policy } from '../../knowledge/index.js';
import { WHO } from '../asking/who.js';
import { aspectsAsked, tellsAspect, touchesAspect } from '../aspects.js';
import { type Card, type Ranked, wordsOf } from '../cards.js';
import { requirementLine } from '../compose/requirements.js';
import { statusFirst } from '../compose/status.js';
import { type Draft, type Kit, plain, type Step, type Turn } from '../turn.js';
import type { Block } from '../types.js';
import { type Matter, matterNamed } from '../uncovered.js';
import { fitting } from './fitting.js';
import { mentioned } from './mentioned.js';

/** Share of a question that a card must speak of to be named as the nearest thing that is told. */
const NEAR = 0.4;
/** Share of a question that the pack's own sentence of a silence must speak of to stand first. */
const SAYS_SO = 0.6;
/** How many of the best are looked at for it, and how much more than the best of all one must speak of to go before it. */
const LOOKED_AT = 5;
/** Share of a question put before that a card must speak of for it to be one that is told. */
const TOLD_BEFORE = 0.3;
const MORE = 0.15;

/** Whether a case is told, which is held against the rules rather than looked up; a yes or no inside a question is none. */
export function tells(kit: Kit, { u }: Turn): boolean {
  const { asking } = kit.world;
  // “某央企的分公司，无法人资格，拟牵头，可否”: of a unit that is described, whether it may.
  const may = u.mentions.some((m) => m.fact === 'lead.kind') && asking.somewhere('verdict', u.text);
  const asks = asking.is('asks', u.text) && !may;
  // “总规模几个亿”: an amount that is all that is asked is none that is told.
  const asked = (m: { start: number; end: number }) =>
    asking.is('asks', u.text.slice(m.start, m.end)) &&
    !asking.is('asks', `${u.text.slice(0, m.start)} ${u.text.slice(m.end)}`);
  return u.mentions.some((m) => !WHO.has(m.fact) && !(asks && m.value.type === 'boolean') && !asked(m));
}

/** Something that documents of this kind could tell and the ones in question do not: said so, with the nearest thing that they do tell. */
export const untold: Step = (kit, turn) => {
  const { world } = kit;
  const told = tells(kit, turn);
  const asked = aspectsAsked(world.aspects, turn.u.text).filter(
    (a) => (a.regardless || !told) && !asksBefore(kit, turn, a.asks.exec(turn.u.text)?.index ?? 0),
  );
  if (asked.length === 0) return null;
  const best = fitting(kit, turn)[0];
  const docs = documentsAsked(kit, turn, best);
  const words = shownWith(kit, turn, best).map(wordsOf).join('\n');
  const silent = (part: string) => world.asking.is('silence', part);
  const holds = asked.some((a) =>
    a.card
      ? tellsAspect(a, words, silent)
      : docs.some((p) => tellsAspect(a, p.text(0, p.source.length), () => false)),
  );
  if (holds) return null;
  const { aspect } = asked[0]!;
  const touched = asked.filter(
    (a) => docs.length > 0 && docs.every((p) => touchesAspect(a, p.text(0, p.source.length))),
  );
  // What a document names and does not spell out is said with the clause that names it.
  const named = touched.length === 0 && asked.some((a) => a.card) ? mentioned(kit, turn) : null;
  if (named !== null && !named.answered) return named;
  const raising = kit
    .rank(turn)
    .find((r) => r.card.kind === 'entry' && touched.some((a) => touchesAspect(a, wordsOf(r.card))));
  const nearest = (turn.named ? raising : undefined) ?? nearestOf(kit, turn, kit.rank(turn)[0]);
  const open = touched.length > 0;
  const [only, another] = docs;
  const text =
    only && !another
      ? world.wording.say('decline.aspect', { shortTitle: only.meta.shortTitle, aspect })
      : world.wording.say('decline.aspectAll', { aspect });
  const draft = declined(kit, turn, text, nearest);
  // A document that raises the matter and leaves this open: that it does is what was asked.
  return open ? { ...draft, intent: 'policy', answered: true } : draft;
};

/** How far below the best an entry of the same topic may rank to be shown with it. */
const SHOWN = 0.72;

/** The best card with those of its own topic and document that are told with it. */
function shownWith(kit: Kit, turn: Turn, best: Ranked | undefined): Card[] {
  if (!best) return [];
  const { card } = best;
  if (card.kind !== 'entry') return [card];
  const alike = kit
    .rank(turn)
    .filter(
      (r) =>
        r.card.kind === 'entry' &&
        r.card.policy === card.policy &&
        r.card.entry.topic === card.entry.topic &&
        r.score >= best.score * SHOWN,
    );
  return [card, ...alike.map((r) => r.card).filter((c) => c !== card)];
}

/** Whether something that is told is asked before a place in a question (牵头要什么条件，顺便问下名单): that is answered then. */
export function asksBefore(kit: Kit, turn: Turn, at: number): boolean {
  const { asking } = kit.world;
  const before = turn.u.text.slice(0, at);
  const stop = Math.max(...[...'，,。；;？?！!'].map((c) => before.lastIndexOf(c)));
  const said = before.slice(0, Math.max(0, stop));
  if (said === '' || !(asking.is('asks', said) || asking.is('yesNo', said))) return false;
  const scope = kit.scope(turn).map((p) => p.meta.id);
  return (kit.cards.search(kit.content(said), scope, 1)[0]?.coverage ?? 0) >= TOLD_BEFORE;
}

/** How much that counts may be indefinite: 几个 of what is told, before what is asked (背着几个课题，还让不让报). */
const INDEFINITE = /(?<!多少.*)几(?!.*多少)/u;

/** Whether what stands at a place in a question only tells, and the question itself, which is told, comes after it. */
export function asksAfter(kit: Kit, turn: Turn, found: RegExpExecArray | null): boolean {
  const { asking } = kit.world;
  if (found === null || !INDEFINITE.test(found[0])) return false;
  const rest = turn.u.text.slice(found.index + found[0].length);
  const stop = rest.search(/[，,；;]/u);
  if (stop < 0 || /[？?。]/u.test(rest.slice(0, stop))) return false;
  const after = rest.slice(stop + 1);
  if (!asking.is('yesNo', after)) return false;
  const scope = kit.scope(turn).map((p) => p.meta.id);
  return (kit.cards.search(kit.content(after), scope, 1)[0]?.coverage ?? 0) >= TOLD_BEFORE;
}

/** The documents that a question asks of: those that set rules, or the letter where that is what is asked about. */
export function documentsAsked(kit: Kit, turn: Turn, best: Ranked | undefined): readonly Policy[] {
  const letter = best?.card.policy;
  const informs = letter?.meta.kind === 'informational' && best!.coverage >= NEAR;
  return informs ? kit.scope(turn).filter((p) => p === letter) : turn.policies;
}

/**
 * The card to be named beside what is not told: of those near the best the one that speaks of most of the question; null
 * for a question that is about something else, or about no city.
 */
export function nearestOf(kit: Kit, turn: Turn, best: Ranked | undefined): Ranked | null {
  if (!best || !turn.named) return null;
  const near = kit
    .rank(turn)
    .slice(0, LOOKED_AT)
    .filter((r) => r.card.kind !== 'clause' && r.coverage >= Math.max(NEAR, best.coverage + MORE));
  const most = near.sort((a, b) => b.coverage - a.coverage)[0];
  return most ?? (best.coverage >= NEAR && best.card.kind !== 'clause' ? best : null);
}

/** Matters that no document deals with, things whose obtaining is another office's, figures that no document states. */
export const notCovered: Step = (kit, turn) => {
  const { u } = turn;
  const { world } = kit;
  const told = tells(kit, turn) && !world.asking.is('reason', u.text);
  if (told) {
    const asked = matterAsked(kit, turn);
    return asked && notDealtWith(kit, asked);
  }
  const parts = u.text.split(/(?<=[，,。；;？?])/u);
  const ahead = Math.max(
    0,
    parts.findIndex((part) => world.asking.is('future', part)),
  );
  if (world.asking.is('future', u.text) && !asksBefore(kit, turn, parts.slice(0, ahead).join('').length)) {
    const office = [...new Set(turn.policies.map((p) => p.meta.office))].join('、');
    const text = `${world.wording.say('decline.future')}${world.wording.say('decline.office', { office })}`;
    return plain('out_of_scope', text, false);
  }
  const best = fitting(kit, turn)[0];
  // What a table of scores counts is not asked for as a condition.
  const scored = world.asking.is('scored', u.text) && best?.card.kind === 'entry';
  const matter = scored
    ? null
    : matterNamed(world.uncovered, u.text, best ? wordsOf(best.card) : '', (word) =>
        world.glossary.same(word),
      );
  if (matter) return notDealtWith(kit, matter);
  const thing = world.asking.programme(u.text) ?? world.asking.foreignThing(kit.content(u.text));
  if (thing)
    return plain(
      'out_of_scope',
      world.wording.say('decline.thing', { thing, cities: kit.cityNames() }),
      false,
    );
  return null;
};

/** That a matter is none of what the documents deal with, and whose it is. */
const notDealtWith = (kit: Kit, { matter, office }: Matter): Draft =>
  plain(
    'out_of_scope',
    kit.world.wording.say('decline.matter', { matter, office, cities: kit.cityNames() }),
    false,
  );

/**
 * The matter that is all that is asked after a case is told (三甲医院领了头，医保结算会不会给高一档): what is asked weighs more
 * than who asks. None where a verdict is asked, or where what asks tells something of the case itself.
 */
function matterAsked(kit: Kit, turn: Turn): Matter | null {
  const { world } = kit;
  const { text, mentions } = turn.u;
  const asks = (part: string) => world.asking.is('asks', part) || world.asking.is('yesNo', part);
  const parts = [...text.matchAll(/[^，,。；;？?！!]+/gu)].map((m) => ({ part: m[0], at: m.index }));
  const asking = parts.filter(({ part }) => asks(part));
  if (parts.length < 2 || asking.length !== 1 || world.asking.somewhere('verdict', text)) return null;
  const { part, at } = asking[0]!;
  if (mentions.some((m) => m.fact !== 'lead.city' && m.start < at + part.length && m.end > at)) return null;
  const best = fitting(kit, turn)[0];
  return matterNamed(world.uncovered, part, best ? wordsOf(best.card) : '', (w) => world.glossary.same(w));
}

/** The nearest thing said, and that the figure or the matter asked for is not in it. */
export function unstated(kit: Kit, turn: Turn, best: Ranked): Draft {
  const { shortTitle } = best.card.policy.meta;
  return declined(kit, turn, kit.world.wording.say('decline.unstated', { shortTitle }), best);
}

/** What is not told, the nearest thing that is, and the office to ask. */
export function declined(kit: Kit, turn: Turn, text: string, nearest: Ranked | null): Draft {
  const offices = nearest ? [nearest.card.policy] : turn.policies;
  const office = [...new Set(offices.map((p) => p.meta.office))].join('、');
  return {
    intent: 'out_of_scope',
    answered: false,
    blocks: [
      ...(nearest && saysSo(kit, nearest) ? [] : [{ kind: 'lead' as const, text, cites: [] }]),
      ...(nearest ? nearestBlocks(kit, turn, nearest) : []),
      { kind: 'note', text: kit.world.wording.say('decline.office', { office }), cites: [] },
    ],
  };
}

/** Whether the nearest thing is the pack's own sentence that the document does not say this. */
function saysSo(kit: Kit, { card, coverage }: Ranked): boolean {
  return (
    coverage >= SAYS_SO &&
    card.kind === 'entry' &&
    card.entry.silent &&
    kit.world.asking.is('silence', card.entry.say)
  );
}

/** The nearest thing that a document tells, as far as it can be cited. */
function nearestBlocks(kit: Kit, turn: Turn, nearest: Ranked): Block[] {
  const { card } = nearest;
  const { policy } = card;
  const { wording } = kit.world;
  const city = policy.meta.cityName;
  const anchors =
    card.kind === 'entry' ? card.entry.at.slice(0, 1) : card.kind === 'criterion' ? [card.criterion] : [];
  const say =
    card.kind === 'entry'
      ? card.entry.say
      : card.kind === 'criterion'
        ? requirementLine(kit.world, '', card.criterion).replace(/^：/u, '')
        : `${card.clause.label} ${card.clause.heading ?? ''}`;
  const status = statusFirst(kit.world, policy, turn.asOf);
  const own = saysSo(kit, nearest);
  return [
    ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
    {
      kind: own ? 'lead' : 'para',
      text: own ? say : wording.say('decline.nearestSay', { city, say }),
      cites: anchors.map((a) => turn.evidence.cite(policy, a.clause, a.quote)),
    },
  ];
}
