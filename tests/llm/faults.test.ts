import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/assistant/types.js';
import type { EndpointOptions } from '../../src/model/index.js';
import type { Behaviour } from '../support/model-server.js';
import { LlmStage } from './stage.js';

const question = '泉州牵头企业营收要多少';
const asOf = '2026-11-21';
const RIGHT = '泉州要求牵头单位上年度主营业务收入2亿元以上';

const stage = new LlmStage();
let offline: Answer;
beforeAll(async () => {
  await stage.open();
  offline = await stage.app.assistant.ask({ question, asOf, id: 'x' });
});
afterAll(() => stage.close());
beforeEach(() => stage.reset());

/** What a user gets and hears, and what health says, of one question. */
async function ask(behaviour: Behaviour, more: Partial<EndpointOptions> = {}, llm = stage.assistant(more)) {
  stage.server.behaviour = behaviour;
  const told: string[] = [];
  const answer = await llm.ask({ question, asOf, id: 'x' }, { onSentence: (s) => told.push(s) });
  return { answer, told, health: llm.health };
}

const sse =
  (...events: string[]): Behaviour =>
  () => ({
    type: 'text/event-stream',
    raw: events.map((e) => `data: ${e}\n\n`).join(''),
  });
const chunk = (content: string) =>
  JSON.stringify({
    id: 'r',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
  });

describe('a stream that is none', () => {
  const broken: [string, Behaviour, string][] = [
    ['events of another schema', sse('{"answer":42}', '[DONE]'), 'bad-reply'],
    ['events that are not JSON', sse('泉州要求3亿元', '[DONE]'), 'bad-reply'],
    ['no event at all', sse(), 'cut'],
    ['nothing but the end', sse('[DONE]'), 'bad-reply'],
    ['no end', sse(chunk('泉州要求')), 'cut'],
    ['an error in the middle', sse(chunk('泉州要求'), '{"error":{"message":"overloaded"}}'), 'server'],
  ];
  it.each(broken)('%s: the offline answer, nothing told', async (_, behaviour, kind) => {
    const { answer, told, health } = await ask(behaviour, { transport: { retries: 0 } });
    expect(answer).toEqual(offline);
    expect(told).toEqual([]);
    expect(health.last?.kind).toBe(kind);
  });

  it('words without end: the offline answer with what was right in them', async () => {
    const { answer, told, health } = await ask(
      () => ({ text: `${RIGHT}[c1]。${'啊'.repeat(100_000)}`, piece: 1000 }),
      {
        transport: { maxBytes: 200_000 },
      },
    );
    expect(health.last?.kind).toBe('bad-reply');
    expect(told).toEqual([`${RIGHT}。`]);
    expect(answer.text).toContain(told[0]);
  });

  it('a silence in the middle ends with the question’s time', async () => {
    const { answer, told, health } = await ask(() => ({ text: `${RIGHT}[c1]。`, hangAfter: 8 }), {
      questionMs: 300,
      transport: { attemptMs: 60_000 },
    });
    expect(answer).toEqual(offline);
    expect(told).toEqual([]);
    expect(health.last?.kind).toBe('timeout');
  });

  it('a silence before the first word, however often it is tried, too', async () => {
    const { answer, health } = await ask(() => ({ hang: true }), {
      questionMs: 300,
      transport: { attemptMs: 60_000, retries: 5 },
    });
    expect(answer).toEqual(offline);
    expect(health.last?.kind).toBe('timeout');
  });
});

describe('limits', () => {
  const search: Behaviour = () => ({ calls: [{ name: 'search_clauses', args: '{"query":"营收"}' }] });

  it('tool rounds are capped', async () => {
    const { answer, health } = await ask(search);
    expect(answer).toEqual(offline);
    expect(health.last?.kind).toBe('rounds');
    expect(stage.server.requests).toHaveLength(5);
  });

  it('a question’s tokens are capped, failed calls counted', async () => {
    const { answer, health } = await ask(search, { tokens: { perQuestion: 2000 } });
    expect(answer).toEqual(offline);
    expect(health.last?.kind).toBe('budget');
    expect(stage.server.requests.length).toBeLessThan(5);
  });

  it('a day’s tokens are capped, and the next day there are new ones', async () => {
    let now = Date.UTC(2026, 10, 21);
    const llm = stage.assistant({ tokens: { perDay: 500 }, now: () => now });
    const say: Behaviour = () => ({ text: `${RIGHT}[c1]。` });
    expect((await ask(say, {}, llm)).answer.mode).toBe('llm');
    const { answer, health } = await ask(say, {}, llm);
    expect(answer).toEqual(offline);
    expect(health.last?.kind).toBe('budget');
    expect(stage.server.requests).toHaveLength(1);
    now += 86_400_000;
    expect((await ask(say, {}, llm)).answer.mode).toBe('llm');
  });

  it('a reply that breaks off is paid for as well', async () => {
    const { health } = await ask(() => ({ text: RIGHT, cutAfter: 8 }), { transport: { retries: 0 } });
    expect(health.tokens).toBeGreaterThan(100);
  });
});

