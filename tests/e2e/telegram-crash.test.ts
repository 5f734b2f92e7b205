import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CrashReport, compare, crashRun, leftBehind, seeded } from '../support/crash.js';

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
    ['polling', false],
    ['with a webhook', true],
  ])(
    'answers everything once and in order, %s',
    async (_name, webhook) => {
      const dataDir = join(dir, `run-${webhook}`);
      const run = await crashRun({ kills: KILLS, persons: 4, random: seeded(4), dataDir, webhook });
      expect(run.kills).toBe(KILLS);
      expect([...run.faults, ...compare(run, calm).faults, ...(await leftBehind(dataDir))]).toEqual([]);
    },
    600_000,
  );
});
