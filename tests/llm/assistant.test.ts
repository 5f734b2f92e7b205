import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/app.js';
import { LlmAssistant } from '../../src/assistant/llm/index.js';
import { type EndpointOptions, ModelEndpoint } from '../../src/model/index.js';
import { type Behaviour, ModelServer } from '../support/model-server.js';

const promptsDir = fileURLToPath(new URL('../../prompts', import.meta.url));
const THRESHOLD = '泉州牵头企业营收要多少';
const CASE = '泉州的企业，营收1.8亿，不是高新技术企业，能牵头吗';
const asOf = '2026-11-21';

let app: App;
let dataDir: string;
let server: ModelServer;
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'wence-llm-'));
  app = createApp({ dataDir });
  server = await new ModelServer().start();
});
afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
beforeEach(() => {
  server.requests.length = 0;
});

function assistant(more: Partial<EndpointOptions> = {}): LlmAssistant {
  return new LlmAssistant({
    world: app.world,
    desk: app.desk,
    offline: app.assistant,
    promptsDir,
    endpoint: new ModelEndpoint({
      apiKey: 'k',
      baseUrl: server.url,
      model: 'test',
      transport: { retries: 1, pauseMs: 1, attemptMs: 60_000 },
      questionMs: 60_000,
      ...more,
    }),
  });
}

const says =
  (text: string): Behaviour =>
  () => ({ text });
/** Calls a tool once, then writes. */
const calls =
  (name: string, args: unknown, text: string): Behaviour =>
  (request) =>
    request.messages.some((m) => m.role === 'tool')
      ? { text }
      : { calls: [{ name, args: typeof args === 'string' ? args : JSON.stringify(args) }] };

async function both(question: string, llm = assistant()) {
  const offline = await app.assistant.ask({ question, asOf, id: 'x' });
  return { offline, answer: await llm.ask({ question, asOf, id: 'x' }), llm };
}

describe('an honest model', () => {
  it('adds its sentence; verdicts, citations and facts stay those of the rules', async () => {
    server.behaviour = says('泉州要求牵头单位上年度主营业务收入2亿元以上[c1]。');
    const { offline, answer } = await both(CASE);
    expect(answer.mode).toBe('llm');
    expect(answer.text).toContain('泉州要求牵头单位上年度主营业务收入2亿元以上。');
    expect(answer.verdicts).toEqual(offline.verdicts);
    expect(answer.facts).toEqual(offline.facts);
    expect(answer.blocks.slice(0, offline.blocks.length)).toEqual(offline.blocks);
  });

  it('that forgets its marks is cited by code', async () => {
    server.behaviour = says('泉州要求上年度主营业务收入2亿元以上。');
    const { answer } = await both(CASE);
    const said = answer.blocks.find((b) => 'text' in b && b.text === '泉州要求上年度主营业务收入2亿元以上。');
    const [cite] = said && 'cites' in said ? said.cites : [];
    expect(answer.citations[(cite ?? 0) - 1]).toMatchObject({ policy: 'quanzhou-2026', clause: '三（一）' });
  });

  it('may say more of a clause than was quoted; what it says is then quoted', async () => {
    server.behaviour = says('泉州规定，牵头企业应是高新技术企业或专精特新企业[c1]。');
    const { answer } = await both(THRESHOLD);
    expect(answer.text).toContain('泉州规定，牵头企业应是高新技术企业或专精特新企业。');
    expect(answer.citations.some((c) => c.quote.includes('高新技术企业或专精特新企业'))).toBe(true);
  });

  it('may search for more, and what it cites then is shown as a source', async () => {
    server.behaviour = calls(
      'get_clause',
      { policy: 'quanzhou-2026', label: '八（二）' },
      '泉州的办法自2026年5月1日起施行[c2]。',
    );
    const { answer } = await both(THRESHOLD);
    expect(answer.mode).toBe('llm');
    expect(answer.citations.some((c) => c.clause === '八（二）')).toBe(true);
  });

  it('whose endpoint names no role in its stream may call tools all the same', async () => {
    const call = { index: 0, id: 'call_1', type: 'function' };
    const made = {
      name: 'get_clause',
      arguments: JSON.stringify({ policy: 'quanzhou-2026', label: '八（二）' }),
    };
    const event = (choice: object) =>
      `data: ${JSON.stringify({ id: 'x', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, ...choice }] })}\n\n`;
    const raw =
      event({ delta: { tool_calls: [{ ...call, function: made }] }, finish_reason: null }) +
      event({ delta: {}, finish_reason: 'tool_calls' }) +
      'data: [DONE]\n\n';
    server.behaviour = (request) =>
      request.messages.some((m) => m.role === 'tool')
        ? { text: '泉州的办法自2026年5月1日起施行[c2]。' }
        : { raw, type: 'text/event-stream' };
    const { answer } = await both(THRESHOLD);
    expect(answer.mode).toBe('llm');
    expect(answer.citations.some((c) => c.clause === '八（二）')).toBe(true);
  });

  it('has its sentences told one by one, after the guard', async () => {
    server.behaviour = says('泉州要求3亿元以上[c1]。泉州要求牵头单位上年度主营业务收入2亿元以上[c1]。');
    const told: string[] = [];
    await assistant().ask({ question: THRESHOLD, asOf }, { onSentence: (s) => told.push(s) });
    expect(told).toEqual(['泉州要求牵头单位上年度主营业务收入2亿元以上。']);
  });

  it('is told the same first words for every question, so that an endpoint can keep them', async () => {
    server.behaviour = says('无');
    await assistant().ask({ question: THRESHOLD, asOf });
    await assistant().ask({ question: CASE, asOf });
    const [a, b] = server.requests;
    expect(a!.messages[0]).toEqual(b!.messages[0]);
    expect(a!.tools).toEqual(b!.tools);
  });
});

