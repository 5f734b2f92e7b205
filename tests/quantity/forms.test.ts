import { describe, expect, it } from 'vitest';
import { readQuantities } from '../../src/quantity/index.js';
import { said } from './cases.js';

describe('the many ways of writing one character', () => {
  it.each([
    ['○', '二○二六年', 'date/年 2026'],
    ['◯', '二◯二六年', 'date/年 2026'],
    ['萬', '3萬元', 'CNY 30000'],
    ['億', '3億元', 'CNY 300000000'],
    ['兩', '兩家', 'count/家 2'],
    ['俩', '俩亿', 'CNY 200000000'],
    ['個', '3個', 'count/个 3'],
    ['圓', '3圓', 'CNY 3'],
    ['圆', '3圆', 'CNY 3'],
    ['塊', '3塊', 'CNY 3'],
    ['餘', '20餘家', 'count/家 20..30 over'],
    ['幾', '十幾家', 'count/家 10..20 over'],
    ['來', '20來家', 'count/家 20 about'],
    ['數', '數十家', 'count/家 10..100 over'],
    ['點', '三點五%', 'percent 3.5'],
    ['號', '第3號', 'ordinal/号 3'],
    ['－', '2－3年', 'duration/年 2..3 about'],
    ['–', '2–3年', 'duration/年 2..3 about'],
    ['—', '2—3年', 'duration/年 2..3 about'],
    ['−', '2−3年', 'duration/年 2..3 about'],
    ['‐', '2‐3年', 'duration/年 2..3 about'],
    ['〜', '2〜3年', 'duration/年 2..3 about'],
    ['∼', '2∼3年', 'duration/年 2..3 about'],
    ['～', '2～3年', 'duration/年 2..3 about'],
    ['≧', '≧3家', 'count/家 3 at-least'],
    ['⩾', '⩾3家', 'count/家 3 at-least'],
    ['≦', '≦3家', 'count/家 3 at-most'],
    ['⩽', '⩽3家', 'count/家 3 at-most'],
    ['﹥', '﹥3家', 'count/家 3 over'],
    ['﹤', '﹤3家', 'count/家 3 under'],
    ['＞', '＞3家', 'count/家 3 over'],
    ['￥', '￥3', 'CNY 3'],
    ['﹪', '3﹪', 'percent 3'],
    ['％', '3％', 'percent 3'],
    ['（）', '7个（含）以上', 'count/个 7 at-least'],
  ])('%s', (_form, text, expected) => {
    expect(said(text)).toEqual([expected]);
  });

  it('offsets and shown text are those of the original', () => {
    const text = '約３億圓、貳仟萬元';
    expect(readQuantities(text).map((q) => text.slice(q.start, q.end))).toEqual(['３億圓', '貳仟萬元']);
    expect(readQuantities(text).map((q) => q.text)).toEqual(['３億圓', '貳仟萬元']);
  });
});

describe('formal numerals', () => {
  it.each([
    ['壹万元', 'CNY 10000'],
    ['贰万元', 'CNY 20000'],
    ['貳万元', 'CNY 20000'],
    ['叁万元', 'CNY 30000'],
    ['參万元', 'CNY 30000'],
    ['肆万元', 'CNY 40000'],
    ['伍万元', 'CNY 50000'],
    ['陆万元', 'CNY 60000'],
    ['陸万元', 'CNY 60000'],
    ['柒万元', 'CNY 70000'],
    ['捌万元', 'CNY 80000'],
    ['玖万元', 'CNY 90000'],
    ['拾万元', 'CNY 100000'],
    ['壹拾万元', 'CNY 100000'],
    ['叁佰万元', 'CNY 3000000'],
    ['贰仟零伍拾万元', 'CNY 20500000'],
    ['伍亿元', 'CNY 500000000'],
    ['贰仟', 'number 2000'],
    ['捌元', 'CNY 8'],
    ['伍拾家', 'count/家 50'],
    ['叁佰家', 'count/家 300'],
    ['壹佰零伍', 'number 105'],
  ])('%s', (text, expected) => {
    expect(said(text)).toEqual([expected]);
  });

  it.each(['队伍', '陆续', '参加', '伍', '团队伍', '捌', '柒', '研发队伍建设', '陆先生'])(
    '%s is a word',
    (text) => {
      expect(said(text)).toEqual([]);
    },
  );
});

describe('white space inside a quantity', () => {
  it.each([' ', '\n', '\r\n', '\u00a0', '\u3000', '\u2009', ' '.repeat(12)])('%j', (gap) => {
    expect(said(`2000${gap}万元`)).toEqual(['CNY 20000000']);
    expect(said(`2025年${gap}8月${gap}10日`)).toEqual(['date/日 2025-08-10']);
  });
  it('a tab or a longer gap parts it', () => {
    expect(said('2000\t家')).toEqual(['number 2000']);
    expect(said(`2000${' '.repeat(13)}家`)).toEqual(['number 2000']);
  });
});

describe('figures that are part of a name', () => {
  it.each(['A3', 'Z3', 'a3', 'z3', '_3', 'MA12', '3A', '3Z', '3a', '3z', 'ISO9001', 'H5.2.1', 'v2.0.1'])(
    '%s',
    (text) => {
      expect(said(text)).toEqual([]);
    },
  );
  it('a bracket or a sign before a figure is none', () => {
    for (const text of ['@3家', '[3家', '`3家', '{3家', '^3家'])
      expect(said(text), text).toEqual(['count/家 3']);
  });
});
