import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.js';
import type { Turn } from '../../src/assistant/types.js';

const dataDir = mkdtempSync(join(tmpdir(), 'wence-figures-'));
const app = createApp({ dataDir });
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

const ask = (question: string, ...before: string[]) => {
  const history: Turn[] = before.map((text) => ({ role: 'user', text }));
  return app.assistant.ask({ question, asOf: '2026-11-21', history });
};
const first = async (question: string, ...before: string[]) =>
  (await ask(question, ...before)).text.split('\n')[0]!;

describe('what falls short', () => {
  it('one too few is not told as too many', async () => {
    const { text } = await ask('厦门联合体凑了4家企业1所大学，还差多少');
    expect(text).toContain('差1个');
    expect(text).not.toContain('多了');
  });
  it('one too many is not told as one short', async () => {
    const { text } = await ask('我们是泉州集团，有1家子公司也在成员里，行吗');
    expect(text).toContain('多了1家');
    expect(text).not.toContain('差1家');
  });
  it('of an open choice tells what is short on the side that was told', async () => {
    expect(await first('泉州企业年均研发1750万，离线还差多少')).toMatch(/差250万元.*满足其一/);
  });
  it.each([
    ['泉州企业专职研发现在17个人，还得招几个', '3人'],
    ['厦门人才攻关联合体，核心团队8个人，还要加几个', '2名'],
    ['主营收入一亿七千三百万，离泉州的门槛还有多远', '2700万元'],
  ])('%s: %s', async (question, gap) => {
    expect((await ask(question)).text).toContain(gap);
  });
});

describe('two cities’ figures', () => {
  it.each([
    ['泉州厦门门槛差几个亿', '3亿元'],
    ['研发占比要求，厦门比泉州低几个点', '2个百分点'],
    ['泉州和温州研发强度差多少', '1.5个百分点'],
    ['厦门跟温州成员数差几家', '1个'],
  ])('%s: the difference comes first', async (question, gap) => {
    expect(await first(question)).toContain(gap);
  });
  it('keeps 原则上 with the figure that it governs', async () => {
    expect(await first('厦门泉州营收门槛哪边高，高多少')).toMatch(/厦门原则上5亿元/);
  });
  it('of several, tells the order and who states none', async () => {
    expect(await first('哪个市对研发占比要求最低')).toMatch(/泉州.*温州.*厦门.*青岛没有规定/);
  });
});

describe('rows of the score table', () => {
  it.each([
    ['责任体系这一项总共几分，泉州的', /6分/, /100分/],
    ['泉州明确攻关任务这块一共几分', /30分/, /100分/],
    ['附件3里发明专利那条多少分', /6分/, /附件3 原文/],
    ['泉州评分表里攻关任务和成果转化这两大块一共占多少分', /= 60分/, /100分/],
  ])('%s', async (question, right, wrong) => {
    const { text, answered } = await ask(question);
    expect(answered).toBe(true);
    expect(text).toMatch(right);
    expect(text).not.toMatch(wrong);
  });
  it('what was done is scored without listing all that was not told', async () => {
    const { text } = await ask('泉州评分表办了两场路演能拿几分');
    expect(text).toContain('3分');
    expect(text).not.toContain('缺材料');
  });
});

describe('sums, remainders, differences of what a document prints', () => {
  it.each([
    ['厦门评估拿了优秀，又搞出效益显著的新机制，这两笔奖加一块多少', '130万元'],
    ['东部中心泉州分中心服务的主体里，不是企业的有多少家？', '59家'],
    ['制鞋联盟除了牵头的研究院，联合的高校、院所、企业拢共多少家', '49家'],
    ['泉州省级企业技术中心比国家级多多少家', '124家'],
  ])('%s: %s', async (question, figure) => {
    expect(await first(question)).toContain(figure);
  });
});

describe('days counted', () => {
  it.each([
    ['青岛一家牵头单位2025-12-01被拿掉牵头资格，禁到啥时候', '2028年12月1日'],
    ['泉州我们2026年6月10日被摘了称号，什么时候能重新牵头', '2029年6月10日'],
    ['厦门2025年的年报最迟什么时候报', '2026年3月31日'],
    ['厦门的年报，下一次最晚哪天交', '2027年3月31日'],
  ])('%s: %s', async (question, day) => {
    expect(await first(question)).toContain(day);
  });
});

describe('wrong premises', () => {
  it.each([
    ['泉州的办法是2027年底到期吧', /^不是2027年.*2030年12月31日/],
    ['厦门办法有效期5年，没错吧', /^不是5年/],
    ['厦门评优秀给50万吧', /^不是50万.*100万元/],
    ['泉州专职研发至少30人吧', /^不是至少30人.*20人以上/],
    ['禁止期是五年对吗，泉州', /^不是五年/],
    ['国家级创新平台在厦门奖5000万，是分几年给？', /^不是5000万.*3000万元/],
    ['泉州牵头单位要国家级平台才行是吗', /^不是这一级/],
  ])('%s: corrected in the first line', async (question, says) => {
    expect(await first(question)).toMatch(says);
  });
  it('what is only supposed of the rules is not kept as the asker’s', async () => {
    expect((await ask('泉州专职研发至少30人吧')).facts).toEqual({});
    expect((await ask('能不能不签组建协议，厦门')).facts).toEqual({});
  });
});

describe('yes or no, said first', () => {
  it.each([
    ['能不能不签组建协议，厦门', /^不能省/],
    ['厦门能不能同时牵头两个联合体', /^原则上不能/],
    ['泉州非得是高新技术企业不可吗', /^不一定.*或专精特新/],
    ['泉州牵头单位必须是上市公司吗', /没有/],
    ['牵头要多少钱，泉州', /没有写申报、牵头要交费/],
  ])('%s', async (question, says) => {
    expect(await first(question)).toMatch(says);
  });
});

describe('follow-ups that lean', () => {
  it.each([
    ['厦门也这样吗', '泉州企业牵头营收要多少', /原则上要求5亿元/],
    ['厦门也要求吗', '泉州牵头单位专职研发要多少人', /专职研发团队/],
    ['这个数够不够温州的？', '我们近三年研发强度3.2%，厦门够吗', /3\.5%/],
    ['泉州2亿呢', '厦门营收5亿是硬性的吗', /2亿元以上/],
  ])('%s (after %s)', async (question, before, says) => {
    expect((await ask(question, before)).text).toMatch(says);
  });
});
