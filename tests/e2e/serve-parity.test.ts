/**
 * The same question gets the same answer wherever it is asked: verdicts, citations, figures, facts and words. The built product,
 * asked in the terminal, over HTTP, in a chat of the page and in Telegram.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Turn } from '../../src/assistant/types.js';
import { openStore } from '../../src/store/index.js';
import { BotApi, type Chat } from '../support/bot-api.js';
import { call } from '../support/http.js';

/** The built command; WENCE_BIN names another build. */
const WENCE = process.env.WENCE_BIN ?? fileURLToPath(new URL('../../bin/wence.js', import.meta.url));
const SETS = ['dev', 'dev2', 'dev3', 'dev4a', 'dev4b', 'dev5'];
/** Of these so many questions one is asked. */
const EACH = 37;
const EVER = { from: new Date(0), to: new Date('2100-01-01'), limit: 1000 };

interface Asked {
  question: string;
  /** What the same person said before, oldest first. */
  before: string[];
  chat: Chat;
}

let dir: string;
let api: BotApi;
let child: ChildProcess;
let base: string;
const asked: Asked[] = questions();
const histories: Turn[][] = [];
const overHttp: Answer[] = [];

function questions(): Asked[] {
  const lines = SETS.flatMap((set) =>
    readFileSync(new URL(`../../eval/questions/${set}.jsonl`, import.meta.url), 'utf8')
      .trim()
      .split('\n'),
  );
  return lines
    .filter((_, i) => i % EACH === 0)
    .map((line, i) => {
      const { question, history = [] } = JSON.parse(line) as { question: string; history?: Turn[] };
      const before = history.filter((turn) => turn.role === 'user').map((turn) => turn.text);
      return { question, before, chat: { id: 9000 + i, type: 'private', first_name: 'P' } };
    });
}

const env = (data: string): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  PORT: '0',
  DATA_DIR: join(dir, data),
  LOG_LEVEL: 'warn',
  TELEGRAM_BOT_TOKEN: api.token,
  TELEGRAM_API_ROOT: api.root,
});

/** Starts `wence serve` and waits until it says where it is. */
async function serve(): Promise<void> {
  const started = spawn(process.execPath, [WENCE, 'serve'], {
    env: env('server'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = started;
  let said = '';
  base = await new Promise((resolve, reject) => {
    started.stdout.on('data', (piece) => {
      said += piece;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address) resolve(address);
    });
    started.once('exit', () => reject(new Error(`the server ended: ${said}`)));
  });
}

/** Runs the command on standard input. @returns what it printed */
async function terminal(args: string[], input: string): Promise<string> {
  const run = spawn(process.execPath, [WENCE, ...args], {
    env: env('terminal'),
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  run.stdin.end(input);
  const [said] = await Promise.all([text(run.stdout), once(run, 'close')]);
  return said;
}

const linesOf = (said: string) =>
  said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const ask = async (question: string, history: Turn[]): Promise<Answer> =>
  (await call(base, '/api/ask', { body: { question, history } })).json;

/** What must be the same; ids are made anew each time. */
const meant = ({ text, intent, answered, facts, verdicts, citations, next }: Answer) => ({
  text,
  intent,
  answered,
  facts,
  verdicts,
  citations,
  next,
});

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'wence-parity-'));
  api = await new BotApi().start();
  await serve();
  for (const { question, before } of asked) {
    const history: Turn[] = [];
    for (const turn of before) {
      const answer = await ask(turn, history);
      history.push({ role: 'user', text: turn }, { role: 'assistant', text: answer.text });
    }
    histories.push(history);
    overHttp.push(await ask(question, history));
  }
}, 240_000);
afterAll(async () => {
  if (child.exitCode === null) {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  await api.stop();
  rmSync(dir, { recursive: true, force: true });
});

describe('the same question', () => {
  it('is enough of them, checks among them', () => {
    expect(asked.length).toBeGreaterThanOrEqual(40);
    expect(overHttp.filter(({ verdicts }) => verdicts.length > 0).length).toBeGreaterThan(10);
  });

  it('in the terminal', async () => {
    const input = asked.map(({ question }, id) => JSON.stringify({ id, question, history: histories[id] }));
    const answers = linesOf(await terminal(['ask', '--batch', '-'], `${input.join('\n')}\n`));
    expect(answers.map(meant)).toEqual(overHttp.map(meant));
  }, 120_000);

  it('in a chat of the page', async () => {
    for (const [i, { question, before }] of asked.entries()) {
      const { id } = (await call(base, '/api/chats', { method: 'POST' })).json;
      const say = async (words: string): Promise<Answer> =>
        (await call(base, `/api/chats/${id}/messages`, { body: { text: words } })).json.answer;
      for (const turn of before) await say(turn);
      expect(meant(await say(question)), question).toEqual(meant(overHttp[i]!));
    }
  }, 120_000);

  it('in a talk in the terminal', async () => {
    const talk = asked.findIndex(({ before }) => before.length > 0);
    const { question, before } = asked[talk]!;
    const said = await terminal(['chat'], `${[...before, question].join('\n')}\n`);
    expect(said).toContain(overHttp[talk]!.text);
  }, 60_000);

  it('in Telegram: what is kept, and what the person is shown', async () => {
    for (const { question, before, chat } of asked) {
      for (const words of [...before, question]) {
        const sent = api.sent().length;
        api.say(words, chat);
        await api.untilSent(sent + 1);
      }
    }
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    const store = await openStore({ dataDir: join(dir, 'server'), readOnly: true });
    try {
      for (const [i, { question, chat }] of asked.entries()) {
        const list = await store.answers.list({ ...EVER, chat: `telegram:${chat.id}` });
        const kept = list
          .map(({ answer }) => answer as Answer)
          .find((answer) => answer.question === question.trim());
        expect(meant(kept!), question).toEqual(meant(overHttp[i]!));
        const shown = api.transcript(chat.id).join('\n');
        const figures = overHttp[i]!.text.match(/\d+(?:\.\d+)?(?:亿元|万元|%|人|家|年|个月|天)/g) ?? [];
        for (const figure of figures) expect(shown, question).toContain(figure);
      }
    } finally {
      await store.close();
    }
  }, 180_000);
});

it('the same facts get the same verdict in the terminal and over HTTP, and as the question told them', async () => {
  await serve();
  const told = overHttp.flatMap(({ facts, verdicts }) =>
    verdicts.map((verdict) => ({ verdict, facts, policy: verdict.policy, subject: verdict.subject })),
  );
  const checks = told.map(({ verdict, ...check }, id) => ({ id: String(id), ...check }));
  const input = checks.map((check) => `${JSON.stringify(check)}\n`).join('');
  const inTerminal = linesOf(await terminal(['check', '--batch', '-'], input));
  for (const [i, check] of checks.entries()) {
    const { json } = await call(base, '/api/check', { body: check });
    expect(json).toEqual(inTerminal[i]);
    // Of an enterprise unless somebody said otherwise: an assumption is no fact.
    if (check.subject === 'lead' && !('lead.kind' in check.facts)) continue;
    expect(json).toMatchObject({ outcome: told[i]!.verdict.outcome, next: told[i]!.verdict.next });
  }
}, 120_000);
