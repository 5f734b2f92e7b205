import { describe, expect, it } from 'vitest';
import {
  addMonths,
  addYears,
  canonical,
  compareDates,
  compareExact,
  compareRange,
  EVERYTHING,
  equalExact,
  exact,
  finiteDecimal,
  formatRangeCanonical,
  intersect,
  isCalendarDate,
  isEmptyRange,
  isInteger,
  isIsoDate,
  isoDate,
  isPoint,
  NotANumberError,
  parseRangeCanonical,
  point,
  quantityRange,
  rangeOf,
  readCount,
  readDateText,
  readMoney,
  readPercent,
  readQuantities,
  roundedDecimal,
  shortYear,
  todayIso,
  writeDate,
  writeFraction,
  writeMoney,
  writePercent,
  writeQuantity,
  writeRange,
} from '../../src/quantity/index.js';

describe('days', () => {
  it.each([
    [1, 31], [2, 28], [3, 31], [4, 30], [5, 31], [6, 30], [7, 31], [8, 31], [9, 30], [10, 31], [11, 30], [12, 31],
  ])('month %i of 2025 has %i', (month, days) => {
    expect(isCalendarDate(2025, month, days)).toBe(true);
    expect(isCalendarDate(2025, month, days + 1)).toBe(false);
    expect(isCalendarDate(2025, month, 1)).toBe(true);
    expect(isCalendarDate(2025, month, 0)).toBe(false);
  }); // biome-ignore format: a calendar

  it.each([
    [2024, true],
    [2025, false],
    [1900, false],
    [2100, false],
    [2000, true],
  ])('29 February %i: %s', (year, exists) => {
    expect(isCalendarDate(year, 2, 29)).toBe(exists);
    expect(isIsoDate(`${year}-02-29`)).toBe(exists);
  });

  it('years begin with 1, months end with 12', () => {
    expect(isCalendarDate(0)).toBe(false);
    expect(isCalendarDate(1)).toBe(true);
    expect(isCalendarDate(2025, 0)).toBe(false);
    expect(isCalendarDate(2025, 13)).toBe(false);
    expect(isCalendarDate(2025, 12)).toBe(true);
  });

  it('an ISO day is the whole text', () => {
    for (const text of ['2025-08-10 ', 'x2025-08-10', '2025-08-100', '12025-08-10', '2025-08', '20250810'])
      expect(isIsoDate(text)).toBe(false);
  });

  it('are written with four, two and two digits', () => {
    expect(isoDate(987, 6, 5)).toBe('0987-06-05');
    expect(isoDate(2025, 11)).toBe('2025-11');
    expect(isoDate(2025)).toBe('2025');
  });

  it('a term of months ends on the corresponding day or the last of that month', () => {
    expect(addMonths('2025-01-31', 1)).toBe('2025-02-28');
    expect(addMonths('2025-10-31', 3)).toBe('2026-01-31');
    expect(addMonths('2025-12-15', 12)).toBe('2026-12-15');
    expect(addMonths('2025-03-15', -3)).toBe('2024-12-15');
    expect(addMonths('2025-01-15', -13)).toBe('2023-12-15');
    expect(addYears('2025-08-10', 0)).toBe('2025-08-10');
    expect(() => addMonths('2025-01-01', 1.5)).toThrow('Not a whole number of months: 1.5.');
    expect(() => addMonths('2025-1-1', 1)).toThrow('Not a date: 2025-1-1. Accepted: YYYY-MM-DD.');
  });

  it('order', () => {
    expect(compareDates('2025-01-01', '2025-01-02')).toBe(-1);
    expect(compareDates('2025-01-02', '2025-01-01')).toBe(1);
    expect(compareDates('2025-01-01', '2025-01-01')).toBe(0);
  });

  it('today is the day in 泉州, not in London', () => {
    const late = new Date('2026-02-03T20:30:00Z');
    expect(todayIso(undefined, late)).toBe('2026-02-04');
    expect(todayIso('UTC', late)).toBe('2026-02-03');
    expect(isIsoDate(todayIso())).toBe(true);
  });
});

