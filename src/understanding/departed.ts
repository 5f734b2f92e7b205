import type { Quantity } from '../quantity/types.js';
import type { Language } from './language.js';

const isExact = (q: Quantity): boolean =>
  q.unit === 'count' && q.exact?.d === 1n && q.bound === null && q.upper === null;
const PEOPLE = /^[人名个位]?$/;
const UNITS = /^[家所个]$/;

/**
 * Counts with those taken off who left or are not in yet: 25人离职了6个, 25人里6个刚走, 高校2家但有一家还没答应. One quantity of those that
 * remain, in the place of the two; those said to be of who left tell nothing else.
 */
export function joinDeparted(text: string, quantities: readonly Quantity[], language: Language): Quantity[] {
  const { sureCues } = language;
  const out: Quantity[] = [];
  for (const q of quantities) {
    const of = out.at(-1);
    if (!of || !isExact(of) || !isExact(q) || q.start - of.end > 14) {
      out.push(q);
      continue;
    }
    const between = text.slice(of.outerEnd, q.outerStart);
    const behind = text.slice(q.outerEnd);
    const people = PEOPLE.test(of.measure ?? '') && of.measure !== '个' && PEOPLE.test(q.measure ?? '');
    const units = UNITS.test(of.measure ?? '') && UNITS.test(q.measure ?? '');
    const left =
      people &&
      (sureCues.left.test(between) || (sureCues.amongThem.test(between) && sureCues.leftBehind.test(behind)));
    const notIn = units && sureCues.amongThem.test(between) && sureCues.notIn.test(behind);
    const n = left || notIn ? of.exact!.sub(q.exact!) : null;
    if (n === null || n.compare(0) < 0) {
      out.push(q);
      continue;
    }
    out[out.length - 1] = { ...of, value: n.toFraction(), exact: n };
  }
  return out;
}
