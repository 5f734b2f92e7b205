/**
 * The store: everything that must outlive the process, behind one port with two engines (SQLite in DATA_DIR, PostgreSQL by
 * DATABASE_URL). Every method rejects with a `StoreError` (see errors.ts) and with nothing else; after one, nothing of the
 * call has happened, save where a connection broke while it was being confirmed (`unreachable`): then repeat the call, for a
 * commit that did get through answers `duplicate`.
 *
 * - A **chat key** says channel and place: `telegram:<chat>[:<thread>[:<person>]]`, `web:<uuid>`.
 * - An **update id** is unique in the whole store and stays when a chat is forgotten, so that nothing is handled twice: it
 *   should say nothing about a person, such as `telegram:<update_id>`, or a hash.
 * - States, answers, traces and payloads are plain JSON; the store keeps what it is given and looks into none of it.
 * - Moments are ISO 8601 in UTC with milliseconds (`2026-11-21T10:40:00.000Z`), by the store's clock.
 */
export interface Store {
  readonly engine: 'sqlite' | 'postgres';
  readonly chats: Chats;
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly answers: Answers;
  readonly reviews: Reviews;
  readonly sessions: Sessions;
  readonly budgets: Budgets;
  readonly rates: Rates;
  /** Work shared with other processes on the same database; null on SQLite, which one process has to itself. */
  readonly shared: Shared | null;
  /** Deletes what was kept for long enough. Safe to call at any time, from any number of processes. */
  sweep(retention: Retention): Promise<Swept>;
  /** Reads and writes a little. Resolves when the store can be used. @throws StoreError saying why not */
  check(): Promise<void>;
  /** Ends what is running and lets go of the database. The store is of no use afterwards; a second call does nothing. */
  close(): Promise<void>;
}

export interface Chats {
  /** null when the chat was never begun, or was forgotten: its revision is then 0. */
  load(key: string): Promise<StoredChat | null>;
  /** Whether an update was handled, by any process. */
  handled(update: string): Promise<boolean>;
  /**
   * Saves the new state with all that belongs to it, all or nothing and durably; the revision is then one higher.
   * - `duplicate`: the update was handled before. Nothing was changed, and nothing is to be done.
   * - `conflict`: the chat went on meanwhile. Load it again and do the work anew.
   */
  commit(key: string, commit: Commit): Promise<'saved' | 'duplicate' | 'conflict'>;
  /**
   * Deletes everything of a chat at once: state, answers with what staff noted on them, replies not sent, messages not
   * handled. Its update ids stay, without the chat and without content. In SQLite the deleted bytes are overwritten.
   * @returns rows deleted of each kind, as proof; all 0 when there was nothing
   */
  forget(key: string): Promise<Forgotten>;
}

export interface StoredChat {
  revision: number;
  state: unknown;
  updatedAt: string;
}

export interface Commit {
  /** Of the state that this one follows; 0 begins the chat. */
  revision: number;
  /** Plain JSON with a `version` of its own, so that its owner can read an older one. */
  state: unknown;
  /** The update that led here; it counts as handled from now on, and leaves the inbox. */
  update?: string;
  answers?: readonly NewAnswer[];
  outbox?: readonly NewReply[];
}

export type Forgotten = Record<'chats' | 'answers' | 'feedback' | 'outbox' | 'inbox', number>;

/** A reply that is to be sent once the state behind it is safe. */
export interface NewReply {
  /** Unique; give one (a random UUID) to send and tick off the reply without reading the outbox. */
  id?: string;
  channel: string;
  payload: unknown;
}

export interface Reply {
  id: string;
  chat: string;
  channel: string;
  payload: unknown;
  createdAt: string;
}

export interface Outbox {
  /**
   * Replies that were saved and not ticked off, oldest first (a chat's in the order of its commits).
   * @param limit all when absent
   */
  pending(channel: string, limit?: number): Promise<Reply[]>;
  /** They were sent, or never can be: deletes them. Ids that are gone already do no harm. */
  done(...ids: string[]): Promise<void>;
  count(channel?: string): Promise<number>;
}

/** A message as it came in, kept before its sender is told that it arrived. */
export interface NewUpdate {
  /** Unique in the whole store. */
  id: string;
  chat: string;
  channel: string;
  payload: unknown;
}

export interface InboxUpdate extends NewUpdate {
  receivedAt: string;
  /** Attempts counted so far. */
  attempts: number;
  /** What the last counted attempt ended with. */
  error: string | null;
}

