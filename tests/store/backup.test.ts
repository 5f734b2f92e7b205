import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { App } from '../../src/app.js';
import { backup } from '../../src/cli/backup.js';
import type { Call } from '../../src/cli/io.js';
import { restore } from '../../src/cli/restore.js';
import type { Config } from '../../src/config.js';
import { InputError } from '../../src/errors.js';
import { DATABASE } from '../../src/store/index.js';
import { onPostgres } from '../support/postgres.js';
import { answer, type EngineName, type Place, place, tempDir } from './engines.js';

/** Runs a command over a place, as main.ts does. @returns what it printed */
async function run(
  command: typeof backup,
  { options }: Place,
  file: string,
  flags: Call['options'] = {},
): Promise<string> {
  let printed = '';
  const call: Call = {
    positional: [file],
    options: flags,
    out: (text) => {
      printed += text;
    },
    log: () => {},
  };
  const { dataDir, databaseUrl = null } = options;
  await command(undefined as unknown as App, call, { dataDir, databaseUrl } as Config);
  return printed;
}

const ODD = '𠮷\u0000\u2028\u2029\r\n"营收"';

async function fill({ open }: Place): Promise<void> {
  const store = await open();
  for (let i = 0; i < 1203; i += 1) await store.answers.keep(answer(`bulk ${i}`));
  await store.chats.commit('web:a', {
    revision: 0,
    state: { odd: ODD },
    update: 'u1',
    answers: [answer('a1', { answered: false })],
    outbox: [
      { id: 'r1', channel: 'web', payload: ODD },
      { id: 'r2', channel: 'web', payload: 2 },
    ],
  });
  await store.chats.commit('web:a', { revision: 1, state: { odd: ODD, more: 1 }, update: 'u2' });
  await store.reviews.add('a1', { verdict: 'wrong', note: ODD, by: 'Li' });
  await store.inbox.put([{ id: 'i1', chat: 'web:a', channel: 'web', payload: { a: ODD } }]);
  await store.inbox.put([{ id: 'i2', chat: 'web:a', channel: 'web', payload: 2 }]);
  await store.inbox.attempt('i2', { most: 0 });
  await store.sessions.put('h', { name: 'Li', until: new Date('2100-01-01') });
  await store.budgets.spend('2026-11-21', 'tokens', 5_000_000_000, 6_000_000_000);
  await store.close();
}

/** Everything a user of the store could see. */
async function seen({ open }: Place) {
  const store = await open();
  const span = { from: new Date(0), to: new Date('2100-01-01'), limit: 5_000 };
  const all = {
    chat: await store.chats.load('web:a'),
    handled: await Promise.all(['u1', 'u2', 'i2', 'u3'].map((id) => store.chats.handled(id))),
    outbox: await store.outbox.pending('web'),
    inbox: await store.inbox.pending('web'),
    aside: await store.inbox.aside(),
    answers: await store.answers.list(span),
    answer: await store.answers.get('a1'),
    reviews: await store.reviews.list(),
    session: await store.sessions.get('h'),
    used: await store.budgets.used('2026-11-21', 'tokens'),
  };
  await store.close();
  return all;
}

const ways: [EngineName, EngineName][] = [
  ['sqlite', 'postgres'],
  ['postgres', 'sqlite'],
  ['sqlite', 'sqlite'],
];

