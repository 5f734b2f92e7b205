/** The way with a model: LangChain's agent over the project's tools, its words held against the guard. */

export { type AgentLimits, DEFAULT_LIMITS } from './agent.js';
export { LlmAssistant, type LlmParts } from './assistant.js';
export { compose } from './compose.js';
export { Ledger } from './ledger.js';
export type { Dropped, Kept, Sifted } from './sift.js';
export { Sifter } from './stream.js';
