import { expect, test } from 'vitest';
import { answer, clock, onBoth } from './engines.js';

const DAY = { from: new Date('2026-11-21T00:00:00Z'), to: new Date('2026-11-22T00:00:00Z') };

onBoth('chats', (fresh) => {
  test('state, answers, replies and the handled update are there after a restart', async () => {
    const place = await fresh();
    const first = await place.open();
    const done = await first.chats.commit('telegram:1', {
      revision: 0,
      state: { version: 1, facts: { 'lead.revenue_last_year': '180000000' } },
      update: 'telegram:77',
      answers: [answer('a1', { channel: 'telegram' })],
      outbox: [
        { id: 'r1', channel: 'telegram', payload: { text: '一' } },
        { channel: 'telegram', payload: { text: '二' } },
      ],
    });
    expect(done).toBe('saved');
    await first.close();

    const store = await place.open();
    expect(await store.chats.load('telegram:1')).toMatchObject({
      revision: 1,
      state: { version: 1, facts: { 'lead.revenue_last_year': '180000000' } },
    });
    expect(await store.chats.handled('telegram:77')).toBe(true);
    const replies = await store.outbox.pending('telegram');
    expect(replies.map((reply) => reply.payload)).toEqual([{ text: '一' }, { text: '二' }]);
    expect(replies[0]).toMatchObject({ id: 'r1', chat: 'telegram:1', channel: 'telegram' });
    expect(await store.outbox.pending('web')).toEqual([]);
    expect(await store.answers.get('a1')).toMatchObject({
      chat: 'telegram:1',
      channel: 'telegram',
      answered: true,
      answer: { text: '2亿元以上', citations: [] },
      trace: { step: 'conditions' },
    });

    await store.outbox.done('r1', 'never there');
    expect((await store.outbox.pending('telegram')).map((r) => r.payload)).toEqual([{ text: '二' }]);
    expect(await store.outbox.count()).toBe(1);
  });

  test('an update that was handled changes nothing a second time', async () => {
    const store = await (await fresh()).open();
    const commit = { revision: 0, state: 1, update: 'u', outbox: [{ channel: 'web', payload: 'hello' }] };
    expect(await store.chats.commit('web:a', commit)).toBe('saved');
    expect(await store.chats.commit('web:a', { ...commit, revision: 1, state: 2 })).toBe('duplicate');
    expect(await store.chats.commit('web:a', { ...commit, state: 3 })).toBe('duplicate');
    expect(await store.chats.load('web:a')).toMatchObject({ revision: 1, state: 1 });
    expect(await store.outbox.count('web')).toBe(1);
  });

  test('of two that follow the same state one is saved, and the other leaves no trace', async () => {
    const store = await (await fresh()).open();
    await store.chats.commit('web:a', { revision: 0, state: 'begun' });
    const go = (name: string) =>
      store.chats.commit('web:a', {
        revision: 1,
        state: name,
        update: name,
        answers: [answer(name)],
        outbox: [{ channel: 'web', payload: name }],
      });
    const outcomes = await Promise.all(['x', 'y', 'z'].map(go));
    expect([...outcomes].sort()).toEqual(['conflict', 'conflict', 'saved']);
    const winner = ['x', 'y', 'z'][outcomes.indexOf('saved')]!;
    expect(await store.chats.load('web:a')).toMatchObject({ revision: 2, state: winner });
    for (const name of ['x', 'y', 'z']) {
      expect(await store.chats.handled(name)).toBe(name === winner);
      expect((await store.answers.get(name)) !== null).toBe(name === winner);
    }
    expect(await store.outbox.count()).toBe(1);
    // A chat that others began meanwhile is not begun again.
    expect(await store.chats.commit('web:a', { revision: 0, state: 'again' })).toBe('conflict');
  });

  test('one update delivered to many hands at once is handled once', async () => {
    const store = await (await fresh()).open();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        store.chats.commit(`web:${i}`, { revision: 0, state: i, update: 'same' }),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'saved')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(7);
  });

  test('one that fails takes none with it that was asked for at the same time', async () => {
    const store = await (await fresh()).open();
    const endless: Record<string, unknown> = {};
    endless.self = endless;
    const go = (key: string, state: unknown) =>
      store.chats
        .commit(key, { revision: 0, state, update: key, outbox: [{ channel: 'web', payload: key }] })
        .catch((error: Error) => error.name);
    const outcomes = await Promise.all([go('web:a', 1), go('web:b', endless), go('web:c', 3)]);
    expect(outcomes).toEqual(['saved', 'StoreError', 'saved']);
    expect(await store.chats.load('web:b')).toBeNull();
    expect(await store.chats.handled('web:b')).toBe(false);
    expect((await store.outbox.pending('web')).map((reply) => reply.chat).sort()).toEqual(['web:a', 'web:c']);
  });

  test('forgetting deletes all of the chat and nothing else, and counts it', async () => {
    const store = await (await fresh()).open();
    for (const key of ['web:a', 'web:b'])
      await store.chats.commit(key, {
        revision: 0,
        state: 'secret',
        update: `of ${key}`,
        answers: [answer(`${key} 1`), answer(`${key} 2`)],
        outbox: [{ channel: 'web', payload: 1 }],
      });
    await store.reviews.add('web:a 1', { verdict: 'wrong', note: 'n', by: 'Li' });
    await store.inbox.put([{ id: 'waits', chat: 'web:a', channel: 'web', payload: 'more' }]);
    expect(await store.chats.forget('web:a')).toEqual({
      chats: 1,
      answers: 2,
      feedback: 1,
      outbox: 1,
      inbox: 1,
    });
    expect(await store.chats.load('web:a')).toBeNull();
    expect(await store.answers.get('web:a 1')).toBeNull();
    expect(await store.reviews.list()).toEqual([]);
    expect(await store.inbox.pending('web')).toEqual([]);
    expect(await store.chats.handled('of web:a')).toBe(true);
    expect(await store.answers.get('web:b 2')).not.toBeNull();
    expect((await store.outbox.pending('web')).map((r) => r.chat)).toEqual(['web:b']);
    expect(await store.chats.forget('web:a')).toEqual({
      chats: 0,
      answers: 0,
      feedback: 0,
      outbox: 0,
      inbox: 0,
    });
    // Work that was under way on the chat finds it gone; a new beginning is possible.
    expect(await store.chats.commit('web:a', { revision: 1, state: 'late' })).toBe('conflict');
    expect(await store.chats.commit('web:a', { revision: 0, state: 'new' })).toBe('saved');
  });

  test('any text that people send comes back, as far as text can be stored', async () => {
    const store = await (await fresh()).open();
    const odd = '𠮷👩‍🔬\u0000\uD800"\\\n\u2028‮';
    const state = { odd, deep: [null, true, 1.5, { [odd]: odd }] };
    expect(
      await store.chats.commit(`web:${odd}`, {
        revision: 0,
        state,
        answers: [answer('o', { question: odd })],
      }),
    ).toBe('saved');
    expect((await store.chats.load(`web:${odd}`))?.state).toEqual(state);
    expect((await store.answers.get('o'))?.question).toBe('𠮷👩‍🔬\uFFFD\uFFFD"\\\n\u2028‮');
    const long = '长'.repeat(1_000_000);
    await store.chats.commit('web:long', { revision: 0, state: long });
    expect((await store.chats.load('web:long'))?.state).toBe(long);
  });
});

