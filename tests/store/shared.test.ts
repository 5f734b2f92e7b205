import { expect, onTestFinished, test } from 'vitest';
import type { Store, Visit } from '../../src/store/index.js';
import { gate } from '../support/gate.js';
import { onPostgres } from '../support/postgres.js';
import { startOwnPostgres } from '../support/postgres-server.js';
import { killChild, startChild } from './crash.js';
import { place } from './engines.js';

const update = (chat: string, n: number) => ({ id: `${chat}#${n}`, chat, channel: 'test', payload: { n } });
const numberOf = (visit: Visit) => (visit.update!.payload as { n: number }).n;
const QUICK = { lookMs: 50, leftMs: 1000 };

/** Does what an update asks for, as a channel does: the new state and the reply in one commit. */
async function commit(store: Store, { chat, update }: Visit): Promise<string> {
  const kept = await store.chats.load(chat);
  const state = [...((kept?.state as number[] | undefined) ?? []), (update!.payload as { n: number }).n];
  return store.chats.commit(chat, { revision: kept?.revision ?? 0, state, update: update!.id });
}

/** Resolves once it holds. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

test('two processes share the updates: each chat in order, each update once, a chat with one of them at a time', async () => {
  const { open } = await place('postgres');
  const stores = [await open(), await open()] as const;
  const chats = Array.from({ length: 20 }, (_, i) => `test:${i}`);
  const open_ = new Set<string>();
  const took = [0, 0];
  const outcomes: string[] = [];
  stores.forEach((store, i) => {
    store.shared!.work(
      'test',
      async (visit) => {
        expect(open_.has(visit.chat)).toBe(false);
        open_.add(visit.chat);
        took[i]! += 1;
        // One that has its hands full leaves the rest to the other.
        await until(async () => took[1 - i]! > 0);
        outcomes.push(await commit(store, visit));
        open_.delete(visit.chat);
      },
      { ...QUICK, most: 4 },
    );
  });
  for (let n = 1; n <= 8; n++)
    await Promise.all(chats.map((chat, i) => stores[(n + i) % 2]!.inbox.put([update(chat, n)])));
  // The same delivery again, at the other door.
  await stores[0].inbox.put(chats.map((chat) => update(chat, 8)));
  await until(async () => (await stores[0].inbox.pending('test')).length === 0 && open_.size === 0);
  for (const chat of chats)
    expect((await stores[0].chats.load(chat))?.state).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(outcomes).toEqual(Array(160).fill('saved'));
  expect(Math.min(...took)).toBeGreaterThan(0);
});

test('what a process had in hand when it was killed goes to another, which knows that it was begun before', async () => {
  const { options, open } = await place('postgres');
  const store = await open();
  let heard = '';
  const child = await startChild({ options, share: true }, (line) => {
    heard += line;
  });
  await until(() => heard.includes('open'));
  await store.inbox.put([update('test:a', 1), update('test:a', 2)]);
  const visits: { n: number; again: boolean }[] = [];
  const begin = () =>
    store.shared!.work(
      'test',
      async (visit) => {
        visits.push({ n: numberOf(visit), again: visit.again });
        await commit(store, visit);
      },
      QUICK,
    );
  await until(() => heard.includes('begun 1'));
  begin();
  // As long as the other lives, it keeps the chat, and its neighbours go on.
  await store.inbox.put([update('test:b', 7)]);
  await until(() => visits.length === 1);
  expect(visits).toEqual([{ n: 7, again: false }]);
  await killChild(child);
  await until(async () => (await store.inbox.pending('test')).length === 0);
  expect(visits.slice(1)).toEqual([
    { n: 1, again: true },
    { n: 2, again: false },
  ]);
}, 60_000);

test('an update that ends every process that takes it goes aside, and its chat goes on', async () => {
  const { options, open } = await place('postgres');
  const store = await open();
  await store.inbox.put([1, 2, 3].map((n) => update('test:a', n)));
  let handled = '';
  let ended = 0;
  while (!handled.includes('handled 3')) {
    const child = await startChild({ options, poison: 2 }, (line) => {
      handled += `${line}\n`;
    });
    await until(() => child.exitCode !== null || handled.includes('handled 3'));
    if (child.exitCode !== null) ended++;
    else await killChild(child);
  }
  expect(handled.match(/handled \d/g)).toEqual(['handled 1', 'handled 3']);
  expect(ended).toBe(2);
  expect(await store.inbox.aside()).toMatchObject([{ id: 'test:a#2' }]);
  expect(await store.inbox.pending('test')).toEqual([]);
}, 120_000);

test('replies that were left are sent by one of the processes, in their order', async () => {
  const { open } = await place('postgres');
  const stores = [await open(), await open(), await open()] as const;
  for (let chat = 0; chat < 10; chat++)
    await stores[0].chats.commit(`test:${chat}`, {
      revision: 0,
      state: 1,
      outbox: [1, 2, 3].map((n) => ({ id: `${chat}-${n}`, channel: 'test', payload: n })),
    });
  const sent: string[] = [];
  for (const store of stores)
    store.shared!.work(
      'test',
      async ({ replies, update }) => {
        expect(update).toBeNull();
        for (const { id } of replies) {
          sent.push(id);
          await store.outbox.done(id);
        }
      },
      QUICK,
    );
  await until(async () => (await stores[0].outbox.count('test')) === 0);
  expect(sent.sort()).toEqual(
    Array.from({ length: 30 }, (_, i) => `${Math.floor(i / 3)}-${(i % 3) + 1}`).sort(),
  );
});

test('a task is done by one process for all of them', async () => {
  const { open } = await place('postgres');
  const stores = [await open(), await open(), await open()] as const;
  const done: number[] = [];
  const workers = stores.map((store, i) =>
    store.shared!.task('sweep', 12 * 3_600_000, async () => void done.push(i)),
  );
  await until(() => done.length > 0);
  for (const worker of workers) await worker.stop();
  expect(done).toHaveLength(1);
  // Who comes later in the same stretch of time does it no more.
  const late = stores[0].shared!.task('sweep', 12 * 3_600_000, async () => void done.push(9));
  await stores[0].rates.hit('a moment', 1000);
  await late.stop();
  expect(done).toHaveLength(1);
});

test('a session of PostgreSQL that ends takes its chats with it: the work is told, and taken up again', async () => {
  const { options, open } = await place('postgres');
  const store = await open();
  const first = gate();
  const visits: boolean[] = [];
  let lost = false;
  store.shared!.work(
    'test',
    async (visit) => {
      visits.push(visit.again);
      if (visits.length > 1) return void (await commit(store, visit));
      visit.lost.addEventListener('abort', () => {
        lost = true;
        first.open();
      });
      await first.opened;
    },
    QUICK,
  );
  await until(async () => {
    await store.inbox.put([update('test:a', 1)]);
    return visits.length > 0;
  });
  await onPostgres(
    options.databaseUrl!,
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'wence holds' and datname = current_database()",
  );
  await until(async () => (await store.inbox.pending('test')).length === 0);
  expect(lost).toBe(true);
  expect(visits).toEqual([false, true]);
});

test('work begins by itself when PostgreSQL comes, and goes on after it was restarted', async () => {
  const server = await startOwnPostgres();
  onTestFinished(() => server.stop());
  const { openStore } = await import('../../src/store/index.js');
  const store = await openStore({ dataDir: '/nowhere', databaseUrl: server.url });
  onTestFinished(() => store.close());
  await server.kill();
  const outcomes: string[] = [];
  store.shared!.work('test', async (visit) => void outcomes.push(await commit(store, visit)), QUICK);
  await expect(store.inbox.put([update('test:a', 1)])).rejects.toMatchObject({ kind: 'unreachable' });
  await server.start();
  await store.inbox.put([update('test:a', 1)]);
  await until(() => outcomes.length === 1);
  await server.kill();
  await server.start();
  await store.inbox.put([update('test:a', 2), update('test:b', 1)]);
  await until(() => outcomes.length === 3);
  expect(outcomes).toEqual(['saved', 'saved', 'saved']);
}, 90_000);
