/** The guided interview: a state and the next question, no channel in it. */
export { type Ground, Interview } from './engine.js';
export { factsOf } from './state.js';
export * from './types.js';
export { loadWords, type Words } from './words.js';
