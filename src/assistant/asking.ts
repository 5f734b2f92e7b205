import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';
import { DETAILS, type Detail } from '../knowledge/index.js';
import { type Quantity, readQuantities } from '../quantity/index.js';
import { segment } from '../understanding/index.js';
import { PartsReader, partsSchema } from './asking/parts.js';
import { type ReverseAsked, ReverseReader, reverseSchema } from './asking/reverse.js';

/** Kinds of question that one regular expression over the normalised text tells; what each means stands in questions.yaml. */
const KINDS = [
  'verdict',
  'yesNo',
  'asks',
  'leans',
  'rechecks',
  'sum',
  'everywhere',
  'confirm',
  'choice',
  'absolute',
  'future',
  'former',
  'either',
  'money',
  'scored',
  'reason',
  'missing',
  'computes',
  'together',
  'current',
  'demands',
  'joining',
  'whole',
  'reach',
  'otherBody',
  'silence',
  'details',
  'own',
  'rewarding',
  'counted',
  'difference',
  'granted',
  'compares',
  'leads',
  'leading',
  'notLeading',
  'qualifies',
  'accepts',
  'ways',
  'whether',
  'wanting',
  'gap',
  'goesOn',
  'interrogative',
  'partOf',
  'joint',
  'within',
  'possessed',
  'waives',
  'insists',
  'ruled',
  'demandAsked',
  'leadsSeveral',
  'extreme',
  'points',
  'onlyCounts',
  'ands',
  'presumes',
  'asserted',
  'ofDocument',
  'onlyNames',
] as const;
export type QuestionKind = (typeof KINDS)[number];

/** Units of which a figure put up to be confirmed asks: counts are left out, they are said of many things at once. */
const CONFIRMED: ReadonlySet<string> = new Set(['CNY', 'percent', 'duration', 'date', 'monthday', 'score']);

/** Measure words that a count is asked for with. */
const MEASURE = /[家个名人位所项条次份套件场分]/u;

/** Digits, Chinese and Arabic, each at its value in its row of ten; 两 is read as 二. */
const NUMERALS = '零一二三四五六七八九0123456789';
const TEN = 10;

/** What a document's life has dates of. */
const LIFE = ['expires', 'effective', 'issued'] as const;
export type LifeDate = (typeof LIFE)[number];

/** How far before an amount the words that say what it is may stand. */
const AMOUNT_REACH = 10;

const schema = z.strictObject({
  ...(Object.fromEntries(KINDS.map((k) => [k, z.string()])) as Record<QuestionKind, z.ZodString>),
  units: z.array(
    z.strictObject({ asks: z.string(), units: z.array(z.string()).min(1), told: z.string().optional() }),
  ),
  meant: z.array(z.strictObject({ asks: z.string(), facts: z.array(z.string()).min(1) })),
  differsBy: z.record(z.string(), z.string()),
  howMany: z.string(),
  life: z.record(z.enum(LIFE), z.string()),
  insisted: z.string(),
  costs: z.strictObject({ asks: z.string(), facts: z.array(z.string()).min(1) }),
  reportYear: z.string(),
  besides: z.string(),
  measures: z.array(z.array(z.string()).min(1)),
  programmes: z.strictObject({ names: z.string(), asks: z.string(), unless: z.string() }),
  acquire: z.string(),
  counts_as: z.string(),
  calculations: z.array(
    z.strictObject({
      kind: z.string(),
      asks: z.string(),
      takes: z.enum(['nothing', 'date', 'amounts', 'facts', 'evidence']),
    }),
  ),
  amounts: z.record(z.string(), z.string()),
  reverse: reverseSchema,
  talk: z.array(z.strictObject({ when: z.string(), say: z.string() })),
  detailKinds: z.record(z.enum(DETAILS), z.string()),
  originals: z.strictObject({ words: z.string(), around: z.string() }),
  starters: z.array(z.string()).min(1),
  start: z.strictObject({ asks: z.string(), topic: z.string() }),
  conditions: z.string(),
  around: z.string(),
  background: z.string(),
  besideCity: z.strictObject({ before: z.string(), after: z.string() }),
  parts: partsSchema,
});

