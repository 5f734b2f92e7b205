import type Fraction from 'fraction.js';
import { InputError } from '../../errors.js';
import { isIsoDate, isPoint, readDateText } from '../../quantity/index.js';
import { acceptedBy, readRange, shownAs } from '../facts.js';
import { say } from '../say.js';
import type { Calculation, Context, InputSpec } from './types.js';

/** Refuses a missing or unreadable input, naming it. */
export function refuse(spec: InputSpec, given: unknown): never {
  if (given === undefined || given === null)
    throw new InputError(say('input.missing', { name: spec.name, label: spec.label }), spec.accepts);
  const { name, label, accepts } = spec;
  throw new InputError(say('input.unreadable', { name, label, shown: shownAs(given) }), accepts);
}

/** An exact amount in yuan, or null when absent and not required. */
export function money(spec: InputSpec, given: unknown): Fraction | null {
  if (!spec.required && (given === undefined || given === null)) return null;
  const range = readRange('money', given);
  return range !== null && isPoint(range) ? range.lo : refuse(spec, given);
}

/** Calendar years in which a date of a filing can lie; a term counted from it stays a date of four digits. */
const YEARS = /^(?:19|2\d)\d\d-/;

/** A day that exists, as YYYY-MM-DD. */
export function day(spec: InputSpec, given: unknown): string {
  const text = typeof given === 'string' ? given.trim() : '';
  const read = isIsoDate(text) ? text : readDateText(text)?.value;
  return read !== undefined && isIsoDate(read) && YEARS.test(read) ? read : refuse(spec, given);
}

/** The figure a calculation was given in its data; packs without it do not load. */
export function figure(calculation: Calculation, name: string): Fraction {
  return calculation.figures.get(name)!.quantity!.exact!;
}

/** Inputs that are facts of the vocabulary; `optional` is the one that may be left out. */
export function factInputs(
  ids: string[],
  optional: string,
  context: Pick<Context, 'vocabulary'>,
): InputSpec[] {
  return ids.map((id) => {
    const spec = context.vocabulary.get(id)!;
    return { name: id, label: spec.label, accepts: acceptedBy(spec), required: id !== optional };
  });
}
