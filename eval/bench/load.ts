/**
 * `npm run -s bench -- load [--questions 50000] [--chats 5000] [--at-once 64] [--processes 1,2] [--engine postgres|sqlite] [--documents N] [--json]`:
 * questions of eval/questions/dev from many chats through the webhook of real `wence serve` processes on one database, the
 * updates to the processes in turn; throughput, time from a question's delivery to its reply, processor time of the processes, memory over time. At the end
 * the database is asked whether each question was answered once. PostgreSQL is the one from npm (without waiting for the
 * disk) or TEST_DATABASE_URL, then an empty database. With `--documents` the processes hold so many: the project's own, then
 * synthetic ones; the questions stay those of the project's. Needs `npm run build`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openStore } from '../../src/store/index.js';
import { startPostgres } from '../../tests/support/postgres-server.js';
import { People } from './load-people.js';
import { ServeProcess } from './load-processes.js';
import { writeKnowledge } from './synthetic-packs.js';

const SAMPLES = 10;
const WARM_UP = 100;

interface Run {
  questions: readonly string[];
  chats: number;
  atOnce: number;
  processes: number;
  engine: string;
  /** How many there are; null for the project's own. */
  documents: number | null;
}

/** @returns the exit code: 1 when a question was lost or answered twice */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      questions: { type: 'string', default: '50000' },
      chats: { type: 'string', default: '5000' },
      'at-once': { type: 'string', default: '64' },
      processes: { type: 'string', default: '1,2' },
      engine: { type: 'string', default: 'postgres' },
      documents: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const lines = readFileSync(new URL('../questions/dev.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const asked = lines.map((line) => (JSON.parse(line) as { question: string }).question);
  const questions = Array.from({ length: Number(values.questions) }, (_, i) => asked[i % asked.length]!);
  let faults = 0;
  for (const processes of values.processes.split(',').map(Number)) {
    const { engine } = values;
    const report = await measure({
      questions,
      chats: Number(values.chats),
      atOnce: Number(values['at-once']),
      processes,
      engine,
      documents: values.documents === undefined ? null : Number(values.documents),
    });
    faults += report.notOnce;
    process.stdout.write(
      values.json ? `${JSON.stringify(report)}\n` : `${JSON.stringify(report, null, 1)}\n`,
    );
  }
  return faults === 0 ? 0 : 1;
}

async function measure({ questions, chats, atOnce, processes, engine, documents }: Run) {
  const dataDir = mkdtempSync(join(tmpdir(), 'wence-bench-load-'));
  const knowledge = join(dataDir, 'knowledge');
  if (documents !== null) writeKnowledge(knowledge, documents);
  const server = engine === 'postgres' ? await startPostgres() : null;
  const people = await new People().start();
  const servers: ServeProcess[] = [];
  try {
    const env = {
      DATABASE_URL: server?.url ?? '',
      TELEGRAM_BOT_TOKEN: '4242:TEST-token_of-the-load',
      TELEGRAM_API_ROOT: people.root,
      KNOWLEDGE_DIR: documents === null ? '' : knowledge,
    };
    const began = performance.now();
    for (let i = 0; i < processes; i++)
      servers.push(await ServeProcess.start({ ...env, DATA_DIR: join(dataDir, String(i)) }));
    await Promise.all(servers.map((each) => each.ready()));
    const start = {
      startS: seconds(performance.now() - began),
      startCpuS: seconds(sum(servers.map((s) => s.cpuMs()))),
    };
    const hooks = servers.map((each) => each.hook);
    const warm = questions.slice(0, WARM_UP);
    await people.talk({ questions: warm, chats: warm.length, atOnce, firstChat: 1, hooks });
    const memory = [servers.map((each) => each.rssMB())];
    const load = [loadavg()[0]!];
    const cpuBefore = sum(servers.map((each) => each.cpuMs()));
    const talk = await people.talk({ questions, chats, atOnce, firstChat: 1_000_000, hooks }, (answered) => {
      if (answered % Math.ceil(questions.length / SAMPLES) !== 0) return;
      memory.push(servers.map((each) => each.rssMB()));
      load.push(loadavg()[0]!);
      process.stderr.write(`${answered} of ${questions.length}, memory ${memory.at(-1)!.join(' + ')} MB\n`);
    });
    const cpuMs = sum(servers.map((each) => each.cpuMs())) - cpuBefore;
    for (const each of servers) await each.stop();
    const complaints = servers.map((each) => each.said).join('');
    if (complaints !== '') process.stderr.write(complaints);
    const kept = await check(server?.url, join(dataDir, '0'), questions.length + warm.length);
    const times = talk.times.sort((a, b) => a - b);
    const at = (share: number) => Math.round(times[Math.floor(times.length * share)]!);
    return {
      engine,
      processes,
      ...(documents === null ? {} : { documents }),
      ...start,
      questions: questions.length,
      chats,
      atOnce,
      perSecond: Math.round((10 * questions.length) / talk.seconds) / 10,
      p50Ms: at(0.5),
      p95Ms: at(0.95),
      p99Ms: at(0.99),
      mostMs: Math.round(times.at(-1)!),
      cpuMsPerAnswer: Math.round((10 * cpuMs) / questions.length) / 10,
      deliveredAgain: talk.deliveredAgain,
      ...kept,
      memoryMB: memory,
      machineLoad: load.map((each) => Math.round(10 * each) / 10),
    };
  } finally {
    for (const each of servers) await each.stop();
    await people.stop();
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);
const seconds = (ms: number): number => Math.round(ms / 100) / 10;

/** What the database says: answers lost or given twice, and what was left. */
async function check(databaseUrl: string | undefined, dataDir: string, wanted: number) {
  const store = await openStore({ dataDir, databaseUrl, readOnly: true });
  try {
    const day = 86_400_000;
    const span = { from: new Date(Date.now() - day), to: new Date(Date.now() + day) };
    const answers = await store.answers.list({ ...span, channel: 'telegram', limit: 10 * wanted });
    const left = (await store.inbox.pending('telegram')).length + (await store.inbox.aside()).length;
    return {
      notOnce: Math.abs(answers.length - wanted),
      leftBehind: left + (await store.outbox.count('telegram')),
    };
  } finally {
    await store.close();
  }
}
