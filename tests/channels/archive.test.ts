import { describe, expect, it } from 'vitest';
import type { AskRequest, Trace } from '../../src/assistant/types.js';
import type { Archive, Kept } from '../../src/channels/web/archive.js';
import { MemoryArchive } from '../../src/channels/web/memory-archive.js';
import { openArchive } from '../../src/channels/web/store-archive.js';
import { type EngineName, place } from '../store/engines.js';
import { answerWith } from '../support/desk.js';

const trace: Trace = {
  step: 'lookup',
  understood: { policies: ['p1'], intents: ['threshold'], facts: {} },
  tools: [],
  guard: [],
};

function kept(id: string, question: string, more: Partial<Kept> = {}, answered = true): Kept {
  const ask: AskRequest = { question, history: [{ role: 'user', text: '先前' }], policy: 'p1' };
  const answer = answerWith([{ kind: 'lead', text: `答：${question}`, cites: [1] }], {
    id,
    question,
    answered,
  });
  return { id, channel: 'api', ask, answer, trace, ...more };
}

/** What every archive does, wherever it keeps things. */
const ARCHIVES: [string, (now: () => Date) => Promise<Archive>][] = [
  ['in memory', async (now) => new MemoryArchive(now)],
  ['in the store (SQLite)', (now) => stored('sqlite', now)],
  ['in the store (PostgreSQL)', (now) => stored('postgres', now)],
];

async function stored(engine: EngineName, now: () => Date): Promise<Archive> {
  return openArchive(await (await place(engine)).open({ now })).archive;
}

