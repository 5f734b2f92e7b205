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
import { readFacts } from '../facts.js';
import { cleanName, namePattern } from '../kinds.js';
import { ACCEPTS_MONEY, factInputs, figure, money, refuse } from './inputs.js';
import type { InputSpec, Kind } from './types.js';

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
