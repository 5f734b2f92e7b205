import { connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WebServer } from '../../src/channels/web/server.js';
import type { FakeDesk } from '../support/desk.js';
import { call } from '../support/http.js';
import { openWeb } from '../support/web.js';

let desk: FakeDesk;
let server: WebServer;
let base: string;
let lines: string[];

beforeEach(async () => {
  ({ desk, server, base, lines } = await openWeb());
});
afterEach(() => server.close());

/** Bytes over a connection of their own, and all that comes back. */
function raw(bytes: Uint8Array | string, then?: (socket: Socket) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(base).port), '127.0.0.1');
    let text = '';
    socket.setEncoding('utf8').on('data', (piece) => {
      text += piece;
    });
    socket.once('close', () => resolve(text)).once('error', reject);
    socket.write(bytes);
    then?.(socket);
  });
}

function asked(body: Uint8Array, headers: Record<string, string | number> = {}): Uint8Array {
  const all = {
    host: 'localhost',
    'content-type': 'application/json',
    connection: 'close',
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST /api/ask HTTP/1.1\r\n${head.join('')}\r\n`), body]);
}

it('refuses a body of twenty megabytes after hearing it, so that the caller reads why', async () => {
  const refused = await call(base, '/api/ask', { body: { question: 'x'.repeat(20_000_000) } });
  expect(refused.status).toBe(413);
  expect(refused.json.accepted).toContain('1048576');
  expect((await call(base, '/healthz')).status).toBe(200);
});

it.each(['content-length', 'chunked'])('refuses bytes that are not UTF-8 (%s)', async (how) => {
  const body = Buffer.concat([Buffer.from('{"question":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
  const chunked = Buffer.concat([
    Buffer.from(`${body.length.toString(16)}\r\n`),
    body,
    Buffer.from('\r\n0\r\n\r\n'),
  ]);
  const text =
    how === 'chunked'
      ? await raw(asked(chunked, { 'transfer-encoding': 'chunked' }))
      : await raw(asked(body, { 'content-length': body.length }));
  expect(text).toContain(' 400 ');
  expect(text).toContain('UTF-8');
  expect(desk.asked).toEqual([]);
});

it('says that a compressed body cannot be read', async () => {
  const body = gzipSync('{"question":"q"}');
  const text = await raw(asked(body, { 'content-length': body.length, 'content-encoding': 'gzip' }));
  expect(text).toContain(' 415 ');
  expect(text).toContain('Content-Encoding');
});

it('reads a body that begins with a byte order mark', async () => {
  expect((await call(base, '/api/ask', { body: '\uFEFF{"question":"q"}' })).status).toBe(200);
});

it('answers an address that is longer than a head may be, with what to do instead', async () => {
  const { status, json } = await call(base, `/api/search?q=${'a'.repeat(40_000)}`);
  expect(status).toBe(431);
  expect(json.accepted).toContain('/api/ask');
});

it.each(['/api/search?q=%ff%fe', '/api/search?q=%E0%A4%A', '/api/policies?asOf=%'])(
  'refuses an encoding that cannot be read: %s',
  async (path) => {
    const { status, json } = await call(base, path);
    expect(status).toBe(400);
    expect(json.accepted).toContain('UTF-8');
  },
);

it.each(['/.env', '/.git/config', '/assets/../.env', '/%2e%2e/%2e%2e/etc/passwd', '/../../etc/passwd'])(
  'has no %s',
  async (path) => {
    expect(
      (await raw(`GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`)).slice(0, 12),
    ).toBe('HTTP/1.1 404');
  },
);

it('shows the fields and types of the very operation that was called', async () => {
  for (const body of ['', '{', 'null', '[]']) {
    const { status, json } = await call(base, '/api/check', { body });
    expect(status).toBe(400);
    expect(json.accepted).toMatch(/"policy": string, "subject"\?: string \| null, "facts": object/);
  }
  const { json } = await call(base, '/api/ask', { body: {} });
  expect(json.detail).toBe('缺少 question');
  expect(json.accepted).toContain('"id"?: string | number | null');
});

it.each(['0000-01-01', '2026-02-30', '2026-1-1', ' 2026-11-21', '２０２６-11-21', ''])(
  'refuses the day %j as the terminal does',
  async (asOf) => {
    expect((await call(base, '/api/ask', { body: { question: 'q', asOf } })).status).toBe(400);
    expect(desk.asked).toEqual([]);
  },
);

it('takes null for absent in a check', async () => {
  const facts = { id: null, policy: 'p1', subject: null, facts: {}, asOf: null };
  expect((await call(base, '/api/check', { body: facts })).status).not.toBe(400);
});

it('callers who hang up at once are no fault of the server', async () => {
  const body = Buffer.from('{"question":"q"}');
  const gone = Array.from({ length: 40 }, () =>
    raw(asked(body, { 'content-length': body.length }), (socket) => socket.resetAndDestroy()).catch(() => {}),
  );
  await Promise.all(gone);
  expect((await call(base, '/api/ask', { body: { question: 'q' } })).status).toBe(200);
  expect(lines.filter((line) => JSON.parse(line).level >= 50)).toEqual([]);
});
