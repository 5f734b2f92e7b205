import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { insertAnswer } from './answers.js';
import { type Base, clean, decode } from './base.js';
import { Undone } from './group.js';
import type { Tables } from './schema.js';
import type { Chats, Commit, Forgotten } from './types.js';

export function chats(base: Base): Chats {
  return {
    load: (key) =>
      base.run(async (db) => {
        const row = await db.selectFrom('chats').selectAll().where('key', '=', clean(key)).executeTakeFirst();
        return row ? { revision: row.revision, state: decode(row.state), updatedAt: row.updated_at } : null;
      }),

    handled: (update) =>
      base.run(
        async (db) =>
          (await db.selectFrom('updates').select('id').where('id', '=', clean(update)).executeTakeFirst()) !==
          undefined,
      ),

    commit: (key, commit) => base.atomic((trx) => save(trx, clean(key), commit, base.at())),

    async forget(key) {
      const counts = await base.atomic((trx) => erase(trx, [clean(key)]));
      await base.run(async () => base.opened.scrub());
      return counts;
    },
  };
}

async function save(
  trx: Transaction<Tables>,
  key: string,
  commit: Commit,
  at: string,
): Promise<'saved' | 'duplicate' | 'conflict'> {
  const { revision, answers = [], outbox = [] } = commit;
  if (commit.update !== undefined) {
    const id = clean(commit.update);
    await trx.deleteFrom('inbox').where('id', '=', id).execute();
    const noted = await trx
      .insertInto('updates')
      .values({ id, at })
      .onConflict((on) => on.doNothing())
      .executeTakeFirst();
    if (noted.numInsertedOrUpdatedRows === 0n) return 'duplicate';
  }
  const state = JSON.stringify(commit.state ?? null);
  // The chat's row comes before what belongs to it, here and in erase(): of two that meet, one waits for the other.
  const changed =
    revision === 0
      ? (
          await trx
            .insertInto('chats')
            .values({ key, revision: 1, state, updated_at: at })
            .onConflict((on) => on.doNothing())
            .executeTakeFirst()
        ).numInsertedOrUpdatedRows
      : (
          await trx
            .updateTable('chats')
            .set({ revision: revision + 1, state, updated_at: at })
            .where('key', '=', key)
            .where('revision', '=', revision)
            .executeTakeFirst()
        ).numUpdatedRows;
  if (changed !== 1n) throw new Undone('conflict');
  for (const answer of answers) await insertAnswer(trx, answer, key, at);
  if (outbox.length > 0) {
    const rows = outbox.map(({ id, channel, payload }) => ({
      id: id === undefined ? randomUUID() : clean(id),
      chat_key: key,
      channel,
      payload: JSON.stringify(payload ?? null),
      created_at: at,
    }));
    await trx
      .insertInto('outbox')
      .values(rows)
      .onConflict((on) => on.doNothing())
      .execute();
  }
  return 'saved';
}

/** Deletes chats with all that belongs to them. */
export async function erase(trx: Transaction<Tables>, keys: readonly string[]): Promise<Forgotten> {
  const counts: Forgotten = { chats: 0, answers: 0, feedback: 0, outbox: 0, inbox: 0 };
  if (keys.length === 0) return counts;
  const chats = await trx.deleteFrom('chats').where('key', 'in', keys).executeTakeFirst();
  counts.chats = Number(chats.numDeletedRows);
  const answers = await trx.selectFrom('answers').select('id').where('chat_key', 'in', keys).execute();
  counts.feedback = await eraseFeedback(
    trx,
    answers.map(({ id }) => id),
  );
  for (const table of ['answers', 'outbox', 'inbox', 'aside'] as const) {
    const { numDeletedRows } = await trx.deleteFrom(table).where('chat_key', 'in', keys).executeTakeFirst();
    counts[table === 'aside' ? 'inbox' : table] += Number(numDeletedRows);
  }
  return counts;
}

/** Deletes what staff noted on answers. @returns rows deleted */
export async function eraseFeedback(trx: Transaction<Tables>, answers: readonly string[]): Promise<number> {
  if (answers.length === 0) return 0;
  const of = trx.selectFrom('feedback').select('id').where('answer_id', 'in', answers);
  await trx.deleteFrom('reviews').where('feedback_id', 'in', of).execute();
  const { numDeletedRows } = await trx
    .deleteFrom('feedback')
    .where('answer_id', 'in', answers)
    .executeTakeFirst();
  return Number(numDeletedRows);
}
