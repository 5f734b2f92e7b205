import { describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import { loadWorld } from '../../src/assistant/world.js';

const assistant = new OfflineAssistant(loadWorld(KNOWLEDGE));
const ask = (question: string) => assistant.ask({ question, asOf: '2026-11-21' });

describe('what is asked of a thing', () => {
  it.each([
    ['青岛的组建协议里必须写明哪些事', '违约责任'],
    ['青岛首席专家要什么样的人', '学术造诣高'],
    ['青岛对当成员的高校院所咋要求', '研究团队'],
    ['温州成员单位要求什么样的', '研发和技术配套能力'],
    ['厦门的章程里都得有啥', '决策议事机构'],
    ['青岛联合体的“头儿”怎么产生', '选聘'],
    ['泉州申请书总共带几个附件，都是什么', '评价指标体系'],
    ['泉州成员想换一批，手续咋走', '补充协议'],
  ])('%s: what it holds or is like, not that it is demanded', async (question, words) => {
    const { blocks } = await ask(question);
    const [first] = blocks.filter((b) => b.kind === 'lead');
    expect(first && 'text' in first ? first.text : '').toContain(words);
  });

  it.each([
    ['厦门平台要什么级别的', '市级及以上'],
    ['青岛联合体单位数量有什么要求', '3家'],
  ])('%s: a level or a number is still told', async (question, words) => {
    expect((await ask(question)).text).toContain(words);
  });
});

describe('how many units there must be', () => {
  it.each([
    ['厦门：企业几个，别的单位几个，加起来又是几个', ['7个', '5个', '2个']],
    ['厦门凑一个联合体最少几家，企业得占几家', ['7个', '5个']],
    ['温州要几家一起报啊', ['6个']],
    ['青岛至少找几家合伙', ['3家', '2家']],
  ])('%s: as many numbers as are asked for', async (question, figures) => {
    const { text } = await ask(question);
    for (const figure of figures) expect(text).toContain(figure);
  });

  it('how many there are of a thing is no level that is demanded', async () => {
    expect((await ask('泉州企业技术中心几家')).text).toContain('227家');
    expect((await ask('泉州要什么样的平台')).text).toContain('省部级');
  });

  it('how many are to be built is not how many must join', async () => {
    expect((await ask('温州总共要几家')).text).not.toContain('200项');
    expect((await ask('青岛计划搞几家')).text).toContain('20个左右');
  });
});
