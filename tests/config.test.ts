import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../src/config.js';
import { InputError } from '../src/errors.js';

const dir = mkdtempSync(join(tmpdir(), 'wence-env-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function fault(env: Record<string, string>): InputError {
  try {
    loadConfig({ env, dir: null });
  } catch (error) {
    if (error instanceof InputError) return error;
  }
  throw new Error('no fault was found');
}

describe('settings', () => {
  it('needs none', () => {
    const config = loadConfig({ env: {}, dir: null });
    expect(config).toMatchObject({
      host: '127.0.0.1',
      port: 8787,
      dataDir: './data',
      telegram: null,
      openaiApiKey: null,
    });
    expect(config).toMatchObject({ databaseUrl: null, staffToken: null, logLevel: 'info' });
  });

  it('turns parts on', () => {
    const config = loadConfig({
      env: {
        PORT: '0',
        TELEGRAM_BOT_TOKEN: '123:abc',
        TELEGRAM_API_ROOT: 'http://127.0.0.1:9/',
        OPENAI_API_KEY: 'k',
      },
      dir: null,
    });
    expect(config.port).toBe(0);
    expect(config.telegram).toEqual({
      token: '123:abc',
      apiRoot: 'http://127.0.0.1:9',
      webhookUrl: null,
      webhookSecret: null,
    });
    expect(config.openaiApiKey).toBe('k');
  });

  it("takes another knowledge folder, and the project's own unless told", () => {
    expect(loadConfig({ env: {}, dir: null }).knowledgeDir).toBeNull();
    expect(loadConfig({ env: { KNOWLEDGE_DIR: '/srv/packs' }, dir: null }).knowledgeDir).toBe('/srv/packs');
  });

  it('takes an empty value for an unset one', () => {
    expect(loadConfig({ env: { PORT: '', TELEGRAM_BOT_TOKEN: ' ' }, dir: null })).toMatchObject({
      port: 8787,
      telegram: null,
    });
  });

  it('reads .env and lets the environment win', () => {
    writeFileSync(join(dir, '.env'), '# mine\nPORT=9001\nHOST="0.0.0.0"\n');
    const config = loadConfig({ env: { PORT: '9002' }, dir });
    expect([config.port, config.host]).toEqual([9002, '0.0.0.0']);
    const shown = Object.fromEntries(config.settings.map((s) => [s.name, s.from]));
    expect(shown).toMatchObject({ PORT: 'environment', HOST: '.env', DATA_DIR: 'default' });
  });

  it.each([
    ['PORT', 'abc', '0 到 65535'],
    ['PORT', '65536', '0 到 65535'],
    ['PORT', '-1', '0 到 65535'],
    ['DATABASE_URL', 'mysql://x', 'postgres://'],
    ['TELEGRAM_API_ROOT', 'telegram.org', 'http(s) 地址'],
    ['TELEGRAM_WEBHOOK_SECRET', 'with blank', '1 到 256 个字符'],
    ['LOG_LEVEL', 'loud', 'info'],
  ])('refuses %s=%s and says what it would accept', (name, value, accepted) => {
    const error = fault({ [name]: value });
    expect(error.message).toContain(name);
    expect(error.accepted).toContain(accepted);
  });

  it('names every fault at once', () => {
    const error = fault({ PORT: 'x', LOG_LEVEL: 'y' });
    expect(error.message).toMatch(/PORT 是 "x".*LOG_LEVEL 是 "y"/);
  });

  it('never shows a secret', () => {
    const secret = 'not a token with s3cret words';
    const error = fault({ TELEGRAM_BOT_TOKEN: secret });
    expect(error.message).not.toContain('s3cret');
    const config = loadConfig({
      env: {
        TELEGRAM_BOT_TOKEN: '123:verysecret',
        OPENAI_API_KEY: 'sk-verysecret-0001',
        DATABASE_URL: 'postgres://u:verysecret@h/db',
      },
      dir: null,
    });
    expect(JSON.stringify(config.settings)).not.toContain('verysecret');
    expect(JSON.stringify(config.settings)).toContain('123…');
  });
});
