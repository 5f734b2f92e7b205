import type { Quantity } from '../quantity/types.js';
import type { Language } from './language.js';

/** Two figures of one kind with nothing but words of a shortfall between them tell a third. */
export function joinShortfalls(
  text: string,
  quantities: readonly Quantity[],
  language: Language,
): Quantity[] {
  const { cues } = language;
  const out: Quantity[] = [];
  for (const q of quantities) {
    const prior = out.at(-1);
    // 差两个到20: the sum may leave out what is counted.
    const plain = q.unit === 'number' && q.measure === null && q.exact?.d === 1n && q.bound === null;
    const alike = prior?.measure === q.measure ? isExact(q) : plain;
    const both = prior && isExact(prior) && alike ? prior : null;
    const between = both ? text.slice(both.end, q.start) : '';
    const lead = both ? cues.shortOf.exec(text.slice(0, both.start)) : null;
    // 差一家到五家, 还差两家才够5家
    const up = lead && cues.shortUpTo.test(between);
    // 离5家还差1家
    const down = both && cues.shortFrom.test(text.slice(0, both.start)) && cues.shortBetween.test(between);
    const [goal, gap] = up ? [q, both!] : [both!, q];
    const n = up || down ? goal.exact!.sub(gap.exact!) : null;
    if (n === null || n.compare(0) < 0) {
      out.push(q);
      continue;
    }
    const start = lead ? lead.index : both!.start;
    out[out.length - 1] = {
      ...q,
      unit: both!.unit,
      measure: both!.measure,
      text: text.slice(start, q.end),
      start,
      outerStart: start,
      value: n.toFraction(),
      exact: n,
    };
  }
  return out;
}

/** A whole number of units or people, told without a bound. */
const isExact = (q: Quantity): boolean =>
  q.unit === 'count' && q.exact?.d === 1n && q.bound === null && q.upper === null;