/** knowledge/questions.yaml: what kind of thing a question asks for. */
export class Asking {
  readonly #kinds: Record<QuestionKind, RegExp>;
  readonly #units: { asks: RegExp; units: readonly string[]; told: RegExp | null }[];
  readonly #meant: { asks: RegExp; facts: readonly string[] }[];
  readonly #howMany: RegExp;
  readonly #life: [LifeDate, RegExp][];
  readonly #insisted: RegExp;
  readonly #costs: { asks: RegExp; facts: readonly string[] };
  readonly #reportYear: RegExp;
  readonly #besides: RegExp;
  readonly #differsBy: [string, RegExp][];
  readonly #measures: readonly (readonly string[])[];
  readonly #programmes: { names: RegExp; asks: RegExp; unless: RegExp };
  readonly #acquire: RegExp[];
  readonly #talk: { when: RegExp; say: string }[];
  readonly #details: [Detail, RegExp][];
  readonly #originals: { words: RegExp; around: RegExp };
  /** What one may ask of a city, as said after its name. */
  readonly starters: readonly string[];
  readonly #start: { asks: RegExp; topic: string };
  readonly #conditions: RegExp;
  readonly #around: RegExp;
  readonly #background: RegExp;
  readonly #besideCity: RegExp[];
  readonly #calculations: { kind: string; asks: RegExp; takes: string }[];
  readonly #amounts: [string, RegExp][];
  readonly #reverse: ReverseReader;
  readonly #parts: PartsReader;

