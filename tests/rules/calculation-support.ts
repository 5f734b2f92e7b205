import { join } from 'node:path';
import { KNOWLEDGE } from '../../eval/bench/packs.js';
import { InputError } from '../../src/errors.js';
import { type CalculationResult, calculate, loadCalculations } from '../../src/rules/index.js';
import { AS_OF, library, vocabulary } from './support.js';

/** Every calculation of the packs, as `policy/id`. */
export const calculations = new Map(
  library.policies.flatMap((p) =>
    loadCalculations(join(KNOWLEDGE, p.meta.id, 'calculations.yaml'), p, vocabulary).map(
      (c) => [`${p.meta.id}/${c.id}` as string, c] as const,
    ),
  ),
);

export const run = (id: string, inputs: unknown, asOf = AS_OF): CalculationResult =>
  calculate(calculations.get(id)!, inputs, { asOf, vocabulary });

/** What the reader is told when a calculation refuses its inputs: the message and what would be accepted. */
export function refusal(id: string, inputs: unknown, asOf = AS_OF): [string, string] {
  try {
    run(id, inputs, asOf);
  } catch (error) {
    if (error instanceof InputError) return [error.message, error.accepted];
    throw error;
  }
  throw new Error('it was computed');
}
