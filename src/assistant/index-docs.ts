import type { IndexDoc } from '../retrieval/types.js';
import { clauseId } from './desk/clause-id.js';
import type { World } from './world.js';

/** One record a clause for the search index: its text, headings, and the everyday phrasings of what is anchored in it. */
export function clauseDocs(world: World): IndexDoc[] {
  return world.library.policies.flatMap((policy) => {
    const asks = new Map<string, string[]>();
    const add = (label: string, words: readonly string[]) => {
      const clause = policy.clause(label);
      if (clause) asks.set(clause.label, [...(asks.get(clause.label) ?? []), ...words]);
    };
    const more = (id: string) => world.asks.get(policy.meta.id)?.get(id) ?? [];
    for (const entry of world.entries.get(policy.meta.id) ?? []) {
      entry.at.forEach((a, i) => {
        add(a.clause, i === 0 ? [entry.title, entry.say, ...entry.asks, ...more(entry.id)] : [entry.title]);
      });
    }
    for (const c of world.criteria.get(policy.meta.id) ?? []) {
      add(c.clause, [
        c.title,
        ...more(`rule:${c.id}`),
        ...c.facts.flatMap((f) => world.vocabulary.get(f)!.synonyms.slice(0, 12)),
      ]);
    }
    return policy.clauses
      .filter((c) => c.text.trim() !== '')
      .map((c) => ({
        id: clauseId(policy.meta.id, c.label),
        title: c.heading ?? '',
        text: c.text,
        context: [policy.meta.title, ...c.path, c.parent?.text.slice(0, 200) ?? ''].join(' '),
        asks: asks.get(c.label) ?? [],
        group: policy.meta.id,
      }));
  });
}
