import { call, Fault, send, setCsrf } from './http.js';
import { readEvents } from './sse.js';
import type * as t from './types.js';

const part = encodeURIComponent;
const query = (values: Record<string, string | number | undefined>): string => {
  const given = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
};

// Documents
export const listPolicies = (asOf?: string, signal?: AbortSignal) =>
  call<t.PolicyView[]>(`/api/policies${query({ asOf })}`, { signal });
export const getDocument = (id: string, asOf?: string, signal?: AbortSignal) =>
  call<t.PolicyDocument>(`/api/policies/${part(id)}/document${query({ asOf })}`, { signal });
export const listRules = (policy: string, signal?: AbortSignal) =>
  call<t.Rule[]>(`/api/rules${query({ policy })}`, { signal });
export const getClause = (policy: string, clause: string, signal?: AbortSignal) =>
  call<t.ClauseHit>(`/api/clauses/${part(policy)}/${part(clause)}`, { signal });
export const search = (q: string, k: number, signal?: AbortSignal) =>
  call<{ query: string; hits: t.ClauseHit[] }>(`/api/search${query({ q, k })}`, { signal });
export const listFacts = (signal?: AbortSignal) => call<t.FactSpec[]>('/api/facts', { signal });

// Chats
export const beginChat = () => call<t.ChatView>('/api/chats', { body: {} });
export const getChat = (id: string, signal?: AbortSignal) =>
  call<t.ChatView>(`/api/chats/${part(id)}`, { signal });
export const forgetChat = (id: string) =>
  call<{ forgotten: Record<string, number> }>(`/api/chats/${part(id)}`, { method: 'DELETE' });

/**
 * Says something in a chat, or begins an interview in it, and follows the answer sentence by sentence.
 * The same `key` again, after a lost connection, gives the answer that was already given.
 * @throws Fault of status 0 when the connection broke before the answer came
 */
export async function say(
  chat: string,
  message: { kind: 'message'; text: string } | { kind: 'interview' },
  options: { key: string; onSentence: (text: string) => void; signal: AbortSignal },
): Promise<t.ChatReply> {
  const body = message.kind === 'message' ? { text: message.text, key: options.key } : { key: options.key };
  const path = `/api/chats/${part(chat)}/${message.kind === 'message' ? 'messages' : 'interview'}`;
  const response = await send(path, {
    body,
    signal: options.signal,
    headers: { accept: 'text/event-stream, application/json' },
  });
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('text/event-stream')) return (await response.json()) as t.ChatReply;
  try {
    for await (const { event, data } of readEvents(response.body!)) {
      if (event === 'sentence') options.onSentence((JSON.parse(data) as { text: string }).text);
      if (event === 'answer') return JSON.parse(data) as t.ChatReply;
      if (event === 'problem') {
        const problem = JSON.parse(data) as { status: number; detail: string; accepted?: string };
        throw new Fault(problem.status, problem.detail, problem.accepted ?? null);
      }
    }
  } catch (error) {
    if (error instanceof Fault || (error as Error).name === 'AbortError') throw error;
  }
  throw new Fault(0, '');
}

/** The interview's result as a file. @throws Fault */
export async function getReport(chat: string): Promise<{ name: string; blob: Blob }> {
  const response = await send(`/api/chats/${part(chat)}/report`);
  return { name: fileName(response.headers.get('content-disposition')), blob: await response.blob() };
}

/** The name in a content-disposition header; the RFC 5987 form, which may be Chinese, first. */
export function fileName(header: string | null): string {
  const long = /filename\*=UTF-8''([^;]+)/i.exec(header ?? '')?.[1];
  if (long) return decodeURIComponent(long);
  return /filename="?([^";]+)"?/i.exec(header ?? '')?.[1] ?? 'report.pdf';
}

// The console
export const getSession = async (signal?: AbortSignal) =>
  kept(await call<t.Session>('/api/staff/session', { signal }));
export const signIn = async (token: string) =>
  kept(await call<t.Session>('/api/staff/sign-in', { body: { token } }));
export const signOut = async () => kept(await call<t.Session>('/api/staff/sign-out', { body: {} }));
function kept(session: t.Session): t.Session {
  setCsrf(session.csrf);
  return session;
}

export const ask = (
  body: { question: string; history?: { role: 'user' | 'assistant'; text: string }[]; asOf?: string },
  signal?: AbortSignal,
) => call<t.Answer>('/api/ask', { body, signal, headers: { 'x-wence-page': 'console' } });
export const getVerdicts = (
  body: {
    facts?: Record<string, unknown>;
    text?: string;
    history?: { role: 'user' | 'assistant'; text: string }[];
    subject?: t.Subject;
    asOf?: string;
  },
  signal?: AbortSignal,
) => call<t.Verdicts>('/api/verdicts', { body, signal });
/** A matter across all cities; `answer.blocks` holds the table. @throws Fault of status 400 where the words name no such matter */
export const compare = (about: string, signal?: AbortSignal) =>
  call<{ about: string; answer: t.Answer }>(`/api/compare${query({ about })}`, { signal });
export const getAnswer = (id: string, signal?: AbortSignal) =>
  call<t.KeptAnswer>(`/api/answers/${part(id)}`, { signal });
export const getHistory = (signal?: AbortSignal) =>
  call<{ day: string; items: t.AnswerLine[] }>('/api/history', { signal });
export const markAnswer = (id: string, verdict: t.Mark, note: string) =>
  call<t.Feedback>(`/api/answers/${part(id)}/feedback`, { body: { verdict, ...(note ? { note } : {}) } });
export const listReviews = (state: 'open' | 'done', signal?: AbortSignal) =>
  call<{ items: t.Review[] }>(`/api/reviews${query({ state })}`, { signal });
export const decideReview = (body: {
  id: string;
  decision: 'confirmed' | 'rejected';
  note?: string;
  expected?: string;
}) => call<t.Review>('/api/reviews', { body });
export const exportReviews = async () => (await send('/api/reviews/export')).blob();
export const listUnanswered = (signal?: AbortSignal) => call<t.Unanswered>('/api/unanswered', { signal });
