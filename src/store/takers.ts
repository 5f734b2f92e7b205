interface Job {
  id: string;
  queue: string;
  chat: string;
}

export interface TakersOptions {
  /** Chats worked on at once. */
  most: number;
  lookMs: number;
  fetch(room: number): Promise<Job[]>;
  /** Their work is done, or is somebody else's. */
  done(jobs: readonly Job[]): Promise<void>;
  /** @param again asked once the work is done: whether the chat was named meanwhile */
  handle(chat: string, again: () => boolean): Promise<void>;
  log(message: string): void;
}

/** Takes jobs from the queue as long as there is room, a chat once at a time. */
export class Takers {
  /** Chats at work, and whether another job named them meanwhile. */
  readonly #busy = new Map<string, { again: boolean }>();
  readonly #running = new Set<Promise<void>>();
  #ended: Job[] = [];
  #looking: Promise<void> | null = null;
  #looksAgain = false;
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(private readonly options: TakersOptions) {}

  begin(): void {
    if (this.#stopped) return;
    this.#timer = setInterval(() => this.wake(), this.options.lookMs);
    this.wake();
  }

  /** There may be something to take. */
  wake(): void {
    if (this.#stopped || this.#timer === null) return;
    if (this.#looking) {
      this.#looksAgain = true;
      return;
    }
    this.#looking = this.#look()
      .catch((error: Error) => this.options.log(`jobs could not be taken: ${error.message}`))
      .finally(() => {
        this.#looking = null;
        if (!this.#looksAgain) return;
        this.#looksAgain = false;
        this.wake();
      });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearInterval(this.#timer);
    await this.#looking;
    while (this.#running.size > 0) await Promise.all(this.#running);
    await this.#tick().catch(() => {});
  }

  async #look(): Promise<void> {
    await this.#tick();
    const room = this.options.most - this.#busy.size;
    if (room <= 0) return;
    const jobs = await this.options.fetch(room);
    for (const job of jobs) {
      const busy = this.#busy.get(job.chat);
      if (busy) {
        busy.again = true;
        this.#ended.push(job);
      } else this.#start(job);
    }
    // There may be more than was asked for.
    if (jobs.length >= room) this.#looksAgain = true;
  }

  #start(job: Job): void {
    const state = { again: false };
    this.#busy.set(job.chat, state);
    const again = () => {
      const named = state.again;
      state.again = false;
      return named;
    };
    const run = this.options
      .handle(job.chat, again)
      .catch((error: Error) => this.options.log(`a chat is left for later: ${error.message}`))
      .then(() => {
        this.#busy.delete(job.chat);
        this.#ended.push(job);
        this.#running.delete(run);
        // Named in the moment between the last look and this one.
        if (state.again && !this.#stopped) this.#start(job);
        this.wake();
      });
    this.#running.add(run);
  }

  /** Takes jobs that have ended out of the queue, many at once. */
  async #tick(): Promise<void> {
    const ended = this.#ended;
    if (ended.length === 0) return;
    this.#ended = [];
    try {
      await this.options.done(ended);
    } catch (error) {
      // They would be given out again in vain at worst.
      this.#ended.push(...ended);
      throw error;
    }
  }
}
