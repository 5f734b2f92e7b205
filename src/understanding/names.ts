import type { Vocabulary } from '../rules/index.js';
import type { Language } from './language.js';
import { type Found, WordFinder } from './lexicon.js';
import type { Name } from './reading.js';
import type { Conversation } from './types.js';

const TALENT = 'talent-consortium';

/** Whether a conversation is about a fact: it was told, asked for, or is of the people whose conditions were asked about. */
const isTalkedOf = (fact: string, { facts, pending, subject }: Conversation): boolean =>
  facts.has(fact) || pending === fact || (subject === TALENT && fact.startsWith('talent.'));

/** The words that name a fact, those that name one only beside a figure, and those that stand for none. */
export class Names {
  /** Names that stand for themselves, decoys among them. */
  readonly plain: WordFinder<Name>;
  /** Every word of {@link plain}. */
  readonly words: readonly string[];
  readonly #quiet: { when: RegExp; facts: string[]; finder: WordFinder<Name> }[];
  readonly #kinds: WordFinder<string>;

  constructor(
    private readonly vocabulary: Vocabulary,
    language: Language,
  ) {
    const byWord = new Map<string, string[]>();
    for (const spec of vocabulary.specs) {
      for (const word of spec.synonyms) {
        const key = word.toLowerCase();
        byWord.set(key, [...(byWord.get(key) ?? []), spec.id]);
      }
    }
    for (const word of [...language.decoys, ...language.notNames])
      if (!byWord.has(word)) byWord.set(word, []);
    this.words = [...byWord.keys()];
    this.plain = new WordFinder([...byWord].map(([word, facts]) => [word, { facts }] as const));
    this.#kinds = new WordFinder(
      vocabulary.get('lead.kind')?.values.flatMap((v) => v.words.map((w) => [w, v.id] as const)) ?? [],
    );
    this.#quiet = language.quietNames.map((g) => ({
      when: new RegExp(g.when, 'iu'),
      facts: Object.values(g.names),
      finder: new WordFinder(
        Object.entries(g.names).map(([w, fact]) => [w, { facts: [fact], quiet: true }] as const),
      ),
    }));
  }

  /** Every name in a text, in order. */
  find(text: string, conversation: Conversation): Found<Name>[] {
    // 国家级是1个不是0个: short names also where the conversation is about such things.
    const quiet = this.#quiet
      .filter((g) => g.when.test(text) || g.facts.some((f) => isTalkedOf(f, conversation)))
      .flatMap((g) => g.finder.find(text));
    const plain = this.plain.find(text);
    return [...plain, ...quiet.filter((n) => !plain.some((p) => n.start < p.end && p.start < n.end))].sort(
      (a, b) => a.start - b.start,
    );
  }

  /** What a sentence names that is answered by yes, no or one of a few values; the kind of unit where it names several. */
  toAnswer(sentence: string): string[] {
    const named = this.plain
      .find(sentence)
      .flatMap((n) => n.value.facts)
      .filter((f) => ['boolean', 'level'].includes(this.vocabulary.get(f)!.type));
    const kinds = new Set(this.#kinds.find(sentence).map((k) => k.value));
    const either = kinds.size > 1 && /还是|哪/.test(sentence) && !/[母子]公司/.test(sentence);
    return either ? [...named, 'lead.kind'] : named;
  }
}
