import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppOptions, createApp } from '../../src/app.js';
import type { Answer } from '../../src/assistant/types.js';
import { Metrics } from '../../src/channels/web/metrics.js';
import { channelDesk } from '../../src/cli/serve.js';
import type { EndpointOptions } from '../../src/model/index.js';
import { type Behaviour, ModelServer } from '../support/model-server.js';

const request = { question: '泉州牵头企业营收要多少', asOf: '2026-11-21', id: 'x' };
const SECRET = 'sk-secret';
const SAID = '泉州要求3亿元以上';

let server: ModelServer;
let dataDir: string;
let offline: Answer;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'wence-faults-'));
  server = await new ModelServer().start();
  offline = await createApp({ dataDir }).assistant.ask(request);
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(() => {
  server.requests.length = 0;
});

/** The application as `wence serve` has it, with a short time for a question. */
async function ask(behaviour: Behaviour, more: Partial<EndpointOptions> = {}) {
  server.behaviour = behaviour;
  const log: string[] = [];
  const model = { apiKey: SECRET, baseUrl: server.url, model: 'test', questionMs: 1500, ...more };
  const app = createApp({ dataDir, model: model as AppOptions['model'], log: (line) => log.push(line) });
  const told: string[] = [];
  const from = performance.now();
  const answer = await app.assistant.ask(request, { onSentence: (s) => told.push(s) });
  const ms = performance.now() - from;
  const metrics = new Metrics();
  metrics.watch({ model: channelDesk(app).modelHealth });
  return { answer, told, ms, log: log.join('\n'), metrics: await metrics.registry.metrics() };
}

const sse = (...events: string[]) => events.map((e) => `data: ${e}\n\n`).join('');
const search = { name: 'search_clauses', args: '{"query":"营收"}' };

const faults: [string, Behaviour, kind: string][] = [
  ['401', () => ({ status: 401, body: `{"error":{"message":"bad key ${SECRET}"}}` }), 'unauthorised'],
  ['403', () => ({ status: 403 }), 'unauthorised'],
  ['404', () => ({ status: 404 }), 'refused'],
  ['429 that asks to wait a moment', () => ({ status: 429, retryAfter: 0 }), 'rate-limited'],
  ['429 that asks to wait an hour', () => ({ status: 429, retryAfter: 3600 }), 'rate-limited'],
  ['500', () => ({ status: 500, body: '<html>oops</html>' }), 'server'],
  ['a hang', () => ({ hang: true }), 'timeout'],
  ['a hang in the middle', () => ({ text: SAID, hangAfter: 4 }), 'timeout'],
  ['a drip that never ends', () => ({ drip: ': still here\n\n', everyMs: 20 }), 'timeout'],
  ['a stream cut off', () => ({ text: SAID, cutAfter: 4 }), 'cut'],
  ['a body cut off', () => ({ cut: '{"id":' }), 'cut'],
  ['nothing at all', () => ({ raw: '' }), 'bad-reply'],
  ['an empty completion', () => ({ text: '' }), 'bad-reply'],
  ['what is not JSON', () => ({ raw: '泉州要求3亿元以上' }), 'bad-reply'],
  ['a page', () => ({ raw: '<html><body>login</body></html>', type: 'text/html' }), 'bad-reply'],
  ['another schema', () => ({ raw: '{"answer":"泉州要求3亿元以上"}' }), 'bad-reply'],
  ['a list', () => ({ raw: '[1,2,3]' }), 'bad-reply'],
  ['null', () => ({ raw: 'null' }), 'bad-reply'],
  ['no choices', () => ({ raw: '{"choices":[]}' }), 'bad-reply'],
  ['a stream under another name', () => ({ raw: sse('{}', '[DONE]'), type: 'text/plain' }), 'bad-reply'],
  ['bytes', () => ({ raw: '\u0000\u0001\ufffd', type: 'application/octet-stream' }), 'bad-reply'],
  ['tool calls without end', () => ({ calls: [search] }), 'rounds'],
  ['a thousand tool calls', () => ({ calls: Array.from({ length: 1000 }, () => search) }), 'rounds'],
  ['a tool call that is not JSON', () => ({ calls: [{ name: 'lookup', args: '{"query":' }] }), 'bad-reply'],
  ['a tool that is none', () => ({ calls: [{ name: 'rm', args: '{}' }] }), 'ungrounded'],
  ['a huge reply', () => ({ text: '啊'.repeat(600_000), piece: 10_000 }), 'bad-reply'],
  ['a huge body', () => ({ raw: `{"x":"${'啊'.repeat(600_000)}"}` }), 'bad-reply'],
  ['a way to elsewhere', () => ({ redirect: 'http://127.0.0.1:9/elsewhere' }), 'refused'],
  ['a circle', () => ({ redirect: `${server.url}/chat/completions`, code: 308 }), 'refused'],
];

describe('whatever an endpoint does', () => {
  it.each(faults)(
    '%s: the offline answer in time; log and /metrics say why, and nothing of key or words',
    async (_, behaviour, kind) => {
      // Only what never ends has to be cut short.
      const questionMs = kind === 'timeout' ? 1500 : 20_000;
      const { answer, told, ms, log, metrics } = await ask(behaviour, { questionMs });
      expect(answer).toEqual(offline);
      expect(told).toEqual([]);
      // The question's time is 1.5 s; the rest is a busy machine's.
      expect(ms).toBeLessThan(15_000);
      expect(log).toContain(`language model: ${kind} (`);
      expect(metrics).toContain(`wence_model_faults{kind="${kind}"} 1`);
      expect(`${log}${metrics}`).not.toMatch(/secret|3亿|营收|elsewhere/);
    },
    30_000,
  );

  it('an endpoint that sends elsewhere is not followed there with the user’s words', async () => {
    const other = await new ModelServer().start();
    await ask(() => ({ redirect: `${other.url}/chat/completions` }));
    expect(other.requests).toHaveLength(0);
    await other.stop();
  });

  it('one that recovers within the time is waited for', async () => {
    let n = 0;
    const { answer } = await ask(
      () => (++n === 1 ? { status: 503 } : { text: '泉州要求牵头单位上年度主营业务收入2亿元以上[c1]。' }),
      { questionMs: 20_000 },
    );
    expect(answer.mode).toBe('llm');
  });

  it('one that keeps failing is left alone, and /metrics says that it is down', async () => {
    server.behaviour = () => ({ status: 500 });
    const model = { apiKey: 'k', baseUrl: server.url, model: 'test', transport: { retries: 0 } };
    const app = createApp({ dataDir, model: model as unknown as AppOptions['model'] });
    for (let i = 0; i < 8; i++) expect(await app.assistant.ask(request)).toEqual(offline);
    expect(server.requests).toHaveLength(5);
    const metrics = new Metrics();
    metrics.watch({ model: channelDesk(app).modelHealth });
    const text = await metrics.registry.metrics();
    expect(text).toContain('wence_model_state{state="down"} 1');
    expect(text).toContain('wence_model_faults{kind="circuit-open"} 3');
  });
});
