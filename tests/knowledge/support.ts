import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import { loadLibrary, type Policy } from '../../src/knowledge/index.js';

/** The project's own packs. */
export const KNOWLEDGE = fileURLToPath(new URL('../../knowledge/', import.meta.url));
export const library = loadLibrary(KNOWLEDGE);

export function policy(id: string): Policy {
  const found = library.policy(id);
  if (!found) throw new Error(`no pack ${id}`);
  return found;
}

const made: string[] = [];
afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** A copy of the packs in which one file is changed; gone after the tests. @returns its folder. */
export function packsWith(file: string, change: (text: string) => string | Uint8Array): string {
  const dir = mkdtempSync(join(tmpdir(), 'wence-packs-'));
  made.push(dir);
  cpSync(KNOWLEDGE, dir, { recursive: true });
  writeFileSync(join(dir, file), change(readFileSync(join(dir, file), 'utf8')));
  return dir;
}

/** What a call says when it refuses; fails when it does not. */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was taken');
}
