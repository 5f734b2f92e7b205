import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadLocale } from '../../src/channels/locale.js';
import { createTelegramBot, type TelegramBot } from '../../src/channels/telegram/bot.js';
import { ProcessMemory } from '../../src/channels/telegram/memory-in-process.js';
import { InputError } from '../../src/errors.js';
import { alice, BotApi, buttonsOf, type Chat, ME } from '../support/bot-api.js';
import { answerWith, FakeDesk } from '../support/desk.js';
import { gate } from '../support/gate.js';
import { RecordedLog } from '../support/log.js';

const say = loadLocale();
const group: Chat = { id: -500, type: 'supergroup', title: '群' };
let api: BotApi;
let desk: FakeDesk;
let bots: TelegramBot[];
let recorded: RecordedLog;

beforeEach(async () => {
  api = await new BotApi().start();
  desk = new FakeDesk();
  bots = [];
  recorded = new RecordedLog();
});
afterEach(async () => {
  await Promise.all(bots.map((bot) => bot.stop(200)));
  await api.stop();
});

function begin(token = api.token): TelegramBot {
  const quick = { retryMs: 5, limits: null, flood: null };
  const bot = createTelegramBot(desk, { token, apiRoot: api.root, ...quick }, recorded.log);
  bots.push(bot);
  bot.start();
  return bot;
}