describe.each(ARCHIVES)('an archive %s', (_name, open) => {
  const start = new Date('2026-11-21T02:00:00.000Z');
  const day = { from: new Date('2026-11-20T16:00:00Z'), to: new Date('2026-11-21T16:00:00Z') };

  async function use(work: (archive: Archive, clock: { now: Date }) => Promise<void>): Promise<void> {
    const clock = { now: start };
    const archive = await open(() => {
      clock.now = new Date(clock.now.getTime() + 1);
      return clock.now;
    });
    await work(archive, clock);
  }

  it('gives an answer back as it was kept, and nothing for what it never kept', () =>
    use(async (archive) => {
      const one = kept('a1', '营收？');
      await archive.keep(one);
      one.answer.text = '改过';
      const found = await archive.answer('a1');
      expect(found).toMatchObject({ ...kept('a1', '营收？'), feedback: [] });
      expect(found!.at).toMatch(/^2026-11-21T02:00:00/);
      expect(await archive.answer('a2')).toBeNull();
    }));

  it('keeps an answer whose trace nobody told', () =>
    use(async (archive) => {
      await archive.keep(kept('a1', '一', { trace: null }));
      expect((await archive.answer('a1'))?.trace).toBeNull();
    }));

  it('lists newest first, within a span, by channel and by whether it was answered', () =>
    use(async (archive, clock) => {
      await archive.keep(kept('a1', '一'));
      await archive.keep(kept('a2', '二', { channel: 'console' }));
      await archive.keep(kept('a3', '三', {}, false));
      clock.now = new Date('2026-11-21T15:59:59.999Z'); // what is kept next is of the day after
      await archive.keep(kept('a4', '四'));
      const ids = async (more: object) =>
        (await archive.list({ ...day, limit: 10, ...more })).map((line) => line.id);
      expect(await ids({})).toEqual(['a3', 'a2', 'a1']);
      expect(await ids({ channel: 'console' })).toEqual(['a2']);
      expect(await ids({ answered: false })).toEqual(['a3']);
      expect(await ids({ answered: true })).toEqual(['a2', 'a1']);
      expect(await ids({ limit: 1 })).toEqual(['a3']);
      const next = { from: day.to, to: new Date('2026-11-22T16:00:00Z') };
      expect((await archive.list({ ...next, limit: 10 })).map((line) => line.ask.question)).toEqual(['四']);
    }));

  it('queues what was marked wrong or missing, oldest first, until it is decided', () =>
    use(async (archive) => {
      await archive.keep(kept('a1', '一'));
      await archive.keep(kept('a2', '二'));
      const wrong = await archive.feedback('a1', 'wrong', '<b>不对</b>', 'staff');
      expect(wrong).toMatchObject({ answer: 'a1', verdict: 'wrong', note: '<b>不对</b>' });
      await archive.feedback('a2', 'missing', null, 'staff');
      await archive.feedback('a2', 'good', null, 'staff');
      expect(await archive.feedback('a9', 'wrong', null, 'staff')).toBeNull();
      expect((await archive.answer('a2'))?.feedback.map((f) => f.verdict)).toEqual(['missing', 'good']);
      expect((await archive.list({ ...day, limit: 10 })).map((line) => line.feedback)).toEqual([
        'good',
        'wrong',
      ]);
      const open = await archive.reviews('open');
      expect(open.map((r) => [r.answer, r.question, r.verdict, r.state])).toEqual([
        ['a1', '一', 'wrong', 'open'],
        ['a2', '二', 'missing', 'open'],
      ]);
      const decision = { decision: 'confirmed', note: '是', expected: '2亿元', by: '李' } as const;
      const decided = await archive.decide(open[0]!.id, decision);
      expect(decided).toMatchObject({
        id: open[0]!.id,
        note: '<b>不对</b>',
        state: 'done',
        decision: 'confirmed',
        decisionNote: '是',
        expected: '2亿元',
      });
      expect(await archive.decide('nowhere', decision)).toBeNull();
      expect((await archive.reviews('open')).map((r) => r.answer)).toEqual(['a2']);
      expect((await archive.reviews('done')).map((r) => r.answer)).toEqual(['a1']);
      expect(await archive.reviews()).toHaveLength(2);
    }));

  it('counts unanswered questions of the same words together', () =>
    use(async (archive) => {
      await archive.keep(kept('a1', '食堂？', {}, false));
      await archive.keep(kept('a2', '停车？', {}, false));
      await archive.keep(kept('a3', ' 食堂？ ', {}, false));
      await archive.keep(kept('a4', '营收？'));
      const { total, items } = await archive.unanswered(day);
      expect(total).toBe(3);
      expect(items.map((i) => [i.question, i.count])).toEqual([
        ['食堂？', 2],
        ['停车？', 1],
      ]);
      expect(items[0]!.answer).toBe('a3');
    }));

  it('goes from one state of a chat to the next, once for each message, with its answers', () =>
    use(async ({ chats }) => {
      expect(await chats.load('c1')).toBeNull();
      expect(await chats.commit('c1', { revision: 0, state: { n: 0 } })).toBe('saved');
      const { revision } = (await chats.load('c1'))!;
      const step = { revision, state: { n: 1, 中: '<b>' }, update: 'u1', answers: [kept('a1', '一')] };
      expect(await chats.commit('c1', step)).toBe('saved');
      expect((await chats.load('c1'))!.state).toEqual({ n: 1, 中: '<b>' });
      expect(await chats.commit('c1', step)).toBe('duplicate');
      const late = { revision, state: { n: 9 }, update: 'u2', answers: [kept('a2', '二')] };
      expect(await chats.commit('c1', late)).toBe('conflict');
      expect((await chats.load('c1'))!.state).toEqual({ n: 1, 中: '<b>' });
      expect((await chats.answers('c1', ['a2', 'a1'])).map((a) => a?.text ?? null)).toEqual([null, '答：一']);
    }));

  it('takes the same key in two chats for two messages', () =>
    use(async ({ chats }) => {
      for (const id of ['c1', 'c2']) {
        await chats.commit(id, { revision: 0, state: {} });
        const { revision } = (await chats.load(id))!;
        expect(await chats.commit(id, { revision, state: { done: id }, update: 'same' })).toBe('saved');
      }
    }));

  it('forgets a chat whole and says how much that was; what is of others stays', () =>
    use(async (archive) => {
      const { chats } = archive;
      for (const id of ['c1', 'c2']) {
        await chats.commit(id, { revision: 0, state: {} });
        const { revision } = (await chats.load(id))!;
        const answers = [kept(`${id}-a`, '一'), kept(`${id}-b`, '二')];
        await chats.commit(id, { revision, state: {}, update: 'u', answers });
      }
      await archive.feedback('c1-a', 'wrong', '营收1.8亿', 'staff');
      expect(await chats.forget('c1')).toMatchObject({ chats: 1, answers: 2 });
      expect(await chats.load('c1')).toBeNull();
      expect(await archive.answer('c1-a')).toBeNull();
      expect(await archive.reviews()).toEqual([]);
      expect(await archive.answer('c2-a')).not.toBeNull();
      expect(Object.values(await chats.forget('c1')).every((n) => n === 0)).toBe(true);
    }));

  it('is well', () => use(async (archive) => expect(await archive.health()).toBe('ok')));
});
