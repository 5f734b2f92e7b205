import { describe, expect, it } from 'vitest';
import { readQuantities } from '../../src/quantity/index.js';

/** text → `unit value[..upper] bound`, one entry a quantity; measure words stand after a slash. */
function said(text: string): string[] {
  return readQuantities(text).map((q) =>
    [
      q.measure === null ? q.unit : `${q.unit}/${q.measure}`,
      q.upper === null ? q.value : `${q.value}..${q.upper.toString()}`,
      q.bound,
    ]
      .filter((part) => part !== null)
      .join(' '),
  );
}

const ONE: [string, string][] = [
  // money
  ['2亿元', 'CNY 200000000'],
  ['两个亿', 'CNY 200000000'],
  ['1.8亿', 'CNY 180000000'],
  ['营收1.8亿', 'CNY 180000000'],
  ['1.8 亿元', 'CNY 180000000'],
  ['0.35亿', 'CNY 35000000'],
  ['2000万', 'CNY 20000000'],
  ['2000 万\n\n元', 'CNY 20000000'],
  ['２０００万', 'CNY 20000000'],
  ['一千八百万', 'CNY 18000000'],
  ['1亿8千万', 'CNY 180000000'],
  ['2亿5千万元', 'CNY 250000000'],
  ['1亿2', 'CNY 120000000'],
  ['一亿二', 'CNY 120000000'],
  ['3亿5', 'CNY 350000000'],
  ['一亿两千', 'CNY 120000000'],
  ['1亿2000', 'CNY 120000000'],
  ['2亿3000万元', 'CNY 230000000'],
  ['三点五亿', 'CNY 350000000'],
  ['一百零五万', 'CNY 1050000'],
  ['三万五', 'CNY 35000'],
  ['半个亿', 'CNY 50000000'],
  ['20,000,000元', 'CNY 20000000'],
  ['¥2000万', 'CNY 20000000'],
  ['￥180,000,000', 'CNY 180000000'],
  ['2000w', 'CNY 20000000'],
  ['2000W元', 'CNY 20000000'],
  ['贰仟万', 'CNY 20000000'],
  ['贰仟万元', 'CNY 20000000'],
  ['百八十万', 'CNY 1800000'],
  ['1.2万亿元', 'CNY 1200000000000'],
  ['兩億元', 'CNY 200000000'],
  ['500块钱', 'CNY 500'],
  ['180 million yuan', 'CNY 180000000'],
  ['RMB 180 million', 'CNY 180000000'],
  // vague money
  ['两亿多', 'CNY 200000000..300000000 over'],
  ['两千多万', 'CNY 20000000..30000000 over'],
  ['2000多万', 'CNY 20000000..30000000 over'],
  ['3000余万', 'CNY 30000000..40000000 over'],
  ['一个多亿', 'CNY 100000000..200000000 over'],
  ['1.8亿多', 'CNY 180000000..190000000 over'],
  ['几千万', 'CNY 10000000..100000000 over'],
  ['500来万', 'CNY 5000000 about'],
  ['过亿', 'CNY 100000000 over'],
  ['上千万', 'CNY 10000000 at-least'],
  ['将近2亿', 'CNY 200000000 under'],
  ['近2亿元', 'CNY 200000000 under'],
  ['2亿出头', 'CNY 200000000 over'],
  ['差不多2000万', 'CNY 20000000 about'],
  ['大概2000万左右', 'CNY 20000000 about'],
  ['两个亿都不到', 'CNY 200000000 under'],
  ['两亿差一点', 'CNY 200000000 under'],
  ['2亿+', 'CNY 200000000 at-least'],
  ['四五千万', 'CNY 40000000..50000000 about'],
  ['1万2千3百元', 'CNY 12300'],
  ['1到2亿', 'CNY 100000000..200000000 about'],
  // percents
  ['5%', 'percent 5'],
  ['5％', 'percent 5'],
  ['3.5%', 'percent 3.5'],
  ['5个点', 'percent/个点 5'],
  ['3.5个点', 'percent/个点 3.5'],
  ['5个百分点', 'percent/个百分点 5'],
  ['百分之五', 'percent 5'],
  ['百分之三点五', 'percent 3.5'],
  ['百分之百', 'percent 100'],
  ['千分之三', 'percent 0.3'],
  ['3‰', 'percent 0.3'],
  ['三成', 'percent/成 30'],
  ['三成半', 'percent/成 35'],
  ['5 percent', 'percent 5'],
  ['5-6个点', 'percent/个点 5..6 about'],
  ['超5%', 'percent 5 over'],
  ['4个多点', 'percent/个点 4..5 over'],
  ['百分之4.2', 'percent 4.2'],
  // fractions
  ['三分之一', 'fraction 1/3'],
  ['3分之1', 'fraction 1/3'],
  ['三分之二以上', 'fraction 2/3 at-least'],
  ['占1/3', 'fraction 1/3'],
  ['一半', 'fraction 0.5'],
  ['过半', 'fraction 0.5 over'],
  ['半数以上', 'fraction 0.5 at-least'],
  // counts
  ['7 个（含）以上', 'count/个 7 at-least'],
  ['不少于5家', 'count/家 5 at-least'],
  ['二十人', 'count/人 20'],
  ['20来人', 'count/人 20 about'],
  ['20几家', 'count/家 20..30 over'],
  ['一家都没有', 'count/家 1 under'],
  ['二十来人', 'count/人 20 about'],
  ['20多人', 'count/人 20..30 over'],
  ['十几人', 'count/人 10..20 over'],
  ['几十人', 'count/人 10..100 over'],
  ['三四家', 'count/家 3..4 about'],
  ['三到五家', 'count/家 3..5 about'],
  ['上百家', 'count/家 100 at-least'],
  ['520 多项', 'count/项 520..530 over'],
  ['132 人次', 'count/人次 132'],
  ['260 家次', 'count/家次 260'],
  ['≥2场次', 'count/场次 2 at-least'],
  ['五家企业以上', 'count/家 5 at-least'],
  ['3万人', 'count/人 30000'],
  ['唯一一个', 'count/个 1'],
  ['至少有1项', 'count/项 1 at-least'],
  ['至少主动策划申报 1 个', 'count/个 1 at-least'],
  ['最多填写三项', 'count/项 3 at-most'],
  ['仅限牵头组建一个', 'count/个 1 at-most'],
  ['原则上一个', 'count/个 1'],
  ['at least 5 enterprises', 'count/enterprises 5 at-least'],
  // scores, words
  ['（6分）', 'score/分 6'],
  ['满分10分', 'score/分 10'],
  ['500字以内', 'count/字 500 at-most'],
  ['限200字', 'count/字 200 at-most'],
  // durations
  ['3年', 'duration/年 3'],
  ['近三年', 'duration/年 3'],
  ['有效期 3\n\n年', 'duration/年 3'],
  ['2-3 年', 'duration/年 2..3 about'],
  ['近三个会计年度', 'duration/会计年度 3'],
  ['每3年', 'duration/年 3'],
  ['三年内', 'duration/年 3 at-most'],
  ['实际经营期不满三\n\n年', 'duration/年 3 under'],
  ['两年半', 'duration/年 2.5'],
  ['半年', 'duration/年 0.5'],
  ['3个月', 'duration/月 3'],
  ['60日', 'duration/日 60'],
  ['10个工作日', 'duration/工作日 10'],
  ['三年多', 'duration/年 3 over'],
  // dates
  ['2025 年 8 月 10 日', 'date/日 2025-08-10'],
  ['2026年3月24日', 'date/日 2026-03-24'],
  ['2025-08-10', 'date 2025-08-10'],
  ['2025.8.10', 'date 2025-08-10'],
  ['2025/8/10', 'date 2025-08-10'],
  ['2019.5成立', 'date 2019-05'],
  ['2026年5月', 'date/月 2026-05'],
  ['2024年', 'date/年 2024'],
  ['二〇二六年三月', 'date/月 2026-03'],
  ['二零二六年三月二十四日', 'date/日 2026-03-24'],
  ['23年5月', 'date/月 2023-05'],
  ['3月31日', 'monthday/日 --03-31'],
  ['每\n\n年3月31日前', 'monthday/日 --03-31 at-most'],
  ['自2026年5月1日起', 'date/日 2026-05-01 at-least'],
  // the rest
  ['第1212号', 'ordinal/号 1212'],
  ['前三名', 'ordinal/名 3'],
  ['第三名', 'ordinal/名 3'],
  ['市十七届人大', 'ordinal/届 17'],
  ['泉科规〔2026〕3号', 'docnumber/号 泉科规〔2026〕3号'],
  ['泉科规[2026]3号', 'docnumber/号 泉科规〔2026〕3号'],
  ['（厦科创〔2023〕4\n\n号）', 'docnumber/号 厦科创〔2023〕4号'],
  ['根据闽政〔2023〕7 号', 'docnumber/号 闽政〔2023〕7号'],
  ['0595-28282813', 'phone 0595-28282813'],
  ['13812345678', 'phone 13812345678'],
  ['3000', 'number 3000'],
  ['占比5点5', 'number 5.5'],
  ['2019.5', 'date 2019-05'],
  ['二十', 'number 20'],
  ['科技创新 2030 重大项目', 'number 2030'],
];

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

const NONE = [
  '一带一路', '一般', '一批', '三甲', '一致', '统一', '唯一', '一体化', '十四五', '“十五五”时期', '万一', '千万不要',
  '第六条', '第六条（二）1', '第二章', '（一）', '\n1. 企业', '附件3', '附件：1.申请书\n\n2.建设方案', '第三方机构',
  '上一年度', '进一步', '同一家', '一支队伍', '一次性奖励', '一次\n\n性奖励', '二次开发', '十分重要', '一是落实；二是',
  '一站式', '两张皮', '双一流', '千人计划', '万人计划', 'B类', 'Hlk135604358', '5G', 'H5', '最后一公里', '之一',
  '三、申报条件', '\n\t1\n\t\n', '零门槛', '几家', '要几个人', '成立', '',
]; // biome-ignore format: a list of words

describe('words and labels that are no quantities', () => {
  it.each(NONE)('%j', (text) => {
    expect(said(text)).toEqual([]);
  });
});
