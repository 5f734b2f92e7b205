import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Channels, startChannels } from '../../src/channels/start.js';
import { loadConfig } from '../../src/config.js';
import { alice, BotApi } from '../support/bot-api.js';
import { gate } from '../support/gate.js';
import { RecordedLog } from '../support/log.js';
import { TelegramDesk } from '../support/telegram.js';

let api: BotApi;
let desk: TelegramDesk;
let dir: string;
let channels: Channels | null;
beforeEach(async () => {
  api = await new BotApi().start();
  desk = new TelegramDesk();
  dir = mkdtempSync(join(tmpdir(), 'wence-webhook-'));
  channels = null;
});
afterEach(async () => {
  await channels?.close();
  await api.stop();
  rmSync(dir, { recursive: true, force: true });
});

const SECRET = 'a-secret_of-the-test';

async function start(more: Record<string, string> = {}): Promise<string> {
  const port = await freePort();
  const env = {
    PORT: String(port),
    DATA_DIR: dir,
    TELEGRAM_BOT_TOKEN: api.token,
    TELEGRAM_API_ROOT: api.root,
    TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}/hook`,
    TELEGRAM_WEBHOOK_SECRET: SECRET,
    ...more,
  };
  channels = await startChannels(desk, loadConfig({ env, dir: null }), new RecordedLog().log);
  return `http://127.0.0.1:${port}/hook`;
}

const post = (url: string, body: unknown, secret: string | null = SECRET) =>
  fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret }),
    },
    body: JSON.stringify(body),
  }).then((response) => response.status);

const message = (id: number, text: string) => ({
  update_id: id,
  message: { ...api.message(alice, alice.id), text },
});

describe('webhook mode', () => {
  it('tells Telegram the address and the secret, and answers what is delivered', async () => {
    const url = await start();
    api.say('问');
    const [sent] = await api.untilSent(1);
    expect(sent!.text).toContain('答：问');
    expect(api.webhook).toMatchObject({ url, secret_token: SECRET });
    expect(api.deliveries.at(-1)!.status).toBe(200);
    expect(api.unconfirmed()).toEqual([]);
    expect(api.calls.some((call) => call.method === 'getUpdates')).toBe(false);
  });

  it('refuses who lacks the secret, and what is no update', async () => {
    const url = await start();
    await api.untilSent(1, 'setWebhook');
    expect(await post(url, message(1, '问'), null)).toBe(401);
    expect(await post(url, message(1, '问'), 'another')).toBe(401);
    expect(await post(url, { update: 1 })).toBe(400);
    expect(await post(url, [])).toBe(400);
    expect(await post(url, message(2, '答我'))).toBe(200);
    const [sent] = await api.untilSent(1);
    expect(sent!.text).toContain('答：答我');
    expect(desk.asked).toHaveLength(1);
  });

  it('checks a secret of its own where none is set', async () => {
    const url = await start({ TELEGRAM_WEBHOOK_SECRET: '' });
    api.say('问');
    await api.untilSent(1);
    expect(await post(url, message(9, '问'), null)).toBe(401);
  });

  it('takes an update at once and answers it once, however often it comes', async () => {
    const url = await start();
    await api.untilSent(1, 'setWebhook');
    const go = gate();
    const plain = desk.answer;
    desk.answer = async (request) => {
      await go.opened;
      return plain(request);
    };
    const update = message(5, '慢');
    expect(await Promise.all([1, 2, 3].map(() => post(url, update)))).toEqual([200, 200, 200]);
    go.open();
    await api.untilSent(1);
    expect(await post(url, update)).toBe(200);
    expect(await post(url, message(6, '下一个'))).toBe(200);
    await api.untilSent(2);
    expect(desk.asked.map(({ question }) => question)).toEqual(['慢', '下一个']);
  });

  it('keeps the order of a chat under load while other chats go on', async () => {
    const url = await start();
    await api.untilSent(1, 'setWebhook');
    const updates = Array.from({ length: 60 }, (_, i) => ({
      update_id: 1000 + i,
      chat: 1 + (i % 6),
      message: { ...api.message({ ...alice, id: 1 + (i % 6) }, 1 + (i % 6)), text: `第${i}问` },
    }));
    for (const update of updates) expect(await post(url, update)).toBe(200);
    const sent = await api.untilSent(60);
    const questions = (chat: number) =>
      sent.filter((call) => call.payload.chat_id === chat).map((call) => /第\d+问/.exec(call.text!)![0]);
    for (let chat = 1; chat <= 6; chat++) {
      const asked = updates.filter((update) => update.chat === chat);
      expect(questions(chat)).toEqual(asked.map((update) => update.message.text));
    }
  });

  it('goes back to polling when the address is taken out', async () => {
    await start();
    await api.untilSent(1, 'setWebhook');
    await channels!.close();
    await start({ TELEGRAM_WEBHOOK_URL: '' });
    await api.untilSent(1, 'deleteWebhook');
    api.say('问');
    await api.untilSent(1);
  });
});

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
