import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startChannels } from '../../src/channels/start.js';
import { loadConfig } from '../../src/config.js';
import { openStoreWhenUp } from '../../src/store/awaited.js';
import type { Store } from '../../src/store/types.js';
import { place } from '../store/engines.js';
import { alice, BotApi } from '../support/bot-api.js';
import { gate } from '../support/gate.js';
import { call } from '../support/http.js';
import { RecordedLog } from '../support/log.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import { TelegramDesk } from '../support/telegram.js';

const persons = [1, 2, 3, 4].map((id) => ({ ...alice, id }));

/** A server with the web and a bot by webhook, whose way to PostgreSQL can be cut. */
class Server {
  base = '';
  readonly log = new RecordedLog();

  private constructor(
    readonly api: BotApi,
    readonly desk: TelegramDesk,
    readonly proxy: TcpProxy,
    readonly store: Store,
  ) {}

  /** @param state of the way to PostgreSQL at the start */
  static async start(state: 'up' | 'refuse' = 'up', more: { beside?: Server } = {}): Promise<Server> {
    const url = more.beside?.url ?? (await place('postgres')).options.databaseUrl!;
    const api = more.beside?.api ?? (await new BotApi().start());
    const way = await TcpProxy.before(url);
    way.proxy.become(state);
    // A minute without an answer, shortened: what takes longer than this counts as away.
    const store = await openStoreWhenUp({
      dataDir: '/nowhere',
      databaseUrl: way.url,
      patienceMs: 500,
      retryMs: 20,
    });
    const server = new Server(api, new TelegramDesk(), way.proxy, store);
    server.url = url;
    Object.assign(server.desk, { store });
    const port = await freePort();
    const env = {
      PORT: String(port),
      TELEGRAM_BOT_TOKEN: api.token,
      TELEGRAM_API_ROOT: api.root,
      TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}/hook`,
      TELEGRAM_WEBHOOK_SECRET: 'secret',
    };
    const channels = await startChannels(server.desk, loadConfig({ env, dir: null }), server.log.log);
    server.base = channels.address;
    onTestFinished(async () => {
      way.proxy.become('up');
      await channels.close();
      await store.close();
      await way.proxy.close();
      if (!more.beside) await api.stop();
    });
    return server;
  }

  url = '';

  /** What the sending of an update to this server is answered with. */
  async deliver(update: object): Promise<number> {
    const headers = { 'x-telegram-bot-api-secret-token': 'secret' };
    return (await call(this.base, '/hook', { body: update, headers })).status;
  }

  ready = async () => (await call(this.base, '/readyz')).json;
  ask = async () => (await call(this.base, '/api/ask', { body: { question: '网页的问题' } })).status;

  /** What each person was answered, in order. */
  answered(): Record<number, string[]> {
    const shown: Record<number, string[]> = {};
    for (const sent of this.api.sent()) {
      const said = /第\d+问/.exec(sent.text!)?.[0];
      const chat = Number(sent.payload.chat_id);
      if (said) shown[chat] = [...(shown[chat] ?? []), said];
    }
    return shown;
  }
}

let next = 5000;
const message = (server: Server, person: (typeof persons)[number], n: number) => ({
  update_id: ++next,
  message: { ...server.api.message(person, person.id), text: `第${n}问` },
});

/** Delivers until it is taken, as Telegram does. */
async function insist(server: Server, update: object): Promise<void> {
  while ((await server.deliver(update)) !== 200) await new Promise((resolve) => setTimeout(resolve, 20));
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('PostgreSQL away', () => {
  it('at the start: questions are answered meanwhile, updates are left with Telegram, and all goes on by itself', async () => {
    const server = await Server.start('refuse');
    expect(await server.ask()).toBe(200);
    expect((await server.ready()).parts.store).toBe('unreachable');
    expect((await call(server.base, '/healthz')).status).toBe(200);
    const update = message(server, persons[0]!, 1);
    expect(await server.deliver(update)).toBe(503);
    expect(server.answered()).toEqual({});
    server.proxy.become('up');
    await insist(server, update);
    await until(async () => (await server.ready()).status === 'ok');
    await until(() => server.answered()[1] !== undefined);
    expect(server.answered()).toEqual({ 1: ['第1问'] });
  }, 60_000);

  it.each(['refuse', 'hang'] as const)(
    'in mid-work (%s): nothing acknowledged is lost or done twice',
    async (how) => {
      const server = await Server.start();
      await server.api.untilSent(1, 'setWebhook');
      await insist(server, message(server, persons[0]!, 1));
      await until(() => server.answered()[1] !== undefined);

      // Answers are under way when it goes.
      const go = gate();
      const plain = server.desk.answer;
      let waiting = 0;
      server.desk.answer = async (request) => {
        waiting++;
        await go.opened;
        return plain(request);
      };
      for (const person of persons) expect(await server.deliver(message(server, person, 2))).toBe(200);
      await until(() => waiting === persons.length);
      server.proxy.become(how);
      go.open();
      server.desk.answer = plain;
      expect((await server.ready()).parts.store).toBe('unreachable');
      expect(await server.ask()).toBe(200);
      const late = persons.map((person) => message(server, person, 3));
      expect(await server.deliver(late[0]!)).toBe(503);

      server.proxy.become('up');
      for (const update of late) await insist(server, update);
      await until(() => Object.values(server.answered()).flat().length >= 9);
      await until(async () => (await server.store.inbox.pending('telegram')).length === 0);
      await until(async () => (await server.store.outbox.count('telegram')) === 0);
      expect(server.answered()).toEqual({
        1: ['第1问', '第2问', '第3问'],
        2: ['第2问', '第3问'],
        3: ['第2问', '第3问'],
        4: ['第2问', '第3问'],
      });
      expect((await server.ready()).status).toBe('ok');
    },
    90_000,
  );

  it('while a server stops: it ends all the same', async () => {
    const { options } = await place('postgres');
    const way = await TcpProxy.before(options.databaseUrl!);
    onTestFinished(() => way.proxy.close());
    const store = await openStoreWhenUp({ dataDir: '/nowhere', databaseUrl: way.url, patienceMs: 300 });
    const worker = store.shared!.work('test', async () => {}, { lookMs: 20 });
    await store.chats.commit('web:a', { revision: 0, state: 1 });
    way.proxy.become('hang');
    const unkept = store.chats.commit('web:a', { revision: 1, state: 2 });
    await expect(unkept).rejects.toMatchObject({ kind: 'unreachable' });
    await worker.stop();
    await store.close();
  });

  it('for one of two servers: the other one answers what the first had in hand', async () => {
    const first = await Server.start();
    await first.api.untilSent(1, 'setWebhook');
    const stuck = gate();
    first.desk.answer = async () => {
      await stuck.opened;
      throw new Error('too late');
    };
    const [one] = persons;
    for (const n of [1, 2]) expect(await first.deliver(message(first, one!, n))).toBe(200);
    await until(() => first.desk.asked.length === 1);
    const second = await Server.start('up', { beside: first });
    expect(await second.deliver(message(second, persons[1]!, 1))).toBe(200);
    await until(() => second.answered()[2] !== undefined);
    expect(second.answered()[1]).toBeUndefined();
    first.proxy.become('refuse');
    await until(() => second.answered()[1]?.length === 2);
    expect(second.answered()).toEqual({ 1: ['第1问', '第2问'], 2: ['第1问'] });
    stuck.open();
  }, 90_000);
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
