import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/app.js';
import * as shapes from '../../src/channels/web/schemas.js';
import * as chats from '../../src/channels/web/schemas-chats.js';
import * as look from '../../src/channels/web/schemas-look.js';
import { createWebServer, type WebServer } from '../../src/channels/web/server.js';
import { channelDesk } from '../../src/cli/serve.js';
import { call } from '../support/http.js';
import { MemoryArchive } from '../support/kept.js';
import { RecordedLog } from '../support/log.js';

/** The real documents and rules behind the real server. */
let app: App;
let server: WebServer;
let base: string;
let dataDir: string;
const kept = new MemoryArchive();
const routes: { method: string; path: string }[] = [];

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'wence-http-'));
  app = createApp({ dataDir });
  let tree = () => '';
  server = await createWebServer(channelDesk(app), { host: '127.0.0.1', port: 0 }, new RecordedLog().log, {
    kept,
    rates: { chat: 1e6, signIn: 1e6 },
    routes: (fastify) => {
      tree = () => fastify.printRoutes({ commonPrefix: false });
    },
  });
  base = await server.listen();
  routes.push(...listed(tree()));
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(dataDir, { recursive: true });
});

/** The routes of a drawn tree: indentation gives the path, brackets the methods. */
function listed(tree: string): { method: string; path: string }[] {
  const stack: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const found = /^([\s│]*)[├└]── (\S+)(?: \(([^)]*)\))?/.exec(line);
    if (!found) return [];
    const depth = found[1]!.length / 4;
    stack.length = depth;
    stack[depth] = found[2]!;
    const path = stack.join('');
    return (found[3] ?? '').split(', ').flatMap((method) => (method === '' ? [] : [{ method, path }]));
  });
}

describe('the description of the API', () => {
  it('has every route there is, with every parameter, and only what there is', async () => {
    const api = (await call(base, '/api/openapi.json')).json;
    expect(api.openapi).toBe('3.1.0');
    const described = new Set<string>();
    for (const [path, operations] of Object.entries<Record<string, never>>(api.paths))
      for (const [method, operation] of Object.entries<{
        parameters?: { name: string; in: string; required: boolean }[];
        responses: Record<string, { description: string; content: object }>;
      }>(operations)) {
        described.add(`${method.toUpperCase()} ${path}`);
        const named = [...path.matchAll(/\{(\w+)\}/g)].map((m) => m[1]);
        const given = (operation.parameters ?? []).filter((p) => p.in === 'path');
        expect(given.map((p) => p.name)).toEqual(named);
        expect(given.every((p) => p.required)).toBe(true);
        expect(operation.responses['200']).toBeDefined();
        for (const response of Object.values(operation.responses)) expect(response.description).toMatch(/./);
      }
    const real = routes
      .filter((r) => r.path.startsWith('/api/') || ['/healthz', '/readyz', '/metrics'].includes(r.path))
      .map((r) => ({ ...r, path: r.path.replace(/:(\w+)/g, '{$1}') }));
    expect(real.length).toBeGreaterThan(30);
    for (const operation of described) {
      const [method, path] = operation.split(' ');
      expect(real).toContainEqual({ method, path });
    }
    // Methods that are not described are answered with a 405, so each real path is a described one.
    const paths = new Set([...described].map((operation) => operation.split(' ')[1]));
    for (const { path } of real) expect(paths).toContain(path);
  });

  it('refers to nothing that is not in it', async () => {
    const api = (await call(base, '/api/openapi.json')).json;
    const text = JSON.stringify(api);
    for (const [, ref] of text.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const target = ref!
        .split('/')
        .reduce<Record<string, unknown> | undefined>(
          (at, key) => at?.[key] as Record<string, unknown> | undefined,
          api,
        );
      expect([ref, target !== undefined]).toEqual([ref, true]);
    }
  });
});