onBoth('inbox', (fresh) => {
  const update = (id: string, chat = 'telegram:1') => ({ id, chat, channel: 'telegram', payload: { n: id } });

  test('a message is kept once, in order, until it was handled', async () => {
    const place = await fresh();
    const first = await place.open();
    expect(await first.inbox.put([update('b'), update('a')])).toEqual(['b', 'a']);
    expect(await first.inbox.put([update('a'), update('c')])).toEqual(['c']);
    await first.close();
    const store = await place.open();
    expect((await store.inbox.pending('telegram')).map((u) => u.id)).toEqual(['b', 'a', 'c']);
    expect((await store.inbox.pending('telegram', 1))[0]).toMatchObject({ payload: { n: 'b' }, attempts: 0 });
    await store.chats.commit('telegram:1', { revision: 0, state: 1, update: 'b' });
    await store.inbox.done('a');
    expect((await store.inbox.pending('telegram')).map((u) => u.id)).toEqual(['c']);
    expect(await store.inbox.put([update('a'), update('b')])).toEqual([]);
    expect(await store.chats.commit('telegram:1', { revision: 1, state: 2, update: 'a' })).toBe('duplicate');
  });

  test('a message that fails every time goes aside, and those behind it are handled', async () => {
    const store = await (await fresh()).open();
    await store.inbox.put([update('poison'), update('next')]);
    const outcomes = [];
    for (let i = 0; i < 4; i += 1)
      outcomes.push(await store.inbox.attempt('poison', { most: 3, error: 'TypeError at x' }));
    expect(outcomes).toEqual(['try', 'try', 'try', 'aside']);
    expect((await store.inbox.pending('telegram')).map((u) => u.id)).toEqual(['next']);
    expect(await store.inbox.aside()).toMatchObject([
      { id: 'poison', chat: 'telegram:1', payload: { n: 'poison' }, attempts: 4, error: 'TypeError at x' },
    ]);
    expect(await store.inbox.attempt('poison', { most: 3 })).toBe('gone');
    expect(await store.inbox.put([update('poison')])).toEqual([]);
    expect(await store.chats.commit('telegram:1', { revision: 0, state: 1, update: 'next' })).toBe('saved');

    expect(await store.inbox.retry('poison')).toBe(true);
    expect(await store.inbox.retry('poison')).toBe(false);
    expect((await store.inbox.pending('telegram')).map((u) => [u.id, u.attempts])).toEqual([['poison', 0]]);
    expect(await store.chats.commit('telegram:1', { revision: 1, state: 2, update: 'poison' })).toBe('saved');
    expect(await store.inbox.aside()).toEqual([]);
  });
});

