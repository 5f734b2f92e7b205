import { z } from 'zod';
import { Answer, Turn } from './schemas.js';

/** The shapes of what only staff may reach. */

const day = z.iso
  .date()
  .describe('Asia/Shanghai')
  .meta({ examples: ['2026-11-21'] });

export const SignInBody = z.object({ token: z.string().max(1000) });

export const SessionView = z.object({
  signedIn: z.boolean(),
  needs: z.enum(['token', 'loopback']).describe('What lets staff in here'),
  name: z.string().nullable(),
  csrf: z.string().nullable().describe('Goes with every write as the header x-csrf-token'),
  until: z.string().nullable().describe('When the session ends'),
});

const FeedbackVerdict = z.enum(['wrong', 'missing', 'good']);
const Note = z.string().max(5000);

export const AnswerParams = z.object({ id: z.string().max(200) });

export const AnswersQuery = z.object({
  day: day.optional(),
  answered: z.enum(['true', 'false']).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(200),
});

export const HistoryQuery = z.object({ day: day.optional() });

export const AnswerLine = z.object({
  id: z.string(),
  at: z.string(),
  channel: z.string(),
  question: z.string(),
  intent: z.string(),
  mode: z.string(),
  answered: z.boolean(),
  lead: z.string().describe('The first words of the answer'),
  feedback: FeedbackVerdict.nullable(),
});

export const AnswerLines = z.object({ day: z.string(), items: z.array(AnswerLine) });

export const Trace = z.object({
  step: z.string(),
  understood: z.object({
    policies: z.array(z.string()),
    intents: z.array(z.string()),
    facts: z.record(z.string(), z.unknown()),
  }),
  tools: z.array(
    z.object({
      name: z.string(),
      arguments: z.unknown(),
      outcome: z.enum(['given', 'refused']),
      detail: z.string(),
    }),
  ),
  guard: z.array(z.object({ sentence: z.string(), kept: z.boolean(), reason: z.string().nullable() })),
});

export const FeedbackBody = z.object({ verdict: FeedbackVerdict, note: Note.nullish() });

export const Feedback = z.object({
  id: z.string(),
  answer: z.string(),
  verdict: FeedbackVerdict,
  note: z.string().nullable(),
  at: z.string(),
});

export const KeptAnswer = z.object({
  id: z.string(),
  at: z.string(),
  channel: z.string(),
  question: z.string(),
  history: z.array(Turn),
  asOf: z.string(),
  answer: Answer,
  trace: Trace.nullable(),
  sent: z.string().describe('The text as it was sent'),
  feedback: z.array(Feedback),
});

export const ReviewsQuery = z.object({ state: z.enum(['open', 'done']).optional() });

export const Review = z.object({
  id: z.string(),
  answer: z.string(),
  question: z.string(),
  verdict: FeedbackVerdict,
  note: z.string().nullable(),
  at: z.string(),
  state: z.enum(['open', 'done']),
  decision: z.enum(['confirmed', 'rejected']).nullable(),
  decisionNote: z.string().nullable(),
  expected: z.string().nullable(),
});

export const Reviews = z.object({ items: z.array(Review) });

export const ReviewBody = z.object({
  id: z.string().max(200),
  decision: z.enum(['confirmed', 'rejected']),
  note: Note.nullish(),
  expected: z.string().max(5000).nullish().describe('What the answer should have said'),
});

export const UnansweredQuery = z.object({ from: day.optional(), to: day.optional() });

export const Unanswered = z.object({
  total: z.number().int(),
  items: z.array(
    z.object({
      question: z.string(),
      count: z.number().int(),
      last: z.string(),
      answer: z.string().describe('Id of the latest of them'),
    }),
  ),
});
