/**
 * `npx tsx eval/bench/store-crash.ts [--kills 500] [--seed 1] [--engine sqlite|postgres]`: a process that writes to the store is
 * killed (SIGKILL) at random moments, and one that follows goes on; half the kills on each engine, on PostgreSQL with the
 * server itself killed in every tenth life. Prints a line of JSON for each engine; exit code 1 when anything was lost, torn,
 * doubled or out of order.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { crashRun, seeded } from '../../tests/store/crash.js';
import { startOwnPostgres } from '../../tests/support/postgres-server.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    engine: { type: 'string' },
  },
});
const engines = values.engine ? [values.engine] : ['sqlite', 'postgres'];
const kills = Math.ceil(Number(values.kills) / engines.length);

async function run(engine: string): Promise<boolean> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wence-crash-'));
  const server = engine === 'postgres' ? await startOwnPostgres() : null;
  try {
    const began = Date.now();
    const report = await crashRun({
      options: { dataDir, databaseUrl: server?.url },
      kills,
      random: seeded(Number(values.seed)),
      middle: async (kill) => {
        if (!server || kill % 10 !== 9) return;
        await server.kill();
        await server.start();
      },
    });
    console.log(JSON.stringify({ engine, ...report, seconds: Math.round((Date.now() - began) / 1000) }));
    return report.faults.length === 0;
  } finally {
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const well = [];
for (const engine of engines) well.push(await run(engine));
process.exitCode = well.every(Boolean) ? 0 : 1;
