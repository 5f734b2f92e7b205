import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOCS } from './docs.js';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'bench-'));
  const lines = (rows: object[]) => rows.map((r) => `${JSON.stringify(r)}\n`).join('');
  mkdirSync(join(dir, 'set'));
  writeFileSync(
    join(dir, 'set', 'corpus.jsonl'),
    lines(DOCS.map(({ id, title, text }) => ({ id, title, text }))),
  );
  const queries = ['公共自行车占用盲道怎么罚', '图书馆补贴最多多少', '没有答案的问题'];
  writeFileSync(join(dir, 'set', 'queries.jsonl'), lines(queries.map((text, i) => ({ id: `q${i}`, text }))));
  const gold = [
    { qid: 'q0', docid: 'a5' },
    { qid: 'q1', docid: 'b2' },
  ];
  writeFileSync(join(dir, 'set', 'qrels.jsonl'), lines(gold));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function bench(...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', 'eval/bench.ts', 'retrieval', ...args], {
    encoding: 'utf8',
  });
}
const KEYS = ['ndcg10', 'r1', 'r5', 'r10', 'r100', 'mrr10', 'buildS', 'p50Ms', 'p95Ms', 'rssMB'];

describe('bench retrieval', () => {
  it('prints one JSON document with every figure of every system', () => {
    const { status, stdout } = bench('--data', join(dir, 'set'), '--json');
    expect(status).toBe(0);
    const report = JSON.parse(stdout) as Record<string, Record<string, number>>;
    expect(Object.keys(report)).toEqual(['wence', 'minisearch-jieba', 'sqlite-fts5', 'bm25']);
    for (const row of Object.values(report)) expect(Object.keys(row)).toEqual(KEYS);
    expect(report.wence).toMatchObject({ ndcg10: 1, r1: 1, r5: 1, r10: 1, r100: 1, mrr10: 1 });
  }, 60_000);

  it('runs each set of a folder of sets, on the half asked for', () => {
    const { stdout } = bench('--data', dir, '--json', '--only', 'wence', '--queries', 'odd');
    expect(JSON.parse(stdout)).toMatchObject({ set: { wence: { r1: 1 } } });
  }, 60_000);

  it.each([
    [[], 'missing'],
    [['--data', '/no/such/folder'], '/no/such/folder'],
    [['--data', '.', '--only', 'nothing'], 'nothing'],
    [['--data', '.', '--queries', 'some'], 'even'],
    [['--data', '.', '--bogus'], 'usage'],
  ])(
    'exits 2 with a word on what is wrong: %j',
    (args, word) => {
      const { status, stderr, stdout } = bench(...args);
      expect(status).toBe(2);
      expect(stderr).toContain(word);
      expect(stdout).toBe('');
    },
    60_000,
  );
});