  /** @throws DataError naming the field and what would be accepted. */
  constructor(file: string) {
    const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      throw new DataError(file, null, `${issue.path.join('.')}: ${issue.message}`);
    }
    const {
      units,
      measures,
      programmes,
      acquire,
      counts_as,
      calculations,
      amounts,
      conditions,
      around,
      background,
      talk,
      parts,
      meant,
    } = parsed.data;
    this.#kinds = Object.fromEntries(KINDS.map((k) => [k, new RegExp(parsed.data[k], 'iu')])) as Record<
      QuestionKind,
      RegExp
    >;
    this.#talk = talk.map((t) => ({ when: new RegExp(t.when, 'iu'), say: t.say }));
    this.#details = DETAILS.map((d) => [d, new RegExp(parsed.data.detailKinds[d], 'iu')]);
    const { words, around: beside } = parsed.data.originals;
    this.#originals = { words: new RegExp(words, 'u'), around: new RegExp(beside, 'gu') };
    this.starters = parsed.data.starters;
    this.#start = { asks: new RegExp(parsed.data.start.asks, 'u'), topic: parsed.data.start.topic };
    this.#conditions = new RegExp(conditions, 'gu');
    this.#around = new RegExp(around, 'gu');
    this.#background = new RegExp(background, 'u');
    const { before, after } = parsed.data.besideCity;
    this.#besideCity = [new RegExp(before, 'u'), new RegExp(after, 'u')];
    this.#calculations = calculations.map((c) => ({ ...c, asks: new RegExp(c.asks, 'u') }));
    this.#amounts = Object.entries(amounts).map(([name, words]) => [name, new RegExp(words, 'gu')]);
    this.#reverse = new ReverseReader(parsed.data.reverse);
    this.#units = units.map((u) => ({
      asks: new RegExp(u.asks, 'u'),
      units: u.units,
      told: u.told === undefined ? null : new RegExp(u.told, 'u'),
    }));
    this.#meant = meant.map((m) => ({ asks: new RegExp(m.asks, 'u'), facts: m.facts }));
    this.#differsBy = Object.entries(parsed.data.differsBy).map(([type, words]) => [
      type,
      new RegExp(words, 'u'),
    ]);
    this.#reportYear = new RegExp(parsed.data.reportYear, 'u');
    this.#life = LIFE.map((name) => [name, new RegExp(parsed.data.life[name], 'iu')]);
    this.#insisted = new RegExp(parsed.data.insisted, 'u');
    const { costs } = parsed.data;
    this.#costs = { asks: new RegExp(costs.asks, 'u'), facts: costs.facts };
    this.#howMany = new RegExp(parsed.data.howMany, 'u');
    this.#besides = new RegExp(parsed.data.besides, 'u');
    this.#measures = measures;
    this.#programmes = {
      names: new RegExp(programmes.names, 'u'),
      asks: new RegExp(programmes.asks, 'u'),
      unless: new RegExp(programmes.unless, 'u'),
    };
    this.#parts = new PartsReader(parts);
    this.#acquire = [new RegExp(acquire, 'u'), new RegExp(counts_as, 'u')];
  }

  /** Whether a text is a question (or a statement) of a kind. */
  is(kind: QuestionKind, text: string): boolean {
    return this.#kinds[kind].test(text);
  }

  /** Whether some part of a message, between its commas and stops, is a question of a kind. */
  somewhere(kind: QuestionKind, text: string): boolean {
    return segment(text).some((part) => this.is(kind, part.text));
  }

  /** A text cut at the words of a kind. */
  split(kind: QuestionKind, text: string): string[] {
    return text.split(new RegExp(`(?:${this.#kinds[kind].source})`, 'iu'));
  }

  /** What follows the first words of a kind; null where there are none. */
  afterwards(kind: QuestionKind, text: string): string | null {
    const found = this.#kinds[kind].exec(text);
    return found === null ? null : text.slice(found.index + found[0].length);
  }

  /** A text without the words by which kinds of question are known. */
  without(kinds: readonly QuestionKind[], text: string): string {
    return kinds
      .reduce((rest, kind) => rest.replaceAll(new RegExp(this.#kinds[kind], 'giu'), ' '), text)
      .trim();
  }

  /** The wording key that answers a turn which asks nothing of the documents; null for all others. */
  talk(text: string): string | null {
    return this.#talk.find((t) => t.when.test(text))?.say ?? null;
  }

  /** What is asked of the thing that a text names: how much, which ones, when … */
  details(text: string): Detail[] {
    return this.#details.filter(([, asks]) => asks.test(text)).map(([detail]) => detail);
  }

  /** Whether a text asks for the wording of what was just answered and for nothing else (把原文贴给我看看). */
  wantsOriginals(text: string): boolean {
    const { words, around } = this.#originals;
    const rest = text.replace(words, '');
    return rest !== text && rest.replace(around, '').replace(/[^\p{L}\p{N}]/gu, '') === '';
  }

  /** The topic that tells how one begins, when a question asks that and nothing more special; else null. */
  beginning(content: string): string | null {
    const rest = content.replace(this.#start.asks, ' ');
    return rest !== content && this.onlyConditions(rest) ? this.#start.topic : null;
  }

  /** What a message asks, without the parts that only say who asks and why; all of it where nothing else is left. */
  foreground(text: string): string {
    const parts = text.split(/[，,。；;！!？?\s]+/u).filter((p) => p !== '');
    return parts.filter((p) => !this.#background.test(p)).join('，') || text;
  }

  /** What a text holds without the words that may stand around a city that is only named (那…呢, 搬到…又怎么说). */
  besideCity(content: string): string {
    return this.#besideCity.reduce((rest, words) => rest.replace(words, ''), content).trim();
  }

  /** Whether a question is for the whole list of conditions and names nothing more special. */
  onlyConditions(content: string): boolean {
    return this.besideConditions(content).length <= 2;
  }

  /** What a question names beside the words for conditions and those that may stand around them. */
  besideConditions(content: string): string {
    return content
      .replace(this.#conditions, '')
      .replace(this.#around, '')
      .replace(/[^\p{L}\p{N}]/gu, '');
  }

  /**
   * What a kind of calculation takes when the question (with the one before it) asks for it, or asks how much and names the
   * amounts that it reckons with (`inputs`); else null.
   */
  calculation(kind: string, question: string, before: string, inputs: readonly string[]): string | null {
    const own = this.#calculations.filter((c) => c.kind === kind);
    const asked = own.find((c) => c.asks.test(`${before}${question}`));
    if (asked) return asked.takes;
    const named = own.find((c) => c.takes === 'amounts');
    if (!named || !this.#details.some(([detail, asks]) => detail === 'amount' && asks.test(question)))
      return null;
    const amounts = readQuantities(question).filter((q) => q.unit === 'CNY');
    const given = amounts.map((q) => this.amountNamed(question.slice(0, q.start)));
    return given.some((name) => name !== null && inputs.includes(name)) ? named.takes : null;
  }

  /** What a demanded share comes to in money, where that is asked for (三年销售12亿，5%要投多少); else null. */
  reverse(question: string): ReverseAsked | null {
    return this.#reverse.read(question);
  }

  /** Which input an amount is, by the words just before it, the nearest first; null where none of them names one. */
  amountNamed(before: string): string | null {
    const near = before.slice(-AMOUNT_REACH);
    const at = (words: RegExp) => Math.max(-1, ...[...near.matchAll(words)].map((m) => m.index!));
    const named = this.#amounts.map(([name, words]) => ({ name, at: at(words) })).filter((n) => n.at >= 0);
    return named.sort((a, b) => b.at - a.at)[0]?.name ?? null;
  }

  /** The figure of a question that words contradict: same unit, another value; null when there is none. */
  contradicted(question: string, words: string): string | null {
    if (!this.is('confirm', question) && !this.#presumed(question)) return null;
    const stated = readQuantities(words);
    for (const q of readQuantities(question)) {
      const same = stated.filter((s) => s.unit === q.unit && (q.unit !== 'count' || s.measure === q.measure));
      // 3月底前: the month in which the day is.
      const holds = (s: Quantity) =>
        s.value === q.value || (q.measure === '月' && s.value.startsWith(`${q.value}-`));
      if (same.length > 0 && !same.some(holds)) return q.text;
    }
    return null;
  }

  /** Whether a figure is taken for granted before what is asked (国家级平台奖5000万，是分几年给). */
  #presumed(question: string): boolean {
    if (this.is('possessed', question)) return false;
    const [first, ...rest] = segment(question).map((s) => s.text);
    if (first === undefined || rest.length === 0 || this.is('asks', first)) return false;
    const [figure, another] = this.figures(first);
    return (
      figure !== undefined && another === undefined && this.is('presumes', first.slice(0, figure.outerStart))
    );
  }

  /** The questions of a message. @see PartsReader.questions */
  parts(text: string): { text: string; apart: boolean }[] {
    return this.#parts.questions(text);
  }

  /** A message without the words that only count its questions (两个事：…). */
  withoutPreface(text: string): string {
    return this.#parts.withoutPreface(text);
  }

  /** Whether a word only says what is asked (多少钱, 名单), not of what. */
  isDetail(word: string): boolean {
    return this.#parts.isDetail(word);
  }

  /** Whether a count of units or people is asked for: a document that wants some of them may well state no number. */
  asksCount(question: string): boolean {
    return this.#units.some((u) => u.units.includes('count') && u.asks.test(question));
  }

  /** The facts that a question means, where its words would name others too; null for all other questions. */
  meant(question: string): readonly string[] | null {
    return this.#meant.find((m) => m.asks.test(question))?.facts ?? null;
  }

  /** Whether words hold a figure of the kind that is asked for, or tell it in other words; true when no figure is asked for. */
  figureFits(question: string, words: string): boolean {
    return (
      this.#units.some((u) => u.asks.test(question) && u.told?.test(words)) ||
      this.figureStated(question, words)
    );
  }

  /** Whether words hold a figure of the kind that is asked for; true when no figure is asked for. */
  figureStated(question: string, words: string): boolean {
    const wanted = this.#units.filter((u) => u.asks.test(question)).flatMap((u) => u.units);
    // “公示期是五天还是七天”: figures put up to be confirmed are asked for as much as a bare “几天”.
    wanted.push(...this.#putForward(question));
    const measure = this.#measureAsked(question);
    if (wanted.length === 0 && measure === null) return true;
    const stated = readQuantities(words);
    return (
      (wanted.length === 0 || stated.some((q) => wanted.includes(q.unit))) &&
      (measure === null || stated.some((q) => q.measure !== null && measure.includes(q.measure)))
    );
  }

  /** Whether a question puts a figure forward to be confirmed or chosen (是不是3月31日前交). */
  putsFigure(question: string): boolean {
    return this.#putForward(question).length > 0;
  }

  #putForward(question: string): string[] {
    if (!this.is('choice', question) && !this.is('confirm', question)) return [];
    return this.figures(question).map((q) => q.unit);
  }

  /** The figures of a question that can be held against a document's: no counts, which are said of many things at once. */
  figures(question: string): Quantity[] {
    return readQuantities(question).filter((q) => CONFIRMED.has(q.unit));
  }

  /** Whether a question is for a year that words do not name while they name others. */
  otherYear(question: string, words: string): boolean {
    const years = (text: string) =>
      [...text.matchAll(/(?<!\d)(?:19|20)\d{2}(?!\d)/gu)].map((m) => Number(m[0]));
    const asked = years(question);
    const told = years(words);
    if (asked.length === 0 || told.length === 0) return false;
    const [from, to] = [Math.min(...told), Math.max(...told)];
    return asked.some((y) => y < from || y > to);
  }

  /** The measure words of the class that a count is asked for with (几位, 多少份); null when none is. */
  #measureAsked(question: string): readonly string[] | null {
    const after = [...question.matchAll(/(?:(?<!哪)几|多少)(?=\p{L})/gu)].map((m) =>
      question.slice(m.index! + m[0].length),
    );
    return (
      this.#measures.find((words) => words.some((w) => after.some((rest) => rest.startsWith(w)))) ?? null
    );
  }

  /** Whether a question that counts with a measure word counts with this one, or with none (几家 of 49家, not of 6条). */
  countedWith(question: string, measure: string | null): boolean {
    const asked = /(?:几|多少)(?=\p{L})(.)/u.exec(question)?.[1];
    const known = this.#measures.some((words) => words.includes(asked ?? '')) || MEASURE.test(asked ?? '');
    return !known || asked === measure || (this.#measureAsked(question)?.includes(measure ?? '') ?? false);
  }

  /**
   * Whether a question asks for the very thing that words say is not written: the sentence that shares most with the
   * question is the one that says so. (公示几天: “…予以公示；公示几天指引没有写”)
   */
  asksUnwritten(question: string, say: string): boolean {
    if (!this.#kinds.details.test(question)) return false;
    // What is asked of the thing is not the thing: 哪几项 shares nothing with “这几项没有写金额”.
    const thing = question.replace(this.#kinds.details, ' ');
    const pairs = new Set(
      Array.from({ length: Math.max(0, thing.length - 1) }, (_, i) => thing.slice(i, i + 2)),
    );
    const shared = (part: string) => [...pairs].filter((p) => part.includes(p)).length;
    const parts = say.split(/[；。]/u).filter((p) => p.trim() !== '');
    const unwritten = parts.filter((p) => this.#kinds.silence.test(p));
    if (unwritten.length === 0 || unwritten.length === parts.length) return false;
    return unwritten.some((p) => shared(p) > 0);
  }

  /** How many things are to be added up, where the question says so (这两笔, 三项合计); else null. */
  howMany(question: string): number | null {
    const n = this.#howMany.exec(question)?.groups?.n;
    return n === undefined ? null : NUMERALS.indexOf(n === '两' ? '二' : n) % TEN;
  }

  /** Which date of a document's life a text speaks of; null where it speaks of none. */
  lifeDate(text: string): LifeDate | null {
    return this.#life.find(([, words]) => words.test(text))?.[0] ?? null;
  }

  /** The thing that a question takes for demanded (必须是院士吗), where some words do not speak of it at all; else null. */
  notInsisted(question: string, words: string): string | null {
    const thing = this.#insisted.exec(question)?.groups?.thing ?? null;
    if (thing === null) return null;
    const pairs = Array.from({ length: thing.length - 1 }, (_, i) => thing.slice(i, i + 2));
    return pairs.some((pair) => words.includes(pair)) ? null : thing;
  }

  /** The facts whose demands answer what a lead costs; null for all other questions. */
  costs(question: string): readonly string[] | null {
    return this.#costs.asks.test(question) ? this.#costs.facts : null;
  }

  /** The year that a report is for, where the question names it; else null. */
  reportYear(question: string): number | null {
    const year = this.#reportYear.exec(question)?.groups?.year;
    return year === undefined ? null : Number(year);
  }

  /** The part of a whole that is to be left out (不是企业的, 除了国家级还有); null when none is. */
  besides(question: string): string | null {
    return this.#besides.exec(question)?.groups?.thing ?? null;
  }

  /** The type of fact whose difference is asked for by its unit alone (差几个亿); null where no unit is said. */
  unitDiffered(question: string): string | null {
    return this.#differsBy.find(([, words]) => words.test(question))?.[0] ?? null;
  }

  /** The programme of other rules whose own matters are asked for (高企证书怎么重新认定); null when none is. */
  programme(question: string): string | null {
    const { names, asks, unless } = this.#programmes;
    return asks.test(question) && !unless.test(question) ? (names.exec(question)?.[0] ?? null) : null;
  }

  /** The thing that a question asks how to obtain, when obtaining it is not what the documents are about; else null. */
  foreignThing(content: string): string | null {
    for (const pattern of this.#acquire) {
      const thing = pattern.exec(content)?.groups?.thing?.trim();
      if (thing && thing.length >= 2 && !this.#kinds.own.test(thing)) return thing;
    }
    return null;
  }
}
