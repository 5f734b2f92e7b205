import { CompiledQuery, type Transaction } from 'kysely';
import type PgBoss from 'pg-boss';
import { type Base, soon } from './base.js';
import { storeError } from './errors.js';
import { Holds } from './holds.js';
import { LeftLying } from './left-lying.js';
import { replyOf, updateOf } from './mail.js';
import type { Tables } from './schema.js';
import { Takers } from './takers.js';
import type { Shared, Visit, Worker, WorkOptions } from './types.js';

const MOST = 32;
const LOOK_MS = 1_000;
const LEFT_MS = 10_000;
/** Where pg-boss keeps its tables. */
export const JOBS_SCHEMA = 'wence_jobs';
/** A job that was taken and not ended in this time is given out again. */
const EXPIRES_SECONDS = 300;
const RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

/** A job: this chat has something in the inbox or outbox. */
interface Job {
  chat: string;
}

/** Work shared by the processes on one PostgreSQL: pg-boss hands it out, session locks say whose a chat is. */
export class SharedWork implements Shared {
  readonly #holds: Holds;
  readonly #takers = new Map<string, Takers>();
  readonly #left = new Map<string, LeftLying>();
  /** Queues of tasks that are known to be there. */
  readonly #tasks = new Set<string>();
  readonly #stopping = new AbortController();
  #boss: Promise<PgBoss> | null = null;
  #started: PgBoss | null = null;

  constructor(
    private readonly base: Base,
    private readonly options: { url: string; patienceMs: number; log: (message: string) => void },
  ) {
    this.#holds = new Holds(options.url, options.patienceMs, (why) => {
      if (this.#stopping.signal.aborted) return;
      this.#say(`what was in hand is given up, for PostgreSQL was lost (${why}); it is taken up again`);
      for (const left of this.#left.values()) left.soon();
    });
  }

  /** Queues the chats of updates that were just kept, in the transaction that keeps them. @returns wakes who waits for it */
  async queue(trx: Transaction<Tables>, channel: string, chats: readonly string[]): Promise<() => void> {
    const boss = this.#started;
    const takers = this.#takers.get(channel);
    if (!boss || !takers || chats.length === 0) return () => {};
    const db = {
      executeSql: async (text: string, values: unknown[]) => ({
        rows: (await trx.executeQuery(CompiledQuery.raw(text, values))).rows,
      }),
    };
    await boss.insert(
      chats.map((chat) => ({ name: chatsOf(channel), data: { chat } satisfies Job })),
      { db },
    );
    return () => takers.wake();
  }

