import type { Vocabulary } from '../rules/index.js';
import { readCityFacts, type CityBook } from './cities.js';
import { readFigures } from './figures.js';
import { readKind } from './kind.js';
import { type Found, type Language, WordFinder } from './lexicon.js';
import { normalise } from './normalise.js';
import type { Conversation, FactMention, Understanding } from './types.js';
import { readYesNo } from './yesno.js';

/** What a name in the text can stand for. */
export interface Name {
  facts: string[];
}

/** A text cut where one statement ends: ，。；！？ and line ends. */
export interface Segment {
  start: number;
  end: number;
  text: string;
}

/** Everything the readers of one question share. */
export interface Reading {
  text: string;
  segments: Segment[];
  names: Found<Name>[];
  language: Language;
  vocabulary: Vocabulary;
  conversation: Conversation;
  asOf: string;
  /** Facts that the rules in focus read: settles which of two facts a plain name means. */
  focus: ReadonlySet<string>;
}

/** Reads questions: cities, facts with values, what is asked, intents. Deterministic; built once from the data files. */
export class Reader {
  readonly #names: WordFinder<Name>;

  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly language: Language,
    private readonly book: CityBook,
  ) {
    const byWord = new Map<string, string[]>();
    for (const spec of vocabulary.specs) {
      for (const word of spec.synonyms) {
        const key = word.toLowerCase();
        byWord.set(key, [...(byWord.get(key) ?? []), spec.id]);
      }
    }
    this.#names = new WordFinder([...byWord].map(([word, facts]) => [word, { facts }] as const));
  }

  /**
   * @param question as typed
   * @param conversation what was established before
   * @param focusOf the facts that the rules of the given cities read (empty list: of all)
   */
  read(
    question: string,
    conversation: Conversation,
    asOf: string,
    focusOf: (cities: readonly string[]) => ReadonlySet<string>,
  ): Understanding {
    const text = normalise(question);
    const cities = this.book.find(text);
    const elsewhere = this.book.elsewhere(text);
    const focus = focusOf(cities.length > 0 ? unique(cities.map((c) => c.value)) : conversation.policies);
    const reading: Reading = {
      text,
      segments: segment(text),
      names: this.#names.find(text),
      language: this.language,
      vocabulary: this.vocabulary,
      conversation,
      asOf,
      focus,
    };
    const figures = readFigures(reading);
    const kind = readKind(reading);
    const yesNo = readYesNo(reading, figures.used);
    const places = readCityFacts(reading, cities, elsewhere, kind.mention !== null);
    const mentions = settleMentions([...kind.mentions, ...places, ...yesNo.mentions, ...figures.mentions]);
    const stated = new Set(mentions.map((m) => m.fact));
    const asked = unique(
      reading.names
        .filter((n) => !figures.used.has(n.start) && !yesNo.used.has(n.start) && !kind.used.has(n.start))
        .flatMap((n) => n.value.facts),
    ).filter((id) => !stated.has(id));
    const intents = new Set(
      Object.entries(this.language.intents).flatMap(([name, list]) => (list.some((r) => r.test(text)) ? [name] : [])),
    );
    const wants = new Set(Object.entries(this.language.wants).flatMap(([name, r]) => (r.test(text) ? [name] : [])));
    const personal = mentions.length > 0 || this.language.self.slice(0, 19).some((w) => text.includes(w));
    return {
      text,
      cities: unique(cities.map((c) => c.value)),
      elsewhere: elsewhere.map((e) => e.word),
      mentions,
      asked,
      premises: figures.premises,
      open: figures.open,
      intents,
      wants,
      personal,
      followUp: /^(那|那么|那要是|要是|如果|换成|改成|还有|另外|再|又|它|这个|那个|为什么|为啥|what about|and )/.test(text) || text.length <= 8,
      english: /[a-z]{3}/.test(text) && (text.match(/[a-z]/g)?.length ?? 0) > text.length * 0.5,
    };
  }
}

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];

/** A later statement of the same fact replaces the earlier one (2亿，不对，1.9亿). */
function settleMentions(mentions: FactMention[]): FactMention[] {
  const byFact = new Map<string, FactMention>();
  for (const m of mentions.sort((a, b) => a.start - b.start)) byFact.set(m.fact, m);
  return [...byFact.values()];
}

function segment(text: string): Segment[] {
  const out: Segment[] = [];
  const cut = /[，,。；;！!？?\n]/g;
  let start = 0;
  for (let m = cut.exec(text); ; m = cut.exec(text)) {
    // A comma inside a number (20,000,000) parts nothing.
    if (m && m[0] === ',' && /\d/.test(text[m.index - 1] ?? '') && /^\d{3}/.test(text.slice(m.index + 1))) continue;
    const end = m ? m.index : text.length;
    if (end > start) out.push({ start, end, text: text.slice(start, end) });
    if (!m) return out;
    start = m.index + 1;
  }
}