onBoth('answers and reviews', (fresh) => {
  test('answers of a day are listed newest first, by channel and by whether they answered', async () => {
    const time = clock();
    const store = await (await fresh()).open({ now: time.now });
    await store.answers.keep(answer('1', { channel: 'console' }));
    await store.answers.keep(answer('2', { answered: false, trace: undefined, request: undefined }));
    time.set('2026-11-21T23:59:59.999Z');
    await store.answers.keep(answer('3'));
    time.set('2026-11-22T00:00:00.000Z');
    await store.answers.keep(answer('4'));
    const ids = async (more = {}) => (await store.answers.list({ ...DAY, ...more })).map((a) => a.id);
    expect(await ids()).toEqual(['3', '2', '1']);
    expect(await ids({ channel: 'console' })).toEqual(['1']);
    expect(await ids({ answered: false })).toEqual(['2']);
    expect(await ids({ limit: 1 })).toEqual(['3']);
    expect(await ids({ chat: 'web:none' })).toEqual([]);
    expect(await store.answers.get('2')).toMatchObject({
      trace: null,
      request: null,
      chat: null,
      feedback: [],
    });
    // What was given once stays as it was.
    await store.answers.keep(answer('1', { question: 'other' }));
    expect((await store.answers.get('1'))?.question).toBe('泉州牵头要多少营收');
    expect(await store.answers.get('none')).toBeNull();
  });

  test('questions without an answer are counted, the most frequent first', async () => {
    const time = clock();
    const store = await (await fresh()).open({ now: time.now });
    const ask = async (id: string, question: string, answered = false) => {
      time.ahead(1 / 1440);
      await store.answers.keep(answer(id, { question, answered }));
    };
    await ask('1', '评审费多少');
    await ask('2', '电话');
    await ask('3', '评审费多少');
    await ask('4', '门槛', true);
    await ask('5', '地址');
    expect(await store.answers.unanswered(DAY)).toEqual({
      total: 4,
      items: [
        { question: '评审费多少', count: 2, last: '2026-11-21T08:03:00.000Z', answer: '3' },
        { question: '地址', count: 1, last: '2026-11-21T08:05:00.000Z', answer: '5' },
        { question: '电话', count: 1, last: '2026-11-21T08:02:00.000Z', answer: '2' },
      ],
    });
    const first = await store.answers.unanswered({ ...DAY, limit: 1 });
    expect([first.total, first.items.length]).toEqual([4, 1]);
    expect(await store.answers.unanswered({ ...DAY, channel: 'console' })).toEqual({ total: 0, items: [] });
  });

  test('a mark joins the queue, is decided by a lead and becomes an evaluation case', async () => {
    const store = await (await fresh()).open({ now: clock().now });
    await store.answers.keep(
      answer('1', { request: { question: 'q', history: [{ role: 'user', text: 'h' }] } }),
    );
    await store.answers.keep(answer('2', { answered: false }));
    expect(await store.reviews.add('none', { verdict: 'wrong', note: null, by: 'Li' })).toBeNull();
    await store.reviews.add('1', { verdict: 'good', note: null, by: 'Li' });
    const wrong = (await store.reviews.add('1', { verdict: 'wrong', note: '漏了高企', by: 'Li' }))!;
    const missing = (await store.reviews.add('2', { verdict: 'missing', note: null, by: 'Wang' }))!;
    expect((await store.reviews.list('open')).map((r) => [r.answer, r.verdict, r.note, r.by])).toEqual([
      ['1', 'wrong', '漏了高企', 'Li'],
      ['2', 'missing', null, 'Wang'],
    ]);
    expect((await store.answers.get('1'))?.feedback.map((f) => f.verdict)).toEqual(['good', 'wrong']);
    const span = { from: new Date(0), to: new Date('2100-01-01') };
    expect((await store.answers.list(span)).map((a) => a.feedback)).toEqual(['missing', 'wrong']);

    expect(
      await store.reviews.decide('none', { decision: 'rejected', note: null, expected: null, by: 'Chen' }),
    ).toBeNull();
    await store.reviews.decide(missing.id, {
      decision: 'rejected',
      note: '本就没有',
      expected: null,
      by: 'Chen',
    });
    expect(
      await store.reviews.decide(wrong.id, {
        decision: 'confirmed',
        note: null,
        expected: '高新技术企业',
        by: 'Chen',
      }),
    ).toMatchObject({ state: 'done', decision: 'confirmed', expected: '高新技术企业', decidedBy: 'Chen' });
    expect(await store.reviews.list('open')).toEqual([]);
    expect(await store.reviews.list('done')).toHaveLength(2);

    const lines = (await store.reviews.cases()).trimEnd().split('\n');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0]!)).toMatchObject({
      question: '泉州牵头要多少营收',
      asOf: '2026-11-21',
      history: [{ role: 'user', text: 'h' }],
      gold: { mustSay: ['高新技术企业'] },
      review: { verdict: 'wrong', note: '漏了高企', given: { text: '2亿元以上' } },
    });
  });
});

