import type { FactSpec, Facts, FactValue, Subject, Vocabulary } from '../rules/index.js';
import type { FactMention, Language, Understanding } from '../understanding/index.js';
import { readAnswer } from './answers.js';
import type { Words } from './words.js';

/** What is known when a message comes. */
export interface Listening {
  facts: Facts;
  /** The fact being asked for; null when none is. */
  asking: string | null;
  /** Facts that the chosen criteria read, and the parts they are computed from. */
  focus: ReadonlySet<string>;
  subject: Subject | null;
  /** Ids of the cities in question. */
  cities: readonly string[];
  asOf: string;
}

/** What the general reader's findings mean in an interview: of whom they speak, and whether they are told at all. */
export class Meaning {
  readonly #cities: ReadonlySet<string>;

  constructor(
    private readonly language: Language,
    private readonly vocabulary: Vocabulary,
    private readonly words: Words,
    cities: Iterable<string>,
  ) {
    this.#cities = new Set(cities);
  }

  /** The reader's mentions, each for the fact that is meant here. */
  mentions(u: Understanding, sentence: string, spec: FactSpec | null, at: Listening): FactMention[] {
    // A name to be given is no figure, and what tells of other things is no name.
    const others = u.mentions.some((m) => m.fact !== spec?.id && m.fact !== 'lead.city');
    const named = u.mentions.filter(
      (m) => m.fact !== spec?.id || spec.type !== 'text' || (!others && this.#isName(sentence)),
    );
    const text = spec?.type === 'text' && named.some((m) => m.fact === spec.id);
    const kept = text ? named.filter((m) => m.fact === spec.id) : named;
    const change = this.words.is('change', sentence);
    // 0个, to whether a title was revoked, says nothing of the staff told before: a figure without a name is no correction.
    const fair = kept
      .filter(
        (m) =>
          m.fact === spec?.id ||
          m.value.type !== 'number' ||
          !at.facts.has(m.fact) ||
          change ||
          this.names(m.fact, u.text),
      )
      .filter((m) => this.#states(m, u, sentence, spec, at));
    return fair.map((m) => {
      const meant = this.meant(this.#placed(m, u), spec, at);
      const value = text && m.value.type === 'text' ? this.#name(m.value.value, spec) : m.value;
      return { ...m, fact: meant, value };
    });
  }

  /** 注册在泉州, to where the offices are: the place is of what is named with it. */
  #placed(m: FactMention, u: Understanding): string {
    if (!this.#isPlace(m.fact) || this.names(m.fact, u.text)) return m.fact;
    const named = this.vocabulary.specs.filter((s) => this.#isPlace(s.id) && this.names(s.id, u.text));
    return named.length === 1 && !u.mentions.some((o) => o.fact === named[0]!.id) ? named[0]!.id : m.fact;
  }

  /**
   * Whether a word of a list is the asker's own: a city or a kind of unit in a question of policy is what it asks about,
   * and the kinds of a consortium's members are not the kind of the one who leads.
   */
  #states(m: FactMention, u: Understanding, sentence: string, spec: FactSpec | null, at: Listening): boolean {
    if (m.value.type !== 'enum' || this.vocabulary.get(m.fact)!.type !== 'enum') return true;
    const own = this.language.inPerson.some((w) => u.text.includes(w));
    if (!own && this.asks(u, sentence) === 'policy') return false;
    // 就在厦门, to where the offices are, says nothing of the seat; 注册在厦门 says nothing of the offices.
    if (this.#isPlace(m.fact)) {
      const beside = u.mentions.filter((o) => o.fact !== m.fact && this.#isPlace(o.fact));
      const named = beside.some((o) => this.names(o.fact, u.text));
      const asked = beside.some((o) => o.fact === spec?.id);
      if (!this.names(m.fact, u.text) && (named || (asked && m.fact !== spec?.id))) return false;
    }
    // 是科技型企业 says no new kind of one that told its kind before.
    const within = (o: FactMention) => o !== m && o.start <= m.start && o.end >= m.end && m.end - m.start < 8;
    if (m.fact !== spec?.id && at.facts.has(m.fact) && u.mentions.some(within)) return false;
    const kinds = [...at.focus].some((id) => id.startsWith('consortium.'));
    if (!kinds || !m.fact.endsWith('.kind') || this.words.is('ownKind', sentence)) return true;
    // 骨干企业1家, to who leads: the word belongs to the figure.
    const from = Math.max(...[...'，,、'].map((mark) => u.text.lastIndexOf(mark, m.start))) + 1;
    const to = u.text.slice(m.end).search(/[，,、]/);
    const end = to < 0 ? u.text.length : m.end + to;
    return m.fact === spec?.id && !u.mentions.some((o) => o !== m && o.start < end && o.end > from);
  }

  /** Whether a fact's values are the cities. */
  #isPlace(fact: string): boolean {
    const values = this.vocabulary.get(fact)?.values ?? [];
    return values.some((v) => this.#cities.has(v.id));
  }

  /** Whether a text names a fact. */
  names(fact: string, text: string): boolean {
    const spec = this.vocabulary.get(fact)!;
    return [spec.label, ...spec.synonyms].some((w) => text.includes(w.toLowerCase()));
  }

  #isName(sentence: string): boolean {
    const { words } = this;
    return !words.is('unsure', sentence) && !words.is('change', sentence) && !words.is('question', sentence);
  }

  #name(said: string, spec: FactSpec): FactValue {
    const read = readAnswer(spec, said, this.words);
    return 'value' in read ? read.value : { type: 'text', value: said };
  }

  /**
   * 营收1.2亿, said when the backbone enterprise's revenue is asked for, is that one's; and one who asks about joining
   * speaks of the unit that would join.
   */
  meant(fact: string, spec: FactSpec | null, at: Listening): string {
    if (at.focus.has(fact)) return fact;
    const same = (id: string) => id.slice(id.indexOf('.')) === fact.slice(fact.indexOf('.'));
    if (spec !== null && same(spec.id)) return spec.id;
    const own = [...at.focus].filter((id) => id.startsWith(`${at.subject}.`) && same(id));
    if (own.length === 1) return own[0]!;
    // What one who asks about joining says of their unit is never the lead's, wanted or not.
    const counterpart = `${at.subject}${fact.slice(fact.indexOf('.'))}`;
    return this.vocabulary.get(counterpart) ? counterpart : fact;
  }

  /** Whether a sentence asks: of the policies, or for the outcome that the interview is about to give. */
  asks(u: Understanding, sentence: string): 'policy' | 'outcome' | null {
    const { words, language } = this;
    const interrogative = words.is('question', sentence) || language.cues.interrogative.test(u.text);
    if (
      u.intents.has('smalltalk') &&
      u.text.length >= 2 &&
      !words.is('yes', u.text) &&
      !words.is('no', u.text)
    )
      return 'policy';
    if (!interrogative) return null;
    const outcome = words.is('outcome', sentence) && u.asked.length === 0 && u.cities.length === 0;
    return outcome ? 'outcome' : 'policy';
  }
}
