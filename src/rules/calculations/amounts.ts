import type Fraction from 'fraction.js';
import { InputError } from '../../errors.js';
import {
  canonical,
  compareExact,
  isPoint,
  writeCount,
  writeMoney,
  writePercent,
  ZERO,
} from '../../quantity/index.js';
import { countedYears } from '../derive.js';
import { acceptedBy, readFacts } from '../facts.js';
import { cleanName, namePattern } from '../kinds.js';
import type { Facts } from '../types.js';
import { ACCEPTS_MONEY, figure, money, refuse } from './inputs.js';
import type { Calculation, Context, InputSpec, Kind } from './types.js';

const amount = (name: string, label: string, required: boolean): InputSpec => ({
  name,
  label,
  accepts: ACCEPTS_MONEY,
  required,
});
const smaller = (a: Fraction, b: Fraction): Fraction => (compareExact(a, b) <= 0 ? a : b);

/** City money on top of national money: a share of it, up to a cap, all grants together within the project's cost. */
export const matching: Kind = {
  inputs: () => [
    amount('national', '国家财政资金', true),
    amount('provincial', '省级资助', false),
    amount('total', '项目总投入', false),
  ],
  work(calculation, given, context) {
    const specs = this.inputs(calculation, context.vocabulary);
    const [national, provincial, total] = specs.map((s) => money(s, given[s.name])) as [
      Fraction,
      Fraction | null,
      Fraction | null,
    ];
    const share = figure(calculation, 'share');
    const cap = figure(calculation, 'cap');
    const half = national.mul(share).div(100);
    let result = smaller(half, cap);
    const steps = [
      `${writeMoney(national)} × ${writePercent(share)} = ${writeMoney(half)}`,
      `与上限${writeMoney(cap)}比较，取${writeMoney(result)}`,
    ];
    const notes: string[] = [];
    let bounds = compareExact(half, cap) > 0 ? `受“${calculation.figures.get('cap')!.words}”限制` : null;
    if (total === null) {
      bounds = '没有给出项目总投入，还要满足国家、省、市资助之和不超过项目总投入';
    } else {
      const granted = national.add(provincial ?? ZERO);
      const room = total.sub(granted);
      const left = compareExact(room, ZERO) < 0 ? ZERO : room;
      const known = provincial === null ? '国家资助' : '国家、省资助';
      steps.push(
        `项目总投入${writeMoney(total)} − ${known}${writeMoney(granted)} = ${room.compare(0) < 0 ? `−${writeMoney(room.neg())}` : writeMoney(room)}`,
      );
      if (compareExact(left, result) < 0) bounds = '受“国家、省、市资助金额之和不超过项目总投入”限制';
      result = smaller(left, result);
      if (provincial === null) notes.push('没有给出省级资助，按未计入省级资助计算；有省级资助时可能更少。');
      steps.push(`市级配套最高${writeMoney(result)}`);
    }
    return {
      inputs: used(specs, [national, provincial, total]),
      steps,
      result: `最高${writeMoney(result)}`,
      value: canonical(result),
      bounds,
      notes,
    };
  },
};

const used = (specs: InputSpec[], values: (Fraction | null)[]) =>
  specs.flatMap((s, i) =>
    values[i] === null ? [] : [{ name: s.name, label: s.label, value: writeMoney(values[i]!) }],
  );

/** The parts of a derived fact: those summed, those divided by (ratios only), and the founding date. */
function partsOf(calculation: Calculation, context: Pick<Context, 'vocabulary'>) {
  const derive = context.vocabulary.get(calculation.fact!)!.derive!;
  if ('mean' in derive) return { over: derive.mean, under: null, founded: derive.founded };
  if ('ratio' in derive) return { over: derive.ratio, under: derive.of, founded: derive.founded };
  throw new InputError(`${calculation.id} 不能计算`, '');
}

