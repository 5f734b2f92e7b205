import { CompiledQuery, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Opened } from './engine.js';
import { type StoreFault, storeError } from './errors.js';

/** For a connection, a new one or one of the pool: on a busy machine the pool's may take a while to come back. */
const CONNECT_MS = 10_000;
const INT8 = 20;

/**
 * Prepares connections to PostgreSQL; none is made yet.
 * @param url `postgres://…`; only host, port, database and user of it are ever shown
 * @throws StoreError for an address that cannot be read
 */
export function openPostgres(options: {
  url: string;
  readOnly?: boolean;
  busyMs: number;
  connections: number;
  patienceMs: number;
  log: (message: string) => void;
}): Opened {
  const { where, password } = parts(options.url);
  const reader = { where, kindOf, secrets: [options.url, password, encodeURIComponent(password)] };
  try {
    const pool = new pg.Pool({
      connectionString: options.url,
      max: options.connections,
      connectionTimeoutMillis: CONNECT_MS,
      idleTimeoutMillis: 30_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
      query_timeout: options.patienceMs,
      application_name: 'wence',
      types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
    });
    // A connection that breaks between two queries, in the pool or in somebody's hand: the next query says so to its caller,
    // and the pool makes another. Unheard, it would end the process.
    const broken = (error: Error) => options.log(`store: ${storeError(error, reader).message}`);
    pool.on('error', broken);
    pool.on('connect', (client) => {
      client.on('error', broken);
      hangUpAfterSilence(client);
    });
    const settings = `select
      set_config('synchronous_commit', case current_setting('synchronous_commit') when 'off' then 'on'
        else current_setting('synchronous_commit') end, false),
      set_config('lock_timeout', '${Math.round(options.busyMs)}ms', false),
      set_config('idle_in_transaction_session_timeout', '60s', false),
      set_config('default_transaction_read_only', '${options.readOnly ? 'on' : 'off'}', false)`;
    return {
      ...reader,
      engine: 'postgres',
      dialect: new PostgresDialect({
        pool,
        onCreateConnection: async (connection) => {
          await connection.executeQuery(CompiledQuery.raw(settings));
        },
      }),
      passing: (error) => ['40001', '40P01'].includes((error as { code?: string }).code ?? ''),
      present: () => {},
      scrub: () => {},
      release: () => {},
    };
  } catch (error) {
    throw storeError(error, reader);
  }
}

/** A connection on which no answer came in time is of no more use: the next query would get this one's answer. */
export function hangUp(client: pg.ClientBase, error: unknown): void {
  if (!/Query read timeout/.test((error as Error).message)) return;
  (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
}

function hangUpAfterSilence(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  client.query = ((...args: unknown[]) => {
    const result = query(...args);
    if (result instanceof Promise) result.catch((error: unknown) => hangUp(client, error));
    return result;
  }) as typeof client.query;
}

/** Whole numbers of 8 bytes as numbers: counts here stay far below 2^53. For these connections only. */
function parserOf(oid: number, format?: 'text' | 'binary') {
  return oid === INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');
}

function parts(url: string): { where: string; password: string } {
  try {
    const { username, password, host, pathname } = new URL(url);
    return {
      where: `postgres://${username ? `${username}@` : ''}${host}${pathname}`,
      password: decodeURIComponent(password),
    };
  } catch {
    return { where: 'DATABASE_URL', password: '' };
  }
}

function kindOf({ code, message }: { code?: unknown; message: string }): StoreFault | null {
  const text = String(code);
  if (text === '53100' || text === '53400') return 'full';
  if (['40001', '40P01', '55P03', '57014', '53300'].includes(text)) return 'busy';
  if (text === '25006') return 'readonly';
  if (/^XX00[12]$/.test(text)) return 'damaged';
  // Class 08: connection; 28: sign-in; 3D: no such database; 57P: shut down or starting; 42501: no right.
  if (/^(08|28|3D|57P|42501|25P03)/.test(text) || /^E[A-Z_]+$/.test(text)) return 'unreachable';
  return /terminated|timeout|ended|not queryable|SASL|connection error/i.test(message) ? 'unreachable' : null;
}
