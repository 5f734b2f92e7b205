import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { evidenceIn } from '../support/model-server.js';
import { LlmStage } from './stage.js';

const stage = new LlmStage();
beforeAll(() => stage.open());
afterAll(() => stage.close());

const THRESHOLD = '泉州牵头企业营收要多少';

/** What is told of a draft in which ID stands for the evidence that holds `words`. */
async function told(draft: string, question = THRESHOLD, words = '2亿元以上') {
  stage.server.behaviour = (request) => ({
    text: draft.replaceAll('ID', evidenceIn(request).find((e) => e.text.includes(words))?.id ?? 'c99'),
  });
  const out: string[] = [];
  const answer = await stage
    .assistant()
    .ask({ question, asOf: '2026-11-21' }, { onSentence: (s) => out.push(s) });
  return { out, answer, asked: stage.server.requests.at(-1)! };
}

describe('a figure that the model points at', () => {
  it('is written by code, as the document has it', async () => {
    const { out } = await told('泉州要求企业牵头单位上年度主营业务收入{{ID:1}}[ID]。');
    expect(out).toEqual(['泉州要求企业牵头单位上年度主营业务收入2亿元以上。']);
  });
  it('is a mark too: its evidence is cited', async () => {
    const { out, answer } = await told('泉州要求上年度主营业务收入{{ID：1}}。');
    expect(out).toEqual(['泉州要求上年度主营业务收入2亿元以上。']);
    expect(answer.citations.some((c) => c.clause === '三（一）')).toBe(true);
  });
  it('is listed for the model beside the evidence', async () => {
    const { asked } = await told('无');
    expect(asked.messages.at(-1)?.content).toMatch(/\{\{c\d+:1\}\}＝2亿元以上/);
  });
  it.each([
    ['none of the evidence’s', '泉州要求上年度主营业务收入{{ID:9}}[ID]。'],
    ['of evidence that is not there', '泉州要求上年度主营业务收入{{c88:1}}[ID]。'],
    ['of another city', '厦门要求年主营业务收入{{ID:1}}[ID]。'],
    ['said of something else', '泉州要求上年度利润{{ID:1}}[ID]。'],
    ['with another bound', '泉州要求上年度主营业务收入不超过{{ID:1}}[ID]。'],
    ['with a verdict', '你们{{ID:1}}，完全符合[ID]。'],
    ['half of a mark', '泉州要求上年度主营业务收入{{ID:1[ID]。'],
  ])('%s: the sentence falls', async (_, draft) => {
    expect((await told(draft)).out).toEqual([]);
  });
});
