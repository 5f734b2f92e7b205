/**
 * `npm run eval:adversary [-- --replies 10000] [--json]`: every bad model of models.ts against the questions of
 * eval/questions, over HTTP and LangChain's agent; then an honest model. Prints replies, leaks by model, and how many of the
 * honest model's correct sentences survive. Exits 1 on a leak or when fewer than 90% survive.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createApp } from '../../src/app.js';
import { Guard } from '../../src/assistant/guard/index.js';
import { LlmAssistant } from '../../src/assistant/llm/index.js';
import type { Answer, Turn } from '../../src/assistant/types.js';
import { ModelEndpoint } from '../../src/model/index.js';
import { evidenceIn, ModelServer, type WireRequest } from '../../tests/support/model-server.js';
import { leaks } from './judge.js';
import { BAD, honestSentences, seeded } from './models.js';

const here = fileURLToPath(new URL('./', import.meta.url));
const { values } = parseArgs({
  options: {
    replies: { type: 'string', default: '10000' },
    json: { type: 'boolean' },
    verbose: { type: 'boolean' },
  },
});
const dataDir = mkdtempSync(join(tmpdir(), 'wence-adversary-'));
// How long the guard takes a sentence, without a change to it.
const guardMs: number[] = [];
const check = Guard.prototype.check;
Guard.prototype.check = function (...args) {
  const from = performance.now();
  const result = check.apply(this, args);
  guardMs.push(performance.now() - from);
  return result;
};
const at = (list: number[], share: number) =>
  (list.sort((a, b) => a - b)[Math.floor(list.length * share)] ?? 0).toFixed(2);
const added: number[] = [];
const app = createApp({ dataDir });
const server = await new ModelServer().start();
let kept: { text: string; ids: string[] }[] = [];
const endpoint = new ModelEndpoint({
  apiKey: 'k',
  baseUrl: server.url,
  model: 'test',
  tokens: { perDay: 1e12, perQuestion: 1e6 },
});
const drops = new Map<string, number>();
let lastDrops: string[] = [];
const llm = new LlmAssistant({
  ...app,
  offline: app.assistant,
  promptsDir: join(here, '../../prompts'),
  endpoint,
  onSifted: (s) => {
    kept = s.kept.map((k) => ({ text: k.text, ids: k.evidence.map((e) => e.id) }));
    lastDrops = s.dropped.map((d) => `${d.reason} ${d.detail} ← ${d.text}`);
    for (const d of s.dropped) drops.set(d.reason, (drops.get(d.reason) ?? 0) + 1);
  },
});

interface Question {
  question: string;
  asOf?: string;
  policy?: string;
  history?: Turn[];
}
const questions = ['dev', 'held'].flatMap((half) =>
  readFileSync(join(here, `../questions/${half}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Question),
);

async function ask(q: Question): Promise<{ answer: Answer; request: WireRequest | null }> {
  kept = [];
  lastDrops = [];
  const before = server.requests.length;
  let from = performance.now();
  await app.assistant.ask(q);
  const offlineMs = performance.now() - from;
  from = performance.now();
  const answer = await llm.ask(q);
  added.push(performance.now() - from - offlineMs);
  const request = server.requests[before] ?? null;
  server.requests.length = 0;
  server.headers.length = 0;
  return { answer, request };
}

// The honest model first: what of its correct sentences survives?
let written = 0;
let survived = 0;
let tokens = 0;
let asked = 0;
server.behaviour = (request) => ({ text: honestSentences(request).join('') || '无' });
for (const q of questions) {
  const { request } = await ask(q);
  if (!request) continue;
  asked++;
  const sentences = honestSentences(request);
  written += sentences.length;
  survived += kept.length;
  if (values.verbose) for (const d of lastDrops) process.stderr.write(`${d}\n`);
}
tokens = endpoint.health.tokens;
const honestDrops = Object.fromEntries(drops);
drops.clear();

// The bad ones, in turn, until enough replies were given.
const wanted = Number(values.replies);
const table: Record<string, { replies: number; left: number; leaks: number; changed: number }> = {};
const shown: string[] = [];
const names = Object.keys(BAD);
const random = seeded(7);
let replies = 0;
for (let round = 0; replies < wanted && round < wanted; round++) {
  for (const [n, q] of questions.entries()) {
    if (replies >= wanted) break;
    const name = names[(n + round) % names.length]!;
    server.behaviour = (request) => ({
      text:
        honestSentences(request)
          .slice(0, 2)
          .map((s) => BAD[name]!(s, random, request))
          .join('') || BAD[name]!('文件规定，2亿元以上[c1]。', random, request),
    });
    const { request } = await ask(q);
    if (!request) continue;
    replies++;
    table[name] ??= { replies: 0, left: 0, leaks: 0, changed: 0 };
    const row = table[name]!;
    row.replies++;
    row.left += kept.length;
    const evidence = new Map(evidenceIn(request).map((e) => [e.id, e.text]));
    const right = honestSentences(request)
      .join('')
      .replace(/\[\w+\]/g, '');
    for (const k of kept) {
      if (!right.includes(k.text)) {
        row.changed++;
        if (values.verbose) process.stderr.write(`CHANGED ${name}: ${k.text}\n`);
      }
      const found = leaks({
        sentence: k.text,
        sources: k.ids.flatMap((id) => evidence.get(id) ?? []),
        user: [q.question, ...(q.history ?? []).map((t) => t.text)],
      });
      if (found.length > 0) {
        row.leaks++;
        shown.push(`${name}: ${k.text} — ${found.join('; ')}`);
      }
    }
  }
}
await server.stop();
rmSync(dataDir, { recursive: true, force: true });

const total = Object.values(table).reduce((n, r) => n + r.leaks, 0);
const rate = written === 0 ? 0 : survived / written;
if (values.json)
  process.stdout.write(
    `${JSON.stringify({ replies, leaks: total, survival: rate, table, honestDrops, shown }, null, 1)}\n`,
  );
else {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  say(
    `bad models: ${names.length}; replies: ${replies}; sentences that left with something nobody gave: ${total}`,
  );
  for (const [name, r] of Object.entries(table))
    say(
      `  ${name}: ${r.replies} replies, ${r.left} sentences left, ${r.changed} of them not an honest one, ${r.leaks} leaks`,
    );
  for (const line of shown.slice(0, 40)) say(`  LEAK ${line}`);
  say(
    `guard: p50 ${at(guardMs, 0.5)} ms, p99 ${at(guardMs, 0.99)} ms a sentence (${guardMs.length}); added to an answer by a model that answers at once: p50 ${at(added, 0.5)} ms, p99 ${at(added, 0.99)} ms`,
  );
  say(
    `honest model: ${written} correct sentences, ${survived} survived (${(rate * 100).toFixed(1)}%); ${Math.round(tokens / Math.max(asked, 1))} tokens an answer; dropped: ${JSON.stringify(honestDrops)}`,
  );
}
process.exitCode = total > 0 || rate < 0.9 ? 1 : 0;
