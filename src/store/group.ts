import { type Kysely, sql, type Transaction } from 'kysely';
import type { Tables } from './schema.js';

/** At most so many in one transaction, so that the process can turn to other things in between. */
const MOST = 64;

/** Thrown in `atomic` work: nothing of it is kept, and the value is its outcome. */
export class Undone<T> extends Error {
  constructor(readonly outcome: T) {
    super('undone');
  }
}

interface Job {
  work: (trx: Transaction<Tables>) => Promise<unknown>;
  settle: { resolve: (value: unknown) => void; reject: (error: unknown) => void };
}

/**
 * Lets what is asked for at the same time share one transaction, and so one wait for the disk. Each is still all or nothing
 * by itself (a savepoint each), and none is told of its success before all of it is on the disk.
 */
export class Grouped {
  #waiting: Job[] = [];
  #running = false;

  /** @param present throws where what was written just now is lost all the same */
  constructor(
    private readonly db: Kysely<Tables>,
    private readonly present: () => void = () => {},
  ) {}

  run<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ work, settle: { resolve: resolve as (value: unknown) => void, reject } });
      if (this.#running) return;
      this.#running = true;
      setImmediate(() => void this.#drain());
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      await this.#commit(this.#waiting.splice(0, MOST));
      // Whoever was answered may ask again, and others are heard in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#running = false;
  }

  async #commit(jobs: readonly Job[]): Promise<void> {
    try {
      const endings = await this.db.transaction().execute(async (trx) => {
        const done: (() => void)[] = [];
        for (const job of jobs) done.push(await one(trx, job));
        return done;
      });
      this.present();
      for (const ending of endings) ending();
    } catch (error) {
      // The disk is full, the database is locked: nothing of any of them was kept.
      for (const { settle } of jobs) settle.reject(error);
    }
  }
}

/** @returns tells its caller, once everything is on the disk */
async function one(trx: Transaction<Tables>, { work, settle }: Job): Promise<() => void> {
  await sql`savepoint one`.execute(trx);
  try {
    const value = await work(trx);
    await sql`release one`.execute(trx);
    return () => settle.resolve(value);
  } catch (error) {
    try {
      await sql`rollback to one`.execute(trx);
      await sql`release one`.execute(trx);
    } catch {
      // SQLite has ended the whole transaction by itself.
      throw error;
    }
    return () => (error instanceof Undone ? settle.resolve(error.outcome) : settle.reject(error));
  }
}
