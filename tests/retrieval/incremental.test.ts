import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Embedder, type IndexDoc, openIndex, progressBar } from '../../src/retrieval/index.js';
import { DOCS } from './docs.js';
import { characters, failingAfter, unlike } from './embedders.js';

let dir: string;
let logs: string[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'incremental-'));
  logs = [];
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

async function open(docs: readonly IndexDoc[], embedder: Embedder) {
  const index = await openIndex({ dir, docs, embedder, log: (m) => void logs.push(m) });
  await index.vectorsReady;
  return index;
}
const MANY = unlike(200);
/** Documents asked of the embedder; probes are middles of documents and hold no title line. */
const documents = (texts: readonly string[]) => texts.filter((t) => t.includes('\n'));

describe('embeddings on disk', () => {
  it('of a changed clause are made alone, of a moved one not at all', async () => {
    await open(DOCS, characters());
    const changed = DOCS.map((d) => (d.id === 'a5' ? { ...d, text: '占用盲道的，处5000元罚款。' } : d));
    const embedder = characters();
    const index = await open(changed.toReversed(), embedder);
    expect(documents(embedder.texts)).toHaveLength(1);
    expect(documents(embedder.texts)[0]).toContain('5000元');
    expect(index.usesVectors).toBe(true);
  });

  it('go on where the embedder failed', async () => {
    await open(MANY, failingAfter(2));
    expect(logs.join()).toContain('503');
    const embedder = characters();
    await open(MANY, embedder);
    expect(documents(embedder.texts)).toHaveLength(200 - 128);
  });

  it('go on where a kill stopped them', async () => {
    const script = `
      import { openIndex } from './src/retrieval/index.js';
      import { characters } from './tests/retrieval/embedders.js';
      const docs = ${JSON.stringify(MANY)};
      const embedder = characters();
      const embed = embedder.embed.bind(embedder);
      let calls = 0;
      embedder.embed = async (texts) => {
        if (++calls === 3) { process.stdout.write('third'); await new Promise(() => setInterval(() => {}, 1000)); }
        return embed(texts);
      };
      const index = await openIndex({ dir: ${JSON.stringify(dir)}, docs, embedder });
      await index.vectorsReady;`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    const embedder = characters();
    const index = await open(MANY, embedder);
    expect(documents(embedder.texts)).toHaveLength(200 - 128);
    expect(index.usesVectors).toBe(true);
  }, 60_000);

  const journal = () => join(dir, 'embeddings.bin');
  it.each<[string, number, () => void]>([
    ['cut short in its last record', 1, () => truncateSync(journal(), readFileSync(journal()).length - 5)],
    ['followed by rubbish', 0, () => appendFileSync(journal(), 'rubbish'.repeat(100))],
    ['emptied', 200, () => truncateSync(journal(), 0)],
    ['something else', 200, () => writeFileSync(journal(), 'not vectors at all\n'.repeat(100))],
    [
      'damaged in its first record',
      200,
      () => {
        const bytes = readFileSync(journal());
        bytes[bytes.indexOf(0x0a) + 50]! ^= 1;
        writeFileSync(journal(), bytes);
      },
    ],
  ])('are trusted as far as they are whole: %s', async (_, again, harm) => {
    await open(MANY, characters());
    harm();
    rmSync(join(dir, 'vectors.json'));
    const embedder = characters();
    const index = await open(MANY, embedder);
    expect(documents(embedder.texts)).toHaveLength(again);
    expect(index.usesVectors).toBe(true);
    expect((await index.search('zzzz')).length).toBeGreaterThan(0);
  });

  it('of another model are made anew', async () => {
    await open(DOCS, characters('one'));
    const embedder = characters('two');
    await open(DOCS, embedder);
    expect(documents(embedder.texts)).toHaveLength(DOCS.length);
  });

  it('of clauses long gone do not pile up', async () => {
    await open(MANY, characters());
    const full = readFileSync(journal()).length;
    await open(DOCS, characters());
    expect(readFileSync(journal()).length).toBeLessThan(full / 5);
    const embedder = characters();
    rmSync(join(dir, 'vectors.json'));
    await open(DOCS, embedder);
    expect(documents(embedder.texts)).toHaveLength(0);
  });
});

describe('progress', () => {
  it('is told from the beginning to the end of each step', async () => {
    const seen: [string, number, number][] = [];
    const onProgress = (...step: [string, number, number]) => void seen.push(step);
    const index = await openIndex({ dir, docs: MANY, embedder: characters(), onProgress });
    await index.vectorsReady;
    expect(seen).toEqual([
      ['clauses', 0, 200],
      ['clauses', 200, 200],
      ['embeddings', 0, 200],
      ['embeddings', 64, 200],
      ['embeddings', 128, 200],
      ['embeddings', 192, 200],
      ['embeddings', 200, 200],
    ]);
  });

  it('is a bar on a terminal, nothing elsewhere', () => {
    const lines: string[] = [];
    const stream = (isTTY: boolean) => ({ isTTY, write: (t: string) => lines.push(t) }) as never;
    expect(progressBar(stream(false))).toBeUndefined();
    const bar = progressBar(stream(true))!;
    bar('clauses', 500, 1000);
    bar('clauses', 1000, 1000);
    expect(lines[0]).toMatch(/█{15}·{15}\] 500\/1000$/);
    expect(lines[1]).toMatch(/█{30}\] 1000\/1000\n$/);
  });
});
