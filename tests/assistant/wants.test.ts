import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import { loadWants } from '../../src/assistant/wants.js';
import { loadWorld } from '../../src/assistant/world.js';
import { tempFolder } from '../support/folders.js';

const assistant = new OfflineAssistant(loadWorld(KNOWLEDGE));
const ask = (question: string, ...before: string[]) =>
  assistant.ask({
    question,
    asOf: '2026-11-21',
    history: before.map((text) => ({ role: 'user' as const, text })),
  });

describe('an answer holds what is asked for, or it is said not to be told', () => {
  // The second asks of the same thing what the document does not tell.
  it.each([
    ['厦门年报几月几号前交', '厦门考核优秀那100万，大概几月份能打到账上'],
    ['泉州可以委托第三方机构来组织评审吗', '泉州委托的第三方评审机构叫什么名字'],
    ['制鞋联盟参与制定了多少项标准', '制鞋联盟制定的那些标准，标准号能列一下么'],
    ['泉州市级以上企业技术中心多少家', '那227家企业技术中心里，晋江占了几家'],
    ['温州供需一键匹配靠哪个平台', '泉州异地研发孵化补助在哪个系统填报'],
    ['拿到一项发明专利，泉州评价体系给多少分', '泉州评价表里发一篇SCI论文加几分'],
    ['青岛到2028年要建多少个', '青岛到2030年要建几个'],
    ['温州企业在成员里要占几成', '温州成员里高校占比要多少'],
    ['厦门连续几次不合格会撤销', '厦门成员增减一年最多几次'],
    ['温州联合体报市里的项目，在研项目数量限制豁免吗', '青岛进了联合体，市科技计划限项能豁免吗'],
    ['厦门首席科学家由谁担任', '一个教授能同时在厦门两个联合体里当首席科学家吗'],
    ['厦门优秀奖励给谁', '厦门100万的优秀奖励，可以直接发给科研人员个人吗'],
  ])('%s is told; %s is not', async (told, untold) => {
    expect((await ask(told)).answered).toBe(true);
    const answer = await ask(untold);
    expect(answer.answered).toBe(false);
    expect(answer.text).toMatch(/没有(写|提到|列)|不能替你猜/u);
  });

  it('names what is missing and the nearest thing that is told', async () => {
    const { text } = await ask('泉州评价表里发一篇SCI论文加几分');
    expect(text.split('\n')[0]).toContain('论文');
    expect((await ask('厦门考核优秀那100万，大概几月份能打到账上')).text).toContain('100万元');
  });

  it('takes a sentence that says that the day is not written for an answer', async () => {
    expect((await ask('泉州年度总结几月几号截止')).answered).toBe(true);
  });

  it('answers the amount of the level asked for next', async () => {
    const answer = await ask('良好的有多少', '厦门公共技术服务平台考核优秀奖多少');
    expect(answer.text).toContain('100万元');
    expect(answer.answered).toBe(true);
  });

  it.each([
    ['厦门那边考核拿了优秀，牵头的公司一次能拿多少钱？', '100万元'],
    ['东部中心泉州分中心培养了多少人次的科技人才', '132人次'],
  ])('%s is told: %s', async (question, figure) => {
    const answer = await ask(question);
    expect(answer.answered).toBe(true);
    expect(answer.text).toContain(figure);
  });

  it('says of a thing that only another city has whose it is, and leaves a case with one to the rules', async () => {
    const answer = await ask('青岛的省级制造业创新中心可以直接转成创新联合体备案吗');
    expect(answer.answered).toBe(false);
    expect(answer.text).toContain('厦门');
    const other = await ask('温州的一家科研院所，有省级重点实验室，能牵头温州重点产业链创新联合体吗');
    expect(other.verdicts[0]?.outcome).toBe('ineligible');
  });
});

describe('wants.yaml', () => {
  it('says what would be accepted', () => {
    const file = join(tempFolder('wants-'), 'wants.yaml');
    writeFileSync(file, 'types: []\nkinds: [博士]\n');
    expect(() => loadWants(file)).toThrow(/kinds.*lists of words/su);
  });
});
