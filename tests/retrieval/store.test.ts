import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Embedder, LexicalIndex, openIndex } from '../../src/retrieval/index.js';
import { DOCS } from './docs.js';

let dir: string;
let logs: string[];
const log = (message: string) => void logs.push(message);
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'index-'));
  logs = [];
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const QUESTIONS = [
  '公共自行车占用盲道怎么罚',
  '图书馆能拿多少补贴',
  '什么时候交报告',
  '完全无关的量子力学',
  '补贴',
];
const expected = LexicalIndex.build(DOCS);
const file = () => join(dir, 'lexical.idx');

describe('the index on disk', () => {
  it('is written once and read after that, with no word said', async () => {
    await openIndex({ dir, docs: DOCS, log });
    const bytes = readFileSync(file());
    const again = await openIndex({ dir, docs: DOCS, log });
    expect(readFileSync(file()).equals(bytes)).toBe(true);
    expect(again.search('盲道')).toEqual(expected.search('盲道'));
    expect(readdirSync(dir)).toEqual(['lexical.idx']);
    expect(logs).toEqual([]);
  });

  it('is rebuilt when a document changes', async () => {
    await openIndex({ dir, docs: DOCS, log });
    const changed = [...DOCS, { id: 'c1', title: '', text: '新增：滑板车停放点' }];
    const index = await openIndex({ dir, docs: changed, log });
    expect((await index.search('滑板车'))[0]?.id).toBe('c1');
    expect(logs.join()).toContain('rebuilt');
  });

  it.each([
    ['truncated', () => truncateSync(file(), 200)],
    ['empty', () => truncateSync(file(), 0)],
    [
      'something else',
      () => writeFileSync(file(), 'not an index at all, but long enough to be looked at '.repeat(9)),
    ],
    [
      'damaged',
      () => {
        const bytes = readFileSync(file());
        bytes[bytes.length >> 1]! ^= 1;
        writeFileSync(file(), bytes);
      },
    ],
  ])('is rebuilt, with a word in the log, when it is %s', async (_, harm) => {
    await openIndex({ dir, docs: DOCS, log });
    harm();
    const index = await openIndex({ dir, docs: DOCS, log });
    expect(index.search('盲道')).toEqual(expected.search('盲道'));
    expect(logs.join()).toContain('rebuilt');
    logs.length = 0;
    await openIndex({ dir, docs: DOCS, log });
    expect(logs).toEqual([]);
  });

  it('works in memory, with a warning, where the folder cannot be', async () => {
    writeFileSync(join(dir, 'file'), '');
    const index = await openIndex({ dir: join(dir, 'file', 'index'), docs: DOCS, log });
    expect(index.search('盲道')).toEqual(expected.search('盲道'));
    expect(logs.join()).toContain('in memory');
    chmodSync(dir, 0o755);
  });
});

/** Vectors that mean something: counts of characters, hashed; the same text always gives the same vector. */
function characters(id = 'characters'): Embedder & { calls: number } {
  return {
    id,
    dimension: 64,
    calls: 0,
    async embed(texts) {
      this.calls++;
      return texts.map((text) => {
        const v = new Float32Array(64).fill(0.01);
        for (const c of text) v[(c.codePointAt(0)! * 31) % 64]! += 1;
        return v;
      });
    },
  };
}
const with_ = (embed: Embedder['embed']): Embedder => ({ id: 'bad', dimension: 64, embed });
const noise = (text: string) => {
  let seed = 7;
  for (const c of text) seed = (Math.imul(seed, 31) + c.codePointAt(0)!) | 0;
  return Float32Array.from({ length: 64 }, () => {
    seed = (Math.imul(seed, 1103515245) + 12345) | 0;
    return seed / 2 ** 31;
  });
};

describe('embeddings', () => {
  it('take part when they carry meaning, are kept on disk, and are made anew for another model', async () => {
    const embedder = characters();
    const index = await openIndex({ dir, docs: DOCS, embedder, log });
    await index.vectorsReady;
    expect(index.usesVectors).toBe(true);
    const calls = embedder.calls;
    const again = await openIndex({ dir, docs: DOCS, embedder, log });
    await again.vectorsReady;
    expect(again.usesVectors).toBe(true);
    expect(embedder.calls).toBe(calls);
    expect(logs).toEqual([]);
    const other = characters('other model');
    await (await openIndex({ dir, docs: DOCS, embedder: other, log })).vectorsReady;
    expect(other.calls).toBeGreaterThan(0);
  });

  it('are rebuilt when their file is damaged', async () => {
    await (await openIndex({ dir, docs: DOCS, embedder: characters(), log })).vectorsReady;
    truncateSync(join(dir, 'vectors.hnsw'), 50);
    const index = await openIndex({ dir, docs: DOCS, embedder: characters(), log });
    await index.vectorsReady;
    expect(index.usesVectors).toBe(true);
    expect(logs.join()).toContain('rebuilt');
  });

  it('leave a sure answer where it is, and keep to the groups', async () => {
    const index = await openIndex({ dir, docs: DOCS, embedder: characters(), log });
    await index.vectorsReady;
    const sure = '公共自行车占用盲道';
    const words = expected.search(sure, { k: 3 }).map((h) => h.id);
    expect((await index.search(sure, { k: 3 })).map((h) => h.id)).toEqual(words);
    const hits = await index.search('完全无关的量子力学', { groups: ['b'], k: 10 });
    expect(hits.every((h) => h.id.startsWith('b'))).toBe(true);
    expect(await index.search('   ')).toEqual([]);
  });

  it('add what words do not find', async () => {
    const index = await openIndex({ dir, docs: DOCS, embedder: characters(), log });
    await index.vectorsReady;
    expect(expected.search('zzzz')).toEqual([]);
    expect((await index.search('zzzz')).length).toBeGreaterThan(0);
  });

  it.each<[string, Embedder]>([
    ['noise', with_(async (texts) => texts.map(noise))],
    ['one point for everything', with_(async (texts) => texts.map(() => new Float32Array(64).fill(1)))],
    ['NaN', with_(async (texts) => texts.map(() => new Float32Array(64).fill(Number.NaN)))],
    ['zeros', with_(async (texts) => texts.map(() => new Float32Array(64)))],
    ['another dimension', with_(async (texts) => texts.map(() => new Float32Array(3).fill(1)))],
    ['too few vectors', with_(async () => [])],
    ['nothing', with_(async () => undefined as unknown as Float32Array[])],
    ['a failure', with_(async () => Promise.reject(new Error('503')))],
    [
      'a failure at once',
      with_(() => {
        throw new Error('no endpoint');
      }),
    ],
  ])('that give %s change no result', async (_, embedder) => {
    const index = await openIndex({ dir, docs: DOCS, embedder, log });
    await index.vectorsReady;
    for (const q of QUESTIONS) expect(await index.search(q)).toEqual(expected.search(q));
    expect(logs.length).toBeGreaterThan(0);
  });

  it.each<[string, Embedder['embed']]>([
    ['fail', async () => Promise.reject(new Error('timeout'))],
    ['give NaN', async (texts) => texts.map(() => new Float32Array(64).fill(Number.NaN))],
    ['give another dimension', async (texts) => texts.map(() => new Float32Array(8).fill(1))],
  ])('that begin to %s after the start change no result', async (_, embed) => {
    const embedder = characters();
    const index = await openIndex({ dir, docs: DOCS, embedder, log });
    await index.vectorsReady;
    embedder.embed = embed;
    for (const q of QUESTIONS) expect(await index.search(q)).toEqual(expected.search(q));
  });
});
