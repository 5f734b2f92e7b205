import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'wence-chat-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

test('the terminal answers questions, runs an interview on what was told, and keeps its report', () => {
  const main = pathToFileURL(join(root, 'src/cli/main.ts')).href;
  const said = ['泉州企业，营收1.8亿', '评估一下', '牵头', '泉州', '报告', '退出', '厦门营收要多少', '退出'];
  const run = spawnSync(
    process.execPath,
    [
      '--import',
      pathToFileURL(join(root, 'node_modules/tsx/dist/esm/index.mjs')).href,
      '--input-type=module',
      '--eval',
      `const { main } = await import(${JSON.stringify(main)}); process.exitCode = await main(['chat', '--as-of', '2026-11-21']);`,
    ],
    { cwd: dir, input: `${said.join('\n')}\n`, encoding: 'utf8', env: { ...process.env, DATA_DIR: dir } },
  );
  expect(run.stderr).not.toContain('Error');
  expect(run.status).toBe(0);
  expect(run.stdout).toContain('暂未达到泉州对牵头单位的硬性要求');
  expect(run.stdout).toContain('5亿元以上');
  const [file] = readdirSync(dir).filter((name) => name.endsWith('.pdf'));
  expect(readFileSync(join(dir, file!)).subarray(0, 5).toString()).toBe('%PDF-');
}, 60_000);
