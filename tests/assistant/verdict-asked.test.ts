import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/assistant/types.js';
import { ask } from '../support/ask.js';

const outcomes = (a: Answer) => a.verdicts.map((v) => `${v.policy}:${v.subject}:${v.outcome}`);

describe('a follow-up about a case told before', () => {
  it.each([
    ['那还差多少钱？', '泉州企业，去年主营1.63亿，能牵头吗', '3700万元'],
    ['也就是说还缺几个非企业的？', '厦门，7家企业1所大学，能备案吗', '1个'],
    ['还差几个人', '泉州企业，专职研发15人，主营2.2亿，能牵头吗', '5人'],
  ])('%s tells the gap in the first line', async (question, before, gap) => {
    const a = await ask(question, [before]);
    expect(a.intent).toBe('eligibility');
    expect(a.text.split('\n')[0]).toContain(gap);
  });

  it('tells a gap of nothing when nothing that was told falls short', async () => {
    const a = await ask('那还差多少？', ['泉州企业，去年主营2.6亿，能牵头吗']);
    expect(a.text.split('\n')[0]).toContain('没有不够');
  });

  it.each([
    ['青岛又怎么说？我们注册地不变', 'qingdao-2025:lead:ineligible'],
    ['那放厦门，同样的条件呢', 'xiamen-2025:lead:undetermined'],
    ['能牵头吗', 'wenzhou-draft:lead:undetermined'],
  ])('%s is judged', async (question, outcome) => {
    const a = await ask(question, ['温州注册的企业，去年研发费用2500万，温州能牵头吗']);
    expect(outcomes(a)).toContain(outcome);
  });

  it('judges the rest when something is taken back in passing', async () => {
    const a = await ask('等等，高新那个先不算，我要回去确认', [
      '泉州企业，去年主营2.9亿，高新技术企业，能牵头么',
    ]);
    expect(outcomes(a)).toEqual(['quanzhou-2026:lead:undetermined']);
    expect(a.facts['lead.high_tech']).toBeUndefined();
  });

  it.each(['要交哪些材料，厦门', '年报什么时候交', '厦门的奖励怎么样', '优秀和合格差多少分'])(
    '%s is no question about it',
    async (question) => {
      expect((await ask(question, ['泉州企业，主营2.1亿，能牵头吗'])).verdicts).toEqual([]);
    },
  );
});

describe('a case, and whether it suffices in other words', () => {
  it.each([
    ['中国海洋大学牵头，青岛认不认？', 'qingdao-2025:lead:ineligible'],
    ['营业额去年超过2个亿，泉州的要牵头差啥', 'quanzhou-2026:lead:undetermined'],
    ['泉州企业，主营1亿，省级平台，专职研发25人。结果？', 'quanzhou-2026:lead:ineligible'],
    ['刚才说的都不对，我们泉州企业主营是1.6亿', 'quanzhou-2026:lead:ineligible'],
  ])('%s → %s', async (question, outcome) => {
    expect(outcomes(await ask(question))).toContain(outcome);
  });

  it.each(['青岛认不认外地企业', '我们企业想做青岛某创新联合体的成员，没有高新证书，有没有影响'])(
    '%s is looked up',
    async (question) => {
      expect((await ask(question)).verdicts).toEqual([]);
    },
  );
});

describe('a command to forget', () => {
  const told = ['泉州企业，去年营收1.8亿，能牵头吗'];
  it.each(['重新开始', '把前面的都忘了吧', '算了，重来', '清空记录'])('%s is one', async (question) => {
    expect((await ask(question, told)).facts).toEqual({});
  });

  it.each(['泉州交上去没批，能不能找人说理重来', '被摘牌以后歇几年才能重来', '失信记录清除要多久'])(
    '%s is none',
    async (question) => {
      expect((await ask(question, told)).facts['lead.revenue_last_year']).toBe('180000000');
    },
  );
});
