import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readYaml } from '../../src/knowledge/index.js';
import { KNOWLEDGE, refusal } from './support.js';

const dir = mkdtempSync(join(tmpdir(), 'wence-yaml-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function file(text: string): string {
  const path = join(dir, 'a.yaml');
  writeFileSync(path, text);
  return path;
}

describe('data files', () => {
  const files = (readdirSync(KNOWLEDGE, { recursive: true }) as string[]).filter((f) => f.endsWith('.yaml'));

  test.each(files)('%s reads the same as with the careful reader', (name) => {
    const path = join(KNOWLEDGE, name);
    expect(readYaml(path).value).toEqual(parse(readFileSync(path, 'utf8')));
  });

  test('a day stays the words it was written in, and so does 是', () => {
    expect(readYaml(file('issued: 2025-03-06\nlead: 是\nyes: no\n')).value).toEqual({
      issued: '2025-03-06',
      lead: '是',
      yes: 'no',
    });
  });

  test.each([
    ['a: [1, 2', 1],
    ['a: 1\nb: "x\nc: 2\n', 2],
    ['- id: a\n  quote: 一\n quote: 二\n', 3],
    ['a: 1\na: 2\n', 2],
    ['a: 1\n\tb: 2\n', 2],
  ])('a broken file names its line: %j', (text, line) => {
    const [, at, message] = /a\.yaml:(\d+): (.+)$/s.exec(refusal(() => readYaml(file(text))))!;
    expect(Number(at)).toBeGreaterThanOrEqual(line);
    expect(Number(at)).toBeLessThanOrEqual(line + 2);
    expect(message).toMatch(/\w{3}/);
    expect(message).not.toContain('\n');
  });

  test('a missing file is named', () => {
    expect(refusal(() => readYaml(join(dir, 'none.yaml')))).toMatch(/none\.yaml: 读不了（ENOENT）/);
  });

  test('the line of a value is that of its key, or of the nearest thing around it', () => {
    const { lineOf } = readYaml(file('# kopf\n- id: a\n  quote: 一\n- id: b\n  steps:\n    - title: x\n'));
    expect([
      lineOf([0]),
      lineOf([1, 'id']),
      lineOf([1, 'steps', 0]),
      lineOf([1, 'steps', 0, 'none']),
      lineOf([9]),
    ]).toEqual([2, 4, 6, 6, 1]);
  });
});
