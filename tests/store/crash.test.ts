import { expect, onTestFinished, test } from 'vitest';
import { startOwnPostgres } from '../support/postgres-server.js';
import { crashRun, seeded } from './crash.js';
import { onBoth, tempDir } from './engines.js';

// 500 kills and more: `npx tsx eval/bench/store-crash.ts`.
const KILLS = 30;

onBoth('kill -9', (fresh) => {
  test('at any moment: all that was acknowledged is there, once, and what was taken is handled by the next process', async () => {
    const { options } = await fresh();
    const report = await crashRun({ options, kills: KILLS, random: seeded(8) });
    expect(report.faults).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(KILLS);
    // A reply may be sent again only where a process died between sending it and ticking it off.
    expect(report.sentTwice).toBeLessThanOrEqual(KILLS);
  }, 120_000);
});

test('PostgreSQL itself killed while it is written to, and started again: nothing acknowledged is lost, nothing done twice', async () => {
  const server = await startOwnPostgres();
  onTestFinished(() => server.stop());
  const report = await crashRun({
    options: { dataDir: tempDir(), databaseUrl: server.url },
    kills: 6,
    random: seeded(3),
    middle: async () => {
      await server.kill();
      await server.start();
    },
  });
  expect(report.faults).toEqual([]);
  expect(report.acknowledged).toBeGreaterThan(6);
}, 120_000);
