import type { Kysely } from 'kysely';
import { type Base, clean, decode, encode } from './base.js';
import type { Tables } from './schema.js';
import type { Answers, Feedback, NewAnswer, Span } from './types.js';

const USUAL_LIMIT = 100;

export function answers(base: Base): Answers {
  return {
    keep: (answer) => base.atomic((trx) => insertAnswer(trx, answer, null, base.at())),

    get: (id) =>
      base.run(async (db) => {
        const row = await db.selectFrom('answers').selectAll().where('id', '=', clean(id)).executeTakeFirst();
        if (!row) return null;
        const feedback = await db
          .selectFrom('feedback')
          .selectAll()
          .where('answer_id', '=', row.id)
          .orderBy('seq')
          .execute();
        return { ...line(row), trace: decode(row.trace), feedback: feedback.map(feedbackOf) };
      }),

    list: ({ answered, channel, chat, limit = USUAL_LIMIT, ...span }) =>
      base.run(async (db) => {
        let query = within(db, span)
          .select((e) => [
            'seq',
            'id',
            'chat_key',
            'channel',
            'asked_at',
            'as_of',
            'answered',
            'question',
            'request',
            'answer',
            e
              .selectFrom('feedback')
              .select('verdict')
              .whereRef('feedback.answer_id', '=', 'answers.id')
              .orderBy('feedback.seq', 'desc')
              .limit(1)
              .as('verdict'),
          ])
          .orderBy('seq', 'desc')
          .limit(limit);
        if (answered !== undefined) query = query.where('answered', '=', Number(answered));
        if (channel !== undefined) query = query.where('channel', '=', channel);
        if (chat !== undefined) query = query.where('chat_key', '=', clean(chat));
        return (await query.execute()).map((row) => ({ ...line(row), feedback: row.verdict }));
      }),

    unanswered: ({ channel, limit = USUAL_LIMIT, ...span }) =>
      base.run(async (db) => {
        let open = within(db, span).where('answered', '=', 0);
        if (channel !== undefined) open = open.where('channel', '=', channel);
        const counted = open
          .select((e) => ['question', e.fn.countAll<number>().as('count'), e.fn.max('seq').as('latest')])
          .groupBy('question');
        const { total } = await open
          .select((e) => e.fn.countAll<number>().as('total'))
          .executeTakeFirstOrThrow();
        const items = await db
          .selectFrom(counted.as('counted'))
          .innerJoin('answers', 'answers.seq', 'counted.latest')
          .select(['answers.question', 'counted.count', 'answers.asked_at as last', 'answers.id as answer'])
          .orderBy('counted.count', 'desc')
          .orderBy('counted.latest', 'desc')
          .limit(limit)
          .execute();
        return { total, items };
      }),
  };
}

const within = (db: Kysely<Tables>, { from, to }: Span) =>
  db
    .selectFrom('answers')
    .where('asked_at', '>=', from.toISOString())
    .where('asked_at', '<', to.toISOString());

/** An answer whose id is kept already is left as it was. */
export async function insertAnswer(
  db: Kysely<Tables>,
  { id, channel, question, asOf, answered, request, answer, trace }: NewAnswer,
  chat: string | null,
  at: string,
): Promise<void> {
  await db
    .insertInto('answers')
    .values({
      id: clean(id),
      chat_key: chat,
      channel,
      asked_at: at,
      as_of: asOf,
      answered: Number(answered),
      question: clean(question),
      request: encode(request),
      answer: JSON.stringify(answer ?? null),
      trace: encode(trace),
    })
    .onConflict((on) => on.doNothing())
    .execute();
}

function line(row: {
  id: string;
  chat_key: string | null;
  channel: string;
  asked_at: string;
  as_of: string;
  answered: number;
  question: string;
  request: string | null;
  answer: string;
}) {
  return {
    id: row.id,
    chat: row.chat_key,
    channel: row.channel,
    askedAt: row.asked_at,
    question: row.question,
    asOf: row.as_of,
    answered: row.answered === 1,
    request: decode(row.request),
    answer: decode(row.answer),
  };
}

export function feedbackOf(row: {
  id: string;
  answer_id: string;
  verdict: Feedback['verdict'];
  note: string | null;
  given_by: string;
  at: string;
}): Feedback {
  return {
    id: row.id,
    answer: row.answer_id,
    verdict: row.verdict,
    note: row.note,
    by: row.given_by,
    at: row.at,
  };
}
