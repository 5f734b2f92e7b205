import { type Generated, type Kysely, type Migration, sql } from 'kysely';

/**
 * The tables as the latest migration leaves them. The same on both engines: text, whole numbers, moments as ISO 8601 text of
 * one width (so that their order is the order of time), JSON as text (PostgreSQL's own JSON refuses U+0000).
 */
export interface Tables {
  meta: { key: string; value: string };
  chats: { key: string; revision: number; state: string; updated_at: string };
  /** Updates that were handled. */
  updates: { seq: Generated<number>; id: string; at: string };
  answers: {
    seq: Generated<number>;
    id: string;
    chat_key: string | null;
    channel: string;
    asked_at: string;
    as_of: string;
    answered: number;
    question: string;
    request: string | null;
    answer: string;
    trace: string | null;
  };
  outbox: {
    seq: Generated<number>;
    id: string;
    chat_key: string;
    channel: string;
    payload: string;
    created_at: string;
  };
  feedback: {
    seq: Generated<number>;
    id: string;
    answer_id: string;
    verdict: 'wrong' | 'missing' | 'good';
    note: string | null;
    given_by: string;
    at: string;
  };
  reviews: {
    feedback_id: string;
    state: 'open' | 'done';
    decision: 'confirmed' | 'rejected' | null;
    decision_note: string | null;
    expected: string | null;
    decided_by: string | null;
    decided_at: string | null;
  };
  sessions: { hash: string; name: string; until: string; created_at: string };
  budgets: { day: string; key: string; used: number };
  /** Hits of each key in its current stretch of time, which ends at `until` (milliseconds since 1970). */
  rates: { key: string; hits: number; until: number };
  inbox: InboxTable;
  /** Updates that failed too often. */
  aside: InboxTable & { aside_at: string };
}

interface InboxTable {
  seq: Generated<number>;
  id: string;
  chat_key: string;
  channel: string;
  payload: string;
  received_at: string;
  attempts: number;
  error: string | null;
}

export type Engine = 'sqlite' | 'postgres';

/** A column: its name, whether it may be null, and that it holds a number where it does. */
type Column = [name: string, ...kind: ('number' | 'null' | 'key' | 'unique')[]];

/**
 * Forward steps, by name and in the order of their names. One that was released never changes: a database that has it is not
 * changed again. Each needs a fixture in tests/store/fixtures, written before the next one is added.
 */
export function migrations(engine: Engine): Record<string, Migration> {
  const make = async (db: Kysely<unknown>, name: string, seq: boolean, columns: Column[]) => {
    let table = db.schema.createTable(name);
    if (seq)
      table =
        engine === 'sqlite'
          ? table.addColumn('seq', 'integer', (c) => c.primaryKey().autoIncrement())
          : table.addColumn('seq', 'bigint', (c) => c.primaryKey().generatedByDefaultAsIdentity());
    for (const [column, ...kind] of columns) {
      const number = engine === 'sqlite' ? 'integer' : 'bigint';
      table = table.addColumn(column, kind.includes('number') ? number : 'text', (c) => {
        let built = kind.includes('null') ? c : c.notNull();
        if (kind.includes('unique')) built = built.unique();
        return built;
      });
    }
    const keys = columns.filter(([, ...kind]) => kind.includes('key')).map(([column]) => column);
    if (keys.length > 0) table = table.addPrimaryKeyConstraint(`${name}_key`, keys as never[]);
    await (engine === 'sqlite' ? table.modifyEnd(sql`strict`) : table).execute();
  };
  const index = (db: Kysely<unknown>, table: string, ...columns: string[]) =>
    db.schema
      .createIndex(`${table}_${columns.join('_')}`)
      .on(table)
      .columns(columns)
      .execute();

  return {
    '0001-state': {
      async up(db) {
        await make(db, 'meta', false, [['key', 'key'], ['value']]);
        await make(db, 'chats', false, [['key', 'key'], ['revision', 'number'], ['state'], ['updated_at']]);
        await index(db, 'chats', 'updated_at');
        await make(db, 'updates', true, [['id', 'unique'], ['at']]);
        await make(db, 'answers', true, [
          ['id', 'unique'],
          ['chat_key', 'null'],
          ['channel'],
          ['asked_at'],
          ['as_of'],
          ['answered', 'number'],
          ['question'],
          ['request', 'null'],
          ['answer'],
          ['trace', 'null'],
        ]);
        await index(db, 'answers', 'chat_key');
        await index(db, 'answers', 'asked_at');
        await make(db, 'outbox', true, [
          ['id', 'unique'],
          ['chat_key'],
          ['channel'],
          ['payload'],
          ['created_at'],
        ]);
        await index(db, 'outbox', 'chat_key');
        await make(db, 'feedback', true, [
          ['id', 'unique'],
          ['answer_id'],
          ['verdict'],
          ['note', 'null'],
          ['given_by'],
          ['at'],
        ]);
        await index(db, 'feedback', 'answer_id');
        await make(db, 'reviews', false, [
          ['feedback_id', 'key'],
          ['state'],
          ['decision', 'null'],
          ['decision_note', 'null'],
          ['expected', 'null'],
          ['decided_by', 'null'],
          ['decided_at', 'null'],
        ]);
        await make(db, 'sessions', false, [['hash', 'key'], ['name'], ['until'], ['created_at']]);
        await make(db, 'budgets', false, [
          ['day', 'key'],
          ['key', 'key'],
          ['used', 'number'],
        ]);
      },
    },
    '0002-inbox': {
      async up(db) {
        const columns: Column[] = [
          ['id', 'unique'],
          ['chat_key'],
          ['channel'],
          ['payload'],
          ['received_at'],
          ['attempts', 'number'],
          ['error', 'null'],
        ];
        await make(db, 'inbox', true, columns);
        await index(db, 'inbox', 'chat_key');
        await make(db, 'aside', true, [...columns, ['aside_at']]);
      },
    },
    '0003-rates': {
      async up(db) {
        await make(db, 'rates', false, [
          ['key', 'key'],
          ['hits', 'number'],
          ['until', 'number'],
        ]);
      },
    },
  };
}

/** Every table, in the order of backup and restore. */
export const TABLES = [
  'meta',
  'chats',
  'updates',
  'answers',
  'outbox',
  'feedback',
  'reviews',
  'sessions',
  'budgets',
  'inbox',
  'aside',
  'rates',
] as const satisfies readonly (keyof Tables)[];
