import type { Entry, Policy } from '../../knowledge/index.js';
import { type Draft, type Kit, SHORTER, type Turn } from '../turn.js';
import type { Answer, Block } from '../types.js';

/** How many things a shorter answer says of a clause that was shown verbatim. */
const KEPT = 4;

/** The last answer up to its first content, cited as before; of a clause shown verbatim, what is said of it in plain words. */
export function shorter(kit: Kit, turn: Turn): Draft | null {
  const { previous, evidence } = turn;
  if (previous === null) return null;
  const verbatim = previous.blocks.some((b) => b.kind === 'quote');
  const blocks: Block[] = verbatim
    ? explained(kit, previous).map(({ policy, entry }, i) => ({
        kind: i === 0 ? 'lead' : 'para',
        text: entry.say,
        cites: entry.at.map((a) => evidence.cite(policy, a.clause, a.quote)),
      }))
    : opening(previous).map((block) => recited(kit, turn, previous, block));
  const at = blocks.findIndex((b) => b.kind === 'lead' || b.kind === 'para');
  if (at < 0) return null;
  const first = blocks[at] as Extract<Block, { kind: 'lead' | 'para' }>;
  const text = kit.world.wording.say(SHORTER, { last: first.text });
  return {
    intent: previous.intent,
    answered: previous.answered,
    blocks: blocks.with(at, { ...first, text }),
    verdicts: previous.verdicts,
  };
}

/** The blocks of an answer up to the first thing it says; of a verdict, up to the end of its first list. */
function opening(answer: Answer): Block[] {
  const shown = answer.blocks.filter((b) => !('more' in b && b.more));
  const enough = (b: Block) =>
    answer.verdicts.length > 0 ? b.kind === 'list' : b.kind === 'lead' || b.kind === 'para';
  const end = shown.findIndex(enough);
  return end < 0 ? shown : shown.slice(0, end + 1);
}

/** A block of an earlier answer with its citations in this one's evidence. */
function recited(kit: Kit, turn: Turn, from: Answer, block: Block): Block {
  const again = (cites: readonly number[]): number[] =>
    cites.flatMap((n) => {
      const c = from.citations[n - 1];
      const policy = c ? kit.world.library.policy(c.policy) : null;
      return c && policy ? [turn.evidence.cite(policy, c.clause, c.quote)] : [];
    });
  if (block.kind === 'heading') return block;
  if (block.kind === 'list')
    return { ...block, items: block.items.map((i) => ({ ...i, cites: again(i.cites) })) };
  if (block.kind === 'table')
    return { ...block, rows: block.rows.map((r) => r.map((c) => ({ ...c, cites: again(c.cites) }))) };
  return { ...block, cites: again(block.cites) };
}

/** What is said in plain words of the clauses that an answer cites. */
function explained(kit: Kit, answer: Answer): { policy: Policy; entry: Entry }[] {
  const labels = answer.citations.map((c) => `${c.policy}/${c.clause}`);
  return (
    kit.world.library.policies
      .flatMap((policy) =>
        (kit.world.entries.get(policy.meta.id) ?? []).map((entry) => ({
          policy,
          entry,
          about: entry.at.filter((a) => labels.includes(`${policy.meta.id}/${a.clause}`)).length,
        })),
      )
      .filter(({ about, entry }) => about > 0 && !entry.silent)
      // What is anchored there and nowhere else speaks of it most.
      .sort((a, b) => b.about / b.entry.at.length - a.about / a.entry.at.length)
      .slice(0, KEPT)
  );
}
