import type { Policy } from '../knowledge/index.js';
import type { Criterion } from '../rules/index.js';
import type { Understanding } from '../understanding/index.js';
import type { Card, Cards, Ranked } from './cards.js';
import { detail } from './compose/requirements.js';
import type { World } from './world.js';

/** How much the question before weighs in the ranking of one that leans on it (measured on eval/questions). */
const CONTEXT_WEIGHT = 0.7;

/** How much a message with the part that only says who asks weighs beside what is asked. */
const ASKER_WEIGHT = 0.5;

/** How far below a letter's card an entry of the rules may rank and still go before it. */
const NEAR_LETTER = 0.75;

/** How much better by its words an entry must match than the condition that it goes before. */
const PLAINLY = 1.05;
/** Coverage by which an entry speaks of a question far better than a condition; or how much better its words match alone. */
const MORE = 0.2;
const FAR = 1.35;

/** Types of fact that only say how many. */
const COUNTS: ReadonlySet<string> = new Set(['count', 'percent']);

/** Kinds of topic that tell what is demanded. */
const DEMANDING: ReadonlySet<string> = new Set(['threshold', 'scope']);

/** Whether an entry speaks of a question far better than a condition. */
function better(entry: Ranked & { worded: number }, condition: Ranked & { worded: number }): boolean {
  return (
    entry.coverage >= condition.coverage + MORE ||
    (entry.worded >= condition.worded * FAR && entry.coverage >= condition.coverage)
  );
}

/** What cards are ranked with. */
interface Tools {
  readonly world: World;
  readonly cards: Cards;
  /** What a text is about, without cities and words that name nothing. */
  content(text: string): string;
  namesDocument(policy: Policy, text: string): boolean;
}

/** A question as read, and the one that it leans on. */
interface Question {
  u: Understanding;
  context: string | null;
}

/** Cards by how well they answer this question: words first, then what kind of thing is asked for. */
export function rankCards(tools: Tools, { u, context }: Question, scope: readonly string[]): Ranked[] {
  const asked = tools.world.everyday.asked(u.text);
  const searched = (text: string | null) =>
    text === null ? [] : tools.cards.search(tools.content(text), scope);
  // What is asked goes before who asks it (“我是某地一个鞋厂，联合体怎么弄”).
  const own = withContext(searched(asked), asked === u.text ? [] : searched(u.text), ASKER_WEIGHT);
  const found = withContext(own, searched(context), CONTEXT_WEIGHT);
  const most = Math.max(...found.map((r) => r.score));
  const byFit = found
    .map((r) => ({
      ...r,
      score: r.score * fitOf(tools, r.card, { u, context }, r.score >= most),
      worded: r.score,
    }))
    .sort((a, b) => b.score - a.score);
  // A condition that shares a fact's name gives way to an entry that speaks of the question far better.
  const [top] = byFit;
  const plainly =
    top?.card.kind === 'criterion'
      ? byFit.find((r) => r.card.kind === 'entry' && r.worded >= top.worded * PLAINLY && better(r, top))
      : undefined;
  const ranked = plainly ? [{ ...plainly, score: top!.score }, ...byFit.filter((r) => r !== plainly)] : byFit;
  return rulesFirst(tools, ranked, asked, context);
}

/** The ranking with an entry of the rules before a letter that is not named, where it speaks of all that the letter's card does. */
function rulesFirst(tools: Tools, ranked: Ranked[], asked: string, context: string | null): Ranked[] {
  const [top] = ranked;
  const letter = (r: Ranked) => r.card.policy.meta.kind === 'informational';
  if (!top || !letter(top) || tools.namesDocument(top.card.policy, `${asked}\n${context ?? ''}`))
    return ranked;
  const content = tools.content(asked);
  const missed = tools.cards.missing(content, top.card);
  const rule = ranked
    .slice(0, 6)
    .find((r) => r.card.kind === 'entry' && !letter(r) && r.score >= top.score * NEAR_LETTER);
  if (!rule || tools.cards.missing(content, rule.card).some((w) => !missed.includes(w))) return ranked;
  return [{ ...rule, score: top.score }, ...ranked.filter((r) => r !== rule)];
}

/** Cards for a question and for the one it leans on, in one order: what both speak of comes first. */
function withContext(found: Ranked[], before: readonly Ranked[], weight: number): Ranked[] {
  if (before.length === 0) return found;
  const top = found[0]?.score ?? 1;
  const most = before[0]!.score;
  const merged = new Map(found.map((r) => [r.card.id, { ...r, score: r.score / top }]));
  for (const r of before) {
    const own = merged.get(r.card.id);
    const score = (weight * r.score) / most;
    if (own)
      merged.set(r.card.id, {
        ...own,
        score: own.score + score,
        coverage: Math.max(own.coverage, r.coverage),
      });
    else merged.set(r.card.id, { ...r, score });
  }
  return [...merged.values()].sort((a, b) => b.score - a.score);
}

/** Whether a condition says only that a thing is demanded, or how many of it, where it is asked what it holds or must be like. */
function saysOnlyThat(world: World, criterion: Criterion, text: string): boolean {
  const { asking, vocabulary } = world;
  if (!asking.is('openly', text)) return false;
  if (detail(world, criterion) === '') return true;
  const counts = criterion.facts.every((f) => COUNTS.has(vocabulary.get(f)?.type ?? ''));
  return asking.is('likeness', text) && counts;
}

/** By how much what kind of thing a card is fits what is asked. @param nearest true for the card that matches best by its words */
function fitOf(tools: Tools, card: Card, { u, context }: Question, nearest: boolean): number {
  const benefits = tools.world.language.benefits.test(u.text);
  if (card.kind === 'clause') return 0.7;
  if (card.kind === 'criterion') {
    let fit = card.criterion.strength === 'judgement' ? 0.8 : 1;
    const asked = card.criterion.facts.some((f) => u.asked.includes(f));
    if (asked && !saysOnlyThat(tools.world, card.criterion, u.text)) {
      fit *= 1.25;
      if (u.intents.has('threshold') || u.intents.has('eligibility') || (u.wants.has('amount') && !benefits))
        fit *= 1.3;
    }
    return benefits && !u.intents.has('threshold') ? fit * 0.6 : fit;
  }
  const kind = tools.world.topics.get(card.entry.topic)?.kind;
  let fit = 1;
  if (benefits && (kind === 'support' || kind === 'reward')) fit *= 1.25;
  const counted = u.wants.has('amount') || tools.world.asking.is('counted', u.text);
  if (counted && (card.entry.figures.length > 0 || (nearest && card.entry.silent))) fit *= 1.1;
  if (u.wants.has('time') && (card.entry.when !== null || kind === 'deadline')) fit *= 1.15;
  if (u.wants.has('how') && kind === 'procedure') fit *= 1.15;
  if (DEMANDING.has(kind ?? '') && tools.world.language.conditions.test(u.text)) fit *= 1.1;
  // The letter only informs: it speaks first where it is named.
  if (card.policy.meta.kind === 'informational') {
    // … or was, in the question that this one leans on (省级的几家).
    if (tools.namesDocument(card.policy, `${u.text}\n${context ?? ''}`)) return fit * 1.3;
    // 要几所高校: it demands nothing.
    fit *= u.intents.has('threshold') ? 0.7 : 0.9;
  }
  return fit;
}
