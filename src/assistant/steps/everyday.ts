import type { Draft, Kit, Step, Turn } from '../turn.js';
import { topic } from './look.js';
import { namesAnother } from './plainer.js';
import { tells } from './untold.js';
import { verdictAsked } from './verdict-asked.js';

/** The topic of what a document repeals. */
const REPEALED = 'status.repeal';

/** A question that names nothing but a matter of everyone's (给钱吗, 几时开始的, 找谁问): what is said on that matter. */
export const everyday: Step = (kit, turn) => {
  const { u } = turn;
  const { everyday: book, asking } = kit.world;
  // One that leans on what was asked or told before, or is one part of several, is about that.
  if (turn.context !== null || turn.before.pending !== null || turn.brief || tells(kit, turn)) return null;
  if (u.asked.length > 0 || u.premises.length > 0 || /[a-z]{2}/u.test(u.text)) return null;
  // A case told is held against the rules.
  if (u.mentions.some((m) => m.fact !== 'lead.city') && verdictAsked(kit, turn)) return null;
  // What is in force, and until when, is reckoned by the day; what went before it is not.
  const status = u.intents.has('status');
  if (asking.is('reason', u.text)) return null;
  const asked = book.asked(u.text);
  const ranking = kit.rank(turn);
  if (ranking.length === 0) return null;
  const begins = asked === u.text || status ? null : asking.beginning(kit.content(asked));
  const plain = begins !== null && asking.onlyBegins(kit.content(asked));
  if (begins !== null && (plain || !namesAnother(ranking, begins)))
    return topic(kit, turn, begins, ranking, true);
  const topics = book.topics(kit.content(asked));
  if (topics === null || (status && !topics.includes(REPEALED))) return null;
  const [first, ...others] = topics as [string, ...string[]];
  const drafts = [first, ...(telling(kit, turn, first) ? [] : others)].map((id) =>
    topic(kit, turn, id, ranking),
  );
  return { ...drafts[0]!, blocks: joined(drafts) };
};

/** Whether the document asked of tells something on a topic; true of several, which are held against each other on one. */
function telling(kit: Kit, turn: Turn, id: string): boolean {
  const [policy, another] = turn.policies;
  if (!policy || another) return true;
  return (kit.world.entries.get(policy.meta.id) ?? []).some((e) => e.topic === id && !e.silent);
}

/** Blocks of several topics in a row; what is said first is the answer, and a note is made once. */
function joined(drafts: readonly Draft[]): Draft['blocks'] {
  const [first, ...rest] = drafts.map((d) => d.blocks);
  const notes = new Set(first!.flatMap((b) => (b.kind === 'note' ? [b.text] : [])));
  return [
    ...first!,
    ...rest
      .flat()
      .filter((b) => b.kind !== 'note' || !notes.has(b.text))
      .map((b) => (b.kind === 'lead' ? { ...b, kind: 'para' as const } : b)),
  ];
}
