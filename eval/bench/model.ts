/**
 * `npm run -s bench -- model [--json] [--questions 60]`: what a model beside the offline plan costs, with an honest model that
 * streams at once: tokens an answer, how much of a prompt is the same for every question (and so can be kept by the endpoint), and
 * the time our own code adds before the first sentence is shown. As a ratio: against the offline answer alone.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createApp, PROMPTS } from '../../src/app.js';
import { LlmAssistant } from '../../src/assistant/llm/index.js';
import { ModelEndpoint } from '../../src/model/index.js';
import { ModelServer } from '../../tests/support/model-server.js';
import { honestSentences } from '../adversary/models.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const at = (list: number[], share: number): number => {
  const sorted = [...list].sort((a, b) => a - b);
  return Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
};

/** How many characters two texts share from their beginning. */
function shared(a: string, b: string): number {
  let n = 0;
  while (n < a.length && a[n] === b[n]) n++;
  return n;
}

/** @returns the exit code */
export async function run(args: string[]): Promise<number> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wence-bench-'));
  const app = createApp({ dataDir });
  const server = await new ModelServer().start();
  const endpoint = new ModelEndpoint({
    apiKey: 'k',
    baseUrl: server.url,
    model: 'test',
    tokens: { perDay: 1e12 },
  });
  const llm = new LlmAssistant({ ...app, offline: app.assistant, promptsDir: PROMPTS, endpoint });
  server.behaviour = (request) => ({ text: honestSentences(request).join('') || '无' });
  const most = Number(args[args.indexOf('--questions') + 1] ?? 60) || 60;
  const lines = readFileSync(`${root}eval/questions/dev.jsonl`, 'utf8').trim().split('\n').slice(0, most);
  const first: number[] = [];
  const offline: number[] = [];
  const prompts: string[] = [];
  let answers = 0;
  await llm.ask({ question: '泉州牵头企业营收要多少' });
  const before = endpoint.health.tokens;
  for (const line of lines) {
    const { question } = JSON.parse(line) as { question: string };
    server.requests.length = 0;
    let from = performance.now();
    await app.assistant.ask({ question });
    const alone = performance.now() - from;
    let shown = 0;
    from = performance.now();
    await llm.ask({ question }, { onSentence: () => (shown ||= performance.now() - from) });
    const [request] = server.requests;
    if (!request) continue;
    answers++;
    // As an endpoint reads it: the tools first, then the messages in order.
    prompts.push(JSON.stringify([request.tools, request.messages]));
    if (shown === 0) continue;
    first.push(shown);
    offline.push(alone);
  }
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
  const same = prompts
    .slice(1)
    .reduce((least, p) => Math.min(least, shared(p, prompts[0]!)), Number.POSITIVE_INFINITY);
  const length = prompts.reduce((n, p) => n + p.length, 0) / prompts.length;
  const report = {
    answers,
    tokensPerAnswer: Math.round((endpoint.health.tokens - before) / Math.max(answers, 1)),
    promptCharacters: Math.round(length),
    samePrefixCharacters: same,
    samePrefixShare: Math.round((same / length) * 100) / 100,
    firstSentenceP50Ms: at(first, 0.5),
    firstSentenceP95Ms: at(first, 0.95),
    firstSentenceToOfflineAnswer: Math.round((at(first, 0.5) / at(offline, 0.5)) * 10) / 10,
  };
  if (args.includes('--json')) process.stdout.write(`${JSON.stringify(report)}\n`);
  else console.table(report);
  return 0;
}
