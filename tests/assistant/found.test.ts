import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../src/app.js';

const app = createApp({ dataDir: mkdtempSync(join(tmpdir(), 'wence-found-')) });
const found = async (question: string): Promise<string[]> =>
  (await app.desk.search(question, 5)).hits.map((h) => `${h.policy} ${h.clause}`);

describe('a clause named by its label, however it is written', () => {
  it.each([
    ['厦门 第6条 2款 第3项 写的啥', 'xiamen-2025 第六条（二）3'],
    ['厦门§12 之(八)', 'xiamen-2025 第十二条（八）'],
    ['青岛指引 五-(六) 全文', 'qingdao-2025 五（六）'],
    ['泉科函〔2026〕108号 二之（三）说了什么', 'quanzhou-reply-108 二（三）'],
    ['Xiamen art. 18 原文', 'xiamen-2025 第十八条'],
    ['青岛那个7.3是怎么写的', 'qingdao-2025 七（三）'],
    ['青岛 三条二款 写啥', 'qingdao-2025 三（二）'],
    ['泉州附件二第一条讲什么', 'quanzhou-2026 附件2 一'],
  ])('%s is shown and found', async (question, clause) => {
    const answer = await app.assistant.ask({ question, asOf: '2026-11-21' });
    expect(answer.citations.map((c) => `${c.policy} ${c.clause}`)).toContain(clause);
    expect(await found(question)).toContain(clause);
  });

  it.each(['厦门企业7.3亿营收能牵头吗', '青岛研发投入占3.5%行不行'])(
    '%s names no clause',
    async (question) => {
      const answer = await app.assistant.ask({ question, asOf: '2026-11-21' });
      expect(answer.text).not.toContain('原文：');
    },
  );
});

describe('search finds what an answer would cite', () => {
  it('the clause that decides a case told in other words', async () => {
    expect(
      await found('厦门科技型企业，营收8亿，研发均值4000万，省级平台，已经牵头了一个联合体，还能再牵头吗'),
    ).toContain('xiamen-2025 第六条（二）4');
  });

  it('keeps the best match by words first, and no clause twice', async () => {
    const { hits } = await app.desk.search('厦门年报', 10);
    expect(hits[0]!.clause).toBe('第十四条');
    expect(new Set(hits.map((h) => `${h.policy} ${h.clause}`)).size).toBe(hits.length);
    expect(hits.every((h, i) => i === 0 || h.score <= hits[i - 1]!.score)).toBe(true);
  });
});

describe('a question of which the best match speaks of little', () => {
  it.each([
    ['厦门挑头公司的办公室要在本地吗', 'xiamen-2025 第六条（二）1'],
    ['厦门谁来决定团里往哪个技术方向走', 'xiamen-2025 第七条（一）'],
  ])('%s: what ranks beside it is told too, and called so', async (question, clause) => {
    const answer = await app.assistant.ask({ question, asOf: '2026-11-21' });
    expect(answer.citations.map((c) => `${c.policy} ${c.clause}`)).toContain(clause);
  });

  it('a plain question is answered alone', async () => {
    const answer = await app.assistant.ask({ question: '厦门评估优秀奖励多少', asOf: '2026-11-21' });
    expect(answer.text).not.toContain('也可能是问');
  });
});

describe('what is answered, though a word of it belongs elsewhere', () => {
  it.each([
    ['泉州隔多久来一次“体检”，最看重啥？', '3年'],
    ['身上已经背着几个市里的课题，温州还让不让接着报', '豁免'],
    ['在青岛批下来以后能管多久，到头了还能续不', '3年'],
    ['泉州联合体可以用哪些金融支持，科技贷可以申请吗', '科技贷'],
    ['我们想把货卖到国外，温州有没有人教规矩、帮忙摆摊位', '海外合规指导'],
  ])('%s', async (question, figure) => {
    const answer = await app.assistant.ask({ question, asOf: '2026-11-21' });
    expect(answer.answered).toBe(true);
    expect(answer.text).toContain(figure);
  });

  it.each(['青岛落户积分怎么算', '温州现在备案了几个'])('%s is still declined', async (question) => {
    expect((await app.assistant.ask({ question, asOf: '2026-11-21' })).answered).toBe(false);
  });
});

describe('near what is told, and not told', () => {
  it.each([
    '青岛要几个院士才行',
    '厦门良好等级评估奖多少',
    '厦门核心层最少几家',
    '厦门秘书处设在哪',
    '厦门被撤销后要不要退100万',
    '温州收回的钱多少天内退',
    '泉州外国机构参加要不要审批',
    '泉州通报表扬会不会上报纸',
    '温州能不能两家一起挑头',
  ])('%s is declined', async (question) => {
    expect((await app.assistant.ask({ question, asOf: '2026-11-21' })).answered).toBe(false);
  });

  it.each([
    ['泉州以谁的名义往上报', '以牵头单位名义申报'],
    ['在厦门，联合体要是搞个公共技术服务平台，财政顶格给多少', '2000万元'],
    ['厦门公共平台考核良好奖多少', '100万元'],
    ['泉州利益怎么分，文件让我们怎么约定', '分配机制'],
  ])('%s is answered', async (question, words) => {
    const answer = await app.assistant.ask({ question, asOf: '2026-11-21' });
    expect(answer.answered).toBe(true);
    expect(answer.text).toContain(words);
  });
});

describe('what one wants to have or to be limited by, and no document tells', () => {
  it.each([
    '青岛链主企业要不要交承诺金',
    '泉州带头企业的股权有没有要求',
    '温州成员单位要不要有专利',
    '办公地址在哪',
  ])('%s is declined', async (question) => {
    expect((await app.assistant.ask({ question, asOf: '2026-11-21' })).answered).toBe(false);
  });
});
