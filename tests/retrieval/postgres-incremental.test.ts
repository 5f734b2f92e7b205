import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type IndexDoc, LexicalIndex } from '../../src/retrieval/index.js';
import {
  openPostgresIndex,
  type PostgresIndexOptions,
  type PostgresRetriever,
} from '../../src/retrieval/postgres.js';
import { freshDatabase, onPostgres } from '../support/postgres.js';
import { DOCS, manyDocs } from './docs.js';

let server: Awaited<ReturnType<typeof freshDatabase>>;
let dir: string;
const opened: PostgresRetriever[] = [];
let schemas = 0;
let schema: string;

beforeAll(async () => {
  server = await freshDatabase();
  dir = mkdtempSync(join(tmpdir(), 'pg-index-'));
}, 120_000);
afterAll(async () => {
  await server?.drop();
  if (dir) rmSync(dir, { recursive: true, force: true });
}, 60_000);
beforeEach(() => {
  schema = `search_${schemas++}`;
});
afterEach(async () => {
  for (const r of opened.splice(0)) await r.close();
});

async function open(docs: readonly IndexDoc[], more: Partial<PostgresIndexOptions> = {}) {
  const index = await openPostgresIndex({
    connection: server.url,
    schema,
    dir,
    docs,
    patience: 60_000,
    ...more,
  });
  opened.push(index);
  return index;
}
const QUESTIONS = [
  '公共自行车占用盲道怎么罚',
  '图书馆能拿多少补贴',
  '什么时候交报告',
  '补贴',
  '第7条的停放点',
];
const MANY = manyDocs(1300);

/** Does the index answer as the embedded one built from these documents alone? */
async function expectSame(index: PostgresRetriever, docs: readonly IndexDoc[]) {
  const embedded = LexicalIndex.build(docs);
  for (const q of QUESTIONS) {
    const ours = (await index.search(q)).map((h) => [h.id, h.score.toFixed(5)]);
    expect(ours).toEqual(embedded.search(q).map((h) => [h.id, h.score.toFixed(5)]));
  }
}

describe('a renewed index', () => {
  it('writes only what changed, and answers as if built from the new documents alone', async () => {
    expect((await open(DOCS)).current).toMatchObject({ written: DOCS.length, retired: 0 });
    expect((await open(DOCS)).current).toMatchObject({ generation: 1, written: 0, retired: 0 });
    const changed = DOCS.map((d) => (d.id === 'a5' ? { ...d, text: '占用盲道的，处5000元罚款。' } : d));
    const index = await open(changed);
    expect(index.current).toMatchObject({ generation: 2, written: 1, retired: 1 });
    await expectSame(index, changed);
  }, 60_000);

  it('after any changes to any clauses, one after another', async () => {
    const word = fc.constantFrom('盲道', '补贴', '图书馆', '报告', '3000元', '2030年', 'ISO9001', '。');
    const change = fc.record({
      at: fc.nat(20),
      kind: fc.constantFrom('change', 'add', 'remove', 'move', 'regroup'),
      words: fc.array(word, { maxLength: 12 }),
    });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { maxLength: 4 }),
        async (steps) => {
          schema = `any_${run++}`;
          let docs: IndexDoc[] = [...DOCS];
          await open(docs);
          for (const [n, changes] of steps.entries()) {
            for (const [m, { at, kind, words }] of changes.entries()) {
              const i = at % (docs.length + 1);
              const doc = docs[i];
              if (kind === 'add' || !doc) {
                docs = docs.toSpliced(i, 0, {
                  id: `n${n}-${m}`,
                  title: words[0] ?? '',
                  text: words.join(''),
                });
              } else if (kind === 'remove') docs = docs.toSpliced(i, 1);
              else if (kind === 'move') docs = [...docs.toSpliced(i, 1), doc];
              else if (kind === 'regroup') docs = docs.with(i, { ...doc, group: words[0] ?? '' });
              else docs = docs.with(i, { ...doc, text: words.join('') });
            }
            const index = await open(docs);
            await expectSame(index, docs);
          }
          for (const r of opened.splice(0)) await r.close();
        },
      ),
      { numRuns: 12 },
    );
  }, 240_000);
});

describe('readers', () => {
  it('keep to the build they opened while another is made, cut off, and made again', async () => {
    const reader = await open(DOCS);
    const cut = (step: string, done: number) => {
      if (step === 'clauses' && done > 0) throw new Error('cut off');
    };
    await expect(open([...MANY, ...DOCS.slice(3)], { onProgress: cut })).rejects.toThrow('cut off');
    await expectSame(reader, DOCS);
    const next = await open([...MANY, ...DOCS.slice(3)]);
    await expectSame(reader, DOCS);
    await expectSame(next, [...MANY, ...DOCS.slice(3)]);
  }, 120_000);

  it('of two documents at once each read their own', async () => {
    const other = DOCS.slice(0, 5);
    const both = await Promise.all([open(DOCS), open(other), open(DOCS)]);
    await expectSame(both[0]!, DOCS);
    await expectSame(both[1]!, other);
    await expectSame(both[2]!, DOCS);
  }, 60_000);

  it('move on when their build is cleared away', async () => {
    const logs: string[] = [];
    const reader = await open(DOCS, { look: 0, log: (m) => void logs.push(m) });
    for (const n of [9, 8, 7, 6]) await open(DOCS.slice(0, n));
    await expectSame(reader, DOCS.slice(0, 6));
    expect(logs.join()).toContain('renewed');
  }, 60_000);
});

describe('a build that was cut off', () => {
  const seen: [number, number][] = [];
  const watch =
    (until: number): PostgresIndexOptions['onProgress'] =>
    (step, done, total) => {
      if (step !== 'clauses') return;
      seen.push([done, total]);
      if (done >= until) throw new Error('cut off');
    };
  beforeEach(() => void seen.splice(0));

  it('goes on where it stopped, whatever happened to the documents meanwhile', async () => {
    await expect(open(MANY, { onProgress: watch(1000) })).rejects.toThrow('cut off');
    expect(seen.at(-1)).toEqual([1000, 1300]);
    seen.splice(0);
    const changed = MANY.map((d, i) => (i === 2 ? { ...d, text: '占用盲道的停放点' } : d)).slice(0, 1200);
    const index = await open(changed, { onProgress: watch(Number.POSITIVE_INFINITY) });
    // 200 that were not written yet, and the one that changed.
    expect(seen).toEqual([
      [0, 201],
      [201, 201],
    ]);
    await expectSame(index, changed);
  }, 120_000);

  it('leaves nothing locked when its session is ended by the server', async () => {
    let ended: Promise<unknown> = Promise.resolve();
    const endSession = (_: string, done: number) => {
      if (done !== 500) return;
      ended = onPostgres(
        server.url,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'wence search'
           AND datname = current_database()`,
      );
    };
    // Whether the blow comes before its last statement or after is left to chance.
    await open(MANY, { onProgress: endSession }).catch(() => {});
    await ended;
    const index = await open(MANY);
    await expectSame(index, MANY);
  }, 120_000);
});
