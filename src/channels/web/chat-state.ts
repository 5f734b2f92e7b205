import { z } from 'zod';
import type { InterviewState } from '../../assistant/interviewer.js';
import type { Answer, Turn } from '../../assistant/types.js';

/** The version that a chat of the page is written with. */
const VERSION = 1;

/** Turns that are remembered; the oldest of a longer chat are left. */
const LONGEST = 400;

export type Suggestion = Answer['suggestions'][number];

const progress = z.object({ answered: z.number(), canMatter: z.number() }).nullable();
const said = { at: z.string(), text: z.string() };

const schema = z.object({
  version: z.literal(VERSION),
  turns: z.array(
    z.discriminatedUnion('role', [
      /** `key` is the caller's, by which a retry is known. */
      z.object({ role: z.literal('user'), ...said, key: z.string().nullable() }),
      /** `answer` is the id under which the whole answer is kept. */
      z.object({
        role: z.literal('assistant'),
        ...said,
        answer: z.string(),
        interview: z
          .object({ active: z.boolean(), settled: z.boolean(), progress, report: z.boolean() })
          .nullable(),
      }),
    ]),
  ),
  suggestions: z.array(z.object({ label: z.string(), send: z.string() })),
  /** Of the interviewer alone; null when none was begun. It stays after the user left, for the report. */
  interview: z.object({ state: z.unknown(), active: z.boolean() }).nullable(),
  /** What the conversation has established, in the contract's notation: an interview does not ask it again. */
  facts: z.record(z.string(), z.unknown()),
});

/** A chat as it is stored. The interview's own state is the interviewer's: nothing here looks into it. */
export interface ChatState extends z.infer<typeof schema> {
  interview: { state: InterviewState; active: boolean } | null;
}

export type ChatTurn = ChatState['turns'][number];
export type InterviewView = Extract<ChatTurn, { role: 'assistant' }>['interview'];

export const emptyChat = (): ChatState => ({
  version: VERSION,
  turns: [],
  suggestions: [],
  interview: null,
  facts: {},
});

/** A stored chat, read again. @returns null when it is of another version or none at all */
export function readChat(stored: unknown): ChatState | null {
  const read = schema.safeParse(stored);
  return read.success ? (read.data as ChatState) : null;
}

/** What was said, for the assistant. */
export function historyOf(chat: ChatState): Turn[] {
  return chat.turns.map(({ role, text }) => ({ role, text }));
}

/** The id of the answer that a message with this key was given; null when it is new. */
export function answeredBefore(chat: ChatState, key: string): string | null {
  const at = chat.turns.findIndex((turn) => turn.role === 'user' && turn.key === key);
  const next = at < 0 ? undefined : chat.turns[at + 1];
  return next?.role === 'assistant' ? next.answer : null;
}

/** One exchange more. */
export interface Exchange {
  text: string;
  key: string | null;
  at: string;
  answer: Answer;
  interview: InterviewView;
  /** The interview's state after it; undefined leaves it as it was. */
  state?: ChatState['interview'];
}

/** The chat after an exchange. */
export function withExchange(chat: ChatState, x: Exchange): ChatState {
  const turns: ChatTurn[] = [
    ...chat.turns,
    { role: 'user', at: x.at, text: x.text, key: x.key },
    { role: 'assistant', at: x.at, text: x.answer.text, answer: x.answer.id, interview: x.interview },
  ];
  return {
    ...chat,
    turns: turns.slice(-LONGEST),
    suggestions: x.answer.suggestions,
    interview: x.state === undefined ? chat.interview : x.state,
    facts: x.answer.facts,
  };
}

/** How the latest interview of a chat stands; null when there was none. */
export function lastInterview(chat: ChatState): InterviewView {
  const turn = chat.turns.findLast((t) => t.role === 'assistant' && t.interview !== null);
  if (turn?.role !== 'assistant' || turn.interview === null) return null;
  return { ...turn.interview, active: chat.interview?.active ?? false };
}

/** An answer whose structure is gone: the words as they were sent. */
export function textOnly(id: string, question: string, text: string, at: string): Answer {
  return {
    id,
    question,
    asOf: at.slice(0, 10),
    intent: 'clarify',
    mode: 'offline',
    answered: true,
    text,
    blocks: [{ kind: 'para', text, cites: [] }],
    facts: {},
    verdicts: [],
    citations: [],
    next: null,
    suggestions: [],
  };
}
