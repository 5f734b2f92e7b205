import type { FactSpec, Facts, FactValue, Vocabulary } from '../rules/index.js';
import {
  emptyConversation,
  type FactMention,
  type Language,
  type Reader,
  type Understanding,
} from '../understanding/index.js';
import { readAnswer } from './answers.js';
import { type Leftover, leftoverOf, withVague } from './leftover.js';
import { type Listening, Meaning } from './meaning.js';
import { asTyped, clauses, sentences } from './sentences.js';
import type { Event } from './types.js';
import { aroundWhole, joined } from './values.js';
import type { Words } from './words.js';

type Fault = Extract<Event, { kind: 'unread' }>['fault'];

/** What a message tells. */
export interface Heard {
  /** Facts told, in the order of the words; a fact told twice has its last value. */
  told: Map<string, FactValue>;
  /** Facts said not to be known. */
  unsure: Set<string>;
  /** The fact to be changed, where its new value is not said. */
  change: string | null;
  /** The part that asks of the policies; null when nothing does. */
  elsewhere: string | null;
  /** Asks for the outcome so far. */
  outcome: boolean;
  /** A figure that is not said to be of anything, with the facts it may be of; the first of a message. */
  which: Leftover | null;
  /** What is wrong with the answer to what was asked, when there is one and it cannot be read. */
  fault: Fault;
}

/** What a message tells that tells nothing. */
export const NOTHING_HEARD: Readonly<Heard> = {
  told: new Map(),
  unsure: new Set(),
  change: null,
  elsewhere: null,
  outcome: false,
  which: null,
  fault: 'nothing',
};

/** Reads messages of an interview: the general reader first, then what only the question at hand can make sense of. */
export class Ear {
  readonly #meaning: Meaning;

  constructor(
    private readonly reader: Reader,
    private readonly language: Language,
    private readonly vocabulary: Vocabulary,
    private readonly words: Words,
    cities: Iterable<string>,
  ) {
    this.#meaning = new Meaning(language, vocabulary, words, cities);
  }

  hear(message: string, at: Listening): Heard {
    const heard: Heard = { ...NOTHING_HEARD, told: new Map(), unsure: new Set() };
    const questions: string[] = [];
    for (const sentence of sentences(message)) {
      const open = at.asking !== null && !heard.told.has(at.asking) && !heard.unsure.has(at.asking);
      this.#sentence(sentence, { ...at, asking: open ? at.asking : null }, heard, questions);
    }
    for (const [id, value] of heard.told) {
      const meant = aroundWhole(this.vocabulary.get(id)!, value);
      heard.told.set(
        id,
        meant.type === 'text' ? { type: 'text', value: asTyped(meant.value, message) } : meant,
      );
    }
    heard.elsewhere = questions.length === 0 ? null : questions.join('');
    return heard;
  }

  #sentence(sentence: string, at: Listening, heard: Heard, questions: string[]): void {
    const { words, vocabulary } = this;
    const spec = at.asking === null ? null : vocabulary.get(at.asking)!;
    const facts = new Map([...at.facts, ...heard.told]);
    if (words.is('whatIf', sentence)) {
      questions.push(sentence);
      return;
    }
    const u = this.#read(sentence, facts, at);
    let mentions = this.#meaning.mentions(withVague(u), sentence, spec, at);
    // 三甲 says what kind of unit it is, and which rank it has.
    if (mentions.every((m) => vocabulary.get(m.fact)!.type === 'enum')) {
      const held = this.#held(u, sentence, facts, spec, at);
      mentions = [...mentions, ...held.filter((h) => !mentions.some((m) => m.fact === h.fact))];
    }
    // The figures of each year answer for the mean that is asked for.
    const answers = spec === null ? [] : [spec.id, ...partsOf(spec)];
    const answered = mentions.some((m) => answers.includes(m.fact));
    const add = (fact: string, value: FactValue) => {
      heard.told.set(fact, joined(heard.told.get(fact) ?? at.facts.get(fact), value));
      heard.unsure.delete(fact);
    };
    const oneYear = spec?.derive && 'mean' in spec.derive && words.is('oneYear', sentence);
    if (spec !== null && (several(u, spec, mentions) || oneYear)) heard.fault = 'several';
    else for (const m of mentions) add(m.fact, m.value);
    const asks = this.#meaning.asks(u, sentence);
    if (mentions.length > 0) questions.push(...this.#clauses(sentence, at, facts));
    if (spec !== null && !answered && heard.fault !== 'several') {
      const own =
        mentions.length === 0 ? this.#alone(u, spec, sentence, asks) : this.#amid(sentence, spec, at, facts);
      if (own === null || !('value' in own))
        heard.which ??= leftoverOf(u, sentence, at, facts, words, vocabulary);
      if (own !== null && 'value' in own) add(spec.id, own.value);
      else if (own !== null && 'unsure' in own) heard.unsure.add(spec.id);
      else if (own !== null) heard.fault = own.fault;
      if (own !== null && !('fault' in own)) return;
    }
    if (mentions.length > 0) {
      if (spec === null || answered) heard.which ??= leftoverOf(u, sentence, at, facts, words, vocabulary);
      return;
    }
    if (this.#others(u, sentence, spec, at, heard)) return;
    if (asks === 'outcome') heard.outcome = true;
    else if (asks === 'policy') questions.push(sentence);
  }

  #read(text: string, facts: Facts, at: Listening): Understanding {
    const conversation = {
      ...emptyConversation(),
      facts,
      policies: [...at.cities],
      subject: at.subject,
      pending: at.asking,
    };
    return this.reader.read(text, conversation, at.asOf, () => at.focus);
  }

