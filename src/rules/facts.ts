import { InputError } from '../errors.js';
import {
  exact,
  formatRangeCanonical,
  isEmptyRange,
  isIsoDate,
  parseRangeCanonical,
  point,
  quantityRange,
  readCount,
  readMoney,
  readPercent,
} from '../quantity/index.js';
import type { Range } from '../quantity/types.js';
import { say } from './say.js';
import type { FactSpec, Facts, FactValue } from './types.js';
import type { Vocabulary } from './vocabulary.js';

/** How wording-rules.yaml calls what a type accepts; lists of values are told value by value. */
const ACCEPTED: Record<Exclude<FactSpec['type'], 'enum' | 'level'>, string> = {
  money: 'facts.money',
  percent: 'facts.percent',
  count: 'facts.count',
  date: 'facts.date',
  boolean: 'facts.boolean',
  text: 'facts.text',
  'money-by-year': 'facts.byYear',
};

/** What a fact accepts, in words for the reader. */
export function acceptedBy(spec: Pick<FactSpec, 'type' | 'values' | 'orWord'>): string {
  if (spec.type === 'enum' || spec.type === 'level') {
    const values = spec.values.map(({ id, label }) => say('facts.value', { id, label }));
    return say('facts.values', { values: values.join(say('join.list')) });
  }
  const accepted = say(ACCEPTED[spec.type]);
  return spec.orWord === null ? accepted : say('facts.orWord', { accepted, word: spec.orWord });
}

/** A value as a message may show it: its beginning; one nested without end is not walked. */
export function shownAs(given: unknown): string {
  try {
    return JSON.stringify(given).slice(0, 80);
  } catch {
    return say('facts.tooDeep');
  }
}

function refuse(spec: FactSpec, given: unknown): never {
  throw new InputError(
    say('facts.unreadable', { id: spec.id, label: spec.label, shown: shownAs(given) }),
    acceptedBy(spec),
  );
}

/** Whether some number of the range is 0 or more, none is stated below 0, and one is left at all. */
function nonNegative(range: Range | null): range is Range {
  if (range === null || isEmptyRange(range)) return false;
  if (range.lo !== null) return range.lo.compare(0) >= 0;
  return range.hi === null || range.hi.compare(0) > 0 || (range.hi.n === 0n && range.hiIncluded);
}

/** The numbers that a value may be, none below 0: an exact one, or a range; null when it cannot be read. */
export function readRange(type: FactSpec['type'], given: unknown): Range | null {
  const range =
    typeof given === 'number' && Number.isFinite(given)
      ? point(exact(plainDecimal(given)))
      : typeof given === 'string' && given.length <= 200
        ? (parseRangeCanonical(given.trim()) ?? inWords(type, given))
        : null;
  return nonNegative(range) && (type !== 'count' || wholeEnds(range)) ? range : null;
}

/** An amount, a percentage or a count as people write it: 1.8亿元, 4.2%, 5家. */
function inWords(type: FactSpec['type'], text: string): Range | null {
  const read = type === 'percent' ? readPercent(text) : type === 'count' ? readCount(text) : readMoney(text);
  return read === null ? null : quantityRange(read);
}

function readNumber(spec: FactSpec, given: unknown): Range {
  return readRange(spec.type, given) ?? refuse(spec, given);
}

function wholeEnds(range: Range): boolean {
  return (range.lo === null || range.lo.d === 1n) && (range.hi === null || range.hi.d === 1n);
}

/** The shortest decimal notation of a JSON number, its exponent written out: 1.5e+21, 2e-7. */
function plainDecimal(n: number): string {
  const text = String(n);
  const parts = /^(-?)(\d)\.?(\d*)e([+-]\d+)$/.exec(text);
  if (!parts) return text;
  const [, sign, whole, decimals, power] = parts as unknown as [string, string, string, string, string];
  const digits = whole + decimals;
  const shift = Number(power);
  // Below a millionth or from 10^21 on: the point stands before all digits or behind them.
  return sign + (shift < 0 ? `0.${'0'.repeat(-shift - 1)}${digits}` : digits.padEnd(shift + 1, '0'));
}

