import { describe, expect, it } from 'vitest';
import { readQuantities } from '../../src/quantity/index.js';
import { NONE, ONE, said } from './cases.js';

describe('notations of one quantity', () => {
  it.each(ONE)('%j', (text, expected) => {
    expect(said(text)).toEqual([expected]);
  });
});

const BOUNDS: [string, string | null, string][] = [
  ['收入2亿元以上，', 'at-least', '2亿元以上'],
  ['原则上应达到 5 亿元以上（含）。', 'at-least', '5 亿元以上（含）'],
  ['比例不低于\n\n3%。', 'at-least', '不低于\n\n3%'],
  ['至少包括1家以上行业龙头', 'at-least', '至少包括1家以上'],
  ['不得少于5家', 'at-least', '不得少于5家'],
  ['大于等于5%', 'at-least', '大于等于5%'],
  ['起码5%', 'at-least', '起码5%'],
  ['5家及以上', 'at-least', '5家及以上'],
  ['2亿元（含）以上', 'at-least', '2亿元（含）以上'],
  ['满3年', 'at-least', '满3年'],
  ['5家起', 'at-least', '5家起'],
  ['超过5%', 'over', '超过5%'],
  ['经费突破 11 亿元', 'over', '突破 11 亿元'],
  ['多于5家', 'over', '多于5家'],
  ['高于5%', 'over', '高于5%'],
  ['> 5%', 'over', '> 5%'],
  ['不止2亿', 'over', '不止2亿'],
  ['不到2亿', 'under', '不到2亿'],
  ['2亿不到', 'under', '2亿不到'],
  ['不足2000万', 'under', '不足2000万'],
  ['未满三年', 'under', '未满三年'],
  ['低于5%', 'under', '低于5%'],
  ['少于10人', 'under', '少于10人'],
  ['营收没有2亿', 'under', '没有2亿'],
  ['<2亿', 'under', '<2亿'],
  ['不超过3年', 'at-most', '不超过3年'],
  ['最高不超\n\n过 1000 万元', 'at-most', '最高不超\n\n过 1000 万元'],
  ['最高支持额度可达 2000 万元', 'at-most', '最高支持额度可达 2000 万元'],
  ['没有超过2亿', 'at-most', '没有超过2亿'],
  ['5家以下', 'at-most', '5家以下'],
  ['500万元封顶', 'at-most', '500万元封顶'],
  ['≤5%', 'at-most', '≤5%'],
  ['不低于营业收入的3%', 'at-least', '不低于营业收入的3%'],
  ['差不多有2000万', 'about', '差不多有2000万'],
  ['20个左右', 'about', '20个左右'],
  ['约2亿元', 'about', '约2亿元'],
  ['不到2亿左右', 'under', '不到2亿左右'],
  ['签合约5份', null, '5份'],
  ['期限3年', null, '3年'],
  ['最近3家', null, '3家'],
  ['经过3年', null, '3年'],
  ['原则上一个', null, '一个'],
  ['研发，超过的，5%', null, '5%'],
];

describe('the bound around a figure', () => {
  it.each(BOUNDS)('%j is %s', (text, bound, outer) => {
    const found = readQuantities(text);
    expect(found).toHaveLength(1);
    expect(found[0]!.bound).toBe(bound);
    expect(text.slice(found[0]!.outerStart, found[0]!.outerEnd)).toBe(outer);
  });
});

const SEVERAL: [string, string[]][] = [
  ['2024-2028年', ['date/年 2024', 'date/年 2028']],
  ['2021-2025 年，', ['date/年 2021', 'date/年 2025']],
  ['“10+1”', ['number 10', 'number 1']],
  ['“5+5+N”', ['number 5', 'number 5']],
  ['20 万元\n\n-300 万元补助', ['CNY 200000..3000000 at-least', 'CNY 3000000 at-most']],
  ['三年半数', ['duration/年 3', 'fraction 0.5']],
  ['20,0000', ['number 20', 'number 0']],
  ['1,23', ['number 1', 'number 23']],
  ['2000,500', ['number 2000', 'number 500']],
  ['1/1', ['number 1', 'number 1']],
  ['3/2', ['number 3', 'number 2']],
  ['营收2亿3家高校', ['CNY 200000000', 'count/家 3']],
  ['研发300，200人', ['number 300', 'count/人 200']],
  ['每3年开展一次', ['duration/年 3', 'count/次 1']],
  ['15名研发人员，其中博士3人', ['count/名 15', 'count/人 3']],
  ['不是3家是5家', ['count/家 3', 'count/家 5']],
  ['营收不到两个亿，研发大概差不多有2000万', ['CNY 200000000 under', 'CNY 20000000 about']],
];

describe('several quantities', () => {
  it.each(SEVERAL)('%j', (text, expected) => {
    expect(said(text)).toEqual(expected);
  });
});

describe('words and labels that are no quantities', () => {
  it.each(NONE)('%j', (text) => {
    expect(said(text)).toEqual([]);
  });
});
