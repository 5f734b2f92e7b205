import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import { openStore, type Store, type StoreOptions } from '../../src/store/index.js';
import { freshDatabase } from '../support/postgres.js';

/** A place for a store: an empty folder, or an empty database. */
export interface Place {
  options: Pick<StoreOptions, 'dataDir' | 'databaseUrl'>;
  /** Opens it; closed when the test ends. */
  open(more?: Partial<StoreOptions>): Promise<Store>;
}

export type EngineName = 'sqlite' | 'postgres';

/** An empty folder, deleted when the test ends. */
export function tempDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'wence-store-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export async function place(engine: EngineName): Promise<Place> {
  const dataDir = tempDir();
  let databaseUrl: string | undefined;
  if (engine === 'postgres') {
    const database = await freshDatabase();
    onTestFinished(database.drop);
    databaseUrl = database.url;
  }
  const options = { dataDir, databaseUrl };
  return {
    options,
    open: async (more) => {
      const store = await openStore({ ...options, ...more });
      onTestFinished(() => store.close());
      return store;
    },
  };
}

/** The same suite on both engines. */
export function onBoth(name: string, suite: (fresh: () => Promise<Place>, engine: EngineName) => void): void {
  for (const engine of ['sqlite', 'postgres'] as const)
    describe(`${name} (${engine})`, () => suite(() => place(engine), engine));
}

/** A clock that stands still until it is set. */
export function clock(start = '2026-11-21T08:00:00.000Z') {
  let at = new Date(start);
  return {
    now: () => at,
    set: (to: string) => {
      at = new Date(to);
    },
    ahead: (days: number) => {
      at = new Date(at.getTime() + days * 86_400_000);
    },
  };
}

/** A small answer of any content. */
export const answer = (id: string, more: object = {}) => ({
  id,
  channel: 'web',
  question: '泉州牵头要多少营收',
  asOf: '2026-11-21',
  answered: true,
  request: { question: '泉州牵头要多少营收' },
  answer: { text: '2亿元以上', citations: [] },
  trace: { step: 'conditions' },
  ...more,
});
