import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Trace } from '../../src/assistant/types.js';
import { createWebServer, type WebServer } from '../../src/channels/web/server.js';
import { answerWith, citation, FakeDesk } from '../support/desk.js';
import { call, Visitor } from '../support/http.js';
import { MemoryArchive } from '../support/kept.js';
import { RecordedLog } from '../support/log.js';

const recorded = new RecordedLog();
const trace: Trace = {
  step: 'lookup',
  understood: { policies: ['p1'], intents: ['threshold'], facts: { 'lead.city': 'somewhere' } },
  tools: [{ name: 'search', arguments: { q: '营收' }, outcome: 'given', detail: '3 clauses' }],
  guard: [{ sentence: '要五亿。', kept: false, reason: 'no such figure' }],
};
let desk: FakeDesk;
let kept: MemoryArchive;
let server: WebServer;
let base: string;
let staff: Visitor;

beforeEach(async () => {
  desk = new FakeDesk();
  let n = 0;
  desk.assistant.ask = async (request, options) => {
    options?.onTrace?.(trace);
    const answered = !request.question.includes('食堂');
    return answerWith([{ kind: 'lead', text: `答：${request.question}`, cites: [1] }], {
      id: request.id ?? `made-${++n}`,
      question: request.question,
      answered,
      citations: [citation],
    });
  };
  kept = new MemoryArchive();
  server = await createWebServer(desk, { host: '127.0.0.1', port: 0, staffToken: 't' }, recorded.log, {
    kept,
  });
  base = await server.listen();
  staff = new Visitor(base);
  await staff.signIn('t');
});
afterEach(() => server.close());

const ask = (question: string, more: Record<string, unknown> = {}, headers: Record<string, string> = {}) =>
  call(base, '/api/ask', { body: { question, ...more }, headers });

describe('replay', () => {
  it('shows what was asked, what it came from and the very text that was sent', async () => {
    const history = [{ role: 'user', text: '泉州' }];
    const sent = await ask('营收？', { history });
    const replay = await staff.call(`/api/answers/${sent.headers['x-answer-id']}`);
    expect(replay.json).toMatchObject({
      channel: 'api',
      question: '营收？',
      history,
      asOf: sent.json.asOf,
      trace,
      sent: sent.json.text,
      feedback: [],
    });
    expect(replay.json.answer).toEqual(sent.json);
  });

  it('keeps every answer apart, whatever id the caller gave', async () => {
    const ids = [];
    for (const question of ['一', '二']) {
      const came = await ask(question, { id: 'same' });
      expect(came.json.id).toBe('same');
      ids.push(came.headers['x-answer-id']);
    }
    expect(new Set(ids).size).toBe(2);
    expect((await staff.call(`/api/answers/${ids[0]}`)).json.question).toBe('一');
    expect((await staff.call('/api/answers/same')).status).toBe(404);
  });

  it('covers the answers of chats', async () => {
    const { id } = (await call(base, '/api/chats', { method: 'POST' })).json;
    await call(base, `/api/chats/${id}/messages`, { body: { text: '一' } });
    const second = await call(base, `/api/chats/${id}/messages`, { body: { text: '二' } });
    const replay = await staff.call(`/api/answers/${second.json.answer.id}`);
    expect(replay.json).toMatchObject({ channel: 'web', question: '二', trace, sent: '答：二' });
    expect(replay.json.history).toHaveLength(2);
  });

  it('stays as it was though the documents and the answer change', async () => {
    const sent = await ask('营收？');
    desk.answer = () => answerWith([{ kind: 'lead', text: '新的答', cites: [] }]);
    const replay = await staff.call(`/api/answers/${sent.headers['x-answer-id']}`);
    expect(replay.json.sent).toBe('答：营收？');
  });

  it('does not stand in the way of an answer: what cannot be kept is sent, counted and logged without words', async () => {
    kept.fails = new Error('disk full of 营收机密');
    const sent = await ask('营收机密？');
    expect(sent.status).toBe(200);
    expect(sent.headers['x-answer-id']).toBeUndefined();
    expect((await call(base, '/metrics')).text).toMatch(/wence_answers_unkept_total 1/);
    expect(recorded.text).toContain('could not be kept');
    expect(recorded.text).not.toContain('机密');
  });
});

