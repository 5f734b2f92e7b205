import { afterEach, describe, expect, it } from 'vitest';
import {
  createWebServer,
  type WebConfig,
  type WebOptions,
  type WebServer,
} from '../../src/channels/web/server.js';
import { FakeDesk } from '../support/desk.js';
import { call, Visitor } from '../support/http.js';
import { RecordedLog } from '../support/log.js';

const TOKEN = 'a-long-token-of-the-hotline';
const recorded = new RecordedLog();
const opened: WebServer[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

async function start(config: Partial<WebConfig> = {}, options: WebOptions = {}, desk = new FakeDesk()) {
  const server = await createWebServer(
    desk,
    { host: '127.0.0.1', port: 0, staffToken: TOKEN, ...config },
    recorded.log,
    options,
  );
  opened.push(server);
  return server.listen();
}

describe('signing in with STAFF_TOKEN', () => {
  it('opens a session in a cookie that no script can read and no other site sends', async () => {
    const visitor = new Visitor(await start());
    expect((await visitor.call('/api/staff/session')).json).toMatchObject({
      signedIn: false,
      needs: 'token',
      csrf: null,
    });
    const came = await visitor.signIn(TOKEN);
    expect(came.status).toBe(200);
    const cookie = came.headers['set-cookie']![0]!;
    expect(cookie).toMatch(/^wence_session=/);
    expect(cookie).toContain('HttpOnly');
    expect(cookie).toContain('SameSite=Strict');
    expect(cookie).not.toContain(TOKEN);
    expect((await visitor.call('/api/staff/session')).json).toMatchObject({
      signedIn: true,
      name: 'staff',
      csrf: visitor.csrf,
    });
  });

  it('makes the cookie Secure, and for this host only, wherever it leaves the machine', async () => {
    const base = await start();
    const ways: Record<string, string>[] = [
      { host: 'wence.example.gov.cn' },
      { 'x-forwarded-proto': 'https' },
    ];
    for (const headers of ways) {
      const visitor = new Visitor(base, headers);
      const cookie = (await visitor.signIn(TOKEN)).headers['set-cookie']![0]!;
      expect(cookie).toMatch(/^__Host-wence_session=/);
      expect(cookie).toContain('Secure');
      expect(cookie).toContain('Path=/');
      expect((await visitor.call('/api/staff/session')).json.signedIn).toBe(true);
    }
  });

  it.each([
    ['another token', { token: 'wrong' }, 401],
    ['the token with something behind it', { token: `${TOKEN} ` }, 401],
    ['an empty token', { token: '' }, 401],
    ['no token', {}, 400],
    ['a token that is no text', { token: ['a'] }, 400],
    ['a token without end', { token: 'x'.repeat(2000) }, 400],
  ])('refuses %s', async (_name, body, status) => {
    const came = await call(await start(), '/api/staff/sign-in', { body });
    expect(came.status).toBe(status);
    expect(came.headers['set-cookie']).toBeUndefined();
    expect(came.text).not.toContain(TOKEN);
  });

  it('refuses a sign-in that a page of another site sends', async () => {
    const base = await start();
    const others: Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of others) {
      const came = await call(base, '/api/staff/sign-in', {
        body: { token: TOKEN },
        headers: { ...headers },
      });
      expect(came.status).toBe(403);
      expect(came.json.code).toBe('csrf');
    }
    const own = { origin: base, 'sec-fetch-site': 'same-origin' };
    expect((await call(base, '/api/staff/sign-in', { body: { token: TOKEN }, headers: own })).status).toBe(
      200,
    );
  });

  it('lets nobody guess: after some attempts it says when to come again, to the right token too', async () => {
    const base = await start({}, { rates: { signIn: 3 } });
    for (let i = 0; i < 3; i++)
      expect((await call(base, '/api/staff/sign-in', { body: { token: `guess ${i}` } })).status).toBe(401);
    // Whatever address is pretended.
    const claims: Record<string, string>[] = [{}, { 'x-forwarded-for': '203.0.113.9' }];
    for (const headers of claims) {
      const came = await call(base, '/api/staff/sign-in', {
        body: { token: TOKEN },
        headers: { ...headers },
      });
      expect(came.status).toBe(429);
      expect(Number(came.headers['retry-after'])).toBeGreaterThan(0);
      expect(came.json.accepted).toMatch(/秒/);
    }
  });

  it('ends a session when its holder signs out and when its time is over', async () => {
    let now = new Date('2026-11-21T00:00:00Z');
    const base = await start({}, { now: () => now });
    const leaver = new Visitor(base);
    await leaver.signIn(TOKEN);
    const stolen = new Visitor(base);
    for (const [name, value] of leaver.cookies) stolen.cookies.set(name, value);
    expect((await leaver.call('/api/staff/sign-out', { method: 'POST' })).json.signedIn).toBe(false);
    expect(leaver.cookies.size).toBe(0);
    expect((await stolen.call('/api/staff/session')).json.signedIn).toBe(false);

    const sleeper = new Visitor(base);
    await sleeper.signIn(TOKEN);
    now = new Date('2026-11-22T00:00:00Z');
    expect((await sleeper.call('/api/staff/session')).json.signedIn).toBe(false);
  });

  it('gives a new session a new token, whatever cookie came with the sign-in', async () => {
    const base = await start();
    const visitor = new Visitor(base);
    visitor.cookies.set('wence_session', 'chosen-by-somebody-else');
    await visitor.signIn(TOKEN);
    expect(visitor.cookies.get('wence_session')).not.toBe('chosen-by-somebody-else');
  });

  it('never logs the token or a session', async () => {
    const visitor = new Visitor(await start());
    await visitor.signIn(TOKEN);
    await visitor.call('/api/answers');
    expect(recorded.text).not.toContain(TOKEN);
    for (const value of visitor.cookies.values()) expect(recorded.text).not.toContain(value);
  });
});

