import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../src/store/index.js';
import { BotApi, buttonsOf, type Call, type Chat } from './bot-api.js';

/** The built command; WENCE_BIN names another build. */
const WENCE = process.env.WENCE_BIN ?? fileURLToPath(new URL('../../bin/wence.js', import.meta.url));

/** What the persons of the run say, in order; `!` presses the button that holds these words. */
const SCRIPTS: readonly (readonly string[])[] = [
  [
    '/check',
    '!我们能不能牵头',
    '!泉州',
    '营收1.8亿',
    '不清楚',
    '上一题',
    '研发占比6%',
    '/report',
    '有20个研发人员',
    '退出',
  ],
  [
    '泉州牵头企业营收要多少？',
    '那厦门呢',
    '/check',
    '!人才',
    '厦门',
    '不清楚',
    '退出',
    '/history',
    '青岛的办法哪天到期？',
  ],
  [
    '/start',
    '/city 厦门',
    '研发投入要求多少？',
    '/compare',
    '!研发投入',
    '/status',
    '我们营收6亿，能牵头吗',
    '/sources',
  ],
];

/** A person who says the next thing when the last one was answered. */
class Person {
  said = 0;
  readonly chat: Chat;
  /** What was said, each with the number of calls that Telegram had had by then. */
  readonly sent: { call: number }[] = [];

  constructor(
    id: number,
    readonly script: readonly string[],
  ) {
    this.chat = { id, type: 'private', first_name: 'P' };
  }
}

export interface CrashReport {
  kills: number;
  starts: number;
  updates: number;
  /** Messages that reached a person. */
  messages: number;
  /** What each person was shown, in order. */
  transcripts: { script: number; chat: number; shown: string[] }[];
  faults: string[];
}

export interface CrashOptions {
  kills: number;
  dataDir: string;
  /** Of an empty database; SQLite in `dataDir` when absent. */
  databaseUrl?: string;
  persons: number;
  /** Uniform in [0, 1). */
  random: () => number;
  webhook?: boolean;
  /** No more kills from then on (milliseconds as of Date.now()); what was said is answered to its end. */
  endAt?: number;
  /** A run without a kill: each person is waited for until the last thing shown there has been shown here. */
  calm?: CrashReport;
  log?: (line: string) => void;
}

/**
 * Persons talk to the real process while it is killed (SIGKILL) at random calls to Telegram, and at random moments between
 * them. At the end everything that was said has been answered once, in order, as a run without a kill answers it.
 */
