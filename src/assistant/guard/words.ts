import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../../errors.js';

const list = z.array(z.string().min(1)).min(1);
const schema = z.strictObject({
  plain: list,
  polite: list,
  turns: list,
  joining: list,
  links: list,
  roles: list,
  conditions: list,
  topics: list,
  qualifiers: list,
  alternatives: list,
  conjunctions: list,
  limits: list,
  giving: list,
  capping: list,
  either: list,
  places: list,
  rowed: list,
  listed: list,
  continuing: list,
  superlatives: list,
  claims: list,
  equals: z.array(list),
  kinds: list,
  longer: list,
  forms: z.array(z.tuple([z.string().min(1), z.string()])),
  spread: z.array(list),
  asides: list,
  governing: list,
  telling: list,
  leading: list,
  conditioned: list,
  omissible: list,
  kept: list,
  choosing: list,
  thesaurus: z.array(list),
  attaining: list,
  attains: list,
  allowing: list,
  wishes: list,
  excepting: list,
  turning: list,
  asking: list,
  negations: list,
  not_negations: list,
  strengths: z.record(z.string(), list),
  not_strengths: list,
  softeners: list,
  levels: list,
  verdicts: list,
  verbatim_least: z.number().int().min(4),
  persons: list,
  attributions: list,
  not_attributed: list,
  vague: list,
  timing: list,
  verbatim: list,
  bounding: list,
  lower: list,
  upper: list,
  floors: list,
  ceilings: list,
  measures: z.array(list),
  instructions: list,
  machinery: list,
});

/** The guard's word lists (prompts/guard.yaml). */
export type GuardWords = z.infer<typeof schema>;

/** @throws DataError naming the list that cannot be used. */
export function loadGuardWords(file: string): GuardWords {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new DataError(file, null, `${issue.path.join('.')}: ${issue.message}`);
}

/** One expression for a list of words, longest first; `g` and `i` are set. Latin words match as whole words. */
export function anyOf(words: readonly string[]): RegExp {
  const sorted = [...new Set(words)].sort((a, b) => b.length - a.length);
  const literal = (w: string) => w.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    sorted.map((w) => (/^[a-z_]+$/i.test(w) ? `(?<![a-z_])${literal(w)}(?![a-z_])` : literal(w))).join('|'),
    'gi',
  );
}
