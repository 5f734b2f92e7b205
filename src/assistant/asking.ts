import { DETAILS, type Detail } from '../knowledge/index.js';
import { chineseDigit } from '../quantity/digits.js';
import type { Quantity } from '../quantity/index.js';
import { Around } from './asking/around.js';
import { LIFE, type LifeDate, readQuestions } from './asking/data.js';
import { FiguresAsked } from './asking/figures.js';
import { Kinds } from './asking/kinds.js';
import { PartsReader, type Question } from './asking/parts.js';
import { Reckoning } from './asking/reckoning.js';
import { type ReverseAsked, ReverseReader } from './asking/reverse.js';
import { Things } from './asking/things.js';

/** knowledge/questions.yaml: what kind of thing a question asks for. Each idea of it has a reader of its own under asking/. */
export class Asking extends Kinds {
  readonly #figures: FiguresAsked;
  readonly #reckoning: Reckoning;
  readonly #reverse: ReverseReader;
  readonly #around: Around;
  readonly #things: Things;
  readonly #parts: PartsReader;
  readonly #meant: { asks: RegExp; facts: readonly string[] }[];
  readonly #howMany: RegExp;
  readonly #life: [LifeDate, RegExp][];
  readonly #costs: { asks: RegExp; facts: readonly string[] };
  readonly #reportYear: RegExp;
  readonly #differsBy: [string, RegExp][];
  readonly #talk: { when: RegExp; say: string }[];
  readonly #details: [Detail, RegExp][];
  /** What one may ask of a city, as said after its name. */
  readonly starters: readonly string[];

  /** @throws DataError naming the field and what would be accepted. */
  constructor(file: string) {
    const data = readQuestions(file);
    super(data);
    this.#figures = new FiguresAsked(data, this);
    this.#reckoning = new Reckoning(data);
    this.#reverse = new ReverseReader(data.reverse);
    this.#around = new Around(data);
    this.#things = new Things(data, this);
    this.#parts = new PartsReader(data.parts);
    this.#meant = data.meant.map((m) => ({ asks: new RegExp(m.asks, 'u'), facts: m.facts }));
    this.#howMany = new RegExp(data.howMany, 'u');
    this.#life = LIFE.map((name) => [name, new RegExp(data.life[name], 'iu')]);
    this.#costs = { asks: new RegExp(data.costs.asks, 'u'), facts: data.costs.facts };
    this.#reportYear = new RegExp(data.reportYear, 'u');
    this.#differsBy = Object.entries(data.differsBy).map(([type, words]) => [type, new RegExp(words, 'u')]);
    this.#talk = data.talk.map((t) => ({ when: new RegExp(t.when, 'iu'), say: t.say }));
    this.#details = DETAILS.map((d) => [d, new RegExp(data.detailKinds[d], 'iu')]);
    this.starters = data.starters;
  }

  /** The wording key that answers a turn which asks nothing of the documents; null for all others. */
  talk(text: string): string | null {
    return this.#talk.find((t) => t.when.test(text))?.say ?? null;
  }

  /** What is asked of the thing that a text names: how much, which ones, when … */
  details(text: string): Detail[] {
    return this.#details.filter(([, asks]) => asks.test(text)).map(([detail]) => detail);
  }

  /** The facts that a question means, where its words would name others too; null for all other questions. */
  meant(question: string): readonly string[] | null {
    return this.#meant.find((m) => m.asks.test(question))?.facts ?? null;
  }

  /** The facts whose demands answer what a lead costs; null for all other questions. */
  costs(question: string): readonly string[] | null {
    return this.#costs.asks.test(question) ? this.#costs.facts : null;
  }

  /** Which date of a document's life a text speaks of; null where it speaks of none. */
  lifeDate(text: string): LifeDate | null {
    return this.#life.find(([, words]) => words.test(text))?.[0] ?? null;
  }

  /** The year that a report is for, where the question names it; else null. */
  reportYear(question: string): number | null {
    const year = this.#reportYear.exec(question)?.groups?.year;
    return year === undefined ? null : Number(year);
  }

  /** How many things are to be added up, where the question says so (这两笔, 三项合计); else null. */
  howMany(question: string): number | null {
    const n = this.#howMany.exec(question)?.groups?.n;
    return n === undefined ? null : (chineseDigit(n) ?? Number(n));
  }

  /** The type of fact whose difference is asked for by its unit alone (差几个亿); null where no unit is said. */
  unitDiffered(question: string): string | null {
    return this.#differsBy.find(([, words]) => words.test(question))?.[0] ?? null;
  }

