import { describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import type { Answer, Turn } from '../../src/assistant/types.js';
import { loadWorld } from '../../src/assistant/world.js';

const assistant = new OfflineAssistant(loadWorld(KNOWLEDGE));

/** Asks one message after another, the answers between them, and gives the last answer. */
async function talk(...messages: string[]): Promise<Answer> {
  const history: Turn[] = [];
  let last: Answer | undefined;
  for (const question of messages) {
    last = await assistant.ask({ question, asOf: '2026-11-21', history: [...history] });
    history.push({ role: 'user', text: question }, { role: 'assistant', text: last.text });
  }
  return last!;
}
const first = (a: Answer): string => a.text.split('\n')[0]!;

const SHORT = '泉州企业，营收1.9亿，研发6%';

describe('after a case that falls short', () => {
  it.each(['怎么办', '咋整', '那还有救吗', '多少才行'])(
    '%s: what is wanting to the demand',
    async (question) => {
      const answer = await talk(SHORT, question);
      expect(first(answer)).toContain('差1000万元');
      expect(answer.verdicts[0]!.outcome).toBe('ineligible');
    },
  );

  it.each(['差在哪', '卡在哪一条', 'what are we missing'])('%s: by how much', async (question) => {
    expect(first(await talk(SHORT, question))).toContain('1000万元');
  });

  it('能通融吗: a must has no exception written', async () => {
    const answer = await talk(SHORT, '能通融吗');
    expect(first(answer)).toContain('没有写例外');
    expect(first(answer)).toContain('2亿元以上');
  });

  it('能不能放宽, of a principle: the bureau decides', async () => {
    const answer = await talk('厦门企业，营收4.5亿', '能不能放宽一点');
    expect(first(answer)).toContain('原则上');
    expect(first(answer)).toContain('不是必须达到');
  });

  it('a case and whether the rules bend for it, in one message', async () => {
    const answer = await talk('泉州企业，研发人员19个，差一个，能通融吗');
    expect(answer.facts['lead.rd_staff']).toBe(19);
    expect(first(answer)).toContain('20人以上');
  });

  it('选哪里报好: every city on the same facts', async () => {
    expect((await talk(SHORT, '选哪里报好')).verdicts.map((v) => v.policy)).toHaveLength(4);
    expect((await talk('泉州跟厦门哪个门槛低', '那我选哪个')).intent).toBe('clarify');
  });
});

describe('能拿到什么 after a case: the support, not the verdict again', () => {
  it.each(['能拿到什么', '那我们能得到啥', '能给什么好处'])('%s', async (question) => {
    const answer = await talk('我们是厦门的企业，营收6亿，研发4%', question);
    expect(answer.intent).not.toBe('eligibility');
    expect(answer.text).toContain('2000万元');
  });
});

describe('words that answer nothing, where nothing was asked', () => {
  it.each(['不知道', '没有', '是的', '嗯嗯', '算了', '好吧'])('%s', async (question) => {
    const answer = await talk('泉州企业，营收1.9亿', question);
    expect(answer.citations).toEqual([]);
    expect(answer.facts['lead.revenue_last_year']).toBe('190000000');
  });

  it('are no greeting in the middle of a conversation', async () => {
    expect((await talk('泉州营收要多少', '好的')).text).not.toContain('我是问策');
  });

  it('a yes to a question that none answers is asked again', async () => {
    const answer = await talk('我厂营收2亿，研发三年共5000万，泉州', '对');
    expect(answer.next?.fact).toBe('lead.rd_ratio_3y');
    expect(answer.citations).toEqual([]);
  });
});

describe('the place is put forward to be confirmed, not asked for again', () => {
  const begun = '我们是厦门的，去年营收6亿';
  it('of the city whose rules are asked about', async () => {
    const { next, suggestions } = await talk(begun);
    expect(next?.fact).toBe('lead.main_site_city');
    expect(next?.question).toContain('厦门');
    expect(suggestions.map((s) => s.send)).toContain('是');
  });
  it.each([
    ['是的', 'xiamen'],
    ['在的', 'xiamen'],
    ['在泉州', 'quanzhou'],
  ])('%s', async (reply, city) => {
    expect((await talk(begun, reply)).facts['lead.main_site_city']).toBe(city);
  });
  it('a no leaves it open which', async () => {
    const answer = await talk(begun, '不是');
    expect(answer.facts).not.toHaveProperty(['lead.main_site_city']);
    expect(answer.next?.question).toMatch(/哪个城市/);
  });
  it('the words of the question alone tell nothing', async () => {
    expect((await talk(begun, '有什么支持')).facts).not.toHaveProperty(['lead.main_site_city']);
  });
});

describe('what leans on the answer before', () => {
  it('为什么 after a demand: the words, and that they give no reason', async () => {
    const { text } = await talk('厦门营收要多少', '那泉州呢', '为什么');
    expect(text).toContain('没有写为什么');
    expect(text).toContain('上年度主营业务收入2亿元以上');
  });
  it('第二个条件是什么 after all of them, and after one', async () => {
    expect(first(await talk('厦门牵头要啥条件', '第二个条件是什么'))).toContain('专职研发团队');
    expect(first(await talk('温州研发强度要求多少', '第二个条件是什么'))).toContain('第2条');
  });
  it('其余的呢 after one condition: all', async () => {
    expect((await talk('泉州营收要多少', '其余的呢')).text).toContain('省部级及以上科研平台');
  });
  it.each([
    [['泉州省级企业技术中心有多少家', '国家级的呢'], '国家级14家'],
    [['厦门优秀奖多少钱', '良好的有多少'], '良好最高100万元'],
    [['被取消资格后几年不能牵头', '厦门从哪天算起'], '三年内不得牵头'],
    [['一个公司能牵头几个', '温州也这样吗'], '原则上要求只牵头一个联合体'],
    [['what revenue is required in Xiamen', 'what about Quanzhou'], '2亿元以上'],
  ])('%s', async (messages, says) => {
    expect(first(await talk(...messages))).toContain(says);
  });
  it('a figure put up to be confirmed is held against the next city too', async () => {
    const answer = await talk('泉州的牵头企业是不是要3亿', '那厦门呢');
    expect(answer.verdicts).toEqual([]);
    expect(answer.text).toContain('5亿元');
  });
  it('什么时候能再牵头 after the day on which the title was lost', async () => {
    expect((await talk('厦门被取消了资格2024年5月10日', '什么时候能再牵头')).text).toContain('2027年5月10日');
  });
});

describe('what is said next is no answer to what was asked', () => {
  const full = '泉州的，高新企业，营收2.5亿，研发6%，省级平台，专职25人，有团队，能牵头吗';
  it.each(['那差几个', '差啥', '还差哪些'])('%s says no to nothing', async (question) => {
    const { facts } = await talk(full, '专职其实只有17个', question);
    expect(facts).not.toHaveProperty(['lead.legal_person']);
    expect(facts['lead.rd_staff']).toBe(17);
  });
  it.each(['其中本地3家', '再加一个外地的呢', '签了协议的'])('%s is no name', async (reply) => {
    const { facts } = await talk('泉州联合体，共建单位5家够不够', reply);
    expect(facts).not.toHaveProperty(['consortium.name']);
  });
  it('a name alone, where names are talked of', async () => {
    const { facts } = await talk('联合体名字有啥要求 泉州', '泉州市智能鞋服创新联合体 可以不');
    expect(facts['consortium.name']).toBe('泉州市智能鞋服创新联合体');
  });
});

it('the people counted first are those asked about', async () => {
  const { facts } = await talk('厦门人才攻关联合体要几个人', '我们12个，国家级1个，B类2个');
  expect(facts).toMatchObject({
    'talent.core_members': 12,
    'talent.national': 1,
    'talent.city_b_or_above': 2,
  });
});

describe('the answer before, once more and further', () => {
  it('再说一遍: the same, with its sources', async () => {
    const last = await talk('厦门的企业，营收7亿，能牵头不');
    const again = await talk('厦门的企业，营收7亿，能牵头不', '没听清，再说一遍');
    expect((await talk('厦门的企业，营收7亿，能牵头不', '再说一遍')).text).toBe(last.text);
    expect(again.facts['lead.revenue_last_year']).toBe('700000000');
  });
  it('第二步呢 of a procedure', async () => {
    expect(first(await talk('泉州备案要走什么流程', '第二步呢'))).toContain('初审和推荐');
  });
  it('然后呢: what is still asked, or how one applies', async () => {
    expect((await talk('泉州企业，营收3亿', '然后呢')).next).not.toBeNull();
    const all =
      '泉州企业，营收3亿，研发年均2500万，高新，省级平台，高层次人才团队，专职30人，独立法人，没被取消过';
    expect((await talk(all, '然后呢')).text).toContain('初审');
  });
  it('a figure put up is of what was asked about', async () => {
    expect(first(await talk('泉州要求研发投入多少', '是一年2000万还是三年'))).toContain(
      '年均研发投入不低于2000万元',
    );
  });
  it('要什么条件 where joining is talked of: of a member', async () => {
    const answer = await talk('我想让我们公司当成员', '泉州', '要什么条件');
    expect(answer.text).not.toContain('2亿元以上');
    expect(answer.text).toContain('合作');
  });
  it.each(['謝謝', '多謝'])('%s', async (thanks) => {
    expect((await talk('泉州营收要多少', thanks)).intent).toBe('smalltalk');
  });
});

describe('a question sets no fact', () => {
  it.each([
    ['what support does Xiamen give', 'how much for a national platform'],
    ['泉州营收要多少', '省级平台是必须的吗'],
  ])('%s, %s', async (...messages) => {
    expect((await talk(...messages)).facts).not.toHaveProperty(['lead.platform_level']);
  });
});

describe('one more of what was told', () => {
  it.each(['那拉一家供应商进来', '再加一家供应商呢', '再拉一家企业进来'])('%s', async (question) => {
    const { facts } = await talk('厦门，我们4家企业3所大学，够不够', question);
    expect(facts).toMatchObject({ 'consortium.enterprises': 5, 'consortium.units_total': 8 });
  });
});

describe('a kind or a figure told alone', () => {
  it('我们是医院: which city; its name begins the case', async () => {
    expect((await talk('我们是医院')).intent).toBe('clarify');
    const answer = await talk('我们是医院', '厦门', '三甲');
    expect(answer.verdicts.map((v) => v.policy)).toEqual(['xiamen-2025']);
    expect(answer.facts['lead.tier_3a']).toBe(true);
  });
  it('我们去年营收2亿: held against every city', async () => {
    expect((await talk('我们去年营收2亿')).verdicts).toHaveLength(4);
  });
});

describe('a seat told, an intention told', () => {
  it('我们是厦门的: what of it', async () => {
    const answer = await talk('我们是厦门的');
    expect(answer.intent).toBe('clarify');
    expect(answer.suggestions.length).toBeGreaterThan(2);
  });
  it('要报联合体: the case is begun', async () => {
    expect((await talk('我们是厦门的', '要报联合体')).verdicts.map((v) => v.policy)).toEqual(['xiamen-2025']);
  });
  it('offices elsewhere are held against the city that asks for them', async () => {
    const answer = await talk('我公司在厦门注册，但研发在泉州', '能在厦门牵头吗');
    expect(answer.verdicts[0]).toMatchObject({ policy: 'xiamen-2025', outcome: 'ineligible' });
  });
});

it.each(['国企在青岛能不能牵头', '外资企业能在青岛牵头吗'])(
  '%s: judged, and said not to be told apart',
  async (question) => {
    const answer = await talk(question);
    expect(answer.verdicts[0]!.policy).toBe('qingdao-2025');
    expect(first(answer)).toContain('没有写');
  },
);
