import type Fraction from 'fraction.js';
import { canonical, exact, finiteDecimal, roundedDecimal } from './exact.js';
import { isPoint } from './range.js';
import type { Quantity, Range } from './types.js';

/** The number 0. */
export const ZERO: Fraction = exact(0n);

const WAN: Fraction = exact('10000');
const MONEY_UNITS: [Fraction, string][] = [
  [exact('1000000000000'), '万亿元'],
  [exact('100000000'), '亿元'],
  [WAN, '万元'],
];
/** Digits after the point that a written amount keeps before a smaller unit serves better. */
const MONEY_PLACES = 4;

/**
 * Yuan as an official writes them, without rounding: 2亿元, 1.8亿元, 2000万元, 1.23万元, 5元.
 * An amount without a finite decimal (a third of 1万元) is rounded and says so: 约3333.33元, 约2166.67万元. For display only.
 */
export function writeMoney(f: Fraction): string {
  const size = f.abs();
  for (const [unit, word] of MONEY_UNITS) {
    if (size.compare(unit) < 0) continue;
    const decimal = finiteDecimal(f.div(unit));
    if (decimal !== null && (decimal.split('.')[1] ?? '').length <= MONEY_PLACES) return decimal + word;
  }
  const yuan = finiteDecimal(f);
  if (yuan !== null) return `${yuan}元`;
  // 约2166.67万元: nobody reads 约21666666.67元.
  return size.compare(WAN) < 0 ? `约${rounded(f)}元` : `约${rounded(f.div(WAN))}万元`;
}

/** Digits after the point beyond which nobody reads. */
const MOST_PLACES = 12;

/**
 * A number without a finite decimal to two places, or to as many as show that it is not the round number next to it:
 * 3.4999997 is not 3.5. Zero only where it would take more than twelve.
 */
function rounded(f: Fraction): string {
  for (let places = 2; places < MOST_PLACES; places++) {
    const text = roundedDecimal(f, places);
    // Zeros at the end are dropped: a shorter text is a rounder number than was asked for.
    if ((text.split('.')[1] ?? '').length === places) return text;
  }
  return roundedDecimal(f, MOST_PLACES);
}

/** Percent points as `5%`, `3.5%`; what has no finite decimal is rounded and says so: 约3.33%. For display only. */
export function writePercent(f: Fraction): string {
  const decimal = finiteDecimal(f);
  return decimal === null ? `约${rounded(f)}%` : `${decimal}%`;
}

/** A count with its measure word: 5家, 20人. */
export function writeCount(f: Fraction, measure: string): string {
  return canonical(f) + measure;
}

/** 2025年8月10日 for YYYY-MM-DD, 2026年5月, 2024年, 3月31日 for --03-31. */
export function writeDate(iso: string): string {
  const monthDay = /^--(\d{2})(?:-(\d{2}))?$/.exec(iso);
  if (monthDay) return `${Number(monthDay[1])}月${monthDay[2] ? `${Number(monthDay[2])}日` : ''}`;
  const [year, month, day] = iso.split('-');
  return `${year}年${month ? `${Number(month)}月` : ''}${day ? `${Number(day)}日` : ''}`;
}

const CHINESE = '零一二三四五六七八九十';

/** 三分之一 for small shares, 7/12 for others, 一半 for a half. */
export function writeFraction(f: Fraction): string {
  if (f.n === 1n && f.d === 2n) return '一半';
  if (f.s > 0n && f.d > 1n && f.d <= 10n && f.n < f.d)
    return `${CHINESE[Number(f.d)]}分之${CHINESE[Number(f.n)]}`;
  return canonical(f);
}

/**
 * The figure of a quantity in the usual notation, without its bound. A stretch shows both ends: 2-3年;
 * 两千多万 what it allows: 超过2000万元、不到3000万元.
 */
export function writeQuantity(q: Quantity): string {
  if (q.exact === null) return q.unit === 'date' || q.unit === 'monthday' ? writeDate(q.value) : q.value;
  if (q.upper !== null && (q.bound === 'about' || q.bound === 'over')) {
    const low = writeQuantity({ ...q, upper: null });
    const high = writeQuantity({ ...q, upper: null, exact: q.upper });
    if (q.bound === 'over') return `超过${low}、不到${high}`;
    const unit = (text: string) => text.replace(/^[\d.]+/, '');
    return unit(low) === unit(high)
      ? `${low.slice(0, low.length - unit(low).length)}-${high}`
      : `${low}-${high}`;
  }
  switch (q.unit) {
    case 'CNY':
      return writeMoney(q.exact);
    case 'percent':
      return writePercent(q.exact);
    case 'fraction':
      return writeFraction(q.exact);
    case 'duration':
      return writeDuration(q.exact, q.measure ?? '年');
    case 'ordinal':
      return q.text.startsWith('前')
        ? `前${canonical(q.exact)}${q.measure}`
        : `第${canonical(q.exact)}${q.measure ?? ''}`;
    default:
      return writeCount(q.exact, q.measure ?? '');
  }
}

/** 3年, 3个月, 3个会计年度. */
function writeDuration(f: Fraction, measure: string): string {
  const link = /^(?:月|会计年度|工作日|季度|小时|星期|年度|学年|自然日)$/.test(measure) ? '个' : '';
  return canonical(f) + link + measure;
}

/** A range in words: 1.8亿元, 2亿元以上, 不到2亿元, 超过2000万元、不到3000万元; 未知 is left to the caller (empty string). */
export function writeRange(r: Range, write: (f: Fraction) => string): string {
  if (isPoint(r)) return write(r.lo!);
  if (r.lo !== null && r.hi !== null) {
    if (r.loIncluded && r.hiIncluded) return `${write(r.lo)}至${write(r.hi)}`;
    return `${r.loIncluded ? '不低于' : '超过'}${write(r.lo)}、${r.hiIncluded ? '不超过' : '不到'}${write(r.hi)}`;
  }
  if (r.lo !== null) return r.loIncluded ? `${write(r.lo)}以上` : `超过${write(r.lo)}`;
  if (r.hi !== null) return r.hiIncluded ? `不超过${write(r.hi)}` : `不到${write(r.hi)}`;
  return '';
}
