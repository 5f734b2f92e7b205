import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Interviewer } from '../../src/assistant/interviewer.js';
import { loadLocale } from '../../src/channels/locale.js';
import { alice, buttonsOf, ME } from '../support/bot-api.js';
import { answerWith } from '../support/desk.js';
import { group, mention, mentioned, Stage, say } from '../support/telegram.js';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

const labels = (call: Parameters<typeof buttonsOf>[0]) => buttonsOf(call).map((button) => button.text);

describe('the commands', () => {
  it('are told to Telegram in Chinese and English, fewer for groups', async () => {
    stage.begin();
    await stage.api.untilSent(6, 'setMyCommands');
    const names = (set: string) => stage.api.commandSets.get(set)!.map((entry) => entry.command);
    const all = 'start ask check compare sources status history report city forget help'.split(' ');
    expect(names('all_private_chats/')).toEqual(all);
    expect(names('all_private_chats/en')).toEqual(all);
    expect(names('all_group_chats/')).not.toContain('check');
    const [zh, en] = ['default/', 'default/en'].map((set) =>
      String(stage.api.commandSets.get(set)![2]!.description),
    );
    expect(zh).toBe(say('telegram.commands.check'));
    expect(en).toBe(loadLocale('en')('telegram.commands.check'));
  });

  it('speak English to a person whose Telegram is English', async () => {
    stage.begin();
    const from = { from: { id: alice.id, is_bot: false, first_name: 'A', language_code: 'en-GB' } };
    const sent = await stage.ask('/help', alice, from);
    expect(sent.text).toContain('In groups mention me');
    expect(sent.text).toContain('kept for 90 days');
  });

  it('give the notice on privacy once, with the time that is set', async () => {
    stage.begin({ retentionDays: 7 });
    const notice = say('telegram.privacy', { days: 7 });
    expect((await stage.ask('问')).text).toContain(notice);
    expect((await stage.ask('再问')).text).not.toContain(notice);
  });

  it('/ask asks, and asks for a question where there is none', async () => {
    stage.begin();
    expect((await stage.ask('/ask 泉州营收')).text).toContain('答：泉州营收');
    expect((await stage.ask('/ask')).text).toBe(say('telegram.empty'));
  });

  it('count when they were mistyped and edited', async () => {
    stage.begin();
    const message = stage.api.say('/aks 泉州营收');
    expect((await stage.api.untilSent(1))[0]!.text).toContain('/ask？');
    stage.api.push({ edited_message: { ...message, edit_date: 1, text: '/ask 泉州营收' } });
    expect((await stage.api.untilSent(2))[1]!.text).toContain('答：泉州营收');
  });

  it('are read in any case and by their Chinese names; a slip is named', async () => {
    stage.begin();
    expect((await stage.ask('/ASK 泉州营收')).text).toContain('答：泉州营收');
    expect((await stage.ask('/历史')).text).toContain('泉州营收');
    expect((await stage.ask('/hlep')).text).toContain('/help？');
    expect((await stage.ask('/xyz')).text).toBe(say('telegram.unknownCommand'));
    expect((await stage.ask('/厦门要多少营收')).text).toContain('答：厦门要多少营收');
  });

  it('for another bot are left alone in a group, ones unknown that name this bot are answered', async () => {
    stage.begin();
    stage.api.say('/foo', group);
    stage.api.say('/check@other_bot', group);
    stage.api.say(`/foo@${ME.username}`, group);
    stage.api.say(`/ask@${ME.username} 问`, group);
    const sent = await stage.api.untilSent(2);
    expect(sent[0]!.text).toContain(say('telegram.unknownCommand'));
    expect(sent[1]!.text).toContain('答：问');
  });

  it('/sources lists the documents and sends the original text of one', async () => {
    stage.begin();
    expect(labels(await stage.ask('/sources'))).toEqual(['原文：某市管理办法', '原文：<草案> & 附件']);
    stage.api.press('原文：某市管理办法');
    const [file] = await stage.api.untilSent(1, 'sendDocument');
    expect(file!.payload.document).toMatchObject({ name: '某市管理办法.txt' });
    expect((file!.payload.document as { bytes: Buffer }).bytes.toString()).toBe('第一条 原文');
    expect(file!.text).toBe('《某市管理办法》（某科规〔2026〕3号）原文');
  });

  it('/status tells which documents are in force and what is under way', async () => {
    stage.begin();
    const first = await stage.ask('/status');
    expect(first.text).toContain('《某市管理办法》：现行有效');
    expect(first.text).toContain(say('telegram.statusNotChecking'));
    await stage.ask('/check');
    await stage.press('一问是');
    expect((await stage.ask('/status')).text).toContain(
      say('telegram.statusChecking', { answered: 1, left: 2 }),
    );
    await stage.press('二问是');
    await stage.press('三问是');
    expect((await stage.ask('/status')).text).toContain(say('telegram.statusChecked'));
  });

  it('/compare offers matters, and compares what is named', async () => {
    stage.begin();
    const offered = await stage.ask('/compare');
    expect(labels(offered)).toContain('研发投入要求');
    expect((await stage.press('研发投入要求')).text).toContain('答：比较某市的研发投入要求');
    expect((await stage.ask('/compare 院士')).text).toContain('答：比较某市的院士');
  });

  it('/city remembers a city for questions that name none', async () => {
    stage.begin();
    expect(labels(await stage.ask('/city'))).toEqual(['某市', say('telegram.city.none')]);
    expect((await stage.press('某市')).text).toBe(say('telegram.city.set', { city: '某市' }));
    await stage.ask('营收要多少');
    expect(stage.desk.asked[0]!.history).toEqual([{ role: 'user', text: '某市' }]);
    expect((await stage.ask('/city 火星')).text).toContain('火星');
    await stage.ask('/city');
    await stage.press(say('telegram.city.none'));
    await stage.ask('再问');
    expect(stage.desk.asked[1]!.history!.map((turn) => turn.text)).not.toContain('某市');
  });

  it('/city counts from when it was set, and again after a comparison of all cities', async () => {
    stage.begin();
    const said = () =>
      stage.desk.asked.at(-1)!.history!.map(({ role, text }) => (role === 'user' ? text : '…'));
    await stage.ask('别市营收要多少');
    await stage.ask('/city 某市');
    await stage.ask('研发呢');
    expect(said()).toEqual(['别市营收要多少', '…', '某市']);
    await stage.ask('别市呢');
    await stage.ask('奖励呢');
    expect(said().slice(2)).toEqual(['某市', '研发呢', '…', '别市呢', '…']);
    await stage.ask('/compare 奖励');
    await stage.ask('期限呢');
    expect(said().slice(-3)).toEqual([expect.stringContaining('比较'), '…', '某市']);
  });

  it('/history shows what was asked, and an answer again', async () => {
    stage.begin();
    expect((await stage.ask('/history')).text).toContain(say('telegram.history.none'));
    const plain = stage.desk.answer;
    stage.desk.answer = async (request) => ({ ...(await plain(request)), id: request.question });
    await stage.ask('第一个');
    await stage.ask('第二个');
    const list = await stage.ask('/history');
    expect(list.text).toContain('1. 第一个\n2. 第二个');
    expect((await stage.press('1')).text).toContain('答：第一个');
    expect(stage.desk.asked).toHaveLength(2);
  });

  it('/report sends the result of a check as a file', async () => {
    stage.begin();
    expect((await stage.ask('/report')).text).toContain(say('telegram.report.none'));
    await stage.ask('/check');
    await stage.ask('两个亿');
    stage.api.say('/report');
    const [file] = await stage.api.untilSent(1, 'sendDocument');
    expect(file!.payload.document).toMatchObject({ name: '核对结果.pdf' });
    stage.desk.interviewer.failReport = true;
    expect((await stage.ask('/report')).text).toBe(say('telegram.report.failed'));
    await stage.ask('退出');
    expect((await stage.ask('/report')).text).toBe(say('telegram.report.none'));
  });

  it('/forget deletes after a confirmation, says how much, and keeps nothing', async () => {
    stage.begin();
    await stage.ask('我们营收1.8亿');
    await stage.ask('/check');
    await stage.ask('/forget');
    expect((await stage.press(say('telegram.forget.no'))).text).toBe(say('telegram.forget.kept'));
    await stage.ask('/forget');
    const done = await stage.press(say('telegram.forget.yes'));
    expect(done.text).toMatch(/已经删除：.*答复记录 \d 条/);
    // As one who comes for the first time.
    const again = (await stage.ask('/history')).text;
    expect(again).toContain(say('telegram.history.none'));
    expect(again).toContain(say('telegram.privacy', { days: 90 }));
    await stage.ask('还记得吗');
    expect(stage.desk.asked.at(-1)!.history).toEqual([]);
    // Buttons of before the deletion are dead, whatever numbers the new ones have.
    const answered = stage.api.sent('answerCallbackQuery').length;
    stage.api.press('一问是');
    const told = await stage.api.untilSent(answered + 1, 'answerCallbackQuery');
    expect(told.at(-1)!.payload.text).toBe(say('telegram.stale'));
  });

  it('are kept out of a group where they would show what a person told', async () => {
    stage.begin();
    for (const name of ['check', 'history', 'report', 'city']) {
      const sent = await stage.ask(`/${name}@${ME.username}`, group);
      expect(sent.text).toContain(say('telegram.commandsIn.private', { command: name }));
      expect(buttonsOf(sent)[0]!.url).toBe(`https://t.me/${ME.username}?start=${name}`);
    }
    const status = await stage.ask(`/status@${ME.username}`, group);
    expect(status.text).not.toContain(say('telegram.statusMine'));
    expect(stage.desk.interviewer.started).toEqual([]);
  });

  it('/start remembers the city of a link', async () => {
    stage.begin();
    const sent = await stage.ask('/start somewhere');
    expect(sent.text).toContain(say('telegram.city.set', { city: '某市' }));
    await stage.ask('营收要多少');
    expect(stage.desk.asked[0]!.history).toEqual([{ role: 'user', text: '某市' }]);
  });

  it('begin in private from the link of a group', async () => {
    stage.begin();
    expect((await stage.ask('/start check')).text).toContain('一问');
    expect((await stage.ask('/start city')).text).toContain(say('telegram.city.choose'));
  });
});

