import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';
import { readQuantities } from '../quantity/index.js';

const schema = z.strictObject({
  units: z.array(z.strictObject({ asks: z.string(), units: z.array(z.string()).min(1) })),
  acquire: z.string(),
  counts_as: z.string(),
  own: z.string(),
});

/** knowledge/questions.yaml: what kind of thing a question asks for. */
export class Asking {
  readonly #units: { asks: RegExp; units: readonly string[] }[];
  readonly #acquire: RegExp[];
  readonly #own: RegExp;

  /** @throws DataError naming the field and what would be accepted. */
  constructor(file: string) {
    const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      throw new DataError(file, null, `${issue.path.join('.')}: ${issue.message}`);
    }
    const { units, acquire, counts_as, own } = parsed.data;
    this.#units = units.map((u) => ({ asks: new RegExp(u.asks, 'u'), units: u.units }));
    this.#acquire = [new RegExp(acquire, 'u'), new RegExp(counts_as, 'u')];
    this.#own = new RegExp(own, 'u');
  }

  /** Whether words hold a figure of the kind that is asked for; true when no figure is asked for. */
  figureFits(question: string, words: string): boolean {
    const wanted = this.#units.filter((u) => u.asks.test(question)).flatMap((u) => u.units);
    return wanted.length === 0 || readQuantities(words).some((q) => wanted.includes(q.unit));
  }

  /** The thing that a question asks how to obtain, when obtaining it is not what the documents are about; else null. */
  foreignThing(content: string): string | null {
    for (const pattern of this.#acquire) {
      const thing = pattern.exec(content)?.groups?.thing?.trim();
      if (thing && thing.length >= 2 && !this.#own.test(thing)) return thing;
    }
    return null;
  }
}
