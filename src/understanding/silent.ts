import type { Quantity } from '../quantity/types.js';
import { segmentAt } from './context.js';
import { isOfPart } from './part-of-total.js';
import { isOfPartOfYear } from './part-of-year.js';
import type { Reading } from './reading.js';
import { isTotal } from './totals.js';

/** 用电900万度, 年产5000万双鞋: a number of things, not of yuan. */
const countsThings = (reading: Reading, q: Quantity): boolean =>
  q.unit === 'CNY' &&
  /[万亿]$/.test(q.text) &&
  reading.language.cues.thingAfter.test(reading.text.slice(q.end));

/** 想牵头另外一个: of consortia, and one that is only meant to be. */
const isAnotherToLead = (reading: Reading, q: Quantity): boolean =>
  q.unit === 'count' && reading.language.cues.leadAnother.test(reading.text.slice(0, q.outerStart));

/** 4%到6%之间: the far end of a stretch that the figure before it tells whole. */
const isFarEnd = (reading: Reading, q: Quantity): boolean =>
  reading.quantities.some(
    (p) => p.upper !== null && q.exact?.equals(p.upper) && p.end < q.start && q.start - p.end <= 2,
  );

/** 外加1个共25人: part of the sum that is told right behind it. */
const isInSum = (reading: Reading, q: Quantity): boolean =>
  q.unit === 'count' &&
  !/[家所]/.test(q.measure ?? '') &&
  reading.quantities.some(
    (p) =>
      p.unit === 'count' &&
      p.start > q.end &&
      p.start - q.end <= 3 &&
      reading.language.cues.sumWord.test(reading.text.slice(q.end, p.start)),
  );

/** 三年分别占3%、4%、5%: shares of several years, none of which is the share of all. */
const isOneOfShares = (reading: Reading, q: Quantity): boolean =>
  q.unit === 'percent' &&
  reading.quantities.some((p) => {
    const [a, b] = p.start < q.start ? [p, q] : [q, p];
    return p !== q && p.unit === 'percent' && /^[、和,，/ ]?$/.test(reading.text.slice(a.end, b.start));
  }) &&
  reading.language.eachYear.some((w) => segmentAt(reading, q.start)?.text.includes(w));

/** 23年4.8% 24年5.1%: the share of one of several years. */
function isShareOfAYear(reading: Reading, q: Quantity): boolean {
  if (q.unit !== 'percent') return false;
  const words = Object.keys(reading.language.years).join('|');
  const year = new RegExp(
    `((20)?\\d\\d年度?|${words})(的)?(研发)?(占比|比例|强度|投入)?(是|为|占|约|:|：)*$`,
  );
  const of = (p: Quantity) =>
    year.exec(reading.text.slice(Math.max(0, p.outerStart - 16), p.outerStart))?.[1];
  const own = of(q);
  return (
    own !== undefined &&
    reading.quantities.some((p) => p.unit === 'percent' && p !== q && ![undefined, own].includes(of(p)))
  );
}

/** 其他还是那六家: units told before, counted as before. */
const isAnaphor = (reading: Reading, q: Quantity): boolean =>
  q.unit === 'count' && /(还是|仍是|仍然是|照旧是|就是|都是)[那这]$/.test(reading.text.slice(0, q.start));

/**
 * 研发累计5400万, 近两年研发每年1500万: an amount of spending that is the sum of years which are not told, or of other years than the
 * three that count.
 */
function isOfOtherYears(reading: Reading, q: Quantity): boolean {
  if (q.unit !== 'CNY') return false;
  const { cues } = reading.language;
  const seg = segmentAt(reading, q.start)!;
  const before = reading.text.slice(seg.start, q.outerStart);
  const name = reading.names.findLast(
    (n) =>
      n.start >= seg.start &&
      n.end <= q.start &&
      n.value.facts.some((f) => reading.vocabulary.get(f)?.type.startsWith('money')),
  );
  const spending = name?.value.facts.some((f) => {
    const derive = reading.vocabulary.get(f)?.derive;
    return !!derive && 'mean' in derive;
  });
  if (!spending || isTotal(reading, q)) return false;
  const each = reading.language.eachYear.some((w) => before.includes(w));
  if (!each && !cues.threeYears.test(before) && cues.otherSpan.test(before))
    return !/成立|创办|注册/.test(reading.text);
  return cues.summedUp.test(before) && !cues.ownTime.test(before);
}

/** 2023年还是2024年被取消的, 大概2023年10月前后: a day that is not known. */
function isUnsureDay(reading: Reading, q: Quantity): boolean {
  if (q.unit !== 'date') return false;
  const { cues } = reading.language;
  const or = reading.quantities.some((p) => {
    const [a, b] = p.start < q.start ? [p, q] : [q, p];
    return p !== q && p.unit === 'date' && cues.orDay.test(reading.text.slice(a.end, b.start));
  });
  return (
    or ||
    cues.roughDay.test(reading.text.slice(q.end)) ||
    (!/-\d\d-/.test(q.value) && cues.roughlyDay.test(reading.text.slice(0, q.start)))
  );
}

/** A figure of things, or one that the words around it take back, tell whole or tell of a part. */
export const statesNothing = (reading: Reading, q: Quantity): boolean =>
  countsThings(reading, q) ||
  isAnotherToLead(reading, q) ||
  isAnaphor(reading, q) ||
  isFarEnd(reading, q) ||
  isInSum(reading, q) ||
  isOneOfShares(reading, q) ||
  isShareOfAYear(reading, q) ||
  isOfOtherYears(reading, q) ||
  isOfPartOfYear(reading, q) ||
  isOfPart(reading, q) ||
  isUnsureDay(reading, q) ||
  reading.language.cues.wrongAfter.test(reading.text.slice(q.end));

/** 少一家企业会不会不行, 还差两家: how many are wanting, not how many there are. */
export const isShortage = (reading: Reading, q: Quantity): boolean =>
  q.unit === 'count' && reading.language.cues.shortOf.test(reading.text.slice(0, q.outerStart));

/** 今天2026年11月21日, 2028年8月11日再申请: a day that is asked about, not one on which something was. */
export function isToCome(reading: Reading, q: Quantity): boolean {
  if (/^\d{4}-\d\d-\d\d$/.test(q.value) && q.value > reading.asOf) return true;
  const { text } = reading;
  if (/(今天|今日|现在|目前|截至|截止|如今)(是|已经|都|到)?$/.test(text.slice(0, q.start))) return true;
  return /^(号|那天|这天|以后|之后)?(能|可以|可不可以|能不能)?(再|重新|又|才|想|去)?[^，]{0,2}(申请|申报|牵头(?!的)|报名|提交|能)/.test(
    text.slice(q.end),
  );
}
