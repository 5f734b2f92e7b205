import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type IndexDoc, openIndex, progressBar } from '../../src/retrieval/index.js';
import { type Search, SYSTEMS } from './systems.js';

/** A system built from documents: how it is asked, and megabytes it holds outside of this process. */
export interface Grown {
  search: Search;
  elsewhereMB?(): Promise<number>;
  close?(): Promise<void>;
}

/** What grows in the benchmark; peers at their defaults, with the words or vectors they need to read Chinese. */
export const GROWING: Record<string, (docs: IndexDoc[]) => Promise<Grown>> = {
  wence: async (docs) => {
    const dir = scratch();
    const index = await openIndex({ dir, docs, log: console.error, onProgress: progressBar() });
    return { search: async (query, k) => (await index.search(query, { k })).map((h) => h.id) };
  },
  'wence-postgres': async (docs) => {
    const connection = process.env.BENCH_DATABASE_URL;
    if (!connection) throw new Error('BENCH_DATABASE_URL is not set');
    const { openPostgresIndex } = await import('../../src/retrieval/postgres.js');
    const { default: pg } = await import('pg');
    const index = await openPostgresIndex({
      connection,
      dir: scratch(),
      docs,
      schema: `growth_${docs.length}`,
      patience: 60_000,
      log: console.error,
      onProgress: progressBar(),
    });
    return {
      search: async (query, k) => (await index.search(query, { k })).map((h) => h.id),
      elsewhereMB: async () => {
        const client = new pg.Client(connection);
        await client.connect();
        const { rows } = await client.query<{ bytes: string }>(
          `SELECT sum(pg_total_relation_size(c.oid)) AS bytes FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
           WHERE nspname = $1 AND relkind = 'r'`,
          [`growth_${docs.length}`],
        );
        await client.end();
        return Number(rows[0]!.bytes) / 1e6;
      },
      close: () => index.close(),
    };
  },
  'minisearch-jieba': async (docs) => ({ search: await SYSTEMS['minisearch-jieba']!(docs.map(flat)) }),
  orama: async (docs) => {
    const { create, insertMultiple, search } = await import('@orama/orama');
    const words = new Intl.Segmenter('zh', { granularity: 'word' });
    const tokenize = (text: string) =>
      [...words.segment(text.toLowerCase())].filter((w) => w.isWordLike).map((w) => w.segment);
    const db = create({
      schema: { id: 'string', title: 'string', text: 'string' } as const,
      components: { tokenizer: { language: 'english', normalizationCache: new Map(), tokenize } },
    });
    await insertMultiple(db, docs.map(flat));
    return {
      search: async (query, k) => {
        const found = await search(db, { term: query, limit: k, properties: ['title', 'text'] });
        return found.hits.map((h) => String(h.document.id));
      },
    };
  },
  'langchain-bm25': async (docs) => {
    const [{ BM25Retriever }, { Document }] = await Promise.all([
      import('@langchain/community/retrievers/bm25'),
      import('@langchain/core/documents'),
    ]);
    const pages = docs
      .map(flat)
      .map((d) => new Document({ pageContent: spaced(`${d.title} ${d.text}`), id: d.id }));
    const index = BM25Retriever.fromDocuments(pages, { k: 10 });
    return { search: async (query) => (await index.invoke(spaced(query))).map((d) => d.id!) };
  },
  'langchain-hnswlib': async (docs) => {
    const [{ HNSWLib }, { Document }] = await Promise.all([
      import('@langchain/community/vectorstores/hnswlib'),
      import('@langchain/core/documents'),
    ]);
    const { Embeddings } = await import('@langchain/core/embeddings');
    class Hashed extends Embeddings {
      constructor() {
        super({});
      }
      async embedQuery(text: string) {
        return hashed(text);
      }
      async embedDocuments(texts: string[]) {
        return texts.map(hashed);
      }
    }
    const pages = docs
      .map(flat)
      .map((d) => new Document({ pageContent: `${d.title} ${d.text}`, metadata: { id: d.id } }));
    const store = await HNSWLib.fromDocuments(pages, new Hashed());
    return {
      search: async (query, k) =>
        (await store.similaritySearch(query, k)).map((d) => d.metadata.id as string),
    };
  },
  pgvector: async (docs) => {
    const [{ PGlite }, { vector }] = await Promise.all([
      import('@electric-sql/pglite'),
      import('@electric-sql/pglite-pgvector'),
    ]);
    const db = await PGlite.create({ dataDir: scratch(), extensions: { vector } });
    await db.exec(
      `CREATE EXTENSION vector; CREATE TABLE clauses (id text NOT NULL, embedding vector(128) NOT NULL)`,
    );
    for (let from = 0; from < docs.length; from += 1000) {
      const batch = docs.slice(from, from + 1000).map(flat);
      await db.query(
        `INSERT INTO clauses SELECT id, embedding::vector FROM unnest($1::text[], $2::text[]) AS c(id, embedding)`,
        [batch.map((d) => d.id), batch.map((d) => written(hashed(`${d.title} ${d.text}`)))],
      );
    }
    await db.exec('CREATE INDEX ON clauses USING hnsw (embedding vector_cosine_ops); ANALYZE clauses');
    return {
      search: async (query, k) => {
        const { rows } = await db.query<{ id: string }>(
          'SELECT id FROM clauses ORDER BY embedding <=> $1::vector LIMIT $2',
          [written(hashed(query)), k],
        );
        return rows.map((row) => row.id);
      },
      elsewhereMB: async () => {
        const { rows } = await db.query<{ bytes: number }>(
          `SELECT pg_total_relation_size('clauses')::float8 AS bytes`,
        );
        return rows[0]!.bytes / 1e6;
      },
      close: () => db.close(),
    };
  },
};

const written = (vector: readonly number[]) => `[${vector.join(',')}]`;

function scratch(): string {
  const dir = mkdtempSync(join(tmpdir(), 'wence-growth-'));
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** What peers of two fields get: the context and phrasings belong to the text. */
function flat(d: IndexDoc): { id: string; title: string; text: string } {
  return { id: d.id, title: d.title, text: [d.text, d.context ?? '', ...(d.asks ?? [])].join('\n') };
}

/** Characters with blanks between, for what splits at blanks. */
const spaced = (text: string) => text.replace(/(\p{Script=Han})/gu, '$1 ');

/** 128 hashed counts of pairs: the cost of vectors without a model, not their quality. */
function hashed(text: string): number[] {
  const v = new Array<number>(128).fill(0.01);
  for (let i = 0; i + 1 < text.length; i++)
    v[(text.charCodeAt(i) * 31 + text.charCodeAt(i + 1) * 7) & 127]! += 1;
  return v;
}
