import { join } from 'node:path';
import { Kysely, sql } from 'kysely';
import { answers } from './answers.js';
import { Base } from './base.js';
import { chats } from './chats.js';
import type { Opened } from './engine.js';
import { StoreError, storeError } from './errors.js';
import { inbox, outbox } from './mail.js';
import { migrate, pending } from './migrate.js';
import { rates } from './rates.js';
import { reviews } from './reviews.js';
import type { Tables } from './schema.js';
import type { SharedWork } from './shared.js';
import { budgets, sessions } from './staff.js';
import { beginClock, sweep } from './sweep.js';
import type { Store, StoreOptions } from './types.js';

export { StoreError, type StoreFault } from './errors.js';
export type * from './types.js';

/** Name of the SQLite database in DATA_DIR. */
export const DATABASE = 'wence.db';

const BUSY_MS = 2_000;
const CONNECTIONS = 10;
const PATIENCE_MS = 30_000;

/**
 * Opens the store and brings its tables forward to this version. SQLite: `wence.db` in `dataDir`, for one process at a time.
 * @throws StoreError, also when another process holds the folder (`locked`) or a later version wrote the data (`newer`)
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  const base = await openBase(options);
  if (!options.databaseUrl || options.readOnly) return storeOver(base);
  const { SharedWork } = await import('./shared.js');
  const { patienceMs = PATIENCE_MS, log = () => {} } = options;
  return storeOver(base, new SharedWork(base, { url: options.databaseUrl, patienceMs, log }));
}

/** The connection with its tables in order, for the store and for what copies it whole. */
export async function openBase(options: StoreOptions): Promise<Base> {
  const { databaseUrl, log = () => {}, now = () => new Date(), readOnly = false } = options;
  const busyMs = options.busyMs ?? BUSY_MS;
  let opened: Opened;
  if (databaseUrl) {
    const { openPostgres } = await import('./postgres.js');
    const connections = options.connections ?? CONNECTIONS;
    const { patienceMs = PATIENCE_MS } = options;
    opened = openPostgres({ url: databaseUrl, readOnly, busyMs, connections, patienceMs, log });
  } else {
    const { openSqlite } = await import('./sqlite.js');
    opened = openSqlite({ file: join(options.dataDir, DATABASE), readOnly, busyMs });
  }
  const db = new Kysely<Tables>({ dialect: opened.dialect });
  const base = new Base(opened, db, now);
  try {
    const bare = db as unknown as Kysely<unknown>;
    if (readOnly) {
      const steps = await pending(bare, opened);
      if (steps.length > 0) throw new StoreError('older', opened.where);
    } else {
      const steps = await migrate(bare, opened);
      base.floor = await base.run(() => beginClock(base));
      if (steps.length > 0) log(`store: ${opened.where} brought forward (${steps.join(', ')})`);
    }
    return base;
  } catch (error) {
    await base.close();
    throw storeError(error, opened);
  }
}

/**
 * Reads through a SQLite database for pages that are broken, which opening it does not show. PostgreSQL sees to its own.
 * @throws StoreError of kind damaged
 */
export async function checkWhole(base: Base): Promise<void> {
  if (base.opened.engine !== 'sqlite') return;
  const { rows } = await base.run((db) => sql<{ quick_check: string }>`pragma quick_check(1)`.execute(db));
  const said = rows[0]?.quick_check;
  if (said !== 'ok') throw new StoreError('damaged', base.opened.where, said?.split('\n')[0]);
}

/** The port over an open connection. */
export function storeOver(base: Base, shared: SharedWork | null = null): Store {
  return {
    engine: base.opened.engine,
    chats: chats(base),
    shared,
    inbox: inbox(base, shared),
    outbox: outbox(base),
    answers: answers(base),
    reviews: reviews(base),
    sessions: sessions(base),
    budgets: budgets(base),
    rates: rates(base),
    sweep: (retention) => sweep(base, retention),
    check: () =>
      base.atomic(async (trx) => {
        const row = { key: 'checked_at', value: base.at() };
        await trx
          .insertInto('meta')
          .values(row)
          .onConflict((on) => on.column('key').doUpdateSet({ value: row.value }))
          .execute();
      }),
    close: async () => {
      await shared?.close();
      await base.close();
    },
  };
}