describe('a guided interview', () => {
  it('begins when asked for in words, with what they tell; from a group in the private chat', async () => {
    stage.begin();
    const opened: string[] = [];
    const interviewer: Interviewer = stage.desk.interviewer;
    interviewer.opening = (message) => {
      if (!message.includes('一步步')) return null;
      opened.push(message);
      return '';
    };
    await stage.ask('帮我一步步核对');
    expect(opened).toEqual(['帮我一步步核对']);
    expect(stage.desk.asked).toEqual([]);
    const sent = await stage.ask(`${mention} 一步步核对`, group, mentioned(mention));
    expect(sent.text).toContain('私聊');
  });

  it('goes on by buttons and by words', async () => {
    stage.begin();
    const first = await stage.ask('/check');
    expect(first.text).toContain('一问（）');
    expect((await stage.press('一问是')).text).toContain('二问（一问答是）');
    expect((await stage.ask('两个多亿')).text).toContain('三问（一问答是、两个多亿）');
    const last = await stage.press('三问不清楚');
    expect(last.text).toContain('结果（一问答是、两个多亿、三问答不清楚）');
  });

  it('hears what is said of it after a slash too', async () => {
    stage.begin();
    await stage.ask('/check');
    const sent = await stage.ask('/退出');
    expect(sent.text).not.toContain(say('telegram.unknownCommand'));
    expect((await stage.ask('/report')).text).toBe(say('telegram.report.none'));
  });

  it('takes each button once; an old one is answered politely and changes nothing', async () => {
    stage.begin();
    const first = await stage.ask('/check');
    const old = buttonsOf(first)[0]!.callback_data!;
    await stage.press('一问否');
    stage.api.press({ data: old });
    stage.api.press({ data: old });
    const told = await stage.api.untilSent(3, 'answerCallbackQuery');
    expect(told.slice(1).map((call) => call.payload.text)).toEqual(Array(2).fill(say('telegram.stale')));
    expect((await stage.ask('继续')).text).toContain('三问（一问答否、继续）');
  });

  it('shows on the old message what was chosen', async () => {
    stage.begin();
    await stage.ask('/check');
    stage.api.press('一问否');
    const [changed] = await stage.api.untilSent(1, 'editMessageReplyMarkup');
    expect(labels(changed!)).toEqual(['✓ 一问否']);
  });

  it('begins with the city remembered and the facts of the conversation', async () => {
    stage.begin();
    stage.desk.answer = () =>
      answerWith([{ kind: 'lead', text: '答', cites: [] }], { facts: { f: '180000000' } });
    await stage.ask('/city 某市');
    await stage.ask('营收1.8亿');
    await stage.ask('/check');
    expect(stage.desk.interviewer.started).toEqual([{ policies: ['p1', 'p2'], facts: { f: '180000000' } }]);
  });

  it('leaves nothing in what is asked afterwards', async () => {
    stage.begin();
    await stage.ask('一');
    await stage.ask('/check');
    await stage.ask('两个亿');
    await stage.ask('退出');
    await stage.ask('二');
    expect(stage.desk.asked.at(-1)!.history!.map((turn) => turn.text)).toEqual(['一', '答：一']);
  });

  it('takes the last answer anew when its message is edited', async () => {
    stage.begin();
    await stage.ask('/check');
    await stage.ask('一');
    const message = stage.api.say('错的');
    await stage.api.untilSent(3);
    stage.api.push({ edited_message: { ...message, edit_date: 2, text: '对的' } });
    expect((await stage.api.untilSent(4))[3]!.text).toContain('三问（一、对的）');
  });

  it('starts anew instead of being stuck when its stored state cannot be read', async () => {
    stage.begin();
    await stage.ask('/check');
    const reply = stage.desk.interviewer.reply.bind(stage.desk.interviewer);
    stage.desk.interviewer.reply = async (state, message) => reply({ ...state, version: 99 }, message);
    expect((await stage.ask('一')).text).toContain('这不是核对的进度');
    expect((await stage.ask('二')).text).toContain('答：二');
  });

  it('sends the report when the person asks for it in words', async () => {
    stage.begin();
    await stage.ask('/check');
    stage.api.say('报告');
    await stage.api.untilSent(1, 'sendDocument');
  });
});

