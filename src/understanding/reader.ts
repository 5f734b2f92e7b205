import type { Vocabulary } from '../rules/index.js';
import { readAnswered } from './answered.js';
import { askedIn } from './asked.js';
import { askedFor } from './asked-for.js';
import { citiesMeant, movedTo } from './cities-meant.js';
import type { CityBook } from './city-book.js';
import { completed } from './completed.js';
import { settle } from './conclude.js';
import { readFigures } from './figures.js';
import { inPerson } from './in-person.js';
import { readKind } from './kind.js';
import type { Language } from './language.js';
import { asParticipant } from './layer.js';
import { type Marks, straddles } from './marks.js';
import { askedAndTold } from './measured.js';
import { isOfOne, readMembers } from './members.js';
import { Names } from './names.js';
import { ofOthers, within } from './others.js';
import type { FocusOf, Reading } from './reading.js';
import { Rewriter } from './rewrite.js';
import { isHeading } from './seat-implied.js';
import { readCityFacts } from './seat-told.js';
import { segment } from './segment.js';
import { TOTAL } from './standing.js';
import { subsidiariesPlanned } from './subsidiary.js';
import { readConsortiumName } from './title.js';
import { quantitiesTold } from './told.js';
import { answersInTurn, readTogether } from './turns.js';
import type { Asked, Conversation, FactMention, Understanding } from './types.js';
import { readUndated } from './undated.js';
import { withdrawnFacts } from './withdrawn.js';
import { readYesNo } from './yesno.js';

/** Reads questions: cities, facts with values, what is asked, intents. Deterministic; built once from the data files. */
export class Reader {
  readonly #names: Names;
  readonly #rewriter: Rewriter;

  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly language: Language,
    private readonly book: CityBook,
    private readonly marks: Marks = () => [],
  ) {
    this.#names = new Names(vocabulary, language);
    this.#rewriter = new Rewriter(vocabulary, language, book, this.#names);
  }

  /**
   * @param question as typed
   * @param conversation what was established before
   * @param focusOf the facts that the rules of the given cities read (empty list: of all)
   */
  read(question: string, conversation: Conversation, asOf: string, focusOf: FocusOf): Understanding {
    const whole = this.#read(question, conversation, asOf, focusOf);
    const told = answersInTurn(question, conversation, (part, pending) =>
      this.#read(part, alone(conversation, pending), asOf, focusOf),
    );
    if (told === null) return whole;
    const mentions = settle(told.map((m, i) => ({ ...m, start: i, end: i })));
    const stated = new Set(mentions.map((m) => m.fact));
    return { ...whole, mentions, asked: whole.asked.filter((f) => !stated.has(f)), open: [], personal: true };
  }

  /** What a turn of the assistant asks for. @see askedIn */
  asked(text: string, conversation: Conversation, asOf: string, focusOf: FocusOf): Asked | null {
    const none = { ...conversation, facts: new Map(), asked: null, lastTopics: [] };
    return askedIn(
      text,
      this.language,
      focusOf(conversation.policies),
      (sentence, pending) => this.#read(sentence, { ...none, pending }, asOf, focusOf),
      (sentence) => this.#names.toAnswer(sentence),
    );
  }

  #read(question: string, conversation: Conversation, asOf: string, focusOf: FocusOf): Understanding {
    const { language, vocabulary } = this;
    const { written, text } = this.#rewriter.rewrite(question, conversation, asOf);
    const meant = citiesMeant(this.book, language, written, text, conversation);
    const { places, cities: named, corrected } = meant;
    const apart = [...meant.passing].flatMap(([p, how]) => (how === 'part' ? [] : [p]));
    const found = this.#names.find(text, conversation);
    const others = ofOthers(text, language);
    // A name of money or of a count told of somebody else is still what the asker's own figure after it is of.
    const usable = found.filter(
      (n) => !within(others, n.start) || n.value.facts.some((f) => carries(vocabulary, f)),
    );
    const inFocus = named.length > 0 ? named : conversation.policies;
    const reading: Reading = {
      text,
      others,
      segments: segment(text),
      names: usable.filter((n) => n.value.facts.length > 0),
      namesOfOthers: found.filter((n) => within(others, n.start)),
      decoys: found.filter((n) => n.value.facts.length === 0),
      places: [...places.cities, ...places.elsewhere].sort((a, b) => a.start - b.start),
      whereabouts: this.book.all(text),
      cities: inFocus,
      quantities: quantitiesTold(text, found, others, vocabulary, language, conversation),
      language,
      vocabulary,
      conversation,
      asOf,
      focus: focusOf(inFocus),
      marks: (fact) => this.marks(fact, inFocus),
      unsettled: (fact, range) => straddles(range, this.marks(fact, inFocus)),
      personal: false,
      kind: null,
    };
    reading.personal = inPerson(reading, text);
    // 高新: the answer to what was asked for.
    const { pending, asked: wanted } = conversation;
    reading.personal ||=
      !language.cues.interrogative.test(text) &&
      reading.names.some(
        (n) =>
          n.value.facts.some((f) => f === pending || wanted?.facts.includes(f)) ||
          // 三甲: a thing alone, told where the assistant asks for more of the case.
          (((pending !== null && conversation.facts.size > 0) ||
            (conversation.facts.size > 1 && n.value.facts.some((f) => CERTIFICATES.has(f)))) &&
            n.word.length + 2 >= text.length),
      );
    const kind = readKind(reading);
    const remembered = conversation.facts.get('lead.kind');
    reading.kind = kind.value ?? (remembered?.type === 'enum' ? remembered.value : null);
    const figures = readFigures(reading);
    reading.personal ||= figures.mentions.length > 0 || figures.vague.length > 0 || kind.certain;
    reading.personal ||= reading.segments.length > 1 && !language.cues.interrogative.test(text);
    let seats = readCityFacts(reading, places, kind.value !== null, apart);
    reading.personal ||= seats.length > 0;
    const yesNo = readYesNo(reading, figures.used);
    // 温州，一共7家，本地4家: whose rules are asked about, where nothing is told of the one who leads.
    const told = [...kind.mentions, ...yesNo.mentions, ...figures.mentions];
    if (told.length > 0 && told.every((m) => !m.fact.startsWith('lead.')))
      seats = seats.filter((m) => !isHeading(reading, m));
    const members = readMembers(reading);
    const amongNames = (m: FactMention) => members.spans.some((s) => m.start >= s.start && m.end <= s.end);
    seats = seats.filter((m) => !amongNames(m));
    const rows = [...members.spans, ...figures.mentions.filter((m) => m.fact === 'consortium.other_units')];
    figures.open = figures.open.filter((o) => !isOfRow(reading, o.text, rows));
    const answered = readAnswered(reading);
    for (const m of answered) members.replaced.add(m.fact);
    if (answered.some((m) => m.value.type === 'number')) members.replaced.add(TOTAL);
    figures.mentions = figures.mentions.filter((m) => !members.replaced.has(m.fact) && !isOfOne(members, m));
    const title = readConsortiumName(reading, question);
    const settled = settle([
      ...movedTo(conversation, corrected),
      ...kind.mentions,
      ...seats,
      ...yesNo.mentions.filter((m) => !isNoneOfOneKind(m, figures.mentions) && !amongNames(m)),
      ...figures.mentions,
      ...members.mentions,
      ...title,
      ...readTogether(reading),
      ...answered,
    ]);
    settled.push(...subsidiariesPlanned(reading, settled));
    const mentions = asParticipant(reading, completed(reading, settled));
    const stated = new Set(mentions.map((m) => m.fact));
    const asked = [
      ...askedFor(reading, [figures.used, yesNo.used, kind.used]).filter((id) => !stated.has(id)),
      ...askedAndTold(text, figures.mentions, reading.names),
    ];
    const intents = new Set(
      Object.entries(language.intents).flatMap(([name, list]) =>
        list.some((r) => r.test(text)) ? [name] : [],
      ),
    );
    const wants = new Set(
      Object.entries(language.wants).flatMap(([name, r]) => (r.test(text) ? [name] : [])),
    );
    return {
      text,
      cities: named,
      elsewhere: places.elsewhere.map((e) => e.word),
      mentions,
      withdrawn: withdrawnFacts(reading, stated),
      asked,
      premises: figures.premises,
      open: figures.open,
      vague: [...figures.vague, ...readUndated(reading)].filter((v) => !stated.has(v.fact)),
      intents,
      wants,
      personal: reading.personal || mentions.length > 0,
      followUp:
        /^(那|那么|那要是|要是|如果|换成|改成|还有|另外|再|又|它|这个|那个|为什么|为啥|what about|and )/.test(
          text,
        ) || text.length <= 8,
      english: /[a-z]{3}/.test(text) && (text.match(/[a-z]/g)?.length ?? 0) > text.length * 0.5,
    };
  }
}

