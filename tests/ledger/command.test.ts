import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.js';
import { ledger } from '../../src/cli/ledger.js';

const dataDir = mkdtempSync(join(tmpdir(), 'wence-ledger-cli-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
const app = createApp({ dataDir });

/** What the command prints. */
function run(options: Record<string, string | boolean>): string {
  let out = '';
  let said = '';
  ledger(app, {
    positional: [],
    options,
    out: (text) => {
      out += text;
    },
    log: (text) => {
      said += text;
    },
  });
  expect(said).toBe('');
  return out;
}

describe('wence ledger', () => {
  it('prints JSON with the fields of the contract', () => {
    const rows = JSON.parse(run({ json: true })) as Record<string, unknown>[];
    expect(rows.length).toBeGreaterThan(400);
    for (const r of rows) {
      expect(Object.keys(r)).toEqual(
        expect.arrayContaining([
          'policy',
          'clause',
          'start',
          'end',
          'text',
          'unit',
          'value',
          'account',
          'by',
        ]),
      );
      expect(['criterion', 'calculation', 'lookup', 'structural']).toContain(r.account);
    }
    expect(rows).toContainEqual(
      expect.objectContaining({ policy: 'quanzhou-2026', text: '2亿元', unit: 'CNY', value: '200000000' }),
    );
  });

  it('prints a table a document, in clause order, that adds up', () => {
    const text = run({});
    const tables = text.split('《').slice(1);
    expect(tables).toHaveLength(app.world.library.policies.length);
    expect(text).toMatch(/三（一） +2亿元 +200000000 元 +条件 +lead-revenue/);
    expect(text.indexOf('三（一）  ')).toBeLessThan(text.indexOf('七（四）  '));
    for (const table of tables) {
      const [, all, ...parts] = /共 (\d+) 处：条件 (\d+)，计算 (\d+)，查询 (\d+)，结构 (\d+)/
        .exec(table)!
        .map(Number);
      expect(parts.reduce((a, b) => a + b)).toBe(all);
    }
  });

  it('keeps to one document when told, and refuses one that is not there', () => {
    expect(run({ policy: 'xiamen-2025' }).split('《')).toHaveLength(2);
    expect(() => run({ policy: 'beijing' })).toThrow(/没有文件/);
  });
});
