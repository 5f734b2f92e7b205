import { describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import { loadWorld } from '../../src/assistant/world.js';

const assistant = new OfflineAssistant(loadWorld(KNOWLEDGE));
const ask = (question: string, history: { role: 'user' | 'assistant'; text: string }[] = []) =>
  assistant.ask({ question, history, asOf: '2026-11-21' });

describe('what is meant by other words', () => {
  it.each(['那份回代表建议的函，联系电话是多少', '给人大代表的回信上留的电话'])(
    '%s: the letter, by what people call it',
    async (question) => {
      const answer = await ask(question);
      expect(answer.text).toContain('0595-28282813');
      expect(answer.text).not.toContain('厦门');
    },
  );

  it.each(['泉州的管理办法管到什么时候', '泉州那个文件管几年'])(
    '%s: until when the document is in force',
    async (question) => {
      const answer = await ask(question);
      expect(answer.intent).toBe('status');
      expect(answer.text).toContain('2030年12月31日');
    },
  );

  it('备的案, 到头: the end of a filing is computed from its day', async () => {
    const answer = await ask('青岛2025年6月3日备的案，哪天到头');
    expect(answer.intent).toBe('calculation');
    expect(answer.text).toContain('2028年6月3日');
  });

  it.each([
    ['泉州办法第三条第（四）项写的啥，念一下', '泉州市创新联合体管理办法 三（四） 原文'],
    ['青岛指引‘七、监督管理’里的（四）信用管理原文', '七（四） 原文'],
    ['泉州‘四、主要任务’第（五）款原话念念', '四（五） 原文'],
    ['泉州办法「三、申报条件」第一项原文', '三（一） 原文'],
  ])('%s: the clause, whether its headings are given or not', async (question, head) => {
    expect((await ask(question)).text).toContain(head);
  });

  it('青岛…备上案的，…到哪天: the end of the filing, not the document’s dates', async () => {
    const answer = await ask('青岛联合体2025年9月1日备上案的，按最长的有效期到哪天');
    expect(answer.text).toContain('2028年9月1日');
    expect(answer.text).toContain('一般');
  });

  it.each([
    ['In Wenzhou draft, how many member units should a consortium have at least?', '不少于6个'],
    ['According to the Wenzhou draft plan, what R&D spending must a lead have?', '2000万元'],
  ])('%s: the draft is only where it is asked of', async (question, said) => {
    expect((await ask(question)).text).toContain(said);
  });

  it('a draft is still asked whether it is in force', async () => {
    expect((await ask('温州草案什么时候生效')).intent).toBe('status');
  });

  it('引进一名…加几分: the points of the row come first', async () => {
    const { text } = await ask('引进一名泉州市高层次人才在考核表里加几分');
    expect(text.split('\n')[0]).toContain('引进泉州市高层次人才1人以上，2分');
  });

  it('首席科学家谁来当, after another question: who, not that there must be one', async () => {
    const { text } = await ask('首席科学家谁来当？', [{ role: 'user', text: '厦门创新联合体是什么' }]);
    expect(text).toContain('技术负责人');
  });

  it('money asked of a grade is the rule’s, not a statistic', async () => {
    const answer = await ask('厦门联合体评上优秀有多少钱');
    expect(answer.answered).toBe(true);
    expect(answer.text).toContain('100万元');
  });

  it('a city alone, after a verdict was begun, is judged', async () => {
    const told = [
      { role: 'user' as const, text: '我们公司能牵头吗' },
      { role: 'assistant' as const, text: '牵头单位注册在哪个城市？' },
    ];
    const answer = await ask('泉州呢', told);
    expect(answer.verdicts.map((v) => v.policy)).toEqual(['quanzhou-2026']);
    expect(answer.facts).toEqual({ 'lead.kind': 'enterprise' });
    const materials = await ask('厦门备案要什么材料', told);
    expect(materials.verdicts).toEqual([]);
    expect(materials.facts).toEqual({ 'lead.kind': 'enterprise' });
  });
});
