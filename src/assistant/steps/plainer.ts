import type { Ranked } from '../cards.js';
import type { Kit } from '../turn.js';

/** Share of a question from which a card speaks of what it names, and how far below it the card of a short question's topic must rank. */
const SPEAKS = 0.6;
const BELOW = 0.75;

/**
 * Whether a question that could be one of everyday words alone (怎么弄, 有什么好处) names something that another topic is
 * plainly about (退出联合体怎么弄, 评优秀有什么好处).
 * @param asked what is asked, without the parts that only say who asks
 */
export function namesAnother(kit: Kit, asked: string, ranking: readonly Ranked[], topic: string): boolean {
  if (!kit.cards.namesAThing(kit.content(asked))) return false;
  const [best] = ranking;
  if (best?.card.kind !== 'entry' || best.card.entry.topic === topic || best.coverage < SPEAKS) return false;
  const own = ranking.find((r) => r.card.kind === 'entry' && r.card.entry.topic === topic);
  return (own?.score ?? 0) < best.score * BELOW;
}
