import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type CrashReport, compare, crashRun, leftBehind, seeded } from '../support/crash.js';
import { freshDatabase } from '../support/postgres.js';

/** `eval/crash-telegram.ts` does the same 200 times. */
const KILLS = 10;

let dir: string;
let calm: CrashReport;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'wence-crash-'));
  calm = await crashRun({ kills: 0, persons: 3, random: seeded(3), dataDir: join(dir, 'calm') });
}, 240_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

describe('the real process, killed while people talk to it', () => {
  it.each([
    ['polling', { webhook: false, postgres: false }],
    ['with a webhook', { webhook: true, postgres: false }],
    ['polling, on PostgreSQL', { webhook: false, postgres: true }],
    ['with a webhook, on PostgreSQL', { webhook: true, postgres: true }],
  ])(
    'answers everything once and in order, %s',
    async (name, { webhook, postgres }) => {
      const dataDir = join(dir, name);
      let databaseUrl: string | undefined;
      if (postgres) {
        const database = await freshDatabase();
        onTestFinished(database.drop);
        databaseUrl = database.url;
      }
      const run = await crashRun({
        kills: KILLS,
        persons: 4,
        random: seeded(4),
        dataDir,
        databaseUrl,
        webhook,
        calm,
      });
      expect(run.kills).toBe(KILLS);
      const left = await leftBehind(dataDir, databaseUrl);
      expect([...run.faults, ...compare(run, calm).faults, ...left]).toEqual([]);
    },
    600_000,
  );
});
