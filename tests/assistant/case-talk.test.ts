import { describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import type { Answer, Turn } from '../../src/assistant/types.js';
import { loadWorld } from '../../src/assistant/world.js';

const assistant = new OfflineAssistant(loadWorld(KNOWLEDGE));

/** Asks one message after another, the answers between them, and gives the last answer. */
async function talk(...messages: string[]): Promise<Answer> {
  const history: Turn[] = [];
  let last: Answer | undefined;
  for (const question of messages) {
    last = await assistant.ask({ question, asOf: '2026-11-21', history: [...history] });
    history.push({ role: 'user', text: question }, { role: 'assistant', text: last.text });
  }
  return last!;
}

describe('a figure told only roughly, at the line of a requirement', () => {
  const begun = '泉州南安的企业，去年营收3.2亿';

  it.each([
    ['研发投入年均1900万左右', 'lead.rd_spend_avg_3y', '1900万左右'],
    ['研发占比差不多5%', 'lead.rd_ratio_3y', '差不多5%'],
  ])('%s: the exact one is asked for, and nothing is taken for told', async (message, fact, words) => {
    const answer = await talk(begun, message);
    expect(answer.intent).toBe('eligibility');
    expect(answer.facts).not.toHaveProperty([fact]);
    expect(answer.next?.fact).toBe(fact);
    expect(answer.text).toContain(words);
    expect(answer.verdicts[0]!.outcome).toBe('undetermined');
  });

  it('is asked for where it is all that was told', async () => {
    const answer = await talk('主营大概两亿左右，泉州能牵头吗');
    expect(answer.next?.fact).toBe('lead.revenue_last_year');
  });

  it('the exact figure, told next, is taken', async () => {
    const answer = await talk(begun, '研发投入年均1900万左右', '1950万');
    expect(answer.facts['lead.rd_spend_avg_3y']).toBe('19500000');
  });

  it('far from every line it is taken as it is', async () => {
    const answer = await talk(begun, '研发投入年均5000万左右');
    expect(answer.facts['lead.rd_spend_avg_3y']).toBe('>45000000 <55000000');
  });
});

it('what was said is said back as a person would say it', async () => {
  const { text } = await talk(
    '晋江企业，去年营收3.2亿，研发占比超过6%，高新没有，省级平台，从没被取消过',
    '我说过什么',
  );
  expect(text).toContain('3.2亿元');
  expect(text).toContain('超过6%');
  expect(text).toMatch(/高新技术企业：否/);
  expect(text).not.toMatch(/320000000|>6|true|false|never|provincial/);
});

describe('the matching of a national project is reckoned from amounts that are named, whatever is asked around them', () => {
  it.each([
    ['厦门能补多少钱 国家项目拿了2000万 省里没给 总投资5000万', '1000万元'],
    ['厦门 中央给了800万，总预算1500万，市里能出多少', '400万元'],
    ['国拨1200万，厦门最多给多少', '600万元'],
  ])('%s', async (question, most) => {
    const answer = await talk(question);
    expect(answer.intent).toBe('calculation');
    expect(answer.text).toContain(`最高${most}`);
  });

  it('an amount that is a reward for something else is none of it', async () => {
    const answer = await talk('厦门国家级平台奖3000万，省级平台给多少');
    expect(answer.intent).not.toBe('calculation');
  });
});

describe('all conditions, asked for with a story before', () => {
  it.each([
    ['做卫浴的，在南安，想搞个联合体，啥条件', '泉州对牵头单位的要求'],
    ['你好我们是晋江一家鞋厂，老板让我问问牵头要什么条件', '泉州对牵头单位的要求'],
    ['我们在青岛做海洋装备的，想牵头，有什么要求', '青岛对牵头单位的要求'],
    ['泉州牵头企业条件', '泉州对牵头单位的要求'],
    ['温州 牵头主体要求', '温州对牵头单位的要求'],
  ])('%s', async (question, head) => {
    expect((await talk(question)).text).toContain(head);
  });

  it.each(['厦门，想牵头，研发有什么要求', '厦门牵头单位的研发要求'])(
    '%s: of one condition, that one',
    async (question) => {
      const { text } = await talk(question);
      expect(text).toContain('3%');
      expect(text).not.toContain('5亿元');
    },
  );
});

describe('a planned name, asked about with or without “这个名字”', () => {
  it.each([
    ['泉州市石墨烯创新联合体这个名字行不行', '：符合格式'],
    ['起名“泉州市石墨烯创新联合体”合规吗', '：符合格式'],
    ['泉州石墨烯联合体这个名字可以吗', '不符合格式'],
    ['温州市低压电器产业链智能断路器创新联合体，这个名称行吗', '：符合格式'],
  ])('%s', async (question, result) => {
    const answer = await talk(question);
    expect(answer.intent).toBe('calculation');
    expect(answer.text).toContain(result);
  });

  it.each(['厦门创新联合体的名称有什么要求', '泉州市创新联合体这个名称怎么来的'])(
    '%s: names none',
    async (question) => {
      expect((await talk(question)).facts).not.toHaveProperty(['consortium.name']);
    },
  );
});

describe('the score of annex 3 from evidence told in words', () => {
  it('what was reached comes first, what is missing is not taken for nothing', async () => {
    const answer = await talk('签了3份技术合作协议，办了1场论坛，按泉州附件3能得几分');
    expect(answer.intent).toBe('calculation');
    expect(answer.text).toMatch(/已得5分，最多可到97分/);
    expect(answer.citations).toContainEqual(
      expect.objectContaining({ policy: 'quanzhou-2026', clause: '附件3' }),
    );
    expect(
      answer.blocks.some((b) => b.kind === 'list' && !b.more && /合作交流：5/.test(b.items[0]!.text)),
    ).toBe(true);
  });

  it.each(['泉州评价得了85分算优秀吗', '泉州产出指标多少分'])('%s: tells no evidence', async (question) => {
    expect((await talk(question)).intent).not.toBe('calculation');
  });
});

it('amounts without a comma between them are told apart', async () => {
  const { text } = await talk('国家2000万省里500万项目总投入2500万，厦门还能配套多少');
  expect(text).toContain('最高0元');
});

describe('told and asked in any words, a case is held against the rules', () => {
  it.each([
    [
      '厦门联合体名单有10家，含牵头的企业一共4家，其余6家是高校和科研院所，结构上合不合要求？',
      'consortium',
      'ineligible',
    ],
    [
      '泉州的大学牵头，共建单位全是高校院所，没有一家行业龙头或骨干企业，可以吗？',
      'consortium',
      'ineligible',
    ],
    [
      '核心团队12个人，国家级人才2名，想要厦门的人才攻关联合体政策，还要补充什么信息？',
      'talent-consortium',
      'undetermined',
    ],
    [
      '厦门企业，2024年6月1日因未按组建协议履约被取消市创新联合体资格，现在能重新牵头吗？不行的话等到哪天？',
      'lead',
      'ineligible',
    ],
  ])('%s', async (question, subject, outcome) => {
    const { verdicts } = await talk(question);
    expect(verdicts).toContainEqual(expect.objectContaining({ subject, outcome }));
    expect(verdicts[0]!.id).toBe(`${verdicts[0]!.policy}/${verdicts[0]!.subject}`);
  });

  it('a demand asked for beside what was told is answered as one', async () => {
    const { verdicts, text } = await talk('我们营收3亿，厦门联合体必须有章程吗');
    expect(verdicts).toEqual([]);
    expect(text).toContain('章程');
  });
});

describe('a whole and its part are never added up', () => {
  it.each([
    '泉州市级以上企业技术中心总共多少家，国家级的几家？回复函里的数',
    '泉州市级以上企业技术中心和国家级企业技术中心加起来多少家',
  ])('%s', async (question) => {
    const { text } = await talk(question);
    expect(text).not.toMatch(/合计|241/);
    expect(text).toContain('227家');
  });

  it('parts beside each other are', async () => {
    expect((await talk('泉州企业技术中心国家级加省级合计多少家')).text).toContain('152家');
  });
});

describe('a new sentence takes nothing from the one before', () => {
  it('a name after a full stop carries no figure before it', async () => {
    const answer = await talk(
      '泉州企业，近三年研发：2023年1500万，2024年1900万，2025年2400万；销售：2023年3.9亿，2024年4.1亿，2025年4.2亿。研发这关过得去吗',
    );
    expect(answer.facts['lead.rd_spend_by_year']).toEqual({
      2023: '15000000',
      2024: '19000000',
      2025: '24000000',
    });
    expect(answer.facts['lead.sales_by_year']).toMatchObject({ 2025: '420000000' });
  });

  it('nor in English', async () => {
    const { facts } = await talk(
      'Our company is in Quanzhou. Last year revenue from main business was RMB 180 million. R&D averaged 25 million a year. Can we lead?',
    );
    expect(facts).toMatchObject({
      'lead.revenue_last_year': '180000000',
      'lead.rd_spend_avg_3y': '25000000',
    });
  });

  it.each(['齐了没', '够了没有', '齐全没'])('“承诺书也交了，%s” asks and denies nothing', async (asks) => {
    const { facts } = await talk(`青岛，协议签了，诚信承诺书也交了，${asks}`);
    expect(facts['consortium.integrity_pledge']).toBe(true);
  });
});

describe('what a unit sold beside a word for matching money', () => {
  it.each([
    '厦门的，去年卖了六个亿，配套厂4家一起搞个联合体，行不行',
    '我们是厦门的，去年卖了六个多亿，想拉厦大和几家配套厂搞个联合体，行不行',
  ])('%s: is no amount of a project', async (message) => {
    expect((await talk(message)).text).not.toContain('1000万元');
  });

  it('an amount called a project’s is reckoned with beside it', async () => {
    const answer = await talk('厦门营收6个亿，国家科技重大项目拿了1500万，能配多少');
    expect(answer.text).toContain('750万元');
  });
});

describe('a title lost on a day that is not told', () => {
  it.each(['泉州企业想牵头，以前被取消过', '泉州，我们被撤过一次', '泉州企业，被摘过牌，能牵头不'])(
    '%s: the day is asked for',
    async (message) => {
      const { next, text, facts } = await talk(message);
      expect(next?.fact).toBe('lead.title_revoked_on');
      expect(text).toContain('哪一天');
      expect(facts).not.toHaveProperty(['lead.title_revoked_on']);
    },
  );

  it.each([
    ['前年的事', '>=2024-01-01 <=2024-12-31'],
    ['大概是前年吧', '>=2024-01-01 <=2024-12-31'],
    ['有，去年3月', '>=2025-03-01 <=2025-03-31'],
    ['2022年5月', '>=2022-05-01 <=2022-05-31'],
  ])('%s: is taken as that day', async (answer, days) => {
    const { facts } = await talk('泉州企业想牵头，以前被取消过', answer);
    expect(facts['lead.title_revoked_on']).toBe(days);
  });

  it.each(['泉州企业会不会被取消', '泉州联合体被取消了怎么办', '厦门，我们怕被取消了，怎么避免'])(
    '%s: tells of nothing lost',
    async (message) => {
      expect((await talk(message)).text).not.toContain('要知道是哪一天');
    },
  );
});

describe('a certificate that was taken away, said before its name', () => {
  it.each([
    '被撤销了高新资格，泉州企业还能牵头吗',
    '我们被取消了高新，泉州能牵头吗',
    '刚被取消高新资质的公司，泉州能牵头吗',
  ])('%s: is not held', async (message) => {
    expect((await talk(message)).facts['lead.high_tech']).toBe(false);
  });

  it('one that was not is', async () => {
    expect((await talk('泉州企业，没被取消过高新，能牵头吗')).facts['lead.high_tech']).toBe(true);
  });

  it('one that may be is neither', async () => {
    expect((await talk('厦门企业，会不会被取消高新')).facts).not.toHaveProperty(['lead.high_tech']);
  });
});
