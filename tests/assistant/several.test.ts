import { describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import { loadWorld } from '../../src/assistant/world.js';

const assistant = new OfflineAssistant(loadWorld(KNOWLEDGE));
const ask = (question: string) => assistant.ask({ question, asOf: '2026-11-21' });
const clausesOf = async (question: string) => (await ask(question)).citations.map((c) => c.clause);

describe('several questions in one message', () => {
  it.each([
    ['厦门年报几号交？优秀奖多少？', ['3月31日', '100万元'], ['第十四条', '第十六条']],
    ['泉州营收要多少，年报什么时候交', ['2亿元', '没有写明具体截止日期'], ['三（一）', '七（二）']],
    ['泉州多久评估一次，不合格会怎么样', ['每3年', '2次'], ['七（四）']],
    ['厦门营收要求和备案流程分别是什么', ['5亿元', '经公示'], ['第六条（二）1', '第八条']],
    ['厦门几年考核一次，省级制造业创新中心也得跟着考吧', ['3年', '不参加'], ['第十五条']],
    ['温州到2027年要建多少个联合体，布局多少项重大科技项目', ['30个', '200项'], ['二']],
  ])('%s: each is answered, with its clause', async (question, said, clauses) => {
    const answer = await ask(question);
    expect(answer.answered).toBe(true);
    for (const words of said) expect(answer.text).toContain(words);
    expect(answer.citations.map((c) => c.clause)).toEqual(expect.arrayContaining(clauses));
  });

  it.each([
    ['厦门多久评估一回 结果分几档', ['每3年', '优秀、合格、不合格']],
    ['泉州评估几年一次，看哪些，分几等', ['每3年', '评估内容', '优秀、合格、不合格']],
    ['温州是找哪个部门交、哪个部门定？一年收几批', ['组织审定', '常年受理']],
    [
      '厦门公共技术服务平台建设、滚动提升、考核优秀和良好，各给到多少',
      ['2000万元', '500万元', '150万元', '100万元'],
    ],
    ['厦门省级制造业创新中心能直接算联合体吗，要不要参加评估', ['可备案', '不参加']],
  ])('%s: parted by a blank or a 、, or leaning on the thing named first', async (question, said) => {
    const answer = await ask(question);
    expect(answer.answered).toBe(true);
    for (const words of said) expect(answer.text).toContain(words);
  });

  it('a list with one question, or a thing with two, stays whole', async () => {
    const { text } = await ask('厦门首席科学家谁来当，有啥权力');
    expect(text.split('\n\n依据')[0]!.split('\n')).toHaveLength(1);
    expect((await ask('泉州组建申请书要交几份纸质版，要不要胶装')).answered).toBe(false);
  });

  it('they are answered in the order asked', async () => {
    const { text } = await ask('厦门优秀奖多少？年报几号交？');
    expect(text.indexOf('100万元')).toBeLessThan(text.indexOf('3月31日'));
  });

  it('one that no document tells is said not to be told, beside the one that is', async () => {
    const answer = await ask('厦门评估优秀奖励多少？奖励什么时候到账？');
    expect(answer.answered).toBe(true);
    expect(answer.text).toContain('100万元');
    expect(answer.text).toContain('现有文件里没有规定');
  });

  it('a thing that is not told stays untold, whatever is asked of it next', async () => {
    for (const question of ['泉州申报系统网址是什么，怎么登录', '技术创新基金在泉州怎么申请，额度多少'])
      expect((await ask(question)).answered).toBe(false);
  });

  it.each([
    ['厦门赚了钱怎么分', '第七条（五）'],
    ['我们开业不满三年，厦门研发投入怎么算', '第六条（二）3'],
    ['我们做芯片的，泉州支持哪些领域', '一'],
  ])('%s: one question with a lead-in is one question', async (question, clause) => {
    expect(await clausesOf(question)).toContain(clause);
  });

  it('what only names the thing is no question beside what is asked of it', async () => {
    const answer = await assistant.ask({
      question: '平台呢，也要省级吗',
      history: [{ role: 'user', text: '温州要求牵头企业研发费用多少' }],
      asOf: '2026-11-21',
    });
    expect(answer.text).toContain('省级及以上创新平台');
    expect(answer.citations.map((c) => c.clause)).toContain('三（二）');
  });

  it('a figure of one is not put to the other', async () => {
    const { text } = await ask('泉州高校牵头时，参加的骨干企业至少几家，上年营收要到多少');
    expect(text).toContain('1亿元');
  });
});

describe('totals', () => {
  it.each([
    ['泉州评价指标总分多少', '100分'],
    ['泉州评价表满分', '100分'],
    ['制鞋联盟一共多少家成员单位', '49家'],
    ['泉州转化机制和产业化成效一共几分', '30分'],
    ['国家级和省级企业技术中心合计多少', '152家'],
  ])('%s: the parts are added', async (question, total) => {
    const answer = await ask(question);
    expect(answer.intent).toBe('calculation');
    expect(answer.text).toContain(total);
  });

  it.each([
    ['泉州市级以上企业技术中心一共多少家', '227家', '302'],
    ['大院大所一共服务了多少家企业', '9550家', '9580'],
  ])('%s: what is printed whole is not added to its parts', async (question, whole, wrong) => {
    const { text } = await ask(question);
    expect(text).toContain(whole);
    expect(text).not.toContain(wrong);
  });

  it('two cities’ figures are told apart by how much they differ', async () => {
    expect((await ask('厦门和泉州，牵头企业的营收门槛差多少')).text).toContain('厦门比泉州高3亿元');
  });
});

describe('one part told, the other not', () => {
  it.each([
    ['两个事：一、厦门联合体至少几家单位；二、厦门人才公寓怎么申请', '7个'],
    ['问两件事，1、泉州牵头营收要多少 2、人才公寓怎么申请', '2亿元'],
    ['想在青岛弄联合体，上下游企业文件要求几家？还有链主企业名单在哪看得到', '3家'],
    ['泉州办法什么时候开始实施，科技局明年还会不会改', '2026年5月1日'],
    ['泉州先进院改制了没有？院长电话有没有', '改制'],
    ['厦门牵头营收要多少？泉州的评审专家是谁？', '5亿元'],
  ])('%s: the first is answered, the second said not to be there', async (question, first) => {
    const a = await ask(question);
    expect(a.answered).toBe(true);
    expect(a.text).toContain(first);
    expect(a.text).toMatch(/没有/);
    expect(a.facts['consortium.units_total']).toBeUndefined();
  });
});

describe('two sums of money', () => {
  it('are added where the question puts them together', async () => {
    const a = await ask('厦门联合体今年评估优秀，又新获批一个全国重点实验室，光这两笔奖励合起来是多少');
    expect(a.intent).toBe('calculation');
    expect(a.text).toContain('3100万元');
  });
});

describe('a wrong premise that something is built on', () => {
  it.each([
    ['厦门每两年评估一次，那我们2026年备案的2028年要评', '不是两年', '每3年'],
    ['青岛备案有效期5年，那我们2030年才到期', '不是5年', '3年'],
  ])('%s is corrected first', async (question, wrong, right) => {
    const [line] = (await ask(question)).text.split('\n');
    expect(line).toContain(wrong);
    expect(line).toContain(right);
  });
});

describe('small talk', () => {
  it.each(['好的，辛苦啦，没别的问题了', '在吗 你是真人还是机器', '没别的事了', '行，谢谢老师，再见'])(
    '%s',
    async (words) => {
      expect((await ask(words)).intent).toBe('smalltalk');
    },
  );
});

describe('what there is too much of', () => {
  it('is told as too much', async () => {
    const a = await ask('泉州集团以母公司牵头，联合体里有1家子公司做共建单位，行吗');
    expect(a.text).toContain('多了1家');
  });
});
