import { expect, onTestFinished, test } from 'vitest';
import type { Rates } from '../../src/channels/web/limits.js';
import { createWebServer } from '../../src/channels/web/server.js';
import type { Store } from '../../src/store/types.js';
import { place } from '../store/engines.js';
import { FakeDesk } from '../support/desk.js';
import { call } from '../support/http.js';
import { RecordedLog } from '../support/log.js';
import { TcpProxy } from '../support/tcp-proxy.js';

/** A server as one of several behind a load balancer. */
async function server(store: Store, rates: Partial<Rates> = {}): Promise<string> {
  const desk = Object.assign(new FakeDesk(), { store });
  const config = { host: '127.0.0.1', port: 0, staffToken: 'a token' };
  const web = await createWebServer(desk, config, new RecordedLog().log, { rates });
  const address = await web.listen();
  onTestFinished(() => web.close());
  return address;
}

test('several servers on one PostgreSQL count what somebody may do together', async () => {
  const { open } = await place('postgres');
  const rates = { chat: 3, signIn: 2 };
  const servers = [await server(await open(), rates), await server(await open(), rates)] as const;
  const { id } = (await call(servers[0], '/api/chats', { method: 'POST' })).json;
  const statuses: number[] = [];
  for (let i = 0; i < 5; i++) {
    const { status } = await call(servers[i % 2]!, `/api/chats/${id}/messages`, {
      body: { text: `第${i}问` },
    });
    statuses.push(status);
  }
  expect(statuses).toEqual([200, 200, 200, 429, 429]);
  const guess = (at: string) => call(at, '/api/staff/sign-in', { body: { token: 'wrong' } });
  expect((await guess(servers[0])).status).toBe(401);
  expect((await guess(servers[1])).status).toBe(401);
  const refused = await guess(servers[0]);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
});

test('while PostgreSQL is away, questions are answered, limits hold in each server, and /readyz says so', async () => {
  const { options, open } = await place('postgres');
  const way = await TcpProxy.before(options.databaseUrl!);
  onTestFinished(() => way.proxy.close());
  const base = await server(await open({ databaseUrl: way.url }), { signIn: 2 });
  const ask = () => call(base, '/api/ask', { body: { question: '问' } });
  expect((await ask()).status).toBe(200);
  way.proxy.become('refuse');
  const away = await ask();
  expect(away.status).toBe(200);
  expect(away.json.text).toContain('问');
  expect((await call(base, '/readyz')).json.parts.store).toBe('unreachable');
  const guess = () => call(base, '/api/staff/sign-in', { body: { token: 'wrong' } });
  expect([(await guess()).status, (await guess()).status, (await guess()).status]).toEqual([401, 401, 429]);
  way.proxy.become('up');
  expect((await call(base, '/readyz')).status).toBe(200);
  expect((await ask()).headers['x-answer-id']).toBeDefined();
});
