import type { Transaction } from 'kysely';
import { type Base, pieces } from './base.js';
import { erase, eraseFeedback } from './chats.js';
import type { Tables } from './schema.js';
import type { Retention, Swept } from './types.js';

const DAY_MS = 86_400_000;
/** A step of the clock that could delete what was to be kept for longer. */
const SUSPICIOUS_MS = 7 * DAY_MS;
/** A clock that was wrong when they came in must not forget updates that may yet come again. */
const UPDATES_KEPT = 10_000;
const MARK = 'swept_at';
const FLOOR = 'clock_floor';

/** Notes when the store was begun, and reads which moment is past for certain. */
export async function beginClock({ db, now }: Base): Promise<string> {
  const value = now().toISOString();
  const rows = [MARK, FLOOR].map((key) => ({ key, value }));
  await db
    .insertInto('meta')
    .values(rows)
    .onConflict((on) => on.doNothing())
    .execute();
  const row = await db.selectFrom('meta').select('value').where('key', '=', FLOOR).executeTakeFirstOrThrow();
  return row.value;
}

/** Deletes by age; see `Store.sweep`. */
export async function sweep(base: Base, retention: Retention): Promise<Swept> {
  const now = base.now().getTime();
  const before = (days: number) => new Date(now - days * DAY_MS).toISOString();
  const { chatsOlderThanDays: days } = retention;
  const deleted: Record<string, number> = {};
  const count = (more: Record<string, number>) => {
    for (const [table, n] of Object.entries(more)) deleted[table] = (deleted[table] ?? 0) + n;
  };
  const trusted = await base.atomic(async (trx) => {
    const value = base.now().toISOString();
    const last = await trx.selectFrom('meta').select('value').where('key', '=', MARK).executeTakeFirst();
    const agreed = last !== undefined && Math.abs(now - Date.parse(last.value)) <= SUSPICIOUS_MS;
    for (const key of agreed ? [MARK, FLOOR] : [MARK])
      await trx
        .insertInto('meta')
        .values({ key, value })
        .onConflict((on) => on.column('key').doUpdateSet({ value }))
        .execute();
    return agreed;
  });
  if (trusted) base.floor = base.now().toISOString();
  count(await base.atomic((trx) => older(trx, 'sessions', 'until', before(0))));
  await base.run((db) => db.deleteFrom('rates').where('until', '<', now).execute());
  if (!trusted) return { deleted, postponed: true };

  const cutoff = before(days);
  const old = await base.run((db) =>
    db.selectFrom('chats').select('key').where('updated_at', '<', cutoff).execute(),
  );
  for (const some of pieces(old.map(({ key }) => key)))
    count(
      await base.atomic(async (trx) => {
        // Somebody may have come back since they were listed.
        const still = trx.selectFrom('chats').select('key').where('updated_at', '<', cutoff);
        const keys = (await still.where('key', 'in', some).execute()).map(({ key }) => key);
        return erase(trx, keys);
      }),
    );
  const answersBefore = before(retention.answersOlderThanDays ?? days);
  const gone = await base.run((db) =>
    db.selectFrom('answers').select('id').where('asked_at', '<', answersBefore).execute(),
  );
  for (const some of pieces(gone.map(({ id }) => id)))
    count(
      await base.atomic(async (trx) => {
        const feedback = await eraseFeedback(trx, some);
        const { numDeletedRows } = await trx.deleteFrom('answers').where('id', 'in', some).executeTakeFirst();
        return { feedback, answers: Number(numDeletedRows) };
      }),
    );
  count(await base.atomic((trx) => older(trx, 'outbox', 'created_at', cutoff)));
  count(await base.atomic((trx) => older(trx, 'inbox', 'received_at', cutoff)));
  count(
    await base.atomic((trx) => older(trx, 'aside', 'aside_at', before(retention.asideOlderThanDays ?? 30))),
  );
  const today = before(retention.budgetsOlderThanDays ?? 30).slice(0, 10);
  count(await base.atomic((trx) => older(trx, 'budgets', 'day', today)));
  count(
    await base.atomic(async (trx) => {
      const { top } = await trx
        .selectFrom('updates')
        .select((e) => e.fn.max('seq').as('top'))
        .executeTakeFirstOrThrow();
      const { numDeletedRows } = await trx
        .deleteFrom('updates')
        .where('at', '<', before(retention.updatesOlderThanDays ?? 3))
        .where('seq', '<=', Number(top ?? 0) - UPDATES_KEPT)
        .executeTakeFirst();
      return { updates: Number(numDeletedRows) };
    }),
  );
  if (Object.values(deleted).some((n) => n > 0)) await base.run(async () => base.opened.scrub());
  return { deleted, postponed: false };
}

async function older<T extends keyof Tables & string>(
  trx: Transaction<Tables>,
  table: T,
  column: keyof Tables[T] & string,
  cutoff: string,
): Promise<Record<string, number>> {
  const { numDeletedRows } = await trx
    .deleteFrom(table as 'sessions')
    .where(column as 'until', '<', cutoff)
    .executeTakeFirst();
  return { [table]: Number(numDeletedRows) };
}
