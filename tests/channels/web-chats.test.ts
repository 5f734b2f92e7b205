import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { InterviewReply } from '../../src/assistant/interviewer.js';
import { createWebServer, type WebOptions, type WebServer } from '../../src/channels/web/server.js';
import { answerWith, FakeDesk } from '../support/desk.js';
import { gate } from '../support/gate.js';
import { call, type Sent } from '../support/http.js';
import { MemoryArchive } from '../support/kept.js';
import { RecordedLog } from '../support/log.js';

let desk: FakeDesk;
let kept: MemoryArchive;
let server: WebServer;
let base: string;
const recorded = new RecordedLog();

async function start(options: WebOptions = {}) {
  server = await createWebServer(desk, { host: '127.0.0.1', port: 0 }, recorded.log, { kept, ...options });
  base = await server.listen();
}
beforeEach(async () => {
  desk = new FakeDesk();
  let n = 0;
  desk.answer = (request) =>
    answerWith([{ kind: 'lead', text: `第${++n}答：${request.question}`, cites: [1] }], {
      id: request.id!,
      question: request.question,
      suggestions: [{ label: '看原文', send: '原文' }],
    });
  kept = new MemoryArchive();
  await start();
});
afterEach(() => server.close());

const begin = async (): Promise<string> => (await call(base, '/api/chats', { method: 'POST' })).json.id;
const say = (id: string, text: string, more: Record<string, unknown> = {}, sent: Sent = {}) =>
  call(base, `/api/chats/${id}/messages`, { body: { text, ...more }, ...sent });

/** The events of a stream, in order. */
function events(text: string): { event: string; data: Record<string, never> }[] {
  return text
    .split('\n\n')
    .filter((part) => part.startsWith('event: '))
    .map((part) => {
      const [, event, data] = /^event: ([^\n]*)\ndata: ([^\n]*)$/.exec(part)!;
      return { event: event!, data: JSON.parse(data!) };
    });
}
const STREAM = { headers: { accept: 'text/event-stream' } };

