import type Fraction from 'fraction.js';
import { InputError } from '../../errors.js';
import { canonical, compareExact, isPoint, writeMoney, writePercent, ZERO } from '../../quantity/index.js';
import { countedYears } from '../derive.js';
import { readFacts } from '../facts.js';
import type { Facts } from '../types.js';
import { factInputs, refuse } from './inputs.js';
import type { Calculation, Context, InputSpec, Kind } from './types.js';

/** The parts of a derived fact: those summed, those divided by (ratios only), and the founding date. */
function partsOf(calculation: Calculation, context: Pick<Context, 'vocabulary'>) {
  const derive = context.vocabulary.get(calculation.fact!)!.derive!;
  if ('mean' in derive) return { over: derive.mean, under: null, founded: derive.founded };
  if ('ratio' in derive) return { over: derive.ratio, under: derive.of, founded: derive.founded };
  throw new InputError(`${calculation.id} 不能计算`, '');
}

/** The amounts of the counted years, refused while a year is missing or only known as a bound. */
function yearly(facts: Facts, spec: InputSpec): Map<number, Fraction> {
  const value = facts.get(spec.name);
  if (value?.type !== 'by-year') return refuse(spec, null);
  const out = new Map<number, Fraction>();
  for (const [year, range] of value.years) {
    if (!isPoint(range)) throw new InputError(`${spec.label}：${year}年只知道范围，不能计算`, spec.accepts);
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
    const known = new Set(specs.map((s) => s.name));
    const facts = readFacts(
      Object.fromEntries(Object.entries(given).filter(([id]) => known.has(id))),
      context.vocabulary,
    );
    const { under, founded } = partsOf(calculation, context);
    const parts = yearly(facts, specs[0]!);
    const date = facts.get(founded);
    const counted = countedYears(parts, date?.type === 'date' ? date.value : null, context.asOf);
    const years = (counted ?? latestRun(parts)).sort((a, b) => a - b);
    const bases = under === null ? null : yearly(facts, specs[1]!);
    const missing = bases === null ? [] : years.filter((y) => !bases.has(y));
    if (missing.length > 0) {
      throw new InputError(
        `缺少${missing.map((y) => `${y}年`).join('、')}的${specs[1]!.label}`,
        specs[1]!.accepts,
      );
    }
    const line = (values: ReadonlyMap<number, Fraction>) =>
      `${years.map((y) => `${y}年${writeMoney(values.get(y)!)}`).join(' + ')} = ${writeMoney(sum(years.map((y) => values.get(y)!)))}`;
    const total = sum(years.map((y) => parts.get(y)!));
    const steps = [line(parts)];
    let value: Fraction;
    if (bases === null) {
      value = total.div(years.length);
      steps.push(`${writeMoney(total)} ÷ ${years.length}年 = ${writeMoney(value)}`);
    } else {
      const base = sum(years.map((y) => bases.get(y)!));
      if (base.n === 0n) throw new InputError('同期销售收入为0，不能算比例', specs[1]!.accepts);
      value = total.div(base).mul(100);
      steps.push(line(bases), `${writeMoney(total)} ÷ ${writeMoney(base)} = ${writePercent(value)}`);
    }
    const notes =
      counted === null
        ? [
            `只按给出的${years.length}个年度计算；实际经营满三年的要用近三个会计年度，不满三年的请给出成立日期。`,
          ]
        : years.length < 3
          ? [`实际经营期不满三年，按${years.length}个年度计算。`]
          : [];
    const result = bases === null ? writeMoney(value) : writePercent(value);
    const limit = calculation.figures.get('limit');
    const reached = limit && compareExact(value, limit.quantity!.exact!) >= 0;
    return {
      inputs: specs.flatMap((s) => {
        const shown =
          s.name === founded
            ? null
            : years.map((y) => `${y}年${writeMoney((s === specs[0] ? parts : bases!).get(y)!)}`).join('，');
        return shown === null ? [] : [{ name: s.name, label: s.label, value: shown }];
      }),
      steps,
      result: value.d !== 1n && result.startsWith('约') ? `${canonical(value)}（${result}）` : result,
      value: canonical(value),
      bounds: limit ? `${reached ? '达到' : '低于'}“${limit.words}”` : null,
      notes,
    };
  },
};
export const average = overYears;
export const ratio = overYears;

/** The latest consecutive years given, three at most. */
function latestRun(parts: ReadonlyMap<number, unknown>): number[] {
  const run: number[] = [];
  for (let y = Math.max(...parts.keys()); run.length < 3 && parts.has(y); y--) run.push(y);
  return run;
}
