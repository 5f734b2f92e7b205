import { describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { compare } from '../../src/assistant/comparison.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import type { Answer, Turn } from '../../src/assistant/types.js';
import { loadWorld } from '../../src/assistant/world.js';

const world = loadWorld(KNOWLEDGE);
const assistant = new OfflineAssistant(world);
const ask = (question: string, history: string[] = []): Promise<Answer> =>
  assistant.ask({
    question,
    asOf: '2026-11-21',
    history: history.map((text): Turn => ({ role: 'user', text })),
  });
const table = (a: Answer) => a.blocks.find((b) => b.kind === 'table');

describe('a comparison', () => {
  it('of several matters is a table with a city a column, and 未规定 where a document says nothing', async () => {
    const a = await ask('四个城市营收和平台要求对比');
    expect(a.intent).toBe('comparison');
    const t = table(a)!;
    expect(t.head.slice(1)).toEqual(['泉州', '厦门', '青岛', '温州']);
    const revenue = t.rows.find((r) => r[0]!.text.includes('主营业务收入'))!.map((c) => c.text);
    expect(revenue[1]).toMatch(/2亿元以上.*必须/);
    expect(revenue[2]).toMatch(/5亿元以上（含）.*原则上/);
    expect(revenue.slice(3)).toEqual(['未规定', '未规定']);
  });

  it('cites the clause of every cell that says something', async () => {
    const a = await ask('泉州和厦门有什么不同');
    for (const row of table(a)!.rows)
      for (const cell of row.slice(1))
        if (cell.text !== '未规定') expect(cell.cites.length).toBeGreaterThan(0);
  });

  it('says first that a draft is a draft', async () => {
    const { text } = await ask('厦门和温州的条件对比');
    expect(text.indexOf('尚未施行')).toBeLessThan(text.indexOf('·'));
  });

  it('of what the question is about shows that and not everything', async () => {
    const titles = table(await ask('泉州和厦门的奖励对比'))!.rows.map((r) => r[0]!.text);
    expect(titles.join()).toMatch(/奖励/);
    expect(titles.join()).not.toMatch(/主营业务收入/);
  });

  it('takes any matter and any document, each cell a criterion, an entry or a silence', () => {
    const rows = ['lead.revenue_last_year', '研发投入', 'duty.annual-report', 'evaluation.cycle'].map(
      (id) => world.comparison.row(id)!,
    );
    const made = compare(world, world.rulesOf([]), rows, '2026-11-21');
    expect(made.columns.map((c) => c.status)).toContain('draft');
    const kinds = Object.fromEntries(made.rows.map((r) => [r.row.id, r.cells.map((c) => c.kind)]));
    expect(kinds['lead.revenue_last_year']).toEqual(['criterion', 'criterion', 'silent', 'silent']);
    expect(kinds.研发投入).toEqual(['criterion', 'criterion', 'silent', 'criterion']);
    expect(kinds['duty.annual-report']).toEqual(['entry', 'entry', 'silent', 'silent']);
  });
});

describe('one case against several cities', () => {
  it('is one sentence over all and a line a city', async () => {
    const a = await ask('我们公司营收3亿，研发占比4%，哪个城市能牵头');
    expect(a.verdicts.map((v) => v.policy)).toEqual([
      'quanzhou-2026',
      'xiamen-2025',
      'qingdao-2025',
      'wenzhou-draft',
    ]);
    expect(a.text).toMatch(
      /厦门：未达到年主营业务收入（要求5亿元以上（含），你提供的是3亿元，差2亿元）（原则上）/,
    );
  });

  it('that fails in one city is told where nothing fails yet', async () => {
    const { text } = await ask('我们公司营收1.8亿，泉州能牵头吗');
    expect(text).toMatch(/同样的信息，在[^。]*厦门[^。]*还没有发现未达到的硬性要求/);
  });
});

describe('a document that sets no condition', () => {
  it('is said to set none, with what it says instead', async () => {
    const a = await ask('青岛有营收要求吗');
    expect(a.text).toMatch(/青岛工作指引没有规定/);
    expect(a.citations[0]?.policy).toBe('qingdao-2025');
  });

  it('on one count is held against what it counts otherwise', async () => {
    const { text } = await ask('四个城市最少成员数各是多少');
    expect(text).toMatch(/泉州：没有规定成员单位总数，写的是.*不少于5家/);
    expect(text).toMatch(/青岛：没有规定成员单位总数，写的是.*不少于3家/);
  });
});

describe('a question that leans on the one before', () => {
  it.each([
    [['厦门联合体企业最少几家'], '那总共呢', '7个'],
    [['泉州牵头企业研发占比最低多少'], '说错了，我问的是温州', '3.5%'],
    [['厦门牵头企业营收要多少'], '这是死规定吗', '5亿元以上'],
  ])('%s → %s', async (before, now, figure) => {
    expect((await ask(now, before)).text).toContain(figure);
  });

  it('takes back one thing told', async () => {
    const a = await ask('把我刚才说的营收忘掉', ['泉州企业，去年营收1.8亿，高新']);
    expect(a.facts).toEqual({ 'lead.kind': 'enterprise', 'lead.city': 'quanzhou', 'lead.high_tech': true });
  });
});

describe('what is not in the documents', () => {
  it.each([
    '厦门人才公寓怎么申请',
    '专精特新企业认定要满足哪些条件',
    '瓯越英才计划今年什么时候报名',
    '泉州评审专家一共请几位',
    '厦门目前备案的联合体有哪些龙头企业',
    '厦门市科技局咨询电话多少',
    '晋江科技局的电话号码',
    '闽政〔2023〕7号第一条讲什么',
    '1213号建议你们怎么答复的',
    '厦门第二十条写了什么',
    '温州“5+5+N”具体是哪些产业',
  ])('%s is not answered', async (question) => {
    expect((await ask(question)).answered).toBe(false);
  });

  it('in a follow-up about a place not covered is not answered for one that is', async () => {
    const a = await ask('他们的奖励多少', ['宁波的创新联合体你们了解吗']);
    expect(a.answered).toBe(false);
    expect(a.text).toContain('宁波');
  });
});

describe('figures that a document states side by side', () => {
  it('are added up when that is asked, and shown', async () => {
    const { text, citations } = await ask('泉州企业技术中心国家级加省级合计多少家');
    expect(text).toContain('152家');
    expect(text).toContain('14家');
    expect(text).toContain('138家');
    expect(citations[0]?.policy).toBe('quanzhou-reply-108');
  });
});

describe('a question in English', () => {
  it('has the Chinese answer and one line in English with the same figures', async () => {
    const { text } = await ask('What is the minimum revenue in Xiamen?');
    expect(text).toContain('5亿元以上');
    expect(text).toMatch(/Summary: .*Xiamen.*in principle.*CNY 500,000,000/);
  });

  it('gets the verdict in both', async () => {
    const { text } = await ask('Can a university lead an innovation consortium in Qingdao?');
    expect(text).toMatch(/Summary: Qingdao \(leading unit\): a hard requirement is not met/);
  });
});