describe('a private chat', () => {
  it('answers a question in Telegram’s HTML, typing meanwhile', async () => {
    begin();
    api.say('泉州 <营收> & 研发');
    const [sent] = await api.untilSent(1);
    expect(sent!.payload).toMatchObject({ chat_id: alice.id, parse_mode: 'HTML' });
    expect(sent!.text).toMatch(/^答：泉州 <营收> & 研发〔1〕/);
    expect(sent!.text).toContain('某科规〔2026〕3号 三（一）');
    expect(sent!.entities?.map((entity) => entity.type)).toContain('bold');
    expect(
      api.calls.some((call) => call.method === 'sendChatAction' && call.payload.action === 'typing'),
    ).toBe(true);
  });

  it('remembers the conversation, each chat its own', async () => {
    begin();
    api.say('一');
    await api.untilSent(1);
    api.say('二');
    await api.untilSent(2);
    api.say('三', { ...alice, id: 78 });
    await api.untilSent(3);
    expect(desk.asked.map((asked) => asked.history?.map((turn) => turn.text))).toEqual([
      [],
      ['一', '答：一'],
      [],
    ]);
  });

  it('handles one chat in order while others go on', async () => {
    begin();
    const go = gate();
    const plain = desk.answer;
    desk.answer = async (request) => {
      if (request.question === '慢') await go.opened;
      return plain(request);
    };
    api.say('慢');
    api.say('快');
    api.say('别人', { ...alice, id: 78 });
    const [first] = await api.untilSent(1);
    expect(first!.payload.chat_id).toBe(78);
    go.open();
    const sent = await api.untilSent(3);
    expect(sent.slice(1).map((call) => call.text?.slice(0, 4))).toEqual(['答：慢〔', '答：快〔']);
  });

  it('splits a long answer into messages that Telegram takes, in order', async () => {
    const items = Array.from({ length: 40 }, (_, i) => ({
      text: `第${i}条<&>${'字'.repeat(300)}`,
      cites: [1],
    }));
    desk.answer = () => answerWith([{ kind: 'list', ordered: true, items }]);
    begin();
    api.say('长');
    await api.until(() => api.sent().some((call) => call.text?.includes('第39条')));
    const whole = api.sent().map((call) => call.text);
    expect(whole.length).toBeGreaterThan(2);
    expect(items.every((item) => whole.some((text) => text?.includes(item.text)))).toBe(true);
  });

  it.each(['start', 'help'])('knows /%s', async (command) => {
    begin();
    api.say(`/${command}`);
    const [sent] = await api.untilSent(1);
    expect(sent!.text).toContain(say(`telegram.${command}`, { bot: ME.username }));
  });

  it('lists the documents with their status under /sources', async () => {
    begin();
    api.say('/sources');
    const [sent] = await api.untilSent(1);
    expect(sent!.text).toContain('《某市管理办法》\n文号：某科规〔2026〕3号');
    expect(sent!.text).toContain('《<草案> & 附件》');
    expect(sent!.text).toContain(say('telegram.status.draft'));
    expect(desk.asked).toEqual([]);
  });

  it('tells Telegram its commands', async () => {
    begin();
    await api.untilSent(1, 'setMyCommands');
    expect(api.commands.map((entry) => entry.command)).toEqual(
      expect.arrayContaining(['start', 'help', 'sources']),
    );
    expect(api.commands.every((entry) => /[\u4e00-\u9fff]/.test(String(entry.description)))).toBe(true);
  });

  it('is polite about what it cannot read', async () => {
    begin();
    const bare = (more: object) => api.push({ message: { ...api.message(alice, alice.id), ...more } });
    bare({ photo: [{ file_id: 'x', file_unique_id: 'x', width: 1, height: 1 }] });
    bare({ sticker: { file_id: 'x' } });
    bare({ pinned_message: api.message(alice, alice.id) });
    api.say('   \u200b ');
    api.say('/nothing');
    api.say('字'.repeat(5000));
    const sent = (await api.untilSent(5)).map((call) => call.text);
    expect(sent).toEqual([
      `${say('telegram.notText')}\n\n${say('telegram.privacy', { days: 90 })}`,
      say('telegram.notText'),
      say('telegram.empty'),
      say('telegram.unknownCommand'),
      say('telegram.tooLong', { length: 5000, limit: 4096 }),
    ]);
    expect(desk.asked).toEqual([]);
  });

  it('answers the words under a picture, and says that it read nothing else; an album is answered once', async () => {
    begin();
    const photo = [{ file_id: 'x', file_unique_id: 'x', width: 1, height: 1 }];
    const bare = (more: object) => api.push({ message: { ...api.message(alice, alice.id), ...more } });
    bare({ photo, caption: '泉州营收要多少', media_group_id: '1' });
    bare({ photo, media_group_id: '1' });
    api.say('完');
    const sent = (await api.untilSent(2)).map((call) => call.text);
    expect(desk.asked.map((request) => request.question)).toEqual(['泉州营收要多少', '完']);
    expect(sent[0]).toContain(say('telegram.captionOnly'));
    expect(sent[1]).not.toContain(say('telegram.captionOnly'));
  });

  it('answers a question that was edited', async () => {
    begin();
    api.push({ edited_message: { ...api.message(alice, alice.id), edit_date: 1, text: '改过的' } });
    const [sent] = await api.untilSent(1);
    expect(sent!.text).toContain('答：改过的');
  });

  it('says so when the assistant fails or refuses, and goes on', async () => {
    begin();
    const plain = desk.answer;
    desk.answer = () => {
      throw new Error('secret 1.8亿');
    };
    api.say('一');
    await api.untilSent(1);
    desk.answer = () => {
      throw new InputError('看不懂', '一句话');
    };
    api.say('二');
    await api.untilSent(2);
    desk.answer = plain;
    api.say('三');
    const sent = (await api.untilSent(3)).map((call) => call.text);
    expect(sent[0]).toContain(say('telegram.failed'));
    expect(sent[1]).toBe('看不懂\n一句话');
    expect(sent[2]).toContain('答：三');
    expect(recorded.text).toContain('could not be answered');
    expect(recorded.text).not.toContain('1.8亿');
  });

  it('offers suggestions as buttons of any length, and a press asks', async () => {
    const send = '很'.repeat(300);
    desk.answer = ({ question }) =>
      answerWith([{ kind: 'lead', text: `答：${question}`, cites: [] }], {
        suggestions: [
          { label: '厦门呢', send: '那厦门呢' },
          { label: '长', send },
        ],
      });
    begin();
    api.say('泉州');
    const [sent] = await api.untilSent(1);
    expect(buttonsOf(sent!).map((button) => button.text)).toEqual(['厦门呢', '长']);
    api.press('厦门呢');
    expect((await api.untilSent(2))[1]!.text).toContain('答：那厦门呢');
    api.press('长');
    await api.untilSent(3);
    expect(desk.asked.map(({ question }) => question)).toEqual(['泉州', '那厦门呢', send]);
  });

  it('answers a press of an older answer’s button with what was said up to then', async () => {
    desk.answer = ({ question }) =>
      answerWith([{ kind: 'lead', text: `答：${question}`, cites: [] }], {
        suggestions: [{ label: `再问${question}`, send: '再问' }],
      });
    begin();
    api.say('一');
    await api.untilSent(1);
    api.say('二');
    await api.untilSent(2);
    api.press('再问一');
    await api.untilSent(3);
    expect(desk.asked[2]!.history!.map((turn) => turn.text)).toEqual(['一', '答：一']);
  });

  it('answers a button that means nothing any more politely and changes nothing', async () => {
    begin();
    api.say('一');
    await api.untilSent(1);
    for (const data of ['old', '1.0', '99999999999.0']) api.press({ data });
    const told = await api.untilSent(3, 'answerCallbackQuery');
    expect(told.map((call) => call.payload.text)).toEqual(Array(3).fill(say('telegram.stale')));
    expect(desk.asked).toHaveLength(1);
  });
});

