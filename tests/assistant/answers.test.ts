import { describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import type { Answer, Turn } from '../../src/assistant/types.js';
import { loadWorld } from '../../src/assistant/world.js';
import { readQuantities } from '../../src/quantity/index.js';

const world = loadWorld(KNOWLEDGE);
const assistant = new OfflineAssistant(world);
const said = (text: string): Turn => ({ role: 'user', text });
const ask = (question: string, history: string[] = []): Promise<Answer> =>
  assistant.ask({ question, asOf: '2026-11-21', history: history.map(said) });
const cites = (a: Answer): string[] => a.citations.map((c) => `${c.policy} ${c.clause}`);

describe('a threshold question is answered with the figure, its strength and its clause', () => {
  it.each([
    ['泉州牵头企业营收要多少', '2亿元以上', 'quanzhou-2026 三（一）'],
    ['厦门主营业务收入要求多少', '原则上要求5亿元以上（含）', 'xiamen-2025 第六条（二）1'],
    ['厦门研发强度至少多少', '不低于3%', 'xiamen-2025 第六条（二）3'],
    ['温州研发费用门槛', '不低于2000万元', 'wenzhou-draft 三（二）'],
    ['泉州专职研发人员要几个', '20人以上', 'quanzhou-2026 三（一）'],
    ['廈門營收要求多少', '5亿元以上', 'xiamen-2025 第六条（二）1'],
    ['How much revenue is required in Xiamen?', '5亿元以上', 'xiamen-2025 第六条（二）1'],
  ])('%s', async (question, figure, clause) => {
    const answer = await ask(question);
    expect(answer.text).toContain(figure);
    expect(cites(answer)).toContain(clause);
    expect(answer.answered).toBe(true);
  });

  it('with no city named, every city is told, and those that state none are said to state none', async () => {
    const { text } = await ask('营收要多少');
    expect(text).toMatch(/泉州：.*2亿元以上/);
    expect(text).toMatch(/厦门：.*原则上.*5亿元以上/);
    expect(text).toMatch(/青岛：.*没有规定/);
    expect(text).toMatch(/温州：.*没有规定/);
  });

  it('a wrong premise is corrected in the first line', async () => {
    const { text } = await ask('厦门营收是不是要3亿');
    expect(text.split('\n')[0]).toMatch(/^不是3亿.*原则上.*5亿元以上/);
  });
});

describe('an eligibility question gets a verdict criterion by criterion', () => {
  it('says what falls short and by how much', async () => {
    const a = await ask('我们是泉州的企业，营收1.8亿，研发占比6%，能牵头吗');
    expect(a.intent).toBe('eligibility');
    expect(a.verdicts[0]).toMatchObject({
      policy: 'quanzhou-2026',
      subject: 'lead',
      outcome: 'ineligible',
      next: null,
    });
    expect(a.text).toContain('差2000万元');
    expect(a.facts).toEqual({
      'lead.kind': 'enterprise',
      'lead.city': 'quanzhou',
      'lead.revenue_last_year': '180000000',
      'lead.rd_ratio_3y': '6',
    });
  });

  it('an open question names what is missing and what to tell next', async () => {
    const a = await ask('厦门企业研发投入2000万可以牵头吗');
    expect(a.verdicts[0]?.outcome).toBe('undetermined');
    expect(a.next).not.toBeNull();
    expect(a.text).toContain(a.next!.question);
  });

  it('a fact that is missing is never taken for nought', async () => {
    const a = await ask('泉州企业高新，能牵头吗');
    expect(a.verdicts[0]?.criteria.find((c) => c.facts.includes('lead.revenue_last_year'))?.outcome).toBe(
      'unknown',
    );
  });

  it('温州 is introduced as a draft', async () => {
    expect((await ask('温州企业研发强度4%，能牵头吗')).text).toContain('征求意见稿');
  });
});

describe('a conversation', () => {
  it('keeps the facts and takes the new city', async () => {
    const a = await ask('那厦门呢', ['泉州营收1.8亿能牵头吗']);
    expect(a.verdicts.map((v) => v.policy)).toEqual(['xiamen-2025']);
    expect(a.facts['lead.revenue_last_year']).toBe('180000000');
  });
  it('repeats the last question for another city', async () => {
    const a = await ask('那厦门呢', ['泉州营收要多少']);
    expect(a.text).toContain('5亿元以上');
    expect(a.text).not.toContain('2亿元以上');
  });
  it('takes a corrected city, and no yes or no from it', async () => {
    const first = await ask('我是泉州企业能牵头吗');
    const a = await assistant.ask({
      question: '不是泉州是厦门',
      asOf: '2026-11-21',
      history: [said('我是泉州企业能牵头吗'), { role: 'assistant', text: first.text }],
    });
    expect(a.facts).toEqual({ 'lead.kind': 'enterprise', 'lead.city': 'xiamen' });
    expect(a.verdicts.map((v) => v.policy)).toEqual(['xiamen-2025']);
  });
  it('leans on the last whole question, however many cities were named since', async () => {
    const a = await ask('温州呢', ['厦门研发占比要多少', '那泉州呢', '青岛呢']);
    expect(a.text).toContain('不低于3.5%');
  });
  it('takes a corrected figure', async () => {
    const a = await ask('营收改成6亿', ['泉州营收1.8亿能牵头吗']);
    expect(a.facts['lead.revenue_last_year']).toBe('600000000');
  });
  it('tells what it remembers and forgets when told to', async () => {
    expect((await ask('我说过什么', ['泉州营收1.8亿能牵头吗'])).text).toContain('主营业务收入');
    expect((await ask('重新开始', ['泉州营收1.8亿能牵头吗'])).facts).toEqual({});
  });
  it('explains the last verdict and shows the words of the clause', async () => {
    expect((await ask('为什么', ['泉州营收1.8亿能牵头吗'])).text).toContain('上年度主营业务收入2亿元以上');
    expect((await ask('原文', ['泉州营收要多少'])).text).toContain('企业作为牵头单位');
  });
});

describe('what the documents do not say is said to be not there', () => {
  it.each(['福州能申报吗', '杭州有什么政策', '今天天气怎么样', '怎么报销差旅费', '高企认定流程是什么'])(
    '%s',
    async (q) => {
      const a = await ask(q);
      expect(a.answered).toBe(false);
      expect(a.intent).toBe('out_of_scope');
      expect(a.text).toMatch(/泉州、厦门、青岛、温州/);
    },
  );
  it('a silence that is what was asked is an answer', async () => {
    const a = await ask('青岛的办法哪天到期');
    expect(a.answered).toBe(true);
    expect(a.text).toContain('没有写明');
  });
});

describe('documents', () => {
  it('a repealed document is named with what replaced it', async () => {
    expect((await ask('厦科创〔2023〕4号还有效吗')).text).toContain('厦科规〔2025〕3号');
  });
  it('a computed date says that it is computed', async () => {
    expect((await ask('厦门的办法什么时候到期')).text).toMatch(/2028年8月10日.*计算得出/);
  });
  it('a clause asked for by label is given verbatim', async () => {
    expect((await ask('厦门第十六条原文')).text).toContain('连续2次评估不合格的予以撤销');
  });
});

describe('every answer keeps the promise', () => {
  const questions = [
    '营收要多少',
    '年报什么时候交',
    '厦门优秀奖励多少',
    '泉州备案流程',
    '考核不合格会怎样',
    '子公司能当成员吗',
    '四个城市研发要求对比',
    '我们联合体5家企业2所高校1家医院，连我们一共9家，厦门够吗',
    '人才攻关联合体要什么条件',
    '大院大所有多少家',
    '附件3 责任体系多少分',
  ];
  it.each(questions)('%s: quotes stand in their source and no figure comes from nowhere', async (q) => {
    const a = await ask(q);
    for (const c of a.citations) {
      const bare = (s: string) => s.replace(/\s+/g, '');
      expect(bare(world.library.policy(c.policy)!.source)).toContain(bare(c.quote));
    }
    const allowed = new Set(
      [...world.library.policies.map((p) => p.source), q, '2026-11-21']
        .flatMap((t) => readQuantities(t))
        .map((x) => `${x.unit} ${x.value}`),
    );
    const spoken = a.text.slice(0, a.text.indexOf('\n依据')).replace(/〔\d+〕/g, '');
    const stray = readQuantities(spoken).filter(
      (x) => x.unit !== 'number' && !allowed.has(`${x.unit} ${x.value}`),
    );
    // What a verdict computes (a gap, a number of open conditions) is not in a source; nothing else may be missing there.
    if (a.verdicts.length === 0) expect(stray.map((x) => x.text)).toEqual([]);
  });

  it('the same question gives the same answer', async () => {
    const [x, y] = [await ask('厦门年报什么时候交'), await ask('厦门年报什么时候交')];
    expect(x.text).toBe(y.text);
  });

  it.each([
    '',
    '   ',
    '\u0000\u0007',
    '？？？',
    '好'.repeat(100_000),
    '一'.repeat(5000),
    '1'.repeat(5000),
    '<b>&"',
  ])('odd input is answered, not crashed on (%#)', async (q) => {
    const a = await ask(q);
    expect(a.text.length).toBeGreaterThan(0);
    expect(a.verdicts).toEqual([]);
  });
});

describe('a figure taken for the rule’s', () => {
  const first = async (question: string) => (await ask(question)).text.split('\n')[0]!;

  it.each(['20000万', '两个亿以上', '贰亿元', '2亿'])(
    'is confirmed in whatever notation it is put: %s',
    async (figure) => {
      expect(await first(`泉州营收是不是要求${figure}`)).toMatch(/^对，.*2亿元以上/);
    },
  );

  it.each(['2亿以下', '不超过2亿', '12亿', '2000万'])(
    'is corrected where value or side differs: %s',
    async (figure) => {
      expect(await first(`泉州营收是不是要求${figure}`)).toMatch(/^不是.*2亿元以上/);
    },
  );

  it('is told apart where only the figure itself is in or out', async () => {
    expect(await first('泉州营收是不是要超过2亿')).toMatch(/^不完全是.*2亿元以上/);
  });

  it('of several cities says which of them print it', async () => {
    const text = await first('四个城市营收是不是都要2亿');
    expect(text).toContain('不都是2亿');
    expect(text).toContain('泉州');
    expect(text).not.toContain('厦门');
  });
});

describe('a question that leans on the last answer', () => {
  const leaning = (question: string, next: string) => ask(next, [question]);

  it('“说人话” after a clause says it in plain words, with its citations', async () => {
    const answer = await leaning('厦门第十七条', '是什么意思 说人话');
    expect(answer.text).toMatch(/三年内不得牵头/);
    expect(answer.citations.every((c) => c.clause === '第十七条')).toBe(true);
  });

  it('“简单点” after a verdict keeps what fails and by how much', async () => {
    const answer = await leaning('我们去年营收1.8亿，泉州能牵头吗', '简单点');
    expect(answer.text).toContain('差2000万元');
    expect(answer.verdicts[0]?.outcome).toBe('ineligible');
    expect(answer.citations).toHaveLength(1);
  });

  it.each(['把原文贴给我', '原文发我看看', '依据在哪', '原话是怎么写的'])(
    '%s shows the clause',
    async (words) => {
      const answer = await leaning('厦门优秀奖励多少', words);
      expect(answer.blocks.some((b) => b.kind === 'quote' && b.text.includes('一次性给予'))).toBe(true);
    },
  );
});

describe('figures to be added up', () => {
  it('of several entries are added, each with its clause', async () => {
    const answer = await ask('厦门评估优秀奖励加新机制奖励一共多少');
    expect(answer.text).toContain('130万元');
    expect(cites(answer)).toEqual(
      expect.arrayContaining(['xiamen-2025 第十六条', 'xiamen-2025 第十二条（八）']),
    );
  });

  it('leave out the whole that the parts are taken from', async () => {
    expect((await ask('泉州市级以上企业技术中心里省级和市级加起来多少')).text).toContain('213家');
  });

  it('are not added where one of the things named is not found: no sum of something else is told', async () => {
    const answer = await ask('厦门共性技术平台建设拿满，考核优秀奖励也拿满，再加滚动支持拿满，上限一共多少');
    expect(answer.text).not.toMatch(/合计2[15]\d\d万元/);
  });
});

it('whether one of two is enough is said first', async () => {
  expect((await ask('厦门研发比例和金额要同时满足吗')).text).toMatch(/^满足其中一项就行/);
});

describe('a document’s life on a day that is named', () => {
  it.each([
    ['厦门的办法2029年1月1日还有效吗', '2029年1月1日已过有效期'],
    ['厦门的办法2028年8月10日还有效吗', '2028年8月10日在有效期内'],
    ['泉州2026年4月15日办法生效了吗', '2026年4月15日尚未施行'],
    ['厦门办法2028年还有效吗', '2028年1月1日在有效期内，2028年12月31日已过有效期'],
  ])('%s', async (question, words) => {
    expect((await ask(question)).text).toContain(words);
  });

  it('changes nothing where the document states no dates', async () => {
    expect((await ask('青岛2027年还有效吗')).text).toContain('没有写明施行日期');
  });
});
