import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';

const pattern = z
  .string()
  .min(1)
  .transform((p) => new RegExp(p, 'u'));

const schema = z.array(
  z.strictObject({
    aspect: z.string().min(1),
    asks: pattern,
    unless: pattern.optional(),
    told: pattern.optional(),
    card: z.boolean().default(false),
  }),
);

/** Something that documents of this kind could tell, how it is asked for and by what words it would be told. */
export type Aspect = z.infer<typeof schema>[number];

/** knowledge/aspects.yaml. @throws DataError naming what would be accepted. */
export function loadAspects(file: string): Aspect[] {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new DataError(
    file,
    null,
    `${issue.path.join('.')}: ${issue.message}; each line is { aspect, asks, unless, told, card }, all but the name and card regular expressions`,
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
