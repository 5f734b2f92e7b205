import { z } from 'zod';
import { DataError } from '../errors.js';
import { gravest, issueText, readYaml } from '../knowledge/index.js';
import { say } from './say.js';
import type { FactSpec } from './types.js';

const words = z.array(z.string().min(1));
const schema = z.array(
  z.strictObject({
    id: z.string().regex(/^[a-z]+\.[a-z0-9_]+$/),
    type: z.enum(['money', 'percent', 'count', 'date', 'boolean', 'enum', 'level', 'text', 'money-by-year']),
    label: z.string().min(1),
    question: z.string().min(1),
    example: z.string().min(1),
    synonyms: words,
    values: z
      .array(z.strictObject({ id: z.string(), label: z.string(), words: z.array(z.string()) }))
      .default([]),
    orWord: z.string().nullable().default(null),
    measures: words.default([]),
    falseWords: words.default([]),
    neverWords: words.default([]),
    noneWords: words.default([]),
    derive: z
      .union([
        z.strictObject({ mean: z.string(), founded: z.string() }),
        z.strictObject({ latest: z.string() }),
        z.strictObject({ ratio: z.string(), of: z.string(), founded: z.string() }),
      ])
      .nullable()
      .default(null),
  }),
);

/** The vocabulary of facts, in file order. */
export interface Vocabulary {
  specs: readonly FactSpec[];
  get(id: string): FactSpec | undefined;
}

/**
 * Reads knowledge/facts.yaml.
 * @throws DataError naming file, line and what would be accepted.
 */
export function loadVocabulary(file: string): Vocabulary {
  const { value, lineOf } = readYaml(file);
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const issue = gravest(parsed.error.issues);
    throw new DataError(file, lineOf(issue.path), `${issue.path.join('.')}：${issueText(issue)}`);
  }
  const specs = parsed.data as FactSpec[];
  const byId = new Map<string, FactSpec>();
  for (const spec of specs) {
    if (byId.has(spec.id)) throw new DataError(file, null, say('pack.factTwice', { id: spec.id }));
    byId.set(spec.id, spec);
  }
  return { specs, get: (id) => byId.get(id) };
}
