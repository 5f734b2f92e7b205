import type Fraction from 'fraction.js';
import { InputError } from '../../errors.js';
import { isIsoDate, isPoint, readDateText } from '../../quantity/index.js';
import { acceptedBy, readFact } from '../facts.js';
import type { FactSpec } from '../types.js';
import type { Calculation, Context, InputSpec } from './types.js';

/** A nameless money fact, to read amounts exactly as facts are read. */
const MONEY: FactSpec = {
  id: '',
  type: 'money',
  label: '',
  question: '',
  example: '',
  synonyms: [],
  values: [],
  orWord: null,
  measures: [],
  falseWords: [],
  neverWords: [],
  noneWords: [],
  derive: null,
};

export const ACCEPTS_MONEY = '元为单位的数字（180000000）或写明单位的金额（"1.8亿元"、"2000万"）';
export const ACCEPTS_DATE = 'YYYY-MM-DD 或 2025年8月10日 形式的真实日期';

/** Refuses a missing or unreadable input, naming it. */
export function refuse(spec: InputSpec, given: unknown): never {
  if (given === undefined || given === null)
    throw new InputError(`缺少 ${spec.name}（${spec.label}）`, spec.accepts);
  const shown = (JSON.stringify(given) ?? String(given)).slice(0, 80);
  throw new InputError(`${spec.name}（${spec.label}）的值 ${shown} 无法读取`, spec.accepts);
}

/** An exact amount in yuan, or null when absent and not required. */
export function money(spec: InputSpec, given: unknown): Fraction | null {
  if (given === undefined || given === null) return spec.required ? refuse(spec, given) : null;
  try {
    const value = readFact({ ...MONEY, id: spec.name, label: spec.label }, given);
    if (value?.type === 'number' && isPoint(value.range)) return value.range.lo;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
  }
  return refuse(spec, given);
}

/** A day that exists, as YYYY-MM-DD, or null when absent and not required. */
export function day(spec: InputSpec, given: unknown): string | null {
  if (given === undefined || given === null) return spec.required ? refuse(spec, given) : null;
  if (typeof given === 'string') {
    const text = given.trim();
    if (isIsoDate(text)) return text;
    const read = readDateText(text);
    if (read && isIsoDate(read.value)) return read.value;
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
