import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Embedder, type IndexDoc, LexicalIndex, openIndex } from '../../src/retrieval/index.js';
import {
  openPostgresIndex,
  type PostgresIndexOptions,
  type PostgresRetriever,
} from '../../src/retrieval/postgres.js';
import { onPostgres } from '../support/postgres.js';
import { DOCS } from './docs.js';
import { characters, failingAfter, unlike } from './embedders.js';
import { startPgvector, type TestServer } from './postgres-pgvector.js';

let server: TestServer;
let dir: string;
let logs: string[];
const opened: PostgresRetriever[] = [];
let schemas = 0;
let schema: string;

beforeAll(async () => {
  server = await startPgvector();
  dir = mkdtempSync(join(tmpdir(), 'pgvector-'));
}, 120_000);
afterAll(async () => {
  await server?.stop();
  if (dir) rmSync(dir, { recursive: true, force: true });
}, 60_000);
beforeEach(() => {
  logs = [];
  schema = `search_${schemas++}`;
});
afterEach(async () => {
  for (const r of opened.splice(0)) await r.close();
});

async function open(docs: readonly IndexDoc[], embedder: Embedder, more: Partial<PostgresIndexOptions> = {}) {
  const index = await openPostgresIndex({
    connection: server.url,
    // PGlite has one session for all connections.
    connections: 1,
    schema,
    dir: join(dir, schema),
    docs,
    embedder,
    log: (m) => void logs.push(m),
    patience: 60_000,
    ...more,
  });
  opened.push(index);
  await index.vectorsReady;
  return index;
}
const ids = (hits: readonly { id: string }[]) => hits.map((h) => h.id);
const QUESTIONS = [
  '公共自行车占用盲道怎么罚',
  '什么时候交报告',
  '完全无关的量子力学',
  'zzzz',
  '藏书多少本才能拿钱',
];

it('pgvector finds what the embedded vectors find, and keeps to the groups', async () => {
  const index = await open(DOCS, characters());
  expect(index.usesVectors).toBe(true);
  expect(logs).toEqual([]);
  const embedded = await openIndex({ dir: join(dir, 'embedded'), docs: DOCS, embedder: characters() });
  await embedded.vectorsReady;
  for (const q of QUESTIONS) {
    expect(ids(await index.search(q))).toEqual(ids(await embedded.search(q)));
    const inB = await index.search(q, { groups: ['b'] });
    expect(inB.every((h) => h.id.startsWith('b'))).toBe(true);
    expect(ids(inB)).toEqual(ids(await embedded.search(q, { groups: ['b'] })));
  }
}, 120_000);

it('the HNSW index of many clauses finds the clause that a question was cut from', async () => {
  const docs = unlike(300);
  const index = await open(docs, characters(), { compared: 0 });
  expect(index.usesVectors).toBe(true);
  const indexes = await onPostgres<{ indexdef: string }>(
    server.url,
    `SELECT indexdef FROM pg_indexes WHERE schemaname = '${schema}' AND tablename = 'meanings'`,
  );
  expect(indexes.map((r) => r.indexdef).join()).toContain('USING hnsw');
  // A question without a word in common, but of the same vector: only the index can have found it.
  const twin: Embedder = { ...characters(), embed: async () => characters().embed([docs[123]!.text]) };
  const asked = await open(
    docs,
    { ...characters(), embed: async (t) => (t[0] === 'zzzz' ? twin.embed(t) : characters().embed(t)) },
    { compared: 0 },
  );
  expect((await asked.search('zzzz'))[0]?.id).toBe('d123');
}, 120_000);

it('a changed clause is embedded alone, one that moved is not', async () => {
  await open(DOCS, characters());
  const embedder = characters();
  const changed = DOCS.toReversed().map((d) =>
    d.id === 'a5' ? { ...d, text: '占用盲道的，处5000元罚款。' } : d,
  );
  await open(changed, embedder);
  const ofDocuments = embedder.texts.filter((t) => t.includes('5000元罚款'));
  // Apart from the probes (middles of documents, asked anew each time) nothing else was asked.
  expect(embedder.texts.filter((t) => t.includes('\n') || ofDocuments.includes(t))).toEqual(ofDocuments);
  expect(ofDocuments.length).toBeGreaterThan(0);
}, 120_000);

it('embeddings that broke off go on where they stopped', async () => {
  const docs = unlike(200);
  await open(docs, failingAfter(2));
  expect(logs.join()).toContain('503');
  const embedder = characters();
  const index = await open(docs, embedder);
  const whole = embedder.texts.filter((t) => t.startsWith('\n'));
  expect(whole).toHaveLength(200 - 128);
  expect(index.usesVectors).toBe(true);
}, 120_000);

it('vectors without meaning change no result', async () => {
  const same: Embedder = {
    id: 'one',
    dimension: 8,
    embed: async (t) => t.map(() => new Float32Array(8).fill(1)),
  };
  const index = await open(DOCS, same);
  expect(index.usesVectors).toBe(false);
  const words = LexicalIndex.build(DOCS);
  for (const q of QUESTIONS) expect(ids(await index.search(q))).toEqual(ids(words.search(q)));
}, 120_000);
