import type { Quantity } from '../quantity/types.js';
import { segmentAt } from './context.js';
import type { Reading } from './reading.js';

const isShare = (q: Quantity): boolean => q.unit === 'percent' || q.unit === 'fraction';

/** The words of a statement before a share, from the figure before. */
function wordsBefore(reading: Reading, q: Quantity): string {
  const seg = segmentAt(reading, q.start);
  const prior = reading.quantities.findLast(
    (p) => p.end <= q.outerStart && !['duration', 'number', 'ordinal', 'date'].includes(p.unit),
  );
  return reading.text.slice(Math.max(seg?.start ?? 0, prior?.end ?? 0), q.outerStart);
}

/**
 * Whether a share is of something else than spending on research in sales: 研发人员占比6%, 高新产品收入占比60%, 占成本5%, 行业平均5.5%, and
 * 研发人员30，占比6%, which is of the people counted right before it.
 */
export function isShareOfOther(reading: Reading, q: Quantity): boolean {
  if (!isShare(q) || !segmentAt(reading, q.start)) return false;
  const { sureCues } = reading.language;
  const before = wordsBefore(reading, q);
  if (/(本地|市内|市域|单位|企业|成员|股)/.test(before) && !/研发/.test(before)) return false;
  if (sureCues.shareOf.test(before) || sureCues.shareIn.test(before) || sureCues.shareAmong.test(before))
    return true;
  if (sureCues.meanOfOthers.test(before)) return true;
  return isOfPeople(reading, q, before) || isFromTo(reading, q);
}

/** 研发人员30，占比6%; 总共500人，研发占6%: where people were counted last, and no money since. */
function isOfPeople(reading: Reading, q: Quantity, before: string): boolean {
  const { sureCues } = reading.language;
  const bare = sureCues.peopleShare.test(before);
  if (!bare && !sureCues.staffShare.test(before)) return false;
  const prior = reading.quantities.findLast(
    (p) => p.end <= q.outerStart && !['duration', 'ordinal', 'date'].includes(p.unit),
  );
  if (!prior || q.start - prior.end > 12) return false;
  const counted = reading.text.slice(segmentAt(reading, prior.start)?.start ?? 0, prior.start);
  // 专职研发24人，研发占比5.5% has a name of its own; 总共500人，研发占6% is of all of them.
  if (!bare) return ['count', 'number'].includes(prior.unit) && sureCues.staff.test(counted);
  if (prior.unit === 'count') return /^[人名个位]?$/.test(prior.measure ?? '人');
  return prior.unit === 'number' && sureCues.people.test(counted);
}

/** 从2%涨到4%: the share of one year and of another, neither of which is that of all. */
function isFromTo(reading: Reading, q: Quantity): boolean {
  const { sureCues } = reading.language;
  const seg = segmentAt(reading, q.start)!;
  // 研发占比从3%提高到5% alone is taken for what it is now.
  if (!/年/.test(seg.text)) return false;
  const ratio = reading.names.some(
    (n) =>
      n.start >= seg.start &&
      n.end <= q.start &&
      n.value.facts.some((f) => {
        const derive = reading.vocabulary.get(f)?.derive;
        return !!derive && 'ratio' in derive;
      }),
  );
  if (!ratio) return false;
  return reading.quantities.some((p) => {
    if (p === q || !isShare(p) || p.start < seg.start || p.end > seg.end) return false;
    const [a, b] = p.start < q.start ? [p, q] : [q, p];
    return (
      sureCues.fromShare.test(reading.text.slice(seg.start, a.outerStart)) &&
      sureCues.toShare.test(reading.text.slice(a.end, b.outerStart))
    );
  });
}

/** 去年研发占5%: a share of one year, where the share of three is what counts. */
export function isOneYearsShare(reading: Reading, q: Quantity): boolean {
  if (!isShare(q)) return false;
  const { sureCues } = reading.language;
  const before = wordsBefore(reading, q);
  const seg = segmentAt(reading, q.start);
  if (!seg || !/研发|科研/.test(before) || sureCues.threeYears.test(seg.text)) return false;
  return (
    sureCues.oneYear.test(before) || sureCues.oneYearBehind.test(reading.text.slice(q.outerEnd, seg.end))
  );
}
