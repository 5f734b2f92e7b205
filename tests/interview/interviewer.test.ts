import { beforeAll, describe, expect, test } from 'vitest';
import { KNOWLEDGE } from '../../src/app.js';
import { answersOf } from '../../src/assistant/guided/question.js';
import { Texts } from '../../src/assistant/guided/texts.js';
import { createInterviewer, type InterviewReply } from '../../src/assistant/interviewer.js';
import { OfflineAssistant } from '../../src/assistant/offline.js';
import type { AskRequest } from '../../src/assistant/types.js';
import { AS_OF, interview, world } from './support.js';

const asked: AskRequest[] = [];
const offline = new OfflineAssistant(world);
const interviewer = createInterviewer(
  world,
  {
    ask: (request, options) => {
      asked.push(request);
      return offline.ask(request, options);
    },
  },
  KNOWLEDGE,
);
const ALL = ['quanzhou-2026', 'xiamen-2025', 'qingdao-2025', 'wenzhou-draft'];
const squeeze = (text: string) => text.replace(/\s/g, '');

/** Every citation stands in its document, and every mark in the blocks has one. */
function grounded({ answer }: InterviewReply): void {
  for (const c of answer.citations)
    expect(world.library.policy(c.policy)!.find(c.quote, c.clause)).toBeTruthy();
  const marks = [...answer.text.matchAll(/〔(\d{1,3})〕/g)].map((m) => Number(m[1]));
  for (const n of marks) expect(n).toBeLessThanOrEqual(answer.citations.length);
}

async function talk(first: InterviewReply, ...messages: string[]): Promise<InterviewReply> {
  let reply = first;
  for (const message of messages) {
    reply = await interviewer.reply(JSON.parse(JSON.stringify(reply.state)), message);
    grounded(reply);
  }
  return reply;
}

const begin = (policies = ALL) => interviewer.start({ subject: 'lead', policies, asOf: AS_OF });

