import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, read } from './kit.js';
import type { Row } from './table.js';

const E = { kind: 'enterprise' };
const c = (o: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(o).map(([k, v]) => [`consortium.${k}`, v]));

/** Ways of telling a case that a name beside a figure does not show: every fact that the words state, no more, no less. */
const CLASSES: Record<string, Row[]> = {
  'amounts told as a change of another': [
    [
      '前年营收1.5亿，去年比前年增长了20%',
      { sales_by_year: { 2024: '150000000', 2025: '180000000' }, revenue_last_year: '180000000' },
    ],
    [
      '2024年营收2亿，2025年同比下滑一成',
      { sales_by_year: { 2024: '200000000', 2025: '180000000' }, revenue_last_year: '180000000' },
    ],
    [
      '23年研发1000万，之后每年涨20%',
      { rd_spend_by_year: { 2023: '10000000', 2024: '12000000', 2025: '14400000' } },
    ],
    ['前年研发2000万，去年砍了一半', { rd_spend_by_year: { 2024: '20000000', 2025: '10000000' } }],
    ['去年营收1.5亿，今年预计再涨三成', { revenue_last_year: '150000000' }],
    ['营收从1.8亿涨了10%到1.98亿', { revenue_last_year: '198000000' }],
    ['去年营收翻了一番，做到2.4亿', { revenue_last_year: '240000000' }],
    ['员工今年多了15%，研发人员占比12%', {}],
    ['要是再涨10%呢', { revenue_last_year: '220000000' }, { facts: { revenue_last_year: '2亿' } }],
    ['如果营收翻一倍呢', { revenue_last_year: '300000000' }, { facts: { revenue_last_year: '1.5亿' } }],
    ['研发要是少两成呢', { rd_spend_avg_3y: '16000000' }, { facts: { rd_spend_avg_3y: '2000万' } }],
    ['研发占比要是再高一个点呢', { rd_ratio_3y: '5' }, { facts: { rd_ratio_3y: '4%' } }],
  ],
  'talk about the rule itself': [
    ['为什么定在2亿而不是1亿', {}],
    ['研发人员20人这条能不能放宽', {}],
    ['研发强度3%和2000万是二选一吗', {}],
    ['两家以上上下游企业是指几家', {}],
    ['2000万是年均还是总额', {}],
    ['本地5家包括牵头单位吗', {}],
    ['5亿那条卡我们吗，我们年收入3000万', { revenue_last_year: '30000000' }],
    ['研发人员起码有三十个', { rd_staff: '>=30' }],
  ],
  'counts inside counts': [
    ['研发人员30人，其中5个兼职', { rd_staff: 25 }],
    ['研发部四十几个人，但专职的说不准', {}],
    ['搞研发的一共36个，里头10个是外聘兼职的', { rd_staff: 26 }],
    ['研发人员63名，其中专职的只有19名', { rd_staff: 19 }],
    ['研发团队40人，专职的有25个，剩下是兼职', { rd_staff: 25, dedicated_rd_team: true }],
    ['博士5人、高级职称8人，其中3人又是博士又是高级', { doctorate_or_senior_staff: 10 }],
    ['博士6个，正高3个，没有重复的', { doctorate_or_senior_staff: 9 }],
    ['博士加高职一共11个', { doctorate_or_senior_staff: 11 }],
    [
      '企业一共6家，高校院所共2家',
      c({ enterprises: 6, universities_institutes: 2, other_units: 2, units_total: 8 }),
    ],
    ['只有2所高校，没有科研院所', c({ universities_institutes: 2 })],
  ],
  'totals with and without the one who leads': [
    ['企业3家，加上牵头的我们是4个', c({ enterprises: 4, units_total: 4 })],
    ['我们加另外六家', c({ units_total: 7 })],
    ['1家牵头、8家参与', c({ units_total: 9 })],
    ['牵头单位1家，参与单位6家', c({ units_total: 7 })],
    ['本地共建的只有4家，算上牵头才5家', c({ local_members: 4, local_units: 5 })],
    ['子公司一家没放进来', c({ subsidiary_members: 0 })],
  ],
  'members told by where they are': [
    ['八家单位里温州的四家，企业四家', c({ units_total: 8, local_units: 4, enterprises: 4 })],
    ['温州联合体8家，其中6家注册在温州', c({ units_total: 8, local_units: 6 })],
    ['泉州联合体成员9家，5家在泉州，4家在外地', c({ units_total: 9, local_members: 5 })],
  ],
  'members told by name': [
    [
      '联合体有我们公司、A公司、B公司、C大学、D研究所，一共5家',
      { ...E, ...c({ units_total: 5, enterprises: 3, universities_institutes: 2, other_units: 2 }) },
    ],
    [
      '我们公司联合华侨大学、泉州装备所、恒劲公司、A企业一起组建',
      { ...E, ...c({ units_total: 5, enterprises: 3, universities_institutes: 2, other_units: 2 }) },
    ],
    ['成员包括福州大学、福建师大、某某科技有限公司等', {}],
    ['我司和华侨大学、福州大学、三安公司合作过', E],
  ],
  'the year of an amount': [
    [
      '2025年营收3亿，研发1500万',
      {
        sales_by_year: { 2025: '300000000' },
        rd_spend_by_year: { 2025: '15000000' },
        revenue_last_year: '300000000',
      },
    ],
    ['去年营收3亿，研发1500万', { revenue_last_year: '300000000', rd_spend_last_year: '15000000' }],
    ['去年营收3亿，年均研发1500万', { revenue_last_year: '300000000', rd_spend_avg_3y: '15000000' }],
    ['去年拿了政府补助300万，研发投入2100万', { rd_spend_avg_3y: '21000000' }],
    [
      '23年销售2亿研发600万，24年2.4亿研发840万，25年2.6亿研发900万',
      {
        sales_by_year: { 2023: '200000000', 2024: '240000000', 2025: '260000000' },
        rd_spend_by_year: { 2023: '6000000', 2024: '8400000', 2025: '9000000' },
      },
    ],
    ['近三年研发总投入6300万，销售总额9亿', { rd_spend_avg_3y: '21000000', rd_ratio_3y: '7' }],
  ],
  'what stands changed or is denied of some': [
    ['以前是高新，现在不是了', { high_tech: false }],
    ['原来不是高新，今年刚拿到', { high_tech: true }],
    ['高新资格去年被取消了', { high_tech: false }],
    ['没有哪家没签协议', c({ agreement_signed: true })],
    ['七家里六家签了协议', c({ agreement_signed: false, units_total: 7 })],
    ['协议就差厦大没签', c({ agreement_signed: false })],
    ['不是第一次牵头了', {}],
    ['除了市级工程中心没别的平台', { platform_level: 'municipal' }],
  ],
  'what is added, what is wanting, what is held against': [
    ['专职研发18人，这个月又招了3个', { rd_staff: 21 }],
    ['专职研发18人，更正，上月又进了2个，20人整', { rd_staff: 20 }],
    ['研发人员18个，如果再招2个够不够', { rd_staff: 18 }],
    ['博士九个，高级职称的不算博士还有三个', { doctorate_or_senior_staff: 12 }],
    ['一共5家，企业3家，单位数少一家还能备案吗', c({ units_total: 5, enterprises: 3 })],
    ['研发占比4%，3%那条过了没', { rd_ratio_3y: '4' }],
    ['研发占比4%（上次报的5%有误）', { rd_ratio_3y: '4' }],
    ['核心团队12人，但一个国家级人才都没有', { 'talent.core_members': 12, 'talent.national': 0 }],
    ['上游企业2家，下游企业3家', c({ chain_enterprises: 5 })],
    [
      '高校、医院各一家，企业四家，我们一共7家',
      c({ universities_institutes: 1, other_units: 2, enterprises: 5, units_total: 7 }),
    ],
    ['研发占比在4%到6%之间', { rd_ratio_3y: '>=4 <=6' }],
    ['研发费用三年分别占3%、4%、5%', {}],
    ['营收超2亿、不到3亿', { revenue_last_year: '>200000000 <300000000' }],
    [
      '研发投入近三年平均2050万，最近一年2300万',
      { rd_spend_avg_3y: '20500000', rd_spend_last_year: '23000000' },
    ],
  ],
  'numbers of other things': [
    ['年用电900万度，产量300万件', {}],
    ['年产5000万双鞋，营收2.6亿', { revenue_last_year: '260000000' }],
    ['近三年研发占比四点九，营收2.5亿', { rd_ratio_3y: '4.9', revenue_last_year: '250000000' }],
    ['本地4家，不够5家会被刷吗', c({ local_members: 4 })],
  ],
};

describe.each(Object.entries(CLASSES))('%s', (_, rows) => {
  it.each(rows)('%s', (question, facts, before) => {
    expect(factsOf(read(question, before))).toEqual(facts);
  });
});

describe('an amount that grew by a share', () => {
  it('is computed exactly from the year before, whatever the words', () => {
    const WORDS: [string, 1 | -1][] = [
      ['增长了', 1],
      ['同比涨', 1],
      ['又多了', 1],
      ['下降', -1],
      ['掉了', -1],
      ['比前年减少了', -1],
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: 1001, max: 90000 }),
        fc.integer({ min: 1, max: 95 }),
        fc.constantFrom(...WORDS),
        (wan, share, [word, sign]) => {
          const text = `前年主营${wan}万，去年${word}${share}%`;
          const { sales_by_year } = factsOf(read(text)) as { sales_by_year: Record<string, string> };
          expect(Number(sales_by_year[2025]), text).toBeCloseTo(wan * (100 + sign * share) * 100, 4);
        },
      ),
      { numRuns: 150 },
    );
  });
});
