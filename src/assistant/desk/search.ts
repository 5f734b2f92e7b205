import type { Retriever } from '../../retrieval/types.js';
import { normalise } from '../../understanding/index.js';
import type { Ranked } from '../cards.js';
import type { Answer } from '../types.js';
import type { Views } from '../views.js';
import { clauseId } from './clause-id.js';

/** Candidates of each kind before clauses are put in one order. */
const POOL = 40;

/** Ids of clauses for words or a question, best first. @param by.answer answers a question: what it cites is found too; null: words alone find */
export async function findClauses(
  query: string,
  count: number,
  by: { retriever: Retriever; views: Views; answer: ((question: string) => Promise<Answer>) | null },
): Promise<{ id: string; score: number }[]> {
  const text = normalise(query);
  const found = await by.retriever.search(text, { k: Math.max(count, POOL) });
  const { kit, named } = by.views.ofText(text);
  // Of many cities the cards are those of a few: they speak only where they are the ones asked for.
  const cards = kit.partial && !named ? [] : kit.cardsFor(text, POOL);
  const cited = (await by.answer?.(query))?.citations ?? [];
  return withCited(mergeByClause(found, cards), cited).slice(0, count);
}

/** How much a clause's own words weigh beside the best thing anchored in it (measured on eval/questions). */
const OWN_WORDS = 0.3;

/** One order of clauses from the clause index and from what is anchored in them: the best card of a clause speaks for it. */
function mergeByClause(
  found: readonly { id: string; score: number }[],
  cards: readonly Ranked[],
): { id: string; score: number }[] {
  const scores = new Map<string, number>();
  const top = cards[0]?.score ?? 1;
  for (const { card, score } of cards) {
    const label =
      card.kind === 'entry'
        ? card.entry.at[0]?.clause
        : card.kind === 'criterion'
          ? card.criterion.clause
          : card.clause.label;
    if (label === undefined) continue;
    const id = clauseId(card.policy.meta.id, label);
    scores.set(id, Math.max(scores.get(id) ?? 0, score / top));
  }
  const best = found[0]?.score ?? 1;
  for (const { id, score } of found) scores.set(id, (scores.get(id) ?? 0) + (OWN_WORDS * score) / best);
  return [...scores].map(([id, score]) => ({ id, score })).sort((a, b) => b.score - a.score);
}

/** How many of the clauses that an answer cites are put among those found. */
const CITED = 3;

/**
 * What is found by words, with what an answer to them would cite in every second place after the first: a question that tells a
 * case or names a clause by its label is answered by clauses that share hardly a word with it.
 */
function withCited(
  found: readonly { id: string; score: number }[],
  cited: readonly { policy: string; clause: string }[],
): { id: string; score: number }[] {
  const first = [...new Set(cited.map((c) => clauseId(c.policy, c.clause)))].slice(0, CITED);
  const ids = found.map(({ id }) => id);
  const order = [
    ...new Set(
      [ids[0], ...first.flatMap((id, i) => [id, ids[i + 1]]), ...ids].filter((id) => id !== undefined),
    ),
  ];
  const scores = new Map(found.map(({ id, score }) => [id, score]));
  // What is put before another is worth as much.
  let least = 0;
  return order
    .reverse()
    .map((id) => {
      least = Math.max(least, scores.get(id) ?? 0);
      return { id, score: least };
    })
    .reverse();
}
