import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LlmStage } from './stage.js';

const stage = new LlmStage();
beforeAll(() => stage.open());
afterAll(() => stage.close());

async function ask(question: string, draft: string) {
  stage.server.behaviour = () => ({ text: draft });
  const told: string[] = [];
  const request = { question, asOf: '2026-11-21', id: 'x' };
  const answer = await stage.assistant().ask(request, { onSentence: (s) => told.push(s) });
  return { told, answer, offline: await stage.app.assistant.ask(request) };
}

describe('a question in traditional characters', () => {
  const question = '泉州牽頭企業的營業收入要多少';
  it('is answered in the documents’ own script, though the model writes in the other', async () => {
    const { told, answer } = await ask(question, '泉州要求牽頭單位上年度主營業務收入2億元以上[c1]。');
    expect(told).toEqual(['泉州要求牵头单位上年度主营业务收入2亿元以上。']);
    expect(answer.text).toContain(told[0]);
  });
  it.each([
    '泉州要求上年度主營業務收入3億元以上[c1]。',
    '貴公司符合條件，可以申報[c1]。',
    '泉州要求上年度主營業務收入貳億伍仟萬元以上[c1]。',
    '無須主營業務收入2億元以上[c1]。',
  ])('a falsehood is one in either: %s', async (draft) => {
    const { told, answer, offline } = await ask(question, draft);
    expect(told).toEqual([]);
    expect(answer).toEqual(offline);
  });
});

describe('a question in English', () => {
  it.each([
    'The lead enterprise needs an annual revenue of at least 200 million yuan [c1].',
    'You are eligible [c1].',
    'Quanzhou要求上年度主营业务收入two亿元以上[c1]。',
  ])('is answered by code, which vouches for no English of a model: %s', async (draft) => {
    const { told, answer, offline } = await ask(
      'What annual revenue does the lead enterprise need in Quanzhou?',
      draft,
    );
    expect(told).toEqual([]);
    expect(answer).toEqual(offline);
    expect(answer.text).toContain('2亿元以上');
  });
  it('may have a sentence in Chinese beside it', async () => {
    const { told, answer } = await ask(
      'What annual revenue does the lead enterprise need in Quanzhou?',
      '泉州要求上年度主营业务收入2亿元以上[c1]。',
    );
    expect(told).toHaveLength(1);
    expect(answer.mode).toBe('llm');
  });
});
