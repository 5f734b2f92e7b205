import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer, Trace } from '../../src/assistant/types.js';
import type { EndpointOptions } from '../../src/model/index.js';
import type { Behaviour } from '../support/model-server.js';
import { LlmStage } from './stage.js';

const QUESTION = '泉州牵头企业营收要多少';
const RIGHT = '泉州要求牵头单位上年度主营业务收入2亿元以上';

const stage = new LlmStage();
beforeAll(() => stage.open());
afterAll(() => stage.close());
beforeEach(() => stage.reset());

interface Heard {
  told: string[];
  answer: Answer;
  trace: Trace;
}

async function hear(
  behaviour: Behaviour,
  more: Partial<EndpointOptions> = {},
  signal?: AbortSignal,
): Promise<Heard> {
  stage.server.behaviour = behaviour;
  const told: string[] = [];
  const traces: Trace[] = [];
  const answer = await stage
    .assistant(more)
    .ask(
      { question: QUESTION, asOf: '2026-11-21', id: 'x' },
      { signal, onSentence: (s) => told.push(s), onTrace: (t) => traces.push(t) },
    );
  expect(traces).toHaveLength(1);
  for (const s of told) expect(answer.text).toContain(s);
  return { told, answer, trace: traces[0]! };
}

describe('sentences are told as they come', () => {
  it('the first before the model has written the last', async () => {
    const leaving = new AbortController();
    stage.server.behaviour = () => ({
      text: `${RIGHT}[c1]。泉州要求主营业务收入2亿元以上[c1]。`,
      hangAfter: RIGHT.length + 12,
    });
    let heard = '';
    const asked = stage.assistant().ask(
      { question: QUESTION, asOf: '2026-11-21' },
      {
        signal: leaving.signal,
        onSentence: (s) => {
          heard = s;
          leaving.abort();
        },
      },
    );
    // The model never finishes: without streaming this would end in a time-out with nothing told.
    const answer = await asked;
    expect(heard).toBe(`${RIGHT}。`);
    expect(answer.text).toContain(heard);
  });

  it.each([1, 2, 3, 5, 7, 1000])(
    'whole, in pieces of %i characters, marks before or behind the full stop',
    async (piece) => {
      const { told, answer } = await hear(() => ({
        text: `${RIGHT}[c1]。泉州的营收门槛是两亿元。[c1] \n\n下面是具体的规定，供您参考。`,
        piece,
      }));
      expect(told).toEqual([`${RIGHT}。`, '泉州的营收门槛是两亿元。', '下面是具体的规定，供您参考。']);
      expect(answer.mode).toBe('llm');
    },
  );

  it('polite words that cite nothing wait for a sentence that does', async () => {
    expect((await hear(() => ({ text: `下面是具体的规定，供您参考。${RIGHT}[c1]。` }))).told).toHaveLength(2);
    expect((await hear(() => ({ text: '下面是具体的规定，供您参考。' }))).told).toEqual([]);
  });
});

describe('nothing unguarded is told, not for a moment', () => {
  it.each([1, 2, 3])('a wrong figure split over tokens (%i)', async (piece) => {
    const { told, trace } = await hear(() => ({
      text: `泉州要求上年度主营业务收入2.8亿元以上[c1]。泉州要求上年度主营业务收入2\u200b0亿元以上[c1]。${RIGHT}[c1]。完全没问题，可以申报[c1]。`,
      piece,
    }));
    expect(told).toEqual([`${RIGHT}。`]);
    expect(trace.guard.filter((g) => !g.kept)).toHaveLength(3);
  });
  it('half a sentence of a reply that breaks off, though it reads as a whole one', async () => {
    const text = `${RIGHT}[c1]。泉州要求主营业务收入2亿元以上[c1]`;
    for (const behaviour of [
      () => ({ text, cutAfter: text.length }),
      () => ({ text, finish: 'length' as const }),
      () => ({ text, hangAfter: text.length }),
    ]) {
      const { told } = await hear(behaviour, { questionMs: 400, transport: { retries: 0, attemptMs: 400 } });
      expect(told).toEqual([`${RIGHT}。`]);
    }
  });
  it('anything after the user has asked something else', async () => {
    const leaving = new AbortController();
    stage.server.behaviour = () => {
      leaving.abort();
      return { text: `${RIGHT}[c1]。` };
    };
    const told: string[] = [];
    await stage
      .assistant()
      .ask({ question: QUESTION }, { signal: leaving.signal, onSentence: (s) => told.push(s) });
    expect(told).toEqual([]);
  });
  it('words before a tool call go the same way as all others', async () => {
    const { told } = await hear((request) =>
      request.messages.some((m) => m.role === 'tool')
        ? { text: `${RIGHT}[c1]。` }
        : { text: '泉州要求3亿元以上[c1]。', calls: [{ name: 'search_clauses', args: '{"query":"营收"}' }] },
    );
    expect(told.join()).not.toContain('3亿');
  });
});

describe('a reply that breaks off', () => {
  it('leaves what was told in the answer, beside the whole offline answer', async () => {
    const { told, answer, trace } = await hear(() => ({
      text: `${RIGHT}[c1]。泉州要求`,
      cutAfter: RIGHT.length + 10,
    }));
    expect(told).toEqual([`${RIGHT}。`]);
    expect(trace).toMatchObject({ step: 'model', fault: 'cut' });
    const offline = await stage.app.assistant.ask({ question: QUESTION, asOf: '2026-11-21' });
    expect(answer.citations).toEqual(offline.citations);
    expect(answer.facts).toEqual(offline.facts);
  });
  it('before its first sentence is the offline answer', async () => {
    const { told, answer } = await hear(() => ({ text: `${RIGHT}[c1]。`, cutAfter: 6 }));
    expect(told).toEqual([]);
    expect(answer.mode).toBe('offline');
  });
});

describe('an endpoint that does not stream though asked to', () => {
  it('is understood all the same', async () => {
    const { told } = await hear(() => ({
      raw: JSON.stringify({
        id: 'r',
        object: 'chat.completion',
        choices: [
          { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: `${RIGHT}[c1]。` } },
        ],
      }),
    }));
    expect(told).toEqual([`${RIGHT}。`]);
  });
});

describe('how an answer came about', () => {
  it('holds the tools with what they gave or why they were refused, and every decision of the guard', async () => {
    let n = 0;
    const { trace } = await hear(() => {
      n++;
      if (n === 1) return { calls: [{ name: 'search_clauses', args: '{"query":"厦门营收5亿"}' }] };
      if (n === 2)
        return { calls: [{ name: 'get_clause', args: '{"policy":"quanzhou-2026","label":"八（二）"}' }] };
      return { text: `${RIGHT}[c1]。泉州要求3亿元以上[c1]。` };
    });
    expect(trace.step).toBe('model');
    expect(trace.tools.map((t) => [t.name, t.outcome])).toEqual([
      ['search_clauses', 'refused'],
      ['get_clause', 'given'],
    ]);
    expect(trace.tools[0]!.detail).toContain('不在用户说过的话里');
    expect(trace.tools[1]!.detail).toContain('5月1日');
    expect(trace.guard).toMatchObject([
      { sentence: `${RIGHT}。`, kept: true, reason: null },
      { kept: false, reason: expect.stringContaining('quantity') },
    ]);
  });
  it('names the offline step, and the fault, when the model did not help', async () => {
    const { trace } = await hear(() => ({ status: 401 }));
    expect(trace.step).not.toBe('model');
    expect(trace).toMatchObject({ tools: [], guard: [], fault: 'unauthorised' });
  });
});