describe('a chat', () => {
  it('is known by an id that nobody can guess', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, begin));
    expect(new Set(ids).size).toBe(20);
    for (const id of ids) expect(id).toMatch(/^[\w-]{24}$/);
    for (const guess of ['0123456789abcdef', 'x'.repeat(24)])
      expect((await call(base, `/api/chats/${guess}`)).status).toBe(404);
    expect((await call(base, '/api/chats/1')).status).toBe(400);
  });

  it('answers with what was said before in mind, and shows all of it again by its link', async () => {
    const id = await begin();
    const first = await say(id, '泉州营收？');
    expect(first.json).toMatchObject({
      answer: { text: '第1答：泉州营收？' },
      suggestions: [{ label: '看原文', send: '原文' }],
      interview: null,
      duplicate: false,
    });
    await say(id, '那厦门呢');
    expect(desk.asked[1]).toMatchObject({
      question: '那厦门呢',
      history: [
        { role: 'user', text: '泉州营收？' },
        { role: 'assistant', text: '第1答：泉州营收？' },
      ],
    });
    const view = (await call(base, `/api/chats/${id}`)).json;
    expect(
      view.turns.map((t: { text?: string; answer?: { text: string } }) => t.text ?? t.answer?.text),
    ).toEqual(['泉州营收？', '第1答：泉州营收？', '那厦门呢', '第2答：那厦门呢']);
    expect(view.turns[1].answer).toEqual(first.json.answer);
    expect(view.suggestions).toEqual([{ label: '看原文', send: '原文' }]);
  });

  it('goes on after the server was restarted', async () => {
    const id = await begin();
    await say(id, '一');
    await server.close();
    await start();
    expect((await call(base, `/api/chats/${id}`)).json.turns).toHaveLength(2);
    await say(id, '二');
    expect(desk.asked.at(-1)?.history?.map((t) => t.text)).toEqual(['一', '第1答：一']);
  });

  it('is kept before the answer leaves: what cannot be kept is not said', async () => {
    const id = await begin();
    kept.fails = new Error('disk full');
    const came = await say(id, '一');
    expect(came.status).toBe(500);
    expect(came.text).not.toContain('第1答');
    kept.fails = null;
    expect((await call(base, `/api/chats/${id}`)).json.turns).toEqual([]);
  });

  it('is forgotten whole, with a count, and cannot be continued', async () => {
    const id = await begin();
    await say(id, '一');
    await say(id, '二');
    const gone = await call(base, `/api/chats/${id}`, { method: 'DELETE' });
    expect(gone.json).toEqual({ forgotten: { chats: 1, answers: 2 } });
    for (const came of [
      await call(base, `/api/chats/${id}`),
      await say(id, '三'),
      await call(base, `/api/chats/${id}`, { method: 'DELETE' }),
    ])
      expect([came.status, came.json.code]).toEqual([404, 'no-chat']);
    expect(desk.asked).toHaveLength(2);
  });

  it('is not begun again by an answer that was under way when it was forgotten', async () => {
    const id = await begin();
    const started = gate();
    const go = gate();
    const plain = desk.answer;
    desk.answer = async (request) => {
      started.open();
      await go.opened;
      return plain(request);
    };
    const answer = say(id, '一');
    await started.opened;
    const gone = call(base, `/api/chats/${id}`, { method: 'DELETE' });
    go.open();
    await answer;
    expect((await gone).json.forgotten.answers).toBe(1);
    expect((await call(base, `/api/chats/${id}`)).status).toBe(404);
  });

  it.each([
    ['no text', {}, 400],
    ['a blank text', { text: ' \n' }, 400],
    ['a text that is no text', { text: 5 }, 400],
    ['a text without end', { text: '问'.repeat(100_001) }, 400],
    ['an impossible day', { text: 'q', asOf: '2026-02-30' }, 400],
    ['an unknown document', { text: 'q', policy: 'nowhere' }, 400],
    ['a key without end', { text: 'q', key: 'k'.repeat(101) }, 400],
  ])('refuses %s', async (_name, body, status) => {
    const id = await begin();
    for (const sent of [{}, STREAM]) {
      const came = await call(base, `/api/chats/${id}/messages`, { body, ...sent });
      expect(came.status).toBe(status);
      expect(came.headers['content-type']).toContain('application/problem+json');
    }
    expect(desk.asked).toEqual([]);
  });

  it('gives back whatever was typed as data, never as a page', async () => {
    const id = await begin();
    const evil = '<script>alert(1)</script><img src=x onerror=alert(2)> &amp; \u2028 </textarea>';
    await say(id, evil);
    const view = await call(base, `/api/chats/${id}`);
    expect(view.headers['content-type']).toContain('application/json');
    expect(view.headers['x-content-type-options']).toBe('nosniff');
    expect(view.json.turns[0].text).toBe(evil);
    const stream = await say(id, evil, {}, STREAM);
    expect(events(stream.text).at(-1)).toMatchObject({
      event: 'answer',
      data: { answer: { question: evil } },
    });
    const lost = await call(base, `/api/chats/${encodeURIComponent(evil)}`);
    expect(lost.status).toBe(400);
    expect(lost.headers['content-type']).toContain('json');
  });

  it('takes so many messages a minute and no more', async () => {
    await server.close();
    await start({ rates: { chat: 2 } });
    const [one, other] = [await begin(), await begin()];
    expect((await say(one, '1')).status).toBe(200);
    expect((await say(one, '2')).status).toBe(200);
    const third = await say(one, '3');
    expect(third.status).toBe(429);
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
    expect((await say(other, '1')).status).toBe(200);
  });
});

