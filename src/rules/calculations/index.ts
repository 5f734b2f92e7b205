import { InputError } from '../../errors.js';
import { say } from '../say.js';
import { matching, name, share } from './amounts.js';
import { annual, exclusion, inForce, periodic, validity } from './dates.js';
import { score } from './score.js';
import type { Calculation, CalculationKind, CalculationResult, Context, InputSpec, Kind } from './types.js';
import { average, ratio } from './years.js';

export { readEvidence } from './evidence.js';
export { loadCalculations } from './load.js';
export type {
  Calculation,
  CalculationKind,
  CalculationResult,
  Context,
  InputSpec,
  ScoreItem,
} from './types.js';

const KINDS: Record<CalculationKind, Kind> = {
  matching,
  average,
  ratio,
  share,
  exclusion,
  annual,
  periodic,
  validity,
  'in-force': inForce,
  name,
  score,
};

/** What a calculation takes, in order, with what each input accepts. */
export function inputsOf(calculation: Calculation, context: Pick<Context, 'vocabulary'>): InputSpec[] {
  return KINDS[calculation.kind].inputs(calculation, context.vocabulary);
}

/**
 * One calculation with its steps. Pure: the same inputs and day give the same result, exact, never rounded before the end.
 * @param inputs by name (see {@link inputsOf}); facts are read as `readFacts` reads them.
 * @throws InputError for a missing, unknown or unreadable input, naming it and what would be accepted.
 */
export function calculate(calculation: Calculation, inputs: unknown, context: Context): CalculationResult {
  if (typeof inputs !== 'object' || inputs === null || Array.isArray(inputs)) {
    throw new InputError(say('input.notAnObject'), say('input.example'));
  }
  const given = inputs as Record<string, unknown>;
  const specs = inputsOf(calculation, context);
  const stranger = Object.keys(given).find((key) => !specs.some((s) => s.name === key));
  if (stranger !== undefined) {
    throw new InputError(
      say('input.unknown', { title: calculation.title, name: stranger.slice(0, 60) }),
      specs.map(({ name, label }) => say('input.named', { name, label })).join(say('join.list')) ||
        say('input.none'),
    );
  }
  const worked = KINDS[calculation.kind].work(calculation, given, context);
  return {
    id: calculation.id,
    policy: calculation.policy.meta.id,
    title: calculation.title,
    clause: calculation.clause,
    quote: calculation.quote,
    inputs: worked.inputs,
    steps: worked.steps,
    result: worked.result,
    value: worked.value,
    bounds: worked.bounds ?? null,
    notes: [...(calculation.note === null ? [] : [calculation.note]), ...(worked.notes ?? [])],
    rows: worked.rows ?? [],
  };
}
