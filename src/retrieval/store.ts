import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../folder.js';
import { DEFAULTS } from './data.js';
import { HybridRetriever } from './hybrid.js';
import { KeptVectors } from './kept-vectors.js';
import { LexicalIndex } from './lexical.js';
import type { Progress } from './progress.js';
import type { IndexDoc } from './types.js';
import { type Embedder, meaningOf, VectorIndex, type VectorMeta } from './vectors.js';

export interface OpenIndexOptions {
  /** Folder of the index files; made when absent. */
  dir: string;
  docs: readonly IndexDoc[];
  /** Gives vectors when an endpoint is configured. */
  embedder?: Embedder;
  log?: (message: string) => void;
  /** Told how far a build is. */
  onProgress?: Progress;
  /** Milliseconds until vectors that could not be made are tried again, twice as long each time (60,000). */
  retryMs?: number;
}

/** Of `retryMs`, and as long as it gets. */
export const RETRY = 60_000;
export const LONGEST_RETRY = 3_600_000;

/** What an index was built from: the documents, the settings, and the version of the code that reads them. */
export function fingerprint(docs: readonly IndexDoc[]): string {
  const hash = createHash('sha256').update(JSON.stringify([LexicalIndex.version, DEFAULTS]));
  for (const d of docs) hash.update(JSON.stringify([d.id, d.text, d.title, d.context, d.asks, d.group]));
  return hash.digest('hex');
}

/**
 * Opens the index on disk, building it when it is absent, damaged, or built from something else. Works in memory when the
 * folder cannot be read or written. With an embedder the vectors are read from disk or built behind the searches, which are
 * answered from words until then (`vectorsReady`). Never rejects for a fault of the folder or of the embedder.
 */
export async function openIndex(options: OpenIndexOptions): Promise<HybridRetriever> {
  const { dir, docs, embedder, log = () => {}, onProgress } = options;
  const print = fingerprint(docs);
  const retriever = new HybridRetriever(await openLexical(dir, docs, print, log, onProgress), { log });
  if (embedder && docs.length > 0) {
    const make = async () => {
      retriever.useVectors(await openVectors({ dir, docs, embedder, log, onProgress }), embedder);
    };
    retriever.vectorsReady = untilMade(make, log, options.retryMs);
  }
  return retriever;
}

/** Makes vectors, and tries again later where that fails: what was embedded is kept. Settles with the first attempt, never rejects. */
function untilMade(
  make: () => Promise<void>,
  log: (message: string) => void = () => {},
  pause = RETRY,
): Promise<void> {
  return make().catch((error: Error) => {
    log(`search works from words alone until its vectors are made: ${error.message}`);
    const again = () => void untilMade(make, log, Math.min(2 * pause, LONGEST_RETRY));
    setTimeout(again, pause).unref();
  });
}

async function openLexical(
  dir: string,
  docs: readonly IndexDoc[],
  print: string,
  log: (message: string) => void,
  onProgress?: Progress,
): Promise<LexicalIndex> {
  const file = join(dir, 'lexical.idx');
  try {
    return LexicalIndex.fromBuffer(await readFile(file), print);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      log(`search index ${file} is rebuilt: ${(error as Error).message}`);
    }
  }
  onProgress?.('clauses', 0, docs.length);
  const index = LexicalIndex.build(docs);
  onProgress?.('clauses', docs.length, docs.length);
  await keep(dir, log, (name) => writeFile(name, index.toBuffer(print)), file);
  return index;
}

/**
 * Meta data and vectors are two files; the meta data is written last and carries the checksum of the other. What was
 * embedded is in a third, so that a build that was cut off goes on and a changed clause is embedded alone.
 */
export async function openVectors(options: OpenIndexOptions & { embedder: Embedder }): Promise<VectorIndex> {
  const { dir, docs, embedder, log = () => {}, onProgress } = options;
  const print = fingerprint(docs);
  const file = join(dir, 'vectors.hnsw');
  const metaFile = join(dir, 'vectors.json');
  if (existsSync(metaFile)) {
    try {
      const { checksum, ...meta } = JSON.parse(await readFile(metaFile, 'utf8')) as VectorMeta & {
        checksum: string;
      };
      const same =
        meta.fingerprint === print && meta.embedder === embedder.id && meta.dimension === embedder.dimension;
      if (!same) throw new Error('built from other documents or by another model');
      if (checksum !== sha256(await readFile(file))) throw new Error('damaged: the checksum differs');
      return VectorIndex.read(file, meta);
    } catch (error) {
      log(`vector index ${file} is rebuilt: ${(error as Error).message}`);
    }
  }
  const journal = await KeptVectors.open(join(dir, 'embeddings.bin'), embedder.id, embedder.dimension).catch(
    (error: Error) => {
      log(`embeddings cannot be kept in ${dir} (${error.message}); they are made anew at the next start`);
      return null;
    },
  );
  let index: VectorIndex;
  try {
    index = await VectorIndex.build(docs, embedder, print, journal ?? undefined, onProgress);
  } finally {
    await journal?.close(new Set(docs.map(meaningOf))).catch(() => {});
  }
  const kept = await keep(dir, log, async (name) => index.write(name), file);
  if (kept) {
    const meta = JSON.stringify({ ...index.meta, checksum: sha256(await readFile(file)) });
    await keep(dir, log, (name) => writeFile(name, meta), metaFile);
  }
  return index;
}

/** Writes beside the file and renames, so that a reader never sees half of it. False, with a warning, when it cannot. */
async function keep(
  dir: string,
  log: (message: string) => void,
  write: (name: string) => Promise<void>,
  file: string,
): Promise<boolean> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    makeFolder(dir);
    await write(temporary);
    await rename(temporary, file);
    return true;
  } catch (error) {
    log(
      `search index cannot be kept in ${dir} (${(error as Error).message}); it works in memory for this run`,
    );
    await rm(temporary, { force: true }).catch(() => {});
    return false;
  }
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