describe('a long-winded question that the plan cannot read whole', () => {
  const question =
    '我表弟前阵子说他们那边大家都在弄，他老板开会讲了半天我也没听懂，后来又说要吃饭看电影，天气也不好，反正就是想打听一下，青岛备案有效期多久，他自己不会上网，让我帮忙查一查，最近孩子上学怎么样了';
  it('is answered by the plan’s answer to an extract of it', async () => {
    server.behaviour = calls('lookup', { query: '青岛备案有效期多久' }, '无');
    const { offline, answer } = await both(question);
    expect(offline.answered).toBe(false);
    expect(answer).toMatchObject({ answered: true, id: 'x', question });
    expect(answer.text).toContain('3年');
  });
  it('is not answered by one that the user did not ask', async () => {
    server.behaviour = calls('lookup', { query: '青岛的奖励资金是多少' }, '青岛的要求见文件[c1]。');
    const { offline, answer } = await both(question);
    expect(answer).toEqual(offline);
  });
});

describe('nothing wrong leaves: the offline answer is sent', () => {
  const wrong: Record<string, string> = {
    'another figure': '泉州要求上年度主营业务收入3亿元以上[c1]。',
    'Chinese numerals': '泉州要求上年度主营业务收入叁亿元以上[c1]。',
    'a look-alike': '泉州要求上年度主营业务收入⑤亿元以上[c1]。',
    'another unit': '泉州要求上年度主营业务收入2万元以上[c1]。',
    'the other bound': '泉州要求上年度主营业务收入2亿元以下[c1]。',
    'another city': '厦门要求上年度主营业务收入2亿元以上[c1]。',
    'a false figure and no mark': '泉州要求上年度主营业务收入3亿元以上。',
    'a verdict and no mark': '泉州的条件你们都达到了。',
    'unknown evidence': '泉州要求上年度主营业务收入2亿元以上[c77].',
    'a verdict': '完全没问题，可以申报[c1]。',
    'a verdict in English': 'You are eligible [c1].',
    'an invented reward': '入选后奖励500万元[c1]。',
    'a code block': '```\n泉州要求3亿元\n```',
    arithmetic: '两项合计4亿元[c1]。',
    'its instructions': '句子里的字句、数字、日期、级别都照证据的原话写，不改写数字。',
    refusal: '抱歉，我不能回答。',
    'the user’s figure as the rule': '泉州要求上年度主营业务收入1.8亿元[c1]。',
  };
  it.each(Object.entries(wrong))('%s', async (_, text) => {
    server.behaviour = says(text);
    for (const question of [THRESHOLD, CASE]) {
      const { offline, answer } = await both(question);
      expect(answer).toEqual(offline);
    }
  });
});

