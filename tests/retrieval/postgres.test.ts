import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { clauseDocs } from '../../src/assistant/index-docs.js';
import { loadWorld } from '../../src/assistant/world.js';
import { type IndexDoc, LexicalIndex } from '../../src/retrieval/index.js';
import {
  openPostgresIndex,
  type PostgresIndexOptions,
  type PostgresRetriever,
} from '../../src/retrieval/postgres.js';
import { candidates } from '../../src/retrieval/postgres-schema.js';
import { tsquery } from '../../src/retrieval/postgres-terms.js';
import { freshDatabase } from '../support/postgres.js';
import { DOCS } from './docs.js';
import { characters } from './embedders.js';

let server: Awaited<ReturnType<typeof freshDatabase>>;
let dir: string;
let logs: string[];
const opened: PostgresRetriever[] = [];
let schemas = 0;
let schema: string;

beforeAll(async () => {
  server = await freshDatabase();
  dir = mkdtempSync(join(tmpdir(), 'pg-index-'));
}, 120_000);
afterAll(async () => {
  await server?.drop();
  if (dir) rmSync(dir, { recursive: true, force: true });
}, 60_000);
beforeEach(() => {
  logs = [];
  schema = `search_${schemas++}`;
});
afterEach(async () => {
  for (const r of opened.splice(0)) await r.close();
});

async function open(docs: readonly IndexDoc[], more: Partial<PostgresIndexOptions> = {}) {
  const index = await openPostgresIndex({
    connection: server.url,
    schema,
    dir,
    docs,
    log: (m) => void logs.push(m),
    patience: 60_000,
    ...more,
  });
  opened.push(index);
  return index;
}
async function sql<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]> {
  const client = new pg.Client(server.url);
  await client.connect();
  try {
    await client.query('SET enable_seqscan = off');
    return (await client.query<T>(text, values)).rows;
  } finally {
    await client.end();
  }
}
const ids = (hits: readonly { id: string }[]) => hits.map((h) => h.id);

describe('the index in PostgreSQL answers as the embedded one', () => {
  it('for every question of the development sets, about the five documents', async () => {
    const docs = clauseDocs(loadWorld(KNOWLEDGE));
    const embedded = LexicalIndex.build(docs);
    const index = await open(docs);
    const folder = join(import.meta.dirname, '../../eval/questions');
    const questions = readdirSync(folder)
      .filter((f) => /^dev.*\.jsonl$/.test(f))
      .flatMap((f) => readFileSync(join(folder, f), 'utf8').trim().split('\n'))
      .map((line) => (JSON.parse(line) as { question: string }).question);
    expect(questions.length).toBeGreaterThan(1000);
    const differing: string[] = [];
    const ask = async (question: string) => {
      const theirs = embedded.search(question, { k: 10 });
      const ours = await index.search(question, { k: 10 });
      const near = ours.every((h, i) => Math.abs(h.score - (theirs[i]?.score ?? 0)) < 1e-5);
      if (ids(ours).join() !== ids(theirs).join() || !near) differing.push(question);
    };
    for (let i = 0; i < questions.length; i += 4) await Promise.all(questions.slice(i, i + 4).map(ask));
    expect(differing).toEqual([]);
  }, 300_000);

  it('for groups, depth, odd spellings, nothing, and what covers how much', async () => {
    const embedded = LexicalIndex.build(DOCS);
    const index = await open(DOCS);
    const questions = [
      '公共自行车占用盲道怎么罚',
      '圖書館補貼',
      "it's \\ 'quoted' & | ! :*",
      '３０００元',
      '补贴 盲道',
    ];
    for (const q of questions) {
      for (const options of [
        {},
        { k: 2 },
        { k: 500 },
        { groups: ['b'] },
        { groups: [] },
        { groups: ['none'] },
      ]) {
        expect(ids(await index.search(q, options))).toEqual(ids(embedded.search(q, options)));
      }
      for (const { id } of DOCS) expect(await index.coverage(q, id)).toBeCloseTo(embedded.coverage(q, id), 6);
    }
    for (const q of ['', '  ', '？！', '\u0000', '\ud800', '🙂']) expect(await index.search(q)).toEqual([]);
    const long = '图书馆补贴标准是多少'.repeat(10_000);
    expect(ids(await index.search(long))).toEqual(ids(embedded.search(long)));
  }, 60_000);

  it('for texts with every character that SQL or a lexeme could stumble over', async () => {
    const docs: IndexDoc[] = [
      {
        id: `a'b"c\\`,
        title: "quote ' and \\",
        text: `盲道 it's {a,b} "x" \\N \u0000 \ud800 NULL 100%`,
        group: `g'"`,
      },
      { id: 'long', title: '', text: `${'z'.repeat(5000)} 盲道` },
      { id: 'empty', title: '', text: '' },
    ];
    const index = await open(docs);
    const embedded = LexicalIndex.build(docs);
    for (const q of ['盲道', 'it s', 'null', '100%', 'z'.repeat(5000), 'a b']) {
      expect(ids(await index.search(q))).toEqual(ids(embedded.search(q)));
    }
    expect(ids(await index.search('盲道', { groups: [`g'"`] }))).toEqual([`a'b"c\\`]);
  }, 60_000);
});

it('candidates come out of the GIN index', async () => {
  const index = await open(DOCS);
  const values = [
    index.current!.generation,
    [tsquery('盲 道'), tsquery('盲')],
    [1, 1],
    [false, false],
    400,
    null,
    80,
  ];
  const plan = await sql<{ 'QUERY PLAN': string }>(`EXPLAIN ${candidates(schema)}`, values);
  const text = plan.map((r) => r['QUERY PLAN']).join('\n');
  expect(text).toContain('Bitmap Index Scan on clauses_terms');
  expect(text).not.toContain('Seq Scan on clauses');
}, 60_000);

describe('without pgvector', () => {
  it('says so, and searches vectors in the process', async () => {
    const embedder = characters();
    const index = await open(DOCS, { embedder, dir: mkdtempSync(join(dir, 'vectors-')) });
    await index.vectorsReady;
    expect(logs.join('\n')).toMatch(/no pgvector/);
    expect(index.usesVectors).toBe(true);
    expect(LexicalIndex.build(DOCS).search('zzzz')).toEqual([]);
    expect((await index.search('zzzz')).length).toBeGreaterThan(0);
  }, 60_000);
});

describe('while PostgreSQL cannot answer', () => {
  const nowhere = 'postgres://nobody:none@127.0.0.1:9/none';
  const fallback = async () => LexicalIndex.build(DOCS);

  it('the embedded index does, from the start or later, with a word in the log', async () => {
    const index = await open(DOCS, { connection: nowhere, fallback });
    expect(ids(await index.search('占用盲道'))).toEqual(ids(LexicalIndex.build(DOCS).search('占用盲道')));
    expect(logs.join('\n')).toMatch(/embedded index/);
    const later = await open(DOCS, { fallback });
    await sql(`DROP SCHEMA ${schema} CASCADE`);
    expect((await later.search('占用盲道'))[0]?.id).toBe('a5');
  }, 60_000);

  it('opening fails where there is nothing else', async () => {
    await expect(open(DOCS, { connection: nowhere })).rejects.toThrow();
  }, 60_000);
});

it('a schema name cannot carry SQL', async () => {
  await expect(open(DOCS, { schema: 'a; DROP TABLE x' })).rejects.toThrow(/not a schema name/);
});
