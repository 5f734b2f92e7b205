import { createHash } from 'node:crypto';
import type { PoolClient } from 'pg';
import { alive, schemaVersion, storage, tables, termIndex, transaction } from './postgres-schema.js';
import { fieldsOf, headingKey, termsOf } from './postgres-terms.js';
import type { Progress } from './progress.js';
import { fingerprint } from './store.js';
import type { IndexDoc } from './types.js';
import { meaningOf } from './vectors.js';

/** Clauses written in one transaction. */
const BATCH = 500;

export interface BuildOptions {
  schema: string;
  docs: readonly IndexDoc[];
  onProgress?: Progress;
}
/** A build that readers can use: rows with `born <= generation < died`. */
export interface Build {
  generation: number;
  clauses: number;
  averages: number[];
  /** Clauses written and retired by this call; 0 and 0 when the index stood already. */
  written: number;
  retired: number;
}

/** What of a clause the index depends on. */
function contentHash(doc: IndexDoc): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        schemaVersion,
        doc.text,
        doc.title,
        doc.context ?? '',
        doc.asks ?? [],
        doc.group ?? '',
      ]),
    )
    .digest('hex');
}

/**
 * Brings the tables to hold `docs` as a build of their own and returns it. Only clauses that are new or changed are
 * written. Readers of the build before are not disturbed; a build that was cut off is taken up where its last batch ended.
 * `client` must be a session of its own (it takes an advisory lock, so that builders wait for each other).
 */
export async function buildIndex(client: PoolClient, options: BuildOptions): Promise<Build> {
  const { schema: s } = options;
  await client.query(`SELECT pg_advisory_lock(hashtext($1))`, [`${s}.builds`]);
  try {
    const { rows } = await client.query<{ new: boolean }>(`SELECT to_regclass($1) IS NULL AS new`, [
      `${s}.clauses`,
    ]);
    for (const statement of tables(s)) await client.query(statement);
    if (rows[0]!.new) await client.query(storage(s));
    return await build(client, options);
  } finally {
    await client.query(`SELECT pg_advisory_unlock(hashtext($1))`, [`${s}.builds`]).catch(() => {});
  }
}

async function build(client: PoolClient, { schema: s, docs, onProgress }: BuildOptions): Promise<Build> {
  const print = fingerprint(docs);
  const { rows } = await client.query<BuildRow>(
    `SELECT generation, fingerprint, ready, clauses, averages FROM ${s}.builds ORDER BY generation DESC`,
  );
  const current = rows.find((r) => r.ready);
  if (current?.fingerprint === print) return { ...view(current), written: 0, retired: 0 };
  const generation = (current?.generation ?? 0) + 1;
  await transaction(client, async () => {
    await client.query(
      `INSERT INTO ${s}.builds (generation, fingerprint) VALUES ($1, $2)
       ON CONFLICT (generation) DO UPDATE SET fingerprint = $2`,
      [generation, print],
    );
    // Readers of the build before the current one may still be there; those of older ones have had their time.
    await client.query(`DELETE FROM ${s}.clauses WHERE died < $1`, [generation - 1]);
    await client.query(`DELETE FROM ${s}.builds WHERE generation < $1`, [generation - 2]);
  });
  const done = await write(client, s, docs, generation, onProgress);
  onProgress?.('terms', 0, docs.length);
  await client.query(termIndex(s));
  onProgress?.('terms', Math.ceil(docs.length / 2), docs.length);
  const row = await finish(client, s, generation);
  onProgress?.('terms', docs.length, docs.length);
  await client.query(`ANALYZE ${s}.clauses`);
  await client.query(`ANALYZE ${s}.terms`);
  return { ...view(row), ...done };
}

interface BuildRow {
  generation: number;
  fingerprint: string;
  ready: boolean;
  clauses: number;
  averages: number[];
}
const view = (r: BuildRow) => ({ generation: r.generation, clauses: r.clauses, averages: r.averages });

interface Held {
  doc: string;
  id: string;
  hash: string;
  place: number;
  born: number;
  died: number | null;
}

/** Writes what differs between the tables as the build so far leaves them and the documents. */
async function write(
  client: PoolClient,
  s: string,
  docs: readonly IndexDoc[],
  generation: number,
  onProgress?: Progress,
): Promise<{ written: number; retired: number }> {
  const seen = new Set<string>();
  const wanted = docs.filter((d) => !seen.has(d.id) && seen.add(d.id));
  const { rows } = await client.query<Held>(
    `SELECT doc, id, hash, place, born, died FROM ${s}.clauses WHERE died IS NULL OR died = $1`,
    [generation],
  );
  const held = new Map<string, Held[]>();
  for (const row of rows) {
    const list = held.get(row.id);
    if (list) list.push(row);
    else held.set(row.id, [row]);
  }
  // A clause that stands keeps its row, unless it moved among the others: its place is its rank among equals.
  const kept: (Held | null)[] = [];
  const keptDocs = new Set<string>();
  let last = -1;
  for (const doc of wanted) {
    const hash = contentHash(doc);
    const row = held.get(doc.id)?.find((r) => r.hash === hash && r.place > last) ?? null;
    kept.push(row);
    if (row) {
      last = row.place;
      keptDocs.add(row.doc);
    }
  }
  const again = rows.filter((r) => keptDocs.has(r.doc) && r.died !== null).map((r) => r.doc);
  const away = rows.filter((r) => !keptDocs.has(r.doc));
  // Rows that only this unfinished build knows go at once; rows that readers see die with it.
  const gone = away.filter((r) => r.born === generation).map((r) => r.doc);
  const dying = away.filter((r) => r.born < generation && r.died === null).map((r) => r.doc);
  await transaction(client, async () => {
    if (again.length > 0)
      await client.query(`UPDATE ${s}.clauses SET died = NULL WHERE doc = ANY ($1::bigint[])`, [again]);
    if (gone.length > 0)
      await client.query(`DELETE FROM ${s}.clauses WHERE doc = ANY ($1::bigint[])`, [gone]);
    if (dying.length > 0) {
      await client.query(`UPDATE ${s}.clauses SET died = $2 WHERE doc = ANY ($1::bigint[])`, [
        dying,
        generation,
      ]);
    }
  });
  const places = placesOf(kept.map((row) => row?.place ?? null));
  const fresh = wanted.flatMap((doc, i) => (kept[i] ? [] : [{ doc, place: places[i]! }]));
  onProgress?.('clauses', 0, fresh.length);
  for (let from = 0; from < fresh.length; from += BATCH) {
    await insert(client, s, generation, fresh.slice(from, from + BATCH));
    onProgress?.('clauses', Math.min(fresh.length, from + BATCH), fresh.length);
  }
  return { written: fresh.length, retired: dying.length };
}

