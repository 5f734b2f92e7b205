import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { onBoth } from '../store/engines.js';
import { call } from '../support/http.js';

/** The built command; WENCE_BIN names another build. */
const WENCE = process.env.WENCE_BIN ?? fileURLToPath(new URL('../../bin/wence.js', import.meta.url));
let dir: string;
let child: ChildProcess | null = null;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wence-crash-'));
});

/** Starts `wence serve` as a person would, and waits until it says where it is. */
async function serve(databaseUrl?: string | null): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    PORT: '0',
    DATA_DIR: join(dir, 'data'),
    DATABASE_URL: databaseUrl ?? '',
    LOG_LEVEL: 'warn',
  };
  child = spawn(process.execPath, [WENCE, 'serve'], { cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const started = child;
  let said = '';
  return new Promise((resolve, reject) => {
    for (const stream of [started.stdout!, started.stderr!])
      stream.on('data', (chunk) => {
        said += chunk;
        const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
        if (address) resolve(address);
      });
    started.once('exit', () => reject(new Error(`the server ended: ${said}`)));
  });
}

async function end(signal: NodeJS.Signals): Promise<number | null> {
  const ended = once(child!, 'exit');
  child!.kill(signal);
  const [code] = (await ended) as [number | null];
  child = null;
  return code;
}

afterEach(async () => {
  if (child) await end('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

onBoth('the server as a process', (fresh) => {
  it('loses nothing that it answered when it is killed, and ends by itself when it is told to', async () => {
    const { databaseUrl } = (await fresh()).options;
    let base = await serve(databaseUrl);
    const { id } = (await call(base, '/api/chats', { method: 'POST' })).json;
    const say = (text: string, key: string) =>
      call(base, `/api/chats/${id}/messages`, {
        body: { text, key },
        headers: { accept: 'text/event-stream' },
      });
    const first = (await say('我们是泉州的企业，去年营收1.8亿', 'k1')).text;
    await call(base, `/api/chats/${id}/interview`, { body: { subject: 'lead', key: 'k2' } });
    const before = (await call(base, `/api/chats/${id}`)).json;
    await end('SIGKILL');

    base = await serve(databaseUrl);
    expect((await call(base, `/api/chats/${id}`)).json).toEqual(before);
    const again = (await say('我们是泉州的企业，去年营收1.8亿', 'k1')).text;
    const answerOf = (text: string) => JSON.parse(/event: answer\ndata: (.*)/.exec(text)![1]!);
    expect(answerOf(again)).toMatchObject({ duplicate: true, answer: answerOf(first).answer });
    expect((await call(base, `/api/answers/${answerOf(first).answer.id}`)).json.sent).toBe(
      answerOf(first).answer.text,
    );
    expect(before.interview.active).toBe(true);
    expect(answerOf((await say('不清楚', 'k3')).text).interview).not.toBeNull();
    expect(await end('SIGTERM')).toBe(0);
  }, 120_000);
});
