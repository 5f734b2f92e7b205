import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, PROMPTS } from '../../src/app.js';
import { Guard } from '../../src/assistant/guard/index.js';
import { LlmAssistant, type Sifted } from '../../src/assistant/llm/index.js';
import type { Block, Turn } from '../../src/assistant/types.js';
import { ModelEndpoint } from '../../src/model/index.js';
import { evidenceIn, ModelServer } from '../../tests/support/model-server.js';

export interface Question {
  question: string;
  asOf?: string;
  policy?: string;
  history?: Turn[];
}

/** What became of one reply of a model. */
export interface Played {
  /** Sentences that stand in the answer beside those of code, with the evidence they cite: its ids and the words it shows. */
  left: { text: string; ids: string[]; quotes: string[] }[];
  /** Sentences that the guard let pass (an answer shows five at most). */
  passed: number;
  /** Of these, without a word of them left out. */
  whole: number;
  dropped: Sifted['dropped'];
  evidence: Map<string, string>;
  /** Sentences that were shown and are not in the answer, or stand in it and came past the guard. */
  faults: string[];
}

/** The whole way with a model: the application, a server that speaks the protocol, the guard's time measured. */
export async function openStage() {
  const dataDir = mkdtempSync(join(tmpdir(), 'wence-adversary-'));
  const guardMs: number[] = [];
  const added: number[] = [];
  const check = Guard.prototype.check;
  Guard.prototype.check = function (...args) {
    const from = performance.now();
    const result = check.apply(this, args);
    guardMs.push(performance.now() - from);
    return result;
  };
  const app = createApp({ dataDir });
  const server = await new ModelServer().start();
  const endpoint = new ModelEndpoint({
    apiKey: 'k',
    baseUrl: server.url,
    model: 'test',
    tokens: { perDay: 1e12, perQuestion: 1e6 },
  });
  let sifted: Sifted = { kept: [], dropped: [] };
  const llm = new LlmAssistant({
    ...app,
    offline: app.assistant,
    promptsDir: PROMPTS,
    endpoint,
    onSifted: (s) => {
      sifted = s;
    },
  });
  const textOf = (b: Block) => ('text' in b ? b.text : '');
  return {
    server,
    tokens: () => endpoint.health.tokens,
    /** @returns null when the model was not asked */
    async play(q: Question): Promise<Played | null> {
      sifted = { kept: [], dropped: [] };
      server.requests.length = 0;
      server.headers.length = 0;
      let from = performance.now();
      const offline = await app.assistant.ask(q);
      const offlineMs = performance.now() - from;
      const told: string[] = [];
      from = performance.now();
      const answer = await llm.ask(q, { onSentence: (s) => told.push(s) });
      added.push(performance.now() - from - offlineMs);
      const request = server.requests[0];
      if (!request) return null;
      const own = new Set(offline.blocks.map(textOf));
      const fresh = answer.blocks.map(textOf).filter((t) => t !== '' && !own.has(t));
      const faults = told
        .filter((t) => !answer.text.includes(t))
        .map((t) => `${t} — shown, not in the answer`);
      const left = fresh.map((text) => {
        const kept = sifted.kept.find((k) => text.replace(/。$/, '') === k.text.replace(/。$/, ''));
        if (!kept) faults.push(`${text} — past the guard`);
        const evidence = kept?.evidence ?? [];
        return { text, ids: evidence.map((e) => e.id), quotes: evidence.map((e) => e.text) };
      });
      return {
        left,
        passed: sifted.kept.length,
        whole: sifted.kept.filter((k) => k.from === undefined).length,
        dropped: sifted.dropped,
        evidence: new Map(server.requests.flatMap((r) => evidenceIn(r)).map((e) => [e.id, e.text])),
        faults,
      };
    },
    /** @returns what the guard and the model cost, in words */
    async close(): Promise<string> {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
      const at = (list: number[], share: number) =>
        (list.sort((a, b) => a - b)[Math.floor(list.length * share)] ?? 0).toFixed(2);
      return `guard: p50 ${at(guardMs, 0.5)} ms, p99 ${at(guardMs, 0.99)} ms a sentence (${guardMs.length}); added to an answer by a model that answers at once: p50 ${at(added, 0.5)} ms, p99 ${at(added, 0.99)} ms`;
    },
  };
}