describe('a group', () => {
  const mention = `@${ME.username}`;
  const entity = (text: string) => ({
    entities: [{ type: 'mention', offset: text.indexOf('@'), length: mention.length }],
  });

  it('answers when mentioned, replied to or commanded, as a reply, and to nobody else', async () => {
    begin();
    api.say('大家好', group);
    api.say('请问 @someone_else_bot 呢', group, { entities: [{ type: 'mention', offset: 3, length: 17 }] });
    api.say('/help@another_bot', group);
    const asked = api.say(`${mention} 泉州营收`, group, entity(mention));
    await api.untilSent(1);
    api.say('那厦门呢', group, { reply_to_message: { ...api.message(group, ME.id), from: ME, text: '答' } });
    await api.untilSent(2);
    api.say(`/ask@${ME.username} 青岛`, group);
    await api.untilSent(3);
    api.say(mention, group, {
      ...entity(mention),
      reply_to_message: { ...api.message(group, 5), text: '温州研发强度' },
    });
    const sent = await api.untilSent(4);
    expect(desk.asked.map((request) => request.question)).toEqual([
      '泉州营收',
      '那厦门呢',
      '青岛',
      '温州研发强度',
    ]);
    expect(sent[0]!.payload.reply_parameters).toMatchObject({ message_id: asked.message_id });
  });

  it('keeps the conversations of two people apart', async () => {
    begin();
    const from = (id: number) => ({ from: { id, is_bot: false, first_name: 'B' }, ...entity(mention) });
    api.say(`${mention} 我们营收3亿`, group, from(1));
    await api.untilSent(1);
    api.say(`${mention} 我们行吗`, group, from(2));
    await api.untilSent(2);
    expect(desk.asked[1]!.history).toEqual([]);
  });
});

