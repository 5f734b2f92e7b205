import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import { loadWorld } from '../../src/assistant/world.js';
import { loadAsks, loadMentions } from '../../src/knowledge/index.js';
import { readQuantities } from '../../src/quantity/index.js';
import { tempFolder } from '../support/folders.js';

const world = loadWorld(KNOWLEDGE);
const assistant = new OfflineAssistant(world);
const ask = (question: string) => assistant.ask({ question, asOf: '2026-11-21' });
const mentions = world.library.policies.flatMap((policy) =>
  (world.mentions.get(policy.meta.id) ?? []).map((mention) => ({ policy, mention })),
);

describe('a thing that a document names and does not spell out', () => {
  const silentOnMoney = mentions.filter(({ mention }) => !mention.tells.includes('amount'));

  it.each(
    silentOnMoney.map(
      ({ policy, mention }) => [policy.meta.cityName, mention.names[0]!, policy, mention] as const,
    ),
  )('%s %s: no amount is told, and no figure is put in its place', async (city, name, _policy, mention) => {
    const answer = await ask(`${city}${name.replaceAll(/[“”]/g, '')}给多少钱`);
    expect(answer.answered).toBe(false);
    const own = readQuantities(`${mention.quote}${name}`).map((q) => q.value);
    const shown = readQuantities(answer.blocks.map((b) => ('text' in b ? b.text : '')).join('\n'));
    const money = shown.filter((q) => q.unit === 'CNY' && !own.includes(q.value));
    expect(money).toEqual([]);
  });

  it.each([
    ['青岛“10+1”里的1指什么产业', '青岛', '二'],
    ['温州5+5+N的N都包括啥', '温州', '二'],
    ['泉州四个倍增到底是哪四个', '泉州', '引言'],
    ['厦门创新联合体组建申请表要填哪些栏目', '厦门', '第八条'],
    ['青岛承诺书的模板发我一份', '青岛', '七（四）'],
  ])(
    '%s: what is said of it is shown with its clause, and that the rest is not there',
    async (question, city, clause) => {
      const answer = await ask(question);
      expect(answer.answered).toBe(false);
      expect(answer.intent).toBe('out_of_scope');
      expect(answer.text).toContain(city);
      expect(answer.citations.map((c) => c.clause)).toContain(clause);
    },
  );

  it.each([
    ['厦门双百计划特聘岗位有几个', '1个'],
    ['厦门国家重点研发计划配套最高多少', '1000万'],
    ['泉州大院大所引建了多少家', '30家'],
    ['青岛诚信承诺书要承诺什么内容', '真实'],
  ])('%s: what the document does tell of it is told', async (question, words) => {
    const answer = await ask(question);
    expect(answer.answered).toBe(true);
    expect(answer.text).toContain(words);
  });

  it('asked of a city whose document does not name it is said to be another’s', async () => {
    const answer = await ask('青岛人才攻关联合体要几个国家级人才');
    expect(answer.answered).toBe(false);
    expect(answer.text).toContain('厦门');
    expect(answer.text).not.toMatch(/20个/);
  });
});

describe('what no document can tell', () => {
  it.each(['明年厦门5亿这条线会不会往下降', '以后泉州的门槛会放宽吗', '温州30个里面现在建成几个了'])(
    '%s',
    async (question) => {
      expect((await ask(question)).answered).toBe(false);
    },
  );

  it.each(['厦科创〔2023〕4号里牵头企业收入要求是多少', '厦门以前那个老指引，优秀的给多少奖'])(
    '%s: a repealed document is not answered with the figures of the one in force',
    async (question) => {
      const answer = await ask(question);
      expect(answer.answered).toBe(false);
      expect(
        readQuantities(answer.blocks.map((b) => ('text' in b ? b.text : '')).join('')).filter(
          (q) => q.unit === 'CNY',
        ),
      ).toEqual([]);
    },
  );

  it('but whether it still counts is answered', async () => {
    const answer = await ask('厦门老指引还能用吗');
    expect(answer.answered).toBe(true);
    expect(answer.text).toContain('废止');
  });

  it('a figure put forward on a matter that a document is silent on is not confirmed', async () => {
    const answer = await ask('温州年报是不是3月31号前交');
    expect(answer.answered).toBe(false);
  });
});

describe('what lies beside the documents', () => {
  it.each([
    ['a year that a statistic is not of', '泉州先进院2024年的技术合同成交额是多少'],
    ['a city that is not held, even beside one that is', '深圳和厦门的创新联合体比较，哪个营收要求高'],
    ['what the bureau spent', '厦门去年给创新联合体一共发了多少奖励资金'],
    ['why a figure was chosen', '泉州当初为什么把营收门槛定在2亿而不是1亿'],
    ['an opinion', '你个人觉得青岛和温州哪个更容易批下来'],
    ['the telephone for another bureau’s matter', '我家楼上半夜施工，打哪个电话投诉噪音'],
  ])('%s is not answered with something near', async (_what, question) => {
    expect((await ask(question)).answered).toBe(false);
  });

  it('a question about the table of scores is not taken for one about conditions', async () => {
    const answer = await ask('泉州评价指标里中试熟化和示范应用那项销售收入要过多少万、给几分');
    expect(answer.text).toContain('5分');
    expect(answer.text).not.toContain('2亿元');
  });
});

describe('a pack’s mentions and ways of asking', () => {
  const file = (text: string) => {
    const path = join(tempFolder('test'), 'x.yaml');
    writeFileSync(path, text);
    return path;
  };
  const policy = world.library.policies[0]!;

  it('a quote that is not in the document is refused with file and line', () => {
    const { clause } = world.entries.get(policy.meta.id)![0]!.at[0]!;
    const path = file(`- { names: [某计划], clause: ${clause}, quote: 文件里没有的话 }\n`);
    expect(() => loadMentions(path, policy)).toThrow(/x\.yaml:1.*原文“.*”不在/s);
  });

  it('an unknown clause or kind of detail is refused', () => {
    expect(() => loadMentions(file('- { names: [某计划], clause: 九十九, quote: 无 }\n'), policy)).toThrow(
      /没有条款/,
    );
    expect(() =>
      loadMentions(file('- { names: [某计划], clause: 一, quote: 无, tells: [price] }\n'), policy),
    ).toThrow(/tells/);
  });

  it('a way of asking for an entry that does not exist is refused', () => {
    expect(() => loadAsks(file('nothing: [怎么办]\n'), new Set(['some']))).toThrow(/没有编号“nothing”/);
  });
});
