import type { Quantity, Range } from '../quantity/types.js';
import type { Vocabulary } from '../rules/index.js';
import { readAnswered } from './answered.js';
import { askedIn } from './asked.js';
import { partAtBlanks } from './blanks.js';
import { type CityBook, localMembers, readCityFacts } from './cities.js';
import { completed } from './completed.js';
import { settle } from './conclude.js';
import { withYears } from './dates.js';
import { readFigures } from './figures.js';
import { readForms } from './forms.js';
import { readKind } from './kind.js';
import { layOut } from './layout.js';
import { type Found, type Language, WordFinder } from './lexicon.js';
import { localCounts } from './local.js';
import { type Marks, straddles } from './marks.js';
import { isOfOne, readMembers } from './members.js';
import { normalise } from './normalise.js';
import { bareCount, writeOut } from './notation.js';
import { withoutNumbers } from './numbered.js';
import { ofOthers, type Stretch, within } from './others.js';
import { type Segment, segment } from './segment.js';
import { spellYears } from './spans.js';
import { TOTAL } from './standing.js';
import { readTitles } from './talents.js';
import { readConsortiumName } from './title.js';
import { quantitiesTold } from './told.js';
import { answersInTurn, readTogether } from './turns.js';
import type { Asked, Conversation, FactMention, Understanding } from './types.js';
import { Typos } from './typos.js';
import { readUndated } from './undated.js';
import { withdrawnFacts } from './withdrawn.js';
import { readYesNo } from './yesno.js';

/** What a name in the text can stand for; a decoy stands for no fact and takes figures away from those that do. */
export interface Name {
  facts: string[];
  /** Named only beside a figure; never what is asked about. */
  quiet?: boolean;
}

/** The facts that the rules of some cities read (empty list: of all). */
export type FocusOf = (cities: readonly string[]) => ReadonlySet<string>;

/** Everything the readers of one question share. */
export interface Reading {
  text: string;
  segments: Segment[];
  /** Where it speaks of somebody else's unit. */
  others: Stretch[];
  /** Names of facts, in order. */
  names: Found<Name>[];
  /** Names told of somebody else's unit. */
  namesOfOthers: Found<Name>[];
  /** Words of cities and places, in order. */
  places: Found<string>[];
  /** Every word of a place with its city, those in names of institutions too. */
  whereabouts: Found<string>[];
  /** The cities that the question, or the conversation, is about. */
  cities: readonly string[];
  /** Names of other figures (补助, 员工), in order. */
  decoys: Found<Name>[];
  quantities: Quantity[];
  language: Language;
  vocabulary: Vocabulary;
  conversation: Conversation;
  asOf: string;
  /** Facts that the rules in focus read: settles which of two facts a plain name means. */
  focus: ReadonlySet<string>;
  /** Whether a vague figure of a fact lies too near a figure of the rules in focus to settle it. */
  unsettled(fact: string, range: Range): boolean;
  /** Whether the asker speaks of their own unit. */
  personal: boolean;
  /** Kind of the unit that leads, said now or before. */
  kind: string | null;
}

/** Reads questions: cities, facts with values, what is asked, intents. Deterministic; built once from the data files. */
export class Reader {
  readonly #names: WordFinder<Name>;
  readonly #quiet: { when: RegExp; facts: string[]; finder: WordFinder<Name> }[];
  readonly #typos: Typos;
  readonly #nouns: WordFinder<string | null>;
  readonly #kinds: WordFinder<string>;
  readonly #shorthand: { from: RegExp; to: string }[];

