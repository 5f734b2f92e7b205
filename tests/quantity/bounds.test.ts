import { describe, expect, it } from 'vitest';
import { readQuantities } from '../../src/quantity/index.js';

/** The bound of the only figure of a text, with the words that say it. */
function bound(text: string): [string | null, string] {
  const quantities = readQuantities(text);
  expect(quantities, text).toHaveLength(1);
  const [q] = quantities;
  return [q!.bound, text.slice(q!.outerStart, q!.outerEnd)];
}

/** Before 5家, as people write them. */
const LEFT = {
  'at-least':
    '不低于 不少于 不得少于 不得低于 不应少于 不能少于 不小于 不下于 至少 最少 起码 大于等于 大于或等于 高于或等于 ≥ >= => 下限 下限为 满 期满',
  'at-most':
    '不超过 不超 不高于 不多于 不得超过 最多不超过 没超过 没有超过 未超过 至多 最多 最高 顶多 撑死 小于等于 低于或等于 ≤ <= 上限 上限为 限 仅限 控制在',
  over: '超过 超 超出 高于 大于 多于 多过 逾 > 突破 远超 远高于 过 已过 破 不止 不只',
  under:
    '不到 不足 不满 未满 未达到 没到 没有达到 还没到 达不到 低于 少于 < 不够 还不到 没有 将近 接近 快到 快 近 几近 逼近 几乎 几乎有 差一点 差点',
  about: '约 大约 大概 差不多 大致 左右 约为 约莫 估计 好像 可能 应该',
};
/** After 5家. */
const RIGHT = {
  'at-least': '以上 及以上 或以上 之上 (含)以上 （含本数）以上 以上（含） 含以上 起 起步 往上 打底 或更多 +',
  'at-most': '以下 及以下 或以下 之下 以内 之内 封顶 为限 以下(含) 及以内 （含）以下',
  over: '以外 开外 出头 多 多点 多一点 多些 往外',
  under: '不到 未满 不满 不足 都不到 都没有 都没 还不到 都不够 差一点 少一点',
  about: '左右 上下 的样子 差不多 大概',
};
const words = (table: Record<string, string>) =>
  Object.entries(table).flatMap(([sense, list]) => list.split(' ').map((word) => [word, sense] as const));

describe('a bound word', () => {
  it.each(words(LEFT))('%s5家: %s', (word, sense) => {
    expect(bound(`合作${word}5家。`)).toEqual([sense, `${word}5家`]);
    expect(bound(`合作${word} 5 家`)).toEqual([sense, `${word} 5 家`]);
    expect(bound(`合作${[...word].join('\n')}5家`)).toEqual([sense, `${[...word].join('\n')}5家`]);
    expect(bound(`合作${word}，5家`)).toEqual([null, '5家']);
    expect(bound(`合作${word}\t5家`)).toEqual([null, '5家']);
  });

  it.each(words(RIGHT))('5家%s: %s', (word, sense) => {
    expect(bound(`合作5家${word}。`)).toEqual([sense, `5家${word}`]);
    expect(bound(`合作5家 ${word}，合计`)).toEqual([sense, `5家 ${word}`]);
    expect(bound(`5家${[...word].join(' ')}`)).toEqual([sense, `5家${[...word].join(' ')}`]);
    expect(bound(`合作5家，${word}`)).toEqual([null, '5家']);
    expect(bound(`合作5家\t${word}`)).toEqual([null, '5家']);
  });

  it.each([
    ['At least 5 firms', 'at-least', 'At least 5 firms'],
    ['not less than 5 firms', 'at-least', 'not less than 5 firms'],
    ['less than 5 firms', 'under', 'less than 5 firms'],
    ['no more than 5 firms', 'at-most', 'no more than 5 firms'],
    ['More than 5 firms', 'over', 'More than 5 firms'],
    ['up to 5 firms', 'at-most', 'up to 5 firms'],
    ['we have about 5 firms', 'about', 'about 5 firms'],
    ['has some 5 firms', 'about', 'some 5 firms'],
    ['it grew over 5 firms', 'over', 'over 5 firms'],
    ['合作over 5 firms', 'over', 'over 5 firms'],
    ['R&D超5家', 'over', '超5家'],
    ['A不低于5家', 'at-least', '不低于5家'],
    ['5 firms or more', 'at-least', '5 firms or more'],
    ['5 firms Or More', 'at-least', '5 firms Or More'],
    ['turnover 5 firms', null, '5 firms'],
    ['handsome 5 firms', null, '5 firms'],
    ['the group to 5 firms', null, '5 firms'],
    ['founder 5 firms', null, '5 firms'],
  ])('%s', (text, sense, outer) => {
    expect(bound(text)).toEqual([sense, outer]);
  });

  it('with twelve spaces is as far from its figure as one can stand', () => {
    for (const n of [0, 1, 12]) expect(bound(`不低于${' '.repeat(n)}5家`)[0]).toBe('at-least');
    for (const n of [0, 1, 12]) expect(bound(`5家${' '.repeat(n)}以上`)[0]).toBe('at-least');
    expect(bound(`不低于${' '.repeat(60)}5家`)[0]).toBeNull();
    expect(bound(`5家${' '.repeat(60)}以上`)[0]).toBeNull();
  });
});

