import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { DATABASE, openBase, storeOver } from '../../src/store/index.js';
import { migrate } from '../../src/store/migrate.js';
import { migrations } from '../../src/store/schema.js';
import { onPostgres } from '../support/postgres.js';
import { answer, clock, onBoth, type Place, place } from './engines.js';

const FIXTURES = fileURLToPath(new URL('./fixtures/', import.meta.url));

/** Runs statements on the database of a place with a tool of the engine, past the store. */
async function sql<T = unknown>({ options }: Place, text: string): Promise<T[]> {
  if (options.databaseUrl) return onPostgres<T>(options.databaseUrl, text);
  const db = new Database(join(options.dataDir, DATABASE));
  try {
    if (/^\s*select/i.test(text)) return db.prepare(text).all() as T[];
    db.exec(text);
    return [];
  } finally {
    db.close();
  }
}

/** Every table and index, so that two databases can be compared. */
async function shape(place: Place) {
  const lines = place.options.databaseUrl
    ? await sql<object>(
        place,
        `select table_name, column_name, data_type, is_nullable, is_identity from information_schema.columns
         where table_schema = 'public' union all
         select tablename, indexdef, null, null, null from pg_indexes where schemaname = 'public'`,
      )
    : await sql<object>(place, "select name, sql from sqlite_master where name not like 'sqlite_%'");
  return lines
    .map((line) => JSON.stringify(line))
    .filter((line) => !line.includes('kysely_migration_lock'))
    .sort();
}

onBoth('versions', (fresh, engine) => {
  const steps = Object.keys(migrations(engine));

  test.each(steps)('a database of %s comes forward with all that it held', async (step) => {
    const place = await fresh();
    await sql(place, readFileSync(`${FIXTURES}${step}.${engine}.sql`, 'utf8'));
    const store = await place.open({ now: clock().now });
    expect(await store.chats.load('telegram:1')).toMatchObject({
      revision: 3,
      state: { version: 1, city: 'quanzhou' },
    });
    expect(await store.chats.handled('telegram:10')).toBe(true);
    expect(await store.answers.get('a1')).toMatchObject({ answer: { text: '2亿元以上' }, answered: true });
    expect((await store.outbox.pending('telegram')).map((r) => r.id)).toEqual(['r1']);
    expect(await store.reviews.list('open')).toMatchObject([{ id: 'f1', answer: 'a2', note: '应该有' }]);
    expect(await store.sessions.get('h1')).toMatchObject({ name: 'Li' });
    expect(await store.budgets.used('2026-11-20', 'tokens')).toBe(5_000_000_000);
    if (step >= '0002') {
      expect(await store.inbox.pending('telegram')).toMatchObject([{ id: 'telegram:11', attempts: 1 }]);
      expect(await store.inbox.aside()).toMatchObject([{ id: 'telegram:9', error: 'TypeError' }]);
    }
    expect(await store.chats.commit('telegram:1', { revision: 3, state: 4, update: 'telegram:12' })).toBe(
      'saved',
    );
    await store.close();
    const other = await fresh();
    await (await other.open()).close();
    expect(await shape(place)).toEqual(await shape(other));
  });

  test('what a later version wrote is refused and stays as it is', async () => {
    const place = await fresh();
    const first = await place.open();
    await first.chats.commit('web:a', { revision: 0, state: 'kept' });
    await first.close();
    await sql(place, "insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')");
    const before = await shape(place);
    for (const readOnly of [false, true]) {
      await expect(place.open({ readOnly })).rejects.toMatchObject({ name: 'StoreError', kind: 'newer' });
    }
    await expect(place.open()).rejects.toThrow(/9999-later.*新版本|新版本.*9999-later/s);
    expect(await shape(place)).toEqual(before);
    await sql(place, "delete from kysely_migration where name = '9999-later'");
    expect(await (await place.open()).chats.load('web:a')).toMatchObject({ state: 'kept' });
  });

  test('a step that fails half way leaves nothing of itself, and the version before still runs', async () => {
    const place = await fresh();
    const base = await openBase({ ...place.options });
    const before = await shape(place);
    const broken = {
      ...migrations(engine),
      '9999-broken': {
        up: async (db: Kysely<unknown>) => {
          await db.schema.createTable('half').addColumn('a', 'text').execute();
          await db.schema.alterTable('chats').addColumn('half', 'text').execute();
          throw new Error('no further');
        },
      },
    };
    await expect(migrate(base.db as unknown as Kysely<unknown>, base.opened, broken)).rejects.toThrow(
      'no further',
    );
    expect(await storeOver(base).chats.commit('web:a', { revision: 0, state: 1 })).toBe('saved');
    await base.close();
    expect(await shape(place)).toEqual(before);
  });

  test('steps recorded by a clock that ran backwards do no harm', async () => {
    const place = await fresh();
    await sql(place, readFileSync(`${FIXTURES}${steps[0]}.${engine}.sql`, 'utf8'));
    await sql(place, "update kysely_migration set timestamp = '2999-01-01T00:00:00.000Z'");
    await (await place.open()).close();
    expect(await (await place.open()).chats.load('telegram:1')).toMatchObject({ revision: 3 });
  });

  test('reading beside a running store needs no lock, and writes nothing', async () => {
    const place = await fresh();
    const store = await place.open();
    await store.chats.commit('web:a', { revision: 0, state: 'seen' });
    const reader = await place.open({ readOnly: true });
    expect(await reader.chats.load('web:a')).toMatchObject({ state: 'seen' });
    await expect(reader.chats.commit('web:a', { revision: 1, state: 'x' })).rejects.toMatchObject({
      kind: 'readonly',
    });
    await store.chats.commit('web:a', { revision: 1, state: 'later' });
    expect(await reader.chats.load('web:a')).toMatchObject({ state: 'later' });
  });

  test('a store that was closed finishes what it was asked, and says afterwards that it is closed', async () => {
    const place = await fresh();
    const store = await place.open();
    const commits = Array.from({ length: 10 }, (_, i) =>
      store.chats.commit(`web:${i}`, { revision: 0, state: i }),
    );
    await store.close();
    await store.close();
    expect(await Promise.all(commits)).toEqual(Array(10).fill('saved'));
    await expect(store.chats.load('web:1')).rejects.toMatchObject({ name: 'StoreError', kind: 'closed' });
    expect(await (await place.open()).chats.load('web:9')).toMatchObject({ state: 9 });
  });
});

