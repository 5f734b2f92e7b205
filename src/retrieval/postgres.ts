import { Pool } from 'pg';
import { append, CONFIDENT, DEPTH, fuse, PROBE_PASSED, within } from './hybrid.js';
import { type Build, buildIndex } from './postgres-build.js';
import { checkSchema } from './postgres-schema.js';
import { PostgresVectors } from './postgres-vectors.js';
import { PostgresWords } from './postgres-words.js';
import { LONGEST_RETRY, type OpenIndexOptions, openVectors, RETRY } from './store.js';
import type { Retriever, SearchHit, SearchOptions } from './types.js';
import { type Embedder, embedAll } from './vectors.js';

/** Of `look`. */
const LOOK = 5_000;
/** Of `restMs`. */
const REST = 2_000;
/** PostgreSQL's codes for a table, a schema or a column that is not there. */
const GONE = ['42P01', '3F000', '42703'];

export interface PostgresIndexOptions extends OpenIndexOptions {
  /** postgres://…; the user must be allowed to make a schema. */
  connection: string;
  /** Schema of the tables. */
  schema?: string;
  /** Connections at most (4). */
  connections?: number;
  /** Milliseconds that a search waits for PostgreSQL before it fails (5000). */
  patience?: number;
  /** Answers while PostgreSQL cannot. */
  fallback?: () => Promise<Retriever>;
  candidates?: number;
  /** Up to how many clauses every vector is compared (5000); beyond, pgvector's HNSW index is asked. */
  compared?: number;
  /** Milliseconds between two looks at which builds there are (5000). */
  look?: number;
  /** Milliseconds between two attempts to reach PostgreSQL once it was lost (2000); the fallback answers meanwhile. */
  restMs?: number;
}

/**
 * Opens the index in PostgreSQL, bringing it up to `docs` first; only clauses that changed are written. Vectors are made behind
 * the searches, by pgvector where the server has it, in this process (hnswlib, files in `dir`) where not. Rejects when the
 * index cannot be built and there is no fallback.
 */
export async function openPostgresIndex(options: PostgresIndexOptions): Promise<PostgresRetriever> {
  const schema = checkSchema(options.schema ?? 'wence_search');
  const patience = options.patience ?? 5000;
  const pool = new Pool({
    connectionString: options.connection,
    max: options.connections ?? 4,
    connectionTimeoutMillis: patience,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // A command that is done need not wait for idle connections.
    allowExitOnIdle: true,
    // Searches are many small looks into indexes; the planner would make one long scan of them where terms are common.
    onConnect: (client) => client.query('SET enable_seqscan = off; SET jit = off').then(() => {}),
    application_name: 'wence search',
  });
  // A connection that breaks while it is in use fails its query; unheard, it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', (error) => options.log?.(`search: a connection to PostgreSQL was lost: ${error.message}`));
  const retriever = new PostgresRetriever(pool, schema, patience, options);
  try {
    await retriever.build();
  } catch (error) {
    if (!options.fallback) {
      await retriever.close();
      throw error;
    }
    options.log?.(
      `search: PostgreSQL cannot be used (${(error as Error).message}); the embedded index answers`,
    );
    retriever.rest();
  }
  return retriever;
}

type Near = (vector: readonly number[], k: number, groups?: readonly string[]) => Promise<SearchHit[]>;

/** The retrieval port on PostgreSQL: candidates by its text index, scored by the same rules as the embedded one. */
export class PostgresRetriever implements Retriever {
  readonly #pool: Pool;
  readonly #schema: string;
  readonly #patience: number;
  readonly #options: PostgresIndexOptions;
  #build: Build | null = null;
  #building: Promise<Build> | null = null;
  #looked = 0;
  readonly #words: PostgresWords;
  #vectors: { embedder: Embedder; near: Near } | null = null;
  #fallback: Promise<Retriever> | null = null;
  /** Milliseconds since 1970; until then the fallback answers at once. */
  #restsUntil = 0;
  #trying: NodeJS.Timeout | null = null;
  #closed = false;
  /** Vectors are being made, or were found to carry no meaning. */
  #vectorsAsked = false;
  /** Until they are tried again, milliseconds. */
  #pause: number;
  /** Settles when the vectors are in place or given up; never rejects. */
  vectorsReady: Promise<void> = Promise.resolve();

