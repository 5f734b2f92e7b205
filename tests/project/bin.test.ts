import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'wence-bin-'));
  mkdirSync(join(dir, 'bin'));
  writeFileSync(join(dir, 'package.json'), '{"type":"module"}');
  cpSync(fileURLToPath(new URL('../../bin/wence.js', import.meta.url)), join(dir, 'bin/wence.js'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const run = (...args: string[]) =>
  spawnSync(process.execPath, ['bin/wence.js', ...args], { cwd: dir, encoding: 'utf8' });

describe('the command', () => {
  it('says what to do when it is not built', () => {
    const { status, stderr } = run('ask', 'x');
    expect(status).toBe(1);
    expect(stderr).toMatch(/not built.*npm ci/);
  });

  it('passes its arguments on and exits with the code of the command', () => {
    mkdirSync(join(dir, 'dist/cli'), { recursive: true });
    writeFileSync(
      join(dir, 'dist/cli/main.js'),
      'export const main = async (args) => { console.log(args.join("|")); return 2; };',
    );
    const { status, stdout } = run('ask', '泉州 营收');
    expect(status).toBe(2);
    expect(stdout).toBe('ask|泉州 营收\n');
  });
});
