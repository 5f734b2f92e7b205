import { z } from 'zod';

/**
 * The shapes of the contract's HTTP API; chats, look-ups and staff stand in schemas-*.ts. /api/openapi.json is generated from
 * these, so they are described here and nowhere else.
 */

export const asOf = z.iso
  .date()
  // There is no year 0, and the terminal refuses it too.
  .regex(/^(?!0000)/)
  .describe('The day the answer is for; today (Asia/Shanghai) when absent')
  .meta({ examples: ['2026-11-21'] });

const Id = z.union([z.string().max(200), z.number()]);

export const Turn = z.object({ role: z.enum(['user', 'assistant']), text: z.string() });

export const AskBody = z.object({
  question: z.string().meta({ examples: ['泉州牵头企业营收要多少？'] }),
  asOf: asOf.nullish(),
  policy: z.string().nullish().describe('Restrict to this document'),
  history: z.array(Turn).nullish().describe('What was said before, oldest first'),
  id: Id.nullish().describe('Comes back as the id of the answer'),
});

export const CheckBody = z.object({
  id: Id.nullish().describe('Comes back as the id of the verdict'),
  policy: z.string().meta({ examples: ['quanzhou-2026'] }),
  subject: z.string().nullish().describe('lead, member, consortium or talent-consortium; lead when absent'),
  facts: z.record(z.string(), z.unknown()).meta({ examples: [{ 'lead.revenue_last_year': '1.8亿元' }] }),
  asOf: asOf.nullish(),
});

export const SearchQuery = z.object({
  q: z.string().describe('Words or a question'),
  k: z.coerce.number().int().min(1).max(100).default(10).describe('How many hits at most'),
});

export const PoliciesQuery = z.object({ asOf: asOf.optional() });

export const ClauseParams = z.object({
  policy: z.string(),
  label: z.string().describe('As officials cite it, such as 三（一）'),
});

export const Citation = z.object({
  policy: z.string(),
  docNumber: z.string().nullable(),
  clause: z.string(),
  quote: z.string().describe('Stands in the document when white space is ignored'),
});

export const Criterion = z.object({
  id: z.string(),
  title: z.string(),
  facts: z.array(z.string()),
  outcome: z.enum(['pass', 'fail', 'unknown']),
  strength: z.enum(['must', 'principle', 'judgement']),
  required: z.string(),
  given: z.string().nullable(),
  gap: z.string().nullable(),
  clause: z.string(),
  quote: z.string(),
  note: z.string().nullable(),
});

export const Verdict = z.object({
  id: z.string().optional(),
  policy: z.string(),
  subject: z.enum(['lead', 'member', 'consortium', 'talent-consortium']),
  asOf: z.string(),
  status: z.string(),
  outcome: z.enum(['ineligible', 'undetermined', 'discretionary', 'eligible']),
  next: z.string().nullable().describe('The fact to ask for next'),
  criteria: z.array(Criterion),
  conflicts: z.array(z.string()),
});

export const Suggestion = z.object({ label: z.string(), send: z.string() });

export const Answer = z.object({
  id: z.string(),
  question: z.string(),
  asOf: z.string(),
  intent: z.enum([
    'eligibility',
    'threshold',
    'policy',
    'comparison',
    'calculation',
    'status',
    'clarify',
    'smalltalk',
    'out_of_scope',
  ]),
  mode: z.enum(['offline', 'llm']),
  answered: z.boolean(),
  text: z.string().describe('Exactly what a chat user reads'),
  blocks: z.array(z.looseObject({ kind: z.string() })).describe('The answer as structure'),
  facts: z.record(z.string(), z.unknown()),
  verdicts: z.array(Verdict),
  citations: z.array(Citation),
  next: z.object({ fact: z.string(), question: z.string() }).nullable(),
  suggestions: z.array(Suggestion),
});

export const ClauseHit = z.object({
  policy: z.string(),
  docNumber: z.string().nullable(),
  clause: z.string(),
  path: z.array(z.string()),
  text: z.string(),
  score: z.number(),
  start: z.number().int().describe('UTF-16 offset into the source as stored'),
  end: z.number().int(),
});

export const SearchResult = z.object({ query: z.string(), hits: z.array(ClauseHit) });

const day = z.string().nullable();

export const PolicyView = z.object({
  id: z.string(),
  title: z.string(),
  docNumber: z.string().nullable(),
  issuer: z.string(),
  city: z.string(),
  issued: day,
  effective: day,
  expires: day,
  status: z.enum(['in-force', 'not-yet', 'expired', 'draft', 'undated', 'informational']),
  repeals: z.array(z.object({ title: z.string(), docNumber: z.string().nullable() })),
});

export const Health = z.object({ status: z.literal('ok') });
export const Ready = z.object({
  status: z.enum(['ok', 'unavailable']),
  parts: z.record(z.string(), z.string()),
});

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    accepted: z.string().describe('What would be accepted instead'),
    requestId: z.string(),
    code: z.string().optional().describe('Names the fault where a program should tell it from others'),
  })
  .describe('A problem document (RFC 9457)');