describe('a message sent twice', () => {
  it('is handled once when it carries the same key, in the body or in the header', async () => {
    const id = await begin();
    const first = await say(id, '一', { key: 'k1' });
    const again = await say(id, '一', { key: 'k1' });
    const header = await say(id, '一', {}, { headers: { 'idempotency-key': 'k1' } });
    for (const came of [again, header]) {
      expect(came.json.duplicate).toBe(true);
      expect(came.json.answer).toEqual(first.json.answer);
    }
    expect(desk.asked).toHaveLength(1);
    expect((await call(base, `/api/chats/${id}`)).json.turns).toHaveLength(2);
    expect((await say(id, '一', { key: 'k2' })).json.duplicate).toBe(false);
  });

  it('is handled once while the first is still being answered, and when its sender hung up', async () => {
    const id = await begin();
    const started = gate();
    const go = gate();
    const plain = desk.answer;
    desk.answer = async (request) => {
      started.open();
      await go.opened;
      return plain(request);
    };
    const { hostname, port } = new URL(base);
    const caller = connect(Number(port), hostname);
    const body = JSON.stringify({ text: 'q', key: 'k' });
    caller.write(
      `POST /api/chats/${id}/messages HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
    );
    await started.opened;
    caller.destroy();
    const retry = say(id, 'q', { key: 'k' });
    go.open();
    expect((await retry).json).toMatchObject({ duplicate: true, answer: { text: '第1答：q' } });
    expect(desk.asked).toHaveLength(1);
  });

  it('is handled once though another server was faster', async () => {
    const id = await begin();
    const second = await createWebServer(desk, { host: '127.0.0.1', port: 0 }, recorded.log, { kept });
    const elsewhere = await second.listen();
    const started = gate();
    const go = gate();
    const plain = desk.answer;
    desk.answer = async (request) => {
      desk.answer = plain;
      started.open();
      await go.opened;
      return plain(request);
    };
    const slow = say(id, '一', { key: 'k' });
    await started.opened;
    const quick = await call(elsewhere, `/api/chats/${id}/messages`, { body: { text: '一', key: 'k' } });
    go.open();
    expect((await slow).json).toMatchObject({ duplicate: true, answer: quick.json.answer });
    expect((await call(base, `/api/chats/${id}`)).json.turns).toHaveLength(2);
    await second.close();
  });

  it('is waited for no longer when the person asks something else, but for the same one sent again', async () => {
    const id = await begin();
    const started = gate();
    const plain = desk.answer;
    let calledOff = 0;
    desk.assistant.ask = async (request, options) => {
      started.open();
      if (request.question === '一')
        await new Promise((resolve) =>
          options?.signal?.addEventListener('abort', () => {
            calledOff++;
            resolve(null);
          }),
        );
      return plain(request);
    };
    const first = say(id, '一', { key: 'k' });
    await started.opened;
    const again = say(id, '一', { key: 'k' });
    const next = say(id, '二', { key: 'l' });
    expect((await first).json.answer.text).toContain('一');
    expect((await again).json).toMatchObject({ duplicate: true });
    expect((await next).json.answer.text).toContain('二');
    expect(calledOff).toBe(1);
  });

  it('does not lose what another server said in between', async () => {
    const id = await begin();
    const second = await createWebServer(desk, { host: '127.0.0.1', port: 0 }, recorded.log, { kept });
    const elsewhere = await second.listen();
    kept.before = () => call(elsewhere, `/api/chats/${id}/messages`, { body: { text: '别处' } });
    await say(id, '这里');
    const view = (await call(base, `/api/chats/${id}`)).json;
    expect(
      view.turns.map((t: { text?: string; answer?: { text: string } }) => t.text ?? t.answer?.text),
    ).toEqual(['别处', '第2答：别处', '这里', '第3答：这里']);
    await second.close();
  });
});

describe('streaming', () => {
  it('sends sentences as they pass, then the whole answer, kept before it leaves', async () => {
    const id = await begin();
    const go = gate();
    const plain = desk.answer;
    desk.assistant.ask = async (request, options) => {
      options?.onSentence?.('第一句。');
      options?.onSentence?.('第二句，有\n换行。');
      await go.opened;
      return plain(request);
    };
    const stream = await fetch(`${base}/api/chats/${id}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ text: '一', key: 'k' }),
    });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    expect(stream.headers.get('cache-control')).toBe('no-store');
    const reader = stream.body!.getReader();
    let text = '';
    while (events(text).length < 2) text += new TextDecoder().decode((await reader.read()).value);
    expect(events(text)).toEqual([
      { event: 'sentence', data: { text: '第一句。' } },
      { event: 'sentence', data: { text: '第二句，有\n换行。' } },
    ]);
    expect((await call(base, `/api/chats/${id}`)).json.turns).toEqual([]);
    go.open();
    for (let part = await reader.read(); !part.done; part = await reader.read())
      text += new TextDecoder().decode(part.value);
    expect(events(text).map((e) => e.event)).toEqual(['sentence', 'sentence', 'answer']);
    expect(events(text)[2]?.data).toMatchObject({ duplicate: false, answer: { text: '第1答：一' } });
    const retry = await say(id, '一', { key: 'k' }, STREAM);
    expect(events(retry.text)).toMatchObject([{ event: 'answer', data: { duplicate: true } }]);
  });

  it('ends with a problem when the answer fails, without the fault’s own words', async () => {
    const id = await begin();
    desk.answer = () => {
      throw new Error('secret words of a stack');
    };
    const came = await say(id, '一', {}, STREAM);
    expect(events(came.text)).toMatchObject([{ event: 'problem', data: { status: 500 } }]);
    expect(came.text).not.toContain('secret');
    expect(recorded.text).not.toContain('secret words');
  });

  it('refuses what can be refused before it begins', async () => {
    const came = await say('x'.repeat(24), '一', {}, STREAM);
    expect(came.status).toBe(404);
    expect(came.headers['content-type']).toContain('problem+json');
  });

  it('is finished when the server is told to stop', async () => {
    const id = await begin();
    const started = gate();
    const go = gate();
    const plain = desk.answer;
    desk.assistant.ask = async (request, options) => {
      options?.onSentence?.('先说一句。');
      started.open();
      await go.opened;
      return plain(request);
    };
    const stream = say(id, '一', {}, STREAM);
    await started.opened;
    const closed = server.close();
    go.open();
    expect(events((await stream).text).map((e) => e.event)).toEqual(['sentence', 'answer']);
    await closed;
    await start();
    expect((await call(base, `/api/chats/${id}`)).json.turns).toHaveLength(2);
  });
});

