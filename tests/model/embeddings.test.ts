import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.js';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** An endpoint for embeddings: `answer` says what it does with a call. */
async function endpoint(answer: (texts: string[]) => { status: number; body: unknown }): Promise<string> {
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (part) => {
      text += part;
    });
    request.on('end', () => {
      const { status, body } = answer(JSON.parse(text).input as string[]);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

async function searched(baseUrl: string): Promise<{ clauses: string[]; log: string[] }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'wence-embed-'));
  closers.push(() => rmSync(dataDir, { recursive: true, force: true }));
  const log: string[] = [];
  const app = createApp({
    dataDir,
    log: (m) => log.push(m),
    embedding: { apiKey: 'k', baseUrl, model: 'm' },
  });
  const { hits } = await app.desk.search('厦门 年报 截止', 5);
  return { clauses: hits.map((h) => `${h.policy} ${h.clause}`), log };
}

describe('an embedding model beside the search', () => {
  it('that refuses leaves the search by words, and the log says so', async () => {
    const { clauses, log } = await searched(
      await endpoint(() => ({ status: 401, body: { error: { message: 'no' } } })),
    );
    expect(clauses).toContain('xiamen-2025 第十四条');
    expect(log.join()).toContain('are not used');
  });

  it('that answers nonsense makes no result worse', async () => {
    const nonsense = (texts: string[]) => ({
      status: 200,
      body: {
        object: 'list',
        data: texts.map((_, index) => ({ object: 'embedding', index, embedding: [1, 0, 0] })),
      },
    });
    const { clauses } = await searched(await endpoint(nonsense));
    expect(clauses[0]).toBe('xiamen-2025 第十四条');
  });
});
