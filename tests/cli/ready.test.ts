import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { type App, createApp } from '../../src/app.js';
import { channelDesk } from '../../src/cli/serve.js';
import type { Retriever } from '../../src/retrieval/types.js';

const dataDir = mkdtempSync(join(tmpdir(), 'wence-ready-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const app = createApp({ dataDir });
const withIndex = (index: () => Promise<Retriever>): App => Object.assign(Object.create(app), { index });

it('answers while its search index is being built, and is ready once it is there', async () => {
  let built: (index: Retriever) => void = () => {};
  const building = new Promise<Retriever>((resolve) => {
    built = resolve;
  });
  const desk = channelDesk(withIndex(() => building));
  expect(await desk.ready()).toMatchObject({ ok: false, parts: { index: 'building' } });
  const answer = await desk.assistant.ask({ question: '泉州牵头企业营收要多少？', asOf: '2026-11-21' });
  expect(answer.text).toContain('2亿元');
  built({ search: () => [] });
  expect(await desk.ready()).toMatchObject({ ok: true, parts: { index: 'ok' } });
});

it('says what keeps its search index from being there', async () => {
  const desk = channelDesk(withIndex(() => Promise.reject(new Error('no room'))));
  expect(await desk.ready()).toMatchObject({ ok: false, parts: { index: 'no room' } });
});
