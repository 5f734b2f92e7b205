/**
 * `npm run -s bench -- telegram [--updates 600] [--json]`: questions a second through the whole bot (question answered, state,
 * answer and reply committed to SQLite, reply sent) against a bare grammY echo bot on the same stand-in in the same run, and
 * the time from update to reply with 50 chats at once. Telegram's limits are off, so that the bot is
 * measured and not its patience. The stand-in runs in a process of its own.
 */
import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { run as runBot } from '@grammyjs/runner';
import { Bot } from 'grammy';
import { createApp } from '../../src/app.js';
import { createLogger } from '../../src/channels/log.js';
import { createTelegramBot } from '../../src/channels/telegram/bot.js';
import { StoreMemory } from '../../src/channels/telegram/memory-store.js';
import { channelDesk } from '../../src/cli/serve.js';
import { openStore } from '../../src/store/index.js';

const CHATS = 50;

interface Measured {
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
}

/** The stand-in in its own process: measures from the moment an update is there to the moment its reply came. */
class StandIn {
  readonly #child = fork(fileURLToPath(new URL('./telegram-stand-in.ts', import.meta.url)), {
    execArgv: ['--import', 'tsx'],
  });
  root = '';
  token = '';

  async start(): Promise<void> {
    const { root, token } = await this.#call<{ root: string; token: string }>({ kind: 'hello' });
    this.root = root;
    this.token = token;
  }

  /** Asks the questions: all at once, or in `chats` chats one after the other. */
  measure(questions: readonly string[], how: 'flood' | 'chats', chats: number): Promise<Measured> {
    return this.#call<Measured>({ kind: 'measure', questions, how, chats });
  }

  stop(): void {
    this.#child.kill();
  }

  #call<T>(message: object): Promise<T> {
    return new Promise((resolve) => {
      this.#child.once('message', (answer) => resolve(answer as T));
      this.#child.send(message);
    });
  }
}

/** @returns the exit code */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { updates: { type: 'string', default: '600' }, json: { type: 'boolean', default: false } },
  });
  const dir = mkdtempSync(join(tmpdir(), 'wence-bench-telegram-'));
  const lines = readFileSync(new URL('../questions/dev.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const asked = lines.map((line) => (JSON.parse(line) as { question: string }).question);
  const questions = Array.from({ length: Number(values.updates) }, (_, i) => asked[i % asked.length]!);
  const standIn = new StandIn();
  await standIn.start();

  const echo = new Bot(standIn.token, { client: { apiRoot: standIn.root } });
  echo.on('message:text', (ctx) => ctx.reply(ctx.msg.text));
  const echoing = runBot(echo);
  await standIn.measure(questions.slice(0, CHATS), 'flood', CHATS);
  const echoFlood = await standIn.measure(questions, 'flood', CHATS);
  const echoChats = await standIn.measure(questions, 'chats', CHATS);
  await echoing.stop();

  const app = createApp({ dataDir: dir });
  await app.index();
  const store = await openStore({ dataDir: dir });
  const bot = createTelegramBot(
    channelDesk(app, store),
    {
      token: standIn.token,
      apiRoot: standIn.root,
      memory: new StoreMemory(store),
      limits: null,
      flood: null,
    },
    createLogger('error'),
  );
  bot.start();
  await standIn.measure(questions.slice(0, CHATS), 'flood', CHATS);
  const wenceFlood = await standIn.measure(questions, 'flood', CHATS);
  const wenceChats = await standIn.measure(questions, 'chats', CHATS);
  await bot.stop();
  await store.close();
  standIn.stop();
  rmSync(dir, { recursive: true, force: true });

  const report = {
    updates: questions.length,
    chats: CHATS,
    wencePerSecond: wenceFlood.perSecond,
    echoPerSecond: echoFlood.perSecond,
    echoToWence: Math.round((10 * echoFlood.perSecond) / wenceFlood.perSecond) / 10,
    wenceP50Ms: wenceChats.p50Ms,
    wenceP95Ms: wenceChats.p95Ms,
    echoP50Ms: echoChats.p50Ms,
    echoP95Ms: echoChats.p95Ms,
  };
  if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else console.table(report);
  return 0;
}
