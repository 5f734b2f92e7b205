/** The OpenAI-compatible endpoint: time-outs, retries, circuit breaker, budget. Knows nothing of policies. */
export { CircuitBreaker } from './breaker.js';
export { DEFAULT_TOKENS, TokenBudget, type TokenCount, type TokenLimits } from './budget.js';
export { connectEmbedder, type EmbeddingOptions, type EndpointEmbedder } from './embeddings.js';
export { type EndpointOptions, ModelEndpoint, type Session } from './endpoint.js';
export { type FaultKind, faultOf, ModelFault, statusFault } from './errors.js';
export type { HealthView } from './health.js';
export { OPENAI_URL, type Probe, type ProbeOptions, probeModel } from './probe.js';
export { DEFAULT_TRANSPORT, resilientFetch, type TransportOptions } from './transport.js';
