/** The guard: whether a sentence that a model wrote may leave. Pure; knows no model. */
export { Guard } from './guard.js';
export type { DropReason, GuardResult, Proof, Said } from './types.js';
export { type GuardWords, loadGuardWords } from './words.js';
