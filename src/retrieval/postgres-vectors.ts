import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { alive } from './postgres-schema.js';
import type { Progress } from './progress.js';
import type { IndexDoc, SearchHit } from './types.js';
import { type Embedder, EmbeddingError, embedMissing, meaningOf, probe } from './vectors.js';

/** Up to this many clauses every vector is compared: exact, and no slower. */
const EXACT = 5_000;
/** pgvector's HNSW takes no longer vectors. */
const INDEXED_DIMENSIONS = 2_000;
/** What PostgreSQL says of an extension that is not installed, or that this user may not make. */
const LACKING = ['0A000', '58P01', '42501', '42704'];
/** Vectors asked of the HNSW index for each that is wanted: some are of clauses that this reader does not see. */
const SPARE = 4;

export interface PostgresVectorOptions {
  schema: string;
  docs: readonly IndexDoc[];
  embedder: Embedder;
  generation: number;
  /** Up to how many clauses every vector is compared (5000); beyond, the HNSW index is asked. */
  compared?: number;
  onProgress?: Progress;
}

/** Vectors in PostgreSQL by pgvector: one row a text and model, whatever clauses and builds it stands in. */
export class PostgresVectors {
  readonly #pool: Pool;
  readonly #schema: string;
  readonly #embedder: Embedder;
  readonly #exact: boolean;
  /** Share of the probes that found their own document. */
  probe = 0;

  private constructor(pool: Pool, { schema, docs, embedder, compared }: PostgresVectorOptions) {
    this.#pool = pool;
    this.#schema = schema;
    this.#embedder = embedder;
    this.#exact = docs.length <= (compared ?? EXACT) || embedder.dimension > INDEXED_DIMENSIONS;
  }

  /** Is pgvector there, or can it be made? The message of PostgreSQL when not. Rejects where PostgreSQL itself is not there. */
  static async unavailable(pool: Pool): Promise<string | null> {
    try {
      await pool.query('CREATE EXTENSION IF NOT EXISTS vector');
      return null;
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (!LACKING.includes(code ?? '')) throw error;
      return message;
    }
  }

  /**
   * Embeds what has no vector of this model yet, keeping each batch as it comes, and makes the index. Rejects when the
   * embedder fails or answers what cannot be used; what it gave until then is kept.
   */
  static async open(pool: Pool, options: PostgresVectorOptions): Promise<PostgresVectors> {
    const { schema: s, docs, embedder, generation, onProgress } = options;
    const vectors = new PostgresVectors(pool, options);
    const client = await pool.connect();
    try {
      await client.query(`SELECT pg_advisory_lock(hashtext($1))`, [`${s}.meanings`]);
      await client.query(
        `CREATE TABLE IF NOT EXISTS ${s}.meanings (
           model text NOT NULL, meaning text NOT NULL, embedding vector NOT NULL, PRIMARY KEY (meaning, model))`,
      );
      const wanted = new Map(docs.map((d) => [meaningOf(d), d]));
      const { rows } = await client.query<{ meaning: string }>(
        `SELECT meaning FROM ${s}.meanings WHERE model = $1 AND vector_dims(embedding) = $2`,
        [embedder.id, embedder.dimension],
      );
      for (const { meaning } of rows) wanted.delete(meaning);
      await embedMissing(wanted, embedder, onProgress, async (entries) => {
        await client.query(
          `INSERT INTO ${s}.meanings (model, meaning, embedding)
           SELECT $1, meaning, embedding::vector FROM unnest($2::text[], $3::text[]) AS m(meaning, embedding)
           ON CONFLICT (meaning, model) DO UPDATE SET embedding = excluded.embedding`,
          [embedder.id, entries.map((e) => e.meaning), entries.map((e) => written(e.vector))],
        );
      });
      if (!vectors.#exact) for (const statement of vectors.#index()) await client.query(statement);
      // Vectors of texts that no build holds any more.
      await client.query(
        `DELETE FROM ${s}.meanings m WHERE NOT EXISTS (SELECT 1 FROM ${s}.clauses c WHERE c.meaning = m.meaning)`,
      );
    } finally {
      await client.query(`SELECT pg_advisory_unlock(hashtext($1))`, [`${s}.meanings`]).catch(() => {});
      client.release();
    }
    vectors.probe = await probe((v, k) => vectors.search(v, k, undefined, generation), docs, embedder);
    return vectors;
  }

  #index(): string[] {
    const { id, dimension } = this.#embedder;
    const name = `meanings_${createHash('sha256').update(`${id} ${dimension}`).digest('hex').slice(0, 12)}`;
    return [
      `CREATE INDEX IF NOT EXISTS ${name} ON ${this.#schema}.meanings
         USING hnsw ((embedding::vector(${dimension})) vector_cosine_ops) WHERE ${this.#of()}`,
      `ANALYZE ${this.#schema}.meanings`,
    ];
  }

  /** The rows of this model, spelled the same in the index and in the search so that the planner sees that they match. */
  #of(): string {
    const { id, dimension } = this.#embedder;
    return `model = '${id.replaceAll("'", "''")}' AND vector_dims(embedding) = ${dimension}`;
  }

  /** The nearest `k` clauses that build `generation` holds, of `groups` when given, with their cosine as score. */
  async search(
    vector: readonly number[],
    k: number,
    groups: readonly string[] | undefined,
    generation: number,
  ): Promise<SearchHit[]> {
    const s = this.#schema;
    const { dimension } = this.#embedder;
    const inside = `${alive('$2::int')} AND ($3::text[] IS NULL OR c.grp = ANY ($3::text[]))`;
    // A few groups are few clauses: all their vectors are compared.
    const exact = this.#exact || groups !== undefined;
    const sql = exact
      ? `SELECT c.id, 1 - (m.embedding <=> $1::vector) AS score FROM ${s}.clauses c
         JOIN ${s}.meanings m ON m.meaning = c.meaning AND ${this.#of()}
         WHERE ${inside} ORDER BY m.embedding <=> $1::vector, c.place LIMIT $4`
      : `SELECT c.id, 1 - m.distance AS score
         FROM (SELECT meaning, embedding::vector(${dimension}) <=> $1::vector(${dimension}) AS distance
               FROM ${s}.meanings WHERE ${this.#of()}
               ORDER BY embedding::vector(${dimension}) <=> $1::vector(${dimension}) LIMIT $4 * ${SPARE}) AS m
         JOIN ${s}.clauses c ON c.meaning = m.meaning
         WHERE ${inside} ORDER BY m.distance, c.place LIMIT $4`;
    const client = await this.#pool.connect();
    try {
      // The index gives no more than it looks at.
      if (!exact) await client.query(`SET hnsw.ef_search = ${Math.min(1000, Math.max(40, k * SPARE))}`);
      const { rows } = await client.query<SearchHit>(sql, [written(vector), generation, groups ?? null, k]);
      return rows.filter((r) => Number.isFinite(r.score));
    } catch (error) {
      throw new EmbeddingError(`vectors cannot be searched: ${(error as Error).message}`);
    } finally {
      client.release();
    }
  }
}

function written(vector: readonly number[]): string {
  return `[${vector.join(',')}]`;
}
