/** The assistant with a language model: an untrusted writer beside the offline plan. */
export { type AgentLimits, DEFAULT_LIMITS } from './agent.js';
export { type LlmAskOptions, LlmAssistant, type LlmParts } from './assistant.js';
export { compose, type Sifted, sift } from './compose.js';
export { Ledger } from './ledger.js';
