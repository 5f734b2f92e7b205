import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../tests/support/postgres-server.js';
import { cpuSeconds } from './growth-cpu.js';
import { syntheticDocs } from './growth-packs.js';
import { GROWING } from './growth-systems.js';

const USAGE =
  'npm run -s bench -- growth [--documents 5,500,5000] [--only SYSTEM]… [--questions N] [--patience SECONDS] [--json]';

/** One system at one size. `same10`: share of the embedded index's best ten that are among its own. */
interface Row {
  documents: number;
  clauses: number;
  system: string;
  buildS: number;
  /** Processor time, of PostgreSQL too where it takes part: less dependent on what else the machine does. */
  buildCpuS: number;
  /** Of one search, the mean. */
  cpuMs: number;
  p50Ms: number;
  p95Ms: number;
  rssMB: number;
  /** What PostgreSQL holds of it on disk. */
  elsewhereMB: number;
  same10?: number;
}

/**
 * Build time, query time and memory as the collection grows, each system in a process of its own. The first five documents
 * are the project's; the rest are synthetic. `rssMB` includes the clauses themselves (about the same for all).
 */
export async function run(args: string[]): Promise<number> {
  let options: {
    documents?: string;
    only?: string[];
    questions?: string;
    patience?: string;
    json?: boolean;
    child?: boolean;
  };
  let sizes: number[];
  try {
    options = parseArgs({
      args,
      options: {
        documents: { type: 'string' },
        only: { type: 'string', multiple: true },
        questions: { type: 'string' },
        patience: { type: 'string' },
        json: { type: 'boolean' },
        child: { type: 'boolean' },
      },
    }).values;
    sizes = (options.documents ?? '5,500,5000').split(',').map(Number);
    if (sizes.some((n) => !Number.isInteger(n) || n < 1)) throw new Error('--documents takes whole numbers');
    const unknown = options.only?.find((name) => !Object.hasOwn(GROWING, name));
    if (unknown !== undefined)
      throw new Error(`--only takes ${Object.keys(GROWING).join(', ')}; got ${unknown}`);
  } catch (error) {
    console.error(`${(error as Error).message}\nusage: ${USAGE}`);
    return 2;
  }
  const questions = Number(options.questions ?? 200);
  const patienceMs = 1000 * Number(options.patience ?? 600);
  const systems = options.only ?? Object.keys(GROWING);
  if (options.child) {
    process.stdout.write(JSON.stringify(await measure(systems[0]!, sizes[0]!, questions)));
    return 0;
  }
  const server = systems.includes('wence-postgres') ? await startPostgres() : null;
  const rows: Row[] = [];
  try {
    for (const documents of sizes) {
      let reference: string[][] | null = null;
      for (const system of systems) {
        console.error(`${documents} documents: ${system} (load ${loadavg()[0]!.toFixed(1)})`);
        const found = inOwnProcess(system, documents, { questions, patienceMs, url: server?.url });
        if (!found) continue;
        if (system === 'wence') reference = found.best;
        if (reference) found.row.same10 = agreement(reference, found.best);
        rows.push(found.row);
        console.error(JSON.stringify(found.row));
      }
    }
  } finally {
    await server?.stop();
  }
  if (options.json) console.log(JSON.stringify(rows, null, 2));
  else table(rows);
  return 0;
}

interface Measured {
  row: Row;
  best: string[][];
}

function inOwnProcess(
  system: string,
  documents: number,
  { questions, patienceMs, url }: { questions: number; patienceMs: number; url?: string },
): Measured | null {
  const bench = fileURLToPath(new URL('../bench.ts', import.meta.url));
  const args = [
    'growth',
    '--child',
    '--documents',
    `${documents}`,
    '--only',
    system,
    '--questions',
    `${questions}`,
  ];
  const child = spawnSync(
    process.execPath,
    ['--max-old-space-size=8000', ...process.execArgv, bench, ...args],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
      maxBuffer: 1 << 28,
      timeout: patienceMs,
      env: { ...process.env, ...(url ? { BENCH_DATABASE_URL: url } : {}) },
    },
  );
  if (child.status !== 0) {
    console.error(
      `${system} at ${documents} documents gave up (${child.error?.message ?? `exit ${child.status}`})`,
    );
    return null;
  }
  return JSON.parse(child.stdout) as Measured;
}

async function measure(system: string, documents: number, questions: number): Promise<Measured> {
  const docs = syntheticDocs(documents);
  const asked = readFileSync(join(import.meta.dirname, '../questions/dev.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .slice(0, questions)
    .map((line) => (JSON.parse(line) as { question: string }).question);
  const url = system === 'wence-postgres' ? process.env.BENCH_DATABASE_URL : undefined;
  const idle = await cpuSeconds(url);
  const began = performance.now();
  const grown = await GROWING[system]!(docs);
  const buildS = (performance.now() - began) / 1000;
  const built = await cpuSeconds(url);
  const until = performance.now() + 120_000;
  for (const q of asked.slice(0, 20)) if (performance.now() < until) await grown.search(q, 10);
  const times: number[] = [];
  const warm = await cpuSeconds(url);
  const best: string[][] = [];
  for (const q of asked) {
    if (performance.now() > until) break;
    const start = performance.now();
    best.push((await grown.search(q, 10)).slice(0, 10));
    times.push(performance.now() - start);
  }
  const cpuS = (await cpuSeconds(url)) - warm;
  times.sort((x, y) => x - y);
  const at = (share: number) =>
    round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0, 2);
  const row: Row = {
    documents,
    clauses: docs.length,
    system,
    buildS: round(buildS, 2),
    buildCpuS: round(built - idle, 2),
    cpuMs: round((1000 * cpuS) / Math.max(1, times.length), 2),
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    rssMB: round(process.memoryUsage().rss / 1e6, 0),
    elsewhereMB: round((await grown.elsewhereMB?.()) ?? 0, 0),
  };
  await grown.close?.();
  return { row, best };
}

function agreement(reference: readonly string[][], best: readonly string[][]): number {
  let shared = 0;
  let all = 0;
  for (const [i, ids] of best.entries()) {
    const own = new Set(ids);
    all += reference[i]!.length;
    shared += reference[i]!.filter((id) => own.has(id)).length;
  }
  return all === 0 ? 1 : round(shared / all, 3);
}

const round = (value: number, digits: number) => Number(value.toFixed(digits));

function table(rows: readonly Row[]): void {
  const columns = [
    'documents',
    'clauses',
    'buildS',
    'buildCpuS',
    'cpuMs',
    'p50Ms',
    'p95Ms',
    'rssMB',
    'elsewhereMB',
    'same10',
  ] as const;
  console.log(`${'system'.padEnd(18)}${columns.map((c) => c.padStart(12)).join('')}`);
  for (const row of rows) {
    console.log(`${row.system.padEnd(18)}${columns.map((c) => String(row[c] ?? '').padStart(12)).join('')}`);
  }
}
