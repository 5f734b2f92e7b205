import type Fraction from 'fraction.js';
import { InputError } from '../../errors.js';
import { isIsoDate, isPoint, readDateText } from '../../quantity/index.js';
import type { Range } from '../../quantity/types.js';
import { acceptedBy, readFact } from '../facts.js';
import { say } from '../say.js';
import type { FactSpec } from '../types.js';
import type { Calculation, Context, InputSpec } from './types.js';

/** What the reading of a fact needs to know of it: amounts and counts are read exactly as facts are. */
type Readable = Pick<FactSpec, 'id' | 'type' | 'label' | 'values' | 'orWord'>;

/** Refuses a missing or unreadable input, naming it. */
export function refuse(spec: InputSpec, given: unknown): never {
  if (given === undefined || given === null)
    throw new InputError(say('input.missing', { name: spec.name, label: spec.label }), spec.accepts);
  const shown = (JSON.stringify(given) ?? String(given)).slice(0, 80);
  throw new InputError(say('input.unreadable', { name: spec.name, label: spec.label, shown }), spec.accepts);
}

/** An exact amount in yuan, or null when absent and not required. */
export function money(spec: InputSpec, given: unknown): Fraction | null {
  if (given === undefined || given === null) return spec.required ? refuse(spec, given) : null;
  const range = numberIn('money', given);
  return range !== null && isPoint(range) ? range.lo : refuse(spec, given);
}

/** The numbers that a value may be, read as a fact of that type is read; null when it cannot be read. */
export function numberIn(type: 'money' | 'count', given: unknown): Range | null {
  const as: Readable = { id: '', label: '', type, values: [], orWord: null };
  try {
    const value = readFact(as as FactSpec, given);
    return value?.type === 'number' ? value.range : null;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return null;
  }
}

/** Calendar years in which a date of a filing can lie; a term counted from it stays a date of four digits. */
const YEARS = /^(?:19|2\d)\d\d-/;

/** A day that exists, as YYYY-MM-DD, or null when absent and not required. */
export function day(spec: InputSpec, given: unknown): string | null {
  if (given === undefined || given === null) return spec.required ? refuse(spec, given) : null;
  if (typeof given === 'string') {
    const text = given.trim();
    const read = isIsoDate(text) ? text : (readDateText(text)?.value ?? '');
    if (isIsoDate(read) && YEARS.test(read)) return read;
  }
  return refuse(spec, given);
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
