import type { Ranked } from '../cards.js';

/** Share of a question from which a card speaks of what it names, and how far below it the card of a short question's topic must rank. */
const SPEAKS = 0.6;
const BELOW = 0.75;

/**
 * Whether a question that could be one of everyday words alone (怎么弄, 有什么好处) names something that another topic is
 * plainly about (退出联合体怎么弄, 评优秀有什么好处).
 */
export function namesAnother(ranking: readonly Ranked[], topic: string): boolean {
  const [best] = ranking;
  if (best?.card.kind !== 'entry' || best.card.entry.topic === topic || best.coverage < SPEAKS) return false;
  const own = ranking.find((r) => r.card.kind === 'entry' && r.card.entry.topic === topic);
  return (own?.score ?? 0) < best.score * BELOW;
}
