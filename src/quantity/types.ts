import type Fraction from 'fraction.js';

/**
 * What a quantity measures. The value's notation follows the unit:
 * CNY in yuan, percent in percent points, counts and scores as plain numbers,
 * `date` as YYYY-MM-DD (or YYYY-MM, YYYY), `monthday` as --MM-DD, `fraction` as a plain number (三分之一 = 1/3),
 * `duration` in the measure word's unit (三年 = 3, measure 年), `ordinal` for 第三 / 前三名,
 * `docnumber` and `phone` verbatim.
 */
export type Unit =
  | 'CNY'
  | 'percent'
  | 'fraction'
  | 'count'
  | 'score'
  | 'duration'
  | 'date'
  | 'monthday'
  | 'ordinal'
  | 'docnumber'
  | 'phone'
  | 'number';

/**
 * How a figure bounds what it is said of. `at-least` and `at-most` include the figure itself
 * (以上, 以下, 不低于, 不超过: Civil Code of the PRC, Article 1259); `over` and `under` exclude it (超过, 不满, 低于).
 * `about` is a vague figure (差不多5%), `over-some` e.g. 两千多万: strictly above, below the next unit (see `upper`).
 */
export type Bound = 'at-least' | 'at-most' | 'over' | 'under' | 'about';

/** One quantity found in a text. Offsets are UTF-16, `text` is exactly text.slice(start, end), the figure with its unit but without bound words. */
export interface Quantity {
  text: string;
  start: number;
  end: number;
  unit: Unit;
  /** Measure word as written (家, 个, 人, 名, 项, 年, 分 …), when there is one. */
  measure: string | null;
  /** Canonical exact notation: decimal string where finite, `n/d` where not, ISO date for dates. */
  value: string;
  /** The exact number; null for dates, document numbers and phones. */
  exact: Fraction | null;
  /** For vague figures (两千多万): the exclusive upper end of what the words allow. */
  upper: Fraction | null;
  bound: Bound | null;
  /** The figure together with its bound words: text.slice(outerStart, outerEnd), e.g. 不低于5%, 2亿元以上, 7 个（含）以上. */
  outerStart: number;
  outerEnd: number;
}

/** A set of numbers between two ends; null is unbounded. A known exact number has lo = hi, both included. */
export interface Range {
  lo: Fraction | null;
  loIncluded: boolean;
  hi: Fraction | null;
  hiIncluded: boolean;
}
