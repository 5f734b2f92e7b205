/**
 * `npx tsx eval/bench/store.ts [--commits 3000] [--chats 50] [--engine sqlite|postgres]`: an update handled as a channel does it (kept in
 * the inbox, state loaded, committed with an answer and a reply, the reply ticked off), from several chats at once. Prints a line
 * of JSON for each engine. PostgreSQL is the embedded one (without waiting for the disk) or TEST_DATABASE_URL.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../../src/store/index.js';
import { startPostgres } from '../../tests/support/postgres-server.js';

const { values } = parseArgs({
  options: {
    commits: { type: 'string', default: '3000' },
    chats: { type: 'string', default: '50' },
    engine: { type: 'string' },
  },
});
const commits = Number(values.commits);
const chats = Number(values.chats);
const answer = { text: '按你提供的信息，暂未达到泉州对牵头单位的硬性要求。'.repeat(40), citations: [] };

for (const engine of values.engine ? [values.engine] : ['sqlite', 'postgres']) {
  const dataDir = mkdtempSync(join(tmpdir(), 'wence-bench-'));
  const server = engine === 'postgres' ? await startPostgres() : null;
  const store = await openStore({ dataDir, databaseUrl: server?.url });
  const took: number[] = [];
  const began = performance.now();
  await Promise.all(
    Array.from({ length: chats }, async (_, i) => {
      const chat = `bench:${process.pid}:${i}`;
      for (let n = 0; n < commits / chats; n += 1) {
        const from = performance.now();
        const id = `${chat}#${n}`;
        await store.inbox.put([{ id, chat, channel: 'bench', payload: { text: '营收1.8亿' } }]);
        const revision = (await store.chats.load(chat))?.revision ?? 0;
        const outcome = await store.chats.commit(chat, {
          revision,
          state: { version: 1, history: answer },
          update: id,
          answers: [{ id, channel: 'bench', question: 'q', asOf: '2026-11-21', answered: true, answer }],
          outbox: [{ id, channel: 'bench', payload: answer }],
        });
        if (outcome !== 'saved') throw new Error(outcome);
        await store.outbox.done(id);
        took.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  took.sort((a, b) => a - b);
  const at = (share: number) => Math.round(took[Math.floor(took.length * share)]! * 10) / 10;
  const perSecond = Math.round(took.length / seconds);
  const rssMB = Math.round(process.memoryUsage().rss / 1e6);
  console.log(
    JSON.stringify({
      engine,
      updates: took.length,
      chats,
      perSecond,
      p50Ms: at(0.5),
      p95Ms: at(0.95),
      p99Ms: at(0.99),
      rssMB,
    }),
  );
  await store.close();
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
