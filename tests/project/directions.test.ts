import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const made: string[] = [];
afterAll(() => {
  for (const dir of made) rmSync(dir, { recursive: true, force: true });
});

/** What the project's linter says of these files, in a folder of their own. */
function lint(files: Record<string, string>): { ok: boolean; said: string } {
  const dir = mkdtempSync(join(tmpdir(), 'wence-lint-'));
  made.push(dir);
  cpSync(join(root, 'biome.json'), join(dir, 'biome.json'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(dir, dirname(path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  const run = spawnSync(join(root, 'node_modules/.bin/biome'), ['lint', '--vcs-enabled=false', 'src'], {
    cwd: dir,
    encoding: 'utf8',
  });
  return { ok: run.status === 0, said: run.stdout + run.stderr };
}

const importing = (path: string) => `import { x } from '${path}';\n\nexport const y = x;\n`;
const room = { 'src/quantity/index.ts': 'export const x = 1;\n' };

describe('import directions', () => {
  it.each([
    ['src/rules/a.ts', '../assistant/desk.js', 'a verdict must be the same with no model in the world'],
    ['src/rules/a.ts', '../model/chat.js', 'a verdict must be the same with no model in the world'],
    ['src/quantity/a.ts', '../knowledge/index.js', 'ground floor'],
    ['src/knowledge/a.ts', '../rules/index.js', 'knowledge stands on quantity alone'],
    ['src/channels/telegram/a.ts', '../../rules/index.js', 'a channel renders'],
    ['src/channels/a.ts', '../retrieval/index.js', 'a channel renders'],
    ['src/assistant/compose/a.ts', '../../channels/render.js', 'knows no channel'],
    ['src/assistant/a.ts', '../app.js', 'knows no channel'],
  ])('refuses %s reaching %s', (file, target, reason) => {
    const result = lint({ ...room, [file]: importing(target) });
    expect(result.ok).toBe(false);
    expect(result.said.replace(/\s+/g, ' ')).toContain(reason);
  });

  it.each([
    ['src/rules/a.ts', '../quantity/index.js'],
    ['src/channels/web/a.ts', '../../assistant/types.js'],
    ['src/cli/a.ts', '../channels/web/server.js'],
    ['src/app.ts', './assistant/desk.js'],
  ])('lets %s reach %s', (file, target) => {
    const result = lint({ ...room, [file]: importing(target) });
    expect(result.said).not.toContain('noRestrictedImports');
    expect(result.ok).toBe(true);
  });

  it('refuses a circle', () => {
    const result = lint({
      'src/quantity/a.ts': "import { b } from './b.js';\n\nexport const a = () => b();\n",
      'src/quantity/b.ts': "import { a } from './a.js';\n\nexport const b = (): unknown => a();\n",
    });
    expect(result.ok).toBe(false);
    expect(result.said).toContain('noImportCycles');
  });
});
