import { describe, expect, test } from 'vitest';
import type { Event, InterviewState, Step } from '../../src/interview/index.js';
import type { Subject } from '../../src/rules/index.js';
import { AS_OF, interview, world } from './support.js';

const ALL = ['quanzhou-2026', 'xiamen-2025', 'qingdao-2025', 'wenzhou-draft'];

/** An interview in which this fact is being asked for. */
function askedFor(fact: string, facts: Record<string, unknown> = {}): InterviewState {
  const subject = fact.startsWith('member.')
    ? 'member'
    : fact.startsWith('talent.')
      ? 'talent-consortium'
      : fact.startsWith('lead.')
        ? 'lead'
        : 'consortium';
  const start = interview.start({ subject, policies: ALL, facts, asOf: AS_OF });
  return { ...start.state!, asking: fact };
}

const told = (events: readonly Event[]): Record<string, unknown> =>
  Object.fromEntries(events.flatMap((e) => (e.kind === 'took' ? [[e.fact, e.value]] : [])));

describe('an answer in free words', () => {
  test.each<[string, string, unknown]>([
    ['lead.revenue_last_year', '两个多亿', '>200000000 <300000000'],
    ['lead.revenue_last_year', '不到两亿', '<200000000'],
    ['lead.revenue_last_year', '去年大概一亿八', '>162000000 <198000000'],
    ['lead.revenue_last_year', '一亿八千万吧', '180000000'],
    ['lead.revenue_last_year', '我们营收2.1亿元', '210000000'],
    ['lead.revenue_last_year', '快两个亿了', '<200000000'],
    ['lead.revenue_last_year', '180000000元', '180000000'],
    ['lead.rd_spend_avg_3y', '每年两千多万', '>20000000 <30000000'],
    ['lead.rd_spend_avg_3y', '2200万', '22000000'],
    ['lead.rd_ratio_3y', '6个点', '6'],
    ['lead.rd_ratio_3y', '百分之六', '6'],
    ['lead.rd_staff', '二十来个', '>=18 <=22'],
    ['talent.core_members', '10来个', '>=9 <=11'],
    ['talent.core_members', '差不多10个人', '>=9 <=11'],
    ['talent.core_members', '十几个', '>10 <20'],
    ['lead.rd_staff', '一个都没有', 0],
    ['lead.rd_staff', '23', 23],
    ['lead.city', '晋江', 'quanzhou'],
    ['lead.city', '我们在厦门注册', 'xiamen'],
    ['lead.city', '上海', 'other'],
    ['lead.main_site_city', '就在厦门集美', 'xiamen'],
    ['lead.kind', '我们是一家民营企业', 'enterprise'],
    ['lead.kind', '研究所', 'institute'],
    ['lead.platform_level', '市里的', 'municipal'],
    ['lead.platform_level', '有个省工程中心', 'provincial'],
    ['lead.platform_level', '都没有', 'none'],
    ['lead.high_tech', '是的', true],
    ['lead.high_tech', '没评上', false],
    ['lead.high_tech', '正在申请', false],
    ['lead.high_tech', '去年刚拿到', true],
    ['lead.high_tech', '已经过期了', false],
    ['lead.high_tech', '国高', true],
    ['lead.high_tech', '还不是', false],
    ['lead.legal_person', '是独立法人', true],
    ['lead.legal_person', '分公司', false],
    ['lead.is_parent_company', '不是，由子公司申报', false],
    ['lead.is_parent_company', '用母公司', true],
    ['lead.title_revoked_on', '从来没有', 'never'],
    ['lead.title_revoked_on', '没被取消过', 'never'],
    ['lead.title_revoked_on', '有，2024年3月1日', '2024-03-01'],
    ['lead.title_revoked_on', '2024年3月', '>=2024-03-01 <=2024-03-31'],
    ['consortium.agreement_signed', '都签好了', true],
    ['consortium.agreement_signed', '签了一部分', false],
    ['consortium.agreement_signed', '还在谈', false],
    ['consortium.name', '就叫泉州市石墨烯创新联合体', '泉州市石墨烯创新联合体'],
    ['consortium.name', '石墨烯联盟', '石墨烯联盟'],
    ['consortium.local_members', '本地有5家', 5],
    ['backbone.revenue_last_year', '营收1.2亿', '120000000'],
    ['backbone.high_tech', '是高新', true],
    ['backbone.rd_ratio_3y', '研发占比6%', '6'],
    ['member.kind', '公司', 'enterprise'],
    ['member.core_layer', '外围', false],
    ['member.core_layer', '核心层', true],
    ['member.title_revoked_on', '没被取消过', 'never'],
    ['talent.national', '没有', 0],
    ['talent.core_members', '12个人', 12],
    ['lead.city', '都不在', 'other'],
    ['lead.city', '不在这四个城市', 'other'],
    ['lead.high_tech', '2022年认定的', true],
    ['lead.high_tech', '对对对', true],
    ['lead.consortia_already_led', '第一次', 0],
    ['lead.revenue_last_year', '0', '0'],
    ['consortium.name', '叫“泉州市AI创新联合体”', '泉州市AI创新联合体'],
  ])('to %s, “%s”', (fact, words, value) => {
    expect(told(interview.reply(askedFor(fact), words).events)).toEqual({ [fact]: value });
  });

  test.each<[string, string, string]>([
    ['lead.revenue_last_year', '1.8', 'unit'],
    ['lead.revenue_last_year', '180000000', 'unit'],
    ['lead.revenue_last_year', '还行吧', 'nothing'],
    ['lead.rd_spend_avg_3y', '1800万、2200万、2600万', 'several'],
    ['lead.rd_spend_avg_3y', '第一年1800万', 'several'],
    ['lead.title_revoked_on', '有', 'which-day'],
    ['lead.city', '有', 'nothing'],
    ['lead.platform_level', '有', 'nothing'],
  ])('to %s, “%s” is not guessed (%s) and the question stays', (fact, words, fault) => {
    const state = askedFor(fact);
    const step = interview.reply(state, words);
    expect(step.events).toEqual([{ kind: 'unread', said: words, asking: fact, fault }]);
    expect(step.state).toEqual(state);
    expect(step.view).toMatchObject({ kind: 'question', fact });
  });

  test.each(['不清楚', '不知道', '这个要问财务', '没算过', '说不好', '我不太清楚'])(
    '“%s” keeps the fact unknown, and it is not asked again',
    (words) => {
      let step = interview.reply(askedFor('lead.revenue_last_year'), words);
      expect(step.events).toEqual([{ kind: 'unsure', fact: 'lead.revenue_last_year' }]);
      for (let i = 0; step.view?.kind === 'question' && i < 60; i++) {
        expect(step.view.fact).not.toBe('lead.revenue_last_year');
        step = interview.reply(step.state, '不清楚');
      }
      expect(step.view?.kind).toBe('settled');
      expect(step.state!.facts).not.toHaveProperty(['lead.revenue_last_year']);
    },
  );

  test.each<[string, string, Record<string, unknown>]>([
    [
      'lead.revenue_last_year',
      '去年1.8亿，研发占6%，高新',
      { 'lead.revenue_last_year': '180000000', 'lead.rd_ratio_3y': '6', 'lead.high_tech': true },
    ],
    [
      'lead.kind',
      '企业，在泉州注册，营收2.5亿，研发人员30人',
      {
        'lead.kind': 'enterprise',
        'lead.city': 'quanzhou',
        'lead.revenue_last_year': '250000000',
        'lead.rd_staff': 30,
      },
    ],
    [
      'lead.legal_person',
      '是。有省级重点实验室',
      { 'lead.legal_person': true, 'lead.platform_level': 'provincial' },
    ],
    [
      'lead.rd_spend_avg_3y',
      '23年1800万，24年2200万，25年2600万',
      { 'lead.rd_spend_by_year': { 2023: '18000000', 2024: '22000000', 2025: '26000000' } },
    ],
    [
      'lead.rd_spend_avg_3y',
      '23年到25年分别是1800万、2200万、2600万',
      { 'lead.rd_spend_by_year': { 2023: '18000000', 2024: '22000000', 2025: '26000000' } },
    ],
    [
      'consortium.units_total',
      '9家单位，企业5家，协议签了，首席科学家还没聘',
      {
        'consortium.units_total': 9,
        'consortium.enterprises': 5,
        'consortium.agreement_signed': true,
        'consortium.chief_scientist': false,
      },
    ],
    [
      'consortium.name',
      '方案写好了，承诺书也交了，名字叫厦门市新能源创新联合体',
      {
        'consortium.plan_written': true,
        'consortium.integrity_pledge': true,
        'consortium.name': '厦门市新能源创新联合体',
      },
    ],
    [
      'consortium.name',
      '我们方案写好了，章程有了',
      { 'consortium.plan_written': true, 'consortium.charter': true },
    ],
    ['lead.kind', '营收大概5.2亿', { 'lead.revenue_last_year': '>468000000 <572000000' }],
    ['lead.kind', '企业，研发人员20来个', { 'lead.kind': 'enterprise', 'lead.rd_staff': '>=18 <=22' }],
    ['lead.kind', '三甲', { 'lead.kind': 'hospital', 'lead.tier_3a': true }],
    ['lead.kind', '三甲医院', { 'lead.kind': 'hospital', 'lead.tier_3a': true }],
    ['lead.city', '高新是，专精特新不是', { 'lead.high_tech': true, 'lead.srdi': false }],
  ])('to %s, “%s”: everything told is taken', (fact, words, facts) => {
    expect(told(interview.reply(askedFor(fact), words).events)).toEqual(facts);
  });

  test('an answer and a question in one message are both heard', () => {
    const step = interview.reply(askedFor('lead.revenue_last_year'), '2.1亿。研发投入包括哪些？');
    expect(step.state!.facts).toEqual({ 'lead.revenue_last_year': '210000000' });
    expect(step.events.at(-1)).toEqual({ kind: 'elsewhere', question: '研发投入包括哪些?' });
  });

  test.each([
    '厦门营收要求多少？',
    '泉州备案要交什么材料',
    '高新怎么认定',
    '要是营收有3亿呢',
    '什么是创新联合体',
    '营收要2亿吗',
    '你好',
  ])('“%s” is no answer: it is for the assistant, and nothing changes', (words) => {
    const state = askedFor('lead.city');
    const step = interview.reply(state, words);
    expect(step.events.map((e) => e.kind)).toEqual(['elsewhere']);
    expect(step.state).toEqual(state);
  });
});

