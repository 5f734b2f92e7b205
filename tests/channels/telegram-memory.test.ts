import { beforeEach, describe, expect, it } from 'vitest';
import type { Row } from '../../src/channels/telegram/delivery.js';
import type { Memory } from '../../src/channels/telegram/memory.js';
import { ProcessMemory } from '../../src/channels/telegram/memory-in-process.js';
import { StoreMemory } from '../../src/channels/telegram/memory-store.js';
import { Work } from '../../src/channels/telegram/work.js';
import type { Store } from '../../src/store/index.js';
import { type EngineName, onBoth, type Place, place } from '../store/engines.js';
import { answerWith } from '../support/desk.js';
import { Stage, say } from '../support/telegram.js';

const KEY = 'telegram:7';
async function work(memory: Memory, update: number, key = KEY): Promise<Work> {
  const loaded = await memory.load(key, update);
  expect(loaded).not.toBeNull();
  const place = { key, chat: 7, alone: true };
  return new Work(place, loaded!, say, update, (policy) => policy, '说明');
}

async function over(there: Place): Promise<{ store: Store; memory: StoreMemory }> {
  const store = await there.open();
  return { store, memory: new StoreMemory(store) };
}

const storedIn = (engine: EngineName) => async () => (await over(await place(engine))).memory;

const KINDS: [string, () => Promise<Memory>][] = [
  ['in the process', async () => new ProcessMemory()],
  ['in the store (SQLite)', storedIn('sqlite')],
  ['in the store (PostgreSQL)', storedIn('postgres')],
];

describe.each(KINDS)('the memory %s', (_name, open) => {
  it('saves state, answers, replies and that the update was handled, all at once', async () => {
    const memory = await open();
    const first = await work(memory, 1);
    first.answer(
      { question: '问' },
      answerWith([{ kind: 'lead', text: '答', cites: [] }], { id: 'a' }),
      null,
    );
    const rows = await memory.save(first);
    expect(rows).toMatchObject([{ out: { kind: 'text', chat: 7 } }]);
    expect(await memory.load(KEY, 1)).toBeNull();
    expect((await memory.load(KEY, 2))!.state.exchanges.map((each) => each.question)).toEqual(['问']);
    expect((await memory.answer(KEY, 'a'))!.id).toBe('a');
    expect(await memory.answer('telegram:8', 'a')).toBeNull();
    expect(await memory.unsent()).toEqual(rows);
    await memory.sent((rows as Row[])[0]!);
    expect(await memory.unsent()).toEqual([]);
  });

  it('saves an update once, and nothing over a state that another one changed', async () => {
    const memory = await open();
    const [one, same, other] = [await work(memory, 1), await work(memory, 1), await work(memory, 2)];
    for (const each of [one, same, other]) each.notice('说');
    expect(await memory.save(one)).toHaveLength(1);
    expect(await memory.save(same)).toBe('duplicate');
    expect(await memory.save(other)).toBe('conflict');
    const again = await work(memory, 2);
    again.notice('说');
    expect(await memory.save(again)).toHaveLength(1);
  });

  it('forgets everything of a chat, with a count, and nothing of another', async () => {
    const memory = await open();
    for (const [update, key] of [
      [1, KEY],
      [2, 'telegram:8'],
    ] as const) {
      const each = await work(memory, update, key);
      each.answer(
        { question: '问' },
        answerWith([{ kind: 'lead', text: '答', cites: [] }], { id: `a${update}` }),
        null,
      );
      await memory.save(each);
    }
    const leaving = await work(memory, 3);
    expect(await memory.forget(leaving)).toMatchObject({ chats: 1, answers: 1 });
    leaving.notice('删了');
    expect(await memory.save(leaving)).toHaveLength(1);
    expect(await memory.answer(KEY, 'a1')).toBeNull();
    expect((await memory.load('telegram:8', 9))!.state.exchanges).toHaveLength(1);
  });
});

