import { describe, expect, it } from 'vitest';
import { factsOf, read } from './kit.js';
import type { Row } from './table.js';

const E = { kind: 'enterprise', city: 'quanzhou' };
const REVENUE = { facts: { ...E, revenue_last_year: '2.3亿元' }, policies: ['quanzhou'] };
const BOTH = {
  facts: { ...E, revenue_last_year: '2.6亿元', rd_spend_avg_3y: '2100万' },
  policies: ['quanzhou'],
};

/** Every fact that the words state, no more, no less. */
const CLASSES: Record<string, Row[]> = {
  'a figure told before is told anew, whatever was asked for last': [
    [
      '我说错了，去年不是2.3亿，是1.93亿，财务刚核的',
      { revenue_last_year: '193000000' },
      { ...REVENUE, pending: 'rd_spend_avg_3y' },
    ],
    [
      '啊对了去年那个数得改，1.95亿',
      { revenue_last_year: '195000000' },
      { ...REVENUE, pending: 'rd_spend_avg_3y' },
    ],
    [
      '收入那个我报错了 1.94亿才对',
      { revenue_last_year: '194000000' },
      { ...REVENUE, pending: 'rd_spend_avg_3y' },
    ],
    ['刚才那个2100万不对，会计说是1900万', { rd_spend_avg_3y: '19000000' }, BOTH],
    ['刚才说错了，是2200万', { rd_spend_avg_3y: '22000000' }, BOTH],
    ['2400万 哦错了2040万', { rd_spend_avg_3y: '20400000' }, { ...REVENUE, pending: 'rd_spend_avg_3y' }],
    ['那个5.2不对，老板说4.8', { rd_ratio_3y: '4.8' }, { facts: { ...E, rd_ratio_3y: '5.2%' } }],
    [
      '先等下，占比我算错了，5.1',
      { rd_ratio_3y: '5.1' },
      { facts: { ...E, rd_ratio_3y: '4.9%' }, pending: 'high_tech' },
    ],
    // What is asked for next is no correction.
    ['2400万', { rd_spend_avg_3y: '24000000' }, { ...REVENUE, pending: 'rd_spend_avg_3y' }],
  ],
  'amounts of less than a year and what goes through the accounts are no revenue': [
    ['泉州企业 去年一个月平均流水1500万', E],
    ['一个月流水两千多万，一年下来差不多两亿五，泉州能牵头不', {}],
    ['泉州企业，月产值1700万', E],
    ['泉州企业，上半年1.2亿，全年还没算', E],
    ['我们每月研发烧200万', {}],
    ['今年到现在做了2.2亿，我们去年营收1.7亿', { revenue_last_year: '170000000' }],
  ],
  'shares and counts without a unit beside their name': [
    [
      '温州公司三年研发强度刚刚好3.5，不知道算不算',
      { kind: 'enterprise', city: 'wenzhou', rd_ratio_3y: '3.5' },
    ],
    ['一年研发1999万9千，强度也才3.2，就差一千块', { rd_spend_avg_3y: '19999000', rd_ratio_3y: '3.2' }],
    ['收入2.3个亿 研发占6', { revenue_last_year: '230000000', rd_ratio_3y: '6' }],
    ['泉州公司专职研发现在17，下个月再进4个够了吧', { ...E, rd_staff: 17 }],
  ],
  'own figures beside what was heard, and put up to a bound': [
    [
      '听说泉州牵头只要1亿就行了？我们去年1.3亿，高企，研发占8%',
      { kind: 'enterprise', revenue_last_year: '130000000', rd_ratio_3y: '8', high_tech: true },
    ],
    ['泉州企业，主营1.99亿算不算2亿', { ...E, revenue_last_year: '199000000' }],
    ['泉州企业，1.98亿四舍五入算2亿行不行', { ...E, revenue_last_year: '198000000' }],
    ['说是泉州要省级平台？我们是市级的', { platform_level: 'municipal' }],
  ],
  'levels, and what is had': [
    ['泉州企业，省级没有，就一个市级的', { ...E, platform_level: 'municipal' }],
    ['泉州企业，平台就一个市级的技术中心，别的没了', { ...E, platform_level: 'municipal' }],
    ['泉州企业，平台啥级别都没有', { ...E, platform_level: 'none' }],
    ['泉州企业，跟华大合建了个省级实验室，算我们的平台吗', E],
  ],
  'a team of its own, or none': [
    ['泉州企业，搞研发有专门一支队伍', { ...E, dedicated_rd_team: true }],
    ['泉州企业，研发都是车间的人兼着干', { ...E, dedicated_rd_team: false }],
    ['有是有 就是人少', { dedicated_rd_team: true }, { pending: 'dedicated_rd_team' }],
  ],
};

describe.each(Object.entries(CLASSES))('%s', (_, rows) => {
  it.each(rows)('%s', (question, facts, before) => {
    expect(factsOf(read(question, before))).toEqual(facts);
  });
});