export interface Inbox {
  /** Keeps those that are neither kept, handled nor set aside. Durable when it resolves. @returns ids of those kept now */
  put(updates: readonly NewUpdate[]): Promise<string[]>;
  /** What was kept and not handled, oldest first. @param limit all when absent */
  pending(channel: string, limit?: number): Promise<InboxUpdate[]>;
  /** Was handled without a commit: counts as handled and leaves the inbox. */
  done(...ids: string[]): Promise<void>;
  /**
   * Counts an attempt durably; call it before working on an update that a process left behind, and after a failure.
   * Beyond `most` attempts the update is set aside: it leaves the inbox, counts as handled, and its chat goes on.
   * @param error what the failed attempt said, without personal figures
   * @returns `try` it, it is `aside` now, or it is `gone` (handled, or never kept)
   */
  attempt(id: string, options: { most: number; error?: string }): Promise<'try' | 'aside' | 'gone'>;
  /** What was set aside, oldest first. */
  aside(): Promise<(InboxUpdate & { asideAt: string })[]>;
  /** Puts an update that was set aside back, with no attempts counted. @returns false when there is none */
  retry(id: string): Promise<boolean>;
}

export interface NewAnswer {
  id: string;
  /** `telegram`, `web`, `console`, `api`, … */
  channel: string;
  question: string;
  /** The day it was answered for, YYYY-MM-DD. */
  asOf: string;
  answered: boolean;
  /** The request as it was asked, where more than the question matters. */
  request?: unknown;
  answer: unknown;
  /** How it came about. */
  trace?: unknown;
}

export interface StoredAnswer extends Required<NewAnswer> {
  /** null for an answer that was not given in a chat. */
  chat: string | null;
  askedAt: string;
  /** Oldest first. */
  feedback: Feedback[];
}

/** An answer in a list: without its trace, with the latest verdict on it. */
export interface AnswerLine extends Omit<StoredAnswer, 'trace' | 'feedback'> {
  feedback: FeedbackVerdict | null;
}

/** A stretch of time, the end not in it. */
export interface Span {
  from: Date;
  to: Date;
}

export interface AnswerFilter extends Span {
  answered?: boolean;
  channel?: string;
  chat?: string;
  /** 100 when absent. */
  limit?: number;
}

/** Questions that the documents did not answer, the same words counted together. */
export interface Unanswered {
  total: number;
  /** Most frequent first, then latest first; `answer` is the latest of them. */
  items: { question: string; count: number; last: string; answer: string }[];
}

export interface Answers {
  /** Keeps an answer that was not given in a chat. One with an id that is kept already is left as it was. */
  keep(answer: NewAnswer): Promise<void>;
  /** null when there is none, or it is no longer kept. */
  get(id: string): Promise<StoredAnswer | null>;
  /** Newest first. */
  list(filter: AnswerFilter): Promise<AnswerLine[]>;
  /** Answers that say that the documents do not. */
  unanswered(span: Span & { channel?: string; limit?: number }): Promise<Unanswered>;
}

export type FeedbackVerdict = 'wrong' | 'missing' | 'good';

export interface Feedback {
  id: string;
  answer: string;
  verdict: FeedbackVerdict;
  note: string | null;
  /** Name of who gave it. */
  by: string;
  at: string;
}

/** Feedback that somebody must look at: `wrong` and `missing`. */
export interface Review extends Feedback {
  question: string;
  asOf: string;
  state: 'open' | 'done';
  decision: 'confirmed' | 'rejected' | null;
  decisionNote: string | null;
  /** What a right answer says, in the reviewer's words. */
  expected: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
}

export interface Decision {
  decision: 'confirmed' | 'rejected';
  note: string | null;
  expected: string | null;
  by: string;
}

export interface Reviews {
  /** null when there is no such answer. `wrong` and `missing` join the queue. */
  add(
    answer: string,
    feedback: { verdict: FeedbackVerdict; note: string | null; by: string },
  ): Promise<Feedback | null>;
  /** Oldest first; open and done when absent. */
  list(state?: 'open' | 'done'): Promise<Review[]>;
  /** null when there is no such review. Deciding again replaces the decision. */
  decide(id: string, decision: Decision): Promise<Review | null>;
  /**
   * Confirmed reviews as evaluation cases, one JSON object a line in the format of eval/questions; `gold` holds what the
   * answer said, to be corrected by hand where `review.expected` says otherwise. Chats' histories are not in it.
   */
  cases(): Promise<string>;
}