describe('exact numbers', () => {
  it('are read from whole texts only', () => {
    for (const text of ['1/2x', 'x1/2', '1.', '.5', '1..2', '1/2/3', '- 1', '1 2', '1/-2'])
      expect(() => exact(text)).toThrow(NotANumberError);
    expect(canonical(exact(' 42 '))).toBe('42');
    expect(canonical(exact('-3/6'))).toBe('-0.5');
    expect(canonical(exact('+7'))).toBe('7');
    expect(canonical(exact(4.2))).toBe('4.2');
    expect(canonical(exact(12n))).toBe('12');
  });

  it('a refusal shows the beginning of the text and what is accepted', () => {
    const long = 'x'.repeat(60);
    expect(() => exact(long)).toThrow(
      `Not an exact number: "${'x'.repeat(40)}". Accepted: 180000000, 4.2, 1/3.`,
    );
    try {
      exact('x');
    } catch (error) {
      expect((error as Error).name).toBe('NotANumberError');
    }
  });

  it('compare by value, whatever their signs and denominators', () => {
    const order = ['-2', '-1.5', '-1/3', '0', '1/3', '0.5', '2', '7/3'].map((t) => exact(t));
    order.forEach((a, i) => {
      order.forEach((b, j) => {
        expect(compareExact(a, b)).toBe(Math.sign(i - j));
        expect(equalExact(a, b)).toBe(i === j);
      });
    });
    expect(compareExact(exact('0.5'), exact('1/2'))).toBe(0);
    expect(compareExact(exact('3'), exact('3'))).toBe(0);
  });

  it('have a decimal notation where it ends', () => {
    for (const [text, decimal] of [
      ['-0.25', '-0.25'],
      ['-3', '-3'],
      ['0', '0'],
      ['1/8', '0.125'],
      ['1/3', null],
      ['-7/6', null],
    ] as const)
      expect(finiteDecimal(exact(text))).toBe(decimal);
    expect(canonical(exact('-7/6'))).toBe('-7/6');
    expect(canonical(exact('7/6'))).toBe('7/6');
  });

  it('are rounded half up for display', () => {
    for (const [text, places, shown] of [
      ['2/3', 2, '0.67'],
      ['1/3', 2, '0.33'],
      ['0.125', 2, '0.13'],
      ['-2/3', 2, '-0.67'],
      ['-0.001', 2, '0'],
      ['0', 2, '0'],
      ['1.999', 2, '2'],
      ['10.5', 2, '10.5'],
      ['100', 2, '100'],
      ['100.004', 2, '100'],
      ['30.301', 2, '30.3'],
      ['1200', 0, '1200'],
      ['12.5', 0, '13'],
    ] as const)
      expect(roundedDecimal(exact(text), places), text).toBe(shown);
  });

  it('know whether they are whole', () => {
    expect(isInteger(exact('3'))).toBe(true);
    expect(isInteger(exact('6/2'))).toBe(true);
    expect(isInteger(exact('0.5'))).toBe(false);
  });
});