describe('tool arguments that the user did not give', () => {
  const line = '泉州要求牵头单位上年度主营业务收入2亿元以上[c1]。';
  it.each([
    ['another figure', { 'lead.revenue_last_year': '2.8亿元' }],
    ['a dropped 不是', { 'lead.high_tech': true }],
    ['a fact nobody stated', { 'lead.rd_staff': 50 }],
    ['an unknown fact', { 'lead.luck': 1 }],
  ])('%s is refused with the reason, and the verdict stays', async (_, facts) => {
    server.behaviour = calls('check_eligibility', { policy: 'quanzhou-2026', facts }, line);
    const { offline, answer } = await both(CASE);
    expect(answer.verdicts).toEqual(offline.verdicts);
    expect(server.requests.at(-1)!.messages.find((m) => m.role === 'tool')!.content).toMatch(/^退回/);
  });
  it('the user’s own are taken', async () => {
    const facts = { 'lead.revenue_last_year': '1.8亿元', 'lead.high_tech': false };
    server.behaviour = calls('check_eligibility', { policy: 'quanzhou-2026', facts }, line);
    await both(CASE);
    expect(server.requests.at(-1)!.messages.find((m) => m.role === 'tool')!.content).toMatch(/^\[c/m);
  });
  it('refused twice, the offline plan answers', async () => {
    server.behaviour = () => ({ calls: [{ name: 'search_clauses', args: '{"query":"厦门营收5亿"}' }] });
    const { offline, answer, llm } = await both(CASE);
    expect(answer).toEqual(offline);
    expect(llm.health.last?.kind).toBe('ungrounded');
  });
});

describe('a model that fails', () => {
  const many = Array.from({ length: 1000 }, () => ({ name: 'search_clauses', args: '{"query":"营收"}' }));
  const faults: [string, Behaviour, string][] = [
    ['401', () => ({ status: 401 }), 'unauthorised'],
    ['429', () => ({ status: 429 }), 'rate-limited'],
    ['500', () => ({ status: 500 }), 'server'],
    ['400', () => ({ status: 400 }), 'refused'],
    ['a hang', () => ({ hang: true }), 'timeout'],
    ['a cut reply', () => ({ cut: '{"id":"r","choices":[{"mess' }), 'cut'],
    ['no JSON', () => ({ raw: 'hello' }), 'bad-reply'],
    ['another schema', () => ({ raw: '{"answer":42}' }), 'bad-reply'],
    ['no choice', () => ({ raw: '{"id":"r","object":"chat.completion","choices":[]}' }), 'bad-reply'],
    ['nothing said', () => ({ text: '' }), 'bad-reply'],
    [
      'endless tool calls',
      () => ({ calls: [{ name: 'search_clauses', args: '{"query":"营收"}' }] }),
      'rounds',
    ],
    ['a thousand tool calls', () => ({ calls: many }), 'rounds'],
    [
      'tool calls that are not JSON',
      () => ({ calls: [{ name: 'search_clauses', args: '{"query": ' }] }),
      'bad-reply',
    ],
    ['an unknown tool', () => ({ calls: [{ name: 'rm', args: '{}' }] }), 'ungrounded'],
  ];
  it.each(faults)('%s: the offline answer, and health says why', async (_, behaviour, kind) => {
    server.behaviour = behaviour;
    const patience = kind === 'timeout' ? { transport: { attemptMs: 300 } } : {};
    const { offline, answer, llm } = await both(THRESHOLD, assistant(patience));
    expect(answer).toEqual(offline);
    expect(llm.health.last?.kind).toBe(kind);
  });

  it('that fails again and again is left alone', async () => {
    server.behaviour = () => ({ status: 401 });
    const llm = assistant();
    for (let i = 0; i < 8; i++) await llm.ask({ question: THRESHOLD, asOf });
    expect(server.requests).toHaveLength(5);
    expect(llm.health.circuit).toBe('open');
  });

  it('that costs too much is stopped', async () => {
    server.behaviour = calls('search_clauses', { query: '营收' }, '无');
    const llm = assistant({ tokens: { perQuestion: 10 } });
    expect((await llm.ask({ question: THRESHOLD, asOf })).mode).toBe('offline');
    expect(llm.health.last?.kind).toBe('budget');
    expect(server.requests).toHaveLength(1);
  });

  it('whose user asks something else is cancelled', async () => {
    const leaving = new AbortController();
    server.behaviour = () => {
      leaving.abort();
      return { hang: true };
    };
    const llm = assistant();
    expect((await llm.ask({ question: THRESHOLD, asOf }, { signal: leaving.signal })).mode).toBe('offline');
    expect(llm.health.last?.kind).toBe('cancelled');
  });
});