describe('a question', () => {
  test('is asked with an example, the clauses that read it, what is left, and buttons', async () => {
    const reply = await begin();
    grounded(reply);
    expect(reply.answer.next).toEqual({ fact: 'lead.city', question: '牵头单位注册在哪个城市？' });
    expect(reply.answer.text).toContain('例如：泉州');
    expect(reply.answer.citations.map((c) => c.policy)).toEqual([
      'quanzhou-2026',
      'qingdao-2025',
      'wenzhou-draft',
    ]);
    expect(reply.answer.text).toContain(`最多还有${reply.progress!.canMatter}项`);
    expect(reply.answer.suggestions.map((s) => s.label)).toEqual(
      expect.arrayContaining(['泉州', '不清楚', '跳过', '为什么问这个', '退出']),
    );
  });

  test('“为什么问这个” names the clauses and asks again', async () => {
    const reply = await talk(await begin(), '为什么问这个');
    expect(reply.answer.text).toMatch(/泉州 二 .*\n.*青岛 四（一）1/);
    expect(reply.answer.next?.fact).toBe('lead.city');
  });

  test('in the middle, a question of policy is answered from the documents and the interview goes on', async () => {
    const before = await talk(await begin(), '泉州');
    const reply = await talk(before, '厦门营收要求多少？');
    expect(reply.answer.text).toContain('5亿元以上');
    expect(reply.answer.intent).toBe('threshold');
    expect(reply.answer.next).toEqual(before.answer.next);
    expect(reply.state).toEqual(before.state);
    expect(reply.answer.citations[0]).toMatchObject({ policy: 'xiamen-2025', clause: '第六条（二）1' });
  });

  test('“如果……” in the middle is about what was told, moves nothing, and asks nothing twice', async () => {
    const before = await talk(await begin(['quanzhou-2026']), '泉州', '企业', '营收1.8亿，研发占比6%');
    const reply = await talk(before, '如果营收是3亿呢');
    expect(reply.answer.text).toContain('上年度主营业务收入：3亿元（要求 2亿元以上）');
    expect(reply.answer.text).toContain('研发强度 6%');
    expect(reply.answer.text).toContain('只是假设，没有记下');
    expect(reply.answer.text).not.toContain('请告诉我');
    expect(reply.state).toEqual(before.state);
    const other = await talk(before, '假如我们研发占比只有3%，还能牵头吗');
    expect(other.answer.text).toContain('你提供的是1.8亿元，差2000万元');
    expect(other.answer.text).toContain('你提供的是研发强度 3%');
  });

  test('a figure that is of nothing in particular is asked about, not lost, and a button names it', async () => {
    const before = await talk(await begin(['quanzhou-2026']), '泉州');
    const reply = await talk(before, '有省重点实验室，团队20个人');
    expect(reply.state!.facts['lead.platform_level']).toBe('provincial');
    expect(reply.answer.text).toContain('没听出“20个人”说的是哪一项，没有记下');
    const alone = await talk(before, '去年六个亿左右');
    expect(alone.state).toEqual(before.state);
    const useless = await talk(await begin(['qingdao-2025']), '企业', '去年六个亿左右');
    expect(useless.answer.text).toContain('“六个亿”没有记下：青岛的这些条件不看这类数字');
    const named = alone.answer.suggestions.find(({ send }) => send.includes('主营业务收入'))!;
    const told = await talk(alone, named.send);
    expect(told.state!.facts['lead.revenue_last_year']).toBe('600000000');
  });

  test('“没有的话行吗” tells what a no would lead to and notes nothing', async () => {
    let reply = await begin(['quanzhou-2026']);
    while (reply.answer.next?.fact !== 'lead.legal_person') reply = await talk(reply, '跳过');
    const then = await talk(reply, '没有的话行吗');
    expect(then.answer.text).toMatch(/如果“具有独立法人资格”是“不是|如果“具有独立法人资格”是“否/);
    expect(then.answer.text).toContain('泉州：暂未达到');
    expect(then.state).toEqual(reply.state);
    const money = await talk(reply, '改一下营收', '达不到呢');
    expect(money.answer.text).toContain('为什么问“上年度主营业务收入”');
  });

  test.each(['这个怎么算', '这项是必须的吗', '继续', '还有几题'])(
    '“%s” is understood while something is asked',
    async (words) => {
      const before = await talk(await begin(['quanzhou-2026']), '泉州');
      const reply = await talk(before, words);
      expect(reply.answer.text).not.toContain('没看懂');
      expect(reply.answer.next).toEqual(before.answer.next);
      expect(reply.state).toEqual(before.state);
    },
  );

  test('a city alone says what is being judged, and offers another one', async () => {
    const before = await talk(await begin(['xiamen-2025']), '企业', '厦门');
    const one = await talk(before, '青岛');
    expect(one.answer.text).toContain('现在评估的是厦门');
    expect(one.state).toEqual(before.state);
    const both = await talk(one, one.answer.suggestions[0]!.send);
    expect(both.state!.policies.toSorted()).toEqual(['qingdao-2025', 'xiamen-2025']);
    const talent = await talk(await interviewer.start({ asOf: AS_OF }), '人才攻关');
    expect(talent.answer.text).toContain('评估人才攻关联合体：厦门');
    expect((await talk(talent, '厦门')).answer.text).not.toContain('没看懂');
    const idle = await talk(talent, '10人', '没有', '不清楚');
    expect(idle.settled).toBe(true);
    expect(idle.answer.text).toContain('现在没有等你回答的问题');
  });

  test('what was said of the unit before a choice is kept, and of whom it is', async () => {
    const start = await interviewer.start({ asOf: AS_OF });
    const city = await talk(start, '泉州');
    expect(city.answer.text).toContain('城市：泉州');
    const own = await talk(city, '我们公司在晋江，做鞋的，去年卖了3个亿，能牵头吗');
    expect(own.state).toMatchObject({ subject: 'lead', policies: ['quanzhou-2026'] });
    expect(own.state!.facts).toMatchObject({
      'lead.revenue_last_year': '300000000',
      'lead.city': 'quanzhou',
    });
    const member = await talk(start, '我们想参加厦门的联合体', '我们是高校');
    expect(member.state!.facts).toEqual({ 'member.kind': 'university' });
    const only = await talk(await begin(['xiamen-2025', 'qingdao-2025']), '企业', '只看厦门');
    expect(only.state!.policies).toEqual(['xiamen-2025']);
  });

  test('leaves a trace from which it can be given again', async () => {
    const first = await begin(['quanzhou-2026']);
    const reply = await talk(first, '泉州，营收1.8亿');
    expect(reply.trace).toMatchObject({
      step: 'interview',
      understood: { policies: ['quanzhou-2026'], facts: { 'lead.revenue_last_year': '180000000' } },
      interview: { before: first.state },
    });
    const { before } = reply.trace!.interview!;
    const again = await interviewer.reply(before as never, reply.answer.question, reply.answer.asOf);
    expect(again.answer.text).toBe(reply.answer.text);
    const aside = await talk(reply, '厦门营收要求多少？');
    expect(aside.trace!.step).toMatch(/^interview\/./);
  });

  test('of policy that names no city is asked of the one document in hand', async () => {
    const reply = await talk(await begin(['xiamen-2025']), '研发投入按什么口径算？');
    expect(asked.at(-1)).toMatchObject({ policy: 'xiamen-2025' });
    expect(reply.answer.text).toContain('税务申报口径');
  });

  test('that is answered with what cannot be read says what would be accepted and is asked again', async () => {
    const reply = await talk(await begin(['quanzhou-2026']), '泉州', '企业', '是', '1.8');
    expect(reply.answer.text).toContain('没有单位');
    expect(reply.answer.next?.fact).toBe('lead.revenue_last_year');
    const [wan] = reply.answer.suggestions;
    expect(wan).toEqual({ label: '1.8万元', send: '1.8万元' });
    const answered = await talk(reply, '1.8亿元');
    expect(answered.state!.facts['lead.revenue_last_year']).toBe('180000000');
  });

  test('has buttons that are read as what they say, whatever the fact', () => {
    const texts = new Texts(`${KNOWLEDGE}/wording-interview.yaml`, world.topics);
    let buttons = 0;
    for (const spec of world.vocabulary.specs) {
      const subject = spec.id.startsWith('member.')
        ? 'member'
        : spec.id.startsWith('lead.')
          ? 'lead'
          : 'consortium';
      const state = { ...interview.start({ subject, policies: ALL, asOf: AS_OF }).state!, asking: spec.id };
      const read = answersOf({ world, texts }, spec).map((send) => {
        buttons++;
        const step = interview.reply(state, send);
        expect([spec.id, send, step.events.map((e) => e.kind)]).toEqual([spec.id, send, ['took']]);
        return step.state!.facts[spec.id];
      });
      if (spec.type === 'boolean') expect([spec.id, read]).toEqual([spec.id, [true, false]]);
      if (spec.values.length > 0) expect(read).toEqual(spec.values.map((v) => v.id));
    }
    expect(buttons).toBeGreaterThan(65);
  });
});