onBoth('sessions and budgets', (fresh, engine) => {
  test('a session is known by its hash until it ends or is ended', async () => {
    const time = clock();
    const store = await (await fresh()).open({ now: time.now });
    await store.sessions.put('h1', { name: 'Li', until: new Date('2026-11-21T10:00:00Z') });
    await store.sessions.put('h2', { name: 'Wang', until: new Date('2026-11-21T12:00:00Z') });
    await store.sessions.put('h2', { name: 'Wang', until: new Date('2026-11-21T13:00:00Z') });
    expect(await store.sessions.get('h1')).toMatchObject({
      name: 'Li',
      until: new Date('2026-11-21T10:00:00Z'),
    });
    expect(await store.sessions.count()).toBe(2);
    time.set('2026-11-21T10:00:00.000Z');
    expect(await store.sessions.get('h1')).toBeNull();
    expect(await store.sessions.count()).toBe(1);
    await store.sessions.delete('h2');
    expect(await store.sessions.get('h2')).toBeNull();
  });

  test('a budget is spent wholly or not at all, however many ask at once', async () => {
    const store = await (await fresh()).open();
    const all = await Promise.all(
      Array.from({ length: 20 }, () => store.budgets.spend('2026-11-21', 'tokens', 30, 100)),
    );
    expect(all.filter(({ ok }) => ok)).toHaveLength(3);
    expect(await store.budgets.used('2026-11-21', 'tokens')).toBe(90);
    expect(await store.budgets.spend('2026-11-21', 'tokens', 11, 100)).toEqual({ ok: false, used: 90 });
    expect(await store.budgets.spend('2026-11-21', 'tokens', 10, 100)).toEqual({ ok: true, used: 100 });
    expect(await store.budgets.spend('2026-11-22', 'tokens', 101, 100)).toEqual({ ok: false, used: 0 });
    expect(await store.budgets.spend('2026-11-22', 'tokens', 5_000_000_000, 6_000_000_000)).toEqual({
      ok: true,
      used: 5_000_000_000,
    });
  });

  test('hits of a key are counted together, however many processes count at once, and anew when their time is over', async () => {
    const place = await fresh();
    const time = clock();
    const store = await place.open({ now: time.now });
    const other = engine === 'postgres' ? await place.open({ now: time.now }) : store;
    const hits = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? store : other).rates.hit('203.0.113.7', 60_000)),
    );
    expect(hits.map((hit) => hit.hits).sort((a, b) => a - b)).toEqual(hits.map((_, i) => i + 1));
    expect((await store.rates.hit('another', 60_000)).hits).toBe(1);
    time.set('2026-11-21T08:00:45.000Z');
    expect(await store.rates.hit('203.0.113.7', 60_000)).toEqual({ hits: 21, endsInMs: 15_000 });
    time.set('2026-11-21T08:01:00.000Z');
    expect(await store.rates.hit('203.0.113.7', 60_000)).toEqual({ hits: 1, endsInMs: 60_000 });
    // A clock that was years ahead must not shut anybody out until then.
    time.set('2036-11-21T08:00:00.000Z');
    await store.rates.hit('203.0.113.7', 60_000);
    time.set('2026-11-21T08:02:00.000Z');
    expect((await store.rates.hit('203.0.113.7', 60_000)).hits).toBe(1);
  });
});
