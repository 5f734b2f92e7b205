import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { openStore, type StoreOptions } from '../../src/store/index.js';

const here = fileURLToPath(new URL('./', import.meta.url));
const native = createRequire(import.meta.url).resolve('better-sqlite3');
let bundled: Promise<string> | null = null;

/** The child as one file, so that a life begins quickly. */
function childFile(): Promise<string> {
  bundled ??= (async () => {
    const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));
    mkdirSync(cache, { recursive: true });
    const dir = mkdtempSync(join(cache, 'wence-store-child-'));
    process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
    const outfile = join(dir, 'child.cjs');
    await build({
      entryPoints: [join(here, 'child.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['pg-native'],
      logLevel: 'error',
      plugins: [
        {
          name: 'native',
          setup: (b) => b.onResolve({ filter: /^better-sqlite3$/ }, () => ({ path: native, external: true })),
        },
      ],
    });
    return outfile;
  })();
  return bundled;
}

/** Starts the child. @param onLine each line that it printed */
export async function startChild(task: object, onLine: (line: string) => void): Promise<ChildProcess> {
  const child = spawn(process.execPath, [await childFile(), JSON.stringify(task)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: child.stdout! }).on('line', onLine);
  return child;
}

/** Kills it without a chance to tidy up, and waits until all that it printed was read. */
export async function killChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) throw new Error(`the process ended by itself (${child.exitCode})`);
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await closed;
}

export interface CrashReport {
  kills: number;
  /** Updates that the store said were handled, to a process that was then killed. */
  acknowledged: number;
  handled: number;
  /** Replies that were sent again because the process died between sending and ticking off. */
  sentTwice: number;
  /** What must not be; empty when all is well. */
  faults: string[];
}

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Lets one process after another use a store and kills each at a random moment, some of them while they open it; then looks
 * whether everything acknowledged is there, once.
 */
export async function crashRun(run: {
  options: Pick<StoreOptions, 'dataDir' | 'databaseUrl'>;
  kills: number;
  random: () => number;
  /** Called in each life before its end, such as to crash the database itself under the hands of the process. */
  middle?: (kill: number) => Promise<void>;
}): Promise<CrashReport> {
  const chats = ['test:a', 'test:b', 'test:c'];
  const sent = join(run.options.dataDir, 'sent');
  const kept: Record<string, number> = {};
  const saved: Record<string, number> = {};
  const faults: string[] = [];
  for (let kill = 0; kill < run.kills; kill += 1) {
    const from = Object.fromEntries(chats.map((chat) => [chat, (saved[chat] ?? 0) + 1]));
    // One in ten dies while it is opening the store; the others after some commits, and a moment more.
    const lines = run.random() < 0.1 ? 0 : Math.floor(run.random() * 40);
    const moreMs = run.random() * 8;
    await new Promise<void>((resolve, reject) => {
      let seen = 0;
      let dying = false;
      startChild({ options: run.options, chats, from, sent }, (line) => {
        const [word, chat = '', n = ''] = line.split(' ');
        if (word === 'kept') kept[chat] = Number(n);
        else if (word === 'saved') {
          if (Number(n) > (saved[chat] ?? 0) + 1) faults.push(`${chat} went on from ${saved[chat]} to ${n}`);
          saved[chat] = Math.max(saved[chat] ?? 0, Number(n));
        } else if (word !== 'open') faults.push(line);
        seen += 1;
        if (seen >= lines && !dying) die();
      }).then((child) => {
        die = async () => {
          dying = true;
          await run.middle?.(kill);
          setTimeout(() => killChild(child).then(resolve, reject), moreMs);
        };
        child.once('error', reject);
        child.once('exit', () => {
          if (!dying) resolve();
        });
        if (lines === 0) setTimeout(die, 40 + moreMs * 10);
      }, reject);
      let die: () => unknown = () => {};
    });
  }
  return { ...(await look(run.options, chats, kept, saved, sent, faults)), kills: run.kills };
}

async function look(
  options: Pick<StoreOptions, 'dataDir' | 'databaseUrl'>,
  chats: string[],
  kept: Record<string, number>,
  saved: Record<string, number>,
  sent: string,
  faults: string[],
): Promise<Omit<CrashReport, 'kills'>> {
  const store = await openStore(options);
  try {
    const waiting = new Set((await store.inbox.pending('test')).map(({ id }) => id));
    const unsent = new Set((await store.outbox.pending('test')).map(({ id }) => id));
    const sentLines = existsSync(sent) ? readFileSync(sent, 'utf8').trim().split('\n') : [];
    const times = new Map<string, number>();
    for (const line of sentLines) times.set(line, (times.get(line) ?? 0) + 1);
    const span = { from: new Date(0), to: new Date('2100-01-01'), limit: 1_000_000 };
    let handled = 0;
    for (const chat of chats) {
      const row = await store.chats.load(chat);
      const list = ((row?.state ?? { handled: [] }) as { handled: number[] }).handled;
      const all = row?.revision ?? 0;
      handled += all;
      if (list.some((n, i) => n !== all - list.length + i + 1))
        faults.push(`${chat}: out of order or doubled`);
      if (all < (saved[chat] ?? 0)) faults.push(`${chat}: ${saved[chat]} acknowledged, ${all} there`);
      const answers = new Set((await store.answers.list({ ...span, chat })).map(({ id }) => id));
      if (answers.size !== all) faults.push(`${chat}: ${all} handled, ${answers.size} answers`);
      for (let n = 1; n <= all; n += 1) {
        const update = `${chat}#${n}`;
        if (!answers.has(update) || !(await store.chats.handled(update))) faults.push(`${update}: torn`);
        if (waiting.has(update)) faults.push(`${update}: handled and still waiting`);
        if (!times.has(`${chat} ${n}`) && !unsent.has(`reply ${update}`))
          faults.push(`${update}: reply lost`);
      }
      for (let n = all + 1; n <= (kept[chat] ?? 0); n += 1)
        if (!waiting.has(`${chat}#${n}`)) faults.push(`${chat}#${n}: taken and lost`);
    }
    const sentTwice = [...times.values()].reduce((sum, n) => sum + n - 1, 0);
    const acknowledged = Object.values(saved).reduce((sum, n) => sum + n, 0);
    return { acknowledged, handled, sentTwice, faults };
  } finally {
    await store.close();
  }
}