describe('ranges', () => {
  const range = (text: string) => parseRangeCanonical(text)!;

  it.each([
    ['>=2 <=5', '>=3 <=7', '>=3 <=5'],
    ['>2', '>=2', '>2'],
    ['>=2', '>2', '>2'],
    ['<=2', '<2', '<2'],
    ['>=2', '>=2', '>=2'],
    ['<5', '>1', '>1 <5'],
    ['>1', '<5', '>1 <5'],
    ['>=3', '>=1', '>=3'],
    ['<=3', '<=9', '<=3'],
    ['<=9', '<=3', '<=3'],
    ['>=1', '>=3', '>=3'],
    ['2', '>=1', '2'],
  ])('what %s and %s both allow is %s', (a, b, both) => {
    expect(formatRangeCanonical(intersect(range(a), range(b)))).toBe(both);
  });

  it('everything leaves a range as it is', () => {
    for (const text of ['>=2', '<5', '>1 <2', '7'])
      for (const both of [intersect(range(text), EVERYTHING), intersect(EVERYTHING, range(text))])
        expect(both).toEqual(range(text));
    expect(intersect(EVERYTHING, EVERYTHING)).toEqual(EVERYTHING);
    expect(formatRangeCanonical(EVERYTHING)).toBe('');
  });

  it.each([
    ['>3', '<3', true],
    ['>=3', '<3', true],
    ['>3', '<=3', true],
    ['>=3', '<=3', false],
    ['>=4', '<=3', true],
    ['>=3', '<=4', false],
    ['>3', '>4', false],
    ['<3', '<4', false],
  ])('%s and %s contradict each other: %s', (a, b, empty) => {
    expect(isEmptyRange(intersect(range(a), range(b)))).toBe(empty);
  });

  it('one number is left only where both ends are it', () => {
    expect(isPoint(range('3'))).toBe(true);
    expect(isPoint(intersect(range('>=3'), range('<=3')))).toBe(true);
    for (const text of ['>=3', '<=3', '>=3 <=4', '>3', '>=3 <4']) expect(isPoint(range(text))).toBe(false);
    expect(isPoint(EVERYTHING)).toBe(false);
    expect(isPoint({ ...point(exact('3')), loIncluded: false })).toBe(false);
    expect(isPoint({ ...point(exact('3')), hiIncluded: false })).toBe(false);
  });

  it.each([
    ['>=3', 'over', '3', 'unknown'],
    ['>3', 'over', '3', 'pass'],
    ['3', 'over', '3', 'fail'],
    ['3', 'at-least', '3', 'pass'],
    ['<=3', 'at-least', '3', 'unknown'],
    ['<3', 'at-least', '3', 'fail'],
    ['<=3', 'over', '3', 'fail'],
    ['<=3', 'at-most', '3', 'pass'],
    ['>=3', 'at-most', '3', 'unknown'],
    ['>3', 'at-most', '3', 'fail'],
    ['3', 'under', '3', 'fail'],
    ['<3', 'under', '3', 'pass'],
    ['<=3', 'under', '3', 'unknown'],
    ['3', 'about', '3', 'unknown'],
    ['9', 'about', '3', 'unknown'],
    ['', 'at-least', '3', 'unknown'],
  ] as const)('%s is %s %s: %s', (text, bound, limit, expected) => {
    expect(compareRange(text === '' ? EVERYTHING : range(text), bound, exact(limit))).toBe(expected);
  });

  it('of every bound word, written canonically', () => {
    for (const [bound, text] of [
      ['at-least', '>=100'],
      ['over', '>100'],
      ['at-most', '<=100'],
      ['under', '<100'],
      ['about', '>90 <110'],
    ] as const) {
      expect(formatRangeCanonical(rangeOf(bound, exact('100')))).toBe(text);
      expect(range(text)).toEqual(rangeOf(bound, exact('100')));
    }
    expect(formatRangeCanonical(rangeOf(null, exact('100')))).toBe('100');
  });

  it('canonical notation is all of the text, one bound a side', () => {
    expect(formatRangeCanonical(range('  >1   <2.25 '))).toBe('>1 <2.25');
    expect(formatRangeCanonical(range('>=10/13'))).toBe('>=10/13');
    for (const text of ['>1 <2 <3', '>1 >2', '>=1x', 'x>=1', '>=1/0', '1 >2', '>2 1', '=>1', '>=1/03x'])
      expect(parseRangeCanonical(text), text).toBeNull();
  });

  it('of a stretch of words', () => {
    const words = (text: string) => formatRangeCanonical(quantityRange(readQuantities(text)[0]!)!);
    expect(words('三四家')).toBe('>=3 <=4');
    expect(words('20万元-300万元')).toBe('>=200000 <=3000000');
    expect(words('十几人')).toBe('>10 <20');
  });
});

describe('one typed value and nothing else', () => {
  it.each([
    '2000万和',
    '约定2000万',
    '2000万，2000万',
    '2000万元整',
    `${'9'.repeat(31)}`,
    '1/2/3',
    'x1/2',
    '1/2x',
  ])('no money in %j', (text) => {
    expect(readMoney(text)).toBeNull();
  });

  it('a full stop at the end is no fault, one in the middle is', () => {
    expect(readMoney('2000万。')?.value).toBe('20000000');
    expect(readMoney('2000万！')?.value).toBe('20000000');
    expect(readMoney('2000。万')).toBeNull();
  });

  it('long decimals and ratios are numbers', () => {
    expect(readMoney('12345.678901')?.value).toBe('12345.678901');
    expect(readMoney('10/13')?.value).toBe('10/13');
    expect(readPercent('125/10')?.value).toBe('12.5');
    expect(readCount('20/10')?.value).toBe('2');
    expect(readMoney('10/9')?.value).toBe('10/9');
    expect(readMoney('7/1250')?.value).toBe('0.0056');
    expect(readMoney('2019.12')?.value).toBe('2019.12');
    expect(readMoney('2019.5')?.value).toBe('2019.5');
    expect(readMoney('10/0')).toBeNull();
    expect(readMoney('10/013')).toBeNull();
  });

  it('eighty characters are as much as one figure takes', () => {
    expect(readMoney(`${' '.repeat(100)}5${' '.repeat(100)}`)?.value).toBe('5');
    const gaps = (n: number) => `2000${' '.repeat(n)}万`;
    expect(readMoney(gaps(3))?.value).toBe('20000000');
  });

  it('units are those of the kind that was asked for', () => {
    expect(readMoney('5')?.unit).toBe('CNY');
    expect(readPercent('5')?.unit).toBe('percent');
    expect(readPercent('一半')?.unit).toBe('percent');
    expect(readCount('5')?.unit).toBe('count');
    expect(readCount('5家')).toMatchObject({ unit: 'count', measure: '家' });
    for (const text of ['5美元', '5人', '5%', '2025年', '泉科规〔2026〕3号']) {
      expect(readMoney(text), text).toBeNull();
      if (text !== '5%') expect(readPercent(text), text).toBeNull();
      if (text !== '5人') expect(readCount(text), text).toBeNull();
    }
    expect(readMoney('')).toBeNull();
    expect(readPercent('')).toBeNull();
    expect(readCount('')).toBeNull();
    expect(readDateText('')).toBeNull();
    expect(readCount('1/3')).toBeNull();
    expect(readCount('十几人')?.upper?.toString()).toBe('20');
    expect(readPercent('过半')?.bound).toBe('over');
    expect(readPercent('百分之几')).toBeNull();
    expect(readPercent('20分之十几')?.upper?.toString()).toBe('100');
    expect(readPercent('2亿')).toBeNull();
    expect(readCount('2亿')).toBeNull();
    expect(readPercent('5年')).toBeNull();
  });

  it('a two-digit year, and nothing else', () => {
    const year = (text: string) => shortYear(readQuantities(text)[0]!);
    expect(year('23年')).toBe('2023');
    expect(year('23 年')).toBe('2023');
    for (const text of ['3年', '2023年', '23年以上', '23个月', '23年半', '123年', '23家'])
      expect(year(text), text).toBeNull();
  });
});

