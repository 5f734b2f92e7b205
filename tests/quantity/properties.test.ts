import fc from 'fast-check';
import Fraction from 'fraction.js';
import { describe, expect, it } from 'vitest';
import {
  addYears,
  canonical,
  compareExact,
  compareRange,
  equalExact,
  exact,
  formatRangeCanonical,
  isIsoDate,
  isPoint,
  parseRangeCanonical,
  point,
  type Quantity,
  rangeOf,
  readQuantities,
  writeCount,
  writeDate,
  writeMoney,
  writePercent,
  writeQuantity,
} from '../../src/quantity/index.js';

/** `QUANTITY_RUNS=5000000` reads more; the default is the million of the issue, shared among the kinds of figure. */
const RUNS = Number(process.env.QUANTITY_RUNS ?? 1_000_000);
/** Characters of one run of figures; a reader that goes over them twice for each takes minutes. */
const RUN_LENGTH = Number(process.env.QUANTITY_RUN_LENGTH ?? 100_000);
const SEED = 20260501;

/** A fast seeded generator: a million values through fast-check's shrinkable machinery would cost a minute. */
function xorshift(seed: number): (below: number) => number {
  let x = seed | 0;
  return (below) => {
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    return (x >>> 0) % below;
  };
}

const CHINESE_DIGITS = '零一二三四五六七八九';

/** The common Chinese notation of 1 to 9999, written independently of the reader. */
function chinese(n: number): string {
  let out = '';
  let gap = false;
  [1000, 100, 10, 1].forEach((unit, k) => {
    const digit = Math.floor(n / unit) % 10;
    if (digit === 0) {
      gap = out !== '';
      return;
    }
    if (gap) out += '零';
    gap = false;
    out += CHINESE_DIGITS[digit]! + ['千', '百', '十', ''][k]!;
  });
  return n >= 10 && n < 20 ? out.slice(1) : out;
}

function only(text: string): Quantity {
  const found = readQuantities(text);
  if (found.length !== 1 || found[0]!.text !== text) {
    throw new Error(`read ${JSON.stringify(found.map((q) => q.text))} of ${JSON.stringify(text)}`);
  }
  return found[0]!;
}

function same(text: string, unit: string, value: Fraction): void {
  const q = only(text);
  if (q.unit !== unit || q.exact === null || !equalExact(q.exact, value)) {
    throw new Error(`${text} read as ${q.unit} ${q.value}, not ${unit} ${canonical(value)}`);
  }
}

describe('reading what was written gives the same quantity', () => {
  it('a million random figures', { timeout: 120_000 }, () => {
    const random = xorshift(SEED);
    const measures = ['家', '个', '人', '名', '项', '件', '台', '次', '份', '条', '所', '位'];
    const each = Math.floor(RUNS / 5);
    for (let k = 0; k < each; k++) {
      const digits = BigInt(random(1_000_000_000)) * BigInt(1 + random(1000));
      same(writeMoney(new Fraction(digits, 100n)), 'CNY', new Fraction(digits, 100n));

      const points = new Fraction(BigInt(random(2_000_000)), BigInt([1, 10, 100, 1000][random(4)]!));
      same(writePercent(points), 'percent', points);

      const count = new Fraction(BigInt(1 + random(9999)), 1n);
      const counted = writeCount(count, measures[random(measures.length)]!);
      same(counted, 'count', count);

      const inWords = 1 + random(9999);
      same(`${chinese(inWords)}万元`, 'CNY', new Fraction(BigInt(inWords) * 10000n, 1n));

      const day = new Date(Date.UTC(1950 + random(149), random(12), 1 + random(28)))
        .toISOString()
        .slice(0, 10);
      if (only(writeDate(day)).value !== day) throw new Error(`${writeDate(day)} is not ${day}`);
    }
  });

  it('a figure read and written again is the figure', () => {
    const texts = [
      '2亿元',
      '1.8亿元',
      '2000万元',
      '1.23万元',
      '5元',
      '5%',
      '3.5%',
      '三分之一',
      '一半',
      '20人',
      '3年',
    ];
    texts.push(
      '3个会计年度',
      '3个月',
      '2025年8月10日',
      '2026年5月',
      '2024年',
      '3月31日',
      '泉科规〔2026〕3号',
      '第1212号',
    );
    texts.push('前3名', '0595-28282813', '2-3年', '10分', '3000');
    for (const text of texts) expect(writeQuantity(only(text))).toBe(text);
  });
});

const fraction = fc
  .tuple(fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }), fc.bigInt({ min: 1n, max: 10n ** 12n }))
  .map(([n, d]) => ({ n, d, f: new Fraction(n, d) }));

