import type { Explanation, LexicalIndex } from './lexical.js';
import type { Retriever, SearchHit, SearchOptions } from './types.js';
import { type Embedder, embedAll, type VectorIndex } from './vectors.js';

export interface HybridOptions {
  log?: (message: string) => void;
  /** Milliseconds that a question waits for its embedding before it is answered from words alone. */
  patience?: number;
}

/**
 * Share of a question's informative terms that the best lexical hit must hold to be left where it is. Measured on the even
 * halves of the two public sets: the first hit is right for 72% of the questions at or above it and for 58% below.
 */
export const CONFIDENT = 0.7;
/** An embedder that finds fewer of its own documents from their halves is not used. */
export const PROBE_PASSED = 0.75;
/** How much a place in the vector list counts against the same place in the lexical list. */
const VECTOR_SHARE = 0.7;
const RANK_OFFSET = 10;
/** Candidates taken from each side. */
export const DEPTH = 50;

/**
 * The retriever of the product: the lexical index, and vectors where an endpoint gives them. Without vectors a search
 * answers at once. There are no built-in vectors: LSA in HNSW reached .33/.56 nDCG@10 alone on the two public sets
 * (lexical: above .71/.81) and added nothing when fused.
 *
 * Vectors cannot make a result worse where the words are sure: a confident lexical list keeps its order, and vectors only add
 * what it lacks behind it. A vector index that fails its probe, a failing endpoint, a vector that cannot be used, and a
 * late answer all give the lexical list as it is.
 */
export class HybridRetriever implements Retriever {
  readonly lexical: LexicalIndex;
  readonly #options: HybridOptions;
  #vectors: { index: VectorIndex; embedder: Embedder } | null = null;
  /** Settles when the vectors are in place or given up; never rejects. */
  vectorsReady: Promise<void> = Promise.resolve();

  constructor(lexical: LexicalIndex, options: HybridOptions = {}) {
    this.lexical = lexical;
    this.#options = options;
  }

  /** Takes vectors into use, unless their probe says that they carry no meaning. Returns whether it did. */
  useVectors(index: VectorIndex, embedder: Embedder): boolean {
    if (index.meta.probe < PROBE_PASSED) {
      const found = Math.round(index.meta.probe * 100);
      this.#log(
        `embeddings of ${embedder.id} are not used: they find ${found}% of the documents from their own text`,
      );
      return false;
    }
    this.#vectors = { index, embedder };
    return true;
  }

  get usesVectors(): boolean {
    return this.#vectors !== null;
  }

  search(query: string, options: SearchOptions = {}): SearchHit[] | Promise<SearchHit[]> {
    const k = Math.max(0, Math.floor(options.k ?? 10));
    if (this.#vectors === null || k === 0 || query.trim() === '') return this.lexical.search(query, options);
    return this.#fused(query, k, options.groups, this.#vectors);
  }

  explain(query: string, id: string): Explanation {
    return this.lexical.explain(query, id);
  }

  coverage(query: string, id: string): number {
    return this.lexical.coverage(query, id);
  }

  async #fused(
    query: string,
    k: number,
    groups: readonly string[] | undefined,
    { index, embedder }: { index: VectorIndex; embedder: Embedder },
  ): Promise<SearchHit[]> {
    const words = this.lexical.search(query, { k: Math.max(k, DEPTH), groups });
    const sure = words[0] !== undefined && this.lexical.coverage(query, words[0].id) >= CONFIDENT;
    if (sure && words.length >= k) return words.slice(0, k);
    let near: SearchHit[];
    try {
      const [vector] = await within(
        this.#options.patience ?? 1500,
        embedAll(embedder, [query.slice(0, 2000)]),
      );
      near = index.search(vector!, Math.max(k, DEPTH), groups);
    } catch (error) {
      this.#log(`answered from words alone: ${(error as Error).message}`);
      return words.slice(0, k);
    }
    return (sure ? append(words, near) : fuse(words, near)).slice(0, k);
  }

  #log(message: string): void {
    this.#options.log?.(message);
  }
}

/** The lexical list as it is, then what only the vectors found, with scores below it. */
export function append(words: SearchHit[], near: SearchHit[]): SearchHit[] {
  const seen = new Set(words.map((h) => h.id));
  const least = words.at(-1)?.score ?? 1;
  const rest = near.filter((h) => !seen.has(h.id));
  return [...words, ...rest.map((h, i) => ({ id: h.id, score: least / (i + 2) }))];
}

/** Reciprocal ranks of both lists; the scores stay on the scale of the lexical ones. */
export function fuse(words: SearchHit[], near: SearchHit[]): SearchHit[] {
  const scale = (words[0]?.score ?? 1) * (RANK_OFFSET + 1);
  const scores = new Map<string, number>();
  for (const [i, h] of words.entries()) scores.set(h.id, scale / (RANK_OFFSET + 1 + i));
  for (const [i, h] of near.entries()) {
    scores.set(h.id, (scores.get(h.id) ?? 0) + (VECTOR_SHARE * scale) / (RANK_OFFSET + 1 + i));
  }
  return [...scores].map(([id, score]) => ({ id, score })).sort((x, y) => y.score - x.score);
}

/** What the promise gives, or a rejection after `ms` milliseconds that says what was waited for. */
export function within<T>(ms: number, promise: Promise<T>, what = 'embedding'): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${what} within ${ms} ms`)), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