describe('a user who asks something else', () => {
  it.each([
    ['before the first word', { hang: true } as const],
    ['in the middle of a sentence', { text: RIGHT, hangAfter: 8 }],
  ])('%s: the call ends at once, and is no fault of the endpoint', async (_, reply) => {
    const leaving = new AbortController();
    const llm = stage.assistant({ questionMs: 600_000, transport: { attemptMs: 600_000 } });
    stage.server.behaviour = () => {
      setImmediate(() => leaving.abort());
      return reply;
    };
    for (let i = 0; i < 6; i++) {
      const answer = await llm.ask({ question, asOf, id: 'x' }, { signal: leaving.signal });
      expect(answer).toEqual(offline);
    }
    expect(llm.health).toMatchObject({ circuit: 'closed', last: { kind: 'cancelled' } });
    // Once gone, the endpoint is not asked again.
    expect(stage.server.requests).toHaveLength(1);
  });

  it.each([
    ['before the first word', { hang: true } as const],
    ['in the middle of a sentence', { text: `${RIGHT}[c1]。${RIGHT}`, hangAfter: RIGHT.length + 12 }],
    ['while the endpoint is to be tried again later', { status: 429, retryAfter: 30 }],
  ])('%s: the line to the endpoint is hung up', async (_, reply) => {
    const leaving = new AbortController();
    stage.server.behaviour = () => {
      setTimeout(() => leaving.abort(), 30);
      return reply;
    };
    const llm = stage.assistant({ questionMs: 600_000, transport: { retries: 3, attemptMs: 600_000 } });
    await llm.ask({ question, asOf, id: 'x' }, { signal: leaving.signal });
    // At least: on a busy machine a line of the test before may be hung up only now.
    if (!('status' in reply)) await expect.poll(() => stage.server.hungUp).toBeGreaterThanOrEqual(1);
    expect(stage.server.requests).toHaveLength(1);
    expect(llm.health.last?.kind).toBe('cancelled');
  });

  it('while a tool works: nothing is asked after it, and what comes back is the whole offline answer', async () => {
    const leaving = new AbortController();
    stage.server.behaviour = () => {
      // Aborted when the tool call has left the server and before the model is asked again.
      setImmediate(() => leaving.abort());
      return { text: `${RIGHT}`, calls: [{ name: 'search_clauses', args: '{"query":"营收"}' }] };
    };
    const told: string[] = [];
    const answer = await stage
      .assistant()
      .ask({ question, asOf, id: 'x' }, { signal: leaving.signal, onSentence: (s) => told.push(s) });
    expect(answer).toEqual(offline);
    expect(told).toEqual([]);
    expect(stage.server.requests.length).toBeLessThanOrEqual(1);
  });

  it('a question that nobody waits for any more is not asked at all', async () => {
    const answer = await stage.assistant().ask({ question, asOf, id: 'x' }, { signal: AbortSignal.abort() });
    expect(answer).toEqual(offline);
    expect(stage.server.requests).toHaveLength(0);
  });
});

describe('what is said of a fault', () => {
  it('holds neither the key nor what the user said', async () => {
    const faults: string[] = [];
    for (const behaviour of [
      () => ({ status: 401, body: 'k 1.8亿' }),
      () => ({ raw: '1.8亿' }),
      () => ({
        calls: [
          {
            name: 'check_eligibility',
            args: '{"policy":"quanzhou-2026","facts":{"lead.revenue_last_year":"1.8亿元"}}',
          },
        ],
      }),
    ] as Behaviour[]) {
      stage.server.behaviour = behaviour;
      await stage
        .assistant({
          apiKey: 'sk-secret',
          transport: { retries: 0 },
          onFault: (f) => faults.push(`${f.kind} ${f.message}`),
        })
        .ask({ question: '泉州的企业，营收1.7亿，能牵头吗', asOf });
    }
    expect(faults).toHaveLength(3);
    expect(faults.join()).not.toMatch(/secret|1\.[78]|180000000|亿/);
  });
});
