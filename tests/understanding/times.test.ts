import { describe, expect, it } from 'vitest';
import { factsOf, read } from './kit.js';

type Row = [question: string, facts: Record<string, unknown>];
const E = { kind: 'enterprise' };

/** When something was, what it is now, and amounts of several years; what tells nothing certain states nothing. */
const ROWS: Record<string, Row[]> = {
  'a certificate by its dates (2026-11-21)': [
    ['高新今年9月到期，还没重新认定', { high_tech: false }],
    ['高新今年12月到期', { high_tech: true }],
    ['高新到2027年才到期', { high_tech: true }],
    ['高新技术证书还有两年才到期', { high_tech: true }],
    ['专精特新有效期到2026年8月，已经过了', { srdi: false }],
    ['高新2023年过期，2024年重新评上了', { high_tech: true }],
    ['高新是2022年评的，2025年没续上', { high_tech: false }],
    ['高新资格今年复审，结果还没出', {}],
    ['高新复审没过', { high_tech: false }],
  ],
  'a title lost, as far as it is told when': [
    ['我们2024年3月被取消资格，什么时候能重新报', { title_revoked_on: '>=2024-03-01 <=2024-03-31' }],
    ['我们前年年底被取消过联合体资格', { title_revoked_on: '>=2024-01-01 <=2024-12-31' }],
    ['我们2024年第三季度被取消的资格', { title_revoked_on: '>=2024-07-01 <=2024-09-30' }],
    ['去年2月18号（2025年）我们被取消资格', { title_revoked_on: '2025-02-18' }],
    ['我们去年没被取消过资格', { title_revoked_on: 'never' }],
  ],
  'years told of together': [
    [
      '前两年销售各2亿，去年2.4亿',
      { sales_by_year: { 2023: '200000000', 2024: '200000000', 2025: '240000000' } },
    ],
    [
      '23、24年研发各1000万，25年1500万',
      { rd_spend_by_year: { 2023: '10000000', 2024: '10000000', 2025: '15000000' } },
    ],
    [
      '前年和大前年研发都是1800万，去年2500万',
      { rd_spend_by_year: { 2023: '18000000', 2024: '18000000', 2025: '25000000' } },
    ],
    [
      '23年研发1200万收入5.1亿，24年1400万和5.3亿，25年1500万和5.6亿',
      {
        revenue_last_year: '560000000',
        rd_spend_by_year: { 2023: '12000000', 2024: '14000000', 2025: '15000000' },
        sales_by_year: { 2023: '510000000', 2024: '530000000', 2025: '560000000' },
      },
    ],
    [
      '25年营收3亿，24年2.6亿，23年2.2亿，研发分别是1500万、1300万、1100万',
      {
        revenue_last_year: '300000000',
        rd_spend_by_year: { 2023: '11000000', 2024: '13000000', 2025: '15000000' },
        sales_by_year: { 2023: '220000000', 2024: '260000000', 2025: '300000000' },
      },
    ],
    ['2023-2025年研发累计5400万，销售累计12亿', { rd_spend_avg_3y: '18000000', rd_ratio_3y: '4.5' }],
  ],
  'amounts of other years than the three state no mean': [
    ['研发累计5400万', {}],
    ['2024-2025年研发合计4000万', {}],
    ['近两年研发每年1500万', {}],
  ],
  'bounds denied': [
    ['营收没过2亿', { revenue_last_year: '<=200000000' }],
    ['研发每年没少于2000万', { rd_spend_avg_3y: '>=20000000' }],
    ['研发占比没低于5%', { rd_ratio_3y: '>=5' }],
  ],
  'a rough figure made exact': [
    ['专职研发二十来个，数下来22个', { rd_staff: 22 }],
    ['营收两亿左右吧，财务刚核的，1.97亿', { revenue_last_year: '197000000' }],
  ],
  'where a unit is registered': [
    ['温州市区注册的泵阀企业', { ...E, city: 'wenzhou' }],
    ['泉州台商区注册的独立法人企业', { ...E, city: 'quanzhou', legal_person: true }],
    ['我们总公司在杭州，厦门只设了办事处，能牵头厦门的联合体吗', { ...E, city: 'other' }],
    ['我们公司注册地在北京，厦门没有法人主体', { ...E, city: 'other' }],
    ['我们在厦门注册，但是研发主要放在上海', { city: 'xiamen', main_site_city: 'other' }],
    ['公司2019年在厦门成立的，主营4亿', { ...E, city: 'xiamen', revenue_last_year: '400000000' }],
    ['厦门翔安某三甲医院，听说泉州的医院可以牵头', { kind: 'hospital', city: 'xiamen', tier_3a: true }],
  ],
};

describe('times, years and places', () => {
  for (const [name, rows] of Object.entries(ROWS))
    describe(name, () => {
      for (const [question, facts] of rows)
        it(question, () => {
          expect(factsOf(read(question))).toEqual(facts);
        });
    });
});