  /** The questions of a message. @see PartsReader.questions */
  parts(text: string, close = true): Question[] {
    return this.#parts.questions(text, close);
  }

  /** A message without the words that only count its questions (两个事：…). */
  withoutPreface(text: string): string {
    return this.#parts.withoutPreface(text);
  }

  /** Whether a word only says what is asked (多少钱, 名单), not of what. */
  isDetail(word: string): boolean {
    return this.#parts.isDetail(word);
  }

  /** Whether a text asks for the wording of what was just answered and for nothing else. @see Around.onlyOriginals */
  wantsOriginals(text: string): boolean {
    return this.#around.onlyOriginals(text);
  }

  /** @see Around.onlyBegins */
  onlyBegins(content: string): boolean {
    return this.#around.onlyBegins(content);
  }

  /** The topic that tells how one begins, when that alone is asked; else null. */
  beginning(content: string): string | null {
    return this.#around.beginning(content);
  }

  /** What a message asks, without the parts that only say who asks and why. */
  foreground(text: string): string {
    return this.#around.foreground(text);
  }

  /** What a text holds without the words that may stand around a city that is only named. */
  besideCity(content: string): string {
    return this.#around.besideCity(content);
  }

  /** Whether a question is for the whole list of conditions and names nothing more special. */
  onlyConditions(content: string): boolean {
    return this.#around.onlyConditions(content);
  }

  /** What a question names beside the words for conditions and those that may stand around them. */
  besideConditions(content: string): string {
    return this.#around.besideConditions(content);
  }

  /** What a kind of calculation takes, where the question asks for it; else null. @see Reckoning.takes */
  calculation(kind: string, question: string, before: string, inputs: readonly string[]): string | null {
    const amount = this.details(question).includes('amount');
    return this.#reckoning.takes(kind, question, before, inputs, amount);
  }

  /** Which input of a calculation an amount is, by the words just before it; null where none of them names one. */
  amountNamed(before: string): string | null {
    return this.#reckoning.amountNamed(before);
  }

  /** What a demanded share comes to in money, where that is asked for (三年销售12亿，5%要投多少); else null. */
  reverse(question: string): ReverseAsked | null {
    return this.#reverse.read(question);
  }

  /** The figure of a question that words contradict; null when there is none. @see FiguresAsked.contradicted */
  contradicted(question: string, words: string): string | null {
    return this.#figures.contradicted(question, words);
  }

  /** Whether a count of units or people is asked for. @see FiguresAsked.asksCount */
  asksCount(question: string): boolean {
    return this.#figures.asksCount(question);
  }

  /** Whether words hold a figure of the kind that is asked for, or tell it in other words; true when none is asked for. */
  figureFits(question: string, words: string): boolean {
    return this.#figures.fits(question, words);
  }

  /** Whether words hold a figure of the kind that is asked for; true when none is asked for. */
  figureStated(question: string, words: string): boolean {
    return this.#figures.stated(question, words);
  }

  /** Whether a question puts a figure forward to be confirmed or chosen (是不是3月31日前交). */
  putsFigure(question: string): boolean {
    return this.#figures.putsForward(question);
  }

  /** The figures of a question that can be held against a document's: no counts. */
  figures(question: string): Quantity[] {
    return this.#figures.figures(question);
  }

  /** Whether a question is for a year that words do not name while they name others. */
  otherYear(question: string, words: string): boolean {
    return this.#figures.otherYear(question, words);
  }

  /** Whether a question that counts with a measure word counts with this one, or with none. @see FiguresAsked.countedWith */
  countedWith(question: string, measure: string | null): boolean {
    return this.#figures.countedWith(question, measure);
  }

  /** Whether a question asks for the very thing that words say is not written. @see Things.asksUnwritten */
  asksUnwritten(question: string, say: string): boolean {
    return this.#things.asksUnwritten(question, say);
  }

  /** The thing that a question takes for demanded, where some words do not speak of it at all; else null. */
  notInsisted(question: string, words: string): string | null {
    return this.#things.notInsisted(question, words);
  }

  /** The part of a whole that is to be left out (不是企业的, 除了国家级还有); null when none is. */
  besides(question: string): string | null {
    return this.#things.besides(question);
  }

  /** The programme of other rules whose own matters are asked for; null when none is. */
  programme(question: string): string | null {
    return this.#things.programme(question);
  }

  /** The thing that a question asks how to obtain, when that is not what the documents are about; else null. */
  foreignThing(content: string): string | null {
    return this.#things.foreign(content);
  }
}
