import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { LexicalIndex } from '../../src/retrieval/index.js';
import { openPostgresIndex } from '../../src/retrieval/postgres.js';
import { tempDir } from '../store/engines.js';
import { freshDatabase, onPostgres } from '../support/postgres.js';
import { DOCS, manyDocs } from './docs.js';

const CHILD = fileURLToPath(new URL('./build-child.ts', import.meta.url));
const CLAUSES = 2600;
const QUESTIONS = ['占用盲道怎么罚', '第7条的停放点', '停放点补贴', '图书馆能拿多少补贴', '什么时候交报告'];

/** Builds in a process of its own. @param kill is asked at each line whether to end it there (SIGKILL) */
async function life(
  task: object,
  kill: (line: string) => boolean,
): Promise<{ lines: string[]; killed: boolean }> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    if (kill(line)) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  return { lines, killed: signal === 'SIGKILL' };
}

test('builders killed one after the other: readers see the old index or the new, and no work is done twice', async () => {
  const database = await freshDatabase();
  onTestFinished(database.drop);
  const place = { connection: database.url, schema: 'search' };
  const open = (docs: typeof DOCS) =>
    openPostgresIndex({ ...place, docs, dir: tempDir(), patience: 60_000, look: 0 });
  const reader = await open(DOCS);
  onTestFinished(() => reader.close());
  const expectOld = async () => {
    const old = LexicalIndex.build(DOCS);
    for (const q of QUESTIONS)
      expect((await reader.search(q)).map(({ id }) => id)).toEqual(old.search(q).map(({ id }) => id));
  };

  const begun: number[] = [];
  // In the middle of the clauses, at its end, before the terms are counted, and while they are.
  const moments = [/^clauses [1-9]/, /^clauses 1000/, /^clauses (\d+) \1$/, /^terms 0/];
  for (const moment of moments) {
    const { lines, killed } = await life({ ...place, clauses: CLAUSES }, (line) => moment.test(line));
    begun.push(Number(lines[0]!.split(' ')[2]));
    expect(killed).toBe(true);
    await expectOld();
  }
  const last = await life({ ...place, clauses: CLAUSES }, () => false);
  begun.push(Number(last.lines[0]!.split(' ')[2]));

  // Each life is left with less to do, and the last with nothing but the count.
  expect(begun[0]).toBe(CLAUSES);
  expect(begun[1]).toBeLessThan(begun[0]!);
  expect(begun[2]).toBeLessThan(begun[1]!);
  expect(begun.slice(3)).toEqual([0, 0]);
  await expectOld();
  const docs = manyDocs(CLAUSES);
  const fresh = await open(docs);
  onTestFinished(() => fresh.close());
  expect(fresh.current).toMatchObject({ clauses: CLAUSES, written: 0 });
  const [held] = await onPostgres<{ n: number }>(
    database.url,
    `SELECT count(*)::int AS n FROM search.clauses WHERE died IS NULL`,
  );
  expect(held!.n).toBe(CLAUSES);
  const embedded = LexicalIndex.build(docs);
  for (const q of QUESTIONS) {
    const scored = (hits: { id: string; score: number }[]) => hits.map((h) => [h.id, h.score.toFixed(5)]);
    expect(scored(await fresh.search(q))).toEqual(scored(embedded.search(q)));
  }
}, 120_000);