function factInputs(ids: string[], optional: string, context: Pick<Context, 'vocabulary'>): InputSpec[] {
  return ids.map((id) => {
    const spec = context.vocabulary.get(id)!;
    return { name: id, label: spec.label, accepts: acceptedBy(spec), required: id !== optional };
  });
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

/** A share of two counts, and how many it takes; of the whole alone, only how many it takes. */
export const share: Kind = {
  inputs: (calculation, vocabulary) =>
    factInputs([calculation.fact!, calculation.of!], '', { vocabulary }).map((spec, i) =>
      i === 0 ? { ...spec, required: false } : spec,
    ),
  work(calculation, given, context) {
    const specs = this.inputs(calculation, context.vocabulary);
    const facts = readFacts(
      Object.fromEntries(specs.map((s) => [s.name, given[s.name]])),
      context.vocabulary,
    );
    if (!facts.has(specs[0]!.name)) {
      const only = facts.get(specs[1]!.name);
      if (only?.type !== 'number' || !isPoint(only.range)) return refuse(specs[1]!, given[specs[1]!.name]);
      const all = only.range.lo!;
      const words = calculation.figures.get('limit')!.words;
      const least = all.mul(figure(calculation, 'limit')).div(100).ceil();
      const count = writeCount(least, context.vocabulary.get(calculation.fact!)!.measures[0] ?? '');
      return {
        inputs: [{ name: specs[1]!.name, label: specs[1]!.label, value: canonical(all) }],
        steps: [`总数为${canonical(all)}时，${words}至少是${count}`],
        result: `至少${count}`,
        value: canonical(least),
        bounds: null,
      };
    }
    const [part, whole] = specs.map((s) => {
      const value = facts.get(s.name);
      return value?.type === 'number' && isPoint(value.range) ? value.range.lo! : refuse(s, given[s.name]);
    }) as [Fraction, Fraction];
    if (whole.n === 0n || compareExact(part, whole) > 0) {
      throw new InputError(
        `${specs[0]!.label}（${canonical(part)}）不能多于${specs[1]!.label}（${canonical(whole)}），总数也不能是0`,
        specs[1]!.accepts,
      );
    }
    const limit = figure(calculation, 'limit');
    const percent = part.div(whole).mul(100);
    const least = whole.mul(limit).div(100).ceil();
    const measure = context.vocabulary.get(calculation.fact!)!.measures[0] ?? '';
    const words = calculation.figures.get('limit')!.words;
    const reached = compareExact(percent, limit) >= 0;
    return {
      inputs: specs.map((s, i) => ({
        name: s.name,
        label: s.label,
        value: canonical(i === 0 ? part : whole),
      })),
      steps: [
        `${canonical(part)} ÷ ${canonical(whole)} = ${writePercent(percent)}`,
        `总数为${canonical(whole)}时，${words}至少是${writeCount(least, measure)}`,
      ],
      result: `${canonical(part)}/${canonical(whole)}（${writePercent(percent)}）`,
      value: canonical(percent),
      bounds: reached
        ? `达到“${words}”`
        : `低于“${words}”，总数不变时还差${writeCount(least.sub(part), measure)}`,
    };
  },
};

/** Whether a name fits the printed pattern. */
export const name: Kind = {
  inputs: () => [{ name: 'name', label: '拟用名称', accepts: '联合体的全称', required: true }],
  work(calculation, given, context) {
    const spec = this.inputs(calculation, context.vocabulary)[0]!;
    if (typeof given.name !== 'string' || given.name.trim() === '' || given.name.length > 500)
      return refuse(spec, given.name);
    const pattern = calculation.figures.get('pattern')!.words;
    const clean = cleanName(given.name);
    const fits = namePattern(pattern).test(clean);
    return {
      inputs: [{ name: spec.name, label: spec.label, value: clean }],
      steps: [`要求的格式是“${pattern}”`, `“${clean}”${fits ? '符合' : '不符合'}这个格式`],
      result: fits ? '符合格式' : `不符合格式，应形如“${pattern}”`,
      value: String(fits),
    };
  },
};
