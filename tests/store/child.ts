/**
 * A process that uses the store until it is killed. Its one argument is JSON:
 * - `{ options, hold: true }`: opens the store, prints `open`, or the fault and its message, and keeps it.
 * - `{ options, share: true }`: takes part in the shared work, prints `begun n` of the first update it gets, and comes to no end.
 * - `{ options, poison: n }`: takes part in the shared work, prints `handled n`, and ends when it gets the update n.
 * - `{ options, chats, from, sent }`: handles messages of every chat, numbered on from `from[chat]`, as a channel does: kept in the
 *   inbox, committed with an answer and a reply, the reply "sent" (appended to the file `sent`) and ticked off. Prints
 *   `kept chat n` and `saved chat n` when the store said so.
 * Every line is on its way before the next step begins, so what was printed was acknowledged.
 */
import { appendFileSync, writeSync } from 'node:fs';
import { openStore, type Store, StoreError, type StoreOptions } from '../../src/store/index.js';

interface Task {
  options: Pick<StoreOptions, 'dataDir' | 'databaseUrl'>;
  hold?: boolean;
  share?: boolean;
  poison?: number;
  chats: string[];
  from: Record<string, number>;
  sent: string;
}

const say = (line: string) => writeSync(1, `${line}\n`);
const task = JSON.parse(process.argv[2]!) as Task;

/** A database that is away for a while is waited for, as the channels do. */
async function patiently<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreError && ['unreachable', 'busy'].includes(error.kind))) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

async function handle(store: Store, chat: string, n: number): Promise<void> {
  const update = `${chat}#${n}`;
  await patiently(() => store.inbox.put([{ id: update, chat, channel: 'test', payload: { n } }]));
  say(`kept ${chat} ${n}`);
  for (;;) {
    const kept = await patiently(() => store.chats.load(chat));
    const state = (kept?.state ?? { handled: [] }) as { handled: number[] };
    const outcome = await patiently(() =>
      store.chats.commit(chat, {
        revision: kept?.revision ?? 0,
        state: { handled: [...state.handled.slice(-2000), n] },
        update,
        answers: [
          { id: update, channel: 'test', question: 'q', asOf: '2026-11-21', answered: true, answer: { n } },
        ],
        outbox: [{ id: `reply ${update}`, channel: 'test', payload: { n } }],
      }),
    );
    if (outcome === 'conflict') continue;
    break;
  }
  say(`saved ${chat} ${n}`);
}

let sending = Promise.resolve();

/** One reply after the other: two senders at once would send the same one. */
function send(store: Store): Promise<void> {
  sending = sending.then(async () => {
    for (const reply of await patiently(() => store.outbox.pending('test'))) {
      appendFileSync(task.sent, `${reply.chat} ${(reply.payload as { n: number }).n}\n`);
      await patiently(() => store.outbox.done(reply.id));
    }
  });
  return sending;
}

async function main(): Promise<void> {
  const store = await patiently(() => openStore(task.options));
  say('open');
  if (task.share) {
    store.shared!.work('test', ({ update }) => {
      say(`begun ${(update!.payload as { n: number }).n}`);
      return new Promise(() => {});
    });
  }
  if (task.poison !== undefined) {
    store.shared!.work(
      'test',
      async ({ chat, update, again }) => {
        if (again && (await store.inbox.attempt(update!.id, { most: 2 })) !== 'try') return;
        const { n } = update!.payload as { n: number };
        if (n === task.poison) process.exit(3);
        const revision = (await store.chats.load(chat))?.revision ?? 0;
        await store.chats.commit(chat, { revision, state: n, update: update!.id });
        say(`handled ${n}`);
      },
      { lookMs: 50, leftMs: 1000 },
    );
  }
  if (task.hold || task.share || task.poison !== undefined) {
    setInterval(() => {}, 1_000_000);
    return;
  }
  // What an earlier life left in the inbox comes first.
  for (const left of await patiently(() => store.inbox.pending('test'))) {
    const n = (left.payload as { n: number }).n;
    await handle(store, left.chat, n);
    task.from[left.chat] = Math.max(task.from[left.chat] ?? 1, n + 1);
  }
  await send(store);
  await Promise.all(
    task.chats.map(async (chat) => {
      for (let n = task.from[chat] ?? 1; ; n += 1) {
        await handle(store, chat, n);
        if (n % 3 === 0) await send(store);
      }
    }),
  );
}

main().catch((error) => {
  say(error instanceof StoreError ? `${error.kind} ${error.message}` : `failed ${error.stack}`);
  process.exit(1);
});