describe('an outcome', () => {
  test('says what falls short by how much, what to prepare in what order, who decides, never a bare no', async () => {
    const reply = await talk(await begin(['quanzhou-2026']), '泉州', '企业', '是', '1.8亿');
    expect(reply.settled).toBe(true);
    const { text } = reply.answer;
    expect(text).toContain('按你提供的信息，暂未达到泉州对牵头单位的硬性要求');
    expect(text).toContain('差2000万元');
    expect(text).toMatch(/办理顺序：\n1\. /);
    expect(text).toContain('申报时间');
    expect(text).toContain('泉州市科学技术局');
    expect(text).toContain('继续');
    expect(text).not.toMatch(/不符合条件|没有资格/);
  });

  test('of a draft says first that it is one', async () => {
    const start = await interviewer.start({ subject: 'lead', asOf: AS_OF });
    expect(start.answer.suggestions.find((s) => s.send === '温州')?.label).toContain('征求意见稿');
    const reply = await talk(start, '温州', '泉州');
    const at = reply.answer.text.indexOf('尚未施行');
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at).toBeLessThan(reply.answer.text.indexOf('暂未达到'));
  });

  test('that stays open names what is open and whom to ask', async () => {
    let reply = await begin(['quanzhou-2026']);
    for (let i = 0; !reply.settled && i < 30; i++) reply = await talk(reply, '不清楚');
    expect(reply.answer.text).toContain('还不能下结论');
    expect(reply.answer.text).toContain('还需确认');
    expect(reply.answer.text).toMatch(/向泉州市科学技术局确认/);
  });

  test('is not told again at length after words that changed nothing', async () => {
    const settled = await talk(await begin(['qingdao-2025']), '泉州');
    const reply = await talk(settled, '啦啦啦');
    expect(reply.settled).toBe(true);
    expect(settled.answer.text).toContain('最终由');
    expect(reply.answer.text).not.toContain('最终由');
    expect(reply.answer.text).toContain('青岛：暂未达到');
  });

  test('is not told again at length after an answer that changed nothing of it', async () => {
    const settled = await talk(await begin(['qingdao-2025']), '泉州');
    const reply = await talk(settled, '法人资格有');
    expect(reply.answer.text).toContain('已记下');
    expect(reply.answer.text).toContain('结论没有变');
    expect(reply.answer.text).not.toContain('最终由');
    const resumed = await interviewer.resume(reply.state!);
    expect(resumed.answer.text).toContain('最终由');
  });

  test('of several cities says each in a line first, and folds what is met', async () => {
    const begun = await interviewer.start({
      subject: 'lead',
      policies: ['quanzhou-2026', 'qingdao-2025'],
      facts: { 'lead.city': 'quanzhou', 'lead.kind': 'enterprise', 'lead.revenue_last_year': '1.8亿元' },
      asOf: AS_OF,
    });
    expect(begun.settled).toBe(true);
    const [lead, list] = begun.answer.blocks.filter((b) => b.kind === 'lead' || b.kind === 'list');
    expect(lead).toMatchObject({ kind: 'lead', text: '结论' });
    expect(list!.kind === 'list' && list!.items.map((i) => i.text)).toEqual([
      expect.stringMatching(/^✗ 泉州：暂未达到.*上年度主营业务收入.*差2000万元/),
      expect.stringMatching(/^✗ 青岛：暂未达到.*在青岛注册/),
    ]);
    const shown = begun.answer.blocks.filter((b) => !('more' in b && b.more));
    expect(JSON.stringify(shown)).not.toContain('✓ ');
    expect(begun.answer.text).toContain('✓ ');
  });

  test('names what was not said where it could complete the picture', async () => {
    const reply = await talk(await begin(['qingdao-2025']), '泉州');
    expect(reply.answer.text).toMatch(/还有\d+项没有说（.+）/);
  });

  test('that was known before the first question is said with it', async () => {
    const facts = { 'lead.city': 'xiamen' };
    const reply = await interviewer.start({ subject: 'lead', policies: ALL, facts, asOf: AS_OF });
    grounded(reply);
    expect(reply.answer.text).toMatch(/泉州：暂未达到“在泉州注册”〔1〕/);
    expect(reply.answer.text).toMatch(/青岛：暂未达到/);
  });

  test('in one city while others stay open is said at once', async () => {
    const reply = await talk(await begin(), '泉州');
    expect(reply.answer.text).toMatch(/青岛：暂未达到/);
    expect(reply.answer.text).not.toMatch(/泉州：暂未达到/);
  });
});