/** Places for the clauses without one, evenly between their neighbours'. */
export function placesOf(places: readonly (number | null)[]): number[] {
  const out: number[] = [];
  for (let i = 0; i < places.length; i++) {
    const own = places[i];
    if (own !== null && own !== undefined) {
      out.push(own);
      continue;
    }
    let end = i;
    while (end < places.length && places[end] === null) end++;
    const before = out.at(-1) ?? -1;
    const step = end === places.length ? 1 : (places[end]! - before) / (end - i + 1);
    for (let n = 1; i + n <= end; n++) out.push(before + n * step);
    i = end - 1;
  }
  return out;
}

async function insert(
  client: PoolClient,
  s: string,
  generation: number,
  batch: readonly { doc: IndexDoc; place: number }[],
): Promise<void> {
  const rows = batch.map(({ doc, place }) => {
    const fields = fieldsOf(doc);
    const { terms, lengths } = termsOf(fields);
    const headings = termsOf([fields[1], fields[3]]).terms;
    return {
      id: doc.id,
      place,
      grp: doc.group ?? '',
      hash: contentHash(doc),
      meaning: meaningOf(doc),
      lengths: `{${lengths.join(',')}}`,
      fields,
      terms: [...terms.keys(), ...[...headings.keys()].map(headingKey)].join('\n'),
    };
  });
  const column = <K extends keyof (typeof rows)[number]>(key: K) => rows.map((r) => r[key]);
  const field = (f: number) => rows.map((r) => r.fields[f]!);
  await client.query(
    `INSERT INTO ${s}.clauses (born, id, place, grp, hash, meaning, lengths, fields, terms)
     SELECT $1, id, place, grp, hash, meaning, lengths::int[], ARRAY[f0, f1, f2, f3],
       CASE WHEN terms = '' THEN ''::tsvector ELSE array_to_tsvector(string_to_array(terms, E'\\n')) END
     FROM unnest($2::text[], $3::float8[], $4::text[], $5::text[], $6::text[], $7::text[],
       $8::text[], $9::text[], $10::text[], $11::text[], $12::text[])
       AS r(id, place, grp, hash, meaning, lengths, f0, f1, f2, f3, terms)`,
    [
      generation,
      column('id'),
      column('place'),
      column('grp'),
      column('hash'),
      column('meaning'),
      column('lengths'),
      field(0),
      field(1),
      field(2),
      field(3),
      column('terms'),
    ],
  );
}

/** Counts terms and lengths and lets the build be seen, in one transaction. Only terms of changed clauses are counted. */
async function finish(client: PoolClient, s: string, generation: number): Promise<BuildRow> {
  const counted = (which: string) =>
    `ts_stat('SELECT terms FROM ${s}.clauses c WHERE ${which} = ${generation}')`;
  return transaction(client, async () => {
    await client.query(`DELETE FROM ${s}.terms WHERE born = $1`, [generation]);
    await client.query(
      `INSERT INTO ${s}.terms (term, born, df)
       SELECT change.term, $1, coalesce(old.df, 0) + change.delta
       FROM (SELECT word AS term, sum(n)::int AS delta
             FROM (SELECT word, ndoc AS n FROM ${counted('born')}
                   UNION ALL SELECT word, -ndoc FROM ${counted('died')}) AS both_ways
             WHERE word NOT LIKE '+%' GROUP BY word) AS change
       LEFT JOIN LATERAL (SELECT df FROM ${s}.terms t WHERE t.term = change.term COLLATE "C" AND t.born < $1
                          ORDER BY t.born DESC LIMIT 1) AS old ON true
       WHERE change.delta <> 0`,
      [generation],
    );
    // Of the counts before the oldest build that may have readers, only the newest of each term stays.
    await client.query(
      `DELETE FROM ${s}.terms t WHERE born < $1 AND EXISTS
         (SELECT 1 FROM ${s}.terms n WHERE n.term = t.term AND n.born > t.born AND n.born <= $1 - 2)`,
      [generation],
    );
    const lengths = [1, 2, 3, 4].map(
      (f) => `coalesce(sum(lengths[${f}])::float8 / nullif(count(*) FILTER (WHERE lengths[${f}] > 0), 0), 1)`,
    );
    const { rows } = await client.query<BuildRow>(
      `UPDATE ${s}.builds b SET ready = true, clauses = of.n, averages = of.averages, made_at = now()
       FROM (SELECT count(*)::int AS n, ARRAY[${lengths.join(', ')}] AS averages
             FROM ${s}.clauses c WHERE ${alive(String(generation))}) AS of
       WHERE b.generation = $1
       RETURNING b.generation, b.fingerprint, b.ready, b.clauses, b.averages`,
      [generation],
    );
    return rows[0]!;
  });
}
