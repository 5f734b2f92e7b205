import { describe, expect, it } from 'vitest';
import {
  exact,
  formatRangeCanonical,
  point,
  quantityRange,
  rangeOf,
  readCount,
  readDateText,
  readMoney,
  readPercent,
  readQuantities,
  shortYear,
  writeFraction,
  writeMoney,
  writePercent,
  writeQuantity,
  writeRange,
} from '../../src/quantity/index.js';

describe('one typed value', () => {
  it.each([
    ['1.8亿元', '180000000'],
    ['2000万', '20000000'],
    ['180000000', '180000000'],
    ['13812345678', '13812345678'],
    ['0.5', '0.5'],
    ['１.８亿元', '180000000'],
    [' 两个亿 ', '200000000'],
    ['20,000,000元', '20000000'],
  ])('money %j', (text, value) => {
    expect(readMoney(text)?.value).toBe(value);
  });

  it.each([
    '',
    ' ',
    '很多',
    '5%',
    '20人',
    '1.8亿和2亿',
    '大约有点',
    '-5',
    '-2000万',
    '1e8',
    'NaN',
    '1.8亿吨',
    '2025-08-10',
  ])('no money in %j', (text) => {
    expect(readMoney(text)).toBeNull();
  });

  it.each([
    ['4.2%', '4.2'],
    ['4.2', '4.2'],
    ['百分之五', '5'],
    ['5个点', '5'],
    ['一半', '50'],
    ['三分之一', '100/3'],
  ])('percent %j', (text, value) => {
    expect(readPercent(text)?.value).toBe(value);
  });

  it('a count is whole, a date exists', () => {
    expect(readCount('20人')?.value).toBe('20');
    expect(readCount('二十')?.value).toBe('20');
    expect(readCount('20')?.value).toBe('20');
    for (const text of ['2.5', '2.5人', '5%', '2000万', '-3', '好几家']) expect(readCount(text)).toBeNull();
    expect(readDateText('2025-08-10')?.value).toBe('2025-08-10');
    expect(readDateText('2025年8月10日')?.value).toBe('2025-08-10');
    for (const text of ['2025-02-30', '2025-13-01', '3年', '昨天']) expect(readDateText(text)).toBeNull();
  });
});

describe('what the words allow', () => {
  it.each([
    ['1.8亿', '180000000'],
    ['2亿以上', '>=200000000'],
    ['不到2亿', '<200000000'],
    ['将近2亿', '<200000000'],
    ['超过5%', '>5'],
    ['不超过5项', '<=5'],
    ['两千多万', '>20000000 <30000000'],
    ['2-3年', '>=2 <=3'],
    ['20个左右', '>18 <22'],
    ['5000万到1亿', '>=50000000 <=100000000'],
  ])('%s: %s', (text, range) => {
    expect(formatRangeCanonical(quantityRange(readQuantities(text)[0]!)!)).toBe(range);
  });

  it('a date or a document number is no range', () => {
    for (const text of ['2025年', '泉科规〔2026〕3号'])
      expect(quantityRange(readQuantities(text)[0]!)).toBeNull();
  });
});

describe('writing', () => {
  it.each([
    ['200000000', '2亿元'],
    ['180000000', '1.8亿元'],
    ['199990000', '1.9999亿元'],
    ['199999999', '19999.9999万元'],
    ['20000000', '2000万元'],
    ['12300', '1.23万元'],
    ['5', '5元'],
    ['0', '0元'],
    ['5600000000000', '5.6万亿元'],
    ['10000/3', '约3333.33元'],
    ['59999999/3', '约1999.99997万元'],
    ['179999999/900', '约19.9999999万元'],
  ])('money %s: %s', (value, text) => {
    expect(writeMoney(exact(value))).toBe(text);
  });

  it('percents, shares and ranges', () => {
    expect(writePercent(exact('5'))).toBe('5%');
    expect(writePercent(exact('10/3'))).toBe('约3.33%');
    // Not 3.5%, not 5%, not nought: the digits go on until they show it.
    expect(writePercent(exact('104999990/30000000'))).toBe('约3.4999997%');
    expect(writePercent(exact('5000001/1000000').add(exact('1/3000000000')))).toBe('约5.000001%');
    expect(writePercent(exact('1/3000000'))).toBe('约0.0000003%');
    expect(writePercent(exact(`1/3${'0'.repeat(14)}`))).toBe('约0%');
    expect(writeFraction(exact('1/3'))).toBe('三分之一');
    expect(writeRange(point(exact('180000000')), writeMoney)).toBe('1.8亿元');
    expect(writeRange(rangeOf('under', exact('200000000')), writeMoney)).toBe('不到2亿元');
    expect(writeRange(rangeOf('at-least', exact('5')), writePercent)).toBe('5%以上');
    expect(writeQuantity(readQuantities('两千多万')[0]!)).toBe('超过2000万元、不到3000万元');
  });

  it('a two-digit year is offered as one', () => {
    expect(readQuantities('23年1800万').map(shortYear)).toEqual(['2023', null]);
    expect(readQuantities('不满20年').map(shortYear)).toEqual([null]);
  });
});
