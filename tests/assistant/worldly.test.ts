import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import { loadWorld } from '../../src/assistant/world.js';
import { loadWorldly } from '../../src/assistant/worldly.js';
import { tempFolder } from '../support/folders.js';

const assistant = new OfflineAssistant(loadWorld(KNOWLEDGE));
const ask = (question: string) => assistant.ask({ question, asOf: '2026-11-21' });

describe('a question for the state of the world, which rules do not tell', () => {
  it.each([
    '厦门目前一共有多少家联合体成员单位在册',
    '青岛去年新增了几家创新联合体',
    '温州市科技局局长叫什么名字',
    '泉州上一批评审淘汰了几家',
    '把厦门现有联合体的名单发我一份',
    '青岛全市高新技术企业总数多少',
    '泉州有哪些医院已经加入了联合体',
    '温州下一期供需对接会哪天办',
    '青岛的三甲医院一共多少家',
    '厦门研发投入同比增长了多少',
    '泉州皮革联盟里的39家企业分别是哪些',
    '温州上个月论证会开了几场',
    '泉州这个办法修订过几次',
    '泉州共建单位里最大的是哪家公司',
    '温州专家委员会有哪几位院士',
    '青岛成员企业的平均营收多少',
    '泉州大院大所里博士一共多少个',
    '泉州异地研发孵化机构补助已经发出去几笔',
    '青岛有没有企业因为没交承诺书被退回',
  ])('%s: declined, with the office to ask', async (question) => {
    const answer = await ask(question);
    expect(answer.answered).toBe(false);
    expect(answer.text).toMatch(/咨询/);
  });

  it('says that a document of rules does not record it, with the nearest thing that it does say', async () => {
    const answer = await ask('厦门去年查出几家提供虚假材料的单位');
    expect(answer.text).toContain('没有记载');
    expect(answer.citations.map((c) => c.clause)).toContain('第十七条');
  });

  // The same signs where the letter states the fact, where a plan is asked for, or where a norm is.
  it.each([
    ['2025年以来泉州办了多少场产学研金对接', '场'],
    ['泉州全市市级以上企业技术中心一共多少家', '227家'],
    ['青岛到2028年要建多少个', '20个'],
    ['泉州跟哪些大学共建了技术转移分中心', '浙江大学'],
    ['厦门联合体一共要几家单位', '7个'],
    ['泉州评分表里累计给成员服务要满几次', '5次'],
    ['国家技术转移东部中心泉州分中心服务了多少科创主体', '235家'],
    ['今年泉州评上优秀给多少钱', '没有写'],
    ['温州联合体的主要负责人由谁担任', '法定代表人'],
    ['厦门三甲医院牵头要什么条件，顺便问下三甲医院名单', '三甲医院'],
    ['厦门的公共技术服务平台成绩排第一档和第二档分别赏多少', '150万'],
    ['厦门第十一条核心团队10名的要求是啥', '核心团队'],
  ])('%s is answered', async (question, words) => {
    const answer = await ask(question);
    expect(answer.answered).toBe(true);
    expect(answer.text).toContain(words);
  });
});

describe('what is asked of a thing is told of that thing or not at all', () => {
  it.each([
    '厦门答辩PPT有没有页数限制',
    '青岛参加评审要不要交钱',
    '泉州报送年度总结的邮箱是多少',
    '厦门补充协议的范本去哪里要',
    '厦门市级重点实验室奖多少钱',
    '泉州材料交上去发现填错了，能换页吗',
    '厦门科创增信子基金总规模几个亿',
    '帮我写首关于大海的诗',
    '温州小学学区怎么查',
    '烟台的企业能照着青岛那套报吗，烟台自己的标准是多少',
    '丽水那边有没有类似温州的方案',
  ])('%s: declined', async (question) => expect((await ask(question)).answered).toBe(false));

  it.each([
    ['温州申请表里技术创新目标字数有限制吗', '500字'],
    ['温州对联合体承担市里课题的数量上限有没有松绑', '豁免'],
    ['联合体这摊事在温州归哪个办公室总管', '一体化'],
  ])('%s is answered', async (question, words) => {
    const answer = await ask(question);
    expect(answer.answered).toBe(true);
    expect(answer.text).toContain(words);
  });
});

describe('worldly.yaml', () => {
  const load = (text: string) => {
    const file = join(tempFolder('worldly'), 'worldly.yaml');
    writeFileSync(file, text);
    return loadWorldly(file);
  };

  it('names the field that is wrong and what would be accepted', () => {
    expect(() => load('words: {}\nsigns: [{ sign: 名单 }]\nbeside: x\nmeasures: []')).toThrow(
      /signs\.0\.asks.*\{ sign, asks/,
    );
  });

  it('names a pattern that is not there', () => {
    expect(() =>
      load("words: {}\nsigns: [{ sign: 名单, asks: '{body}', kinds: [] }]\nbeside: x\nmeasures: []"),
    ).toThrow(/\{body\}/);
  });
});
