import { z } from 'zod';
import { type Quantity, readQuantities } from '../../quantity/index.js';
import { segment } from '../../understanding/index.js';
import type { Kinds } from './kinds.js';

/** The parts of knowledge/questions.yaml on figures that are asked for. */
export const figuresShape = {
  units: z.array(
    z.strictObject({ asks: z.string(), units: z.array(z.string()).min(1), told: z.string().optional() }),
  ),
  measures: z.array(z.array(z.string()).min(1)),
  counting: z.strictObject({ asks: z.string(), measured: z.string(), words: z.string() }),
};

/** Units of which a figure put up to be confirmed asks: counts are left out, they are said of many things at once. */
const CONFIRMED: ReadonlySet<string> = new Set(['CNY', 'percent', 'duration', 'date', 'monthday', 'score']);

/** Holds the figures that a question asks for or puts up against the figures of an answer's words. */
export class FiguresAsked {
  readonly #units: { asks: RegExp; units: readonly string[]; told: RegExp | null }[];
  readonly #measures: readonly (readonly string[])[];
  readonly #counting: { asks: RegExp; measured: RegExp; words: RegExp };

  constructor(
    { units, measures, counting }: z.infer<z.ZodObject<typeof figuresShape>>,
    private readonly kinds: Kinds,
  ) {
    this.#units = units.map((u) => ({
      asks: new RegExp(u.asks, 'u'),
      units: u.units,
      told: u.told === undefined ? null : new RegExp(u.told, 'u'),
    }));
    this.#measures = measures;
    this.#counting = {
      asks: new RegExp(counting.asks, 'gu'),
      measured: new RegExp(counting.measured, 'u'),
      words: new RegExp(counting.words, 'u'),
    };
  }

  /** The figures of a question that can be held against a document's: no counts, which are said of many things at once. */
  figures(question: string): Quantity[] {
    return readQuantities(question).filter((q) => CONFIRMED.has(q.unit));
  }

  /** The figure of a question that words contradict: same unit, another value; null when there is none. */
  contradicted(question: string, words: string): string | null {
    if (!this.kinds.is('confirm', question) && !this.#presumed(question)) return null;
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
    if (this.kinds.is('possessed', question)) return false;
    const [first, ...rest] = segment(question).map((s) => s.text);
    if (first === undefined || rest.length === 0 || this.kinds.is('asks', first)) return false;
    const [figure, another] = this.figures(first);
    return (
      figure !== undefined &&
      another === undefined &&
      this.kinds.is('presumes', first.slice(0, figure.outerStart))
    );
  }

  /** Whether a count of units or people is asked for: a document that wants some of them may well state no number. */
  asksCount(question: string): boolean {
    return this.#units.some((u) => u.units.includes('count') && u.asks.test(question));
  }

  /** Whether words hold a figure of the kind that is asked for, or tell it in other words; true when no figure is asked for. */
  fits(question: string, words: string): boolean {
    return (
      this.#units.some((u) => u.asks.test(question) && u.told?.test(words)) || this.stated(question, words)
    );
  }

  /** Whether words hold a figure of the kind that is asked for; true when no figure is asked for. */
  stated(question: string, words: string): boolean {
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
  putsForward(question: string): boolean {
    return this.#putForward(question).length > 0;
  }

  #putForward(question: string): string[] {
    if (!this.kinds.is('choice', question) && !this.kinds.is('confirm', question)) return [];
    return this.figures(question).map((q) => q.unit);
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
    const after = [...question.matchAll(this.#counting.asks)].map((m) =>
      question.slice(m.index! + m[0].length),
    );
    return (
      this.#measures.find((words) => words.some((w) => after.some((rest) => rest.startsWith(w)))) ?? null
    );
  }

  /** Whether a question that counts with a measure word counts with this one, or with none (几家 of 49家, not of 6条). */
  countedWith(question: string, measure: string | null): boolean {
    const asked = this.#counting.measured.exec(question)?.groups?.measure;
    const known =
      this.#measures.some((words) => words.includes(asked ?? '')) || this.#counting.words.test(asked ?? '');
    return !known || asked === measure || (this.#measureAsked(question)?.includes(measure ?? '') ?? false);
  }
}