  constructor(pool: Pool, schema: string, patience: number, options: PostgresIndexOptions) {
    this.#pool = pool;
    this.#schema = schema;
    this.#patience = patience;
    this.#options = options;
    this.#pause = options.retryMs ?? RETRY;
    this.#words = new PostgresWords(pool, schema, options.candidates);
  }

  /** The build that searches read; null while PostgreSQL cannot be used. */
  get current(): Build | null {
    return this.#build;
  }

  get usesVectors(): boolean {
    return this.#vectors !== null;
  }

  /** Brings the tables up to the documents and reads that build from now on; vectors are made behind the searches. */
  build(): Promise<Build> {
    this.#building ??= this.#bringUp().finally(() => {
      this.#building = null;
    });
    return this.#building;
  }

  async #bringUp(): Promise<Build> {
    const { docs, onProgress } = this.#options;
    const client = await this.#pool.connect();
    let fault: Error | undefined;
    try {
      this.#build = await buildIndex(client, { schema: this.#schema, docs, onProgress });
      this.#looked = Date.now();
      // Numbers of builds and rows begin anew in tables that were made anew.
      this.#words.forget();
    } catch (error) {
      fault = error as Error;
      throw error;
    } finally {
      // A session that failed may hold the lock: it is ended with it.
      client.release(fault);
    }
    this.#makeVectors();
    return this.#build;
  }

  /** Begins to make vectors where they are wanted and not there; what was embedded before is not embedded again. */
  #makeVectors(): void {
    const { embedder, docs } = this.#options;
    if (!embedder || docs.length === 0 || this.#vectors || this.#vectorsAsked) return;
    if (!this.#build || this.#closed) return;
    this.#vectorsAsked = true;
    this.vectorsReady = this.addVectors(embedder).catch((error: Error) => {
      this.#vectorsAsked = false;
      this.#log(`search works from words alone until its vectors are made: ${error.message}`);
      setTimeout(() => this.#makeVectors(), this.#pause).unref();
      this.#pause = Math.min(2 * this.#pause, LONGEST_RETRY);
    });
  }

  /** Makes the vectors and takes them into use, unless their probe says that they carry no meaning. */
  async addVectors(embedder: Embedder): Promise<void> {
    const missing = await PostgresVectors.unavailable(this.#pool);
    let found: { near: Near; probe: number };
    if (missing === null) {
      const vectors = await PostgresVectors.open(this.#pool, {
        ...this.#options,
        schema: this.#schema,
        embedder,
        generation: this.#build!.generation,
      });
      found = {
        near: (v, k, groups) => vectors.search(v, k, groups, this.#build!.generation),
        probe: vectors.probe,
      };
    } else {
      this.#log(
        `PostgreSQL has no pgvector (${missing}); vectors are kept in ${this.#options.dir} and searched in this process`,
      );
      const index = await openVectors({ ...this.#options, embedder });
      found = { near: async (v, k, groups) => index.search(v, k, groups), probe: index.meta.probe };
    }
    if (found.probe < PROBE_PASSED) {
      const share = Math.round(found.probe * 100);
      this.#log(
        `embeddings of ${embedder.id} are not used: they find ${share}% of the documents from their own text`,
      );
      return;
    }
    this.#vectors = { embedder, near: found.near };
  }

  /** The best `k` (10) clauses, best first. Answers from the fallback while PostgreSQL cannot; rejects without one. */
  async search(query: string, options: SearchOptions = {}): Promise<SearchHit[]> {
    const k = Math.max(0, Math.floor(options.k ?? 10));
    if (k === 0 || query.trim() === '') return [];
    const { fallback } = this.#options;
    try {
      // Nobody waits for what was away a moment ago: it is tried behind the answers.
      if (fallback && Date.now() < this.#restsUntil) return await this.#elsewhere(query, options);
      if (!this.#build) await this.build();
      return await within(this.#patience, this.#search(query, k, options.groups), 'answer of PostgreSQL');
    } catch (error) {
      if (GONE.includes((error as { code?: string }).code ?? '')) this.#forget();
      if (!fallback) throw error;
      this.#log(`search: answered from the embedded index: ${(error as Error).message}`);
      this.rest();
      return this.#elsewhere(query, options);
    }
  }

  async #elsewhere(query: string, options: SearchOptions): Promise<SearchHit[]> {
    this.#fallback ??= this.#options.fallback!();
    return (await this.#fallback).search(query, options);
  }

  async #reach(): Promise<void> {
    if (!this.#build) await this.build();
    else await this.#pool.query('SELECT 1');
    this.#makeVectors();
  }

  /** Tables that were taken away (a schema dropped, an older copy of the database put back) are made anew. */
  #forget(): void {
    this.#build = null;
    this.#vectors = null;
    this.#vectorsAsked = false;
  }

  /** Leaves PostgreSQL alone until it answers again; asked every so often, one question at a time. */
  rest(): void {
    this.#restsUntil = Number.POSITIVE_INFINITY;
    if (this.#trying || this.#closed) return;
    this.#trying = setTimeout(() => {
      this.#trying = null;
      within(this.#patience, this.#reach(), 'answer of PostgreSQL').then(
        () => {
          this.#restsUntil = 0;
          this.#log('search: PostgreSQL answers again');
        },
        () => this.rest(),
      );
    }, this.#options.restMs ?? REST).unref();
  }

  /** Idf-weighted share of the query's informative terms found in a clause, 0 to 1; 0 for an unknown id. */
  coverage(query: string, id: string): Promise<number> {
    return this.#words.coverage(query, id, this.#build!);
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#trying) clearTimeout(this.#trying);
    await this.vectorsReady.catch(() => {});
    await this.#pool.end();
  }

  async #search(query: string, k: number, groups: readonly string[] | undefined): Promise<SearchHit[]> {
    await this.#look();
    const build = this.#build!;
    if (this.#vectors === null) return (await this.#words.search(query, k, groups, build)).hits.slice(0, k);
    const { hits, coverage } = await this.#words.search(query, Math.max(k, DEPTH), groups, build);
    const sure = hits.length > 0 && coverage >= CONFIDENT;
    if (sure && hits.length >= k) return hits.slice(0, k);
    let near: SearchHit[];
    try {
      const [vector] = await within(1500, embedAll(this.#vectors.embedder, [query.slice(0, 2000)]));
      near = await this.#vectors.near(vector!, Math.max(k, DEPTH), groups);
    } catch (error) {
      this.#log(`answered from words alone: ${(error as Error).message}`);
      return hits.slice(0, k);
    }
    return (sure ? append(hits, near) : fuse(hits, near)).slice(0, k);
  }

  /** Moves to the newest build when this one is about to be cleared away; else stays with it. */
  async #look(): Promise<void> {
    if (Date.now() - this.#looked < (this.#options.look ?? LOOK)) return;
    this.#looked = Date.now();
    const { rows } = await this.#pool.query<Build>(
      `SELECT generation, clauses, averages FROM ${this.#schema}.builds WHERE ready ORDER BY generation DESC LIMIT 2`,
    );
    if (rows.some((r) => r.generation === this.#build!.generation)) return;
    if (rows.length === 0 || rows[0]!.generation < this.#build!.generation)
      throw Object.assign(new Error('the index is not there any more'), { code: GONE[0] });
    this.#build = { ...rows[0]!, written: 0, retired: 0 };
    this.#log(`search: another process renewed the index twice; build ${this.#build.generation} is read now`);
  }

  #log(message: string): void {
    this.#options.log?.(message);
  }
}
