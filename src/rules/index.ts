/** Rules: facts, criteria, three-valued checks. Nothing here knows a model, a channel or a city. */
export { applies, outcomeOf } from './applies.js';
export {
  type Calculation,
  type CalculationResult,
  calculate,
  type InputSpec,
  inputsOf,
  loadCalculations,
  readEvidence,
} from './calculations/index.js';
export { check, conflictText, settle } from './check.js';
export { type Criterion, loadCriteria } from './criteria.js';
export { deriveFacts } from './derive.js';
export {
  type Candidate,
  type Counterfactual,
  openShortfalls,
  otherPolicies,
  type Shortfall,
  smallestChange,
} from './explain.js';
export { acceptedBy, readFact, readFacts, writeFact, writeFacts } from './facts.js';
export { nextFact } from './next.js';
export type { Change, Test } from './test.js';
export type * from './types.js';
export { loadVocabulary, type Vocabulary } from './vocabulary.js';
