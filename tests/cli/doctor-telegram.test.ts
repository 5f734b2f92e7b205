import { afterEach, beforeEach, expect, it } from 'vitest';
import { telegramFinding } from '../../src/cli/doctor-telegram.js';
import { BotApi } from '../support/bot-api.js';

let api: BotApi;
beforeEach(async () => {
  api = await new BotApi().start();
});
afterEach(() => api.stop());

const look = (more: { token?: string; apiRoot?: string; webhookUrl?: string } = {}) =>
  telegramFinding({
    telegram: { token: api.token, apiRoot: api.root, webhookUrl: null, webhookSecret: null, ...more },
  });

it('names the bot that answers', async () => {
  expect(await look()).toEqual({ ok: true, seen: '@wence_test_bot，长轮询', remedy: null });
});

it('is content without one', async () => {
  expect(await telegramFinding({ telegram: null })).toMatchObject({ ok: true });
});

it.each([
  ['a token that is not right', { token: '1:wrong-secret' }, /401|404/, /BotFather/],
  ['a server that is not there', { apiRoot: 'http://127.0.0.1:1' }, /连不上/, /TELEGRAM_API_ROOT/],
  [
    'a webhook that Telegram would not call',
    { apiRoot: 'https://api.telegram.org', webhookUrl: 'http://example.com' },
    /http:/,
    /https/,
  ],
])('%s: says what to do, never the token', async (_what, more, seen, remedy) => {
  const finding = await look(more);
  expect(finding).toMatchObject({
    ok: false,
    seen: expect.stringMatching(seen),
    remedy: expect.stringMatching(remedy),
  });
  expect(JSON.stringify(finding)).not.toMatch(/wrong-secret|TEST-token/);
});