describe('the door', () => {
  test('tells when someone asks for an interview', () => {
    for (const said of ['评估一下', '/check', '帮我评估一下', '开始评估', '自测', '我想做个测评'])
      expect([said, interviewer.begins(said)]).toEqual([said, true]);
    for (const said of ['评估几年一次', '怎么评估', '年度评估什么时候', '你好', '厦门的评估'])
      expect([said, interviewer.begins(said)]).toEqual([said, false]);
  });

  test('hears who asks to be led through the conditions, and what else is said', () => {
    for (const [said, rest] of [
      ['评估一下', ''],
      ['帮我一步步核对', ''],
      ['医院在厦门，想牵头，帮我一步步核对', '医院在厦门，想牵头'],
      ['开始核对：泉州，我们是高校牵头', '泉州，我们是高校牵头'],
      ['泉州企业，营收3亿，请带我一条一条核对条件吧', '泉州企业，营收3亿'],
      ['逐项检查一下我们能不能牵头', '我们能不能牵头'],
    ])
      expect([said, interviewer.opening!(said!)]).toEqual([said, rest]);
    for (const said of [
      '怎么一步步核对',
      '评估几年一次',
      '泉州企业，营收3亿，能牵头吗',
      '逐年的研发投入怎么算',
    ])
      expect([said, interviewer.opening!(said)]).toEqual([said, null]);
  });

  test('resumes where it stood, and leaves when asked', async () => {
    const reply = await talk(await begin(), '泉州');
    const again = await interviewer.resume(reply.state!);
    expect(again.state).toEqual(reply.state);
    expect(again.answer.next).toEqual(reply.answer.next);
    expect((await interviewer.reply(reply.state!, '退出')).state).toBeNull();
  });

  test('says it in English too to one who reads that, and hears English words', async () => {
    const language = 'en' as const;
    let reply = await interviewer.start({ asOf: AS_OF, language });
    const say = async (message: string) => {
      reply = await interviewer.reply(reply.state!, message, undefined, { language });
      return reply.answer;
    };
    expect(reply.answer.text).toContain('In English');
    expect(reply.answer.suggestions[0]).toMatchObject({ label: expect.stringMatching(/\(leading unit\)$/) });
    expect((await say('lead')).suggestions.at(-1)).toMatchObject({ send: '全部', label: '全部 (all)' });
    expect((await say('all')).text).toContain('In English: place of registration?');
    expect(reply.answer.suggestions.find((s) => s.send === '厦门')?.label).toBe('厦门 (Xiamen)');
    expect((await say('What does this mean?')).next?.fact).toBe('lead.city');
    expect((await say("I don't know")).next?.fact).not.toBe('lead.city');
    expect((await say('back')).next?.fact).toBe('lead.city');
    expect(reply.answer.suggestions.find((s) => s.send === '不清楚')?.label).toBe('不清楚 (don’t know)');
    await say('Quanzhou');
    expect((await say('quit')).text).toContain('In English: the check has ended');
    const chinese = await interviewer.start({ asOf: AS_OF });
    expect(chinese.answer.text).not.toContain('In English');
  });

  test('carries what was told before', async () => {
    const facts = { 'lead.kind': 'enterprise', 'lead.revenue_last_year': '1.8亿元' };
    const reply = await interviewer.start({
      subject: 'lead',
      policies: ['quanzhou-2026'],
      facts,
      asOf: AS_OF,
    });
    expect(reply.settled).toBe(true);
    expect(reply.answer.text).toContain('1.8亿元');
  });
});

