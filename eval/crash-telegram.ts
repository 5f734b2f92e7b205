/**
 * `npx tsx eval/crash-telegram.ts [--kills 200] [--persons 6] [--seed 1] [--webhook] [--postgres] [--minutes 600]`: persons talk
 * to the real bot while it is killed (SIGKILL) at random moments, so often or for so long; what they were shown is held against
 * a run without a kill, and the store is looked into. Needs `npm run build`. Exit code 1 when anything was lost, doubled without
 * need, or out of order.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compare, crashRun, leftBehind, seeded } from '../tests/support/crash.js';
import { startPostgres } from '../tests/support/postgres-server.js';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    persons: { type: 'string', default: '6' },
    seed: { type: 'string', default: '1' },
    webhook: { type: 'boolean', default: false },
    postgres: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '600' },
  },
});
const log = (line: string) => console.error(line);
const dir = mkdtempSync(join(tmpdir(), 'wence-crash-'));
const base = {
  persons: Number(values.persons),
  random: seeded(Number(values.seed)),
  webhook: values.webhook,
  log,
  endAt: Date.now() + 60_000 * Number(values.minutes),
};
const calm = await crashRun({ ...base, kills: 0, persons: 3, dataDir: join(dir, 'calm') });
const database = values.postgres ? await startPostgres() : null;
const databaseUrl = database?.url;
const run = await crashRun({
  ...base,
  kills: Number(values.kills),
  dataDir: join(dir, 'run'),
  databaseUrl,
  calm,
});
const { faults, twice } = compare(run, calm);
const all = [...calm.faults, ...run.faults, ...faults, ...(await leftBehind(join(dir, 'run'), databaseUrl))];
await database?.stop();
const { kills, starts, updates, messages } = run;
console.log(
  JSON.stringify({ kills, starts, persons: run.transcripts.length, updates, messages, twice, faults: all }),
);
rmSync(dir, { recursive: true, force: true });
process.exitCode = all.length > 0 ? 1 : 0;
