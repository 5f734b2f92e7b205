import {
  isIsoDate,
  writeCount,
  writeDate,
  writeMoney,
  writePercent,
  writeRange,
} from '../../quantity/index.js';
import { type FactSpec, type FactValue, readFact, type Vocabulary } from '../../rules/index.js';
import type { Wording } from '../wording.js';

/** A fact's value as a person would say it: 1.8亿元, 不到2亿元, 23人, 是, 省级（省部级）, 2023年1800万元、2024年…. */
export function showValue(spec: FactSpec, value: FactValue, wording: Wording): string {
  switch (value.type) {
    case 'number':
      return writeRange(value.range, (n) =>
        spec.type === 'money'
          ? writeMoney(n)
          : spec.type === 'percent'
            ? writePercent(n)
            : writeCount(n, spec.measures[0] ?? ''),
      );
    case 'boolean':
      return wording.say(value.value ? 'say.yes' : 'say.no');
    case 'enum':
      return spec.values.find((v) => v.id === value.value)?.label ?? value.value;
    case 'date':
      return isIsoDate(value.value) ? writeDate(value.value) : wording.say('say.never');
    case 'text':
      return value.value;
    case 'by-year':
      return [...value.years]
        .map(([year, range]) => wording.say('say.year', { year, value: writeRange(range, writeMoney) }))
        .join(wording.say('say.listJoin'));
  }
}

/** A value in the contract's notation, as a person would say it. */
export function showWritten(vocabulary: Vocabulary, id: string, written: unknown, wording: Wording): string {
  const spec = vocabulary.get(id)!;
  const value = readFact(spec, written);
  return value === null ? '' : showValue(spec, value, wording);
}

/** How a fact is called in speech: its label without the explanation in brackets. */
export const nameOf = (spec: FactSpec): string => spec.label.replace(/（[^）]*）$/, '');