describe('correcting', () => {
  const facts = { 'lead.kind': 'enterprise', 'lead.revenue_last_year': '180000000', 'lead.high_tech': true };
  test.each<[string, Record<string, unknown>]>([
    ['改一下营收 1.9亿', { 'lead.revenue_last_year': '190000000' }],
    ['营收改成1.9亿', { 'lead.revenue_last_year': '190000000' }],
    ['营收说错了，是1.9亿', { 'lead.revenue_last_year': '190000000' }],
    ['把营收改为1.9亿', { 'lead.revenue_last_year': '190000000' }],
    ['高新改成不是', { 'lead.high_tech': false }],
    ['更正：我们不是高新', { 'lead.high_tech': false }],
    ['我们是高校', { 'lead.kind': 'university' }],
  ])('“%s” changes that answer and keeps the others', (words, changed) => {
    const step = interview.reply(askedFor('lead.title_revoked_on', facts), words);
    expect(step.state!.facts).toEqual({ ...facts, ...changed });
    expect(told(step.events)).toEqual(changed);
  });

  test.each(['什么意思？', '这个是什么意思', '没看懂', '这指的是什么', '能解释一下吗？', '为什么问这个？'])(
    '“%s” is told why the question is asked, and the question stays',
    (words) => {
      const state = askedFor('lead.main_site_city');
      const step = interview.reply(state, words);
      expect(step.events).toEqual([{ kind: 'why', fact: 'lead.main_site_city' }]);
      expect(step.state).toEqual(state);
    },
  );

  test('a vague number settles no condition that it lies at, and is asked for again', () => {
    const begun = interview.start({ subject: 'talent-consortium', asOf: AS_OF });
    const facts = { 'talent.national': 2, 'talent.city_b_or_above': 5 };
    const step = interview.reply({ ...begun.state!, facts, asking: 'talent.core_members' }, '10来个');
    expect(step.view).toMatchObject({ kind: 'question', fact: 'talent.core_members', reason: 'vague' });
    const exact = interview.reply(step.state, '10个');
    expect(exact.view).toMatchObject({ kind: 'settled', verdicts: [{ outcome: 'eligible' }] });
  });

  test('“改一下营收” asks for it again; “不变” keeps it', () => {
    const state = askedFor('lead.title_revoked_on', facts);
    const step = interview.reply(state, '改一下营收');
    expect(step.view).toMatchObject({ kind: 'question', fact: 'lead.revenue_last_year', known: '180000000' });
    const kept = interview.reply(step.state, '不变');
    expect(kept.state!.facts).toEqual(facts);
    expect(kept.view).not.toMatchObject({ fact: 'lead.revenue_last_year' });
  });

  test('a figure without a name does not replace another answer', () => {
    const state = askedFor('lead.title_revoked_on', { ...facts, 'lead.rd_staff': 30 });
    expect(interview.reply(state, '0个').state!.facts).toEqual(state.facts);
  });

  test('an answer that had settled the outcome, corrected, opens it again', () => {
    const settled = interview.start({
      subject: 'lead',
      policies: ['qingdao-2025'],
      facts: { 'lead.city': 'xiamen' },
    });
    expect(settled.view?.kind).toBe('settled');
    const step = interview.reply(settled.state, '注册地改成青岛');
    expect(step.view?.kind).toBe('question');
  });
});

