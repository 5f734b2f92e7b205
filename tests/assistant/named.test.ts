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
