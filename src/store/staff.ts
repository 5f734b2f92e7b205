import { type Base, clean } from './base.js';
import type { Budgets, Sessions } from './types.js';

export function sessions(base: Base): Sessions {
  return {
    put: (hash, { name, until }) =>
      base.atomic(async (trx) => {
        const at = base.at();
        await trx.deleteFrom('sessions').where('until', '<=', at).execute();
        const row = { name: clean(name), until: until.toISOString(), created_at: at };
        await trx
          .insertInto('sessions')
          .values({ hash, ...row })
          .onConflict((on) => on.column('hash').doUpdateSet(row))
          .execute();
      }),
    get: (hash) =>
      base.run(async (db) => {
        const row = await db
          .selectFrom('sessions')
          .selectAll()
          .where('hash', '=', clean(hash))
          .where('until', '>', base.at())
          .executeTakeFirst();
        return row ? { name: row.name, until: new Date(row.until), createdAt: row.created_at } : null;
      }),
    async delete(hash) {
      await base.run((db) => db.deleteFrom('sessions').where('hash', '=', clean(hash)).execute());
    },
    count: () =>
      base.run(async (db) => {
        const counted = db.selectFrom('sessions').select((e) => e.fn.countAll<number>().as('n'));
        return (await counted.where('until', '>', base.at()).executeTakeFirstOrThrow()).n;
      }),
  };
}

export function budgets(base: Base): Budgets {
  const used = (day: string, key: string) =>
    base.run(async (db) => {
      const row = await db
        .selectFrom('budgets')
        .select('used')
        .where('day', '=', day)
        .where('key', '=', clean(key))
        .executeTakeFirst();
      return row?.used ?? 0;
    });
  return {
    used,
    async spend(day, key, amount, limit) {
      const row =
        amount > limit
          ? undefined
          : await base.run((db) =>
              // One statement: of any number of processes at once, none gets past the limit.
              db
                .insertInto('budgets')
                .values({ day, key: clean(key), used: amount })
                .onConflict((on) =>
                  on
                    .columns(['day', 'key'])
                    .doUpdateSet((e) => ({ used: e('budgets.used', '+', amount) }))
                    .where('budgets.used', '<=', limit - amount),
                )
                .returning('used')
                .executeTakeFirst(),
            );
      return row ? { ok: true, used: row.used } : { ok: false, used: await used(day, key) };
    },
  };
}