describe('replies and edits', () => {
  it('shows the clauses that a replied-to answer cites, whole', async () => {
    stage.begin();
    const answer = await stage.ask('问');
    const reply = (text: string | undefined) => ({
      reply_to_message: { ...stage.api.message(alice, ME.id), from: ME, text },
    });
    const shown = await stage.ask('原文', alice, reply(answer.text));
    expect(shown.text).toContain('某科规〔2026〕3号 三（一）');
    expect(shown.text).toContain('（现行有效）');
    expect((await stage.ask('原文？', alice, reply('没有条款'))).text).toBe(say('telegram.original.none'));
    expect(stage.desk.asked).toHaveLength(1);
  });

  it('takes a question in reply to an older answer as following that answer', async () => {
    stage.begin();
    const first = await stage.ask('一');
    await stage.ask('二');
    await stage.ask('接着问', alice, {
      reply_to_message: { ...stage.api.message(alice, ME.id), from: ME, text: first.text },
    });
    expect(stage.desk.asked[2]!.history!.map((turn) => turn.text)).toEqual(['一', '答：一']);
  });

  it('answers an edited question anew, as a reply to it, and forgets the wrong one', async () => {
    stage.begin();
    const message = stage.api.say('错的');
    await stage.api.untilSent(1);
    stage.api.push({ edited_message: { ...message, edit_date: 2, text: '错的' } });
    stage.api.push({ edited_message: { ...message, edit_date: 3, text: '对的' } });
    const sent = (await stage.api.untilSent(2))[1]!;
    expect(sent.text).toContain('答：对的');
    expect(sent.payload.reply_parameters).toMatchObject({ message_id: message.message_id });
    await stage.ask('接着');
    expect(stage.desk.asked.at(-1)!.history!.map((turn) => turn.text)).toEqual(['对的', '答：对的']);
    expect(stage.desk.asked).toHaveLength(3);
  });
});

