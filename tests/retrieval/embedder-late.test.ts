import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../src/app.js';
import { openIndex } from '../../src/retrieval/index.js';
import { openPostgresIndex } from '../../src/retrieval/postgres.js';
import { tempDir } from '../store/engines.js';
import { freshDatabase } from '../support/postgres.js';
import { characters, unlike } from './embedders.js';

test('an embedding model that is started after the server is used once it is there', async () => {
  let up = false;
  const asked: string[] = [];
  // Enough to tell the clauses of the real documents apart, which share most of their characters.
  const embedder = characters('characters', 256);
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    if (!up) return response.writeHead(503).end('{}');
    const { input } = JSON.parse(text) as { input: string | string[] };
    const texts = [input].flat();
    asked.push(...texts);
    const data = (await embedder.embed(texts)).map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: [...vector],
    }));
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ object: 'list', data }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
  const log: string[] = [];
  const app = createApp({
    dataDir: tempDir(),
    embedding: { apiKey: 'k', baseUrl, model: 'm' },
    embeddingRetryMs: 20,
    log: (line) => log.push(line),
  });
  // No word of it stands in any document: only vectors can say anything to it.
  const odd = '囧槑嫑巭';
  expect((await app.desk.search(odd, 5)).hits).toEqual([]);
  expect(log.join()).toContain('until it answers');
  up = true;
  while (!asked.includes(odd)) {
    await app.desk.search(odd, 5);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  expect((await app.desk.search('厦门 年报 截止', 5)).hits.length).toBe(5);
}, 60_000);

test.each(['files', 'PostgreSQL'])(
  'vectors that broke off are made later, without a restart (%s)',
  async (where) => {
    const docs = unlike(200);
    const embedder = characters();
    const embed = embedder.embed.bind(embedder);
    let calls = 0;
    // The third batch fails, as an endpoint does that is restarted in between.
    embedder.embed = async (texts) => {
      calls += 1;
      if (calls === 3) throw new Error('503');
      return embed(texts);
    };
    const log: string[] = [];
    const options = {
      dir: tempDir(),
      docs,
      embedder,
      retryMs: 20,
      log: (line: string) => void log.push(line),
    };
    let index: Awaited<ReturnType<typeof openIndex | typeof openPostgresIndex>>;
    if (where === 'files') index = await openIndex(options);
    else {
      const database = await freshDatabase();
      onTestFinished(database.drop);
      const there = await openPostgresIndex({ ...options, connection: database.url, patience: 20_000 });
      onTestFinished(() => there.close());
      index = there;
    }
    while (!index.usesVectors) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(log.join()).toContain('until its vectors are made: embedding failed: 503');
    const whole = embedder.texts.filter((text) => text.startsWith('\n'));
    expect(new Set(whole).size).toBe(whole.length);
  },
  60_000,
);
