import type { ClientBase } from 'pg';

/** Names a schema can have without being quoted, so that nothing given can reach into the SQL. */
export function checkSchema(name: string): string {
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(name)) throw new Error(`not a schema name: ${JSON.stringify(name)}`);
  return name;
}

/** Raised with every change of what the tables hold; another version's tables are left and not read. */
export const schemaVersion = 1;

/**
 * Tables of the index. A clause's row is never changed: it is born with one build and dies with another, and a reader of
 * build g sees rows with `born <= g < died`. So builds are written beside the readers, batch by batch, and come into
 * sight together when their row in `builds` says `ready`. Rows wider than 2 kB move out of line, so that a scan for
 * candidates reads narrow rows.
 */
export function tables(s: string): string[] {
  return [
    `CREATE SCHEMA IF NOT EXISTS ${s}`,
    `CREATE TABLE IF NOT EXISTS ${s}.builds (
       generation int PRIMARY KEY,
       fingerprint text NOT NULL,
       ready boolean NOT NULL DEFAULT false,
       clauses int NOT NULL DEFAULT 0,
       averages float8[] NOT NULL DEFAULT '{1,1,1,1}',
       made_at timestamptz NOT NULL DEFAULT now())`,
    `CREATE TABLE IF NOT EXISTS ${s}.clauses (
       doc bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
       id text COLLATE "C" NOT NULL,
       born int NOT NULL,
       died int,
       place float8 NOT NULL,
       grp text NOT NULL,
       hash text NOT NULL,
       meaning text NOT NULL,
       lengths int[] NOT NULL,
       fields text[] NOT NULL,
       terms tsvector NOT NULL) WITH (toast_tuple_target = 128, autovacuum_vacuum_insert_scale_factor = 0.1)`,
    `CREATE UNIQUE INDEX IF NOT EXISTS clauses_id ON ${s}.clauses (id, born)`,
    `CREATE INDEX IF NOT EXISTS clauses_grp ON ${s}.clauses (grp)`,
    `CREATE INDEX IF NOT EXISTS clauses_meaning ON ${s}.clauses (meaning)`,
    `CREATE INDEX IF NOT EXISTS clauses_died ON ${s}.clauses (died) WHERE died IS NOT NULL`,
    `CREATE INDEX IF NOT EXISTS clauses_born ON ${s}.clauses (born)`,
    `CREATE TABLE IF NOT EXISTS ${s}.terms (
       term text COLLATE "C" NOT NULL,
       born int NOT NULL,
       df int NOT NULL,
       PRIMARY KEY (term, born))`,
  ];
}

/** On new tables: what every scan for candidates reads stays in the narrow row, only texts and terms move out of it. */
export const storage = (s: string) =>
  `ALTER TABLE ${s}.clauses ${['id', 'grp', 'hash', 'meaning', 'lengths']
    .map((column) => `ALTER ${column} SET STORAGE MAIN`)
    .join(', ')}`;

/** Made after the first clauses are in: loading a filled GIN index takes many times as long. */
export const termIndex = (s: string) =>
  `CREATE INDEX IF NOT EXISTS clauses_terms ON ${s}.clauses USING gin (terms)`;

/** Of the rows `c`, those that a reader of build `g` (an SQL expression) sees. */
export const alive = (g: string, born = 'c.born') => `${born} <= ${g} AND (c.died IS NULL OR c.died > ${g})`;

/** Documents with each term of `$2` in build `$1`. */
export const frequencies = (s: string) => `
  SELECT DISTINCT ON (term) term, df FROM ${s}.terms
  WHERE term = ANY ($2::text[]) AND born <= $1 ORDER BY term, born DESC`;

/** BM25's saturated frequency of one occurrence, at k1 = b = 0.5; `n` is twice the length's norm. */
const once = (n: string) => `1 / (1 + 0.25 * (${n}))`;

/**
 * The `$5` clauses of build `$1` that likely score best for the terms `$2` (tsquery) weighing `$3`, of the groups `$6` when
 * not null: each term as if it stood once in a text of this length (`$7` is the average), or three times where it stands in
 * the title or an everyday phrasing (`$4`). Scores saturate fast, so that this comes near the exact ones, which need the
 * text. One look into the GIN index a term: OFFSET 0 keeps the planner from turning that around, `+ 0` from the index on
 * `born`, which tells nothing here.
 */
export const candidates = (s: string) => `
  SELECT hit.doc FROM unnest($2::text[], $3::float8[], $4::bool[]) AS q(term, weight, heading)
  CROSS JOIN LATERAL (
    SELECT c.doc, c.place, ${once('1 + c.lengths[1] / $7::float8')} AS text, ${once('(1 + c.lengths[1] / $7::float8) / 3')} AS heading FROM ${s}.clauses c
    WHERE c.terms @@ q.term::tsquery AND ${alive('$1::int', '(c.born + 0)')} AND ($6::text[] IS NULL OR c.grp = ANY ($6::text[]))
    OFFSET 0) hit
  GROUP BY hit.doc, hit.place ORDER BY sum(q.weight * CASE WHEN q.heading THEN hit.heading - hit.text ELSE hit.text END) DESC, hit.place
  LIMIT $5`;

/** What scoring needs of the clauses `$1`. */
export const stored = (s: string) =>
  `SELECT doc, id, grp, place, fields FROM ${s}.clauses WHERE doc = ANY ($1::bigint[])`;

/** Runs `work` in a transaction. */
export async function transaction<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {});
    throw error;
  }
}
