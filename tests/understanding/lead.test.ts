import { describe, expect, it } from 'vitest';
import { factsOf, read } from './kit.js';

type Row = [question: string, facts: Record<string, unknown>];
const QE = { kind: 'enterprise', city: 'quanzhou' };
const never = { title_revoked_on: 'never' };

/** What tired people type of the unit that would lead, and every fact that it states. */
const ROWS: Record<string, Row[]> = {
  'what was earned, without the name of revenue': [
    ['晋江的厂，去年做了两亿七，高新，能牵头吗', { ...QE, revenue_last_year: '270000000', high_tech: true }],
    ['我们公司去年卖了1.9亿的货', { kind: 'enterprise', revenue_last_year: '190000000' }],
    ['去年做了2.6亿，投了2300万研发', { revenue_last_year: '260000000', rd_spend_last_year: '23000000' }],
    ['去年研发做了1800万', { rd_spend_last_year: '18000000' }],
    ['去年做了3000万的技改', {}],
    ['今年做了2个亿', {}],
  ],
  'none, said with weight': [
    ['泉州企业，连市级的平台都没有一个', { ...QE, platform_level: 'none' }],
    ['晋江的公司，省级以上的资质一样没有，市级平台也没有一个', { ...QE, platform_level: 'none' }],
    ['泉州企业，一个市级平台也没有', { ...QE, platform_level: 'none' }],
    ['泉州企业，一个省级平台都没有', QE],
  ],
  'a row of levels that are all lacking, and things counted in their own statement': [
    ['泉州企业，最高只有一个市级的重点实验室，省级国家级都没有', { ...QE, platform_level: 'municipal' }],
    ['泉州企业，市级工程中心，省级、国家级的都没有', { ...QE, platform_level: 'municipal' }],
    ['泉州企业，省级国家级平台都有', { ...QE, platform_level: 'national' }],
    ['泉州企业，只有两个市级平台', { ...QE, platform_level: 'municipal' }],
  ],
  'in English': [
    [
      'Our company leads no other consortium and has never had a title revoked',
      { kind: 'enterprise', consortia_already_led: 0, title_revoked_on: 'never' },
    ],
  ],
  'what is wanting is not what there is': [
    ['泉州企业，主营1.8亿，营收差2000万会不会被卡', { ...QE, revenue_last_year: '180000000' }],
    ['泉州企业，营收差500万到2亿', { ...QE, revenue_last_year: '195000000' }],
    ['泉州企业，专职研发登记在册的19名，差一个', { ...QE, rd_staff: 19 }],
    ['泉州企业，专职研发不多不少20人', { ...QE, rd_staff: 20 }],
    ['泉州企业，研发都委托给大学做', QE],
  ],
  'a figure measured by the demand named behind it': [
    ['1.97亿，泉州的主营业务收入要求四舍五入行不行', { revenue_last_year: '197000000' }],
    ['4.8%，泉州研发占比要求够吗', { rd_ratio_3y: '4.8' }],
    ['2亿的要求能不能放宽到1.9亿', {}],
  ],
  'amounts by year': [
    [
      '三年研发 800万/950万/1200万（23-25），同期销售 2亿/2.4亿/3亿',
      {
        rd_spend_by_year: { 2023: '8000000', 2024: '9500000', 2025: '12000000' },
        sales_by_year: { 2023: '200000000', 2024: '240000000', 2025: '300000000' },
      },
    ],
    [
      '23、24、25三年研发都是1200万一年，销售额分别2亿、2.1亿、2.3亿',
      {
        rd_spend_by_year: { 2023: '12000000', 2024: '12000000', 2025: '12000000' },
        sales_by_year: { 2023: '200000000', 2024: '210000000', 2025: '230000000' },
      },
    ],
    [
      '研发每年都是1500万，销售每年都是4亿',
      {
        rd_spend_by_year: { 2023: '15000000', 2024: '15000000', 2025: '15000000' },
        sales_by_year: { 2023: '400000000', 2024: '400000000', 2025: '400000000' },
      },
    ],
    [
      '2025年主营业务收入2.6亿，2023到2025年研发费用依次是1700万、1900万、2200万',
      {
        revenue_last_year: '260000000',
        rd_spend_by_year: { 2023: '17000000', 2024: '19000000', 2025: '22000000' },
      },
    ],
  ],
  'a share of which an amount is asked for is the rule’s': [
    ['按泉州5%那条要投多少', {}],
    ['三年销售合计7亿，按厦门3%的口径研发最少要投多少钱', {}],
    ['再投多少才能到5%呢', {}],
    ['我们研发占比3%，还要投多少', { rd_ratio_3y: '3' }],
  ],
  'platforms of others and levels in any order': [
    ['省重点实验室是挂在合作高校名下的，我们自己一个平台都没有', { platform_level: 'none' }],
    ['我们有省部及重点实验室', { platform_level: 'provincial' }],
    [
      '省级平台没有只有市级、年度研发费用2100万',
      { platform_level: 'municipal', rd_spend_last_year: '21000000' },
    ],
    ['平台有个市级的研发每年2500万', { platform_level: 'municipal', rd_spend_avg_3y: '25000000' }],
    ['没有省级平台，只有市级能不能报', { platform_level: 'municipal' }],
    ['国家地方联合工程研究中心挂在我们这', { platform_level: 'national' }],
    ['研发平台：省级 牵头过：无', { platform_level: 'provincial' }],
  ],
  'titles taken away, and never': [
    ['2022年9月30日我们牵头的联合体被取消过称号，还能不能再牵头？', { title_revoked_on: '2022-09-30' }],
    ['我们2024年1月15日因为没按协议履约被摘了称号', { title_revoked_on: '2024-01-15' }],
    ['从来木有被取消过牵头资格', never],
    ['曾被取消联合体资格：无', never],
    ['是否曾被取消资格：否', never],
    ['没有因为履约问题被取消资格', never],
    ['曾被取消联合体资格：有，2024年5月10日', { title_revoked_on: '2024-05-10' }],
    ['我们高新资格2024年3月被取消了', { high_tech: false }],
  ],
  'what is not theirs, or not yet, or only named': [
    ['牵头单位2024年被摘牌，我们是成员，能再牵头吗', {}],
    ['去年评价没过被撤了，现在平台只剩市级的', { platform_level: 'municipal' }],
    ['我们有法人资格，分公司在厦门', { kind: 'enterprise', legal_person: true }],
    ['法人是我老婆，我负责研发', {}],
    ['专精特新和高新我们都有，小巨人还在公示', { high_tech: true, srdi: true }],
    ['平台是市级的，省级今年能批下来', { platform_level: 'municipal' }],
    ['承诺书是牵头单位交还是每家都交', {}],
    ['研发占比23年4.8% 24年5.1% 25年5.3%', {}],
    ['主营业务收入1.98亿，其他业务收入一千多万', { revenue_last_year: '198000000' }],
    ['主营业务收入2亿，是合并口径还是单体', {}],
    ['并购以后营收就能到3亿了，现在1.5亿', { revenue_last_year: '150000000' }],
    ['高新去年刚过复审，我们平台是市级的', { high_tech: true, platform_level: 'municipal' }],
  ],
  'questions about being revoked state nothing': [
    ['几次不合格会被撤销', {}],
    ['评估几次不合格会被撤销联合体', {}],
    ['没有被取消过资格这一条怎么证明', {}],
    ['没被取消资格是不是硬性条件', {}],
    ['两年不出成果会取消吗', {}],
  ],
  'beside what is only roughly told': [
    ['去年营收差不多2亿，高企，泉州能当牵头单位吗？', { kind: 'enterprise', high_tech: true }],
  ],
  'put right in other words': [
    ['温州企业，研发人员22人，哦看错行了，是19人', { kind: 'enterprise', city: 'wenzhou', rd_staff: 19 }],
    ['泉州企业去年营收1.7亿，等下，财务说是2.0亿', { ...QE, revenue_last_year: '200000000' }],
    ['泉州企业，专职研发18个，哎呀记错，应该是21个', { ...QE, rd_staff: 21 }],
    ['泉州企业去年营收2.3亿，哦，净利润是3000万', { ...QE, revenue_last_year: '230000000' }],
    ['泉州企业去年营收1.7亿，哦，门槛是2亿', { ...QE, revenue_last_year: '170000000' }],
  ],
  'where it is, after where it is not': [
    ['公司注册地不在温州，在丽水，能牵头温州的吗', { kind: 'enterprise', city: 'other' }],
    ['我们企业不在泉州，是莆田的，能去泉州牵头吗', { kind: 'enterprise', city: 'other' }],
    ['我们研发场所不在厦门，在泉州', { main_site_city: 'quanzhou' }],
    ['子公司不在厦门，在漳州', {}],
    ['温州市里注册的独立法人企业，能牵头吗', { kind: 'enterprise', city: 'wenzhou', legal_person: true }],
  ],
  'the unit itself is no count of members': [
    ['泉州本地一家医院，登记在泉州，三甲，能牵头吗', { kind: 'hospital', city: 'quanzhou', tier_3a: true }],
    ['泉州本市的一家研究院，能当牵头吗', { kind: 'institute', city: 'quanzhou' }],
  ],
  'a demand quoted to be asked about': [
    ['泉州 年均研发不低于２０００万元或者占比５％，是二选一吗', {}],
    ['泉州本地共建单位那5家，牵头的自己算在里面不', {}],
    ['温州专职研发人员那20人，必须都交社保吗', {}],
    ['泉州企业，年均研发不低于2000万，能牵头吗', { ...QE, rd_spend_avg_3y: '>=20000000' }],
  ],
  'other conditions are one’s own': [
    ['其他条件：营收8亿，高新', { revenue_last_year: '800000000', high_tech: true }],
  ],
};

describe('the lead unit', () => {
  for (const [name, rows] of Object.entries(ROWS))
    describe(name, () => {
      for (const [question, facts] of rows)
        it(question, () => {
          expect(factsOf(read(question))).toEqual(facts);
        });
    });

  it('is told apart from what an unfulfilled agreement says', () => {
    expect(factsOf(read('我们因为没履行协议，2025年2月被取消'))).not.toHaveProperty(
      'consortium.agreement_signed',
    );
  });
});