describe('writing', () => {
  it('money changes its unit where the number does', () => {
    for (const [value, text] of [
      ['10000', '1万元'],
      ['9999', '9999元'],
      ['100000000', '1亿元'],
      ['99999999', '9999.9999万元'],
      ['1000000000000', '1万亿元'],
      ['12345.5', '12345.5元'],
      ['20000/3', '约6666.67元'],
      ['-20000000', '-2000万元'],
      ['0.5', '0.5元'],
    ])
      expect(writeMoney(exact(value!))).toBe(text);
    expect(writePercent(exact('-10/3'))).toBe('约-3.33%');
  });

  it('shares of up to ten parts are words', () => {
    for (const [value, text] of [
      ['1/2', '一半'],
      ['3/2', '1.5'],
      ['2/3', '三分之二'],
      ['9/10', '十分之九'],
      ['1/10', '十分之一'],
      ['1/11', '1/11'],
      ['7/3', '7/3'],
      ['3', '3'],
      ['1', '1'],
      ['0', '0'],
      ['-1/3', '-1/3'],
    ])
      expect(writeFraction(exact(value!)), value).toBe(text);
  });

  it('dates of every precision', () => {
    for (const [iso, text] of [
      ['2025-08-10', '2025年8月10日'],
      ['2025-08', '2025年8月'],
      ['2025', '2025年'],
      ['--03-31', '3月31日'],
      ['--03', '3月'],
    ])
      expect(writeDate(iso!)).toBe(text);
  });

  it('stretches show both ends', () => {
    const written = (text: string) => writeQuantity(readQuantities(text)[0]!);
    for (const [text, shown] of [
      ['2-3年', '2-3年'],
      ['5-6个点', '5-6%'],
      ['8000-12000元', '8000元-1.2万元'],
      ['1到2亿', '1-2亿元'],
      ['1.5到2.5亿', '1.5-2.5亿元'],
      ['十几人', '超过10人、不到20人'],
      ['20个工作日', '20个工作日'],
      ['3个季度', '3个季度'],
      ['5家', '5家'],
      ['第三名', '第3名'],
      ['排名第三', '第3'],
      ['前三名', '前3名'],
      ['5天', '5天'],
      ['3个月', '3个月'],
      ['20人左右', '20人'],
    ])
      expect(written(text!), text).toBe(shown);
  });

  it('ranges, each end as it bounds', () => {
    for (const [range, text] of [
      ['>=2 <=3', '2%至3%'],
      ['>2 <=3', '超过2%、不超过3%'],
      ['>=2 <3', '不低于2%、不到3%'],
      ['>2 <3', '超过2%、不到3%'],
      ['>=2', '2%以上'],
      ['>2', '超过2%'],
      ['<=2', '不超过2%'],
      ['<2', '不到2%'],
      ['2', '2%'],
    ])
      expect(writeRange(parseRangeCanonical(range!)!, writePercent)).toBe(text);
    expect(writeRange(EVERYTHING, writePercent)).toBe('');
  });
});
