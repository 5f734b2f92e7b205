import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { loadAspects } from '../../src/assistant/aspects.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import { loadWorld } from '../../src/assistant/world.js';
import { tempFolder } from '../support/folders.js';

const assistant = new OfflineAssistant(loadWorld(KNOWLEDGE));
const ask = (question: string) => assistant.ask({ question, asOf: '2026-11-21' });

describe('what a document of this kind could tell and these do not', () => {
  it.each([
    '厦门联合体最多多少家单位',
    '泉州一家企业可以参加几个联合体',
    '厦门100万奖励怎么分给成员单位',
    '厦门100万奖金能发给个人吗',
    '厦门国家级平台奖励可以和省里的叠加吗',
    '温州联合体章程要多少人同意才通过',
    '厦门首席科学家任期几年',
    '厦门重大科技计划项目执行期几年',
    '泉州协议要签几年',
    '青岛对公示结果有异议找谁',
    '泉州没通过评审可以再报吗',
    '厦门没评上多久后能再申请',
    '温州备案可以网上办理吗',
    '厦门材料能在线提交吗',
    '泉州联合体备案证书有效期',
    '国有企业在青岛牵头有优先吗',
    '厦门评估结果在哪里公布',
    '温州那张备案申请表的编号是多少',
    '泉州先进院有多少员工',
    '西安交大泉州中心投资多少',
    '厦门首席科学家要什么职称',
    '厦门参加评估的联合体去年有几成拿了优秀',
    '泉州申报截止日期是哪天',
    '泉州检查组一般派几个人',
    '青岛共享仪器一天收多少',
    '厦门平台设备有没有价目表',
    '泉州的表盖财务章算数吗',
    '厦门三甲医院领了头，医保结算会不会给高一档',
    '泉州专家拿了津贴，个税能少交点吗',
    '温州找谁举报造假',
    '泉州市长是谁',
    '青岛现场考察来回路费谁出',
  ])('%s: declined', async (question) => {
    const answer = await ask(question);
    expect(answer.answered).toBe(false);
    expect(answer.intent).toBe('out_of_scope');
  });

  // A word that only lies across two others, a thing that only comes up beside what is asked, a longer name.
  it.each([
    '材料直接送到厦门科技局行吗',
    '被人举报造假了，厦门的牌子还保得住吗',
    '温州可以介绍哪些投资机构给我们',
    '温州申请表盖财务章行不行',
    '公司在漳州，跑到厦门租了实验室和办公楼，会看我们哪边的地址',
  ])('%s is answered', async (question) => {
    expect((await ask(question)).answered).toBe(true);
  });

  it('says what is not told, the nearest thing that is with its clause, and whom to ask', async () => {
    const answer = await ask('厦门100万奖励怎么分给成员单位');
    expect(answer.text).toContain('没有写奖励在成员之间怎么分');
    expect(answer.text).toContain('最接近的是（厦门）');
    expect(answer.text).toContain('厦门市科学技术局');
    expect(answer.citations.map((c) => c.clause)).toContain('第十六条');
  });

  // The same words where a document does tell it, or where something else is asked.
  it.each([
    ['厦门原则上最多能牵头几个', '仅限牵头组建一个'],
    ['温州一家企业最多牵头几个', '仅牵头组建一个'],
    ['温州申请表技术领域最多填几项', '三项'],
    ['厦门公共技术平台最多支持多少', '2000万'],
    ['厦门国家省市资助加起来能超过总投入吗', '不超过项目总投入'],
    ['泉州评价里论坛路演一年要办几次', '2场'],
    ['泉州评价里引进高层次人才能加几分', '2分'],
    ['泉州和高校签技术合作协议要签几份，得几分', '2份'],
    ['泉州评价里公共服务平台要建几个', '1个'],
    ['青岛备案有效期几年', '3年'],
    ['青岛备案期满了还能重新申请吗', '重新申请备案'],
    ['泉州企业专职研发人员要多少人', '20人'],
    ['厦门技术咨询机构能不能请外部专家', '外部特聘'],
    ['温州协会能当成员吗', '行业组织'],
    ['温州备案什么时候受理', '常年受理'],
    ['温州申请表要写成员单位所在地吗', '所在地'],
    ['泉州先进院2025年技术合同成交额多少', '5762万'],
    ['答复函里的文号是多少', '泉科函〔2026〕108号'],
    ['青岛的文号是多少', '没有'],
    ['泉州项目带动产业投资多少能得8分', '2000万'],
    ['厦门组建过程中成员要不要出钱', '资金匹配'],
  ])('%s: answered', async (question, words) => {
    const answer = await ask(question);
    expect(answer.answered).toBe(true);
    expect(answer.text).toContain(words);
  });

  it.each([
    ['泉州办法说的限期整改，期限是多长', '整改'],
    ['泉州评估多少分算合格', '多少分算合格'],
    ['厦门评估优秀要多少分', '分数线'],
    ['厦门成员单位要出多少配套资金', '资金匹配'],
    ['温州方案说采取“人才+项目”的方式给予一定的资金奖励，具体多少', '资金奖励'],
  ])('%s: that the document raises it and leaves it open is the answer', async (question, words) => {
    const answer = await ask(question);
    expect(answer.answered).toBe(true);
    expect(answer.text).toContain('没有写');
    expect(answer.text).toContain(words);
  });

  it.each(['青岛公示期多长', '厦门备案前要公示几个工作日'])('%s: no document tells it', async (question) => {
    const answer = await ask(question);
    expect(answer.answered).toBe(false);
    expect(answer.text).toContain('没有写公示的期限');
    expect(answer.citations.map((c) => c.quote).join()).toContain('公示');
  });

  it('what others state and a document leaves open is told to be open', async () => {
    for (const [question, words] of [
      ['青岛几年评估一次', '适时'],
      ['青岛多久评价一次', '适时'],
      ['泉州年度总结最晚哪天交', '没有写'],
      ['泉州评估优秀奖励多少钱', '没有写'],
    ] as const) {
      const answer = await ask(question);
      expect(answer.answered).toBe(true);
      expect(answer.text).toContain(words);
    }
  });

  it('what is asked for is not what shares its words', async () => {
    const { text } = await ask('泉州企业技术中心国家级的有多少');
    expect(text).toContain('14家');
    expect(text).not.toContain('省部级');
    expect((await ask('厦门成员增减怎么办')).text).toContain('补充协议');
    expect((await ask('厦门评估优秀是每年奖150万对吧')).text).toMatch(/^不是150万.*100万元/);
  });

  it('a file that cannot be read says what would be accepted', () => {
    const file = join(tempFolder('aspects'), 'aspects.yaml');
    writeFileSync(file, 'aspects: [{ aspect: 上限 }]\nproperties: { asks: x, words: [y] }\n');
    expect(() => loadAspects(file)).toThrow(/aspects\.yaml.*asks/s);
  });
});
