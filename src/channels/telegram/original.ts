import type { Block, Citation } from '../../assistant/types.js';
import type { ClauseHit, PolicyView } from '../types.js';
import type { Parts } from './parts.js';
import type { Work } from './work.js';

/**
 * The clauses that an answer cites, verbatim and whole. They are read from the text of the message replied to, so that this
 * works for anybody in a group, for an answer of any age, and shows nothing that is not public.
 */
export function originalText(work: Work, { desk }: Parts, shown: string): void {
  const { say } = work;
  const policies = desk.policies();
  const cited = citedIn(shown, work, policies);
  const blocks = cited.flatMap(({ policy, clause }, i): Block[] => {
    let hit: ClauseHit;
    try {
      hit = desk.clause(policy.id, clause);
    } catch {
      return [];
    }
    const document = policy.docNumber ?? `《${policy.title}》`;
    const status = say(`telegram.status.${policy.status}`);
    return [
      { kind: 'heading', text: say('telegram.original.head', { n: i + 1, document, clause, status }) },
      { kind: 'quote', text: hit.text, cites: [] },
    ];
  });
  if (blocks.length === 0) work.notice(say('telegram.original.none'));
  else work.show({ blocks, citations: [], text: '' });
}

/** The documents and clauses in the source lines of a message, each once, in order. */
function citedIn(
  shown: string,
  { say }: Work,
  policies: readonly PolicyView[],
): { policy: PolicyView; clause: Citation['clause'] }[] {
  const out = new Map<number, { policy: PolicyView; clause: string }>();
  for (const policy of policies) {
    for (const document of [policy.docNumber, policy.title]) {
      if (document === null) continue;
      // The line as the locale writes it, up to the clause and what stands after it.
      const [before, after] = say('render.source', { n: '\0', document, clause: '\0', quote: '\0' })
        .split('\0')
        .slice(1)
        .map(literal);
      const line = `${before}([^\\n]+?)${after ?? ''}`;
      for (const found of shown.matchAll(new RegExp(line, 'g')))
        out.set(found.index, { policy, clause: found[1]! });
    }
  }
  const inOrder = [...out].sort(([a], [b]) => a - b).map(([, cited]) => cited);
  return inOrder.filter(
    (cited, i) =>
      inOrder.findIndex((other) => other.policy === cited.policy && other.clause === cited.clause) === i,
  );
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
