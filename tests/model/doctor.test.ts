import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelFinding } from '../../src/cli/doctor-model.js';
import { loadConfig } from '../../src/config.js';
import { type Behaviour, ModelServer } from '../support/model-server.js';

let server: ModelServer;
beforeEach(async () => {
  server = await new ModelServer().start();
});
afterEach(() => server.stop());

const config = (more: Record<string, string> = {}) =>
  loadConfig({
    dir: null,
    env: {
      OPENAI_API_KEY: 'sk-secret-key',
      OPENAI_MODEL: 'some-model',
      OPENAI_BASE_URL: server.url,
      ...more,
    },
  });

describe('doctor on the language model', () => {
  it('asks the very model that is configured, and is content when it answers', async () => {
    server.behaviour = () => ({ text: '好' });
    const finding = await modelFinding(config());
    expect(finding).toMatchObject({ ok: true, remedy: null });
    expect(finding.seen).toContain('some-model');
    expect(server.requests[0]).toMatchObject({ model: 'some-model' });
    expect(server.headers[0]?.authorization).toBe('Bearer sk-secret-key');
  });

  const faults: [string, Behaviour, RegExp, RegExp][] = [
    ['401', () => ({ status: 401 }), /401/, /OPENAI_API_KEY/],
    ['403', () => ({ status: 403 }), /403/, /OPENAI_API_KEY/],
    ['404', () => ({ status: 404 }), /404/, /OPENAI_BASE_URL.*OPENAI_MODEL.*some-model/],
    ['429', () => ({ status: 429 }), /429/, /额度|余额/],
    ['400', () => ({ status: 400 }), /400/, /OPENAI_MODEL/],
    ['500', () => ({ status: 500 }), /500/, /稍后再试/],
    ['a hang', () => ({ hang: true }), /没有回答/, /网络/],
    ['a page', () => ({ raw: '<html>' }), /格式/, /OPENAI_BASE_URL/],
    ['another schema', () => ({ raw: '{"answer":42}' }), /格式/, /OPENAI_BASE_URL/],
    ['nothing at all', () => ({ raw: '' }), /格式/, /OPENAI_BASE_URL/],
    ['a page with status 200', () => ({ raw: '<html>', type: 'text/html' }), /格式/, /OPENAI_BASE_URL/],
    ['a way to elsewhere', () => ({ redirect: 'http://127.0.0.1:9/v1' }), /307.*别的地址/, /OPENAI_BASE_URL/],
    ['a drip', () => ({ drip: ': ', everyMs: 20 }), /没有回答|连不上|格式/, /OPENAI_BASE_URL|网络/],
    ['a cut reply', () => ({ cut: '{"id":' }), /连不上/, /OPENAI_BASE_URL/],
  ];
  it.each(faults)(
    '%s: says what was seen and what to do, once, without the key',
    async (_, behaviour, seen, remedy) => {
      server.behaviour = behaviour;
      const finding = await modelFinding(config(), 300);
      expect(finding.ok).toBe(false);
      expect(finding.seen).toMatch(seen);
      expect(finding.remedy).toMatch(remedy);
      expect(finding.remedy).toContain('离线回答');
      expect(JSON.stringify(finding)).not.toContain('secret');
      expect(server.requests).toHaveLength(1);
    },
  );

  it('nobody there', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const finding = await modelFinding(config({ OPENAI_BASE_URL: `http://127.0.0.1:${port}/v1` }));
    expect(finding.seen).toContain('连不上');
  });

  it('a key without a model, and no key at all', async () => {
    expect(await modelFinding(config({ OPENAI_MODEL: '' }))).toMatchObject({
      ok: false,
      remedy: expect.stringContaining('OPENAI_MODEL'),
    });
    expect(await modelFinding(config({ OPENAI_API_KEY: '' }))).toMatchObject({ ok: true });
    expect(server.requests).toHaveLength(0);
  });
});