describe('the report', () => {
  let text = '';
  let flat = '';
  let pages = 0;
  let last: InterviewReply;
  let bytes: Uint8Array;

  beforeAll(async () => {
    last = await talk(await begin(), '泉州', '企业', '是', '1.8亿', '厦门', '是', '不清楚', '没有', '省级');
    last = await talk(last, '报告');
    const file = await interviewer.report(last.state!);
    bytes = file.bytes;
    expect(file.mime).toBe('application/pdf');
    expect(file.filename).toMatch(/^[^\\/:*?"<>|\s]+2026-11-21\.pdf$/);
    const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
    const doc = await getDocument({ data: bytes.slice(), useSystemFonts: false, verbosity: 0 }).promise;
    pages = doc.numPages;
    const all: string[] = [];
    for (let n = 1; n <= pages; n++) {
      const content = await (await doc.getPage(n)).getTextContent();
      all.push(content.items.map((i) => ('str' in i ? i.str : '')).join(''));
    }
    text = all.join('\n');
    flat = squeeze(text);
  });

  test('is asked for in words, and the channel is told to send it', () => {
    expect(last.wants).toBe('report');
  });

  test('holds title, day, numbers, status, the facts as given and each verdict, as text that can be copied', () => {
    for (const words of [
      '创新联合体条件评估',
      '2026年11月21日',
      '泉科规〔2026〕3号',
      '厦科规〔2025〕3号',
      '未标文号',
      '征求意见稿，尚未施行',
      '1.8亿元',
      '不清楚',
      '按你提供的信息，暂未达到泉州对牵头单位的硬性要求',
      '未达到：“上年度主营业务收入”（差2000万元）',
      '不是审批意见',
    ])
      expect(flat).toContain(squeeze(words));
    expect(text).toContain(`第 ${pages} 页 / 共 ${pages} 页`);
  });

  test('has every criterion with its clause, its title and its quote', () => {
    for (const verdict of last.answer.verdicts) {
      for (const c of verdict.criteria) {
        expect(flat).toContain(squeeze(c.title));
        expect(flat).toContain(squeeze(c.quote));
        expect(flat).toContain(squeeze(c.clause));
      }
    }
  });

  test('embeds only the characters it uses', () => {
    expect(bytes.length).toBeGreaterThan(20_000);
    expect(bytes.length).toBeLessThan(600_000);
  });

  test('waits until something is chosen', async () => {
    const start = await interviewer.start({});
    await expect(interviewer.report(start.state!)).rejects.toThrow(/先选好/);
    const reply = await interviewer.reply(start.state!, '报告');
    expect(reply.wants).toBeUndefined();
  });
});
