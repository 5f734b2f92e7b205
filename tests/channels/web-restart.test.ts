import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWebServer, type WebServer } from '../../src/channels/web/server.js';
import type { Store } from '../../src/store/types.js';
import { onBoth, type Place } from '../store/engines.js';
import { FakeDesk } from '../support/desk.js';
import { call, Visitor } from '../support/http.js';
import { RecordedLog } from '../support/log.js';

/** A server over a real database; `stop` and `start` again are a restart. */
class House {
  readonly desk = new FakeDesk();
  store!: Store;
  server!: WebServer;
  base = '';

  constructor(readonly place: Place) {}

  async start(staffToken = 'first token'): Promise<void> {
    this.store = await this.place.open();
    Object.assign(this.desk, { store: this.store });
    let n = 0;
    const plain = new FakeDesk().answer;
    this.desk.answer = async (request) => ({
      ...(await plain(request)),
      id: request.id ?? `a${process.pid}-${++n}`,
    });
    const config = { host: '127.0.0.1', port: 0, staffToken };
    this.server = await createWebServer(this.desk, config, new RecordedLog().log);
    this.base = await this.server.listen();
  }

  async stop(): Promise<void> {
    await this.server.close();
    await this.store.close();
  }
}

onBoth('over a store', (fresh) => {
  let house: House;
  beforeEach(async () => {
    house = new House(await fresh());
    await house.start();
  });
  afterEach(async () => {
    await house.stop();
  });

  describe('after a restart', () => {
    it('a chat goes on by its link, a retry from before is still known, and what was forgotten stays so', async () => {
      const { id } = (await call(house.base, '/api/chats', { method: 'POST' })).json;
      const gone = (await call(house.base, '/api/chats', { method: 'POST' })).json.id;
      const say = (chat: string, text: string, key: string) =>
        call(house.base, `/api/chats/${chat}/messages`, { body: { text, key } });
      const before = await say(id, '一', 'k1');
      await say(gone, '秘密', 'k1');
      const { forgotten } = (await call(house.base, `/api/chats/${gone}`, { method: 'DELETE' })).json;
      expect(forgotten).toMatchObject({ chats: 1, answers: 1, feedback: 0 });
      await house.stop();
      await house.start();
      expect((await call(house.base, `/api/chats/${id}`)).json.turns[1].answer).toEqual(before.json.answer);
      const again = await say(id, '一', 'k1');
      expect(again.json).toMatchObject({ duplicate: true, answer: before.json.answer });
      expect(house.desk.asked).toHaveLength(2);
      await say(id, '二', 'k2');
      expect(house.desk.asked.at(-1)?.history?.map((turn) => turn.text)).toEqual(['一', '答：一']);
      expect((await call(house.base, `/api/chats/${gone}`)).status).toBe(404);
    });

    it('staff are still signed in and find every answer as it was sent, unless the token was changed', async () => {
      const staff = new Visitor(house.base);
      await staff.signIn('first token');
      const sent = await call(house.base, '/api/ask', { body: { question: '营收？' } });
      const id = sent.headers['x-answer-id'];
      await staff.call(`/api/answers/${id}/feedback`, { body: { verdict: 'wrong', note: '不对' } });
      await house.stop();
      await house.start();
      const later = new Visitor(house.base);
      for (const [name, value] of staff.cookies) later.cookies.set(name, value);
      later.csrf = staff.csrf;
      expect((await later.call('/api/staff/session')).json).toMatchObject({
        signedIn: true,
        csrf: staff.csrf,
      });
      expect((await later.call(`/api/answers/${id}`)).json).toMatchObject({
        answer: sent.json,
        sent: sent.json.text,
        feedback: [{ note: '不对' }],
      });
      const [review] = (await later.call('/api/reviews')).json.items;
      const decided = await later.call('/api/reviews', { body: { id: review.id, decision: 'confirmed' } });
      expect(decided.json.state).toBe('done');
      expect((await call(house.base, '/metrics')).text).toMatch(/wence_staff_sessions 1/);
      await house.stop();
      await house.start('second token');
      const changed = new Visitor(house.base);
      for (const [name, value] of staff.cookies) changed.cookies.set(name, value);
      expect((await changed.call('/api/staff/session')).json.signedIn).toBe(false);
    });
  });

  describe('what other channels keep in the same store', () => {
    it('is replayed and reviewed like answers of the page', async () => {
      const answer = await new FakeDesk().answer({ question: '<b>营收</b>？' });
      const kept = {
        id: 'tg-1',
        channel: 'telegram',
        question: '<b>营收</b>？',
        asOf: '2026-11-21',
        answered: true,
        answer,
      };
      await house.store.chats.commit('telegram:7', {
        revision: 0,
        state: {},
        update: 'telegram:1',
        answers: [kept],
      });
      const staff = new Visitor(house.base);
      await staff.signIn('first token');
      expect((await staff.call('/api/answers')).json.items).toMatchObject([
        { id: 'tg-1', channel: 'telegram', question: '<b>营收</b>？' },
      ]);
      const replay = await staff.call('/api/answers/tg-1');
      expect(replay.json).toMatchObject({
        sent: answer.text,
        history: [],
        trace: null,
        question: '<b>营收</b>？',
      });
      await staff.call('/api/answers/tg-1/feedback', { body: { verdict: 'missing', note: '缺期限' } });
      const [review] = (await staff.call('/api/reviews')).json.items;
      await staff.call('/api/reviews', { body: { id: review.id, decision: 'confirmed', expected: '两年' } });
      const exported = (await staff.call('/api/reviews/export')).text.trim().split('\n');
      expect(exported.map((line) => JSON.parse(line))).toMatchObject([
        { question: '<b>营收</b>？', gold: { answered: true, mustSay: ['两年'] } },
      ]);
      // A chat of another channel cannot be reached as one of the page.
      for (const id of ['telegram:7', '..%2ftelegram:7', 'telegram%3A7'])
        expect([400, 404]).toContain((await call(house.base, `/api/chats/${id}`)).status);
    });

    it('a store that cannot be written is told as such, and the message may be sent again', async () => {
      const { id } = (await call(house.base, '/api/chats', { method: 'POST' })).json;
      const staff = new Visitor(house.base);
      await staff.signIn('first token');
      await house.store.close();
      expect((await staff.call('/api/answers')).status).toBe(503);
      const asked = await staff.call('/api/ask', {
        body: { question: '营收？' },
        headers: { 'x-wence-page': 'console' },
      });
      expect(asked.status).toBe(200);
      const came = await call(house.base, `/api/chats/${id}/messages`, { body: { text: '一', key: 'k' } });
      expect([came.status, came.json.code, came.headers['retry-after']]).toEqual([503, 'store', '5']);
      expect(came.text).not.toContain(house.place.options.dataDir);
      expect(came.text).not.toContain('postgres');
      const ready = await call(house.base, '/readyz');
      expect([ready.status, ready.json.parts.store]).toEqual([503, 'closed']);
      expect((await call(house.base, '/api/ask', { body: { question: '营收？' } })).status).toBe(200);
    });
  });
});
