import { type Kysely, type Migration, Migrator } from 'kysely';
import type { Opened } from './engine.js';
import { StoreError } from './errors.js';
import { migrations } from './schema.js';

/** Kysely's own record of what was run. */
export const LOG_TABLE = 'kysely_migration';

/**
 * Brings the tables forward to this version of the program, all or nothing.
 * @param steps the steps to know; those of schema.ts when absent
 * @throws StoreError `newer` where the database has steps that are not known, and then nothing was touched
 */
export async function migrate(
  db: Kysely<unknown>,
  opened: Opened,
  steps: Record<string, Migration> = migrations(opened.engine),
): Promise<string[]> {
  const missing = await pending(db, opened, steps);
  if (missing.length === 0) return [];
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => steps },
    // They are told apart by name. Their times prove nothing: a clock may have been wrong.
    allowUnorderedMigrations: true,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error;
  return (results ?? []).map((step) => step.migrationName);
}

/** The steps that the database has not had. @throws StoreError `newer` */
export async function pending(
  db: Kysely<unknown>,
  opened: Opened,
  steps: Record<string, Migration> = migrations(opened.engine),
): Promise<string[]> {
  const done = await history(db);
  const unknown = done.filter((name) => !(name in steps));
  if (unknown.length > 0) throw new StoreError('newer', opened.where, unknown.join(', '));
  return Object.keys(steps).filter((name) => !done.includes(name));
}

/** Names of the steps that were run; none for an empty database. */
async function history(db: Kysely<unknown>): Promise<string[]> {
  try {
    const rows = await (db as Kysely<Record<string, { name: string }>>)
      .selectFrom(LOG_TABLE)
      .select('name')
      .execute();
    return rows.map(({ name }) => name);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === '42P01' || message.startsWith('no such table')) return [];
    throw error;
  }
}
