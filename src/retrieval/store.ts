import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULTS } from './data.js';
import { LexicalIndex } from './lexical.js';
import type { IndexDoc, Retriever } from './types.js';

export interface OpenIndexOptions {
  /** Folder of the index files; made when absent. */
  dir: string;
  docs: readonly IndexDoc[];
  log?: (message: string) => void;
}

/** What an index was built from: the documents, the settings, and the version of the code that reads them. */
export function fingerprint(docs: readonly IndexDoc[]): string {
  const hash = createHash('sha256').update(JSON.stringify([LexicalIndex.version, DEFAULTS]));
  for (const d of docs) hash.update(JSON.stringify([d.id, d.text, d.title, d.context, d.asks, d.group]));
  return hash.digest('hex');
}

/**
 * Opens the index on disk, building it when it is absent, damaged, or built from something else. Works in memory when the
 * folder cannot be written. Never fails for a fault of the folder.
 */
export async function openIndex(options: OpenIndexOptions): Promise<Retriever & LexicalIndex> {
  const { dir, docs, log = () => {} } = options;
  const file = join(dir, 'lexical.idx');
  const print = fingerprint(docs);
  try {
    return LexicalIndex.fromBuffer(await readFile(file), print);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      log(`search index ${file} is rebuilt: ${(error as Error).message}`);
    }
  }
  const index = LexicalIndex.build(docs);
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await mkdir(dir, { recursive: true });
    await writeFile(temporary, index.toBuffer(print));
    await rename(temporary, file);
  } catch (error) {
    log(
      `search index cannot be kept in ${dir} (${(error as Error).message}); it works in memory for this run`,
    );
    await rm(temporary, { force: true }).catch(() => {});
  }
  return index;
}
