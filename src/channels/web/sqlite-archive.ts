import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Answer, AskRequest, Trace } from '../../assistant/types.js';
import type {
  AnswerFilter,
  Archive,
  ChatCommit,
  ChatKeep,
  Decision,
  Feedback,
  FeedbackVerdict,
  Kept,
  KeptLine,
  KeptView,
  Review,
  SessionKeep,
  Span,
  UnansweredView,
} from './archive.js';

const VERSION = 1;
const SCHEMA = `
  CREATE TABLE chats (id TEXT PRIMARY KEY, revision INTEGER NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE updates (chat TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (chat, key)) WITHOUT ROWID;
  CREATE TABLE answers (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, chat TEXT, channel TEXT NOT NULL, at TEXT NOT NULL,
    answered INTEGER NOT NULL, question TEXT NOT NULL, ask TEXT NOT NULL, answer TEXT NOT NULL, trace TEXT);
  CREATE INDEX answers_at ON answers (at);
  CREATE INDEX answers_chat ON answers (chat) WHERE chat IS NOT NULL;
  CREATE TABLE feedback (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, answer TEXT NOT NULL, verdict TEXT NOT NULL, note TEXT,
    by TEXT NOT NULL, at TEXT NOT NULL, state TEXT, decision TEXT, decision_note TEXT, expected TEXT, decided_by TEXT, decided_at TEXT);
  CREATE INDEX feedback_answer ON feedback (answer);
  CREATE INDEX feedback_state ON feedback (state) WHERE state IS NOT NULL;
  CREATE TABLE sessions (hash TEXT PRIMARY KEY, name TEXT NOT NULL, until TEXT NOT NULL) WITHOUT ROWID;
`;

interface AnswerRow {
  id: string;
  channel: string;
  at: string;
  ask: string;
  answer: string;
  trace: string | null;
}

interface FeedbackRow extends Feedback {
  question: string;
  state: 'open' | 'done' | null;
  decision: Review['decision'];
  decision_note: string | null;
  expected: string | null;
}

/** The latest mark on an answer; a review is a mark that has a state. */
const REVIEW = 'SELECT f.*, a.question FROM feedback f JOIN answers a ON a.id = f.answer WHERE f.state';

/** The archive in a SQLite file, durable with each commit (WAL, synchronous FULL). Several processes may hold it. */
export class SqliteArchive implements Archive {
  readonly #db: Database.Database;
  readonly #cached = new Map<string, Database.Statement>();