onBoth('the memory in the store', (fresh) => {
  let there: Place;
  const stored = () => over(there);
  beforeEach(async () => {
    there = await fresh();
  });

  it('keeps updates from when they are taken until they are handled, over a restart', async () => {
    const { store, memory: before } = await stored();
    const update = (id: number) => ({ update_id: id, message: undefined });
    await before.inbox.put([update(1), update(2), update(3)]);
    await before.inbox.put([update(2)]);
    const handled = await work(before, 2);
    handled.notice('答');
    await before.save(handled);
    await store.close();
    const { memory: after } = await stored();
    expect((await after.inbox.pending()).map((each) => each.update_id)).toEqual([1, 3]);
    expect(await after.unsent()).toHaveLength(1);
    await after.inbox.put([update(2)]);
    await after.inbox.done(update(3));
    expect((await after.inbox.pending()).map((each) => each.update_id)).toEqual([1]);
  });

  it('reads a state of an older version, so that an open interview goes on', async () => {
    const { memory } = await stored();
    const each = await work(memory, 1);
    const interview = { version: 2, trail: ['一'] };
    each.state = { version: 0, exchanges: [], interview } as never;
    each.touched = true;
    await memory.save(each);
    const { state } = (await memory.load(KEY, 2))!;
    expect(state).toMatchObject({ interview, buttons: [], noticed: false, city: null });
  });

  it('has a new process send what was saved and not sent, and answer what was taken and not handled', async () => {
    const { memory } = await stored();
    const unsent = await work(memory, 90);
    unsent.notice('上次没发出的');
    await memory.save(unsent);
    const stage = await Stage.open();
    await memory.inbox.put([
      { update_id: 91, message: { ...stage.api.message({ id: 7, type: 'private' }, 7), text: '上次没答的' } },
    ] as never);
    stage.begin({ memory });
    await stage.api.untilSent(2);
    expect(stage.api.transcript(7)[0]).toContain('上次没发出的');
    expect(stage.api.transcript(7)[1]).toContain('答：上次没答的');
    await stage.close();
    expect(await memory.inbox.pending()).toEqual([]);
    expect(await memory.unsent()).toEqual([]);
  });

  it('goes on in the message in which an answer was growing when the process ended', async () => {
    const { memory } = await stored();
    const stage = await Stage.open();
    const sent = await stage.api;
    const chat = { id: 7, type: 'private' as const };
    const update = { update_id: 91, message: { ...stage.api.message(chat, 7), text: '问' } };
    await memory.inbox.put([update] as never);
    stage.desk.assistant.ask = async (_request, options) => {
      options?.onSentence?.('第一句。');
      await new Promise((resolve) => options?.signal?.addEventListener('abort', resolve));
      throw new Error('stopped');
    };
    const first = stage.begin({ memory });
    const [begun] = await sent.untilSent(1);
    await first.stop(1);
    stage.desk.assistant.ask = async () => answerWith([{ kind: 'lead', text: '全部。', cites: [] }]);
    stage.begin({ memory });
    const [edited] = await stage.api.untilSent(1, 'editMessageText');
    expect(edited!.payload.message_id).toBe(begun!.messageId);
    expect(edited!.text).toContain('全部。');
    await stage.close();
  });

  it('knows who has blocked the bot, until they write again', async () => {
    const { memory } = await stored();
    const stage = await Stage.open();
    stage.begin({ memory });
    stage.api.block(77);
    stage.api.say('问');
    await stage.recorded.until('blocked');
    await stage.bots[0]!.stop();
    expect((await memory.load('telegram:77', -1))!.state.unreachable).toBe(true);
    expect(await memory.unsent()).toEqual([]);
    stage.api.unblock(77);
    stage.begin({ memory });
    await stage.ask('回来了');
    expect((await memory.load('telegram:77', -1))!.state.unreachable).toBe(false);
    await stage.close();
  });

  it('loses nothing to a fault of the database, and goes on', async () => {
    const { memory } = await stored();
    const save = memory.save.bind(memory);
    let faults = 2;
    memory.save = async (each) => {
      if (faults-- > 0) throw new Error('disk full');
      return save(each);
    };
    const stage = await Stage.open();
    stage.begin({ memory });
    stage.api.say('问');
    const [sent] = await stage.api.untilSent(1);
    expect(sent!.text).toContain('答：问');
    expect(stage.recorded.text).toContain('it is kept and tried again');
    expect(stage.recorded.text).not.toContain('disk full');
    await stage.close();
  });

  it('sets aside what fails again and again, and the chat goes on', async () => {
    const { store, memory } = await stored();
    const save = memory.save.bind(memory);
    memory.save = async (each) => {
      if (each.state.exchanges.some(({ question }) => question === '毒')) throw new Error('always');
      return save(each);
    };
    const stage = await Stage.open();
    stage.begin({ memory });
    stage.api.say('毒');
    stage.api.say('好');
    await stage.api.untilSent(2);
    // Who asked is told, and in their order.
    const [regret, answer] = stage.api.transcript(77);
    expect(regret).toBe(say('telegram.failed'));
    expect(answer).toContain('答：好');
    expect(await store.inbox.aside()).toHaveLength(1);
    await stage.close();
  });

  it('answers in the order of a chat also what failed at first, while other chats go on', async () => {
    const { memory } = await stored();
    const save = memory.save.bind(memory);
    let faults = 3;
    memory.save = async (each) => {
      if (each.place.chat === 77 && faults-- > 0) throw new Error('disk full');
      return save(each);
    };
    const stage = await Stage.open();
    for (const text of ['一', '二', '三']) stage.api.say(text);
    stage.api.say('别人', { id: 78, type: 'private' });
    stage.begin({ memory, retryMs: 50 });
    await stage.api.untilSent(4);
    const order = stage.api.sent().map(({ text }) => /答：(\S+?)(〔|$)/m.exec(text!)?.[1]);
    expect(order).toEqual(['别人', '一', '二', '三']);
    await stage.close();
  });

  it('leaves what still fails at the stop to the next process, with what came after it', async () => {
    const { memory } = await stored();
    const save = memory.save.bind(memory);
    memory.save = async () => {
      throw new Error('disk full');
    };
    const stage = await Stage.open();
    stage.api.say('一');
    stage.api.say('二');
    const first = stage.begin({ memory, retryMs: 60_000 });
    await stage.recorded.until('it is kept and tried again');
    await first.stop(1000);
    expect(stage.api.sent()).toEqual([]);
    memory.save = save;
    stage.begin({ memory });
    await stage.api.untilSent(2);
    expect(stage.api.transcript(77).map((text) => /答：(.)/.exec(text)![1])).toEqual(['一', '二']);
    await stage.close();
  });

  it('sends once what the store could not tick off, and then the rest', async () => {
    const { memory } = await stored();
    const sent = memory.sent.bind(memory);
    let faults = 3;
    memory.sent = async (row) => {
      if (faults-- > 0) throw new Error('busy');
      return sent(row);
    };
    const stage = await Stage.open();
    stage.begin({ memory });
    for (const text of ['一', '二']) stage.api.say(text);
    await stage.api.untilSent(2);
    await stage.close();
    expect(stage.api.transcript(77).map((text) => /答：(.)/.exec(text)![1])).toEqual(['一', '二']);
    expect(await memory.unsent()).toEqual([]);
  });

  it('takes up what another process left while this one runs', async () => {
    const { memory } = await stored();
    const stage = await Stage.open();
    stage.begin({ memory, lookEveryMs: 10 });
    await stage.ask('问');
    // Committed and taken by a process that ended there: the bot hears nothing of it.
    const unsent = await work(memory, 900, 'telegram:8');
    unsent.place.chat = 8;
    unsent.notice('没发出的');
    await memory.save(unsent);
    const chat = { id: 9, type: 'private' as const };
    await memory.inbox.put([
      { update_id: 901, message: { ...stage.api.message(chat, 9), text: '没答的' } },
    ] as never);
    await stage.api.untilSent(3);
    expect(stage.api.transcript(8).join()).toContain('没发出的');
    expect(stage.api.transcript(9).join()).toContain('答：没答的');
    await stage.close();
  });
});
