import { describe, expect, it } from 'vitest';
import { factsOf, read } from './kit.js';

const CASE = '泉州企业，高企，省级平台';
const told = (said: string): Record<string, unknown> => factsOf(read(`${CASE}，${said}，能牵头吗`));

describe('a figure that is not surely told is no fact', () => {
  it.each([
    '去年主营可能3亿',
    '去年主营有没有3亿要问财务',
    '去年主营超过2亿吗我不确定',
    '去年主营3亿，这个我不太确定',
    '去年主营听会计说3亿',
    '去年主营3亿？',
    '去年主营3亿是前任老板吹的',
    '去年主营3亿不敢打包票',
    '主营这块去年应该到3亿了吧没细算',
    '去年营收2.6亿要再核一下',
  ])('left open: %s', (said) => expect(told(said)).not.toHaveProperty('revenue_last_year'));

  it.each([
    '去年主营增加了3亿',
    '去年主营6亿是港币',
    '去年主营3亿里有1.5亿是子公司的',
    '去年主营3亿包括子公司的',
  ])('of something or somebody else: %s', (said) =>
    expect(told(said)).not.toHaveProperty('revenue_last_year'),
  );

  it.each([
    '年均研发2500万是研发中心的装修',
    '年均研发2500万是预算',
    '近三年年均研发2500万，含子公司的',
    '高校帮我们做研发，合同年均2500万',
    '年均研发不敢说有2500万',
  ])('spending: %s', (said) => expect(told(said)).not.toHaveProperty('rd_spend_avg_3y'));

  it.each([
    '研发人员30，占比6%',
    '总共500人，研发占6%',
    '员工中研发占12%',
    '高新产品收入占比60%',
    '市场占有率6%，研发有投入',
    '研发场地占比10%',
    '行业平均研发强度5.5%，我们没算',
    '研发占比6%的是子公司',
    '研发占比超过5%那是2022年的事',
    '研发费用占成本5%',
    '去年研发占5%',
    '去年研发费用率5.5%',
    '研发投入占比5.5%是去年的',
    '近三年研发占比分别4%5%6%',
    '近三年研发强度从2%涨到6%',
  ])('a share of something else or of one year: %s', (said) =>
    expect(told(said)).not.toHaveProperty('rd_ratio_3y'),
  );

  it.each([
    '外协研发25人',
    '总共研发25人包括子公司的',
    '专职研发25人计划招到',
    '研发部编制25人',
    '研发团队25人，专职的没几个',
    '研发兼职专职加起来25人',
    '研发人员兼职加专职一共25人',
  ])('people: %s', (said) => expect(told(said)).not.toHaveProperty('rd_staff'));

  it('asks for what was named', () => {
    const why = (said: string) => read(`${CASE}，${said}，能牵头吗`).vague.map((v) => [v.fact, v.why]);
    expect(why('去年主营可能3亿')).toEqual([['lead.revenue_last_year', 'unsure']]);
    expect(why('近三年年均研发2500万是预算')).toEqual([['lead.rd_spend_avg_3y', 'otherThing']]);
    expect(why('去年研发占5%')).toEqual([['lead.rd_ratio_3y', 'oneYear']]);
  });
});

describe('numbers turned round', () => {
  it.each([
    ['年均研发从来没到过2000万', 'rd_spend_avg_3y', '<20000000'],
    ['去年主营超不过2亿', 'revenue_last_year', '<=200000000'],
    ['去年主营到不了2亿', 'revenue_last_year', '<200000000'],
    ['去年主营谈不上3亿', 'revenue_last_year', '<300000000'],
    ['专职研发25人离职了6个', 'rd_staff', 19],
    ['专职研发22人里5个上个月辞职了', 'rd_staff', 17],
  ])('%s', (said, fact, value) => expect(told(said)[fact]).toEqual(value));
});