describe('words that end or begin like a bound word and are none', () => {
  it.each([
    ...[...'合签条预特节违制契公邀简'].map((c) => `${c}约5家`),
    ...[...'有权界年期无时额受'].map((c) => `${c}限5家`),
    ...[...'最附临邻靠远新'].map((c) => `${c}近5家`),
    ...[...'加尽赶更飞'].map((c) => `${c}快5家`),
    ...[...'经通不越度'].map((c) => `${c}过5家`),
    '充满5家',
    ...[...'以晚早线网之加赶会基身则'].map((c) => `${c}上百八十万元`),
    ...[...'赶反'].map((c) => `${c}超5家`),
    '有没有5家',
    '不可能5家',
    '最 近5家',
    '晚上5家',
    '系统上5家',
    '加快3年',
    '加快5年',
    '近3年',
    '快3年',
    '过3年',
    '破3年',
    '几近3年',
    '没有3年',
    '超3年',
    '近的5家',
    '超了5家',
    '过了5家',
    '没有了5家',
    ...[...'草来点案到诉码'].map((c) => `5家起${c}`),
    '5家起 草',
    '5家内',
    '5个内部',
    '5天内部',
    '5天内外',
    '5家+1',
    '5家+B',
    '5家多家',
    '5家多部门',
    '5家企业',
    '5家企业内',
    '5家（含）',
    '5家（含研究）所',
    '5家吧',
    '5天前',
    '5家前',
    '5家止',
    '5家人以外',
  ])('%s', (text) => {
    const [q] = readQuantities(text);
    expect([q?.bound ?? null, q?.outerStart, q?.outerEnd]).toEqual([null, q?.start, q?.end]);
  });

  it.each([
    ['满意5家', null],
    ['上千万元', 'at-least'],
    ['上 百八十万元', 'at-least'],
    ['约5年', 'about'],
    ['满5年', 'at-least'],
    ['不到5年', 'under'],
    ['快到5年', 'under'],
    ['5天内', 'at-most'],
    ['5天 内，', 'at-most'],
    ['5年以内', 'at-most'],
    ['500字内', 'at-most'],
    ['500字以内', 'at-most'],
    ['5天多', 'over'],
    ['5家多了', 'over'],
    ['5家多的', 'over'],
    ['5家多吗', null],
    ['5家多吧', 'over'],
    ['5家多呢', 'over'],
    ['5家多!', 'over'],
    ['5家多？', 'over'],
    ['5家多、', 'over'],
    ['5家多一些', 'over'],
    ['5家多，多部门', 'over'],
    ['5家多\t多部门', 'over'],
    ['5家起，草案', 'at-least'],
    ['5家+，B', 'at-least'],
    ['5家企业以上', 'at-least'],
    ['5家 企业 以 上', 'at-least'],
    ['5家企业及以上', 'at-least'],
    ['5家企业以下', 'at-most'],
    ['5家企业以内', 'at-most'],
    ['5家高校院所左右', 'about'],
    ['5家企业(含)以上', 'at-least'],
    ['5家单位（不含分公司）以上', 'at-least'],
    ['5家( 包含 本级 )以上', 'at-least'],
    ['5家（含一二三四五六七八）以上', 'at-least'],
    ['5家（含一二三四五六七八九）以上', null],
    ['5家（含一，二）以上', null],
    ['5家（个）以上', null],
  ])('%s: %s', (text, sense) => {
    expect(readQuantities(text)[0]!.bound).toBe(sense);
  });
});

