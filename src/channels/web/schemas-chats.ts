import { z } from 'zod';
import { Answer, asOf, Suggestion } from './schemas.js';

/** The shapes of the chats of the page. */

/** Longest text of a message: what /api/ask reads too. */
const LONGEST = 100_000;

const Subject = z.enum(['lead', 'member', 'consortium', 'talent-consortium']);
const FactsGiven = z.record(z.string().max(100), z.unknown());

export const ChatParams = z.object({
  id: z
    .string()
    .regex(/^[\w-]{16,64}$/)
    .describe('What POST /api/chats gave; whoever knows it may read and continue the chat'),
});

/** A key of the caller's for one message, so that a retry is handled once. */
const key = z.string().min(1).max(100).nullish().describe('Of the caller’s; a retry with it is handled once');

export const ChatMessage = z.object({
  text: z
    .string()
    .max(LONGEST)
    .meta({ examples: ['泉州牵头企业营收要多少？'] }),
  key,
  asOf: asOf.nullish(),
  policy: z.string().max(200).nullish().describe('Restrict to this document'),
});

export const ChatInterview = z.object({
  text: z
    .string()
    .max(LONGEST)
    .nullish()
    .describe('Answers the question of a running interview; absent: begins one'),
  key,
  subject: Subject.nullish(),
  policies: z.array(z.string().max(200)).max(50).nullish(),
  facts: FactsGiven.nullish().describe('Known already, not asked again'),
  asOf: asOf.nullish(),
});

export const InterviewView = z.object({
  active: z.boolean().describe('Whether the next message answers it'),
  settled: z.boolean().describe('Whether nothing unknown could change the outcome'),
  progress: z.object({ answered: z.number().int(), canMatter: z.number().int() }).nullable(),
  report: z.boolean().describe('Whether GET /api/chats/:id/report has something to give'),
});

export const ChatTurn = z.discriminatedUnion('role', [
  z.object({ role: z.literal('user'), at: z.string(), text: z.string() }),
  z.object({
    role: z.literal('assistant'),
    at: z.string(),
    answer: Answer,
    interview: InterviewView.nullable(),
  }),
]);

export const ChatView = z.object({
  id: z.string(),
  turns: z.array(ChatTurn).describe('Oldest first'),
  suggestions: z.array(Suggestion).describe('The buttons that are pending'),
  interview: InterviewView.nullable(),
});

export const ChatReply = z.object({
  answer: Answer,
  interview: InterviewView.nullable(),
  suggestions: z.array(Suggestion),
  duplicate: z.boolean().describe('Whether this message had been handled before; nothing was asked again'),
  wants: z.literal('report').optional().describe('The person asked for GET /api/chats/:id/report'),
});

export const Forgotten = z.object({
  forgotten: z.record(z.string(), z.number().int()).describe('How many rows of each kind are gone'),
});
