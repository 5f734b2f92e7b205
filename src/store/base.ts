import { setImmediate } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import { InputError } from '../errors.js';
import type { Opened } from './engine.js';
import { StoreError, storeError } from './errors.js';
import { Grouped, Undone } from './group.js';
import type { Tables } from './schema.js';

const TRIES = 6;
const GOODBYE_MS = 3_000;

/** What every part of the store works with. Errors leave as StoreError, and a closing store waits for what runs. */
export class Base {
  readonly #running = new Set<Promise<unknown>>();
  readonly #grouped: Grouped;
  #closed = false;
  /** The latest moment that is known to be past: a clock that says less is wrong. */
  floor = '';

  constructor(
    readonly opened: Opened,
    readonly db: Kysely<Tables>,
    readonly now: () => Date,
  ) {
    this.#grouped = new Grouped(db, () => opened.present());
  }

  /** This moment, as it is stored: what is written under a clock set back must not look old once it is right again. */
  at(): string {
    const now = this.now().toISOString();
    return now < this.floor ? this.floor : now;
  }

  /** One query, or several that need not agree. */
  run<T>(work: (db: Kysely<Tables>) => Promise<T>): Promise<T> {
    return this.#track(() => work(this.db));
  }

  /** All or nothing, and durable when it resolves. `work` may run more than once. */
  atomic<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    // SQLite has one writer in any case: what comes at the same time goes together.
    if (this.opened.engine === 'sqlite') return this.#track(() => this.#grouped.run(work));
    return this.#track(async () => {
      for (let left = TRIES; ; left -= 1) {
        try {
          return await this.db.transaction().execute(work);
        } catch (error) {
          if (error instanceof Undone) return error.outcome;
          if (left <= 1 || !this.opened.passing(error)) throw error;
        }
      }
    });
  }

  /** As `atomic`, for work that cannot run a second time. */
  once<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#track(() => this.db.transaction().execute(work));
  }

  /** Reads that all see the same moment. */
  snapshot<T>(work: (trx: Transaction<Tables>) => Promise<T>): Promise<T> {
    return this.#track(() =>
      this.db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work),
    );
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.allSettled(this.#running);
    await soon(this.db.destroy());
    this.opened.release();
  }

  async #track<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new StoreError('closed', this.opened.where);
    const running = work();
    this.#running.add(running);
    try {
      const result = await running;
      // SQLite answers without ever waiting: one who asks again and again would keep timers and sockets from their turn.
      if (this.opened.engine === 'sqlite') await setImmediate();
      return result;
    } catch (error) {
      if (error instanceof InputError) throw error;
      throw storeError(error, this.opened);
    } finally {
      this.#running.delete(running);
    }
  }
}

/** Waits for a goodbye, but not for one that a broken line never brings; its faults do not matter any more. */
export async function soon(goodbye: Promise<unknown> | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, GOODBYE_MS);
  });
  await Promise.race([goodbye, enough]).catch(() => {});
  clearTimeout(timer);
}

/** A value as JSON text; absent is null. */
export const encode = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value);

export const decode = (text: string | null): unknown => (text === null ? null : JSON.parse(text));

/** Text as both engines can hold it: PostgreSQL takes no U+0000, and neither takes half a surrogate pair. */
export const clean = (text: string): string =>
  Buffer.from(text.replaceAll('\0', '\uFFFD'), 'utf8').toString('utf8');

/** Pieces that fit into one query. */
export function* pieces<T>(items: readonly T[], size = 500): Generator<T[]> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}