describe('a bound word at a distance', () => {
  it.each([
    ['不低于人民币5家', '不低于人民币5家'],
    ['至少有5家', '至少有5家'],
    ['至少 要 有 5家', '至少 要 有 5家'],
    ['至少得有5家', '至少得有5家'],
    ['至少也得有5家', '至少也得有5家'],
    ['至少需要达到5家', '至少需要达到5家'],
    ['不超过包括在5家', '不超过包括在5家'],
    ['不到了的5家', '不到了的5家'],
    ['大约有5家', '大约有5家'],
    ['至少主动策划申报5家', '至少主动策划申报5家'],
    ['至少主动\n策划申报 5家', '至少主动\n策划申报 5家'],
    ['最高支持额度可达5家', '最高支持额度可达5家'],
    ['起码每年新签5家', '起码每年新签5家'],
    ['至少一二三四', null],
    ['仅限申报5家', '仅限申报5家'],
    ['每所限申报5家', '限申报5家'],
    ['有限公司至少申报5家', '至少申报5家'],
    ['有限公司申报5家', null],
    ['至少甲乙丙丁戊己庚辛壬癸子丑5家', '至少甲乙丙丁戊己庚辛壬癸子丑5家'],
    ['至少甲乙丙丁戊己庚辛壬癸子丑寅5家', null],
    ['至少，主动申报5家', null],
    ['至少主动、申报5家', null],
    ['至少主动\t申报5家', null],
    ['至少（主动）申报5家', null],
    ['至少的主动申报5家', null],
    ['至少时主动申报5家', null],
    ['不少于主动申报5家', null],
    ['不低于营业收入的5家', '不低于营业收入的5家'],
    ['不 低于营业 收入 的 5家', '不 低于营业 收入 的 5家'],
    ['达不到全部研究的5家', '达不到全部研究的5家'],
    ['不足全部的5家', '不足全部的5家'],
    ['不低于甲乙丙丁戊己庚辛壬癸子丑寅卯的5家', '不低于甲乙丙丁戊己庚辛壬癸子丑寅卯的5家'],
    ['不低于甲乙丙丁戊己庚辛壬癸子丑寅卯辰的5家', null],
    ['不低于营业，收入的5家', null],
    ['不低于营业（收入）的5家', null],
    ['大约营业收入的5家', null],
  ])('%s: %s', (text, outer) => {
    const q = readQuantities(text)[0];
    expect(q && q.bound !== null ? text.slice(q.outerStart, q.outerEnd) : null).toBe(outer);
  });

  it.each([
    ['约5年', '约5年'],
    ['至少要有5年', '至少要有5年'],
    ['至少连续经营5年', '至少连续经营5年'],
    ['不低于合同期限的5年', '不低于合同期限的5年'],
  ])('of a span of time: %s', (text, outer) => {
    expect(bound(text)[1]).toBe(outer);
  });
});

describe('a bound of a date', () => {
  it.each([
    ['2025年8月10日前', 'at-most', '2025年8月10日前'],
    ['2025年8月10日 以\n前', 'at-most', '2025年8月10日 以\n前'],
    ['2025年之前', 'at-most', '2025年之前'],
    ['2025年及以前', 'at-most', '2025年及以前'],
    ['2025年截止', 'at-most', '2025年截止'],
    ['2025年为止', 'at-most', '2025年为止'],
    ['2025年止', 'at-most', '2025年止'],
    ['2025年起', 'at-least', '2025年起'],
    ['2025年起到现在', 'at-least', '2025年起'],
    ['2025年 以后', 'at-least', '2025年 以后'],
    ['2025年之后', 'at-least', '2025年之后'],
    ['2025年以 来', 'at-least', '2025年以 来'],
    ['2025年起草', null, '2025年'],
    ['2025年以上', null, '2025年'],
    ['2025年，以前', null, '2025年'],
    ['2025年\t以后', null, '2025年'],
    ['约2025年', null, '2025年'],
  ])('%s', (text, sense, outer) => {
    expect(bound(text)).toEqual([sense, outer]);
  });
});
