import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { CompiledQuery } from 'kysely';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { DATABASE, openBase, openStore, storeOver } from '../../src/store/index.js';
import { freshDatabase, onPostgres } from '../support/postgres.js';
import { startOwnPostgres } from '../support/postgres-server.js';
import { killChild, startChild } from './crash.js';
import { onBoth, place, tempDir } from './engines.js';

const commit = (revision: number, state: unknown) => ({ revision, state, update: `u${revision}` });

test('a second process on the same folder is refused and told what to do; a killed one leaves no lock', async () => {
  const { options, open } = await place('sqlite');
  const lines: string[] = [];
  let heard = () => {};
  const said = new Promise<void>((resolve) => {
    heard = resolve;
  });
  const child = await startChild({ options, hold: true }, (line) => {
    lines.push(line);
    heard();
  });
  await said;
  expect(lines).toEqual(['open']);
  await expect(open()).rejects.toMatchObject({ name: 'StoreError', kind: 'locked' });
  await expect(open()).rejects.toThrow(/另一个进程.*DATA_DIR.*DATABASE_URL/s);
  const reader = await open({ readOnly: true });
  expect(await reader.chats.load('web:a')).toBeNull();
  await killChild(child);
  const store = await open();
  expect(await store.chats.commit('web:a', commit(0, 1))).toBe('saved');
  // The other way round: a process that comes second learns it too, and ends.
  const refused = await new Promise<string>((resolve) => {
    void startChild({ options, hold: true }, resolve);
  });
  expect(refused).toMatch(/^locked .*另一个进程/);
  await expect(open()).rejects.toMatchObject({ kind: 'locked' });
  expect(await store.chats.load('web:a')).toMatchObject({ state: 1 });
});

test.each(['deleted', 'replaced'])(
  'a database file %s under a running server: nothing more is acknowledged',
  async (how) => {
    const { options, open } = await place('sqlite');
    const file = join(options.dataDir, DATABASE);
    const store = await open();
    await store.chats.commit('web:a', commit(0, 1));
    renameSync(file, `${file}.kept`);
    if (how === 'replaced') writeFileSync(file, '');
    const failed = store.chats.commit('web:a', commit(1, 2));
    await expect(failed).rejects.toMatchObject({ name: 'StoreError', kind: 'moved' });
    await expect(failed).rejects.toThrow(/没有保存.*放回原处.*wence restore/s);
    await expect(store.check()).rejects.toMatchObject({ kind: 'moved' });
    rmSync(file, { force: true });
    renameSync(`${file}.kept`, file);
    // Back in its place it is the same file, and all goes on.
    expect(await store.chats.load('web:a')).not.toBeNull();
    await store.check();
  },
);

onBoth('faults', (fresh, engine) => {
  test('a database that others hold locked is said to be busy, and is of use once they let go', async () => {
    const { options, open } = await fresh();
    const store = await open({ busyMs: 50 });
    await store.chats.commit('web:a', commit(0, 1));
    const letGo = await hold(options);
    const failed = store.chats.commit('web:a', commit(1, 2));
    await expect(failed).rejects.toMatchObject({ name: 'StoreError', kind: 'busy' });
    await letGo();
    expect(await store.chats.commit('web:a', commit(1, 2))).toBe('saved');
    expect(await store.chats.load('web:a')).toMatchObject({ revision: 2, state: 2 });
  });

  test('a full disk loses nothing that was saved, and the store goes on once there is room', async () => {
    const { options } = await fresh();
    const base = await openBase(options);
    onTestFinished(() => base.close());
    const store = storeOver(base);
    await store.chats.commit('web:a', commit(0, 'small'));
    const fill = (statement: string) =>
      options.databaseUrl
        ? onPostgres(options.databaseUrl, statement)
        : base.db.executeQuery(CompiledQuery.raw(statement));
    if (engine === 'sqlite') await fill('pragma max_page_count = 40');
    else {
      await fill(`create function full() returns trigger language plpgsql as $$ begin
        raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`);
      await fill('create trigger full_outbox before insert on outbox for each row execute function full()');
    }
    const big = {
      ...commit(1, 'x'.repeat(1_000_000)),
      outbox: [{ id: 'r', channel: 'web', payload: 'x'.repeat(1_000_000) }],
    };
    for (let i = 0; i < 3; i += 1)
      await expect(store.chats.commit('web:a', big)).rejects.toMatchObject({
        name: 'StoreError',
        kind: 'full',
      });
    await expect(store.chats.commit('web:a', big)).rejects.toThrow(/存储空间已满.*清理磁盘/s);
    expect(await store.chats.load('web:a')).toMatchObject({ revision: 1, state: 'small' });
    expect(await store.chats.handled('u1')).toBe(false);
    expect(await store.outbox.count()).toBe(0);
    await fill(
      engine === 'sqlite' ? 'pragma max_page_count = 1000000' : 'drop trigger full_outbox on outbox',
    );
    expect(await store.chats.commit('web:a', big)).toBe('saved');
    expect(await store.outbox.count()).toBe(1);
  });

  test('unknown faults carry the words of the database and never what people wrote', async () => {
    const { options } = await fresh();
    const base = await openBase(options);
    onTestFinished(() => base.close());
    await base.db.executeQuery(CompiledQuery.raw('drop table outbox'));
    const failed = storeOver(base).chats.commit('web:a', {
      ...commit(0, '营收1.8亿'),
      outbox: [{ channel: 'web', payload: '营收1.8亿' }],
    });
    await expect(failed).rejects.toMatchObject({ kind: 'failed' });
    await expect(failed).rejects.toThrow(/outbox/);
    await expect(failed).rejects.not.toThrow(/1\.8/);
    expect(await storeOver(base).chats.load('web:a')).toBeNull();
  });
});

