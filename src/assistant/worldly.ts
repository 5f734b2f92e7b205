import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';

const words = z.string().min(1);

const schema = z.strictObject({
  words: z.record(z.string().regex(/^[a-z]+$/), words),
  signs: z.array(
    z.strictObject({
      sign: words,
      asks: words,
      unless: words.optional(),
      told: words.optional(),
      kinds: z.array(words),
      roster: z.boolean().default(false),
    }),
  ),
  beside: words,
});

/** A way of asking for the state of the world (who is in, how many there are), not for a rule about it. */
export interface Sign {
  /** What is asked for, as an answer names it: 名单, 统计数字. */
  sign: string;
  asks: RegExp;
  unless: RegExp | null;
  told: RegExp | null;
  /** Kinds of topic whose entries may tell it. */
  kinds: ReadonlySet<string>;
  /** True of the sign that names a list of who or which. */
  roster: boolean;
}

/** What knowledge/worldly.yaml holds. */
export interface Worldly {
  signs: readonly Sign[];
  /** Whether a question that names a covered city too is about a place that is not covered (某市自己的标准是多少). */
  beside(place: string, text: string): boolean;
}

/** knowledge/worldly.yaml. @throws DataError naming what would be accepted. */
export function loadWorldly(file: string): Worldly {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new DataError(
      file,
      null,
      `${issue.path.join('.')}: ${issue.message}; words: a pattern a name; signs: lines of { sign, asks, unless, told, kinds }; beside: a pattern with {place}`,
    );
  }
  const named = parsed.data.words;
  const pattern = (text: string): RegExp => {
    let out = text;
    // A pattern may be made of others that are made of others.
    for (let depth = 0; depth < 4 && /\{[a-z]+\}/.test(out); depth++)
      out = out.replaceAll(/\{([a-z]+)\}/g, (_, name: string) => {
        const found = named[name];
        if (found === undefined) throw new DataError(file, null, `{${name}} is not one of "words:"`);
        return /\|/.test(found) ? `(?:${found})` : found;
      });
    return new RegExp(out, 'u');
  };
  const { beside } = parsed.data;
  const signs = parsed.data.signs.map((s) => ({
    sign: s.sign,
    asks: pattern(s.asks),
    unless: s.unless === undefined ? null : pattern(s.unless),
    told: s.told === undefined ? null : pattern(s.told),
    kinds: new Set(s.kinds),
    roster: s.roster,
  }));
  return {
    signs,
    beside: (place, text) =>
      new RegExp(beside.replaceAll('{place}', place.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')), 'u').test(text),
  };
}

/** The signs of a question for the state of the world that a normalised text bears. */
export function worldAsked(signs: readonly Sign[], text: string): Sign[] {
  return signs.filter((s) => s.asks.test(text) && !s.unless?.test(text));
}
