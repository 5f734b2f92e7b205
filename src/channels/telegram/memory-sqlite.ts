import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Update } from 'grammy/types';
import type { Answer } from '../../assistant/types.js';
import type { Row } from './delivery.js';
import type { Memory } from './memory.js';
import { emptyState, readState } from './state.js';
import type { Work } from './work.js';

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS chats (key TEXT PRIMARY KEY, revision INTEGER NOT NULL, state TEXT NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS answers (id TEXT PRIMARY KEY, key TEXT NOT NULL, answer TEXT NOT NULL, trace TEXT, at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS answers_of ON answers (key);
  CREATE INDEX IF NOT EXISTS answers_at ON answers (at);
  CREATE TABLE IF NOT EXISTS inbox (id INTEGER PRIMARY KEY, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS handled (id INTEGER PRIMARY KEY, at INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, body TEXT NOT NULL);
  CREATE INDEX IF NOT EXISTS outbox_of ON outbox (key);
  CREATE TABLE IF NOT EXISTS unreachable (chat INTEGER PRIMARY KEY, at INTEGER NOT NULL);
`;

const DAY_MS = 86_400_000;
/** Telegram delivers an update again for at most a day. */
const HANDLED_KEPT_MS = 2 * DAY_MS;
/** Rows to be deleted are gathered for so long: a crash in between sends a reply twice at worst, and loses none. */
const GATHER_MS = 3;

/**
 * The memory in a SQLite file, durable with each commit (WAL, synchronous FULL). One process at a time may hold it.
 * Ids of updates are kept apart from the chats: they say nothing about a person.
 */
export class SqliteMemory implements Memory {
  readonly #db: Database.Database;
  readonly #run: Record<keyof ReturnType<typeof statements>, Database.Statement>;
  #gathered: { inbox: number[]; outbox: number[] } = { inbox: [], outbox: [] };
  #gathering: { done: Promise<void>; timer: NodeJS.Timeout; end: () => void } | null = null;

  /** @throws when the file cannot be opened or written */
  constructor(
    file: string,
    private readonly now: () => number = Date.now,
  ) {
    mkdirSync(dirname(file), { recursive: true });
    this.#db = new Database(file);
    this.#db.pragma('journal_mode = WAL');
    this.#db.pragma('synchronous = FULL');
    this.#db.pragma('busy_timeout = 5000');
    // What was deleted must not stay readable in the file.
    this.#db.pragma('secure_delete = ON');
    this.#db.exec(SCHEMA);
    this.#run = statements(this.#db);
  }

  readonly inbox = {
    put: async (updates: readonly Update[]): Promise<void> => {
      this.#db.transaction(() => {
        for (const update of updates)
          this.#run.take.run(update.update_id, JSON.stringify(update), update.update_id);
      })();
    },
    pending: async (): Promise<Update[]> =>
      (this.#run.pending.all() as { body: string }[]).map(({ body }) => JSON.parse(body) as Update),
    done: (update: Update): Promise<void> => this.#gather('inbox', update.update_id),
  };

  async load(key: string, update: number) {
    if (this.#run.isHandled.get(update)) return null;
    const row = this.#run.load.get(key) as { revision: number; state: string } | undefined;
    return row
      ? { state: readState(JSON.parse(row.state)), revision: row.revision }
      : { state: emptyState(), revision: 0 };
  }

  async save(work: Work): Promise<Row[] | 'duplicate' | 'conflict'> {
    const { key } = work.place;
    const at = this.now();
    const run = this.#run;
    return this.#db.transaction((): Row[] | 'duplicate' | 'conflict' => {
      if (run.handle.run(work.update, at).changes === 0) return 'duplicate';
      const row = run.load.get(key) as { revision: number } | undefined;
      if ((row?.revision ?? 0) !== work.revision) {
        run.unhandle.run(work.update);
        return 'conflict';
      }
      run.keep.run(key, work.revision + 1, JSON.stringify(work.state), at);
      for (const { answer, trace } of work.answers)
        run.answer.run(answer.id, key, JSON.stringify(answer), trace && JSON.stringify(trace), at);
      run.finish.run(work.update);
      run.find.run(work.place.chat);
      return work.outbox.map((out) => ({
        id: Number(run.queue.run(key, JSON.stringify(out)).lastInsertRowid),
        out,
      }));
    })();
  }

  async noteDraft(work: Work, message: number): Promise<void> {
    const { key } = work.place;
    const draft = { update: work.update, message };
    work.state = { ...work.state, draft };
    const row = this.#run.load.get(key) as { revision: number; state: string } | undefined;
    if ((row?.revision ?? 0) !== work.revision) return;
    const state = { ...(row ? readState(JSON.parse(row.state)) : emptyState()), draft };
    work.revision += 1;
    this.#run.keep.run(key, work.revision, JSON.stringify(state), this.now());
  }

  async forget(work: Work): Promise<Record<string, number>> {
    const { key } = work.place;
    work.revision = 0;
    const counts = this.#db.transaction(() => ({
      chats: this.#run.forgetChat.run(key).changes,
      answers: this.#run.forgetAnswers.run(key).changes,
      outbox: this.#run.forgetOutbox.run(key).changes,
    }))();
    this.#db.pragma('wal_checkpoint(TRUNCATE)');
    return counts;
  }

  async answer(key: string, id: string): Promise<Answer | null> {
    const row = this.#run.one.get(id, key) as { answer: string } | undefined;
    return row ? (JSON.parse(row.answer) as Answer) : null;
  }

  async unsent(): Promise<Row[]> {
    const rows = this.#run.unsent.all() as { id: number; body: string }[];
    return rows.map(({ id, body }) => ({ id, out: JSON.parse(body) as Row['out'] }));
  }

  sent({ id }: Row): Promise<void> {
    return this.#gather('outbox', Number(id));
  }

  async unreachable(chat: number): Promise<void> {
    this.#run.lose.run(chat, this.now());
  }

  /** Chats that refused what was sent to them and have not written since. */
  lost(): number[] {
    return (this.#run.lost.all() as { chat: number }[]).map(({ chat }) => chat);
  }

  /** Deletes chats that nobody used for so many days, and answers that are older. @returns rows deleted */
  expire(days: number): number {
    const before = this.now() - days * DAY_MS;
    return this.#db.transaction(
      () =>
        this.#run.oldChats.run(before).changes +
        this.#run.oldAnswers.run(before).changes +
        this.#run.oldHandled.run(this.now() - HANDLED_KEPT_MS).changes,
    )();
  }

  close(): void {
    this.#gathering?.end();
    this.#db.close();
  }

  /** One transaction for what ends within a few milliseconds. */
  #gather(kind: 'inbox' | 'outbox', id: number): Promise<void> {
    this.#gathered[kind].push(id);
    if (!this.#gathering) {
      let resolve!: () => void;
      const done = new Promise<void>((settle) => {
        resolve = settle;
      });
      const end = () => {
        clearTimeout(timer);
        this.#gathering = null;
        const { inbox, outbox } = this.#gathered;
        this.#gathered = { inbox: [], outbox: [] };
        this.#db.transaction(() => {
          for (const each of inbox) this.#run.finish.run(each);
          for (const each of outbox) this.#run.drop.run(each);
        })();
        resolve();
      };
      const timer = setTimeout(end, GATHER_MS);
      this.#gathering = { done, timer, end };
    }
    return this.#gathering.done;
  }
}

function statements(db: Database.Database) {
  return {
    take: db.prepare(
      'INSERT OR IGNORE INTO inbox (id, body) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM handled WHERE id = ?)',
    ),
    pending: db.prepare('SELECT body FROM inbox ORDER BY id'),
    finish: db.prepare('DELETE FROM inbox WHERE id = ?'),
    isHandled: db.prepare('SELECT 1 FROM handled WHERE id = ?'),
    handle: db.prepare('INSERT OR IGNORE INTO handled (id, at) VALUES (?, ?)'),
    unhandle: db.prepare('DELETE FROM handled WHERE id = ?'),
    load: db.prepare('SELECT revision, state FROM chats WHERE key = ?'),
    keep: db.prepare(
      'INSERT INTO chats (key, revision, state, at) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET revision = excluded.revision, state = excluded.state, at = excluded.at',
    ),
    answer: db.prepare('INSERT OR REPLACE INTO answers (id, key, answer, trace, at) VALUES (?, ?, ?, ?, ?)'),
    one: db.prepare('SELECT answer FROM answers WHERE id = ? AND key = ?'),
    queue: db.prepare('INSERT INTO outbox (key, body) VALUES (?, ?)'),
    unsent: db.prepare('SELECT id, body FROM outbox ORDER BY id'),
    drop: db.prepare('DELETE FROM outbox WHERE id = ?'),
    forgetChat: db.prepare('DELETE FROM chats WHERE key = ?'),
    forgetAnswers: db.prepare('DELETE FROM answers WHERE key = ?'),
    forgetOutbox: db.prepare('DELETE FROM outbox WHERE key = ?'),
    lose: db.prepare('INSERT OR REPLACE INTO unreachable (chat, at) VALUES (?, ?)'),
    find: db.prepare('DELETE FROM unreachable WHERE chat = ?'),
    lost: db.prepare('SELECT chat FROM unreachable'),
    oldChats: db.prepare('DELETE FROM chats WHERE at < ?'),
    oldAnswers: db.prepare('DELETE FROM answers WHERE at < ?'),
    oldHandled: db.prepare('DELETE FROM handled WHERE at < ?'),
  };
}
