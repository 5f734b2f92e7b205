import { z } from 'zod';
import { readQuantities } from '../../quantity/index.js';

/** The parts of knowledge/questions.yaml on what is to be calculated. */
export const reckoningShape = {
  calculations: z.array(
    z.strictObject({
      kind: z.string(),
      asks: z.string(),
      takes: z.enum(['nothing', 'date', 'amounts', 'facts', 'evidence']),
    }),
  ),
  amounts: z.record(z.string(), z.string()),
};

/** How far before an amount the words that say what it is may stand. */
const AMOUNT_REACH = 10;

/** Tells which calculation a question asks for, and which of its inputs an amount is. */
export class Reckoning {
  readonly #calculations: { kind: string; asks: RegExp; takes: string }[];
  readonly #amounts: [string, RegExp][];

  constructor({ calculations, amounts }: z.infer<z.ZodObject<typeof reckoningShape>>) {
    this.#calculations = calculations.map((c) => ({ ...c, asks: new RegExp(c.asks, 'u') }));
    this.#amounts = Object.entries(amounts).map(([name, words]) => [name, new RegExp(words, 'gu')]);
  }

  /**
   * What a kind of calculation takes when the question (with the one before it) asks for it, or asks how much and names the
   * amounts that it reckons with (`inputs`); else null.
   * @param asksAmount whether the question asks how much
   */
  takes(
    kind: string,
    question: string,
    before: string,
    inputs: readonly string[],
    asksAmount: boolean,
  ): string | null {
    const own = this.#calculations.filter((c) => c.kind === kind);
    const asked = own.find((c) => c.asks.test(`${before}${question}`));
    if (asked) return asked.takes;
    const named = own.find((c) => c.takes === 'amounts');
    if (!named || !asksAmount) return null;
    const amounts = readQuantities(question).filter((q) => q.unit === 'CNY');
    const given = amounts.map((q) => this.amountNamed(question.slice(0, q.start)));
    return given.some((name) => name !== null && inputs.includes(name)) ? named.takes : null;
  }

  /** Which input an amount is, by the words just before it, the nearest first; null where none of them names one. */
  amountNamed(before: string): string | null {
    const near = before.slice(-AMOUNT_REACH);
    const at = (words: RegExp) => Math.max(-1, ...[...near.matchAll(words)].map((m) => m.index!));
    const named = this.#amounts.map(([name, words]) => ({ name, at: at(words) })).filter((n) => n.at >= 0);
    return named.sort((a, b) => b.at - a.at)[0]?.name ?? null;
  }
}