export async function crashRun(options: CrashOptions): Promise<CrashReport> {
  const { kills, random, endAt = Number.POSITIVE_INFINITY, log = () => {} } = options;
  const enough = () => report.kills >= kills || Date.now() > endAt;
  const api = await new BotApi().start();
  const port = options.webhook ? await freePort() : 0;
  const report: CrashReport = { kills: 0, starts: 0, updates: 0, messages: 0, transcripts: [], faults: [] };
  const persons = new Map<number, Person>();
  let next = 5000;
  const arrive = () => {
    const id = next++;
    persons.set(id, new Person(id, SCRIPTS[id % SCRIPTS.length]!));
  };
  for (let i = 0; i < options.persons; i++) arrive();
  let child: ChildProcess | null = null;
  let exited: Promise<void> = Promise.resolve();
  let countdown = Number.POSITIVE_INFINITY;

  const start = () => {
    report.starts++;
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      PORT: String(port),
      DATA_DIR: options.dataDir,
      DATABASE_URL: options.databaseUrl ?? '',
      TELEGRAM_BOT_TOKEN: api.token,
      TELEGRAM_API_ROOT: api.root,
      TELEGRAM_WEBHOOK_URL: options.webhook ? `http://127.0.0.1:${port}/hook` : '',
      LOG_LEVEL: 'error',
    };
    child = spawn(process.execPath, [WENCE, 'serve'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    child.stderr!.on('data', (chunk: Buffer) => {
      const text = chunk.toString();
      if (/"level":[456]0/.test(text)) report.faults.push(`log: ${text.slice(0, 400)}`);
    });
    exited = new Promise((resolve) =>
      child!.once('exit', (code) => {
        if (code !== null && code !== 0) log(`the process ended with ${code}: ${report.faults.at(-1) ?? ''}`);
        resolve();
      }),
    );
  };
  const kill = () => {
    if (!child || enough()) return;
    report.kills++;
    countdown = Number.POSITIVE_INFINITY;
    const dying = child;
    child = null;
    dying.kill('SIGKILL');
    void exited.then(() => {
      if (!done()) arm();
      start();
    });
  };
  /** The next kill: at one of the next calls, before or after Telegram does it, or a moment after one. */
  const arm = () => {
    if (!enough()) countdown = 1 + Math.floor(random() * 30);
  };
  const repliesTo = (person: Person) => repliesSince(api, person.chat.id, person.sent.at(-1)?.call ?? 0);
  const answered = (person: Person): boolean => person.sent.length === 0 || repliesTo(person).length > 0;
  /** Whether the button that comes next is there to be pressed. */
  const ready = (person: Person): boolean => {
    const line = person.script[person.said]!;
    if (!answered(person)) return false;
    const words = line.slice(1);
    return (
      !line.startsWith('!') ||
      repliesTo(person).some((call) => buttonsOf(call).some((button) => button.text.includes(words)))
    );
  };
  const speak = (person: Person) => {
    const line = person.script[person.said++]!;
    person.sent.push({ call: api.calls.length });
    if (line.startsWith('!')) api.press(line.slice(1), person.chat);
    else api.say(line, person.chat);
    report.updates++;
    // Telegram delivers some updates twice.
    if (random() < 0.1) api.repeat();
  };
  const done = () => enough() && [...persons.values()].every((p) => p.said === p.script.length);
  const step = () => {
    for (const person of [...persons.values()]) {
      if (person.said < person.script.length) {
        if (ready(person)) speak(person);
      } else if (answered(person) && !enough() && !finished.has(person.chat.id)) {
        finished.add(person.chat.id);
        arrive();
      }
    }
  };
  const finished = new Set<number>();
  api.onCall = (call) => {
    if (call.method === 'getUpdates' && random() < 0.5) return;
    if (--countdown > 0) return;
    // Before Telegram does it, at once after, or while the process is at work on what follows.
    const roll = random();
    if (roll < 0.3) kill();
    else if (roll < 0.6) setImmediate(kill);
    else setTimeout(kill, random() * 40);
    countdown = Number.POSITIVE_INFINITY;
  };
  const watch = setInterval(() => {
    const waits = [...persons.values()].filter((p) => p.said < p.script.length || !answered(p));
    const what = waits.map((p) => `${p.chat.id}: ${p.script[p.said - 1]} → ${p.script[p.said]}`);
    const faults = report.faults.length > 0 ? `; faults: ${report.faults.join(' ')}` : '';
    log(
      `${report.kills} kills, ${report.starts} starts, ${api.calls.length} calls; waiting: ${what.join('; ')}${faults}`,
    );
  }, 20_000);
  start();
  arm();
  step();
  // A message that comes twice after a kill answers nothing new: only the last one shown without a kill ends a talk.
  const ended = (person: Person): boolean => {
    const script = person.chat.id % SCRIPTS.length;
    const shown = options.calm?.transcripts.find((each) => each.script === script)?.shown.at(-1);
    const texts = repliesTo(person).map((call) => call.text ?? call.method);
    return answered(person) && (shown === undefined || texts.includes(shown));
  };
  while (!done() || ![...persons.values()].every(ended)) {
    await api.nextCall();
    step();
  }
  clearInterval(watch);
  // The outbox drains and the last updates are confirmed before the process is stopped.
  const last = child as ChildProcess | null;
  await api.until(() => api.unconfirmed().length === 0);
  last?.kill('SIGTERM');
  await exited;
  await api.stop();
  for (const person of persons.values()) {
    const shown = repliesSince(api, person.chat.id, 0).map((call) => call.text ?? call.method);
    report.messages += shown.length;
    report.transcripts.push({ script: person.chat.id % SCRIPTS.length, chat: person.chat.id, shown });
  }
  return report;
}

/** Messages and files that a chat was sent since a call. */
function repliesSince(api: BotApi, chat: number, from: number): Call[] {
  return api.calls
    .slice(from)
    .filter(
      (call) =>
        call.ok && Number(call.payload.chat_id) === chat && /^send(Message|Document)$/.test(call.method),
    );
}

/**
 * Holds the transcripts of a run with kills against those of one without: the same messages in the same order, none missing,
 * none but resent ones twice. @returns the faults, and how often a message came again
 */
export function compare(run: CrashReport, calm: CrashReport): { faults: string[]; twice: number } {
  const faults: string[] = [];
  let twice = 0;
  for (const { script, chat, shown } of run.transcripts) {
    const wanted = calm.transcripts.find((each) => each.script === script)!.shown;
    let at = 0;
    for (const text of shown) {
      if (at < wanted.length && text === wanted[at]) at++;
      else if (wanted.slice(Math.max(0, at - RESENT), at).includes(text)) twice++;
      else {
        faults.push(`${chat}: came out of turn: ${text.slice(0, 80)} (wanted ${wanted[at]?.slice(0, 80)})`);
        break;
      }
    }
    if (at < wanted.length) faults.push(`${chat}: not found: ${wanted[at]!.slice(0, 80)}`);
  }
  return { faults, twice };
}

/** So many messages may be on their way when the process is killed. */
const RESENT = 4;

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** What a run should not have left in the store: updates not handled or set aside, replies not sent. */
export async function leftBehind(dataDir: string, databaseUrl?: string): Promise<string[]> {
  const store = await openStore({ dataDir, databaseUrl, readOnly: true });
  try {
    const left = {
      'updates not handled': (await store.inbox.pending('telegram')).length,
      'updates set aside': (await store.inbox.aside()).length,
      'replies not sent': await store.outbox.count('telegram'),
    };
    return Object.entries(left).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []));
  } finally {
    await store.close();
  }
}

/** The same numbers in [0, 1) for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