describe('the answers of a day', () => {
  it('are listed newest first, by whether they were answered, and the console’s by themselves', async () => {
    await ask('一');
    await ask('食堂电话？');
    await staff.call('/api/ask', { body: { question: '三' }, headers: { 'x-wence-page': 'console' } });
    await ask('四', {}, { 'x-wence-page': 'console' }); // says so without being staff
    const questions = async (path: string) =>
      (await staff.call(path)).json.items.map((item: { question: string }) => item.question);
    expect(await questions('/api/answers')).toEqual(['四', '三', '食堂电话？', '一']);
    expect(await questions('/api/answers?answered=false')).toEqual(['食堂电话？']);
    expect(await questions('/api/answers?limit=1')).toEqual(['四']);
    expect(await questions('/api/history')).toEqual(['三']);
    expect(await questions('/api/answers?day=2020-01-01')).toEqual([]);
    expect((await staff.call('/api/answers?day=2020-02-31')).status).toBe(400);
  });

  it('are those of the day in China', async () => {
    kept.now = () => new Date('2026-11-20T16:00:00.000Z'); // midnight there
    await ask('今天第一个');
    kept.now = () => new Date('2026-11-20T15:59:59.999Z');
    await ask('昨天最后一个');
    const { items } = (await staff.call('/api/answers?day=2026-11-21')).json;
    expect(items.map((item: { question: string }) => item.question)).toEqual(['今天第一个']);
  });

  it('count what was not answered, most frequent first', async () => {
    for (const question of ['食堂几点开？', '食堂电话？', '食堂电话？', '营收？']) await ask(question);
    const { total, items } = (await staff.call('/api/unanswered')).json;
    expect(total).toBe(3);
    expect(items.map((i: { question: string; count: number }) => [i.question, i.count])).toEqual([
      ['食堂电话？', 2],
      ['食堂几点开？', 1],
    ]);
  });
});

describe('feedback and reviews', () => {
  it('go from a mark to a decision to an evaluation case', async () => {
    const sent = await ask('营收要多少？', { history: [{ role: 'user', text: '泉州' }] });
    const id = sent.headers['x-answer-id'];
    const evil = '<img src=x onerror=alert(1)> 应是3亿';
    const mark = await staff.call(`/api/answers/${id}/feedback`, { body: { verdict: 'wrong', note: evil } });
    expect(mark.json).toMatchObject({ answer: id, verdict: 'wrong', note: evil });
    await staff.call(`/api/answers/${id}/feedback`, { body: { verdict: 'good' } });
    const queue = (await staff.call('/api/reviews?state=open')).json.items;
    expect(queue).toMatchObject([
      { answer: id, question: '营收要多少？', verdict: 'wrong', note: evil, state: 'open' },
    ]);
    const decided = await staff.call('/api/reviews', {
      body: { id: queue[0].id, decision: 'confirmed', note: '确实', expected: '2亿元' },
    });
    expect(decided.json).toMatchObject({ state: 'done', decision: 'confirmed', expected: '2亿元' });
    expect((await staff.call('/api/reviews?state=open')).json.items).toEqual([]);
    const exported = await staff.call('/api/reviews/export');
    expect(exported.headers['content-type']).toContain('application/jsonl');
    expect(exported.headers['content-disposition']).toContain('attachment');
    const lines = exported.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      {
        question: '营收要多少？',
        asOf: sent.json.asOf,
        history: [{ role: 'user', text: '泉州' }],
        gold: { mustSay: ['2亿元'] },
        review: { verdict: 'wrong', note: evil, given: { text: sent.json.text } },
      },
    ]);
    expect((await staff.call(`/api/answers/${id}`)).json.feedback).toHaveLength(2);
  });

  it('leave rejected ones out of the export', async () => {
    const id = (await ask('一')).headers['x-answer-id'];
    await staff.call(`/api/answers/${id}/feedback`, { body: { verdict: 'missing' } });
    const [review] = (await staff.call('/api/reviews')).json.items;
    await staff.call('/api/reviews', { body: { id: review.id, decision: 'rejected' } });
    expect((await staff.call('/api/reviews/export')).text).toBe('');
  });

  it('refuse what names nothing or says nothing', async () => {
    const id = (await ask('一')).headers['x-answer-id'];
    const refused = async (path: string, body: unknown) => (await staff.call(path, { body })).status;
    expect(await refused('/api/answers/nowhere/feedback', { verdict: 'wrong' })).toBe(404);
    expect(await refused(`/api/answers/${id}/feedback`, { verdict: 'perfect' })).toBe(400);
    expect(await refused(`/api/answers/${id}/feedback`, { verdict: 'wrong', note: 'x'.repeat(5001) })).toBe(
      400,
    );
    expect(await refused('/api/reviews', { id: 'nowhere', decision: 'confirmed' })).toBe(404);
    expect(await refused('/api/reviews', { id: 'nowhere', decision: 'maybe' })).toBe(400);
  });
});

