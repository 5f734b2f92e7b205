import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../src/folder.js';
import { tempDir } from './engines.js';

test('makes what is missing, and is content with what is there', () => {
  const dir = join(tempDir(), 'a', 'b', 'c');
  for (const _ of [1, 2]) makeFolder(dir);
  expect(existsSync(dir)).toBe(true);
});

test.each(['/proc/wence/data', '/dev/null/data'])(
  'comes to an end where no folder can be made: %s',
  (dir) => {
    expect(() => makeFolder(dir)).toThrow();
  },
);

test('a file in the way is no folder', () => {
  const file = join(tempDir(), 'file');
  writeFileSync(file, '');
  expect(() => makeFolder(file)).toThrow(/ENOTDIR/);
  expect(() => makeFolder(join(file, 'below'))).toThrow(/ENOTDIR/);
});
