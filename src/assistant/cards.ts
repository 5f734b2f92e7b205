import type { Clause, Entry, Policy } from '../knowledge/index.js';
import { LexicalIndex } from '../retrieval/index.js';
import type { IndexDoc } from '../retrieval/types.js';
import type { Criterion } from '../rules/index.js';
import type { Understanding } from '../understanding/index.js';
import { Confidence } from './confidence.js';
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

/** How much the official words for a question's everyday words weigh beside its own (measured on eval/questions). */
const OFFICIAL_WEIGHT = 0.3;
// What share of a question a card must speak of before it answers: chosen on eval/questions, half of which was kept back.
const NEARLY_VERBATIM = 0.85;
const ABOUT_NOTHING = 0.3;
const ANCHORED = 0;
// A question of which the card speaks of nothing by name, and of which no word stands anywhere here, is about something else.
const SPEAKS_LITTLE = 0.27;
const UNANCHORED = 0.5;

/** The answerable things of all documents, searchable by how people ask. */
export class Cards {
  readonly #byId = new Map<string, Card>();
  readonly #index: LexicalIndex;
  readonly #texts = new Map<string, string>();
  #everything = '';
  readonly #confidence: Confidence;
  readonly #filler: RegExp;

  constructor(private readonly world: World) {
    this.#confidence = new Confidence(world.glossary);
    const docs: IndexDoc[] = [];
    const add = (card: Card, doc: Omit<IndexDoc, 'id' | 'group'>) => {
      this.#byId.set(card.id, card);
      docs.push({ ...doc, id: card.id, group: card.policy.meta.id });
      this.#texts.set(card.id, [doc.title, doc.text, ...(doc.asks ?? [])].join('\n'));
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
            asks: [...entry.asks, ...(world.asks.get(id)?.get(entry.id) ?? []), ...(topic?.asks ?? [])],
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
            asks: [
              ...specs.flatMap((s) => [s.question, ...s.synonyms]),
              ...(world.asks.get(id)?.get(`rule:${criterion.id}`) ?? []),
            ],
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
    this.#everything = [...this.#texts.values()].join('\n').toLowerCase();
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
    const content = bare === '' ? text : bare;
    const latin = content.match(/[a-z]/g)?.length ?? 0;
    return latin > content.length * 0.6 ? this.world.glossary.translate(content) || content : content;
  }

  /** Cards for a content query, best first: by its own words, then by the official words for the everyday ones. */
  search(content: string, policies: readonly string[], k = 40): Ranked[] {
    const own = this.#index.search(content, { k, groups: policies });
    const official = this.world.glossary.officialOf(content);
    const formal =
      official.length === 0 ? [] : this.#index.search(official.join(' '), { k, groups: policies });
    const scores = new Map<string, number>();
    const add = (hits: readonly { id: string; score: number }[], weight: number) => {
      const top = hits[0]?.score ?? 1;
      for (const { id, score } of hits) scores.set(id, (scores.get(id) ?? 0) + (weight * score) / top);
    };
    add(own, 1);
    add(formal, OFFICIAL_WEIGHT);
    return [...scores]
      .sort((a, b) => b[1] - a[1])
      .slice(0, k)
      .map(([id, score]) => ({
        card: this.#byId.get(id)!,
        score,
        coverage: this.#index.coverage(content, id),
      }));
  }

  /**
   * Whether a card answers a question: it speaks of what the question is about, holds a figure of the kind asked for (or
   * says that there is none), and the matter asked about is one the documents deal with. Else nothing is claimed.
   * @param anchored true when the question names a city or a document, so that it is about these documents at all
   */
  answers(content: string, ranked: Ranked, anchored: boolean): boolean {
    const text = this.textOf(ranked.card);
    if (ranked.coverage >= NEARLY_VERBATIM) return true;
    if (ranked.coverage < SPEAKS_LITTLE && this.#foreign(content, text)) return false;
    const about = this.#confidence.covers(content, text);
    const share = about === null ? (ranked.coverage >= ABOUT_NOTHING ? 1 : 0) : about.share;
    return share >= (anchored ? ANCHORED : UNANCHORED) || ranked.coverage >= (anchored ? 0.3 : 0.55);
  }

  /** Whether a text speaks of nothing that a question is about, and none of that stands in any card or glossary line. */
  #foreign(content: string, text: string): boolean {
    const about = this.about(content);
    if (about.length === 0 || this.#confidence.covers(content, text)!.share > 0) return false;
    const strange = about.filter(
      (w) => !this.#everything.includes(w) && this.world.glossary.same(w).length === 0,
    );
    return strange.length === about.length;
  }

  /** The words that say what a text is about. */
  about(content: string): string[] {
    return this.#confidence.about(content).map(({ word }) => word);
  }

  /** Whether a text says what it is about, not only what is asked of it. */
  namesAThing(content: string): boolean {
    return this.#confidence.about(content).some(({ word }) => !this.world.asking.isDetail(word));
  }

  /** The words that say what a question is about and that a card does not speak of. */
  missing(content: string, card: Card): string[] {
    return this.#confidence.covers(content, this.textOf(card))?.missing ?? [];
  }

  /** Everything a card says and is asked by. */
  textOf(card: Card): string {
    return this.#texts.get(card.id) ?? '';
  }
}

/** The document's words and what is said aloud, without the ways of asking. */
export function wordsOf(card: Card): string {
  if (card.kind === 'entry') return [card.entry.say, ...card.entry.at.map((a) => a.quote)].join('\n');
  return card.kind === 'criterion' ? card.criterion.quote : card.clause.text;
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