describe('what the documents hold, over HTTP', () => {
  it('comes in the shapes that are described', async () => {
    const get = async (path: string) => (await call(base, path)).json;
    expect(look.FactView.array().parse(await get('/api/facts')).length).toBeGreaterThan(10);
    const rules = look.RuleView.array().parse(await get('/api/rules'));
    const ledger = look.LedgerRow.array().parse(await get('/api/ledger'));
    const policies = shapes.PolicyView.array().parse(await get('/api/policies'));
    for (const { id } of policies) {
      const document = look.DocumentView.parse(await get(`/api/policies/${id}/document`));
      expect(document.policy.id).toBe(id);
      expect(document.figures).toEqual(ledger.filter((row) => row.policy === id));
      expect(await get(`/api/rules?policy=${id}`)).toEqual(rules.filter((rule) => rule.policy === id));
      const labels = document.clauses.map((clause) => clause.clause);
      expect(new Set(labels).size).toBe(labels.length);
      for (const { parent } of document.clauses) if (parent !== null) expect(labels).toContain(parent);
      const squeeze = (text: string) => text.replace(/\s+/g, '');
      for (const rule of rules.filter((r) => r.policy === id)) {
        const whole = await get(`/api/clauses/${id}/${encodeURIComponent(rule.clause)}`);
        expect(squeeze(whole.text)).toContain(squeeze(rule.quote));
      }
    }
    for (const path of ['/api/rules?policy=x', '/api/ledger?policy=x', '/api/policies/x/document'])
      expect((await call(base, path)).status).toBe(404);
    expect((await call(base, '/api/policies/x/document?asOf=gestern')).status).toBe(400);
  });

  it('gives a verdict of every document while facts are typed, and reports the one it cannot read', async () => {
    const city = app.world.rulesOf([])[0]!;
    const text = `我们是${city.meta.cityName}的企业，去年营收1.8亿`;
    const verdicts = async (body: object) =>
      look.Verdicts.parse((await call(base, '/api/verdicts', { body })).json);
    const read = await verdicts({ text });
    expect(read.read['lead.revenue_last_year']).toBe('180000000');
    expect(read.facts).toEqual(read.read);
    const judged = app.world
      .rulesOf([])
      .filter((p) => app.world.criteria.get(p.meta.id)!.some((c) => c.subject === 'lead'));
    expect(read.verdicts.map((v) => v.policy)).toEqual(judged.map((p) => p.meta.id));
    const edited = await verdicts({ text, facts: { 'lead.revenue_last_year': '30亿元', 'lead.city': null } });
    expect(edited.facts['lead.revenue_last_year']).toBe('3000000000');
    expect(edited.facts).not.toHaveProperty('lead.city');
    const bad = await verdicts({
      facts: { 'lead.revenue_last_year': '好多', 'lead.high_tech': true, 'x.y': 1 },
    });
    expect(bad.faults.map((f) => f.fact)).toEqual(['lead.revenue_last_year', 'x.y']);
    expect(bad.facts).toEqual({ 'lead.high_tech': true });
    const one = await verdicts({ policies: [city.meta.id], facts: {} });
    expect(one.verdicts.map((v) => v.policy)).toEqual([city.meta.id]);
    // The same verdict as anywhere else.
    const check = await call(base, '/api/check', {
      body: { policy: city.meta.id, subject: 'lead', facts: edited.facts, asOf: edited.asOf },
    });
    expect(edited.verdicts.find((v) => v.policy === city.meta.id)).toEqual(check.json);
    for (const body of [{ subject: 'nobody' }, { policies: ['x'] }, { facts: [] }, { asOf: 'x' }])
      expect((await call(base, '/api/verdicts', { body })).status).toBe(400);
  });

  it('puts documents side by side, on words or on a matter, all or some', async () => {
    const compared = async (query: string) =>
      look.Comparison.parse((await call(base, `/api/compare?${query}`)).json);
    const ids = app.world.rulesOf([]).map((p) => p.meta.id);
    for (const about of ['研发投入', 'lead.revenue_last_year', '奖励有什么不同', '条件']) {
      const { answer } = await compared(`about=${encodeURIComponent(about)}`);
      const table = answer.blocks.find((block) => block.kind === 'table') as unknown as { head: string[] };
      expect(table.head).toHaveLength(ids.length + 1);
      expect(answer.citations.length).toBeGreaterThan(0);
    }
    const two = await compared(
      `about=${encodeURIComponent('研发投入')}&policies=${ids.slice(0, 2)}&asOf=2026-01-01`,
    );
    expect(new Set(two.answer.citations.map((c) => c.policy))).toEqual(new Set(ids.slice(0, 2)));
    expect(two.answer.asOf).toBe('2026-01-01');
    for (const query of [
      '',
      'about=',
      `about=${encodeURIComponent('火星基地的食堂')}`,
      'about=条件&policies=x',
    ])
      expect((await call(base, `/api/compare?${encodeURI(query)}`)).status).toBe(400);
  });

  it('answers, and the answer has the described shape', async () => {
    const came = await call(base, '/api/ask', { body: { question: '四个城市对研发强度的要求有什么不同？' } });
    shapes.Answer.parse(came.json);
    const replay = await kept.archive.answer(String(came.headers['x-answer-id']));
    expect(replay?.trace?.step).toMatch(/./);
  });
});

