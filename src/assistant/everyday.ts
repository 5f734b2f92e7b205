import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';

const words = z.string().min(1);

const schema = z.strictObject({
  asker: words,
  asking: words,
  around: words,
  plain: z.array(
    z.strictObject({
      asks: words,
      beside: words,
      unless: words.optional(),
      topics: z.array(words).min(1),
    }),
  ),
});

interface Plain {
  asks: RegExp;
  beside: RegExp;
  unless: RegExp | null;
  topics: readonly string[];
}

/** knowledge/everyday.yaml: what short questions of everyday words ask for, and the parts that only say who asks. */
export class Everyday {
  readonly #asker: RegExp;
  readonly #asking: RegExp;
  readonly #around: RegExp;
  readonly #plain: readonly Plain[];

  /** @throws DataError naming what would be accepted, or a topic that there is not. */
  constructor(file: string, topics: ReadonlyMap<string, unknown>) {
    const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
    if (!parsed.success)
      throw new DataError(file, null, 'it needs "asker:", "asking:", "around:" and "plain:" with patterns');
    const { asker, asking, around, plain } = parsed.data;
    const unknown = plain.flatMap((p) => p.topics).find((t) => !topics.has(t));
    if (unknown !== undefined) throw new DataError(file, null, `no topic is called ${unknown}`);
    this.#asker = new RegExp(asker, 'u');
    this.#asking = new RegExp(asking, 'u');
    this.#around = new RegExp(around, 'gu');
    this.#plain = plain.map((p) => ({
      asks: new RegExp(p.asks, 'u'),
      beside: new RegExp(p.beside, 'gu'),
      unless: p.unless === undefined ? null : new RegExp(p.unless, 'u'),
      topics: p.topics,
    }));
  }

  /** What a message asks, without the parts that only say who asks; all of it where nothing else is left. */
  asked(text: string): string {
    const parts = text.split(/[，,。；;！!？?\s]+/u).filter((p) => p !== '');
    const asked = parts.filter((p) => !this.#asker.test(p) || this.#asking.test(p));
    return asked.length === parts.length || asked.length === 0 ? text : asked.join('，');
  }

  /** The topics that answer a question which names nothing but its matter, in everyday words; null for all others. */
  topics(content: string): readonly string[] | null {
    const named = (p: Plain) =>
      content
        .replace(p.beside, '')
        .replace(this.#around, '')
        .replace(/[^\p{L}\p{N}]/gu, '');
    const found = this.#plain.find(
      (p) => p.asks.test(content) && !p.unless?.test(content) && named(p) === '',
    );
    return found?.topics ?? null;
  }
}
