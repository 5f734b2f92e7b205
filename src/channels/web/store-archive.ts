import { createHash } from 'node:crypto';
import type { Answer, AskRequest, Trace } from '../../assistant/types.js';
import type { NewAnswer, Store } from '../../store/types.js';
import type { Archive, ChatKeep, Keeping, Kept } from './archive.js';

/** Answers of a chat that are looked up at once: more than a chat remembers. */
const MOST_OF_A_CHAT = 1_000;
const QUESTION_KEPT = 4_000;
/** So long may the store take to say how it is. */
const HEALTH_MS = 2_000;
const EVER = { from: new Date(0), to: new Date('9999-01-01') };

/** The web server's archive in the project's store. */
export function openArchive(store: Store): Keeping {
  return {
    archive: archiveIn(store),
    sessions: {
      put: (hash, name, until) => store.sessions.put(hash, { name, until }),
      get: (hash) => store.sessions.get(hash),
      delete: (hash) => store.sessions.delete(hash),
    },
    gauges: {
      outbox: () => store.outbox.count(),
      aside: async () => (await store.inbox.aside()).length,
      sessions: () => store.sessions.count(),
    },
  };
}

function archiveIn(store: Store): Archive {
  return {
    chats: chatsIn(store),
    keep: (kept) => store.answers.keep(newAnswer(kept)),
    async answer(id) {
      const kept = await store.answers.get(id);
      if (!kept) return null;
      const { channel, askedAt: at, feedback } = kept;
      const answer = kept.answer as Answer;
      return {
        id,
        channel,
        at,
        answer,
        ask: askOf(kept),
        trace: (kept.trace as Trace | null) ?? null,
        feedback,
      };
    },
    async list(filter) {
      const lines = await store.answers.list(filter);
      return lines.map((line) => ({
        id: line.id,
        channel: line.channel,
        at: line.askedAt,
        ask: askOf(line),
        answer: line.answer as Answer,
        feedback: line.feedback,
      }));
    },
    feedback: (answer, verdict, note, by) => store.reviews.add(answer, { verdict, note, by }),
    reviews: (state) => store.reviews.list(state),
    decide: (id, decision) => store.reviews.decide(id, decision),
    cases: () => store.reviews.cases(),
    unanswered: (span) => store.answers.unanswered(span),
    health: () => {
      const said = store.check().then(
        () => 'ok',
        // The kind of fault; its message names files and addresses, and /readyz is for everybody.
        (error: { kind?: string }) => error.kind ?? 'failed',
      );
      return Promise.race([said, silence(said)]);
    },
  };
}

/** A database that hangs is out of reach to whoever asks, long before its connections are given up. */
function silence(said: Promise<string>): Promise<string> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('unreachable'), HEALTH_MS);
    void said.then(() => clearTimeout(timer));
  });
}

function chatsIn(store: Store): ChatKeep {
  return {
    load: (id) => store.chats.load(keyOf(id)),
    commit: (id, { revision, state, update, answers }) =>
      store.chats.commit(keyOf(id), {
        revision,
        state,
        ...(update === undefined ? {} : { update: updateOf(id, update) }),
        ...(answers ? { answers: answers.map(newAnswer) } : {}),
      }),
    forget: (id) => store.chats.forget(keyOf(id)),
    async answers(id, wanted) {
      const lines = await store.answers.list({ ...EVER, chat: keyOf(id), limit: MOST_OF_A_CHAT });
      const found = new Map(lines.map((line) => [line.id, line.answer as Answer]));
      return wanted.map((answer) => found.get(answer) ?? null);
    },
  };
}

const keyOf = (id: string): string => `web:${id}`;

/** A caller's key is its own in each chat. A hash, because it stays when the chat is forgotten. */
const updateOf = (id: string, key: string): string =>
  `web:${createHash('sha256').update(`${id} ${key}`).digest('base64url')}`;

function newAnswer({ id, channel, ask, answer, trace }: Kept): NewAnswer {
  const { asOf, answered } = answer;
  const request = { ...ask, question: inShort(ask.question) };
  const shown = { ...answer, question: inShort(answer.question) };
  return { id, channel, question: request.question.trim(), asOf, answered, request, answer: shown, trace };
}

/** What is kept of a question: twice what is read of one. A megabyte with each would fill the disk. */
function inShort(question: string): string {
  return question.length > QUESTION_KEPT ? `${question.slice(0, QUESTION_KEPT)}…` : question;
}

/** The request as it was asked; of other channels perhaps only the question is kept. */
function askOf({ question, request }: { question: string; request: unknown }): AskRequest {
  const asked = request as Partial<AskRequest> | null;
  return typeof asked?.question === 'string' ? (asked as AskRequest) : { ...asked, question };
}
