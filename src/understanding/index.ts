/** Understanding: a question becomes cities, facts, what is asked and intents. Deterministic; words are data. */

export { CityBook } from './city-book.js';
export { type Language, loadLanguage } from './language.js';
export { marksOf } from './marks.js';
export { normalise } from './normalise.js';
export { loadPlaces } from './places.js';
export { Reader } from './reader.js';
export { segment } from './segment.js';
export * from './types.js';