test('processes that start at once on one PostgreSQL all find it ready', async () => {
  const { open } = await place('postgres');
  const stores = await Promise.all(Array.from({ length: 5 }, () => open({ connections: 2 })));
  const outcomes = await Promise.all(
    stores.map((store) => store.chats.commit('web:a', { revision: 0, state: 1, update: 'same' })),
  );
  expect(outcomes.sort()).toEqual(['duplicate', 'duplicate', 'duplicate', 'duplicate', 'saved']);
  const spent = await Promise.all(stores.map((store) => store.budgets.spend('2026-11-21', 'k', 2, 5)));
  expect(spent.filter(({ ok }) => ok)).toHaveLength(2);
});

onBoth('retention', (fresh) => {
  const policy = { chatsOlderThanDays: 90 };

  test('what nobody touched for long enough is deleted, the rest stays', async () => {
    const time = clock('2026-01-01T00:00:00.000Z');
    const store = await (await fresh()).open({ now: time.now });
    await store.sweep(policy);
    const begin = async (key: string) => {
      await store.chats.commit(key, {
        revision: 0,
        state: key,
        update: `u ${key}`,
        answers: [answer(`a ${key}`)],
        outbox: [{ channel: 'web', payload: key }],
      });
      await store.inbox.put([{ id: `i ${key}`, chat: key, channel: 'web', payload: 1 }]);
    };
    await begin('web:old');
    await begin('web:used');
    await store.reviews.add('a web:old', { verdict: 'wrong', note: null, by: 'Li' });
    await store.answers.keep(answer('console'));
    await store.budgets.spend('2026-01-01', 'tokens', 1, 10);
    await store.sessions.put('h', { name: 'Li', until: new Date('2026-01-02') });
    for (let day = 5; day <= 90; day += 5) {
      time.ahead(5);
      await store.sweep(policy);
    }
    expect(await store.chats.load('web:old')).not.toBeNull();
    expect(await store.budgets.used('2026-01-01', 'tokens')).toBe(0);
    await store.chats.commit('web:used', { revision: 1, state: 'again' });
    await begin('web:new');
    time.ahead(1);
    expect(await store.sweep(policy)).toMatchObject({
      postponed: false,
      deleted: { chats: 1, answers: 3, feedback: 1, outbox: 2, inbox: 2 },
    });
    expect(await store.chats.load('web:old')).toBeNull();
    expect(await store.chats.load('web:used')).toMatchObject({ state: 'again' });
    expect(await store.reviews.list()).toEqual([]);
    expect(await store.answers.get('a web:new')).not.toBeNull();
    expect(await store.sessions.count()).toBe(0);
    // An update that came in again after all that time is still not handled twice.
    expect(await store.chats.handled('u web:old')).toBe(true);
  });

  test('a clock that jumps ahead or back deletes nothing that was to be kept, and stops nothing', async () => {
    const time = clock();
    const store = await (await fresh()).open({ now: time.now });
    await store.sweep(policy);
    await store.chats.commit('web:a', { revision: 0, state: 1, update: '1', answers: [answer('a')] });
    time.set('2036-01-01T00:00:00.000Z');
    expect(await store.sweep(policy)).toMatchObject({ postponed: true });
    await store.chats.commit('web:b', {
      revision: 0,
      state: 1,
      update: '2',
      outbox: [{ channel: 'web', payload: 1 }],
    });
    time.set('1970-01-01T00:00:10.000Z');
    expect(await store.sweep(policy)).toMatchObject({ postponed: true });
    expect(await store.chats.commit('web:a', { revision: 1, state: 2, update: '3' })).toBe('saved');
    await store.chats.commit('web:b', { revision: 1, state: 2, outbox: [{ channel: 'web', payload: 2 }] });
    time.set('2026-11-21T09:00:00.000Z');
    expect(await store.sweep(policy)).toMatchObject({ postponed: true });
    await store.chats.commit('web:a', { revision: 2, state: 3, update: '4' });
    await store.sweep(policy);
    // The chat is there, its answer too; no update is handled twice; replies keep the order in which they were saved.
    expect(await store.chats.load('web:a')).toMatchObject({ revision: 3, state: 3 });
    expect(await store.answers.get('a')).not.toBeNull();
    for (const update of ['1', '2', '3', '4'])
      expect(await store.chats.commit('web:a', { revision: 3, state: 0, update })).toBe('duplicate');
    expect((await store.outbox.pending('web')).map((r) => r.payload)).toEqual([1, 2]);
    // Time that has really gone by is accepted by the second look.
    time.set('2028-01-01T00:00:00.000Z');
    expect(await store.sweep(policy)).toMatchObject({ postponed: true });
    expect(await store.sweep(policy)).toMatchObject({ postponed: false });
    expect(await store.chats.load('web:a')).toBeNull();
  });
});
