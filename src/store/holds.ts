import pg from 'pg';
import { soon } from './base.js';
import { hangUp } from './postgres.js';

const CONNECT_MS = 5_000;
/** A process that says nothing for so long loses what it holds; it says something three times as often. */
const SILENT_MS = 30_000;

/**
 * What this process has to itself among several on one PostgreSQL: session locks of PostgreSQL on one connection. They go with
 * the session, however the process ends; a process that hangs loses its session (`idle_session_timeout`). No clock of ours
 * takes part, and no table. Behind a pooler the session must be the process's own.
 */
export class Holds {
  readonly #held = new Map<string, AbortController>();
  #client: Promise<pg.Client> | null = null;
  #beat: NodeJS.Timeout | null = null;
  #closed = false;
  /** A session takes one statement after the other. */
  #last: Promise<void> = Promise.resolve();

  /** @param onLoss called when the session ended and all was lost */
  constructor(
    private readonly url: string,
    /** Milliseconds that an answer may take. */
    private readonly patienceMs: number,
    private readonly onLoss: (why: string) => void,
  ) {}

  /** @returns aborted when it is lost; null: another process has it, or this one already. @throws when PostgreSQL is away */
  async take(key: string): Promise<AbortSignal | null> {
    if (this.#held.has(key)) return null;
    const mine = new AbortController();
    this.#held.set(key, mine);
    try {
      const [row] = await this.query<{ ok: boolean }>(
        'select pg_try_advisory_lock(hashtextextended($1, 0)) as ok',
        [`wence ${key}`],
      );
      // The session may have ended while it said so.
      if (row?.ok && !mine.signal.aborted) return mine.signal;
    } catch (error) {
      this.#forget(key, mine);
      throw error;
    }
    this.#forget(key, mine);
    return null;
  }

  async release(key: string): Promise<void> {
    const mine = this.#held.get(key);
    if (!mine) return;
    try {
      await this.query('select pg_advisory_unlock(hashtextextended($1, 0))', [`wence ${key}`]);
    } finally {
      this.#forget(key, mine);
    }
  }

  /** A statement on the session that holds: what it writes need not outlive a crash of PostgreSQL. */
  async query<T extends object>(text: string, values: unknown[]): Promise<T[]> {
    const client = await this.#connected();
    const asked = this.#last.then(() => client.query<T>(text, values));
    this.#last = asked.then(
      () => {},
      () => {},
    );
    try {
      return (await asked).rows;
    } catch (error) {
      hangUp(client, error);
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#beat) clearInterval(this.#beat);
    const client = await this.#client?.catch(() => null);
    await soon(client?.end());
  }

  #connected(): Promise<pg.Client> {
    if (this.#closed) return Promise.reject(new Error('connection terminated: the store is closing'));
    this.#client ??= this.#connect().catch((error: Error) => {
      this.#client = null;
      throw error;
    });
    return this.#client;
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: this.patienceMs,
      keepAlive: true,
      application_name: 'wence holds',
    });
    let lost = false;
    const lose = (why: string) => {
      if (lost) return;
      lost = true;
      this.#client = null;
      if (this.#beat) clearInterval(this.#beat);
      client.end().catch(() => {});
      const held = [...this.#held.values()];
      this.#held.clear();
      for (const each of held) each.abort();
      if (!this.#closed) this.onLoss(why);
    };
    client.on('error', (error) => lose(error.message));
    client.on('end', () => lose('the session ended'));
    await client.connect();
    await client.query('set synchronous_commit = off');
    // PostgreSQL 13 has no such setting; there a process that hangs keeps what it holds until it ends.
    await client.query(`set idle_session_timeout = ${SILENT_MS}`).catch(() => {});
    this.#beat = setInterval(() => {
      this.query('select 1', []).catch((error: Error) => lose(error.message));
    }, SILENT_MS / 3).unref();
    return client;
  }

  #forget(key: string, mine: AbortController): void {
    if (this.#held.get(key) === mine) this.#held.delete(key);
  }
}