describe('moving about', () => {
  const begin = (subject: Subject = 'lead', policies = ['quanzhou-2026']): Step =>
    interview.start({ subject, policies, asOf: AS_OF });
  const fact = (step: Step) => (step.view?.kind === 'question' ? step.view.fact : step.view?.kind);

  test('“上一题” asks the one before again with its answer kept, and “上一题改成…” corrects it', () => {
    const first = begin();
    const second = interview.reply(first.state, '泉州');
    const back = interview.reply(second.state, '上一题');
    expect(back.view).toMatchObject({
      kind: 'question',
      fact: fact(first),
      reason: 'back',
      known: 'quanzhou',
    });
    expect(back.state!.facts).toEqual(second.state!.facts);
    expect(fact(interview.reply(back.state, '不变'))).toBe(fact(second));
    expect(interview.reply(second.state, '上一题 厦门').state!.facts).toEqual({ 'lead.city': 'xiamen' });
    expect(interview.reply(first.state, '上一题').events).toEqual([{ kind: 'nothing-before' }]);
  });

  test('“跳过” puts a question off until nothing else is left, then it is asked once more', () => {
    let step = begin('talent-consortium', ['xiamen-2025']);
    const first = fact(step);
    step = interview.reply(step.state, '跳过');
    expect(fact(step)).not.toBe(first);
    step = interview.reply(step.state, '20名');
    step = interview.reply(step.state, '20名');
    expect(fact(step)).toBe(first);
    step = interview.reply(step.state, '跳过');
    expect(step.view?.kind).toBe('settled');
  });

  test('a bound is enough where it settles; else the exact figure is asked for once', () => {
    const facts = {
      'lead.kind': 'enterprise',
      'lead.main_site_city': 'xiamen',
      'lead.rd_spend_avg_3y': '100万',
    };
    const state = {
      ...interview.start({ subject: 'lead', policies: ['xiamen-2025'], facts, asOf: AS_OF }).state!,
      asking: 'lead.rd_ratio_3y',
    };
    const enough = interview.reply(state, '超过4%');
    expect(enough.view).not.toMatchObject({ fact: 'lead.rd_ratio_3y' });
    let step = interview.reply(state, '不到5%');
    let again = 0;
    for (let i = 0; step.view?.kind === 'question' && i < 30; i++) {
      if (step.view.fact === 'lead.rd_ratio_3y') {
        expect(step.view.reason).toBe('vague');
        again++;
        step = interview.reply(step.state, '不到5%');
      } else step = interview.reply(step.state, '不清楚');
    }
    expect(again).toBe(1);
    expect(step.state!.facts['lead.rd_ratio_3y']).toBe('<5');
  });

  test('who gave the figures of each year is not asked for the mean or the ratio', () => {
    const facts = {
      'lead.kind': 'enterprise',
      'lead.city': 'quanzhou',
      'lead.rd_spend_by_year': { 2023: '1000万', 2024: '1000万', 2025: '1000万' },
    };
    let step = interview.start({ subject: 'lead', policies: ['quanzhou-2026'], facts, asOf: AS_OF });
    const asked: string[] = [];
    for (let i = 0; step.view?.kind === 'question' && i < 30; i++) {
      asked.push(step.view.fact);
      step = interview.reply(step.state, step.view.fact === 'lead.sales_by_year' ? '不清楚' : '是');
      if (step.events.some((e) => e.kind === 'unread')) step = interview.reply(step.state, '不清楚');
    }
    expect(asked).toContain('lead.sales_by_year');
    expect(asked).not.toContain('lead.rd_spend_avg_3y');
  });

  test('figures that contradict each other are asked about, and neither is used while that stays open', () => {
    const facts = {
      'lead.kind': 'enterprise',
      'lead.rd_spend_avg_3y': '5000万',
      'lead.rd_spend_by_year': { 2023: '1000万', 2024: '1000万', 2025: '1000万' },
    };
    const state = { ...interview.start({ subject: 'lead', policies: ['quanzhou-2026'], facts }).state! };
    const step = interview.reply({ ...state, asking: 'lead.rd_spend_avg_3y' }, '为什么');
    expect(step.view).toMatchObject({ reason: 'conflict' });
    expect(interview.reply(step.state, '1000万').view).not.toMatchObject({ fact: 'lead.rd_spend_avg_3y' });
  });

  test('settled, it offers the full picture, and says how much is open', () => {
    const facts = { 'lead.kind': 'enterprise', 'lead.city': 'wenzhou' };
    const settled = interview.start({ subject: 'lead', policies: ['quanzhou-2026'], facts, asOf: AS_OF });
    expect(settled.view).toMatchObject({ kind: 'settled', progress: { canMatter: 0 } });
    const open = settled.view?.kind === 'settled' ? settled.view.open.length : 0;
    expect(open).toBeGreaterThan(5);
    let step = interview.reply(settled.state, '继续');
    let questions = 0;
    while (step.view?.kind === 'question' && questions < 40) {
      questions++;
      step = interview.reply(step.state, '不清楚');
    }
    expect(step.view).toMatchObject({ kind: 'settled', open: [] });
    expect(questions).toBeLessThanOrEqual(open);
  });

  test('cities may be added or changed on the way, and every answer stays', () => {
    const step = interview.reply(begin().state, '泉州');
    const more = interview.reply(step.state, '加上厦门和温州');
    expect(more.state!.policies).toEqual(['quanzhou-2026', 'xiamen-2025', 'wenzhou-draft']);
    expect(more.state!.facts).toEqual({ 'lead.city': 'quanzhou' });
    const choose = interview.reply(more.state, '换城市');
    expect(choose.view?.kind).toBe('choose-policies');
    expect(interview.reply(choose.state, '全部').state!.policies).toEqual(ALL);
  });

  test('subject, cities and facts in the first message are all heard', () => {
    const step = interview.reply(interview.start().state, '我们是厦门的企业，营收3亿，想牵头');
    expect(step.state).toMatchObject({
      subject: 'lead',
      policies: ['xiamen-2025'],
      facts: { 'lead.city': 'xiamen', 'lead.kind': 'enterprise', 'lead.revenue_last_year': '300000000' },
    });
  });

  test.each<[string, string[], Record<string, unknown>]>([
    ['医院在厦门，想牵头', ['xiamen-2025'], { 'lead.kind': 'hospital' }],
    ['厦门牵头', ['xiamen-2025'], {}],
    ['能牵头吗', [], {}],
  ])('“%s” chooses the subject, and what else it tells is kept', (words, policies, facts) => {
    const step = interview.reply(interview.start({ asOf: AS_OF }).state, words);
    expect(step.state).toMatchObject({ subject: 'lead', policies, facts });
  });

  test('a question of policy where the subject is asked for chooses nothing', () => {
    const step = interview.reply(interview.start({ asOf: AS_OF }).state, '温州牵头要研发强度多少？');
    expect(step.state!.subject).toBeNull();
    expect(step.events).toEqual([{ kind: 'elsewhere', question: '温州牵头要研发强度多少?' }]);
  });

  test('leaving ends it, starting over forgets everything', () => {
    const step = interview.reply(begin().state, '泉州');
    expect(interview.reply(step.state, '退出')).toEqual({
      state: null,
      events: [{ kind: 'left' }],
      view: null,
    });
    const fresh = interview.reply(step.state, '重来');
    expect(fresh.state!.facts).toEqual({});
    expect(fresh.view?.kind).toBe('choose-subject');
  });
});