describe('a server without a store', () => {
  it('keeps what was said for as long as it runs', async () => {
    const bare = await createWebServer(desk, { host: '127.0.0.1', port: 0 }, recorded.log);
    const address = await bare.listen();
    const came = await call(address, '/api/ask', { body: { question: '一' } });
    const replay = await call(address, `/api/answers/${came.headers['x-answer-id']}`);
    expect(replay.json.sent).toBe('答：一');
    const { id } = (await call(address, '/api/chats', { method: 'POST' })).json;
    await call(address, `/api/chats/${id}/messages`, { body: { text: '二' } });
    expect((await call(address, `/api/chats/${id}`)).json.turns).toHaveLength(2);
    await bare.close();
  });
});

describe('what is watched', () => {
  it('counts answers with their time, and never a word of them', async () => {
    await ask('绝密营收一亿八？');
    await ask('食堂？');
    const { text } = await call(base, '/metrics');
    expect(text).toMatch(
      /wence_answers_total\{channel="web",intent="threshold",mode="offline",answered="true"\} 1/,
    );
    expect(text).toMatch(
      /wence_answers_total\{channel="web",intent="threshold",mode="offline",answered="false"\} 1/,
    );
    expect(text).toMatch(/wence_answer_duration_seconds_count\{channel="web",mode="offline"\} 2/);
    expect(text).toMatch(
      /wence_http_request_duration_seconds_count\{method="POST",route="\/api\/ask",status="200"\} 2/,
    );
    expect(text + recorded.text).not.toContain('绝密');
  });

  it('shows the state of the model and what waits to be sent', async () => {
    let state = 'ok';
    const modelHealth = () => ({ state, asked: 9, tokens: 1234, faults: { timeout: 2 } });
    Object.assign(desk, { modelHealth });
    Object.assign(kept.gauges, { outbox: async () => 3, sessions: async () => 2 });
    const watched = await createWebServer(desk, { host: '127.0.0.1', port: 0 }, recorded.log, { kept });
    const address = await watched.listen();
    const metrics = async () => (await call(address, '/metrics')).text;
    expect(await metrics()).toMatch(/wence_model_state\{state="ok"\} 1/);
    expect(await metrics()).toMatch(/wence_model_faults\{kind="timeout"\} 2/);
    state = 'down';
    const later = await metrics();
    expect(later).toMatch(/wence_model_state\{state="down"\} 1/);
    expect(later).toMatch(/wence_model_state\{state="ok"\} 0/);
    expect(later).toMatch(/wence_outbox_pending 3/);
    expect(later).toMatch(/wence_staff_sessions 2/);
    await watched.close();
  });

  it('says that it is not ready when the store is not', async () => {
    expect((await call(base, '/readyz')).json.parts).toMatchObject({ store: 'ok' });
    kept.healthy = 'database is locked';
    const came = await call(base, '/readyz');
    expect([came.status, came.json.parts.store]).toEqual([503, 'database is locked']);
    expect((await call(base, '/healthz')).status).toBe(200);
  });
});
