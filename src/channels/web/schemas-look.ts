import { z } from 'zod';
import { Answer, asOf, PolicyView, Turn, Verdict } from './schemas.js';

/** The shapes of what can be looked up besides the contract's own. */

const facts = z.record(z.string().max(100), z.unknown());

export const VerdictsBody = z.object({
  facts: facts.nullish().describe('What is known; null as a value takes away what was read from the text'),
  text: z.string().max(100_000).nullish().describe('Words to read facts from'),
  history: z.array(Turn).max(1000).nullish().describe('What was said before the text, oldest first'),
  subject: z.enum(['lead', 'member', 'consortium', 'talent-consortium']).default('lead'),
  policies: z
    .array(z.string().max(200))
    .max(100)
    .nullish()
    .describe('Only these; all that judge the subject when absent'),
  asOf: asOf.nullish(),
});

export const Verdicts = z.object({
  asOf: z.string(),
  subject: z.string(),
  facts: facts.describe('What the verdicts were given on, in the contract’s notation'),
  read: facts.describe('What the words alone gave'),
  faults: z
    .array(z.object({ fact: z.string(), message: z.string(), accepted: z.string() }))
    .describe('Facts that could not be read; the others count'),
  verdicts: z.array(Verdict),
});

export const PolicyQuery = z.object({ policy: z.string().max(200).optional() });

export const FactView = z.object({
  id: z.string(),
  type: z.string(),
  label: z.string(),
  question: z.string(),
  example: z.string(),
  values: z.array(z.object({ id: z.string(), label: z.string() })),
  orWord: z.string().nullable(),
});

export const RuleView = z.object({
  policy: z.string(),
  subject: z.string(),
  id: z.string(),
  title: z.string(),
  facts: z.array(z.string()),
  strength: z.enum(['must', 'principle', 'judgement']),
  required: z.string(),
  when: z.unknown(),
  clause: z.string(),
  quote: z.string(),
  note: z.string().nullable(),
});

export const LedgerRow = z.object({
  policy: z.string(),
  clause: z.string(),
  start: z.number().int(),
  end: z.number().int(),
  text: z.string(),
  unit: z.string(),
  value: z.string(),
  account: z.enum(['criterion', 'calculation', 'lookup', 'structural']),
  by: z.string(),
});

export const DocumentParams = z.object({ id: z.string().max(200) });
export const DocumentQuery = z.object({ asOf: asOf.optional() });

export const DocumentClause = z.object({
  clause: z.string().describe('As officials cite it'),
  kind: z.enum(['front', 'chapter', 'article', 'section', 'paragraph', 'item', 'annex', 'row', 'text']),
  path: z.array(z.string()),
  heading: z.string().nullable(),
  text: z.string().describe('Its own words, without those of the clauses under it'),
  start: z.number().int().describe('UTF-16 offset into the source as stored'),
  end: z.number().int(),
  endAll: z.number().int().describe('With the clauses under it'),
  parent: z.string().nullable(),
});

export const DocumentView = z.object({
  policy: PolicyView,
  clauses: z.array(DocumentClause).describe('In document order'),
  figures: z.array(LedgerRow),
});

export const CompareQuery = z.object({
  about: z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .describe('Words for what is compared, or a fact of the vocabulary'),
  policies: z.string().max(2000).optional().describe('Ids with commas between; all when absent'),
  asOf: asOf.optional(),
});

export const Comparison = z.object({ about: z.string(), answer: Answer });