describe('the interview in a chat', () => {
  const reply = (text: string, more: Partial<InterviewReply> = {}): InterviewReply => ({
    state: { version: 2, asked: text } as never,
    answer: answerWith([{ kind: 'lead', text, cites: [] }], {
      id: `i-${text}`,
      suggestions: [{ label: '是', send: '是' }],
    }),
    progress: { answered: 0, canMatter: 5 },
    settled: false,
    ...more,
  });
  let heard: unknown[];
  beforeEach(() => {
    heard = [];
    Object.assign(desk, {
      interviewer: {
        start: async (request: unknown) => {
          heard.push(['start', request]);
          return reply('营收多少？');
        },
        reply: async (state: { asked: string }, message: string) => {
          heard.push(['reply', state.asked, message]);
          if (message === '发我报告') return reply('给您', { wants: 'report' });
          if (message === '退出') return reply('好的', { state: null, progress: null });
          return reply('研发多少？', { progress: { answered: 1, canMatter: 4 } });
        },
        report: async (state: { asked: string }) => ({
          filename: '报告 1.pdf',
          mime: 'application/pdf',
          bytes: new TextEncoder().encode(`%PDF ${state.asked}`),
        }),
      },
    });
  });
  const interview = (id: string, body: Record<string, unknown>) =>
    call(base, `/api/chats/${id}/interview`, { body });

  it('hears words and buttons until its end, keeps its place over a restart, and gives a report', async () => {
    const id = await begin();
    expect((await call(base, `/api/chats/${id}/report`)).status).toBe(409);
    const first = await interview(id, { subject: 'lead', policies: ['p1'], facts: { a: 1 }, key: 's' });
    expect(first.json).toMatchObject({
      answer: { text: '营收多少？' },
      interview: { active: true, settled: false, progress: { answered: 0, canMatter: 5 }, report: true },
      suggestions: [{ send: '是' }],
    });
    expect(heard[0]).toEqual(['start', { subject: 'lead', policies: ['p1'], facts: { a: 1 } }]);
    expect((await interview(id, { subject: 'lead', key: 's' })).json.duplicate).toBe(true);
    await server.close();
    await start();
    expect((await call(base, `/api/chats/${id}`)).json).toMatchObject({
      interview: { active: true },
      suggestions: [{ send: '是' }],
    });
    expect((await say(id, '一亿八')).json.interview).toMatchObject({ progress: { answered: 1 } });
    expect((await interview(id, { text: '四千万' })).json.answer.text).toBe('研发多少？');
    expect(heard.slice(1)).toEqual([
      ['reply', '营收多少？', '一亿八'],
      ['reply', '研发多少？', '四千万'],
    ]);
    expect((await say(id, '发我报告')).json.wants).toBe('report');
    const left = await say(id, '退出');
    expect(left.json.interview).toMatchObject({ active: false, report: true });
    await say(id, '泉州营收？');
    expect(desk.asked.at(-1)?.question).toBe('泉州营收？');
    const report = await call(base, `/api/chats/${id}/report`);
    expect(report.headers['content-type']).toBe('application/pdf');
    expect(report.headers['content-disposition']).toContain(encodeURIComponent('报告 1.pdf'));
    expect(report.text).toBe('%PDF 给您');
  });

  it('does not ask again what the conversation has told', async () => {
    const id = await begin();
    const plain = desk.answer;
    desk.answer = async (request) => ({ ...(await plain(request)), facts: { 'lead.city': 'somewhere' } });
    await say(id, '我们在某市');
    await interview(id, {});
    expect(heard[0]).toEqual(['start', { facts: { 'lead.city': 'somewhere' } }]);
  });

  it('is not offered where there is none', async () => {
    Object.assign(desk, { interviewer: undefined });
    const came = await interview(await begin(), {});
    expect([came.status, came.json.code]).toEqual([501, 'off']);
  });
});
