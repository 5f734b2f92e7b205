import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { HierarchicalNSW } from 'hnswlib-node';
import type { Progress } from './progress.js';
import type { IndexDoc, SearchHit } from './types.js';

/** Texts to vectors, from an endpoint. May fail, and may answer nonsense: every vector is checked here. */
export interface Embedder {
  /** Names the model: another id, another index. */
  id: string;
  dimension: number;
  /** One vector a text, in order. Rejects when the endpoint does. */
  embed(texts: string[]): Promise<Float32Array[]>;
}

/** The embedder failed, or its vectors cannot be used; the message says how. */
export class EmbeddingError extends Error {
  override readonly name = 'EmbeddingError';
}

export interface VectorMeta {
  fingerprint: string;
  embedder: string;
  dimension: number;
  ids: string[];
  groups: string[];
  /** Share of the probes that found their own document, see `probe`. */
  probe: number;
}

/** Vectors made before, by `meaningOf` what they were made from. */
export interface VectorKeep {
  get(meaning: string): number[] | undefined;
  /** Must have kept them when it settles: what was put need not be embedded again after a kill. */
  put(entries: readonly { meaning: string; vector: number[] }[]): Promise<void>;
}

/** Documents embedded in one call. */
export const BATCH = 64;
/** Characters of a document that are embedded. */
const DOC_CHARS = 2000;
const EF = 64;
const PROBES = 24;

const require = createRequire(import.meta.url);

/** Nearest documents by embedding, in hnswlib (cosine). The native library loads with the first index. */
export class VectorIndex {
  readonly #index: HierarchicalNSW;
  readonly meta: VectorMeta;

  private constructor(index: HierarchicalNSW, meta: VectorMeta) {
    this.#index = index;
    this.meta = meta;
    this.setEf(EF);
  }

  /** Embeds and indexes the documents. Throws `EmbeddingError` when the embedder fails or answers what cannot be used. */
  static async build(
    docs: readonly IndexDoc[],
    embedder: Embedder,
    fingerprint: string,
    keep?: VectorKeep,
    onProgress?: Progress,
  ): Promise<VectorIndex> {
    const index = open(embedder.dimension);
    index.initIndex({ maxElements: Math.max(1, docs.length) });
    const vectors = await embedDocs(docs, embedder, keep, onProgress);
    for (const [i, doc] of docs.entries()) index.addPoint(vectors.get(meaningOf(doc))!, i);
    const meta = {
      fingerprint,
      embedder: embedder.id,
      dimension: embedder.dimension,
      ids: docs.map((d) => d.id),
      groups: docs.map((d) => d.group ?? ''),
      probe: 0,
    };
    const built = new VectorIndex(index, meta);
    meta.probe = await probe((v, k) => built.search(v, k), docs, embedder);
    return built;
  }

  static read(file: string, meta: VectorMeta): VectorIndex {
    const index = open(meta.dimension);
    index.readIndexSync(file);
    if (index.getCurrentCount() !== meta.ids.length)
      throw new EmbeddingError('the vector file holds other documents');
    return new VectorIndex(index, meta);
  }

  write(file: string): void {
    this.#index.writeIndexSync(file);
  }

  /** How many candidates hnswlib looks at (64): more is slower and finds more. */
  setEf(ef: number): void {
    this.#index.setEf(ef);
  }

  /** The nearest `k` documents of `groups`, with their cosine as score. */
  search(vector: readonly number[], k: number, groups?: readonly string[]): SearchHit[] {
    const { ids, groups: groupOf } = this.meta;
    const count = Math.min(k, ids.length);
    if (count === 0) return [];
    const wanted = groups ? new Set(groups) : null;
    const filter = wanted ? (label: number) => wanted.has(groupOf[label]!) : undefined;
    const { neighbors, distances } = this.#index.searchKnn([...vector], count, filter);
    return neighbors.map((label, i) => ({ id: ids[label]!, score: 1 - distances[i]! }));
  }
}

function open(dimension: number): HierarchicalNSW {
  const { HierarchicalNSW } = require('hnswlib-node') as typeof import('hnswlib-node');
  return new HierarchicalNSW('cosine', dimension);
}

