import { describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import { loadWorld } from '../../src/assistant/world.js';

const assistant = new OfflineAssistant(loadWorld(KNOWLEDGE));
const ask = (question: string, history: { role: 'user' | 'assistant'; text: string }[] = []) =>
  assistant.ask({ question, history, asOf: '2026-11-21' });

/** The clauses of a document that an answer's first lines cite. */
const cited = async (question: string): Promise<string[]> => {
  const answer = await ask(question);
  expect(answer.answered, answer.text).toBe(true);
  return answer.citations.map((c) => `${c.policy} ${c.clause}`);
};

describe('short everyday questions', () => {
  it.each([
    ['泉州给钱吗', 'quanzhou-2026 六（一）'],
    ['在泉州弄这个有补贴拿不', 'quanzhou-2026 六（一）'],
    ['厦门能拿多少钱', 'xiamen-2025 第九条（一）'],
    ['泉州搞成了有啥好处', 'quanzhou-2026 六（一）'],
    ['泉州从哪天开始执行', 'quanzhou-2026 八（二）'],
    ['厦门管到哪年', 'xiamen-2025 第十八条'],
    ['我是南安卖水暖的，联合体怎么弄啊', 'quanzhou-2026 五（一）'],
    ['我在石狮开服装厂的，这政策适不适合我们', 'quanzhou-2026 一'],
    ['做家电的青岛行不行', 'qingdao-2025 二'],
    ['我们搞海洋装备，青岛照顾不', 'qingdao-2025 二'],
    ['青岛诚信有啥要求', 'qingdao-2025 七（四）'],
    ['青岛的牌子管几年', 'qingdao-2025 五（六）'],
  ])('%s: %s', async (question, clause) => {
    expect(await cited(question)).toContain(clause);
  });

  it('who asks does not outweigh what is asked, and a letter does not answer for the rules', async () => {
    const answer = await ask('我是晋江一个鞋厂，联合体怎么弄啊');
    expect(answer.citations.map((c) => c.policy)).not.toContain('quanzhou-reply-108');
    expect(answer.text).toContain('县（市）区科技主管部门');
  });

  it('a question that leans on the one before is about that', async () => {
    const told = [
      { role: 'user' as const, text: '厦门评估优秀有奖励吗' },
      { role: 'assistant' as const, text: '有。' },
    ];
    const answer = await ask('给多少钱', told);
    expect(answer.text).toContain('100万元');
  });
});

describe('a question that merely names a kind of unit is no case', () => {
  it.each([
    ['温州的企业能提政策建议不', '五（一）'],
    ['澳门的大学泉州能来不', '三（三）'],
    ['厦门两家公司合并了要报备吗', '第十四条'],
  ])('%s: %s', async (question, clause) => {
    const answer = await ask(question);
    expect(answer.verdicts).toEqual([]);
    expect(answer.citations.map((c) => c.clause)).toContain(clause);
  });

  it.each(['温州高校行不', '厦门新型研发机构可以吗'])(
    '%s: whether it may lead is judged',
    async (question) => {
      expect((await ask(question)).verdicts.length).toBeGreaterThan(0);
    },
  );
});

describe('rules, their silence, and the letter', () => {
  it.each([
    ['青岛国家级平台有赏没', '没有规定国家级平台奖励'],
    ['泉州新品有人试用吗', '没有写开放应用场景'],
  ])('%s: what the city does not say is said not to be', async (question, says) => {
    const answer = await ask(question);
    expect(answer.text).toContain(says);
    expect(answer.citations.map((c) => c.policy)).not.toContain('quanzhou-reply-108');
  });

  it.each([
    ['厦门老的还算吗', '废止'],
    ['泉州旧政策还用吗', '没有写废止'],
  ])('%s: what went before', async (question, says) => {
    expect((await ask(question)).text).toMatch(new RegExp(says));
  });

  it('an amount asked for is no figure that is told', async () => {
    expect((await ask('厦门评优奖几万')).text).toContain('100万元');
  });
});
