import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { feedbackOf } from './answers.js';
import { type Base, clean, decode } from './base.js';
import { caseOf } from './cases.js';
import type { Tables } from './schema.js';
import type { Review, Reviews } from './types.js';

export function reviews(base: Base): Reviews {
  return {
    add: (answer, { verdict, note, by }) =>
      base.atomic(async (trx) => {
        const known = await trx
          .selectFrom('answers')
          .select('id')
          .where('id', '=', clean(answer))
          .executeTakeFirst();
        if (!known) return null;
        const row = {
          id: randomUUID(),
          answer_id: known.id,
          verdict,
          note: note === null ? null : clean(note),
          given_by: clean(by),
          at: base.at(),
        };
        await trx.insertInto('feedback').values(row).execute();
        if (verdict !== 'good')
          await trx.insertInto('reviews').values({ feedback_id: row.id, state: 'open' }).execute();
        return feedbackOf(row);
      }),

    list: (state) =>
      base.run(async (db) => {
        const all = joined(db).orderBy('feedback.seq');
        const rows = await (state === undefined ? all : all.where('reviews.state', '=', state)).execute();
        return rows.map(reviewOf);
      }),

    decide: (id, { decision, note, expected, by }) =>
      base.atomic(async (trx) => {
        await trx
          .updateTable('reviews')
          .set({
            state: 'done',
            decision,
            decision_note: note === null ? null : clean(note),
            expected: expected === null ? null : clean(expected),
            decided_by: clean(by),
            decided_at: base.at(),
          })
          .where('feedback_id', '=', clean(id))
          .execute();
        const row = await joined(trx).where('feedback.id', '=', clean(id)).executeTakeFirst();
        return row ? reviewOf(row) : null;
      }),

    cases: () =>
      base.run(async (db) => {
        const rows = await joined(db)
          .select(['answers.request', 'answers.answer'])
          .where('reviews.decision', '=', 'confirmed')
          .orderBy('feedback.seq')
          .execute();
        return rows
          .map((row) => `${JSON.stringify(caseOf(reviewOf(row), decode(row.request), decode(row.answer)))}\n`)
          .join('');
      }),
  };
}

const joined = (db: Kysely<Tables>) =>
  db
    .selectFrom('reviews')
    .innerJoin('feedback', 'feedback.id', 'reviews.feedback_id')
    .innerJoin('answers', 'answers.id', 'feedback.answer_id')
    .selectAll('reviews')
    .select(['feedback.id', 'feedback.answer_id', 'feedback.verdict', 'feedback.note', 'feedback.given_by'])
    .select(['feedback.at', 'answers.question', 'answers.as_of']);

type Row = Awaited<ReturnType<ReturnType<typeof joined>['execute']>>[number];

function reviewOf(row: Row): Review {
  return {
    ...feedbackOf(row),
    question: row.question,
    asOf: row.as_of,
    state: row.state,
    decision: row.decision,
    decisionNote: row.decision_note,
    expected: row.expected,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
  };
}
