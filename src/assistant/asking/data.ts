import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../../errors.js';
import { DETAILS } from '../../knowledge/index.js';
import { aroundShape } from './around.js';
import { figuresShape } from './figures.js';
import { kindsShape } from './kinds.js';
import { partsSchema } from './parts.js';
import { reckoningShape } from './reckoning.js';
import { reverseSchema } from './reverse.js';
import { thingsShape } from './things.js';

/** What a document's life has dates of. */
export const LIFE = ['expires', 'effective', 'issued'] as const;
export type LifeDate = (typeof LIFE)[number];

const schema = z.strictObject({
  ...kindsShape,
  ...figuresShape,
  ...reckoningShape,
  ...aroundShape,
  ...thingsShape,
  parts: partsSchema,
  reverse: reverseSchema,
  meant: z.array(z.strictObject({ asks: z.string(), facts: z.array(z.string()).min(1) })),
  differsBy: z.record(z.string(), z.string()),
  howMany: z.string(),
  life: z.record(z.enum(LIFE), z.string()),
  costs: z.strictObject({ asks: z.string(), facts: z.array(z.string()).min(1) }),
  reportYear: z.string(),
  talk: z.array(z.strictObject({ when: z.string(), say: z.string() })),
  detailKinds: z.record(z.enum(DETAILS), z.string()),
  starters: z.array(z.string()).min(1),
});

/**
 * Reads knowledge/questions.yaml.
 * @throws DataError naming the field and what would be accepted.
 */
export function readQuestions(file: string): z.infer<typeof schema> {
  const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new DataError(file, null, `${issue.path.join('.')}: ${issue.message}`);
}
