import type { Policy } from '../../knowledge/index.js';
import { conditionBlocks } from '../compose/requirements.js';
import { Evidence } from '../evidence.js';
import type { Kit, Step, Turn } from '../turn.js';
import type { Answer, Block } from '../types.js';
import { verdictsFor } from './eligibility.js';

interface Item {
  text: string;
  cites: number[];
}

/** “第二个条件是什么”: that line of the answer before, or of all conditions where it told one of them. */
export const nth: Step = (kit, turn) => {
  const { world } = kit;
  const last = turn.previous;
  const n = world.following.nth(turn.u.text);
  if (n === null || last === null) return null;
  const { items, citations } = listed(kit, turn, last);
  const item = items[n - 1];
  if (!item) return null;
  const cites = item.cites.map((i) => citeAgain(kit, turn, citations[i - 1]!));
  const text = world.wording.say('conditions.nth', { n, text: item.text, all: items.length });
  return { intent: last.intent, answered: true, blocks: [{ kind: 'lead', text, cites }] };
};

/** “再说一遍”: the last answer once more. */
export const again: Step = (kit, turn) => {
  const last = turn.previous;
  if (last === null || !kit.world.following.is('again', turn.u.text)) return null;
  const cited = (cites: readonly number[]) => cites.map((i) => citeAgain(kit, turn, last.citations[i - 1]!));
  const blocks = last.blocks.map((b): Block => {
    if (b.kind === 'heading') return b;
    if (b.kind === 'list') return { ...b, items: b.items.map((i) => ({ ...i, cites: cited(i.cites) })) };
    if (b.kind === 'table')
      return { ...b, rows: b.rows.map((row) => row.map((cell) => ({ ...cell, cites: cited(cell.cites) }))) };
    return { ...b, cites: cited(b.cites) };
  });
  const { intent, answered, verdicts, next, suggestions } = last;
  return { intent, answered, blocks, verdicts, next, suggestions };
};

const citeAgain = (kit: Kit, turn: Turn, c: Answer['citations'][number]): number =>
  turn.evidence.cite(kit.world.library.policy(c.policy)!, c.clause, c.quote);

/** “其余的呢” after one condition: all of them; after a case: what of it is still open. */
export const rest: Step = (kit, turn) => {
  const last = turn.previous;
  if (last === null || !kit.world.following.is('rest', turn.u.text)) return null;
  if (last.verdicts.length > 0) return verdictsFor(kit, turn);
  const [policy, another] = turn.policies;
  if (last.intent !== 'threshold' || !policy || another) return null;
  const blocks = allConditions(kit, turn, policy, turn.evidence);
  return blocks.length > 0 ? { intent: 'threshold', answered: true, blocks } : null;
};

function allConditions(kit: Kit, turn: Turn, policy: Policy, evidence: Evidence): Block[] {
  const kind = turn.now.facts.get('lead.kind');
  const who = kind?.type === 'enum' ? kind.value : null;
  return conditionBlocks(kit.world, evidence, policy, turn.before.subject ?? 'lead', who, turn.asOf);
}

/** The lines of the last answer; of one that told conditions of one city without a list, all of its conditions. */
function listed(kit: Kit, turn: Turn, last: Answer): { items: Item[]; citations: Answer['citations'] } {
  const own = itemsOf(last.blocks);
  const [policy, another] = turn.policies;
  if (own.length > 1 || last.intent !== 'threshold' || !policy || another)
    return { items: own, citations: last.citations };
  const evidence = new Evidence();
  const items = itemsOf(allConditions(kit, turn, policy, evidence));
  return { items, citations: evidence.citations };
}

const itemsOf = (blocks: readonly Block[]): Item[] =>
  blocks.flatMap((b) => (b.kind === 'list' ? b.items : []));