/** Staff sessions, by the hash of their token: whoever reads the store cannot use one. */
export interface Sessions {
  put(hash: string, session: { name: string; until: Date }): Promise<void>;
  /** null when there is none, or it has ended. */
  get(hash: string): Promise<{ name: string; until: Date; createdAt: string } | null>;
  delete(hash: string): Promise<void>;
  /** That have not ended. */
  count(): Promise<number>;
}

/** Amounts a day, shared by all processes: tokens of a model, questions of a visitor. */
export interface Budgets {
  /**
   * Takes `amount` (a whole number from 0) off the day's `limit`, wholly or not at all.
   * @param day YYYY-MM-DD
   */
  spend(day: string, key: string, amount: number, limit: number): Promise<{ ok: boolean; used: number }>;
  used(day: string, key: string): Promise<number>;
}

/**
 * Several processes on one PostgreSQL. What comes into the inbox is queued (pg-boss, in the same transaction), any process takes
 * it, and a chat belongs to one of them while it is worked on, so that its order is kept and its replies are sent by one.
 */
export interface Shared {
  /** Begins to take work of a channel; resolves at once and begins when PostgreSQL is there. */
  work(channel: string, visit: (visit: Visit) => Promise<void>, options?: WorkOptions): Worker;
  /**
   * Has a task done about every so often by one of the processes, the first time soon, whichever is up.
   * @param everyMs from a second to 12 hours
   */
  task(name: string, everyMs: number, task: () => Promise<void>): Worker;
}

export interface WorkOptions {
  /** Chats worked on at once; 32 when absent. */
  most?: number;
  /** How often to look for work that nobody told of, milliseconds; 1000 when absent. */
  lookMs?: number;
  /** How often what was left lying is put back, by one process for all, milliseconds; 10000 when absent. */
  leftMs?: number;
}

export interface Worker {
  /** Takes nothing more and resolves when what was begun has settled. */
  stop(): Promise<void>;
}

/** A chat that is this process's own until the visit settles. */
export interface Visit {
  chat: string;
  /** Replies that another process, or this one before a fault, saved and did not send; oldest first. */
  replies: Reply[];
  /** The first update that was not handled, in the order of ids that end in a number; null where only replies were left. */
  update: InboxUpdate | null;
  /** The update was begun before and not brought to an end: count an attempt (`inbox.attempt`) before trying it again. */
  again: boolean;
  /** Aborted when the chat is no longer this process's own: begin nothing more. */
  lost: AbortSignal;
}

/** How often something happened lately, counted for all processes together. */
export interface Rates {
  /**
   * Counts one hit; a stretch of time begins with the first hit after the last one ended.
   * @param key kept as a hash, so that an address or a chat cannot be read from it
   * @param windowMs length of a stretch, milliseconds
   * @returns hits in this stretch, this one included, and when it ends, in milliseconds from now
   */
  hit(key: string, windowMs: number): Promise<{ hits: number; endsInMs: number }>;
}

/** How long things are kept, in days of 24 hours since they were last touched. */
export interface Retention {
  /** Chats nobody used for so long, with all that belongs to them. */
  chatsOlderThanDays: number;
  /** Answers, with the feedback on them; `chatsOlderThanDays` when absent. */
  answersOlderThanDays?: number;
  /** Ids of handled updates (3 when absent; the 10,000 latest stay in any case), and what was set aside (30). */
  updatesOlderThanDays?: number;
  asideOlderThanDays?: number;
  /** 30 when absent. */
  budgetsOlderThanDays?: number;
}

export interface Swept {
  /** Rows deleted, by table. */
  deleted: Record<string, number>;
  /**
   * The clock is more than a week away from that of the sweep before (of the first opening, when there was none), so
   * nothing was deleted by age: a clock that is wrong once must not delete what is kept. The next sweep takes the new time
   * as right, so call it every few hours.
   */
  postponed: boolean;
}

export interface StoreOptions {
  /** Folder of the SQLite database (`wence.db`); made when absent. */
  dataDir: string;
  /** `postgres://…`; SQLite when null or absent. */
  databaseUrl?: string | null;
  /** Gets a line for what an operator should know; never a secret, never what a person wrote. */
  log?: (message: string) => void;
  now?: () => Date;
  /** Reads beside a process that is using the store; every write fails. */
  readOnly?: boolean;
  /** How long to wait for a database that others hold locked, milliseconds; 2000 when absent. */
  busyMs?: number;
  /** Connections to PostgreSQL; 10 when absent. */
  connections?: number;
  /** How long PostgreSQL may take for one answer before it counts as unreachable, milliseconds; 30000 when absent. */
  patienceMs?: number;
}
