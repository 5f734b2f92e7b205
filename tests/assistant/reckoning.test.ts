import { describe, expect, it } from 'vitest';
import { daysBetween, monthsBetween } from '../../src/quantity/index.js';
import { ask } from '../support/ask.js';

describe('the time between two days', () => {
  it('counts days and whole months', () => {
    expect(daysBetween('2026-03-24', '2026-05-01')).toBe(38);
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(monthsBetween('2026-11-21', '2030-12-31')).toEqual({ months: 49, days: 10 });
    expect(monthsBetween('2026-01-31', '2026-02-28')).toEqual({ months: 1, days: 0 });
  });

  it.each([
    ['厦门办法从印发到生效隔几天', '31天'],
    ['泉州办法从今天起还能用多少天', '1501天'],
    ['厦门那个管理办法还有多少天到期', '628天'],
    ['泉州办法施行到今天多少天了', '204天'],
    ['厦门年报截止离今天还剩几天', '130天'],
    ['泉州办法还有几个月到期', '49个月零10天'],
    ['泉州办法一共管几个月', '56个月'],
    ['距泉州管理办法失效还有多少周', '214周零3天'],
    ['厦门办法比泉州办法早到期多少天', '873天'],
    ['从2027年1月1日到厦门年报截止还有几天', '89天'],
    ['泉州办法3月24发的 5月1执行 中间给了多久准备', '38天'],
  ])('%s → %s', async (question, span) => {
    const a = await ask(question);
    expect(a.intent).toBe('calculation');
    expect(a.text).toContain(span);
    expect(a.citations.length).toBeGreaterThan(0);
  });

  it('is told beside the day that a term was reckoned to end on', async () => {
    const a = await ask('2025年9月1日厦门把我们取消了，离解禁还有多少天');
    expect(a.text).toContain('2028年9月2日还有651天');
  });

  it('says that an end of a term is computed, and corrects a day that is told wrongly', async () => {
    expect((await ask('厦门办法还剩几天到期')).text).toContain('文件没有直接写这个日期');
    expect((await ask('泉州2026年3月20日印发，到5月1日施行隔了多少天')).text).toMatch(
      /不是2026年3月20日.*38天/u,
    );
  });

  it('says what a document says where it states no such day, and claims nothing of a day that it cannot read', async () => {
    const none = await ask('青岛指引还有多少天到期');
    expect(none.text).toContain('没有写自己的有效期');
    expect((await ask('2027年元旦离泉州办法到期多少天')).text).not.toContain('1501天');
  });

  it('goes on from a question for the day', async () => {
    expect((await ask('那还有几天', ['厦门办法哪天到期'])).text).toContain('628天');
  });

  it('leaves a term that a document prints to its look-up', async () => {
    expect((await ask('青岛备案有效期多久')).text).toContain('3年');
    expect((await ask('厦门几年评估一次')).text).toContain('每3年');
  });
});

describe('figures reckoned from those that are stated', () => {
  it.each([
    ['厦门公共技术平台，建设拿满2000万，后面滚动拿满500万，再评个优秀150万，合起来多少', '2650万元'],
    ['厦门评上优秀加上搞出新机制，加一块儿多少奖励', '130万元'],
    ['厦门国家级平台奖3000万，再加个公共平台建设2000万，两项总额', '5000万元'],
    ['制鞋联盟里高校、院所、企业总共多少家', '49家'],
    ['答复函：市级和国家级技术中心合起来几家', '89家'],
    ['答复函里省级技术中心比市级多几家', '63家'],
    ['厦门平台考核，优秀比良好最多能多拿多少', '50万元'],
    ['异地研发孵化机构补助，最高档和最低档差多少钱', '280万元'],
    ['温州目标比青岛多几个联合体', '10个左右'],
    ['厦门公共平台我们拿到建设支持1600万，离封顶还差几百万', '400万元'],
    ['厦门国家重大项目市里已经配了700万，最多还能再配多少', '300万元'],
    ['答复函里国家级技术中心占市级以上的百分之几', '6.17%'],
    ['制鞋联盟高校和院所加起来占全部成员的百分之几', '20.41%'],
    ['厦门滚动支持上限是建设支持的百分之几', '25%'],
    ['制鞋联盟企业数是高校的几倍', '5.57倍'],
    ['泉州大院大所平均每家服务多少企业', '318.33家'],
  ])('%s → %s', async (question, figure) => {
    const a = await ask(question);
    expect(a.intent).toBe('calculation');
    expect(a.text).toContain(figure);
    expect(a.citations.length).toBeGreaterThan(0);
  });

  it('never adds a whole to its part, nor tells a sum where one of the things is not understood', async () => {
    expect((await ask('泉州市级以上企业技术中心里省级和市级加起来多少')).text).toContain('213家');
    expect((await ask('皮革制鞋研究院联合的高校、院所、企业一共多少家')).text).toContain('49家');
    const two = await ask('1212号建议的答复里，大院大所一共服务了多少家企业，解决多少难题？');
    expect(two.text).not.toContain('合计');
  });

  it('says that a sum of upper limits is one', async () => {
    const a = await ask('厦门平台建设支持跟滚动支持加起来封顶多少');
    expect(a.text).toContain('2500万元');
    expect(a.text).toContain('不是一定能拿到');
  });

  it('leaves what a case, a demand or the national money comes to', async () => {
    expect((await ask('温州：一共6家，市域内3家，企业3家，行吗')).verdicts.length).toBeGreaterThan(0);
    expect((await ask('厦门国家重大项目国拨给了1200万，市里能配多少')).text).toContain('600万元');
    expect((await ask('近三年总销售9亿，按泉州5%那条算，研发一共得花多少')).text).toContain('4500万元');
  });

  it('reckons how many of a number of units a share comes to', async () => {
    for (const [question, least] of [
      ['温州12个单位里企业得有几个', '至少6家'],
      ['温州凑了13家，本地和企业各要多少家', '至少7家'],
    ] as const) {
      const a = await ask(question);
      expect(a.text).toContain(least);
      expect(a.text).toContain('一般');
      expect(a.text).toContain('征求意见稿');
    }
  });
});

describe('the table of scores', () => {
  it.each([
    ['泉州评价表里面，任务凝练比创新性与前瞻性多几分', '10分'],
    ['泉州附件3，专利6分加落地转化，两项加起来', '12分'],
    ['泉州评价表两个产业化指标：专利那项和带动投资那项加起来多少分', '14分'],
    ['附件3里论坛和高层次人才两条一共多少分', '5分'],
    ['泉州附件3五大任务加起来满分几分', '100分'],
    ['泉州评价表产业化成效占满分的百分之多少', '20%'],
    ['合作交流那块占整合创新资源的比重', '50%'],
    ['泉州附件3明确攻关任务里任务凝练占这一项的百分之几（四舍五入到整数）', '67%'],
  ])('%s → %s', async (question, points) => {
    const a = await ask(question);
    expect(a.intent).toBe('calculation');
    expect(a.text).toContain(points);
  });

  it('tells what a row is worth without a running total', async () => {
    const a = await ask('写一份政策建议泉州评价能加几分');
    expect(a.intent).toBe('policy');
    expect(a.text).toContain('3分');
    expect(a.text).not.toContain('最多可到');
  });

  it('says which row was not reached', async () => {
    const a = await ask('签了1份技术合作协议，泉州能得几分');
    expect(a.text).toContain('未得');
    expect(a.verdicts).toEqual([]);
  });
});