  work(channel: string, visit: (visit: Visit) => Promise<void>, options: WorkOptions = {}): Worker {
    const { most = MOST, lookMs = LOOK_MS, leftMs = LEFT_MS } = options;
    const ending = new AbortController();
    const queues = [chatsOf(channel), leftOf(channel)];
    const takers = new Takers({
      most,
      lookMs,
      fetch: (room) => this.#fetch(queues, room),
      done: (jobs) => this.#done(jobs),
      handle: (chat, again) => this.#visit(channel, chat, visit, again, ending.signal),
      log: (message) => this.#say(message),
    });
    const left = new LeftLying(this.base, channel, {
      everyMs: leftMs,
      once: (everyMs, task) => this.#once(`left-${channel}`, everyMs, task),
      put: async (chats) => {
        const boss = await this.#connected();
        await boss.insert(
          chats.map((chat) => ({ name: leftOf(channel), singletonKey: chat, data: { chat } })),
        );
        takers.wake();
      },
      log: (message) => this.#say(message),
    });
    this.#takers.set(channel, takers);
    this.#left.set(channel, left);
    void this.#whenUp(async (boss) => {
      const expiry = { expireInSeconds: EXPIRES_SECONDS, retryLimit: 3 };
      await boss.createQueue(chatsOf(channel), { name: chatsOf(channel), policy: 'standard', ...expiry });
      // One waiting job a chat, however often it is found lying.
      await boss.createQueue(leftOf(channel), { name: leftOf(channel), policy: 'short', ...expiry });
    }).then((up) => {
      if (!up) return;
      takers.begin();
      left.begin();
    });
    return {
      stop: async () => {
        ending.abort();
        await left.stop();
        await takers.stop();
        this.#takers.delete(channel);
        this.#left.delete(channel);
      },
    };
  }

  task(name: string, everyMs: number, task: () => Promise<void>): Worker {
    const stopped = new AbortController();
    let running: Promise<unknown> = Promise.resolve();
    const look = () => {
      running = running
        .then(() => (stopped.signal.aborted ? undefined : this.#once(`task-${name}`, everyMs, task)))
        .catch((error: Error) => this.#say(`the task ${name} failed: ${error.message}`));
    };
    const timer = setInterval(look, Math.min(everyMs, 60_000)).unref();
    void this.#whenUp(async () => {}).then((up) => up && look());
    return {
      stop: async () => {
        stopped.abort();
        clearInterval(timer);
        await running;
      },
    };
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([...this.#left.values()].map((left) => left.stop()));
    await Promise.all([...this.#takers.values()].map((takers) => takers.stop()));
    await this.#holds.close();
    const boss = await this.#boss?.catch(() => null);
    await soon(boss?.stop({ graceful: false }));
  }

  /** Works on a chat until nothing of it is left, unless another process is at it: that one looks again when it has done. */
  async #visit(
    channel: string,
    chat: string,
    visit: (visit: Visit) => Promise<void>,
    again: () => boolean,
    ending: AbortSignal,
  ): Promise<void> {
    do {
      const lost = await this.#holds.take(chat);
      if (!lost) return;
      try {
        let replies = await this.#replies(channel, chat);
        let before = '';
        for (;;) {
          if (lost.aborted || ending.aborted || this.#stopping.signal.aborted) return;
          const begun = await this.#begin(channel, chat);
          // One that was given up for now, as a process does that stops, is left for later.
          if (begun?.update.id === before) return;
          before = begun?.update.id ?? '';
          if (!begun && replies.length === 0) break;
          await visit({ chat, replies, update: begun?.update ?? null, again: begun?.again ?? false, lost });
          replies = [];
          if (!begun) break;
        }
      } finally {
        await this.#holds.release(chat);
      }
      // What came since the last look may have met a chat that was taken.
    } while (again() || (await this.#waits(chat)));
  }

  #replies(channel: string, chat: string) {
    return this.base.run(async (db) => {
      const rows = db.selectFrom('outbox').selectAll().where('chat_key', '=', chat);
      return (await rows.where('channel', '=', channel).orderBy('seq').execute()).map(replyOf);
    });
  }

  /** Marks the first update of a chat, in the order of ids that end in a number, as begun: who finds it begun knows that somebody did not come to an end with it. */
  async #begin(channel: string, chat: string) {
    const [row] = await this.#holds.query<Parameters<typeof updateOf>[0] & { before: string }>(
      `with oldest as (select seq, attempts as before from inbox
         where chat_key = $1 and channel = $2 order by length(id), id limit 1 for update)
       update inbox set attempts = greatest(inbox.attempts, 1) from oldest where inbox.seq = oldest.seq
       returning inbox.*, oldest.before`,
      [chat, channel],
    );
    if (!row) return null;
    return { update: { ...updateOf(row), attempts: Number(row.attempts) }, again: Number(row.before) > 0 };
  }

  #waits(chat: string): Promise<boolean> {
    return this.base.run(async (db) => {
      const row = db.selectFrom('inbox').select('seq').where('chat_key', '=', chat).limit(1);
      return (await row.executeTakeFirst()) !== undefined;
    });
  }

  /** Does a task if nobody did in this stretch of time (by PostgreSQL's clock). */
  async #once(name: string, everyMs: number, task: () => Promise<void>): Promise<void> {
    const boss = await this.#connected();
    if (!this.#tasks.has(name))
      await boss.createQueue(name, { name, policy: 'standard', expireInSeconds: 900, retryLimit: 2 });
    this.#tasks.add(name);
    await boss.send(name, {}, { singletonKey: name, singletonSeconds: Math.ceil(everyMs / 1000) });
    const [job] = await boss.fetch(name);
    if (!job) return;
    try {
      await task();
      // It stays until its stretch is over, so that nobody sends another.
      await boss.complete(name, job.id);
    } catch (error) {
      await boss.fail(name, job.id, { message: (error as Error).message }).catch(() => {});
      throw error;
    }
  }

  async #fetch(
    queues: readonly string[],
    room: number,
  ): Promise<{ id: string; queue: string; chat: string }[]> {
    const boss = await this.#connected();
    const jobs: { id: string; queue: string; chat: string }[] = [];
    for (const queue of queues) {
      if (jobs.length >= room) break;
      const some = await boss.fetch<Job>(queue, { batchSize: room - jobs.length, priority: false });
      jobs.push(...some.map(({ id, data }) => ({ id, queue, chat: data.chat })));
    }
    return jobs;
  }

  async #done(jobs: readonly { id: string; queue: string }[]): Promise<void> {
    const boss = await this.#connected();
    for (const queue of new Set(jobs.map((job) => job.queue))) {
      const of = jobs.filter((job) => job.queue === queue);
      await boss.deleteJob(
        queue,
        of.map(({ id }) => id),
      );
    }
  }

  /** Tries until PostgreSQL is there. @returns false when the store was closed before */
  async #whenUp(work: (boss: PgBoss) => Promise<void>): Promise<boolean> {
    for (
      let pause = RETRY_MS;
      !this.#stopping.signal.aborted;
      pause = Math.min(2 * pause, LONGEST_RETRY_MS)
    ) {
      try {
        await work(await this.#connected());
        return !this.#stopping.signal.aborted;
      } catch (error) {
        this.#say(`shared work cannot begin yet: ${storeError(error, this.base.opened).message}`);
        await new Promise((resolve) => setTimeout(resolve, pause).unref());
      }
    }
    return false;
  }

  #connected(): Promise<PgBoss> {
    this.#boss ??= this.#begun().catch((error: Error) => {
      this.#boss = null;
      throw error;
    });
    return this.#boss;
  }

  async #begun(): Promise<PgBoss> {
    const { default: Boss } = await import('pg-boss');
    const { url, patienceMs } = this.options;
    const settings = {
      connectionString: url,
      schema: JOBS_SCHEMA,
      application_name: 'wence jobs',
      max: 2,
      connectionTimeoutMillis: 5_000,
      query_timeout: patienceMs,
      keepAlive: true,
      // What a process took that died comes back within this and EXPIRES_SECONDS, where nobody found it lying before.
      maintenanceIntervalSeconds: 30,
      deleteAfterDays: 1,
      // Tasks are sent by whoever is up, once in a stretch of time: that needs no clock-work of its own.
      schedule: false,
    };
    const boss = new Boss(settings);
    boss.on('error', (error) => this.#say(`jobs: ${storeError(error, this.base.opened).message}`));
    try {
      await boss.start();
    } catch (error) {
      await boss.stop({ graceful: false }).catch(() => {});
      throw error;
    }
    this.#started = boss;
    return boss;
  }

  #say(message: string): void {
    if (!this.#stopping.signal.aborted) this.options.log(`store: ${message}`);
  }
}

const chatsOf = (channel: string): string => `chats-${channel}`;
const leftOf = (channel: string): string => `left-${channel}`;
