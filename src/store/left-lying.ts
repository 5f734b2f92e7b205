import type { Base } from './base.js';

const MOST = 1_000;

export interface LeftLyingOptions {
  /** Also how long something may wait before it counts as left. Finding too much does no harm: who is at it keeps it. */
  everyMs: number;
  /** Does the task if no process did in this stretch of time. */
  once(everyMs: number, task: () => Promise<void>): Promise<void>;
  /** Queues chats. */
  put(chats: string[]): Promise<void>;
  log(message: string): void;
}

/** Finds chats with something in the inbox or outbox that a process left when it ended, and puts them back into the queue. */
export class LeftLying {
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly base: Base,
    private readonly channel: string,
    private readonly options: LeftLyingOptions,
  ) {}

  begin(): void {
    const { everyMs, once } = this.options;
    this.#timer = setInterval(() => this.#do(() => once(everyMs, () => this.#look(everyMs))), everyMs);
    this.soon();
  }

  /** Now, and whatever has waited however briefly: after a start, or when PostgreSQL came back. */
  soon(): void {
    if (this.#timer) this.#do(() => this.#look(0));
  }

  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    await this.#looking;
  }

  #do(look: () => Promise<void>): void {
    this.#looking = this.#looking
      .then(() => (this.#timer ? look() : undefined))
      .catch((error: Error) => this.options.log(`what was left lying was not looked for: ${error.message}`));
  }

  async #look(waitedMs: number): Promise<void> {
    const before = new Date(Date.parse(this.base.at()) - waitedMs).toISOString();
    const chats = await this.base.run(async (db) => {
      const inbox = db
        .selectFrom('inbox')
        .select('chat_key')
        .where('channel', '=', this.channel)
        .where('received_at', '<=', before);
      const outbox = db
        .selectFrom('outbox')
        .select('chat_key')
        .where('channel', '=', this.channel)
        .where('created_at', '<=', before);
      return (await inbox.union(outbox).limit(MOST).execute()).map((row) => row.chat_key);
    });
    if (chats.length > 0) await this.options.put(chats);
  }
}
