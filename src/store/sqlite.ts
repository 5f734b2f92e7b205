import { chmodSync, existsSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';
import { makeFolder } from '../folder.js';
import type { Opened } from './engine.js';
import { StoreError, type StoreFault, storeError } from './errors.js';

/** Kysely's dialect with transactions that take the write lock at their start, and migrations that are all or nothing. */
class DurableDialect extends SqliteDialect {
  constructor(
    config: SqliteDialectConfig,
    private readonly db: Database.Database,
  ) {
    super(config);
  }

  override createDriver(): Driver {
    const { db } = this;
    return new (class extends SqliteDriver {
      override async beginTransaction(connection: DatabaseConnection): Promise<void> {
        await connection.executeQuery(CompiledQuery.raw(db.readonly ? 'begin' : 'begin immediate'));
      }

      // A full disk ends the transaction by itself; a rollback of none would hide why.
      override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
        if (db.inTransaction) await super.rollbackTransaction(connection);
      }
    })({ database: db });
  }

  override createAdapter(): SqliteAdapter {
    return new (class extends SqliteAdapter {
      override get supportsTransactionalDdl(): boolean {
        return true;
      }
    })();
  }
}

/**
 * Opens the database: WAL, durable with each commit, one process at a time. The lock is SQLite's own, on a file
 * beside the database, so it goes with the process however that ends.
 * @throws StoreError of kind locked, unreachable, readonly, damaged, …
 */
export function openSqlite(options: { file: string; readOnly?: boolean; busyMs: number }): Opened {
  const where = options.file;
  const reader = { where, kindOf };
  let lock: Database.Database | null = null;
  try {
    if (!options.readOnly) {
      makeFolder(dirname(where));
      lock = takeLock(where);
    }
    const db = new Database(where, { readonly: options.readOnly ?? false, timeout: options.busyMs });
    if (!options.readOnly) {
      chmodSync(where, 0o600);
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      // What was deleted must not stay readable in the file.
      db.pragma('secure_delete = ON');
      db.pragma('journal_size_limit = 16777216');
    }
    const { ino, dev } = statSync(where);
    return {
      ...reader,
      engine: 'sqlite',
      present: () => {
        const now = statSync(where, { throwIfNoEntry: false });
        if (now?.ino !== ino || now.dev !== dev) throw new StoreError('moved', where);
      },
      dialect: new DurableDialect({ database: db }, db),
      passing: () => false,
      scrub: () => void db.pragma('wal_checkpoint(TRUNCATE)'),
      release: () => {
        if (db.open) db.close();
        lock?.close();
      },
    };
  } catch (error) {
    lock?.close();
    throw storeError(error, reader);
  }
}

/**
 * Takes a database that cannot be used out of the way, with what belongs to it, and keeps it under another name.
 * @returns that name
 * @throws StoreError of kind locked while a process uses it
 */
export function setAside(where: string, now = new Date()): string {
  const lock = takeLock(where);
  try {
    const name = `${where}.aside-${now.toISOString().replace(/[:.]/g, '-')}`;
    for (const part of ['-wal', '-shm', '']) {
      if (existsSync(where + part)) renameSync(where + part, name + part);
    }
    return name;
  } catch (error) {
    throw storeError(error, { where, kindOf });
  } finally {
    lock.close();
  }
}

/** Holds an exclusive transaction on a database of its own for as long as the process lives. */
function takeLock(where: string): Database.Database {
  const file = where.replace(/\.db$/, '.lock');
  const lock = new Database(file, { timeout: 0 });
  try {
    chmodSync(file, 0o600);
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (kindOf(error as { code?: unknown }) === 'busy') throw new StoreError('locked', where);
    throw error;
  }
}

function kindOf({ code }: { code?: unknown }): StoreFault | null {
  const text = String(code);
  if (/^SQLITE_(BUSY|LOCKED)/.test(text)) return 'busy';
  if (text.startsWith('SQLITE_FULL') || text === 'ENOSPC' || text === 'EDQUOT') return 'full';
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(text)) return 'damaged';
  if (text.startsWith('SQLITE_READONLY') || text === 'EROFS' || text === 'EACCES') return 'readonly';
  if (/^SQLITE_(CANTOPEN|IOERR|PERM|AUTH)/.test(text) || /^E[A-Z]+$/.test(text)) return 'unreachable';
  return null;
}
