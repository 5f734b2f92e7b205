import { describe, expect, it } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import { loadWorld } from '../../src/assistant/world.js';

const assistant = new OfflineAssistant(loadWorld(KNOWLEDGE));

/** The lines of a verdict under one heading, without their marks. */
async function under(heading: string, question: string): Promise<string[]> {
  const { text } = await assistant.ask({ question, asOf: '2026-11-21' });
  const lines = text.split('\n');
  const from = lines.indexOf(heading) + 1;
  expect(from, text).toBeGreaterThan(0);
  return lines
    .slice(from)
    .filter((l, i, all) => l.startsWith('· ') && all.slice(0, i).every((x) => x.startsWith('· ')));
}

describe('what a message speaks of is said first in its verdict', () => {
  it.each([
    ['没有高新证行不行啊泉州的', '还需确认', /高新技术企业或专精特新企业（满足一项就行）/],
    ['泉州专精特新没评上，高新还在评，能牵头不', '未达到', /高新技术企业或专精特新企业/],
    ['厦门的公司，没平台，营收才4亿，能牵头吗', '未达到', /平台|营收|收入/],
    ['专职研发24人，泉州够格吗，在泉州注册的', '已达到', /泉州注册|专职研发/],
  ])('%s', async (question, heading, first) => {
    expect((await under(heading, question))[0]).toMatch(first);
  });
});

describe('a figure told beside the question for it', () => {
  it.each([
    ['泉州搞研发的人要有几个才行，我们就18个', '20人以上', '18人'],
    ['博士要几个？我们8个，泉州医院', '不少于10人', '8人'],
    ['泉州营收要多少啊，我们1.7亿', '2亿元以上', '1.7亿元'],
  ])('%s: held against what is demanded', async (question, demanded, told) => {
    const answer = await assistant.ask({ question, asOf: '2026-11-21' });
    expect(answer.verdicts[0]?.outcome).toBe('ineligible');
    const line = answer.text.split('\n').find((l) => l.includes('✗'));
    expect(line).toContain(demanded);
    expect(line).toContain(told);
  });
});

describe('what a count asks for goes by its measure word', () => {
  it('要几号人专门搞研发 asks for people, not for money', async () => {
    const { text } = await assistant.ask({ question: '泉州要几号人专门搞研发', asOf: '2026-11-21' });
    expect(text.split('\n')[0]).toContain('20人以上');
  });
});

describe('a filing runs out too', () => {
  it.each([
    ['青岛到期了再弄一次行不', '重新申请'],
    ['青岛联合体满三年过期了咋弄', '重新申请'],
  ])('%s', async (question, says) => {
    const { text } = await assistant.ask({ question, asOf: '2026-11-21' });
    expect(text.split('\n')[0]).toContain(says);
  });
  it('a document named is asked after itself', async () => {
    const { text } = await assistant.ask({ question: '厦门的办法啥时候到期', asOf: '2026-11-21' });
    expect(text.split('\n')[0]).toContain('2028年8月10日');
  });
});

describe('a kind of unit that was not told', () => {
  it.each(['我们没博士能牵头吗泉州', '泉州，副高以上就8个人，能牵头不'])(
    '%s: nobody is refused as a university',
    async (question) => {
      const answer = await assistant.ask({ question, asOf: '2026-11-21' });
      expect(answer.verdicts.map((v) => v.outcome)).toEqual(['undetermined']);
      expect(answer.text).toContain('不少于10人');
      expect(answer.text).not.toContain('按“高校”判断');
    },
  );
  it('营收1.8亿 is told by an enterprise', async () => {
    const answer = await assistant.ask({ question: '泉州营收1.8亿能牵头吗', asOf: '2026-11-21' });
    expect(answer.verdicts.map((v) => v.outcome)).toEqual(['ineligible']);
    expect(answer.text).toContain('按“企业”判断');
  });
});

it('a thing named is looked up though no city is (设备能共享吗)', async () => {
  const answer = await assistant.ask({ question: '设备能共享吗', asOf: '2026-11-21' });
  expect(answer.intent).not.toBe('clarify');
  expect(answer.text).toContain('共享');
});

describe('a level that is lacking', () => {
  it.each([
    ['泉州没有省级平台怎么办', '要求省部级及以上科研平台'],
    ['厦门没有省级实验室行不行', '要求市级及以上创新平台'],
  ])('%s: what is demanded comes first', async (question, says) => {
    const { text } = await assistant.ask({ question, asOf: '2026-11-21' });
    expect(text.split('\n')[0]).toContain(says);
  });
});