describe('choosing by words', () => {
  const words: Record<Subject, string[]> = {
    lead: ['牵头', '我想牵头', '我们能不能牵头'],
    consortium: ['联合体', '拟建联合体', '看看我们的联合体'],
    member: ['参加', '想加入', '当成员'],
    'talent-consortium': ['人才攻关联合体', '人才攻关'],
  };
  const names = Object.fromEntries(world.library.policies.map((p) => [p.meta.id, p.meta.cityName]));

  test.each(Object.entries(words))('%s: %j, then any cities', (subject, ways) => {
    for (const way of ways) {
      const step = interview.reply(interview.start({ asOf: AS_OF }).state, way);
      expect([way, step.state!.subject]).toEqual([way, subject]);
      if (step.view?.kind !== 'choose-policies') continue;
      const offered = step.view.choices.map((c) => c.policy);
      for (let set = 1; set < 1 << offered.length; set++) {
        const chosen = offered.filter((_, i) => set & (1 << i));
        for (const said of [
          chosen.map((id) => names[id]).join('和'),
          chosen.map((id) => names[id]).join('、'),
        ]) {
          const next = interview.reply(step.state, said);
          expect([said, next.state!.policies]).toEqual([said, chosen]);
          expect(next.view?.kind).toMatch(/question|settled/);
        }
      }
      expect(interview.reply(step.state, '全部').state!.policies).toEqual(offered);
    }
  });

  test('another subject or city may be asked about once the outcome is settled, with every answer kept', () => {
    const facts = { 'lead.kind': 'enterprise', 'lead.city': 'wenzhou' };
    const settled = interview.start({ subject: 'lead', policies: ['quanzhou-2026'], facts, asOf: AS_OF });
    const other = interview.reply(settled.state, '评估联合体');
    expect(other.state).toMatchObject({ subject: 'consortium', policies: ['quanzhou-2026'], facts });
    const more = interview.reply(settled.state, '那温州呢');
    expect(more.state!.policies).toEqual(['quanzhou-2026', 'wenzhou-draft']);
  });
});

test('four cities at once cost few more questions than the hardest one alone', () => {
  const answers: Record<string, string> = {
    'lead.kind': '企业',
    'lead.revenue_last_year': '6亿',
    'lead.rd_spend_avg_3y': '3000万',
    'lead.platform_level': '国家级',
    'lead.title_revoked_on': '没有',
    'lead.consortia_already_led': '0',
    'lead.rd_staff': '30',
    'lead.main_site_city': '厦门',
    'lead.city': '泉州',
  };
  const count = (policies: string[]): number => {
    let step = interview.start({ subject: 'lead', policies, asOf: AS_OF });
    let questions = 0;
    while (step.view?.kind === 'question') {
      questions++;
      expect(questions).toBeLessThan(40);
      step = interview.reply(step.state, answers[step.view.fact] ?? '是');
      expect(step.events.map((e) => e.kind)).toEqual(['took']);
    }
    expect(world.vocabulary.specs.length).toBeGreaterThan(questions);
    return questions;
  };
  const alone = ALL.map((p) => count([p]));
  expect(count(ALL)).toBeLessThanOrEqual(Math.max(...alone) + 5);
  expect(count(ALL)).toBeLessThan(alone.reduce((a, b) => a + b, 0));
});
