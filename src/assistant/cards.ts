import type { Clause, Entry, Policy } from '../knowledge/index.js';
import { LexicalIndex } from '../retrieval/index.js';
import type { IndexDoc } from '../retrieval/types.js';
import type { Criterion } from '../rules/index.js';
import type { Understanding } from '../understanding/index.js';
import type { World } from './world.js';

/** One thing that can be answered: an entry, a criterion, or a clause as it stands. */
export type Card =
  | { kind: 'entry'; id: string; policy: Policy; entry: Entry }
  | { kind: 'criterion'; id: string; policy: Policy; criterion: Criterion }
  | { kind: 'clause'; id: string; policy: Policy; clause: Clause };

export interface Ranked {
  card: Card;
  score: number;
  /** Share of the question's informative tokens that the card covers, 0 to 1. */
  coverage: number;
}

/** The answerable things of all documents, searchable by how people ask. */
export class Cards {
  readonly #byId = new Map<string, Card>();
  readonly #index: LexicalIndex;
  readonly #filler: RegExp;

  constructor(private readonly world: World) {
    const docs: IndexDoc[] = [];
    const add = (card: Card, doc: Omit<IndexDoc, 'id' | 'group'>) => {
      this.#byId.set(card.id, card);
      docs.push({ ...doc, id: card.id, group: card.policy.meta.id });
    };
    for (const policy of world.library.policies) {
      const id = policy.meta.id;
      for (const entry of world.entries.get(id) ?? []) {
        const topic = world.topics.get(entry.topic);
        add(
          { kind: 'entry', id: `entry:${id}/${entry.id}`, policy, entry },
          {
            title: entry.title,
            text: [entry.say, ...entry.at.map((a) => a.quote), entry.note ?? ''].join('\n'),
            context: topic?.title ?? '',
            asks: [...entry.asks, ...(topic?.asks ?? [])],
          },
        );
      }
      for (const criterion of world.criteria.get(id) ?? []) {
        const specs = criterion.facts.map((f) => world.vocabulary.get(f)!);
        add(
          { kind: 'criterion', id: `criterion:${id}/${criterion.id}`, policy, criterion },
          {
            title: criterion.title,
            text: `${criterion.quote}\n${specs.map((s) => s.label).join(' ')}`,
            context: '',
            asks: specs.flatMap((s) => [s.question, ...s.synonyms]),
          },
        );
      }
      for (const clause of policy.clauses) {
        if (clause.text.trim() === '') continue;
        add(
          { kind: 'clause', id: `clause:${id}/${clause.label}`, policy, clause },
          { title: clause.heading ?? '', text: clause.text, context: clause.path.join(' ') },
        );
      }
    }
    this.#index = LexicalIndex.build(docs);
    const fillers = [...world.language.filler].sort((a, b) => b.length - a.length);
    this.#filler = new RegExp(
      fillers
        .map((w) => (/^[a-z]/.test(w) ? `\\b${w}\\b` : w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')))
        .join('|'),
      'g',
    );
  }

  /** The question without the words that carry no content: cities, fillers. */
  content(understanding: Pick<Understanding, 'text'>, cityWords: readonly string[]): string {
    let text = understanding.text;
    for (const w of cityWords) text = text.replaceAll(w.toLowerCase(), ' ');
    const bare = text
      .replace(this.#filler, ' ')
      .replace(/[，。？！、；：“”《》,.?!;:"'()（）]/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    return bare === '' ? text : bare;
  }

  /** Cards for a content query, best first. */
  search(content: string, policies: readonly string[], k = 40): Ranked[] {
    return this.#index.search(content, { k, groups: policies }).map(({ id, score }) => ({
      card: this.#byId.get(id)!,
      score,
      coverage: this.#index.coverage(content, id),
    }));
  }
}

/** Entry cards of one topic in one policy, best first by the given ranking, then in file order. */
export function entriesOn(world: World, policy: Policy, topic: string, ranking: readonly Ranked[]): Entry[] {
  const rank = new Map<Entry, number>();
  for (const r of ranking)
    if (r.card.kind === 'entry' && !rank.has(r.card.entry)) rank.set(r.card.entry, r.score);
  return (world.entries.get(policy.meta.id) ?? [])
    .filter((e) => e.topic === topic)
    .sort((a, b) => (rank.get(b) ?? 0) - (rank.get(a) ?? 0));
}
