import { describe, expect, it } from 'vitest';
import { ask } from '../support/ask.js';

describe('a demanded share reckoned backwards', () => {
  it.each([
    ['我们近三年销售总共12亿，按泉州5%那条，三年研发要投够多少才到？', '6000万元'],
    ['每年卖4个亿，三年研发总共要多少才到5%，泉州', '6000万元'],
    ['同期销售总额6.6亿的话，厦门的占比要求对应多少研发费', '1980万元'],
    ['我们近三年销售额合计10亿，温州那个强度换算成钱是多少', '3500万元'],
    ['近三年研发投了3000万，销售控制在多少以内才满足泉州5%', '6亿元'],
    ['占比现在4%，三年销售6亿，还得补多少研发费才到5%（泉州）', '还差600万元'],
    ['厦门公司 2023销售3亿 2024销售3亿 2025销售3亿 研发要投多少才够3%', '2700万元'],
  ])('%s → %s', async (question, amount) => {
    const a = await ask(question);
    expect(a.intent).toBe('calculation');
    expect(a.verdicts).toEqual([]);
    expect(a.text).toContain(amount);
    expect(a.citations.length).toBeGreaterThan(0);
  });

  it('takes neither the share to be reached nor the sum of three years for a fact', async () => {
    expect((await ask('销售三年合计9亿，按厦门3%的口径研发最少要投多少钱')).facts).toEqual({});
    const later = await ask('得再投多少才能到5%呢，三年总销售4.5个亿', ['泉州企业，近三年研发占比3%']);
    expect(later.text).toContain('还差900万元');
    expect(later.facts['lead.rd_ratio_3y']).toBe('3');
  });

  it('leaves a case its verdict, and a question for the rule its look-up', async () => {
    const a = await ask(
      '瑞安企业，近三年研发强度3.2%，去年研发费用1600万，能牵头温州的联合体吗，研发费用差多少',
    );
    expect(a.verdicts[0]?.outcome).toBe('ineligible');
    expect((await ask('泉州研发投入要多少')).intent).toBe('threshold');
  });
});

describe('a mean that falls short', () => {
  it('is told with what is wanting', async () => {
    const a = await ask('泉州公司近三年研发1800万1900万2000万，平均数多少，离2000万差多少');
    expect(a.text).toContain('差100万元');
  });
});