function readByYear(spec: FactSpec, given: unknown): FactValue | null {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) refuse(spec, given);
  const years = new Map<number, Range>();
  for (const [key, value] of Object.entries(given)) {
    if (value === null) continue;
    if (!/^(19|20)\d\d$/.test(key)) refuse(spec, given);
    years.set(Number(key), readNumber(spec, value));
  }
  // Keys that are whole numbers come in ascending order, whatever the order they are written in.
  return years.size === 0 ? null : { type: 'by-year', years };
}

/** Some day between two, as `writeFact` notes it: ">=2024-01-01 <=2024-12-31"; null for anything else. */
function readDays(given: unknown): FactValue | null {
  const m = typeof given === 'string' ? /^>=(\S{10}) <=(\S{10})$/.exec(given) : null;
  const [from, to] = [m?.[1] ?? '', m?.[2] ?? ''];
  return isIsoDate(from) && isIsoDate(to) && from <= to ? { type: 'date', value: from, latest: to } : null;
}

/**
 * One fact's value from JSON, as the contract describes it.
 * @returns null when the value is null, or a map without a year (unknown).
 * @throws InputError naming the fact and what would be accepted.
 */
export function readFact(spec: FactSpec, given: unknown): FactValue | null {
  if (given === null || given === undefined) return null;
  switch (spec.type) {
    case 'money':
    case 'percent':
    case 'count':
      return { type: 'number', range: readNumber(spec, given) };
    case 'money-by-year':
      return readByYear(spec, given);
    case 'boolean':
      return typeof given === 'boolean' ? { type: 'boolean', value: given } : refuse(spec, given);
    case 'date':
      if (typeof given === 'string' && (isIsoDate(given) || given === spec.orWord)) {
        return { type: 'date', value: given };
      }
      return readDays(given) ?? refuse(spec, given);
    case 'enum':
    case 'level':
      if (spec.values.some((v) => v.id === given)) return { type: 'enum', value: given as string };
      return refuse(spec, given);
    case 'text':
      if (typeof given === 'string' && given.trim() !== '' && given.length <= 500) {
        return { type: 'text', value: given.trim() };
      }
      return refuse(spec, given);
  }
}

/**
 * A whole facts object from JSON. Unknown ids are refused with the nearest known ones.
 * @throws InputError naming the fact and what would be accepted.
 */
export function readFacts(given: unknown, vocabulary: Vocabulary): Facts {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new InputError(say('facts.notAnObject'), say('facts.example'));
  }
  const facts = new Map<string, FactValue>();
  for (const [id, value] of Object.entries(given)) {
    const spec = vocabulary.get(id);
    if (!spec)
      throw new InputError(
        say('facts.unknown', { id: id.slice(0, 60) }),
        say('facts.known', { ids: near(id, vocabulary) }),
      );
    const read = readFact(spec, value);
    if (read !== null) facts.set(id, read);
  }
  return facts;
}

function near(id: string, vocabulary: Vocabulary): string {
  const prefix = id.split('.')[0];
  const same = vocabulary.specs.filter((s) => s.id.startsWith(`${prefix}.`));
  return (same.length > 0 ? same : vocabulary.specs).map((s) => s.id).join(say('join.list'));
}

/** The contract's notation of a fact: exact decimal strings, bounds as "<200000000", counts as integers. */
export function writeFact(spec: FactSpec, value: FactValue): unknown {
  switch (value.type) {
    case 'number': {
      const text = formatRangeCanonical(value.range);
      return spec.type === 'count' && /^\d+$/.test(text) ? Number(text) : text;
    }
    case 'by-year':
      return Object.fromEntries(
        [...value.years].map(([year, range]) => [String(year), formatRangeCanonical(range)]),
      );
    case 'date':
      return value.latest === undefined ? value.value : `>=${value.value} <=${value.latest}`;
    default:
      return value.value;
  }
}

/** All facts in the contract's notation, in vocabulary order. */
export function writeFacts(facts: Facts, vocabulary: Vocabulary): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const spec of vocabulary.specs) {
    const value = facts.get(spec.id);
    if (value) out[spec.id] = writeFact(spec, value);
  }
  return out;
}
