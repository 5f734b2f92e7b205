import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';

const pattern = z
  .string()
  .min(1)
  .transform((p) => new RegExp(p, 'u'));

const aspect = z.strictObject({
  aspect: z.string().min(1),
  asks: pattern,
  unless: pattern.optional(),
  told: pattern.optional(),
  touched: pattern.optional(),
  card: z.boolean().default(false),
  // What kind of unit one is: may it lead is then a question of the conditions.
  ofUnit: z.boolean().optional(),
  regardless: z.boolean().default(false),
});

const schema = z.strictObject({
  aspects: z.array(aspect),
  // Properties by their names (words for one parted by |): {word} stands for each in the one pattern that asks for it;
  // `things`: what one wants to have or to be limited by, asked for in more ways (`wants`).
  properties: z.strictObject({
    asks: z.string().min(1),
    words: z.array(z.string().min(1)),
    wants: z.string().min(1),
    // Where it is told by other words than its name: “限500字” of 字数.
    things: z.array(
      z.union([z.string().min(1), z.strictObject({ words: z.string().min(1), told: z.string().min(1) })]),
    ),
  }),
});

/** Something that documents of this kind could tell, how it is asked for and by what words it would be told. */
export type Aspect = z.infer<typeof aspect>;

/** knowledge/aspects.yaml. @throws DataError naming what would be accepted. */
export function loadAspects(file: string): Aspect[] {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (parsed.success) {
    const { aspects, properties } = parsed.data;
    return [
      ...aspects,
      ...properties.words.map((word) => ({
        aspect: word.split('|')[0]!,
        asks: new RegExp(properties.asks.replaceAll('{word}', `(?:${word})`), 'u'),
        told: new RegExp(word, 'u'),
        card: true,
        regardless: false,
      })),
      ...properties.things
        .map((thing) => (typeof thing === 'string' ? { words: thing, told: thing } : thing))
        .map(({ words, told }) => ({
          aspect: words.split('|')[0]!,
          asks: new RegExp(properties.wants.replaceAll('{word}', `(?:${words})`), 'u'),
          told: new RegExp(told, 'u'),
          card: true,
          regardless: false,
        })),
    ];
  }
  const issue = parsed.error.issues[0]!;
  throw new DataError(
    file,
    null,
    `${issue.path.join('.')}: ${issue.message}; aspects: lines of { aspect, asks, unless, told, touched, card, regardless }, all but the name and card regular expressions; properties: { asks, words, wants, things }`,
  );
}

/** The aspects that a normalised text asks for. */
export function aspectsAsked(aspects: readonly Aspect[], text: string): Aspect[] {
  return aspects.filter((a) => a.asks.test(text) && !a.unless?.test(text));
}

/**
 * Whether words tell an aspect.
 * @param silent what says of itself that something is not written: a part of the words that says so tells nothing
 */
export function tellsAspect(aspect: Aspect, words: string, silent: (part: string) => boolean): boolean {
  const told = words
    .split(/[；。\n]/u)
    .filter((part) => !silent(part))
    .join('。');
  return aspect.told?.test(told.replace(/\s/g, '')) ?? false;
}

/** Whether a document raises the matter of an aspect that it does not tell. */
export function touchesAspect(aspect: Aspect, words: string): boolean {
  return aspect.touched?.test(words.replace(/\s/g, '')) ?? false;
}