describe('what is surely told stays told', () => {
  it.each([
    ['去年主营3亿，审计过的', 'revenue_last_year', '300000000'],
    ['去年主营3亿，不知道够不够', 'revenue_last_year', '300000000'],
    ['去年主营3亿不清楚行不行', 'revenue_last_year', '300000000'],
    ['去年主营3亿没问题', 'revenue_last_year', '300000000'],
    ['年均研发2500万，都是自己投的', 'rd_spend_avg_3y', '25000000'],
    ['员工300人，年均研发2500万', 'rd_spend_avg_3y', '25000000'],
    ['近三年研发费用占销售收入5.5%', 'rd_ratio_3y', '5.5'],
    ['专职研发24人，研发占比5.5%', 'rd_ratio_3y', '5.5'],
    ['专职研发25人，不算兼职', 'rd_staff', 25],
    ['专职研发从18人扩到25人', 'rd_staff', 25],
    ['专职研发30人，其中5个兼职', 'rd_staff', 25],
  ])('%s', (said, fact, value) => expect(told(said)[fact]).toEqual(value));
});

describe('a thing that is somebody else\u2019s, gone, to come or another thing is not held', () => {
  it.each([
    '客户是高企',
    '母公司是高企',
    '上游供应商都是高企',
    '我们园区里高企多',
    '高企辅导机构说我们没问题',
    '高企是我们客户的',
  ])('%s', (said) =>
    expect(factsOf(read(`泉州企业，独立法人，${said}，能牵头吗`))).not.toHaveProperty('high_tech'),
  );

  it.each([
    '省级平台是隔壁公司的',
    '省级平台挂在母公司名下',
    '跟人家共享一个省级平台',
    '省级平台已撤销',
    '省级平台是行业协会的',
    '省级平台是跟大学共建的，牌子在大学',
    '平台是省级众创空间',
    '有省级重点实验室参建单位的牌子',
    '省级重点实验室是借隔壁厂的',
  ])('%s', (said) =>
    expect(factsOf(read(`泉州企业，独立法人，${said}，能牵头吗`)).platform_level).not.toEqual('provincial'),
  );

  it.each([
    '高层次人才团队在母公司',
    '在谈一个高层次人才团队',
    '高层次人才有一个刚离职',
    '有高层次人才团队但不是他牵头',
    '有高层次人才但不在研发团队',
    '高层次人才是兼职顾问',
    '高层次人才团队是校方的',
  ])('%s', (said) => {
    const facts = factsOf(read(`泉州企业，独立法人，${said}，能牵头吗`));
    expect(facts.high_level_talent_team).not.toEqual(true);
    expect(facts).not.toHaveProperty('dedicated_rd_team');
  });

  it.each([
    ['厦门组联合体，协议模板有了', 'consortium.agreement_signed'],
    ['厦门组联合体，协议都签了就差法人签字', 'consortium.agreement_signed'],
    ['青岛组联合体，建设方案编制费谈好了', 'consortium.plan_written'],
    ['青岛组联合体，承诺书是银行贷款的', 'consortium.integrity_pledge'],
    ['厦门科技型企业是我们客户，我们是贸易公司', 'tech_based'],
    ['温州企业，没有专职，研发团队有的', 'dedicated_rd_team'],
    ['泉州企业，不具独立法人资格的分支', 'legal_person'],
  ])('%s', (said, fact) => expect(factsOf(read(`${said}，能牵头吗`))[fact]).not.toEqual(true));

  it.each([
    ['我们是高企', 'high_tech', true],
    ['集团公司，母公司是高企', 'high_tech', true],
    ['帮客户问一下，客户是泉州的高企', 'high_tech', true],
    ['我们集团想牵头，省级平台挂在母公司名下', 'platform_level', 'provincial'],
    ['省级平台有一个', 'platform_level', 'provincial'],
    ['有一个省级重点实验室', 'platform_level', 'provincial'],
    ['有一个高层次人才团队', 'high_level_talent_team', true],
    ['高层次人才牵头的研发团队有', 'high_level_talent_team', true],
    ['协议签好了，模板是省里给的', 'consortium.agreement_signed', true],
  ])('stays: %s', (said, fact, value) =>
    expect(factsOf(read(`泉州，${said}，能牵头吗`))[fact]).toEqual(value),
  );
});
