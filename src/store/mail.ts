import type { Selectable } from 'kysely';
import { type Base, clean, decode, pieces } from './base.js';
import type { Tables } from './schema.js';
import type { SharedWork } from './shared.js';
import type { Inbox, InboxUpdate, Outbox, Reply } from './types.js';

const LONGEST_ERROR = 500;

export function outbox(base: Base): Outbox {
  return {
    pending: (channel, limit) =>
      base.run(async (db) => {
        let query = db.selectFrom('outbox').selectAll().where('channel', '=', channel).orderBy('seq');
        if (limit !== undefined) query = query.limit(limit);
        return (await query.execute()).map(replyOf);
      }),
    async done(...ids) {
      for (const some of pieces(ids))
        await base.atomic((trx) => trx.deleteFrom('outbox').where('id', 'in', some).execute());
    },
    count: (channel) =>
      base.run(async (db) => {
        let query = db.selectFrom('outbox').select((e) => e.fn.countAll<number>().as('n'));
        if (channel !== undefined) query = query.where('channel', '=', channel);
        return (await query.executeTakeFirstOrThrow()).n;
      }),
  };
}

export function inbox(base: Base, shared: SharedWork | null = null): Inbox {
  return {
    put: async (updates) => {
      if (updates.length === 0) return [];
      let wake: (() => void)[] = [];
      const put = await base.atomic(async (trx) => {
        const kept: string[] = [];
        wake = [];
        for (const some of pieces(updates)) {
          const ids = some.map(({ id }) => clean(id));
          const known = await trx.selectFrom('updates').select('id').where('id', 'in', ids).execute();
          const handled = new Set(known.map(({ id }) => id));
          const fresh = some.filter(({ id }) => !handled.has(clean(id)));
          if (fresh.length === 0) continue;
          const rows = fresh.map(({ id, chat, channel, payload }) => ({
            id: clean(id),
            chat_key: clean(chat),
            channel,
            payload: JSON.stringify(payload ?? null),
            received_at: base.at(),
            attempts: 0,
            error: null,
          }));
          const stored = await trx
            .insertInto('inbox')
            .values(rows)
            .onConflict((on) => on.doNothing())
            .returning('id')
            .execute();
          kept.push(...stored.map(({ id }) => id));
        }
        for (const channel of new Set(kept.length > 0 ? updates.map((update) => update.channel) : [])) {
          const fresh = updates.filter(
            (update) => update.channel === channel && kept.includes(clean(update.id)),
          );
          const chats = [...new Set(fresh.map(({ chat }) => clean(chat)))];
          if (shared) wake.push(await shared.queue(trx, channel, chats));
        }
        return kept;
      });
      for (const each of wake) each();
      return put;
    },

    pending: (channel, limit) =>
      base.run(async (db) => {
        let query = db.selectFrom('inbox').selectAll().where('channel', '=', channel).orderBy('seq');
        if (limit !== undefined) query = query.limit(limit);
        return (await query.execute()).map(updateOf);
      }),

    async done(...ids) {
      for (const some of pieces(ids.map(clean)))
        await base.atomic(async (trx) => {
          await trx.deleteFrom('inbox').where('id', 'in', some).execute();
          const rows = some.map((id) => ({ id, at: base.at() }));
          await trx
            .insertInto('updates')
            .values(rows)
            .onConflict((on) => on.doNothing())
            .execute();
        });
    },

    attempt: (id, { most, error }) =>
      base.atomic(async (trx) => {
        const said = error === undefined ? {} : { error: clean(error).slice(0, LONGEST_ERROR) };
        const row = await trx
          .updateTable('inbox')
          .set((e) => ({ attempts: e('attempts', '+', 1), ...said }))
          .where('id', '=', clean(id))
          .returningAll()
          .executeTakeFirst();
        if (!row) return 'gone';
        if (row.attempts <= most) return 'try';
        const { seq: _, ...rest } = row;
        const at = base.at();
        await trx
          .insertInto('aside')
          .values({ ...rest, aside_at: at })
          .execute();
        await trx
          .insertInto('updates')
          .values({ id: row.id, at })
          .onConflict((on) => on.doNothing())
          .execute();
        await trx.deleteFrom('inbox').where('id', '=', row.id).execute();
        return 'aside';
      }),

    aside: () =>
      base.run(async (db) =>
        (await db.selectFrom('aside').selectAll().orderBy('seq').execute()).map((row) => ({
          ...updateOf(row),
          asideAt: row.aside_at,
        })),
      ),

    retry: (id) =>
      base.atomic(async (trx) => {
        const row = await trx
          .deleteFrom('aside')
          .where('id', '=', clean(id))
          .returningAll()
          .executeTakeFirst();
        if (!row) return false;
        const { seq: _, aside_at: __, ...rest } = row;
        await trx.deleteFrom('updates').where('id', '=', row.id).execute();
        await trx
          .insertInto('inbox')
          .values({ ...rest, attempts: 0 })
          .execute();
        return true;
      }),
  };
}

export function replyOf(row: Selectable<Tables['outbox']>): Reply {
  return {
    id: row.id,
    chat: row.chat_key,
    channel: row.channel,
    payload: decode(row.payload),
    createdAt: row.created_at,
  };
}

export function updateOf(row: Selectable<Tables['inbox']>): InboxUpdate {
  return {
    id: row.id,
    chat: row.chat_key,
    channel: row.channel,
    payload: decode(row.payload),
    receivedAt: row.received_at,
    attempts: row.attempts,
    error: row.error,
  };
}
