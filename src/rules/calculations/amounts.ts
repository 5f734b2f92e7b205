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
import { say } from '../say.js';
import { factInputs, figure, money, refuse } from './inputs.js';
import type { InputSpec, Kind } from './types.js';

const amount = (name: 'national' | 'provincial' | 'total', required: boolean): InputSpec => ({
  name,
  label: say(`matching.${name}`),
  accepts: say('input.money'),
  required,
});
const signed = (n: Fraction): string =>
  compareExact(n, ZERO) < 0 ? say('matching.minus', { amount: writeMoney(n.neg()) }) : writeMoney(n);
const smaller = (a: Fraction, b: Fraction): Fraction => (compareExact(a, b) <= 0 ? a : b);

/** City money on top of national money: a share of it, up to a cap, all grants together within the project's cost. */
export const matching: Kind = {
  inputs: () => [amount('national', true), amount('provincial', false), amount('total', false)],
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
      say('matching.share', {
        national: writeMoney(national),
        share: writePercent(share),
        half: writeMoney(half),
      }),
      say('matching.cap', { cap: writeMoney(cap), result: writeMoney(result) }),
    ];
    const notes: string[] = [];
    let bounds =
      compareExact(half, cap) > 0
        ? say('matching.byCap', { words: calculation.figures.get('cap')!.words })
        : null;
    if (total === null) {
      const noTotal = say('matching.noTotal');
      bounds = bounds === null ? noTotal : say('matching.both', { first: bounds, second: noTotal });
    } else {
      const granted = national.add(provincial ?? ZERO);
      const room = total.sub(granted);
      const over = compareExact(room, ZERO) < 0;
      const left = over ? ZERO : room;
      if (over) notes.push(say('matching.over'));
      steps.push(
        say('matching.room', {
          total: writeMoney(total),
          known: say(provincial === null ? 'matching.knownNational' : 'matching.knownBoth'),
          granted: writeMoney(granted),
          room: signed(room),
        }),
      );
      if (compareExact(left, result) < 0) bounds = say('matching.byTotal');
      result = smaller(left, result);
      if (provincial === null) notes.push(say('matching.noProvincial'));
      steps.push(say('matching.most', { result: writeMoney(result) }));
    }
    return {
      inputs: used(specs, [national, provincial, total]),
      steps,
      result: say('matching.result', { result: writeMoney(result) }),
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
    factInputs([calculation.fact!, calculation.of!], calculation.fact!, { vocabulary }),
  work(calculation, given, context) {
    const [ofPart, ofWhole] = this.inputs(calculation, context.vocabulary) as [InputSpec, InputSpec];
    const facts = readFacts(given, context.vocabulary);
    const count = (spec: InputSpec): Fraction => {
      const value = facts.get(spec.name);
      return value?.type === 'number' && isPoint(value.range)
        ? value.range.lo!
        : refuse(spec, given[spec.name]);
    };
    const whole = count(ofWhole);
    const part = facts.has(ofPart.name) ? count(ofPart) : null;
    if (whole.n === 0n || (part !== null && compareExact(part, whole) > 0)) {
      throw new InputError(
        say('share.impossible', {
          partLabel: ofPart.label,
          part: canonical(part ?? ZERO),
          wholeLabel: ofWhole.label,
          whole: canonical(whole),
        }),
        ofWhole.accepts,
      );
    }
    const { words } = calculation.figures.get('limit')!;
    const limit = figure(calculation, 'limit');
    const least = whole.mul(limit).div(100).ceil();
    const written = (n: Fraction) =>
      writeCount(n, context.vocabulary.get(calculation.fact!)!.measures[0] ?? '');
    const needed = say('share.least', { all: canonical(whole), words, count: written(least) });
    const shown = (spec: InputSpec, n: Fraction) => ({
      name: spec.name,
      label: spec.label,
      value: canonical(n),
    });
    if (part === null) {
      return {
        inputs: [shown(ofWhole, whole)],
        steps: [needed],
        result: say('share.atLeast', { count: written(least) }),
        value: canonical(least),
      };
    }
    const percent = part.div(whole).mul(100);
    const values = { part: canonical(part), whole: canonical(whole), percent: writePercent(percent) };
    return {
      inputs: [shown(ofPart, part), shown(ofWhole, whole)],
      steps: [say('share.divided', values), needed],
      result: say('share.result', values),
      value: canonical(percent),
      bounds:
        compareExact(percent, limit) >= 0
          ? say('share.reached', { words })
          : say('share.short', { words, count: written(least.sub(part)) }),
    };
  },
};

/** Whether a name fits the printed pattern. */
export const name: Kind = {
  inputs: () => [{ name: 'name', label: say('name.label'), accepts: say('name.accepts'), required: true }],
  work(calculation, given, context) {
    const spec = this.inputs(calculation, context.vocabulary)[0]!;
    const text = given.name;
    if (typeof text !== 'string' || text.trim() === '' || text.length > 500) return refuse(spec, text);
    const pattern = calculation.figures.get('pattern')!.words;
    const clean = cleanName(text);
    const fits = namePattern(pattern).test(clean);
    return {
      inputs: [{ name: spec.name, label: spec.label, value: clean }],
      steps: [say('name.wanted', { pattern }), say(fits ? 'name.fits' : 'name.misfits', { name: clean })],
      result: fits ? say('name.yes') : say('name.no', { pattern }),
      value: String(fits),
    };
  },
};
