import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findSets, readSet } from './sets.js';
import { SYSTEMS } from './systems.js';

type Half = 'even' | 'odd' | 'all';
/** One system on one set. `r` is recall, averaged over the questions; milliseconds are of one search for the best ten. */
interface Row {
  ndcg10: number;
  r1: number;
  r5: number;
  r10: number;
  r100: number;
  mrr10: number;
  buildS: number;
  p50Ms: number;
  p95Ms: number;
  rssMB: number;
}

const USAGE = 'npm run -s bench -- retrieval --data DIR [--json] [--only SYSTEM]… [--queries even|odd|all]';

/** Runs every system over every set, each in a process of its own so that memory is its own. */
export async function run(args: string[]): Promise<number> {
  let options: { data?: string; json?: boolean; only?: string[]; queries?: string; child?: boolean };
  try {
    options = parseArgs({
      args,
      options: {
        data: { type: 'string' },
        json: { type: 'boolean' },
        only: { type: 'string', multiple: true },
        queries: { type: 'string' },
        child: { type: 'boolean' },
      },
    }).values;
    const unknown = options.only?.find((name) => !(name in SYSTEMS));
    if (unknown !== undefined)
      throw new Error(`--only takes ${Object.keys(SYSTEMS).join(', ')}; got ${unknown}`);
    if (!['even', 'odd', 'all', undefined].includes(options.queries))
      throw new Error('--queries takes even, odd or all');
    if (options.data === undefined) throw new Error('--data is missing');
  } catch (error) {
    console.error(`${(error as Error).message}\nusage: ${USAGE}`);
    return 2;
  }
  const half = (options.queries ?? 'all') as Half;
  const systems = options.only ?? Object.keys(SYSTEMS);
  if (options.child) {
    console.log(JSON.stringify(await measure(systems[0]!, options.data, half)));
    return 0;
  }
  let sets: Map<string, string>;
  try {
    sets = findSets(options.data);
  } catch (error) {
    console.error((error as Error).message);
    return 2;
  }
  const report: Record<string, Record<string, Row>> = {};
  for (const [name, dir] of sets) {
    report[name] = {};
    for (const system of systems) {
      console.error(`${name}: ${system}`);
      const row = inOwnProcess(system, dir, half);
      if (row === null) return 1;
      report[name][system] = row;
    }
  }
  const single = sets.size === 1 && [...sets.values()][0] === options.data;
  if (options.json) console.log(JSON.stringify(single ? Object.values(report)[0] : report, null, 2));
  else for (const [name, rows] of Object.entries(report)) table(name, rows);
  return 0;
}

function inOwnProcess(system: string, dir: string, half: Half): Row | null {
  const bench = fileURLToPath(new URL('../bench.ts', import.meta.url));
  const args = [
    ...process.execArgv,
    bench,
    'retrieval',
    '--child',
    '--data',
    dir,
    '--only',
    system,
    '--queries',
    half,
  ];
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (child.status !== 0) {
    console.error(`${system} on ${dir} failed (${child.error?.message ?? `exit ${child.status}`})`);
    return null;
  }
  return JSON.parse(child.stdout) as Row;
}

async function measure(system: string, dir: string, half: Half): Promise<Row> {
  const { docs, queries } = readSet(dir, half);
  const began = performance.now();
  const search = await SYSTEMS[system]!(docs);
  const buildS = (performance.now() - began) / 1000;
  for (const q of queries.slice(0, 100)) await search(q.text, 10);
  const times: number[] = [];
  const sum = { ndcg10: 0, r1: 0, r5: 0, r10: 0, r100: 0, mrr10: 0 };
  for (const { text, gold } of queries) {
    const start = performance.now();
    await search(text, 10);
    times.push(performance.now() - start);
    const found = (await search(text, 100)).map((id) => gold.has(id));
    const recall = (k: number) => found.slice(0, k).filter(Boolean).length / gold.size;
    const gain = found.slice(0, 10).reduce((s, hit, i) => s + (hit ? 1 / Math.log2(i + 2) : 0), 0);
    let ideal = 0;
    for (let i = 0; i < Math.min(10, gold.size); i++) ideal += 1 / Math.log2(i + 2);
    const first = found.slice(0, 10).indexOf(true);
    sum.ndcg10 += gain / ideal;
    sum.r1 += recall(1);
    sum.r5 += recall(5);
    sum.r10 += recall(10);
    sum.r100 += recall(100);
    sum.mrr10 += first < 0 ? 0 : 1 / (first + 1);
  }
  times.sort((x, y) => x - y);
  const at = (share: number) =>
    round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0, 3);
  const mean = Object.fromEntries(
    Object.entries(sum).map(([key, value]) => [key, round(value / Math.max(1, queries.length), 4)]),
  ) as typeof sum;
  const rssMB = round(process.memoryUsage().rss / 1e6, 0);
  return { ...mean, buildS: round(buildS, 2), p50Ms: at(0.5), p95Ms: at(0.95), rssMB };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function table(name: string, rows: Record<string, Row>): void {
  const columns = Object.keys(Object.values(rows)[0] ?? {}) as (keyof Row)[];
  console.log(`\n${name.padEnd(18)}${columns.map((c) => c.padStart(8)).join('')}`);
  for (const [system, row] of Object.entries(rows)) {
    console.log(`${system.padEnd(18)}${columns.map((c) => String(row[c]).padStart(8)).join('')}`);
  }
}
