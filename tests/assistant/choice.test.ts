import { describe, expect, it } from 'vitest';
import { ask } from '../support/ask.js';

describe('figures put up to be chosen from', () => {
  it.each([
    ['泉州营收要2亿还是3亿', '是2亿：'],
    ['是2亿还是5亿？泉州的营收', '是2亿：'],
    ['厦门要5家企业还是7家企业', '是5家：'],
    ['温州研发强度是3%还是3.5%', '是3.5%：'],
    ['温州的研发占比要3%还是5%', '都不是：'],
    ['厦门核心成员要15人还是20人', '都不是：'],
  ])('%s: the first line says which', async (question, first) => {
    const { text, facts, verdicts } = await ask(question);
    expect(text.startsWith(first)).toBe(true);
    expect({ facts, verdicts }).toEqual({ facts: {}, verdicts: [] });
  });

  it('of several cities, each is told with its own', async () => {
    const { text } = await ask('各市营收是2亿还是5亿');
    expect(text).toMatch(/泉州.*2亿元.*\n.*厦门.*5亿元/u);
  });

  it.each(['去年营收2亿还是3亿来着，泉州能牵头吗', '我们去年营收大概2亿还是3亿，泉州能牵头吗'])(
    '%s: one’s own that is not remembered settles nothing more than both do',
    async (question) => {
      const { verdicts, facts } = await ask(question);
      expect(facts['lead.revenue_last_year']).not.toBe('300000000');
      expect(verdicts).toContainEqual(expect.objectContaining({ subject: 'lead', outcome: 'undetermined' }));
    },
  );
});

describe('an amount that is said to be given', () => {
  it.each([
    ['听说厦门给一千万是不是真的', '第九条（二）'],
    ['听说厦门优秀能拿100万对吧', '第十六条'],
  ])('%s: is held against what is given, not against a demand', async (question, clause) => {
    const { text, citations } = await ask(question);
    expect(citations.map((c) => c.clause)).toContain(clause);
    expect(text).not.toMatch(/^不是/u);
  });

  it('of a thing named, another thing’s amount does not confirm it', async () => {
    expect((await ask('厦门首台套给500万是吗')).answered).toBe(false);
  });
});
