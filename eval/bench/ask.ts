/**
 * `npm run -s bench -- ask [--json]`: what an answer costs. A running process answers the questions of eval/questions/dev;
 * a fresh one answers its first with the index on disk. As a ratio: the whole answer against searching the clauses alone in
 * the same process, and a first answer against starting Node to do nothing.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp } from '../../src/app.js';
import type { Turn } from '../../src/assistant/types.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
const round = (n: number): number => Math.round(n * 100) / 100;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Wall time of a command in milliseconds, the median of five. */
function command(args: string[], dataDir: string): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    spawnSync(process.execPath, args, { cwd: root, env: { ...process.env, DATA_DIR: dataDir } });
    return performance.now() - start;
  });
  return at(
    times.sort((a, b) => a - b),
    0.5,
  );
}

/** @returns the exit code */
export async function run(args: string[]): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wence-bench-'));
  const app = createApp({ dataDir });
  await app.index();
  const lines = readFileSync(join(root, 'eval/questions/dev.jsonl'), 'utf8').split('\n').filter(Boolean);
  const cases = lines.map((line) => JSON.parse(line) as { question: string; history?: Turn[] });
  await app.assistant.ask({ question: cases[0]!.question });
  const answers: number[] = [];
  const searches: number[] = [];
  for (const { question, history = [] } of cases) {
    answers.push(await timed(() => app.assistant.ask({ question, history, asOf: '2026-11-21' })));
    searches.push(await timed(() => app.desk.search(question, 10)));
  }
  answers.sort((a, b) => a - b);
  searches.sort((a, b) => a - b);
  const first = command(['bin/wence.js', 'ask', cases[0]!.question], dataDir);
  const nothing = command(['-e', '0'], dataDir);
  const report = {
    questions: cases.length,
    askP50Ms: round(at(answers, 0.5)),
    askP95Ms: round(at(answers, 0.95)),
    askToSearch: round(at(answers, 0.5) / at(searches, 0.5)),
    firstAnswerMs: round(first),
    firstAnswerToNode: round(first / nothing),
    rssMB: round(process.memoryUsage().rss / 1e6),
  };
  rmSync(dataDir, { recursive: true, force: true });
  if (args.includes('--json')) process.stdout.write(`${JSON.stringify(report)}\n`);
  else console.table(report);
  return 0;
}