  constructor(
    private readonly vocabulary: Vocabulary,
    private readonly language: Language,
    private readonly book: CityBook,
    private readonly marks: Marks = () => [],
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
    this.#names = new WordFinder([...byWord].map(([word, facts]) => [word, { facts }] as const));
    this.#kinds = new WordFinder(
      vocabulary.get('lead.kind')?.values.flatMap((v) => v.words.map((w) => [w, v.id] as const)) ?? [],
    );
    this.#nouns = countedNouns(vocabulary, language.notNames);
    this.#quiet = language.quietNames.map((g) => ({
      when: new RegExp(g.when, 'iu'),
      facts: Object.values(g.names),
      finder: new WordFinder(
        Object.entries(g.names).map(([w, fact]) => [w, { facts: [fact], quiet: true }] as const),
      ),
    }));
    this.#shorthand = language.shorthand.map(({ from, to }) => ({ from: new RegExp(from, 'gu'), to }));
    this.#typos = new Typos(language, [...byWord.keys()], book.words);
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
      (sentence) => [
        ...this.#names
          .find(sentence)
          .flatMap((n) => n.value.facts)
          .filter((f) => ['boolean', 'level'].includes(this.vocabulary.get(f)!.type)),
        ...(new Set(this.#kinds.find(sentence).map((k) => k.value)).size > 1 &&
        /还是|哪/.test(sentence) &&
        !/[母子]公司/.test(sentence)
          ? ['lead.kind']
          : []),
      ],
    );
  }

  #read(question: string, conversation: Conversation, asOf: string, focusOf: FocusOf): Understanding {
    const { language, vocabulary } = this;
    const laid = layOut(readForms(withoutNumbers(question.replace(ITEMS, '；'))), {
      names: this.#names,
      aside: language.cues.tableAside,
      head: language.cues.tableHead,
      money: language.cues.moneyHeading,
    });
    // A line ends a statement; a figure must not reach over it (2.3亿⏎年均研发).
    const lines = normalise(partAtBlanks(laid, this.#names)).replace(/[，,；;、]?\s*\n\s*/g, '；');
    const mended = readTitles(
      this.#typos.mend(shorten(lines, this.#shorthand)),
      language,
      conversation.pending,
    );
    const thisYear = Number(asOf.slice(0, 4));
    const dayAsked = conversation.pending !== null && vocabulary.get(conversation.pending)?.type === 'date';
    const answer = bareCount(mended, measureAsked(conversation, vocabulary));
    const written = writeOut(
      spellYears(withYears(answer, language, thisYear, dayAsked), language, thisYear),
      this.#nouns,
      thisYear,
    );
    const counted = localCounts(written, this.book.find(written), language.localWord);
    const text = localMembers(counted, this.book.find(counted), language.localWord);
    const all = this.book.read(text, language);
    // 成员8家，5家在泉州: the city of the question, though only its members are said to be there.
    const spoken = all.cities.length > 0 ? [] : this.book.read(written, language).cities;
    // 不是甲市是乙市: the city denied is no longer meant.
    const denied = all.cities.filter((c) => /(不是|不在|并非)(在)?$/.test(text.slice(0, c.start)));
    const kept = all.cities.filter((c) => !denied.includes(c));
    const places = denied.length > 0 && kept.length > 0 ? { ...all, cities: kept } : all;
    const named = unique([...places.cities, ...spoken].map((c) => c.value));
    // 国家级是1个不是0个: short names also where the conversation is about such things.
    const quiet = this.#quiet
      .filter(
        (g) =>
          g.when.test(text) || g.facts.some((f) => conversation.facts.has(f) || conversation.pending === f),
      )
      .flatMap((g) => g.finder.find(text));
    const plain = this.#names.find(text);
    const found = [
      ...plain,
      ...quiet.filter((n) => !plain.some((p) => n.start < p.end && p.start < n.end)),
    ].sort((a, b) => a.start - b.start);
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
      quantities: quantitiesTold(text, found, others, vocabulary, language),
      language,
      vocabulary,
      conversation,
      asOf,
      focus: focusOf(inFocus),
      unsettled: (fact, range) => straddles(range, this.marks(fact, inFocus)),
      personal: language.inPerson.some((w) =>
        /[a-z]/.test(w) ? new RegExp(`\\b${w}\\b`).test(text) : text.includes(w),
      ),
      kind: null,
    };
    // 高新: the answer to what was asked for.
    const { pending, asked: wanted } = conversation;
    reading.personal ||=
      !language.cues.interrogative.test(text) &&
      reading.names.some(
        (n) =>
          n.value.facts.some((f) => f === pending || wanted?.facts.includes(f)) ||
          // 三甲: a thing alone, told where the assistant asks for more of the case.
          (pending !== null && conversation.facts.size > 1 && n.word.length + 2 >= text.length),
      );
    const kind = readKind(reading);
    const remembered = conversation.facts.get('lead.kind');
    reading.kind = kind.value ?? (remembered?.type === 'enum' ? remembered.value : null);
    const figures = readFigures(reading);
    reading.personal ||= figures.mentions.length > 0 || figures.vague.length > 0 || kind.certain;
    reading.personal ||= reading.segments.length > 1 && !language.cues.interrogative.test(text);
    let seats = readCityFacts(reading, places, kind.value !== null);
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
    const moved = corrected(conversation, denied.length > 0 ? kept : []);
    const settled = settle([
      ...moved,
      ...kind.mentions,
      ...seats,
      ...yesNo.mentions.filter((m) => !isNoneOfOneKind(m, figures.mentions) && !amongNames(m)),
      ...figures.mentions,
      ...members.mentions,
      ...title,
      ...readTogether(reading),
      ...answered,
    ]);
    const mentions = completed(reading, settled);
    const stated = new Set(mentions.map((m) => m.fact));
    const asked = unique(
      reading.names
        .filter(
          (n) =>
            !n.value.quiet &&
            !ofLead(text, n, language) &&
            !figures.used.has(n.start) &&
            !yesNo.used.has(n.start) &&
            !kind.used.has(n.start),
        )
        .flatMap((n) => n.value.facts.map((f) => askedOf(reading, f, n.start))),
    ).filter((id) => !stated.has(id));
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

/** The measure word of the count that was asked for. */
function measureAsked({ pending }: Conversation, vocabulary: Vocabulary): string | undefined {
  const spec = pending === null ? undefined : vocabulary.get(pending);
  return spec?.type === 'count' ? spec.measures[0] : undefined;
}

/** A conversation in which nothing was told and one fact of those asked for was asked for alone. */
function alone(conversation: Conversation, fact: string | null): Conversation {
  const value = fact === null ? undefined : conversation.asked?.proposed.get(fact);
  const asked =
    fact !== null && value ? { facts: [fact], either: false, proposed: new Map([[fact, value]]) } : null;
  return { ...conversation, facts: new Map(), lastTopics: [], pending: fact, asked };
}

/** The names of facts with the measure word of those that are counted; kinds of units are counted by 家. */
function countedNouns(vocabulary: Vocabulary, notNames: readonly string[]): WordFinder<string | null> {
  const out = new Map<string, string | null>(notNames.map((w) => [w, null]));
  const han = (w: string) => /^[\u4e00-\u9fff]+B?[\u4e00-\u9fff]+$/.test(w);
  for (const spec of vocabulary.specs)
    for (const w of spec.synonyms)
      if (!out.has(w)) out.set(w, spec.type === 'count' && han(w) ? (spec.measures[0] ?? '家') : null);
  for (const value of vocabulary.get('lead.kind')?.values ?? [])
    for (const w of value.words) if (!out.get(w)) out.set(w, han(w) ? '家' : null);
  return new WordFinder(out);
}

/** The fact a name asks for: of the backbone enterprise where it is that one's (骨干企业的收入), of consortia led (能牵头几个). */
function askedOf(reading: Reading, fact: string, at: number): string {
  const { cues } = reading.language;
  const { vocabulary, text } = reading;
  if (fact.startsWith('consortium.') && cues.ledAsked.test(text)) return LED;
  const other = fact.startsWith('lead.') ? fact.replace('lead.', 'backbone.') : fact;
  return vocabulary.get(other) && cues.backboneAsked.test(text.slice(0, at)) ? other : fact;
}

const LED = 'lead.consortia_already_led';

/** Numbers of items, which folding would turn into digits of the figure before them (营收2.5亿③研发). */
const ITEMS = /[①-⑳⑴-⒇❶-❿㈠-㈩]/gu;

/** “温州，…”, “厦门：企业5家”: a city that heads what is asked, with nothing of a seat beside it. */
function isHeading(reading: Reading, place: FactMention): boolean {
  const seg = reading.segments.find((s) => place.start >= s.start && place.end <= s.end);
  if (!seg || place.start !== seg.start) return false;
  const after = reading.text.slice(place.end, seg.end);
  return /^(市|这边|那边|这里)?(的|:|：)?$/.test(after) || /^(市|这边|那边)? ?[:：]/.test(after);
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

/** Shorthand written out (2.1kw, 差一点到2亿, dialect). */
const shorten = (text: string, list: readonly { from: RegExp; to: string }[]): string =>
  list.reduce((t, { from, to }) => t.replace(from, to), text);

/** 牵头企业, 牵头单位: the noun names the one who leads, and asks for no count of them. */
function ofLead(text: string, name: Found<Name>, language: Language): boolean {
  return (
    name.value.facts.every((f) => f in language.countsLead) &&
    /(牵头|领头|带头|龙头|骨干|贵|本|该|我|你|你们)的?$/.test(text.slice(0, name.start))
  );
}

/** Where the asker was said to be, corrected: the city now meant takes the place of the one told before. */
function corrected(conversation: Conversation, kept: readonly Found<string>[]): FactMention[] {
  const city = kept[0];
  if (!city || !conversation.facts.has('lead.city')) return [];
  return [
    { fact: 'lead.city', value: { type: 'enum', value: city.value }, start: city.start, end: city.end },
  ];
}

const unique = <T>(list: readonly T[]): T[] => [...new Set(list)];
