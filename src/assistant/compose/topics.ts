import type { Entry, Policy } from '../../knowledge/index.js';
import type { Evidence } from '../evidence.js';
import type { Block } from '../types.js';
import type { World } from '../world.js';
import { statusFirst } from './status.js';

/** What a document says on a topic, ready to be shown. */
export interface Said {
  policy: Policy;
  entries: Entry[];
}

/**
 * Entries as an answer: what is said, aloud first, with steps as a list and every anchor cited; documents that are
 * silent are said to be silent.
 * @param corrected what is said before the first words of a document that contradict the question; null where they do not
 */
export function topicBlocks(
  world: World,
  evidence: Evidence,
  said: readonly Said[],
  silent: readonly Policy[],
  topic: string,
  asOf: string,
  corrected: (words: string) => string | null = () => null,
): Block[] {
  const blocks: Block[] = [];
  const many = said.length + silent.length > 1;
  for (const { policy, entries } of said) {
    const status = statusFirst(world, policy, asOf);
    const told = status !== null && blocks.some((b) => 'text' in b && b.text === status);
    // That a letter only informs is said after what it tells; its sentences name it.
    const after = policy.meta.kind === 'informational';
    const note: Block[] = status === null || told ? [] : [{ kind: 'note', text: status, cites: [] }];
    if (!after) blocks.push(...note);
    entries.forEach((entry, i) => {
      const cites = entry.at.map((a) => evidence.cite(policy, a.clause, a.quote));
      const say = i === 0 ? `${corrected(entry.say) ?? ''}${entry.say}` : entry.say;
      const text = many ? world.wording.say('topic.perCity', { city: policy.meta.cityName, say }) : say;
      blocks.push(i === 0 && !many ? { kind: 'lead', text, cites } : { kind: 'para', text, cites });
      if (entry.steps.length > 0) {
        blocks.push({
          kind: 'list',
          ordered: true,
          items: entry.steps.map((s) => ({
            text: s.title,
            cites: [evidence.cite(policy, s.clause, s.quote)],
          })),
        });
      }
      if (entry.note) blocks.push({ kind: 'note', text: entry.note, cites: [], more: true });
    });
    if (after) blocks.push(...note);
  }
  const silence = world.topics.get(topic)?.silent;
  for (const policy of silent) {
    if (!silence) continue;
    blocks.push({
      kind: many ? 'para' : 'lead',
      text: world.wording.say('topic.silent', {
        city: policy.meta.cityName,
        shortTitle: policy.meta.shortTitle,
        silent: silence,
      }),
      cites: [],
    });
  }
  return blocks;
}
