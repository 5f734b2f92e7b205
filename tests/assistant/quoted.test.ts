import { describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import { loadWorld } from '../../src/assistant/world.js';

const assistant = new OfflineAssistant(loadWorld(KNOWLEDGE));
const ask = (question: string) => assistant.ask({ question, asOf: '2026-11-21' });

describe('words of a document put up to be found', () => {
  it.each([
    ['“成熟一个、支持一个”是哪个市讲的，后面还说要管什么', ['七（一）'], '做好过程管理和服务'],
    ['成熟一个什么什么，哪个城市', ['七（一）', '第八条', '二'], '成熟一个备案一个'],
    ['从书架走向什么什么，是哪个文件说的', ['引言'], '货架'],
    ['哪里写了“一条产业链一个重大创新平台”', ['五（八）'], '孵化器'],
  ])('%s: the sentence, with its clause', async (question, clauses, words) => {
    const answer = await ask(question);
    expect(answer.citations.map((c) => c.clause).sort()).toEqual([...clauses].sort());
    expect(answer.text).toContain(words);
  });

  it('a document that is asked and has them not is said not to', async () => {
    const { text } = await ask('“成熟一个、支持一个”这句话青岛和泉州是怎么讲的');
    expect(text).toContain('过程管理');
    expect(text).toContain('泉州管理办法里没有这句话');
  });
});

describe('a document taken for another', () => {
  it.each([
    ['108号文就是管理办法吗'],
    ['泉州管理办法是108号吧'],
    ['我看泉州108号文就是管理办法，第几条讲备案'],
  ])('%s: corrected in the first line', async (question) => {
    const [first] = (await ask(question)).blocks;
    const text = first && 'text' in first ? first.text : '';
    expect(text).toContain('不是管理办法');
    expect(text).toContain('泉科规〔2026〕3号');
  });

  it('what is asked besides is answered', async () => {
    expect((await ask('我看泉州108号文就是管理办法，第几条讲备案')).text).toContain('公示');
  });

  it('a document called by its own kind is not corrected', async () => {
    expect((await ask('泉科规〔2026〕3号是管理办法吗')).text).not.toContain('不是管理办法');
  });
});
