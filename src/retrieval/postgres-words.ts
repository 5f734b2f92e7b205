import type { Pool } from 'pg';
import type { Build } from './postgres-build.js';
import { candidates, frequencies, stored } from './postgres-schema.js';
import { type Asked, CandidateScorer, type ReadClause, type StoredClause } from './postgres-score.js';
import { headingKey, queryTerms, type Spelled, tsquery } from './postgres-terms.js';
import type { SearchHit } from './types.js';

/** Clauses that are scored for a question. No collection below it loses any. */
const CANDIDATES = 400;
/** Rows of the GIN index read for a question, rarest terms first. */
const READ = 10_000;
/** What is kept in the process: clauses read into units, counts of terms; beyond it begins anew. */
const CLAUSES_KEPT = 8_000;
const COUNTS_KEPT = 200_000;
const UNITS_KEPT = 200_000;

/** What searches have read; a search uses one of these from beginning to end, since units are numbered in it. */
class Memory {
  readonly scorer = new CandidateScorer();
  readonly clauses = new Map<string, ReadClause>();
  readonly counts = new Map<string, number>();
  get full(): boolean {
    const { scorer, clauses, counts } = this;
    return scorer.units > UNITS_KEPT || clauses.size > CLAUSES_KEPT || counts.size > COUNTS_KEPT;
  }
}

/** The search by words: candidates from PostgreSQL's text index, scored in this process by the rules of the embedded index. */
export class PostgresWords {
  readonly #pool: Pool;
  readonly #schema: string;
  readonly #candidates: number;
  #memory = new Memory();

  constructor(pool: Pool, schema: string, most = CANDIDATES) {
    this.#pool = pool;
    this.#schema = schema;
    this.#candidates = most;
  }

  /** What was read is not true any more: the tables were made anew. */
  forget(): void {
    this.#memory = new Memory();
  }

  /** The hits by words, and how much of the question the first of them covers. */
  async search(
    query: string,
    k: number,
    groups: readonly string[] | undefined,
    build: Build,
  ): Promise<{ hits: SearchHit[]; coverage: number }> {
    if (this.#memory.full) this.#memory = new Memory();
    const memory = this.#memory;
    const { scorer } = memory;
    const asked = await this.#ask(memory, query, build);
    const searched = scorer.searched(asked, READ);
    if (searched.length === 0) return { hits: [], coverage: 0 };
    const keys = searched.map(({ term }) => scorer.key(asked, term));
    const { rows } = await this.#pool.query<{ doc: string }>({
      name: `candidates ${this.#schema}`,
      text: candidates(this.#schema),
      values: [
        build.generation,
        keys.flatMap((key) => [tsquery(key), tsquery(headingKey(key))]),
        searched.flatMap(({ weight }) => [weight, weight]),
        keys.flatMap(() => [false, true]),
        Math.max(k, this.#candidates),
        groups ?? null,
        build.averages[0],
      ],
    });
    const docs = rows.map((r) => r.doc);
    const found = scorer.first(asked, await this.#read(memory, docs), k);
    const titles = new Set(found.flatMap(([clause]) => clause.titleKeys));
    await this.#count(memory, titles, build.generation);
    const hits = scorer.second(asked, found);
    const first = found.find(([clause]) => clause.id === hits[0]?.id);
    return { hits, coverage: first ? scorer.coverage(asked, first[0]) : 0 };
  }

  async #ask(memory: Memory, query: string, build: Build): Promise<Asked> {
    const terms: Map<string, Spelled> = queryTerms(query);
    await this.#count(memory, terms.keys(), build.generation);
    const df = (key: string) => memory.counts.get(`${build.generation} ${key}`) ?? 0;
    return memory.scorer.ask(query, terms, { size: build.clauses, averages: build.averages, df });
  }

  /** Reads how many clauses have each term, where that is not known. */
  async #count({ counts }: Memory, keys: Iterable<string>, generation: number): Promise<void> {
    const missing = [...keys].filter((key) => !counts.has(`${generation} ${key}`));
    if (missing.length === 0) return;
    const { rows } = await this.#pool.query<{ term: string; df: number }>(frequencies(this.#schema), [
      generation,
      missing,
    ]);
    for (const key of missing) counts.set(`${generation} ${key}`, 0);
    for (const { term, df } of rows) counts.set(`${generation} ${term}`, df);
  }

  /** Clauses by row, from the process's memory or PostgreSQL. A row never changes, so what was read stays true. */
  async #read({ clauses, scorer }: Memory, docs: readonly string[]): Promise<ReadClause[]> {
    const missing = docs.filter((doc) => !clauses.has(doc));
    if (missing.length > 0) {
      const { rows } = await this.#pool.query<StoredClause & { doc: string; grp: string }>(
        stored(this.#schema),
        [missing],
      );
      for (const row of rows) clauses.set(row.doc, scorer.read({ ...row, group: row.grp }));
    }
    return docs.flatMap((doc) => clauses.get(doc) ?? []);
  }

  /** Idf-weighted share of the query's informative terms found in a clause, 0 to 1; 0 for an unknown id. */
  async coverage(query: string, id: string, build: Build): Promise<number> {
    const { rows } = await this.#pool.query<{ doc: string }>(
      `SELECT doc FROM ${this.#schema}.clauses WHERE id = $1 AND born <= $2 AND (died IS NULL OR died > $2)`,
      [id, build.generation],
    );
    const memory = this.#memory;
    const asked = await this.#ask(memory, query, build);
    const [clause] = await this.#read(
      memory,
      rows.map((r) => r.doc),
    );
    return clause ? memory.scorer.coverage(asked, clause) : 0;
  }
}
