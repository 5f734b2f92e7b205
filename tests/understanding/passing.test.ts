import { describe, expect, it } from 'vitest';
import { factsOf, read } from './kit.js';

const seat = (q: string) => factsOf(read(q)).city;
const lost = (q: string) => factsOf(read(q)).title_revoked_on;

describe('a city named in passing beside the one where the asker is', () => {
  it.each([
    '泉州企业，客户在温州，能牵头吗',
    '泉州公司，供应商是厦门的，能牵头吗',
    '泉州企业，产品卖到厦门青岛，能牵头吗',
    '合作高校在青岛，我们是泉州企业，能牵头吗',
    '泉州企业，老板是温州人，能牵头吗',
    '泉州企业，在青岛有子公司，能牵头吗',
    '泉州企业，2019年从厦门迁来的，能牵头吗',
    '泉州企业，研发中心设在厦门，能牵头吗',
    '泉州公司，给厦门的主机厂供货，能牵头吗',
  ])('%s', (question) => {
    const u = read(question);
    expect(u.cities).toEqual(['quanzhou']);
    expect(factsOf(u).city).toBe('quanzhou');
  });

  it.each([
    ['厦门公司，在泉州有厂，能牵头厦门的吗', 'xiamen', ['xiamen']],
    ['总公司注册在烟台，青岛没有子公司，想牵头青岛的创新联合体', 'other', ['qingdao']],
    ['中国海洋大学在青岛，学校牵头组建青岛创新联合体可以不', 'qingdao', ['qingdao']],
    ['客户在惠安，能牵头吗', 'quanzhou', ['quanzhou']],
    ['泉州、厦门、温州人数要求哪个最多', undefined, ['quanzhou', 'xiamen', 'wenzhou']],
  ])('%s is where it is told', (question, city, cities) => {
    expect(seat(question)).toBe(city);
    expect(read(question).cities).toEqual(cities);
  });

  it('said later, leaves the city asked about as it is', () => {
    const u = read('我们客户主要在厦门', { facts: { city: 'quanzhou' }, policies: ['quanzhou'] });
    expect(u.cities).toEqual([]);
    expect(factsOf(u).city).toBeUndefined();
  });
});

describe('a day is the day of a loss only where the loss is told as having happened', () => {
  it.each([
    '泉州企业，从没被取消过资格，2025年主营3亿，高企',
    '没被取消过资格，2024年拿的高企，泉州企业能牵头吗',
    '泉州企业，没有被取消过资格。2025年营收3亿',
    '泉州企业2025年主营3亿从没被取消过资格2024年2.5亿',
    '青岛企业，从没被取消过，2020年认定的高企',
    '青岛注册的公司，没被取消过资格，2018年建厂',
  ])('%s: never', (question) => expect(lost(question)).toBe('never'));

  it.each([
    '2024年取消过高企资格，泉州',
    '泉州公司2024年专精特新被撤销，能牵头吗',
    '泉州企业，2025年3月省级实验室被摘牌了，能牵头吗',
    '泉州公司牵头，成员企业去年被取消过联合体资格',
    '泉州企业，同行去年被取消了资格，我们能牵头吗',
    '2024年被青岛取消牵头资格，现在泉州想牵头，注册在泉州',
    '去年12月在厦门被撤销了，青岛能不能牵头，我们青岛注册',
  ])('%s: of another title, unit or city', (question) => expect(lost(question)).toBeUndefined());

  it.each([
    ['我们2023年11月30日被泉州取消了牵头资格，能再报吗', '2023-11-30'],
    ['泉州公司，被取消过联合体资格，是2024年3月的事', '>=2024-03-01 <=2024-03-31'],
    ['泉州企业，2024年5月被取消过资格，2025年主营3亿', '>=2024-05-01 <=2024-05-31'],
    ['我们公司2024年6月15日因为没按协议履约、整改不到位，被取消了泉州市创新联合体称号', '2024-06-15'],
    ['厦门企业，2024年5月1日因未按组建协议履约被取消了市创新联合体资格', '2024-05-01'],
    ['泉州公司2023年11月20日被摘了联合体牌子（没按协议履约整改不到位）', '2023-11-20'],
  ])('%s: %s', (question, day) => expect(lost(question)).toBe(day));
});

describe('a move that is only planned, and a subsidiary of a unit elsewhere', () => {
  it.each([
    ['打算从厦门迁来泉州的企业，能牵头吗', 'xiamen'],
    ['厦门公司的泉州子公司能牵头泉州的吗', 'quanzhou'],
    ['香港公司在厦门设的子公司，科技型，能牵头吗', 'xiamen'],
    ['我们在厦门注册，能牵头泉州的吗', 'xiamen'],
    ['我们公司能牵头泉州的吗', undefined],
    ['我们是泉州企业在厦门设了研发中心，能牵头厦门的吗', 'quanzhou'],
  ])('%s: %s', (question, city) => expect(seat(question)).toBe(city));
});

const kind = (q: string) => factsOf(read(q)).kind;

describe('what kind of unit asks is not told by a name in passing', () => {
  it.each([
    ['泉州商会介绍来的企业，去年主营3亿，能牵头吗', 'enterprise'],
    ['我们是大学的附属医院，厦门，三甲，能牵头吗', 'hospital'],
    ['附属医院三甲，厦门大学的，想牵头生命健康联合体', 'hospital'],
    ['厦门大学旁边的公司，科技型，营收6亿能牵头吗', 'enterprise'],
    ['厦门科技型企业，去年主营6亿，厦门大学有市级平台，能牵头吗', 'enterprise'],
    ['我们研究所改制成公司了，泉州，营收2.2亿去年', 'enterprise'],
    ['我们是泉州的大学，能牵头吗', 'university'],
    ['我们是温州医科大学附属第一医院，三甲，能牵头吗', 'hospital'],
  ])('%s: %s', (question, of) => expect(kind(question)).toBe(of));

  it.each(['给三甲医院供货的厦门公司，能牵头吗', '我们公司牵头泉州的，成员里有家医院是三甲，能行吗'])(
    '%s: no enterprise is a hospital',
    (question) => expect(factsOf(read(question))).not.toHaveProperty('tier_3a'),
  );

  it.each(['泉州高校牵头，企业成员里有一家没有法人资格', '泉州5家本地，其中一家是厦门公司在泉州的分公司'])(
    '%s: of a member',
    (question) => expect(factsOf(read(question))).not.toHaveProperty('legal_person'),
  );
});

describe('what was told of one unit is not known of another', () => {
  const facts = { kind: 'enterprise', city: 'quanzhou', revenue_last_year: '3亿', high_tech: true };

  it('that takes its place', () => {
    const u = read('换成我朋友的厦门公司，营收6亿', { facts });
    expect(u.withdrawn).toEqual(['lead.high_tech']);
    expect(factsOf(u)).toMatchObject({ city: 'xiamen', revenue_last_year: '600000000' });
  });

  it('that a figure told before is of', () => {
    expect(read('等下，3亿是集团的，我们自己没那么多', { facts }).withdrawn).toEqual([
      'lead.revenue_last_year',
    ]);
  });
});