const STAFF_PATHS = [
  '/api/answers',
  '/api/answers/some',
  '/api/history',
  '/api/reviews',
  '/api/reviews/export',
  '/api/unanswered',
];

describe('what only staff may reach', () => {
  it('asks everybody else to sign in', async () => {
    const base = await start();
    for (const path of STAFF_PATHS) {
      const came = await call(base, path);
      expect([path, came.status, came.json.code]).toEqual([path, 401, 'sign-in']);
    }
    const bad = { cookie: 'wence_session=made-up; __Host-wence_session=made-up' };
    expect((await call(base, '/api/answers', { headers: bad })).status).toBe(401);
  });

  it('takes no write without the CSRF token of the very session', async () => {
    const base = await start();
    const [one, other] = [new Visitor(base), new Visitor(base)];
    await one.signIn(TOKEN);
    await other.signIn(TOKEN);
    const write = { body: { verdict: 'wrong' } };
    for (const csrf of [null, '', 'x', other.csrf]) {
      const mine = one.csrf;
      one.csrf = csrf;
      const came = await one.call('/api/answers/some/feedback', write);
      expect([came.status, came.json.code]).toEqual([403, 'csrf']);
      one.csrf = mine;
    }
    const foreign = await one.call('/api/answers/some/feedback', {
      ...write,
      headers: { origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
    expect((await one.call('/api/staff/sign-out', { method: 'POST' })).status).toBe(200);
  });

  it('is open at this machine alone where no token is set', async () => {
    const base = await start({ staffToken: null });
    const here = new Visitor(base);
    const session = await here.call('/api/staff/session');
    expect(session.json).toMatchObject({ signedIn: true, needs: 'loopback' });
    expect(
      (await here.call('/api/staff/session', { headers: { host: 'localhost:8787' } })).json.signedIn,
    ).toBe(true);
    expect((await here.call('/api/staff/sign-in', { body: { token: '' } })).status).toBe(409);
  });

  it.each([
    ['a name that was made to point here', { host: 'evil.example' }],
    ['a name that only begins like this machine', { host: '127.0.0.1.evil.example' }],
    ['a proxy that says so', { 'x-forwarded-for': '203.0.113.9' }],
    ['a proxy that claims this machine', { 'x-forwarded-for': '127.0.0.1' }],
    ['a proxy by the newer header', { forwarded: 'for=127.0.0.1' }],
    ['a proxy by another header', { 'x-real-ip': '127.0.0.1' }],
    ['a proxy by its name', { via: '1.1 proxy' }],
  ])('is closed to %s where no token is set', async (_name, headers) => {
    const base = await start({ staffToken: null });
    for (const path of STAFF_PATHS) {
      const came = await call(base, path, { headers: { ...headers } as Record<string, string> });
      expect([path, came.status, came.json.code]).toEqual([path, 403, 'loopback']);
    }
    const session = await call(base, '/api/staff/session', {
      headers: { ...headers } as Record<string, string>,
    });
    expect(session.json).toMatchObject({ signedIn: false, csrf: null });
  });

  it('needs the CSRF token at this machine too', async () => {
    const base = await start({ staffToken: null });
    const bare = await call(base, '/api/answers/some/feedback', { body: { verdict: 'wrong' } });
    expect([bare.status, bare.json.code]).toEqual([403, 'csrf']);
  });

  it('lets another way of signing in take the place of the token', async () => {
    const base = await start(
      {},
      {
        authenticator: {
          check: async ({ token }) => (token === 'from the provider' ? { name: '王工' } : null),
        },
      },
    );
    const visitor = new Visitor(base);
    expect((await visitor.signIn(TOKEN)).status).toBe(401);
    expect((await visitor.signIn('from the provider')).json).toMatchObject({ signedIn: true, name: '王工' });
  });
});

describe('limits', () => {
  it('count everybody behind a proxy on this machine together, and never the address they claim', async () => {
    const base = await start({}, { rates: { proxy: 5 } });
    const statuses: number[] = [];
    for (let i = 0; i < 7; i++)
      statuses.push(
        (await call(base, '/api/facts', { headers: { 'x-forwarded-for': `203.0.113.${i}` } })).status,
      );
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
    const veiled = await call(base, '/%61pi/facts', { headers: { 'x-forwarded-for': '203.0.113.1' } });
    expect(veiled.status).toBe(429);
    expect((await call(base, '/healthz', { headers: { 'x-forwarded-for': '203.0.113.1' } })).status).toBe(
      200,
    );
  });

  it('leave programs on this machine alone, and count a session by itself', async () => {
    const base = await start({}, { rates: { proxy: 3, address: 3, session: 4 } });
    for (let i = 0; i < 6; i++) expect((await call(base, '/api/facts')).status).toBe(200);
    const visitor = new Visitor(base);
    await visitor.signIn(TOKEN);
    const statuses: number[] = [];
    for (let i = 0; i < 5; i++) statuses.push((await visitor.call('/api/facts')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 429]);
  });
});
