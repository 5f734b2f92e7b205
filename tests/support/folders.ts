import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A new folder for the tests of a file, taken away behind the last of them. Call it at the top, in a hook or in a test. */
export function tempFolder(name: string): string {
  const dir = mkdtempSync(join(tmpdir(), `wence-${name}-`));
  made.push(dir);
  return dir;
}

const made: string[] = [];
afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true, maxRetries: 3 });
});
