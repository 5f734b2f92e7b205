import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Trace } from '../../src/assistant/types.js';
import { evidenceIn } from '../support/model-server.js';
import { LlmStage } from './stage.js';

const stage = new LlmStage();
beforeAll(() => stage.open());
afterAll(() => stage.close());

async function ask(draft: string, question = '泉州牵头企业营收要多少') {
  // [c1] stands for the evidence that holds the figure, wherever it is listed.
  stage.server.behaviour = (request) => {
    const id = evidenceIn(request).find((e) => e.text.includes('2亿元以上'))?.id;
    return { text: draft.replace('c1', id ?? '') };
  };
  const told: string[] = [];
  let trace: Trace | null = null;
  const request = { question, asOf: '2026-11-21', id: 'x' };
  await stage.assistant().ask(request, {
    onSentence: (s) => told.push(s),
    onTrace: (t) => {
      trace = t;
    },
  });
  return { told, trace: trace as Trace | null };
}

const RIGHT = '泉州要求牵头单位上年度主营业务收入2亿元以上。';

describe('a sentence that cannot be shown whole', () => {
  it.each([
    ['unknown words before it', `闲话少叙，${RIGHT}`],
    ['unknown words behind it', `${RIGHT.slice(0, -1)}，白纸黑字写着呢。`],
    ['both', `闲话少叙，${RIGHT.slice(0, -1)}，白纸黑字写着呢。`],
    ['a verdict before it', `恭喜您符合条件，${RIGHT}`],
    ['a promise behind it', `${RIGHT.slice(0, -1)}，还可以减免税收。`],
  ])('%s: is shown without, and the trace holds what the model wrote', async (_, written) => {
    const { told, trace } = await ask(`${written.slice(0, -1)}[c1]。`);
    expect(told).toEqual([RIGHT]);
    expect(trace?.guard).toEqual([{ sentence: RIGHT, kept: true, reason: `shortened from ${written}` }]);
  });
  it('names its city where the model did not and several are spoken of', async () => {
    const { told } = await ask(
      '上年度主营业务收入2亿元以上[c1]。',
      '泉州和厦门对牵头企业的营收要求分别是多少',
    );
    expect(told).toEqual(['泉州：上年度主营业务收入2亿元以上。']);
  });
  it.each([
    '闲话少叙，泉州要求牵头单位上年度主营业务收入3亿元以上[c1]。',
    '泉州要求上年度主营业务收入3亿元以上，白纸黑字写着呢[c1]。',
    '泉州，3亿元以上，白纸黑字[c1]。',
    '厦门要求牵头单位上年度主营业务收入2亿元以上，白纸黑字[c1]。',
    '闲话少叙，恭喜您[c1]。',
    '闲话少叙，泉州要求牵头单位上年度主营业务收入2亿元以上。',
  ])('is not shown at all when what is left is no better: %s', async (written) => {
    expect((await ask(written)).told).toEqual([]);
  });
});