  /** 省重点实验室, alone: in an interview what is named is held. */
  #held(
    u: Understanding,
    sentence: string,
    facts: Facts,
    spec: FactSpec | null,
    at: Listening,
  ): FactMention[] {
    const { words } = this;
    const plain = [words.pattern('question'), words.pattern('change'), words.pattern('unsure')];
    if (sentence.length > LONGEST_NAME || plain.some((p) => p.test(sentence))) return [];
    if (words.is('no', sentence) || words.is('yes', sentence)) return [];
    const said = `${this.language.inPerson[0]}有${sentence}`;
    return this.#meaning
      .mentions(this.#read(said, facts, { ...at, asking: null }), said, spec, at)
      .filter((m) => m.value.type === 'boolean' || this.vocabulary.get(m.fact)!.type === 'level')
      .filter((m) => u.cities.length === 0 && this.#meaning.names(m.fact, u.text));
  }

  /** A sentence that tells nothing else: the answer to what was asked, unless it asks something itself. */
  #alone(
    u: Understanding,
    spec: FactSpec,
    sentence: string,
    asks: 'policy' | 'outcome' | null,
  ): ReturnType<typeof readAnswer> | null {
    if (asks !== null && !this.words.is('unsure', sentence)) return null;
    if (this.words.is('change', sentence)) return null;
    // 专精特新是, to whether it is a high-tech enterprise: an answer to another question.
    const named = [spec.label, ...spec.synonyms].some((w) => u.text.includes(w.toLowerCase()));
    if (u.asked.length > 0 && !u.asked.includes(spec.id) && !named && spec.type === 'boolean') return null;
    if (this.words.is('unsure', sentence) && u.asked.length > 0 && !u.asked.includes(spec.id) && !named)
      return null;
    return readAnswer(spec, sentence, this.words);
  }

  /** 去年1.8亿，研发占6%: the clause beside those that tell of other facts. */
  #amid(sentence: string, spec: FactSpec, at: Listening, facts: Facts): ReturnType<typeof readAnswer> | null {
    for (const clause of clauses(sentence)) {
      if (clause === sentence) return null;
      if (spec.type === 'text') {
        // 方案写好了，名字叫…: only the clause that names it.
        const named = this.words.is('naming', clause) ? readAnswer(spec, clause, this.words) : null;
        if (named && !('fault' in named)) return named;
        continue;
      }
      const u = this.#read(clause, facts, at);
      const own = this.#meaning.mentions(u, clause, spec, at).find((m) => m.fact === spec.id);
      if (own) return { value: own.value };
      if (u.mentions.length > 0 || u.asked.length > 0) continue;
      const read = readAnswer(spec, clause, this.words);
      if (!('fault' in read)) return read;
    }
    return null;
  }

  /** Yes, no, unknown or a wish to change, said of facts by their names. */
  #others(u: Understanding, sentence: string, spec: FactSpec | null, at: Listening, heard: Heard): boolean {
    const { words, vocabulary } = this;
    const named = u.asked
      .map((id) => this.#meaning.meant(id, spec, at))
      .filter((id) => at.focus.has(id) || at.facts.has(id));
    const fact = named.find((id) => at.facts.has(id)) ?? named[0];
    if (fact === undefined) return false;
    const wh = words.pattern('question').test(sentence.replace(/[吗么][?？]?$/, ''));
    if (words.is('unsure', sentence) && !wh) {
      heard.unsure.add(fact);
      return true;
    }
    const change = words.is('change', sentence);
    const of = vocabulary.get(fact)!;
    if (of.type === 'boolean' && !words.is('question', sentence)) {
      const rest = sentence.replace(new RegExp(words.pattern('change').source, 'gu'), '');
      const read = readAnswer(
        of,
        rest.replace(new RegExp(words.pattern('changeNoise').source, 'gu'), ''),
        words,
      );
      const bareName = [of.label, ...of.synonyms].some((w) => w === rest.trim());
      if ('value' in read && !(change && bareName)) {
        heard.told.set(fact, read.value);
        return true;
      }
    }
    if (change) heard.change = fact;
    return change;
  }

  /** Clauses that ask of the policies beside others that tell of the unit (营收1.8亿，厦门要求多少？). */
  #clauses(sentence: string, at: Listening, facts: Facts): string[] {
    const parts = clauses(sentence);
    if (parts.length < 2) return [];
    return parts.filter((clause) => {
      if (clause.length < 5 || !this.words.is('question', clause)) return false;
      const u = this.#read(clause, facts, { ...at, asking: null });
      return (
        u.mentions.length === 0 &&
        this.#meaning.asks(u, clause) === 'policy' &&
        !this.words.is('outcome', clause)
      );
    });
  }
}

/** The facts that a derived one is computed from. */
function partsOf(spec: FactSpec): string[] {
  const how = spec.derive;
  return how === null ? [] : 'ratio' in how ? [how.ratio, how.of] : ['mean' in how ? how.mean : how.latest];
}

/** What is named and nothing more is short. */
const LONGEST_NAME = 14;

/** 1800万、2200万、2600万 as one answer: which of them it is was not said. */
function several(u: Understanding, spec: FactSpec, mentions: readonly FactMention[]): boolean {
  if (spec.type !== 'money' && spec.type !== 'percent' && spec.type !== 'count') return false;
  const unit = { money: 'CNY', percent: 'percent', count: 'count' }[spec.type];
  return mentions.some((m) => m.fact === spec.id) && u.open.some((o) => o.unit === unit);
}