describe('exact numbers', () => {
  it('order as cross-multiplied integers do', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        const left = a.n * b.d;
        const right = b.n * a.d;
        expect(compareExact(a.f, b.f)).toBe(left < right ? -1 : left > right ? 1 : 0);
      }),
      { numRuns: 20_000, seed: SEED },
    );
  });

  it('survive their canonical notation', () => {
    fc.assert(
      fc.property(fraction, ({ f }) => equalExact(exact(canonical(f)), f)),
      { numRuns: 5_000, seed: SEED },
    );
  });

  it('refuse what is no number', () => {
    for (const text of ['', 'abc', '1e5', '1/0', '1,000', '--1', 'NaN', '٣'])
      expect(() => exact(text)).toThrow(/exact number/);
  });
});

const bound = fc.constantFrom('at-least', 'at-most', 'over', 'under' as const);
const small = fc.integer({ min: -20, max: 20 });

describe('ranges', () => {
  it('decide exactly as every number in them would', () => {
    const holds = {
      'at-least': (x: number, t: number) => x >= t,
      over: (x: number, t: number) => x > t,
    } as const;
    const test = (b: string, x: number, t: number) =>
      b === 'at-least' || b === 'over' ? holds[b](x, t) : b === 'at-most' ? x <= t : x < t;
    fc.assert(
      fc.property(small, fc.nat(12), fc.boolean(), fc.boolean(), bound, small, (lo, width, li, hi, b, t) => {
        fc.pre(width > 0 || (li && hi));
        const range = { lo: exact(lo), loIncluded: li, hi: exact(lo + width), hiIncluded: hi };
        // Eighths are fine enough: ends and thresholds are whole.
        const verdicts = new Set<boolean>();
        for (let x = lo; x <= lo + width; x += 0.125) {
          if ((x === lo && !li) || (x === lo + width && !hi)) continue;
          verdicts.add(test(b, x, t));
        }
        const expected = verdicts.size === 2 ? 'unknown' : verdicts.has(true) ? 'pass' : 'fail';
        expect(compareRange(range, b, exact(t))).toBe(expected);
      }),
      { numRuns: 5_000, seed: SEED },
    );
  });

  it('survive their canonical notation', () => {
    expect(formatRangeCanonical(point(exact('180000000')))).toBe('180000000');
    expect(formatRangeCanonical(rangeOf('under', exact('200000000')))).toBe('<200000000');
    expect(formatRangeCanonical(rangeOf('at-least', exact('200000000')))).toBe('>=200000000');
    expect(formatRangeCanonical({ ...rangeOf('over', exact(2n)), hi: exact(3n) })).toBe('>2 <3');
    for (const text of ['180000000', '<200000000', '>=200000000', '<=4.2', '>1/3', '>20000000 <30000000']) {
      expect(formatRangeCanonical(parseRangeCanonical(text)!)).toBe(text);
    }
    for (const text of ['', '~5', '1 2', '> 5', '<1 <2', '1e5', '>=', '5%'])
      expect(parseRangeCanonical(text)).toBeNull();
    expect(isPoint(parseRangeCanonical('5')!)).toBe(true);
    expect(isPoint(parseRangeCanonical('>=5')!)).toBe(false);
  });
});

describe('terms in years', () => {
  it('end on the corresponding day, or on the last of the month', () => {
    expect(addYears('2025-08-10', 3)).toBe('2028-08-10');
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28');
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29');
    expect(() => addYears('2025-02-29', 1)).toThrow(/YYYY-MM-DD/);
  });

  it('know which days exist', () => {
    for (const day of ['2024-02-29', '2026-12-31']) expect(isIsoDate(day)).toBe(true);
    for (const day of ['2025-02-29', '2026-13-01', '2026-1-1', '2026-00-10', ''])
      expect(isIsoDate(day)).toBe(false);
  });
});

describe('any text at all', () => {
  const alphabet = fc.constantFrom(
    ...'0123456789一二两三十百千万亿个家人元年月日%点多余来几半第前过约近不超以上下内（）()〔〕〇零.,-~/ \n\t¥w分之成至到a',
  );
  it('is read without fault: in order, apart, verbatim', () => {
    fc.assert(
      fc.property(fc.array(alphabet, { maxLength: 40 }), (characters) => {
        const text = characters.join('');
        let last = 0;
        for (const q of readQuantities(text)) {
          expect(q.start).toBeGreaterThanOrEqual(last);
          expect(q.end).toBeGreaterThan(q.start);
          expect(q.outerStart).toBeLessThanOrEqual(q.start);
          expect(q.outerEnd).toBeGreaterThanOrEqual(q.end);
          expect(text.slice(q.start, q.end)).toBe(q.text);
          if (q.exact !== null) expect(canonical(q.exact)).toBe(q.value);
          if (q.upper !== null) expect(compareExact(q.exact!, q.upper)).toBe(-1);
          last = q.end;
        }
      }),
      { numRuns: 20_000, seed: SEED },
    );
  });

  it('is read to the end however long a run of figures is', () => {
    for (const unit of ['1', '一', '一万', '1,', '2亿', '〔2026', '第', '1-', '几', '约1']) {
      expect(() => readQuantities(unit.repeat(RUN_LENGTH / unit.length))).not.toThrow();
    }
  });
});
