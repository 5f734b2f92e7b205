import type Fraction from 'fraction.js';
import { InputError } from '../../errors.js';
import { canonical, compareExact, isPoint, writeMoney, writePercent, ZERO } from '../../quantity/index.js';
import { countedYears, FULL_TERM } from '../derive.js';
import { readFacts } from '../facts.js';
import { say } from '../say.js';
import { writeDifference } from '../test.js';
import type { Facts } from '../types.js';
import { factInputs, refuse } from './inputs.js';
import type { Calculation, Context, InputSpec, Kind } from './types.js';

/** The parts of a derived fact: those summed, those divided by (ratios only), and the founding date. */
function partsOf(calculation: Calculation, context: Pick<Context, 'vocabulary'>) {
  const derive = context.vocabulary.get(calculation.fact!)!.derive!;
  if ('mean' in derive) return { over: derive.mean, under: null, founded: derive.founded };
  const { ratio: over, of: under, founded } = derive as Extract<typeof derive, { ratio: string }>;
  return { over, under, founded };
}

/** The amounts of the counted years, refused while a year is missing or only known as a bound. */
function yearly(facts: Facts, spec: InputSpec): Map<number, Fraction> {
  const value = facts.get(spec.name);
  if (value?.type !== 'by-year') return refuse(spec, null);
  const out = new Map<number, Fraction>();
  for (const [year, range] of value.years) {
    if (!isPoint(range))
      throw new InputError(say('years.rangeOnly', { label: spec.label, year }), spec.accepts);
    out.set(year, range.lo!);
  }
  return out;
}

const sum = (numbers: Fraction[]): Fraction => numbers.reduce((a, b) => a.add(b), ZERO);

/** Mean R&D a year, and R&D over sales, of one to three fiscal years. */
const overYears: Kind = {
  inputs(calculation, vocabulary) {
    const { over, under, founded } = partsOf(calculation, { vocabulary });
    return factInputs([over, ...(under ? [under] : []), founded], founded, { vocabulary });
  },
  work(calculation, given, context) {
    const specs = this.inputs(calculation, context.vocabulary);
    const facts = readFacts(given, context.vocabulary);
    const { under, founded } = partsOf(calculation, context);
    const parts = yearly(facts, specs[0]!);
    const date = facts.get(founded);
    const counted = countedYears(parts, date?.type === 'date' ? date.value : null, context.asOf);
    const years = (counted ?? latestRun(parts)).sort((a, b) => a - b);
    const bases = under === null ? null : yearly(facts, specs[1]!);
    const missing = bases === null ? [] : years.filter((y) => !bases.has(y));
    if (missing.length > 0) {
      throw new InputError(
        say('years.lacking', {
          years: missing.map((year) => say('years.year', { year })).join(say('join.list')),
          label: specs[1]!.label,
        }),
        specs[1]!.accepts,
      );
    }
    const shown = (values: ReadonlyMap<number, Fraction>) =>
      years.map((year) => say('years.amount', { year, amount: writeMoney(values.get(year)!) }));
    const line = (values: ReadonlyMap<number, Fraction>) =>
      `${shown(values).join(' + ')} = ${writeMoney(sum(years.map((y) => values.get(y)!)))}`;
    const total = sum(years.map((y) => parts.get(y)!));
    const steps = [line(parts)];
    let value: Fraction;
    if (bases === null) {
      value = total.div(years.length);
      steps.push(
        say('years.divided', { total: writeMoney(total), n: years.length, mean: writeMoney(value) }),
      );
    } else {
      const base = sum(years.map((y) => bases.get(y)!));
      if (base.n === 0n) throw new InputError(say('years.noBase'), specs[1]!.accepts);
      value = total.div(base).mul(100);
      steps.push(
        line(bases),
        say('years.ratio', {
          total: writeMoney(total),
          base: writeMoney(base),
          ratio: writePercent(value),
        }),
      );
    }
    const notes =
      counted === null
        ? [say('years.partial', { n: years.length })]
        : years.length < FULL_TERM
          ? [say('years.young', { n: years.length })]
          : [];
    const unfinished = years.filter((year) => year >= Number(context.asOf.slice(0, 4)));
    if (unfinished.length > 0)
      notes.push(
        say('years.future', {
          years: unfinished.map((year) => say('years.year', { year })).join(say('join.list')),
        }),
      );
    const result = bases === null ? writeMoney(value) : writePercent(value);
    const limit = calculation.figures.get('limit');
    const reached = limit && compareExact(value, limit.quantity!.exact!) >= 0;
    const held = counted === null ? 'years.notHeld' : reached ? 'share.reached' : 'years.below';
    const off = limit ? limit.quantity!.exact!.sub(value) : ZERO;
    const gap = writeDifference(bases === null ? 'money' : 'percent', off, '');
    return {
      inputs: specs
        .filter((s) => s.name !== founded)
        .map((s) => ({
          name: s.name,
          label: s.label,
          value: shown(s === specs[0] ? parts : bases!).join(say('years.list')),
        })),
      steps,
      result,
      value: canonical(value),
      bounds: limit ? say(held, { words: limit.words, gap }) : null,
      notes,
    };
  },
};
export const average = overYears;
export const ratio = overYears;

/** The latest consecutive years given; fewer than a full term, or they would all count. */
function latestRun(parts: ReadonlyMap<number, unknown>): number[] {
  const run: number[] = [];
  for (let y = Math.max(...parts.keys()); parts.has(y); y--) run.push(y);
  return run;
}
