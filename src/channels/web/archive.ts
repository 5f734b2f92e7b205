import type { Answer, AskRequest, Trace } from '../../assistant/types.js';

/** What the web server keeps, as it needs it; `store-archive.ts` puts it into the store, `memory-archive.ts` keeps it while the server runs. */

/** An answer with how it came about, as it was sent. */
export interface Kept {
  id: string;
  /** console, api, or web for a chat of the page. */
  channel: string;
  ask: AskRequest;
  answer: Answer;
  trace: Trace | null;
}

export interface StoredChat {
  revision: number;
  state: unknown;
}

/** A new state with all that belongs to it, kept in one transaction. */
export interface ChatCommit {
  /** Of the state that this one follows; 0 begins the chat. */
  revision: number;
  state: unknown;
  /** The message that led here, so that a retry is known on every server. */
  update?: string;
  answers?: readonly Kept[];
}

export interface ChatKeep {
  /** null when it was never begun, or forgotten. */
  load(id: string): Promise<StoredChat | null>;
  /** `conflict`: another server went on with the chat meanwhile; `duplicate`: this message was handled there. */
  commit(id: string, commit: ChatCommit): Promise<'saved' | 'duplicate' | 'conflict'>;
  /** Deletes all of it. @returns rows deleted, by kind */
  forget(id: string): Promise<Record<string, number>>;
  /** Kept answers of a chat by id, in the order given; null for one that is gone. */
  answers(id: string, answers: readonly string[]): Promise<(Answer | null)[]>;
}

/** A stretch of time, the end not in it. */
export interface Span {
  from: Date;
  to: Date;
}

export type FeedbackVerdict = 'wrong' | 'missing' | 'good';

export interface Feedback {
  id: string;
  answer: string;
  verdict: FeedbackVerdict;
  note: string | null;
  at: string;
}

/** An answer as the replay shows it. */
export interface KeptView extends Kept {
  at: string;
  feedback: Feedback[];
}

/** An answer in a list, with the latest feedback on it. */
export interface KeptLine extends Omit<Kept, 'trace'> {
  at: string;
  feedback: FeedbackVerdict | null;
}

export interface AnswerFilter extends Span {
  answered?: boolean;
  channel?: string;
  limit: number;
}

export interface Review {
  id: string;
  answer: string;
  question: string;
  verdict: FeedbackVerdict;
  note: string | null;
  at: string;
  state: 'open' | 'done';
  decision: 'confirmed' | 'rejected' | null;
  decisionNote: string | null;
  expected: string | null;
}

export interface Decision {
  decision: 'confirmed' | 'rejected';
  note: string | null;
  expected: string | null;
  /** Name of the one who decided. */
  by: string;
}

/** Questions that the documents did not answer, the same words counted together. */
export interface UnansweredView {
  total: number;
  items: { question: string; count: number; last: string; answer: string }[];
}

/** All that the web server keeps and looks up. */
export interface Archive {
  readonly chats: ChatKeep;
  /** Keeps an answer that was not given in a chat. */
  keep(kept: Kept): Promise<void>;
  /** null when there is none, or it is no longer kept. */
  answer(id: string): Promise<KeptView | null>;
  /** Newest first. */
  list(filter: AnswerFilter): Promise<KeptLine[]>;
  /** null when there is no such answer. `wrong` and `missing` join the review queue. */
  feedback(
    answer: string,
    verdict: FeedbackVerdict,
    note: string | null,
    by: string,
  ): Promise<Feedback | null>;
  /** Oldest first. */
  reviews(state?: 'open' | 'done'): Promise<Review[]>;
  /** null when there is no such review. */
  decide(id: string, decision: Decision): Promise<Review | null>;
  /** Confirmed reviews as evaluation cases in the format of eval/questions, a JSON document a line. */
  cases(): Promise<string>;
  /** Most frequent first. */
  unanswered(span: Span): Promise<UnansweredView>;
  /** "ok", or what is wrong. */
  health(): Promise<string>;
}

/** Where sessions are kept: by the hash of their token, so that whoever reads the store cannot use one. */
export interface SessionKeep {
  /** @param until when it ends */
  put(hash: string, name: string, until: Date): Promise<void>;
  /** null when there is none; it may have ended. */
  get(hash: string): Promise<{ name: string; until: Date } | null>;
  delete(hash: string): Promise<void>;
}

/** All that a server keeps, and what /metrics shows of it. */
export interface Keeping {
  archive: Archive;
  sessions: SessionKeep;
  gauges: { outbox?(): Promise<number>; aside?(): Promise<number>; sessions?(): Promise<number> };
}