describe('faults of Telegram', () => {
  it('gives up on a refused token with a clear message and nothing else', async () => {
    const bot = begin('1:wrong');
    await recorded.until('refuses TELEGRAM_BOT_TOKEN');
    expect(bot.state().status).toBe('refused');
    expect(bot.state().detail).toMatch(/TELEGRAM_BOT_TOKEN.*401/);
    expect(recorded.text).not.toContain('1:wrong');
  });

  it('stops when the token is revoked while it runs', async () => {
    api.fail('getUpdates', { code: 401 });
    const bot = begin();
    await recorded.until('refuses TELEGRAM_BOT_TOKEN');
    expect(bot.state().status).toBe('refused');
  });

  it('names another instance, tries again and then answers', async () => {
    api.fail('getUpdates', { code: 409 }, { code: 409 });
    api.say('问');
    const bot = begin();
    await api.untilSent(1);
    expect(recorded.text).toMatch(/another instance is polling/);
    expect(bot.state().status).toBe('running');
  });

  it('outlives 5xx, 429 and broken connections while polling and starting', async () => {
    api.fail('getMe', { code: 502 }, { drop: 'before' });
    api.fail('deleteWebhook', { code: 500 });
    api.fail('setMyCommands', { code: 500 });
    api.fail(
      'getUpdates',
      { code: 500 },
      { drop: 'before' },
      { drop: 'after' },
      { code: 429, retryAfter: 0 },
    );
    api.say('问');
    begin();
    const [sent] = await api.untilSent(1);
    expect(sent!.text).toContain('答：问');
  });

  it('answers through a server that knows neither webhooks, commands nor typing', async () => {
    const unknown = { code: 404, description: 'Not Found: method not found' };
    for (const method of ['deleteWebhook', 'setMyCommands', 'sendChatAction'])
      api.fail(method, unknown, unknown);
    begin();
    api.say('问');
    const [sent] = await api.untilSent(1);
    expect(sent!.text).toContain('答：问');
  });

  it('waits as long as Telegram says, then sends', async () => {
    api.fail('sendMessage', { code: 429, retryAfter: 1 }, { code: 429, retryAfter: 0 });
    begin();
    api.say('问');
    await api.untilSent(1);
    expect(desk.asked).toHaveLength(1);
  });

  it('sends again after a 5xx and a broken connection', async () => {
    api.fail('sendMessage', { code: 500 });
    begin();
    api.say('问');
    await api.untilSent(1);
    expect(desk.asked).toHaveLength(1);
    expect(api.sent()).toHaveLength(1);
  });

  it('tells Telegram its commands also when it may not at first', async () => {
    api.fail('setMyCommands', { code: 429, retryAfter: 1 });
    begin();
    const calls = await api.untilSent(6, 'setMyCommands');
    expect(calls).toHaveLength(6);
    expect(api.calls.filter((call) => call.method === 'setMyCommands' && !call.ok)).toHaveLength(1);
  });

  it('goes on when a user has blocked it', async () => {
    api.fail('sendMessage', { code: 403 });
    begin();
    api.say('一');
    api.say('二', { ...alice, id: 78 });
    await api.untilSent(1);
    api.say('三');
    await api.untilSent(2);
    expect(recorded.text).toContain('blocked');
  });

  it('handles an update once that is delivered twice', async () => {
    begin();
    const message = { ...api.message(alice, alice.id), text: '一' };
    const id = api.push({ message });
    await api.untilSent(1);
    await api.until(() => api.unconfirmed().length === 0);
    api.push({ message }, id);
    api.say('二');
    await api.untilSent(2);
    expect(desk.asked.map((request) => request.question)).toEqual(['一', '二']);
  });

  it('tells who sends too much so once, then says nothing, and hears others', async () => {
    const bot = createTelegramBot(
      desk,
      { token: api.token, apiRoot: api.root, limits: null, flood: { most: 2, inMs: 3_600_000 } },
      recorded.log,
    );
    bots.push(bot);
    bot.start();
    for (const text of ['一', '二', '三', '四', '五']) api.say(text);
    await api.until(() => api.unconfirmed().length === 0);
    const other = { id: 78, type: 'private' } as const;
    api.say('别人', other, { from: { id: 78, is_bot: false, first_name: 'B' } });
    await api.untilSent(4);
    expect(api.transcript().slice(2)).toEqual([say('telegram.flood')]);
    expect(desk.asked.map((request) => request.question)).toEqual(['一', '二', '别人']);
  });

  it('keeps that count with the chat, for whichever process is next', async () => {
    const memory = new ProcessMemory();
    const flood = { most: 1, inMs: 3_600_000 };
    for (const text of ['一', '二', '三']) {
      const bot = createTelegramBot(
        desk,
        { token: api.token, apiRoot: api.root, limits: null, flood, memory },
        recorded.log,
      );
      bot.start();
      api.say(text);
      await api.until(() => api.unconfirmed().length === 0);
      await bot.stop();
    }
    expect(desk.asked.map((request) => request.question)).toEqual(['一']);
    expect(api.transcript().slice(1)).toEqual([say('telegram.flood')]);
  });

  it('does not count what people say to each other in a group', async () => {
    const bot = createTelegramBot(
      desk,
      { token: api.token, apiRoot: api.root, limits: null, flood: { most: 1, inMs: 3_600_000 } },
      recorded.log,
    );
    bots.push(bot);
    bot.start();
    for (const text of ['吃饭了吗', '吃了', '走吧']) api.say(text, group);
    const entities = [{ type: 'mention', offset: 0, length: ME.username.length + 1 }];
    api.say(`@${ME.username} 问`, group, { entities });
    await api.untilSent(1);
    expect(api.transcript(group.id)).toHaveLength(1);
    expect(api.transcript(group.id)[0]).toContain('答：问');
  });

  it('finishes what it has in hand when stopped, and confirms it', async () => {
    const bot = begin();
    const started = gate();
    const go = gate();
    const plain = desk.answer;
    desk.answer = async (request) => {
      started.open();
      await go.opened;
      return plain(request);
    };
    api.say('问');
    await started.opened;
    const stopped = bot.stop(10_000);
    go.open();
    await stopped;
    expect(api.sent()).toHaveLength(1);
    expect(api.unconfirmed()).toEqual([]);
    expect(bot.state().status).toBe('stopped');
  });

  it('does not wait for ever when stopped, and names what it left', async () => {
    const bot = begin();
    const started = gate();
    desk.answer = async () => {
      started.open();
      return new Promise(() => {});
    };
    api.say('问');
    await started.opened;
    await bot.stop(20);
    expect(recorded.text).toContain('stopped before these were answered');
    expect(api.unconfirmed()).toEqual([]);
  });
});
