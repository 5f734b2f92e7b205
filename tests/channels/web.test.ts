import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLogger } from '../../src/channels/log.js';
import { createWebServer, type WebServer } from '../../src/channels/web/server.js';
import { InputError } from '../../src/errors.js';
import type { FakeDesk } from '../support/desk.js';
import { gate } from '../support/gate.js';
import { openWeb } from '../support/web.js';

let desk: FakeDesk;
let server: WebServer;
let base: string;
let lines: string[];

beforeEach(async () => {
  ({ desk, server, base, lines } = await openWeb());
});
afterEach(() => server.close());

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
  });

async function problem(response: Response, status: number) {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const body = (await response.json()) as Record<string, string>;
  expect(body).toMatchObject({
    type: 'about:blank',
    status,
    title: expect.stringMatching(/./),
    detail: expect.stringMatching(/./),
  });
  expect(body.accepted).toMatch(/./);
  return body;
}

describe('POST /api/ask', () => {
  it('answers in the contract’s shape and passes on what was given', async () => {
    const history = [{ role: 'user', text: '泉州' }];
    const response = await post('/api/ask', {
      question: '营收？',
      asOf: '2026-11-21',
      policy: 'p1',
      history,
      id: 7,
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      intent: 'threshold',
      mode: 'offline',
      answered: true,
      citations: [{ clause: '三（一）' }],
    });
    expect(desk.asked[0]).toEqual({ question: '营收？', asOf: '2026-11-21', policy: 'p1', history, id: '7' });
  });

  it('takes null for absent', async () => {
    await post('/api/ask', { question: 'q', asOf: null, policy: null, history: null, id: null });
    expect(desk.asked[0]).toEqual({ question: 'q' });
  });

  it.each([
    ['no question', {}, 'question'],
    ['a blank question', { question: ' \n' }, '没有问题'],
    ['a question that is no text', { question: 5 }, 'question'],
    ['an impossible day', { question: 'q', asOf: '2026-02-30' }, 'asOf'],
    ['an unknown document', { question: 'q', policy: 'nowhere' }, 'nowhere'],
    ['a history of another shape', { question: 'q', history: [{ role: 'system', text: 'x' }] }, 'history'],
    ['a list', [], 'JSON'],
    ['null', 'null', 'JSON'],
  ])('refuses %s and says what it would accept', async (_name, body, detail) => {
    expect((await problem(await post('/api/ask', body), 400)).detail).toContain(detail);
    expect(desk.asked).toEqual([]);
  });

  it('reads a question of 100,000 characters', async () => {
    const response = await post('/api/ask', { question: '问'.repeat(100_000) });
    expect(response.status).toBe(200);
  });

  it.each([
    ['broken JSON', '{"question": ', {}, 400],
    ['an empty body', '', {}, 400],
    ['a prototype in the JSON', '{"question":"q","__proto__":{"a":1}}', {}, 400],
    ['another type', 'question=q', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['plain text', 'q', { 'content-type': 'text/plain' }, 415],
    ['more than a megabyte', JSON.stringify({ question: 'x'.repeat(1_100_000) }), {}, 413],
  ] as const)('refuses %s', async (_name, body, headers, status) => {
    await problem(await post('/api/ask', body, headers), status);
  });

  it('hands on what the assistant refuses', async () => {
    desk.answer = () => {
      throw new InputError('问题太长', '至多 5000 字');
    };
    expect(await problem(await post('/api/ask', { question: 'q' }), 400)).toMatchObject({
      detail: '问题太长',
      accepted: '至多 5000 字',
    });
  });

  it('hides a fault of its own, counts it, and logs where it arose but never the question', async () => {
    desk.answer = (request) => {
      throw new Error(`cannot read ${request.question}`);
    };
    const response = await post('/api/ask', { question: '营收一亿八的秘密公司' });
    const body = await problem(response, 500);
    expect(body.detail).not.toContain('cannot');
    expect(body.requestId).toBe(response.headers.get('x-request-id'));
    const failed = lines.find((line) => line.includes('request failed'))!;
    expect(JSON.parse(failed)).toMatchObject({
      level: 50,
      reqId: body.requestId,
      err: { type: 'Error', at: expect.any(Array) },
    });
    expect(lines.join('')).not.toContain('秘密');
    expect(await (await fetch(`${base}/metrics`)).text()).toContain('wence_failures_total{channel="web"} 1');
  });

  it('tells the assistant when the caller hangs up', async () => {
    const started = gate();
    const stopped = gate();
    desk.answer = async () => {
      desk.signals[0]?.addEventListener('abort', () => stopped.open());
      started.open();
      await stopped.opened;
      throw new Error('aborted');
    };
    const { hostname, port } = new URL(base);
    const caller = connect(Number(port), hostname);
    caller.write(
      'POST /api/ask HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 16\r\n\r\n{"question":"q"}',
    );
    await started.opened;
    caller.destroy();
    await stopped.opened;
  });
});

describe('the other addresses', () => {
  it('checks', async () => {
    const response = await post('/api/check', { id: 'v1', policy: 'p1', subject: 'lead', facts: {} });
    expect(await response.json()).toMatchObject({ id: 'v1', policy: 'p1', outcome: 'eligible' });
    expect(
      (await problem(await post('/api/check', { policy: 'x', subject: 'lead', facts: {} }), 400)).accepted,
    ).toContain('p1');
    await problem(await post('/api/check', { policy: 'p1', subject: 'lead', facts: [] }), 400);
  });

  it('searches', async () => {
    const found = await (await fetch(`${base}/api/search?q=${encodeURIComponent('营收')}&k=3`)).json();
    expect(found).toMatchObject({ query: '营收', hits: [{ policy: 'p1', score: 3 }] });
    for (const query of ['', '?q=a&k=0', '?q=a&k=101', '?q=a&k=x', '?q=a&q=b']) {
      await problem(await fetch(`${base}/api/search${query}`), 400);
    }
  });

  it('lists documents and shows clauses', async () => {
    expect(await (await fetch(`${base}/api/policies`)).json()).toHaveLength(2);
    await problem(await fetch(`${base}/api/policies?asOf=yesterday`), 400);
    const clause = await fetch(`${base}/api/clauses/p1/${encodeURIComponent('三（一）')}`);
    expect(await clause.json()).toMatchObject({ clause: '三（一）', start: 0 });
    expect((await problem(await fetch(`${base}/api/clauses/p1/x`), 404)).accepted).toContain('三（一）');
  });

  it('says whether it is alive and ready', async () => {
    expect(await (await fetch(`${base}/healthz`)).json()).toEqual({ status: 'ok' });
    expect((await fetch(`${base}/readyz`)).status).toBe(200);
    desk.state = { ok: false, parts: { index: 'cannot be opened' } };
    expect(await problem(await fetch(`${base}/readyz`), 503)).toMatchObject({
      parts: { index: 'cannot be opened' },
    });
  });

  it('describes itself from the same schemas that it reads with', async () => {
    const api = (await (await fetch(`${base}/api/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<
        string,
        Record<string, { requestBody?: { content: Record<string, { schema: { required: string[] } }> } }>
      >;
    };
    expect(api.openapi).toMatch(/^3\.1/);
    expect(Object.keys(api.paths)).toEqual(
      expect.arrayContaining([
        '/api/ask',
        '/api/check',
        '/api/search',
        '/api/policies',
        '/api/clauses/{policy}/{label}',
        '/healthz',
        '/readyz',
        '/metrics',
      ]),
    );
    expect(api.paths['/api/ask']?.post?.requestBody?.content['application/json']?.schema.required).toEqual([
      'question',
    ]);
  });

  it('refuses unknown addresses and methods', async () => {
    await problem(await fetch(`${base}/nowhere`), 404);
    await problem(
      await fetch(`${base}/api/nowhere`, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      }),
      404,
    );
    await problem(await fetch(`${base}/%zz`), 400);
    const get = await fetch(`${base}/api/ask`);
    await problem(get, 405);
    expect(get.headers.get('allow')).toBe('POST');
    const put = await fetch(`${base}/api/policies`, {
      method: 'PUT',
      body: 'x',
      headers: { 'content-type': 'text/plain' },
    });
    await problem(put, 405);
    expect(put.headers.get('allow')).toBe('GET, HEAD');
    expect((await fetch(`${base}/api/policies`, { method: 'HEAD' })).status).toBe(200);
  });

  it('serves the page with a strict content-security policy and nothing outside its folder', async () => {
    const page = await fetch(`${base}/`);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; ?script-src 'self';/);
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const html = await page.text();
    for (const [, file] of html.matchAll(/(?:src|href)="(\/[^"]+)"/g))
      expect((await fetch(base + file)).status).toBe(200);
    expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/.env']) {
      expect([400, 403, 404]).toContain((await fetch(base + path)).status);
    }
  });

  it('answers a request that is no HTTP with a problem', async () => {
    const { hostname, port } = new URL(base);
    const socket = connect(Number(port), hostname);
    socket.write('NOT HTTP\r\n\r\n');
    let text = '';
    for await (const chunk of socket) text += chunk;
    expect(text).toMatch(/^HTTP\/1.1 400 /);
    expect(text).toContain('application/problem+json');
  });

  it('logs routes and never the words of a search', async () => {
    await fetch(`${base}/api/search?q=secretword`);
    expect(lines.join('')).toContain('"route":"/api/search"');
    expect(lines.join('')).not.toContain('secretword');
  });
});

describe('starting and stopping', () => {
  it('says what to do when the port is taken', async () => {
    const port = Number(new URL(base).port);
    const second = await createWebServer(desk, { host: '127.0.0.1', port }, createLogger('silent'));
    await expect(second.listen()).rejects.toThrow(/已被占用.*PORT/);
    await second.close();
  });

  it('finishes what it started', async () => {
    const started = gate();
    const go = gate();
    const plain = desk.answer;
    desk.answer = async (request) => {
      started.open();
      await go.opened;
      return plain(request);
    };
    const call = post('/api/ask', { question: 'q' });
    await started.opened;
    const closed = server.close();
    go.open();
    expect((await call).status).toBe(200);
    await closed;
    await expect(fetch(`${base}/healthz`)).rejects.toThrow();
  });
});