/** A conversation in which nothing was told and one fact of those asked for was asked for alone. */
function alone(conversation: Conversation, fact: string | null): Conversation {
  const value = fact === null ? undefined : conversation.asked?.proposed.get(fact);
  const asked =
    fact !== null && value ? { facts: [fact], either: false, proposed: new Map([[fact, value]]) } : null;
  return { ...conversation, facts: new Map(), lastTopics: [], pending: fact, asked };
}

/** 医院一家 in a row of units that are counted together: no figure whose meaning is open. */
const isOfRow = (
  reading: Reading,
  figure: string,
  rows: readonly { start: number; end: number }[],
): boolean =>
  reading.quantities.some(
    (q) =>
      q.unit === 'count' && q.text === figure && rows.some((r) => q.start >= r.start && q.end <= r.end + 4),
  );

/** What is told by its name alone (高企) in a case that was begun. */
const CERTIFICATES = new Set(['lead.high_tech', 'lead.srdi', 'lead.tech_based', 'lead.tier_3a']);

/** Whether a fact is told by a figure. */
const carries = (vocabulary: Vocabulary, fact: string): boolean =>
  ['money', 'percent', 'count'].includes(vocabulary.get(fact)?.type ?? '');

/** 只有一所大学，没有研究院: one kind of a count that holds several is missing, not all of them. */
function isNoneOfOneKind(m: FactMention, figures: readonly FactMention[]): boolean {
  if (m.value.type !== 'number' || m.value.range.hi?.n !== 0n) return false;
  const apart = (f: FactMention) => f.end + 2 < m.start || f.start > m.end + 2;
  return figures.some(
    (f) => f.fact === m.fact && apart(f) && f.value.type === 'number' && f.value.range.lo?.n !== 0n,
  );
}
