import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../src/app.js';
import { tempDir } from '../store/engines.js';
import { characters } from './embedders.js';

test('an embedding model that is started after the server is used once it is there', async () => {
  let up = false;
  const asked: string[] = [];
  const embedder = characters();
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
