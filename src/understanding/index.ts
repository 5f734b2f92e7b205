/** Understanding: a question becomes cities, facts, what is asked and intents. Deterministic; words are data. */

export { CityBook } from './cities.js';
export { type Language, loadLanguage, loadPlaces } from './lexicon.js';
export { marksOf } from './marks.js';
export { normalise } from './normalise.js';
export { Reader } from './reader.js';
export { segment } from './segment.js';
export * from './types.js';
