import { createHash } from 'node:crypto';
import { type Kysely, sql, type Transaction } from 'kysely';
import { InputError } from '../errors.js';
import { type Base, pieces } from './base.js';
import { LOG_TABLE } from './migrate.js';
import { migrations, TABLES, type Tables } from './schema.js';

const FORMAT = 'wence-backup';
const FORMAT_VERSION = 1;
const PAGE = 500;

type Row = Record<string, string | number | null>;
type Any = Record<string, Row>;

/** First line of a backup: which steps its tables had. */
interface Head {
  format: typeof FORMAT;
  version: number;
  steps: string[];
  at: string;
}

/** Last line: what must have come before it. */
interface Foot {
  end: true;
  rows: Record<string, number>;
  sha256: string;
}

/** What each table is paged by; small ones are taken whole. */
const PAGED_BY: Partial<Record<keyof Tables, string>> = {
  chats: 'key',
  updates: 'seq',
  answers: 'seq',
  outbox: 'seq',
  feedback: 'seq',
  reviews: 'feedback_id',
  inbox: 'seq',
  aside: 'seq',
};

/**
 * Everything in the store as JSON lines, as it was at one moment, while others go on writing: a head, a line `[table, row]` each,
 * a foot with counts and a digest. The same from both engines.
 * @returns rows by table
 */
export function exportStore(
  base: Base,
  write: (line: string) => Promise<void>,
): Promise<Record<string, number>> {
  return base.snapshot(async (trx) => {
    const digest = createHash('sha256');
    const put = (value: unknown) => {
      const line = `${JSON.stringify(value)}\n`;
      digest.update(line);
      return write(line);
    };
    const steps = Object.keys(migrations(base.opened.engine));
    await put({ format: FORMAT, version: FORMAT_VERSION, steps, at: base.at() } satisfies Head);
    const rows: Record<string, number> = {};
    for (const table of TABLES) {
      rows[table] = 0;
      for await (const row of rowsOf(trx as unknown as Kysely<Any>, table)) {
        rows[table] += 1;
        await put([table, row]);
      }
    }
    await write(`${JSON.stringify({ end: true, rows, sha256: digest.digest('hex') } satisfies Foot)}\n`);
    return rows;
  });
}

async function* rowsOf(trx: Kysely<Any>, table: keyof Tables): AsyncGenerator<Row> {
  const by = PAGED_BY[table];
  if (by === undefined) {
    yield* await trx.selectFrom(table).selectAll().execute();
    return;
  }
  for (let last: string | number | null = null; ; ) {
    let query = trx.selectFrom(table).selectAll().orderBy(by).limit(PAGE);
    if (last !== null) query = query.where(by, '>', last);
    const page = await query.execute();
    yield* page;
    if (page.length < PAGE) return;
    last = page.at(-1)![by]!;
  }
}

/**
 * Replaces everything in the store by a backup, of this version or an earlier one; all or nothing.
 * @param lines of a backup, in order
 * @param force replace what a store that is not empty holds
 * @returns rows by table
 * @throws InputError for what is no backup, a broken one, one of a later version, a store that is not empty, or one that is served
 */
export function importStore(
  base: Base,
  lines: AsyncIterable<string>,
  force = false,
): Promise<Record<string, number>> {
  return base.once(async (trx) => {
    if (base.opened.engine === 'postgres') await refuseWhileServed(trx);
    if (!force) await refuseUnlessEmpty(trx);
    const bare = trx as unknown as Kysely<Any>;
    const digest = createHash('sha256');
    const known = migrations(base.opened.engine);
    const rows: Record<string, number> = Object.fromEntries(TABLES.map((table) => [table, 0]));
    let head: Head | null = null;
    let foot: Foot | null = null;
    let waiting: { table: string; rows: Row[] } = { table: '', rows: [] };
    const flush = async () => {
      for (const some of pieces(waiting.rows, 100))
        await bare.insertInto(waiting.table).values(some).execute();
      waiting = { table: '', rows: [] };
    };
    for await (const line of lines) {
      if (line === '') continue;
      if (foot) throw broken('最后一行之后还有内容');
      const value = parse(line);
      if (!head) {
        head = headOf(value, Object.keys(known));
        await remake(bare, base, head.steps);
      } else if (isFoot(value)) {
        foot = value;
        continue;
      } else {
        const { table, row } = rowOf(value, rows);
        if (table !== waiting.table || waiting.rows.length >= PAGE) await flush();
        waiting.table = table;
        waiting.rows.push(row);
        rows[table]! += 1;
      }
      digest.update(`${line}\n`);
    }
    if (!head || !foot) throw broken('没有结尾，备份不完整');
    await flush();
    if (foot.sha256 !== digest.digest('hex')) throw broken('内容与校验值不符');
    for (const step of Object.keys(known).filter((name) => !head.steps.includes(name))) {
      await known[step]!.up(bare as unknown as Kysely<unknown>);
      await note(bare, step);
    }
    if (base.opened.engine === 'postgres') await continueNumbers(trx);
    return rows;
  });
}