describe.each(ways)('a backup of %s restored into %s', (source, target) => {
  test('holds everything, and the store goes on from it', async () => {
    const from = await place(source);
    await fill(from);
    const before = await seen(from);
    const file = join(tempDir(), 'backup.jsonl');
    expect(await run(backup, from, file)).toMatch(/已备份 \d+ 行/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(existsSync(`${file}.partial`)).toBe(false);

    const to = await place(target);
    const report = JSON.parse(await run(restore, to, file, { json: true }));
    expect(report.rows).toMatchObject({ chats: 1, answers: 1204, outbox: 2, inbox: 1, aside: 1, budgets: 1 });
    expect(await seen(to)).toEqual(before);
    const store = await to.open();
    expect(await store.chats.commit('web:a', { revision: 2, state: 3, update: 'u2' })).toBe('duplicate');
    const next = { revision: 2, state: 3, update: 'u3', outbox: [{ id: 'r3', channel: 'web', payload: 3 }] };
    expect(await store.chats.commit('web:a', next)).toBe('saved');
    expect((await store.outbox.pending('web')).map((r) => r.id)).toEqual(['r1', 'r2', 'r3']);
    await store.inbox.put([{ id: 'i3', chat: 'web:a', channel: 'web', payload: 3 }]);
    expect((await store.inbox.pending('web')).map((u) => u.id)).toEqual(['i1', 'i3']);
  }, 120_000);
});

describe.each(['sqlite', 'postgres'] as const)('restore into %s', (engine) => {
  test('replaces what is there only when told to, and then all of it', async () => {
    const from = await place('sqlite');
    await fill(from);
    const file = join(tempDir(), 'backup.jsonl');
    await run(backup, from, file);
    const to = await place(engine);
    const store = await to.open();
    await store.chats.commit('web:mine', { revision: 0, state: 'mine', update: 'mine' });
    await store.close();
    const before = await seen(to);
    await expect(run(restore, to, file)).rejects.toThrow(InputError);
    expect(await seen(to)).toEqual(before);
    await run(restore, to, file, { force: true });
    expect(await seen(to)).toEqual(await seen(from));
    const after = await to.open();
    expect(await after.chats.load('web:mine')).toBeNull();
    expect(await after.chats.handled('mine')).toBe(false);
  });

  test('leaves everything as it was when the file is broken anywhere', async () => {
    const from = await place('sqlite');
    await fill(from);
    const file = join(tempDir(), 'backup.jsonl');
    await run(backup, from, file);
    const good = readFileSync(file, 'utf8');
    const lines = good.split('\n');
    const to = await place(engine);
    const store = await to.open();
    await store.chats.commit('web:mine', { revision: 0, state: 'mine' });
    await store.close();
    const before = await seen(to);
    const broken = {
      empty: '',
      'cut off': good.slice(0, good.length / 2),
      'without its end': lines.slice(0, -2).join('\n'),
      'a line lost': lines.toSpliced(700, 1).join('\n'),
      'a line doubled': lines.toSpliced(700, 0, lines[700]!).join('\n'),
      'a letter changed': good.replace('2亿元', '3亿元'),
      'an unknown table': good.replace('["answers"', '["pg_shadow"'),
      'an unknown column': good.replace('"channel":"web"', '"chanel":"web"'),
      'of a later version': good.replace('0002-inbox', '9999-later'),
      'something else': '{"id":"d001","question":"泉州"}\n',
      'not JSON': 'SQLite format 3\0',
    };
    for (const [what, text] of Object.entries(broken)) {
      writeFileSync(file, text);
      await expect(run(restore, to, file, { force: true }), what).rejects.toThrow();
      expect(await seen(to), what).toEqual(before);
    }
    await expect(run(restore, to, join(file, 'none'), { force: true })).rejects.toThrow(InputError);
    await expect(run(restore, to, tempDir(), { force: true })).rejects.toThrow(InputError);
  });

  test('a backup of every earlier version comes forward', async () => {
    const fixtures = fileURLToPath(new URL('./fixtures/', import.meta.url));
    const old = await place(engine);
    const schema = readFileSync(`${fixtures}0001-state.${engine}.sql`, 'utf8');
    if (old.options.databaseUrl) await onPostgres(old.options.databaseUrl, schema);
    else new Database(join(old.options.dataDir, DATABASE)).exec(schema).close();
    const file = join(tempDir(), 'backup.jsonl');
    // It is brought forward before it is copied; the file is then made to look as that version wrote it.
    await run(backup, old, file);
    const lines = readFileSync(file, 'utf8').replace(',"0002-inbox"', '').trimEnd().split('\n');
    const body = `${lines.slice(0, -1).join('\n')}\n`;
    const { createHash } = await import('node:crypto');
    const foot = { ...JSON.parse(lines.at(-1)!), sha256: createHash('sha256').update(body).digest('hex') };
    writeFileSync(file, `${body}${JSON.stringify(foot)}\n`);
    const to = await place(engine);
    await run(restore, to, file);
    const store = await to.open();
    expect(await store.chats.load('telegram:1')).toMatchObject({ revision: 3 });
    expect(await store.inbox.put([{ id: 'n', chat: 'c', channel: 'web', payload: 1 }])).toEqual(['n']);
  });
});

test('a database that servers share is not restored under their hands, whatever is asked', async () => {
  const shared = await place('postgres');
  const file = join(tempDir(), 'backup.jsonl');
  const store = await shared.open();
  await store.chats.commit('web:a', { revision: 0, state: 'kept' });
  await run(backup, shared, file);
  let began = () => {};
  const working = new Promise<void>((resolve) => {
    began = resolve;
  });
  store.shared!.task('look', 1_000_000, async () => began());
  await working;
  await expect(run(restore, shared, file, { force: true })).rejects.toThrow(/还有 wence serve.*没有恢复/);
  expect(await store.chats.load('web:a')).toMatchObject({ state: 'kept' });
  await store.close();
  await run(restore, shared, file, { force: true });
});

test('a database that is broken, inside or altogether, gives way to the backup when told to, and is kept', async () => {
  const from = await place('sqlite');
  await fill(from);
  const backedUp = join(tempDir(), 'backup.jsonl');
  await run(backup, from, backedUp);
  const good = readFileSync(join(from.options.dataDir, DATABASE));
  const inside = Buffer.from(good);
  for (let at = 4096 * 8; at < inside.length; at += 4096 * 5) inside.fill(0xa5, at, at + 4096);
  const cases = {
    inside,
    altogether: Buffer.from('no database at all, '.repeat(500)),
    'cut short': good.subarray(0, 5000),
  };
  for (const [what, bytes] of Object.entries(cases)) {
    const to = await place('sqlite');
    writeFileSync(join(to.options.dataDir, DATABASE), bytes);
    await expect(run(restore, to, backedUp), what).rejects.toThrow();
    await run(restore, to, backedUp, { force: true });
    expect(await seen(to), what).toEqual(await seen(from));
    const aside = readdirSync(to.options.dataDir).filter((name) => /^wence\.db\.aside-[\dTZ-]+$/.test(name));
    expect(readFileSync(join(to.options.dataDir, aside[0]!)).equals(bytes), what).toBe(true);
  }
});

test('a folder without data is not backed up, and stays empty', async () => {
  const empty = await place('sqlite');
  await expect(run(backup, empty, join(tempDir(), 'b.jsonl'))).rejects.toThrow(InputError);
  expect(readdirSync(empty.options.dataDir)).toEqual([]);
});

test('a backup is taken beside a running server, and is of one moment', async () => {
  for (const engine of ['sqlite', 'postgres'] as const) {
    const running = await place(engine);
    const store = await running.open();
    let going = true;
    const writing = (async () => {
      for (let n = 0; going; n += 1)
        await store.chats.commit('web:a', {
          revision: n,
          state: n,
          update: `u${n}`,
          answers: [answer(`a${n}`)],
        });
    })();
    const file = join(tempDir(), 'backup.jsonl');
    await run(backup, running, file);
    going = false;
    await writing;
    await expect(run(backup, running, file)).rejects.toThrow(InputError);
    await run(backup, running, file, { force: true });
    expect(readdirSync(join(file, '..'))).toEqual(['backup.jsonl']);
    const to = await place('sqlite');
    await run(restore, to, file);
    const copy = await to.open();
    const { revision } = (await copy.chats.load('web:a'))!;
    expect(await copy.answers.get(`a${revision - 1}`)).not.toBeNull();
    expect(await copy.answers.get(`a${revision}`)).toBeNull();
    if (engine === 'sqlite')
      await expect(run(restore, running, file, { force: true })).rejects.toMatchObject({ kind: 'locked' });
  }
});