function embedded(doc: IndexDoc): string {
  return [doc.title, doc.text, ...(doc.asks ?? [])].join('\n').slice(0, DOC_CHARS);
}

/** Names what of a document is embedded: the same text has the same vector, wherever it stands. */
export function meaningOf(doc: IndexDoc): string {
  return createHash('sha256').update(embedded(doc)).digest('hex');
}

/** The vectors of documents by `meaningOf`, of which only those not kept from before are asked of the embedder. */
async function embedDocs(
  docs: readonly IndexDoc[],
  embedder: Embedder,
  keep?: VectorKeep,
  onProgress?: Progress,
): Promise<Map<string, number[]>> {
  const vectors = new Map<string, number[]>();
  const missing = new Map<string, IndexDoc>();
  for (const doc of docs) {
    const meaning = meaningOf(doc);
    const known = vectors.get(meaning) ?? keep?.get(meaning);
    if (known) vectors.set(meaning, known);
    else missing.set(meaning, doc);
  }
  await embedMissing(missing, embedder, onProgress, async (entries) => {
    await keep?.put(entries);
    for (const { meaning, vector } of entries) vectors.set(meaning, vector);
  });
  return vectors;
}

/** Embeds documents batch by batch, handing over each batch before the next is asked for. */
export async function embedMissing(
  missing: ReadonlyMap<string, IndexDoc>,
  embedder: Embedder,
  onProgress: Progress | undefined,
  put: VectorKeep['put'],
): Promise<void> {
  const all = [...missing];
  onProgress?.('embeddings', 0, all.length);
  for (let from = 0; from < all.length; from += BATCH) {
    const batch = all.slice(from, from + BATCH);
    const made = await embedAll(
      embedder,
      batch.map(([, doc]) => embedded(doc)),
    );
    await put(batch.map(([meaning], i) => ({ meaning, vector: made[i]! })));
    onProgress?.('embeddings', Math.min(all.length, from + BATCH), all.length);
  }
}

/** Embeds texts and checks every vector: count, dimension, finite, not zero. Throws `EmbeddingError`. */
export async function embedAll(embedder: Embedder, texts: string[]): Promise<number[][]> {
  let vectors: Float32Array[];
  try {
    vectors = await embedder.embed(texts);
  } catch (error) {
    throw new EmbeddingError(`embedding failed: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!Array.isArray(vectors) || vectors.length !== texts.length) {
    throw new EmbeddingError(`${texts.length} texts were embedded as ${vectors?.length ?? 'no'} vectors`);
  }
  return vectors.map((v) => {
    if (v?.length !== embedder.dimension) {
      throw new EmbeddingError(
        `a vector has ${v?.length ?? 'no'} dimensions instead of ${embedder.dimension}`,
      );
    }
    let square = 0;
    for (const x of v) square += x * x;
    if (!Number.isFinite(square) || square === 0)
      throw new EmbeddingError('a vector is not finite or is all zeros');
    return Array.from(v);
  });
}

/**
 * Does the embedder place like near like? Halves of some documents, as questions, must find the document they were cut
 * from. Vectors without meaning (noise, one point for everything) find it no more often than chance does.
 */
export async function probe(
  nearest: (vector: readonly number[], k: number) => SearchHit[] | Promise<SearchHit[]>,
  docs: readonly IndexDoc[],
  embedder: Embedder,
): Promise<number> {
  const step = Math.max(1, Math.floor(docs.length / PROBES));
  const chosen = docs.filter((d, i) => i % step === 0 && d.text.length >= 20).slice(0, PROBES);
  if (chosen.length === 0) return 0;
  // From a fifth to four fifths: neither the beginning nor the end, which a hash of either would give away.
  const parts = chosen.map((d) =>
    d.text.slice(Math.floor(d.text.length * 0.2), Math.ceil(d.text.length * 0.8)),
  );
  const vectors = await embedAll(embedder, parts);
  const near = Math.max(1, Math.min(10, Math.floor(docs.length / 4)));
  let found = 0;
  for (const [i, v] of vectors.entries()) {
    if ((await nearest(v, near)).some((h) => h.id === chosen[i]!.id)) found++;
  }
  return found / chosen.length;
}
