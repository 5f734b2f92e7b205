import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type Channels, startChannels } from '../../src/channels/start.js';
import { loadConfig } from '../../src/config.js';
import { BotApi } from '../support/bot-api.js';
import { FakeDesk } from '../support/desk.js';
import { RecordedLog } from '../support/log.js';

const recorded = new RecordedLog();
const dir = mkdtempSync(join(tmpdir(), 'wence-start-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function start(env: Record<string, string>): Promise<Channels> {
  const channels = await startChannels(
    new FakeDesk(),
    loadConfig({ env: { PORT: '0', DATA_DIR: dir, ...env }, dir: null }),
    recorded.log,
  );
  opened.push(channels);
  return channels;
}

describe('the channels together', () => {
  it('need no setting, and name those that would turn more on', async () => {
    const channels = await start({});
    expect((await fetch(`${channels.address}/healthz`)).status).toBe(200);
    expect(channels.telegram()).toBeNull();
    const summary = channels.summary.join('\n');
    for (const name of ['TELEGRAM_BOT_TOKEN', 'OPENAI_API_KEY', 'DATABASE_URL', 'STAFF_TOKEN'])
      expect(summary).toContain(name);
  });

  it('answer in Telegram and count it beside the web’s', async () => {
    const api = await new BotApi().start();
    opened.push({ close: () => api.stop() });
    const channels = await start({ TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root });
    api.say('问');
    await api.untilSent(1);
    const body = JSON.stringify({ question: 'q' });
    await fetch(`${channels.address}/api/ask`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const metrics = await (await fetch(`${channels.address}/metrics`)).text();
    expect(metrics).toMatch(/wence_answers_total\{channel="telegram".*\} 1/);
    expect(metrics).toMatch(/wence_answers_total\{channel="web".*\} 1/);
    await channels.close();
    opened.pop();
    expect(api.unconfirmed()).toEqual([]);
  });

  it('keep the web up when Telegram refuses the token', async () => {
    const api = await new BotApi().start();
    opened.push({ close: () => api.stop() });
    const channels = await start({ TELEGRAM_BOT_TOKEN: '1:wrong', TELEGRAM_API_ROOT: api.root });
    await recorded.until('refuses TELEGRAM_BOT_TOKEN');
    expect((await fetch(`${channels.address}/healthz`)).status).toBe(200);
  });
});