/** Locks the database from outside, as a careless tool does. @returns lets go */
async function hold(options: { dataDir: string; databaseUrl?: string | null }): Promise<() => Promise<void>> {
  if (options.databaseUrl) {
    const client = new pg.Client({ connectionString: options.databaseUrl });
    await client.connect();
    await client.query('begin; lock table updates in access exclusive mode');
    return () => client.end();
  }
  const db = new Database(join(options.dataDir, DATABASE));
  db.exec('begin immediate');
  return async () => {
    db.close();
  };
}

test('PostgreSQL away for a while: every call says so, none hangs, and all goes on when it is back', async () => {
  const server = await startOwnPostgres();
  onTestFinished(() => server.stop());
  const log: string[] = [];
  const options = { dataDir: tempDir(), databaseUrl: server.url, log: (line: string) => void log.push(line) };
  const store = await openStore(options);
  onTestFinished(() => store.close());
  await store.chats.commit('web:a', commit(0, 1));
  await server.kill();
  const calls = [
    () => store.chats.load('web:a'),
    () => store.chats.commit('web:a', commit(1, 2)),
    () => store.outbox.pending('web'),
    () => store.budgets.spend('2026-11-21', 'k', 1, 2),
    () => store.check(),
    () => openStore(options),
  ];
  for (const call of calls) {
    const error = await call().then(
      () => null,
      (failure: unknown) => failure as Error,
    );
    expect(error).toMatchObject({ name: 'StoreError', kind: 'unreachable' });
    expect(error?.message).toMatch(/连不上数据库（postgres:\/\/postgres@127\.0\.0\.1/);
  }
  await server.start();
  expect(await store.chats.commit('web:a', commit(1, 2))).toBe('saved');
  expect(await store.chats.load('web:a')).toMatchObject({ revision: 2, state: 2 });
  expect(log.join('\n')).not.toContain('test-only');
}, 60_000);

test('what keeps a store from being opened is named, without a password', async () => {
  const database = await freshDatabase();
  onTestFinished(database.drop);
  const wrong = (change: (url: URL) => void) => {
    const url = new URL(database.url);
    url.password = 's3cr3t%21pass';
    change(url);
    return url.href;
  };
  const cases = [
    wrong(() => {}),
    wrong((url) => {
      url.port = '1';
    }),
    wrong((url) => {
      url.hostname = 'no-such-host.invalid';
    }),
    'postgres://u:s3cr3t%21pass@127.0.0.1:notaport/x',
  ];
  for (const databaseUrl of cases) {
    const error = await openStore({ dataDir: tempDir(), databaseUrl }).then(
      () => null,
      (failure: unknown) => failure as Error,
    );
    expect(error?.name).toBe('StoreError');
    expect(`${error?.message} ${error?.stack}`).not.toMatch(/s3cr3t/);
  }
  const missing = new URL(database.url);
  missing.pathname = '/no_such_database';
  await expect(openStore({ dataDir: tempDir(), databaseUrl: missing.href })).rejects.toMatchObject({
    kind: 'unreachable',
  });

  const dir = tempDir();
  writeFileSync(join(dir, 'file'), 'x');
  await expect(openStore({ dataDir: join(dir, 'file') })).rejects.toMatchObject({ kind: 'unreachable' });
  writeFileSync(join(dir, DATABASE), 'this is no database at all, '.repeat(500));
  await expect(openStore({ dataDir: dir })).rejects.toMatchObject({ kind: 'damaged' });
  // A refusal lets go of the folder: a good database put there can be used at once.
  writeFileSync(join(dir, DATABASE), '');
  await (await openStore({ dataDir: dir })).close();
});

test('what a person had deleted is no longer in the files', async () => {
  const { options, open } = await place('sqlite');
  const store = await open();
  await store.chats.commit('web:a', commit(0, { secret: 'NEEDLE-营收' }));
  await store.chats.forget('web:a');
  for (const file of [DATABASE, `${DATABASE}-wal`])
    expect(readFileSync(join(options.dataDir, file)).includes('NEEDLE')).toBe(false);
});