/** Takes the tables away and makes them anew as the given steps leave them. */
async function remake(db: Kysely<Any>, base: Base, steps: readonly string[]): Promise<void> {
  for (const table of [...TABLES].reverse()) await db.schema.dropTable(table).ifExists().execute();
  await db.deleteFrom(LOG_TABLE).execute();
  const known = migrations(base.opened.engine);
  for (const step of steps) {
    await known[step]!.up(db as unknown as Kysely<unknown>);
    await note(db, step);
  }
}

async function note(db: Kysely<Any>, name: string): Promise<void> {
  await db.insertInto(LOG_TABLE).values({ name, timestamp: new Date().toISOString() }).execute();
}

/** PostgreSQL numbers new rows by a sequence that knows nothing of the rows put in with their numbers. */
async function continueNumbers(trx: Transaction<Tables>): Promise<void> {
  for (const table of TABLES) {
    if (PAGED_BY[table] !== 'seq') continue;
    await sql`select setval(pg_get_serial_sequence(${table}, 'seq'),
      (select coalesce(max(seq), 0) + 1 from ${sql.table(table)}), false)`.execute(trx);
  }
}

/** SQLite's lock keeps a server and a restore apart; here the sessions that only a server has tell of one. */
async function refuseWhileServed(trx: Transaction<Tables>): Promise<void> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from pg_stat_activity
    where datname = current_database() and application_name in ('wence jobs', 'wence holds')`.execute(trx);
  if (rows[0]!.n > 0)
    throw new InputError(
      '还有 wence serve 在使用这个数据库，没有恢复',
      '先停掉所有使用它的 wence serve，再恢复',
    );
}

async function refuseUnlessEmpty(trx: Transaction<Tables>): Promise<void> {
  for (const table of TABLES) {
    if (table === 'meta') continue;
    const found = await (trx as unknown as Kysely<Any>)
      .selectFrom(table)
      .select(sql<number>`1`.as('one'))
      .limit(1)
      .executeTakeFirst();
    if (found)
      throw new InputError(
        '目标里已经有数据，没有恢复',
        '空的 DATA_DIR 或数据库；要用备份替换现有的全部数据，请加 --force',
      );
  }
}

const broken = (why: string) =>
  new InputError(`备份文件不能用：${why}；现有数据没有改动`, '由 wence backup 写成的完整文件');

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw broken('有一行不是 JSON');
  }
}

function headOf(value: unknown, known: readonly string[]): Head {
  const head = value as Partial<Head> | null;
  if (head?.format !== FORMAT || !Array.isArray(head.steps)) throw broken('第一行不是备份的开头');
  if ((head.version ?? 0) > FORMAT_VERSION || head.steps.some((step) => !known.includes(step)))
    throw new InputError('备份由更新版本的程序写成；现有数据没有改动', '同一版本或更早版本写成的备份');
  return head as Head;
}

const isFoot = (value: unknown): value is Foot =>
  typeof value === 'object' && value !== null && (value as Partial<Foot>).end === true;

function rowOf(value: unknown, tables: Record<string, number>): { table: string; row: Row } {
  const [table, row] = Array.isArray(value) ? value : [];
  const plain =
    typeof row === 'object' &&
    row !== null &&
    Object.values(row).every((v) => v === null || typeof v === 'string' || Number.isSafeInteger(v));
  if (typeof table !== 'string' || !Object.hasOwn(tables, table) || !plain) throw broken('有一行不是数据行');
  return { table, row: row as Row };
}