describe('a group', () => {
  it('keeps threads apart and answers in the thread', async () => {
    stage.begin();
    const inThread = (id: number, text: string) =>
      stage.ask(text, group, { ...mentioned(text), message_thread_id: id, is_topic_message: true });
    expect((await inThread(1, `${mention} 我们营收3亿`)).payload.message_thread_id).toBe(1);
    expect((await inThread(2, `${mention} 我们行吗`)).payload.message_thread_id).toBe(2);
    expect(stage.desk.asked[1]!.history).toEqual([]);
  });

  it('is greeted when the bot joins, and told how to ask; who else joins is not', async () => {
    stage.begin();
    const joined = (id: number) =>
      stage.api.push({
        message: {
          ...stage.api.message(group, alice.id),
          new_chat_members: [{ id, is_bot: true, first_name: 'X' }],
        },
      });
    joined(1234);
    joined(ME.id);
    const [sent] = await stage.api.untilSent(1);
    expect(sent!.text).toContain(say('telegram.groupHello', { bot: ME.username }));
  });

  it('knows nothing of what was said in private', async () => {
    stage.begin();
    await stage.ask('我们营收1.8亿');
    await stage.ask(`${mention} 行吗`, group, mentioned(mention));
    expect(stage.desk.asked[1]!.history).toEqual([]);
  });

  it('does not let one person press another’s buttons', async () => {
    stage.begin();
    stage.desk.answer = () =>
      answerWith([{ kind: 'lead', text: '答', cites: [] }], {
        suggestions: [{ label: '再问', send: '再问' }],
      });
    await stage.ask(`${mention} 一`, group, mentioned(mention));
    stage.api.press('再问', group, 555);
    const [told] = await stage.api.untilSent(1, 'answerCallbackQuery');
    expect(told!.payload.text).toBe(say('telegram.staleInGroup'));
    expect(stage.desk.asked).toHaveLength(1);
  });
});

describe('inline mode', () => {
  const query = (text: string) =>
    stage.api.push({
      inline_query: {
        id: '1',
        from: { id: 9, is_bot: false, first_name: 'B' },
        query: text,
        offset: '',
      },
    });

  it('gives clauses as cards: a whole quotation with its document and status', async () => {
    stage.begin();
    query('某市 营收');
    const [answered] = await stage.api.untilSent(1, 'answerInlineQuery');
    const [card] = answered!.results!;
    expect(card!.title).toContain('某科规〔2026〕3号');
    expect(card!.text).toContain('《某市管理办法》（某科规〔2026〕3号）');
    expect(card!.text).toContain('状态：现行有效');
  });

  it('says what to type, and shows the documents meanwhile', async () => {
    stage.begin();
    query('');
    const [answered] = await stage.api.untilSent(1, 'answerInlineQuery');
    const texts = answered!.results!.map((card) => card.text);
    expect(texts).toHaveLength(stage.desk.policies().length);
    expect(texts[0]).toMatch(/某科规〔2026〕3号[\s\S]*状态：现行有效/);
    expect(answered!.payload.button).toMatchObject({ text: say('telegram.inline.empty') });
  });
});
