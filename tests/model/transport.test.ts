import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CircuitBreaker, ModelFault, resilientFetch, TokenBudget } from '../../src/model/index.js';
import { ModelServer } from '../support/model-server.js';

let server: ModelServer;
beforeEach(async () => {
  server = await new ModelServer().start();
});
afterEach(() => server.stop());

const options = { retries: 2, pauseMs: 1, attemptMs: 2000, maxBytes: 10_000 };
const post = (signal?: AbortSignal, more = {}) =>
  resilientFetch({ ...options, ...more })(`${server.url}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'm', messages: [] }),
    signal,
  });
const fault = async (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (e) => (e instanceof ModelFault ? e.kind : `untyped ${e}`),
  );

describe('an endpoint that fails for a moment', () => {
  it.each([429, 500, 503])('is asked again after %i', async (status) => {
    server.behaviour = (_, nth) => (nth === 1 ? { status } : { text: '好' });
    expect((await post()).status).toBe(200);
    expect(server.requests).toHaveLength(2);
  });
  it('is asked again after a reply that breaks off', async () => {
    server.behaviour = (_, nth) => (nth === 1 ? { cut: '{"id":' } : { text: '好' });
    expect((await post()).status).toBe(200);
  });
});

describe('an endpoint that keeps failing ends in a typed fault', () => {
  it.each([
    [401, 'unauthorised', 1],
    [403, 'unauthorised', 1],
    [404, 'refused', 1],
    [429, 'rate-limited', 3],
    [500, 'server', 3],
  ] as const)('%i is %s after %i attempts', async (status, kind, attempts) => {
    server.behaviour = () => ({ status });
    expect(await fault(post())).toBe(kind);
    expect(server.requests).toHaveLength(attempts);
  });
  it('a hang is a time-out', async () => {
    server.behaviour = () => ({ hang: true });
    expect(await fault(post(undefined, { attemptMs: 100 }))).toBe('timeout');
  });
  it('a reply that is not JSON, or longer than allowed, is a bad reply', async () => {
    server.behaviour = () => ({ raw: '<html>' });
    expect(await fault(post())).toBe('bad-reply');
    server.behaviour = () => ({ text: '一'.repeat(20_000) });
    expect(await fault(post())).toBe('bad-reply');
  });
  it('a caller that leaves is cancelled at once', async () => {
    server.behaviour = () => ({ hang: true });
    const leaving = new AbortController();
    const asked = fault(post(leaving.signal));
    leaving.abort();
    expect(await asked).toBe('cancelled');
  });
  it('a long wait that the endpoint asks for is not waited for', async () => {
    server.behaviour = () => ({ status: 429, retryAfter: 600 });
    expect(await fault(post())).toBe('rate-limited');
    expect(server.requests).toHaveLength(1);
  });
});

describe('circuit breaker', () => {
  it('rests after failures in a row, then lets one question try', () => {
    let now = 0;
    const breaker = new CircuitBreaker(2, 1000, () => now);
    breaker.failed();
    expect(breaker.state).toBe('closed');
    breaker.failed();
    expect(() => breaker.enter()).toThrow(ModelFault);
    now = 1000;
    breaker.enter();
    expect(() => breaker.enter()).toThrow(ModelFault);
    breaker.failed();
    expect(breaker.state).toBe('open');
    now = 2001;
    breaker.enter();
    breaker.succeeded();
    expect(breaker.state).toBe('closed');
  });
});

describe('token budget', () => {
  it('ends for a question and for a day, and begins again the next day', () => {
    let now = Date.UTC(2026, 0, 1);
    const budget = new TokenBudget({ perQuestion: 100, perDay: 150 }, () => now);
    budget.allow(0);
    expect(() => budget.allow(100)).toThrow(/100/);
    budget.spend(150);
    expect(() => budget.allow(0)).toThrow(/150/);
    now += 86_400_000;
    budget.allow(0);
    expect(budget.spentToday).toBe(0);
  });
});
