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
});

const schema = z.strictObject({
  aspects: z.array(aspect),
  // Properties by their names: {word} stands for each in the one pattern that asks for it.
  properties: z.strictObject({ asks: z.string().min(1), words: z.array(z.string().min(1)) }),
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
        aspect: word,
        asks: new RegExp(properties.asks.replaceAll('{word}', word), 'u'),
        told: new RegExp(word, 'u'),
        card: true,
      })),
    ];
  }
  const issue = parsed.error.issues[0]!;
  throw new DataError(
    file,
    null,
    `${issue.path.join('.')}: ${issue.message}; aspects: lines of { aspect, asks, unless, told, touched, card }, all but the name and card regular expressions; properties: { asks, words }`,
  );
}

/** The aspects that a normalised text asks for. */
export function aspectsAsked(aspects: readonly Aspect[], text: string): Aspect[] {
  return aspects.filter((a) => a.asks.test(text) && !a.unless?.test(text));
}

/** Whether words tell an aspect. */
export function tellsAspect(aspect: Aspect, words: string): boolean {
  return aspect.told?.test(words.replace(/\s/g, '')) ?? false;
}

/** Whether a document raises the matter of an aspect that it does not tell. */
export function touchesAspect(aspect: Aspect, words: string): boolean {
  return aspect.touched?.test(words.replace(/\s/g, '')) ?? false;
}