  /** @throws Error when the file cannot be opened or written, or was written by a later version */
  constructor(
    file: string,
    private readonly now: () => Date = () => new Date(),
  ) {
    mkdirSync(dirname(file), { recursive: true });
    this.#db = new Database(file);
    chmodSync(file, 0o600);
    for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'busy_timeout = 5000'])
      this.#db.pragma(pragma);
    // What was deleted must not stay readable in the file.
    this.#db.pragma('secure_delete = ON');
    this.#db
      .transaction(() => {
        const version = this.#db.pragma('user_version', { simple: true }) as number;
        if (version > VERSION) throw new Error(`${file} was written by a later version of this program`);
        if (version === 0) this.#db.exec(SCHEMA);
        this.#db.pragma(`user_version = ${VERSION}`);
      })
      .immediate();
  }

  readonly chats: ChatKeep = {
    load: async (id) => {
      const row = this.#get<{ revision: number; state: string }>('SELECT * FROM chats WHERE id = ?', id);
      return row ? { revision: row.revision, state: JSON.parse(row.state) } : null;
    },
    commit: async (id, commit) => this.#db.transaction(() => this.#commit(id, commit)).immediate(),
    forget: async (id) => {
      const counts = this.#db
        .transaction(() => {
          const feedback = 'DELETE FROM feedback WHERE answer IN (SELECT id FROM answers WHERE chat = ?)';
          return {
            feedback: this.#run(feedback, id),
            answers: this.#run('DELETE FROM answers WHERE chat = ?', id),
            keys: this.#run('DELETE FROM updates WHERE chat = ?', id),
            chats: this.#run('DELETE FROM chats WHERE id = ?', id),
          };
        })
        .immediate();
      this.#db.pragma('wal_checkpoint(TRUNCATE)');
      return counts;
    },
    answers: async (ids) =>
      ids.map((id) => {
        const row = this.#get<{ answer: string }>('SELECT answer FROM answers WHERE id = ?', id);
        return row ? (JSON.parse(row.answer) as Answer) : null;
      }),
  };

  /** Sessions of staff, by the hash of their token. */
  readonly sessions: SessionKeep = {
    put: async (hash, name, until) => {
      this.#run('DELETE FROM sessions WHERE until <= ?', this.#at());
      this.#run('INSERT OR REPLACE INTO sessions VALUES (?, ?, ?)', hash, name, until.toISOString());
    },
    get: async (hash) => {
      const row = this.#get<{ name: string; until: string }>('SELECT * FROM sessions WHERE hash = ?', hash);
      return row ? { name: row.name, until: new Date(row.until) } : null;
    },
    delete: async (hash) => void this.#run('DELETE FROM sessions WHERE hash = ?', hash),
  };

  /** For /metrics. */
  readonly gauges = {
    sessions: async (): Promise<number> =>
      this.#get<{ n: number }>('SELECT count(*) AS n FROM sessions WHERE until > ?', this.#at())!.n,
  };

  #commit(id: string, { revision, state, update, answers = [] }: ChatCommit) {
    if (update !== undefined && this.#get('SELECT 1 FROM updates WHERE chat = ? AND key = ?', id, update))
      return 'duplicate';
    const row = this.#get<{ revision: number }>('SELECT revision FROM chats WHERE id = ?', id);
    if ((row?.revision ?? 0) !== revision) return 'conflict';
    const next = [id, revision + 1, JSON.stringify(state), this.#at()];
    this.#run('INSERT OR REPLACE INTO chats VALUES (?, ?, ?, ?)', ...next);
    if (update !== undefined) this.#run('INSERT INTO updates VALUES (?, ?)', id, update);
    for (const kept of answers) this.#put(kept, id);
    return 'saved';
  }

  async keep(kept: Kept): Promise<void> {
    this.#put(kept, null);
  }

  #put({ id, channel, ask, answer, trace }: Kept, chat: string | null): void {
    this.#run(
      `INSERT INTO answers (id, chat, channel, at, answered, question, ask, answer, trace)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[id, chat, channel, this.#at(), answer.answered ? 1 : 0, ask.question.trim()],
      ...[JSON.stringify(ask), JSON.stringify(answer), trace && JSON.stringify(trace)],
    );
  }

  async answer(id: string): Promise<KeptView | null> {
    const row = this.#get<AnswerRow>('SELECT * FROM answers WHERE id = ?', id);
    if (!row) return null;
    const trace = row.trace === null ? null : (JSON.parse(row.trace) as Trace);
    const feedback = this.#all<Feedback>(
      'SELECT id, answer, verdict, note, at FROM feedback WHERE answer = ? ORDER BY seq',
      id,
    );
    return { ...keptOf(row), trace, feedback };
  }

  async list({ from, to, answered, channel, limit }: AnswerFilter): Promise<KeptLine[]> {
    const rows = this.#all<AnswerRow & { feedback: FeedbackVerdict | null }>(
      `SELECT a.id, a.channel, a.at, a.ask, a.answer,
         (SELECT f.verdict FROM feedback f WHERE f.answer = a.id ORDER BY f.seq DESC LIMIT 1) AS feedback
       FROM answers a WHERE a.at >= ? AND a.at < ? AND a.answered = ifnull(?, a.answered)
         AND a.channel = ifnull(?, a.channel) ORDER BY a.seq DESC LIMIT ?`,
      ...[from.toISOString(), to.toISOString()],
      ...[answered === undefined ? null : Number(answered), channel ?? null, limit],
    );
    return rows.map((row) => ({ ...keptOf(row), feedback: row.feedback }));
  }

  async feedback(answer: string, verdict: FeedbackVerdict, note: string | null, by: string) {
    if (!this.#get('SELECT 1 FROM answers WHERE id = ?', answer)) return null;
    const feedback: Feedback = { id: randomUUID(), answer, verdict, note, at: this.#at() };
    const state = verdict === 'good' ? null : 'open';
    this.#run(
      'INSERT INTO feedback (id, answer, verdict, note, at, by, state) VALUES (?, ?, ?, ?, ?, ?, ?)',
      ...Object.values(feedback),
      by,
      state,
    );
    return feedback;
  }

  async reviews(state?: 'open' | 'done'): Promise<Review[]> {
    const all = `${REVIEW} IS NOT NULL AND f.state = ifnull(?, f.state) ORDER BY f.seq`;
    return this.#all<FeedbackRow>(all, state ?? null).map(reviewOf);
  }

  async decide(id: string, { decision, note, expected, by }: Decision): Promise<Review | null> {
    const set = `UPDATE feedback SET state = 'done', decision = ?, decision_note = ?, expected = ?, decided_by = ?, decided_at = ?`;
    this.#run(`${set} WHERE id = ? AND state IS NOT NULL`, decision, note, expected, by, this.#at(), id);
    const row = this.#get<FeedbackRow>(`${REVIEW} IS NOT NULL AND f.id = ?`, id);
    return row ? reviewOf(row) : null;
  }

  async unanswered({ from, to }: Span): Promise<UnansweredView> {
    // SQLite takes the bare columns from the row that has the maximum.
    const items = this.#all<UnansweredView['items'][number] & { seq: number }>(
      `SELECT question, count(*) AS count, at AS last, id AS answer, max(seq) AS seq FROM answers
       WHERE answered = 0 AND at >= ? AND at < ? GROUP BY question ORDER BY count DESC, seq DESC`,
      from.toISOString(),
      to.toISOString(),
    ).map(({ seq: _, ...item }) => item);
    return { total: items.reduce((sum, item) => sum + item.count, 0), items };
  }

  async health(): Promise<string> {
    try {
      // A write that changes nothing: a full disk and a lost file are noticed too.
      this.#run('DELETE FROM sessions WHERE until <= ?', this.#at());
      return 'ok';
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** Deletes chats that nobody used for so many days, and answers that are older. @returns rows deleted */
  expire(days: number): number {
    const before = new Date(this.now().getTime() - days * 86_400_000).toISOString();
    return this.#db
      .transaction(
        () =>
          this.#run('DELETE FROM feedback WHERE answer IN (SELECT id FROM answers WHERE at < ?)', before) +
          this.#run('DELETE FROM answers WHERE at < ?', before) +
          this.#run('DELETE FROM updates WHERE chat IN (SELECT id FROM chats WHERE at < ?)', before) +
          this.#run('DELETE FROM chats WHERE at < ?', before),
      )
      .immediate();
  }

  close(): void {
    this.#db.close();
  }

  #at(): string {
    return this.now().toISOString();
  }

  #prepare(sql: string): Database.Statement {
    let statement = this.#cached.get(sql);
    if (!statement) {
      statement = this.#db.prepare(sql);
      this.#cached.set(sql, statement);
    }
    return statement;
  }

  #get<T>(sql: string, ...values: unknown[]): T | undefined {
    return this.#prepare(sql).get(...values) as T | undefined;
  }

  #all<T>(sql: string, ...values: unknown[]): T[] {
    return this.#prepare(sql).all(...values) as T[];
  }

  /** @returns how many rows it changed */
  #run(sql: string, ...values: unknown[]): number {
    return this.#prepare(sql).run(...values).changes;
  }
}

function keptOf({ id, channel, at, ask, answer }: AnswerRow) {
  return { id, channel, at, ask: JSON.parse(ask) as AskRequest, answer: JSON.parse(answer) as Answer };
}

function reviewOf(row: FeedbackRow): Review {
  const { id, answer, question, verdict, note, at, state, decision, decision_note, expected } = row;
  return {
    ...{ id, answer, question, verdict, note, at },
    ...{ state: state!, decision, decisionNote: decision_note, expected },
  };
}
