import { expect, onTestFinished, test } from 'vitest';
import { LexicalIndex } from '../../src/retrieval/index.js';
import { openPostgresIndex } from '../../src/retrieval/postgres.js';
import { tempDir } from '../store/engines.js';
import { freshDatabase, onPostgres } from '../support/postgres.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { characters, unlike } from './embedders.js';

const DOCS = [
  { id: 'a1', title: '市容', text: '占用盲道停放车辆的，处二百元罚款。' },
  { id: 'a2', title: '市容', text: '张贴小广告的，责令清除。' },
];

/** Resolves once it holds. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

test.each(['refuse', 'hang'] as const)(
  'lost at the start (%s): each question is answered without waiting for PostgreSQL, which is used once it is back',
  async (how) => {
    const database = await freshDatabase();
    onTestFinished(database.drop);
    const way = await TcpProxy.before(database.url);
    way.proxy.become(how);
    const logs: string[] = [];
    let asked = 0;
    const index = await openPostgresIndex({
      dir: tempDir(),
      docs: DOCS,
      connection: way.url,
      patience: 1500,
      restMs: 50,
      log: (line) => void logs.push(line),
      fallback: async () => {
        const embedded = LexicalIndex.build(DOCS);
        return {
          search: (...given) => {
            asked++;
            return embedded.search(...given);
          },
        } as LexicalIndex;
      },
    });
    onTestFinished(async () => {
      way.proxy.become('up');
      await index.close();
      await way.proxy.close();
    });
    // A hundred questions that each waited for a second and a half would not come to an end here.
    for (let n = 0; n < 100; n++) expect((await index.search('占用盲道'))[0]?.id).toBe('a1');
    expect(asked).toBe(100);
    way.proxy.become('up');
    await until(() => logs.some((line) => line.includes('answers again')));
    expect((await index.search('占用盲道'))[0]?.id).toBe('a1');
    expect(asked).toBe(100);
    // Lost again later, and back again.
    way.proxy.become('refuse');
    for (let n = 0; n < 20; n++) expect((await index.search('小广告'))[0]?.id).toBe('a2');
    expect(asked).toBe(120);
  },
);

test('lost at the start: vectors are made once PostgreSQL is back, and found again after the next loss', async () => {
  const database = await freshDatabase();
  onTestFinished(database.drop);
  const way = await TcpProxy.before(database.url);
  way.proxy.become('refuse');
  const docs = unlike(60);
  const index = await openPostgresIndex({
    dir: tempDir(),
    docs,
    embedder: characters(),
    connection: way.url,
    patience: 20_000,
    restMs: 50,
    fallback: async () => LexicalIndex.build(docs),
  });
  onTestFinished(async () => {
    way.proxy.become('up');
    await index.close();
    await way.proxy.close();
  });
  expect((await index.search(docs[7]!.text))[0]?.id).toBe('d7');
  expect(index.usesVectors).toBe(false);
  way.proxy.become('up');
  await until(() => index.usesVectors);
  way.proxy.become('refuse');
  expect((await index.search(docs[8]!.text))[0]?.id).toBe('d8');
  way.proxy.become('up');
  await until(() => index.usesVectors);
});

test('tables that somebody took away are made anew, and questions are answered meanwhile', async () => {
  const database = await freshDatabase();
  onTestFinished(database.drop);
  const logs: string[] = [];
  const index = await openPostgresIndex({
    dir: tempDir(),
    docs: DOCS,
    connection: database.url,
    patience: 20_000,
    restMs: 50,
    log: (line) => void logs.push(line),
    fallback: async () => LexicalIndex.build(DOCS),
  });
  onTestFinished(() => index.close());
  expect((await index.search('占用盲道'))[0]?.id).toBe('a1');
  await onPostgres(database.url, 'drop schema wence_search cascade');
  // What the process remembers may answer a question that was asked before; a new one must look.
  expect((await index.search('清除小广告'))[0]?.id).toBe('a2');
  await until(() => logs.some((line) => line.includes('answers again')));
  expect(index.current).toMatchObject({ written: DOCS.length });
  logs.length = 0;
  expect((await index.search('张贴小广告'))[0]?.id).toBe('a2');
  expect((await index.search('二百元罚款'))[0]?.id).toBe('a1');
  expect(logs).toEqual([]);
});
