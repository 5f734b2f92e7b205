export { IndexFormatError } from './codec.js';
export type { LexicalOptions } from './data.js';
export { type HybridOptions, HybridRetriever } from './hybrid.js';
export { type Explanation, LexicalIndex } from './lexical.js';
export { type Progress, progressBar } from './progress.js';
export { fingerprint, type OpenIndexOptions, openIndex } from './store.js';
export { normalise, units } from './tokens.js';
export type { IndexDoc, Retriever, SearchHit, SearchOptions } from './types.js';
export { type Embedder, EmbeddingError, VectorIndex } from './vectors.js';