describe('a person’s afternoon in a chat', () => {
  it('asks, is interviewed, resumes, keeps the report and is forgotten', async () => {
    const { id } = chats.ChatView.parse((await call(base, '/api/chats', { body: {} })).json);
    const post = async (path: string, body: object) =>
      chats.ChatReply.parse((await call(base, `/api/chats/${id}/${path}`, { body })).json);
    const [city] = app.world.rulesOf([]);
    const first = await post('messages', { text: `我们是${city!.meta.cityName}的企业，去年营收18亿` });
    expect(first.answer.facts['lead.revenue_last_year']).toBe('1800000000');
    let reply = await post('interview', { subject: 'lead', policies: [city!.meta.id] });
    expect(reply.interview?.active).toBe(true);
    expect(reply.answer.facts['lead.revenue_last_year']).toBe('1800000000');
    for (let i = 0; i < 60 && reply.interview?.active && !reply.interview.settled; i++)
      reply = await post('messages', { text: '不清楚' });
    expect(reply.interview?.settled || !reply.interview?.active).toBe(true);
    const view = chats.ChatView.parse((await call(base, `/api/chats/${id}`)).json);
    const last = view.turns.at(-1)!;
    expect(last.role === 'assistant' && last.answer).toEqual(reply.answer);
    const report = await fetch(`${base}/api/chats/${id}/report`);
    expect(report.headers.get('content-type')).toBe('application/pdf');
    expect(
      Buffer.from(await report.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const { forgotten } = chats.Forgotten.parse(
      (await call(base, `/api/chats/${id}`, { method: 'DELETE' })).json,
    );
    expect(forgotten.answers).toBe(view.turns.length / 2);
  });
});

describe('whatever is sent', () => {
  it('is answered or refused, and never breaks the server', async () => {
    const { id } = (await call(base, '/api/chats', { method: 'POST' })).json;
    const { csrf } = (await call(base, '/api/staff/session')).json;
    const fields: Record<string, string[]> = {
      '/api/ask': ['question', 'asOf', 'policy', 'history', 'id'],
      '/api/check': ['policy', 'subject', 'facts', 'asOf', 'id'],
      '/api/verdicts': ['facts', 'text', 'history', 'subject', 'policies', 'asOf'],
      [`/api/chats/${id}/messages`]: ['text', 'key', 'asOf', 'policy'],
      [`/api/chats/${id}/interview`]: ['text', 'key', 'subject', 'policies', 'facts', 'asOf'],
      '/api/staff/sign-in': ['token'],
      '/api/answers/x/feedback': ['verdict', 'note'],
      '/api/reviews': ['id', 'decision', 'note', 'expected'],
    };
    const policy = app.world.rulesOf([])[0]!.meta.id;
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constantFrom('lead', policy, '2026-11-21', '2026-13-01', '<script>', '\u0000', '1e999', -1, 1e308),
      fc.dictionary(
        fc.constantFrom(...app.world.vocabulary.specs.map((spec) => spec.id), '__proto__', 'x'),
        fc.jsonValue({ maxDepth: 1 }),
      ),
      fc.array(fc.record({ role: fc.constantFrom('user', 'assistant'), text: fc.string() }), {
        maxLength: 3,
      }),
    );
    const sent = fc.constantFrom(...Object.keys(fields)).chain((path) =>
      fc.record({
        path: fc.constant(path),
        body: fc.oneof(
          { weight: 8, arbitrary: fc.dictionary(fc.constantFrom(...fields[path]!), value, { maxKeys: 4 }) },
          { weight: 1, arbitrary: fc.jsonValue() },
        ),
      }),
    );
    await fc.assert(
      fc.asyncProperty(sent, async ({ path, body }) => {
        const came = await call(base, path, {
          body: JSON.stringify(body),
          headers: { 'x-csrf-token': csrf },
        });
        expect(came.status).toBeLessThan(500);
        if (came.status >= 400)
          expect(came.json).toMatchObject({ status: came.status, accepted: expect.any(String) });
      }),
      { numRuns: 200 },
    );
    expect((await call(base, '/healthz')).status).toBe(200);
  }, 60_000);

  it('however deep or long, holds nobody up', async () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    const policy = app.world.rulesOf([])[0]!.meta.id;
    for (const [path, body] of [
      ['/api/check', `{"policy":"${policy}","facts":{"lead.revenue_last_year":${deep}}}`],
      ['/api/verdicts', `{"facts":{"lead.rd_spend_by_year":{"2024":${deep}}}}`],
      ['/api/ask', deep],
    ] as const) {
      const came = await call(base, path, { body });
      expect([path, came.status]).toEqual([path, 400]);
    }
    // Thousands of earlier turns, and long ones: the latest are read.
    for (const [turns, text] of [
      [15_000, '营收1.8亿'],
      [150, '我们有很多话要说。'.repeat(200)],
    ] as const) {
      const history = [
        ...Array.from({ length: turns }, () => ({ role: 'user', text })),
        { role: 'user', text: '营收改成3亿' },
      ];
      const came = await call(base, '/api/ask', { body: { question: '那厦门呢', history } });
      expect(came.json.facts['lead.revenue_last_year']).toBe('300000000');
    }
  }, 30_000);

  it('in an address is answered or refused too', async () => {
    const part = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.constantFrom('..', '%00', '%ff', '%', '<a>'),
    );
    const paths = [
      (x: string) => `/api/policies/${x}/document`,
      (x: string) => `/api/clauses/${x}/${x}`,
      (x: string) => `/api/chats/${x}`,
      (x: string) => `/api/answers/${x}`,
      (x: string) => `/api/answers?day=${x}&limit=${x}`,
      (x: string) => `/api/search?q=${x}&k=${x}`,
      (x: string) => `/api/unanswered?from=${x}`,
      (x: string) => `/${x}`,
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), part, fc.boolean(), async (path, words, encoded) => {
        const safe = encoded || !/^[\x21-\x7e]*$/.test(words) ? encodeURIComponent(words) : words;
        expect((await call(base, path(safe))).status).toBeLessThan(500);
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});
