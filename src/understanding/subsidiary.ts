import { ZERO } from '../quantity/index.js';
import type { Range } from '../quantity/types.js';
import type { Reading } from './reading.js';
import type { FactMention } from './types.js';

const FACT = 'consortium.subsidiary_members';

const AT_LEAST_ONE: Range = { lo: ZERO.add(1n), loIncluded: true, hi: null, hiIncluded: false };

/**
 * “想拿全资子公司当共建单位”, “子公司是我们全资的，拿它当共建单位”: planned, so there is one at least, though nobody counts them. Asked
 * whether one may (能不能让子公司当成员) tells of none.
 */
export function subsidiariesPlanned(reading: Reading, told: readonly FactMention[]): FactMention[] {
  const { cues } = reading.language;
  if (!reading.vocabulary.get(FACT) || told.some((m) => m.fact === FACT)) return [];
  const m = cues.childPlanned.exec(reading.text);
  if (!m) return [];
  const before = reading.text.slice(Math.max(0, m.index - 6), m.index);
  if (cues.childAsked.test(before) || cues.childAsked.test(m[0])) return [];
  return [
    {
      fact: FACT,
      value: { type: 'number', range: AT_LEAST_ONE },
      start: m.index,
      end: m.index + m[0].length,
    },
  ];
}
