import { StoreError } from './errors.js';
import { openStore } from './index.js';
import type { Shared, Store, StoreOptions, Worker } from './types.js';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * Opens the store; where PostgreSQL cannot be reached yet, a store all the same: its methods reject with a StoreError saying so
 * until it was reached, and shared work begins then.
 * @throws StoreError where waiting does not help, such as `newer`, and for any fault of SQLite
 */
export async function openStoreWhenUp(options: StoreOptions & { retryMs?: number }): Promise<Store> {
  try {
    return await openStore(options);
  } catch (error) {
    if (!options.databaseUrl || !passes(error)) throw error;
    options.log?.(`store: ${error.message}`);
    return new Awaited(options, error);
  }
}

const passes = (error: unknown): error is StoreError =>
  error instanceof StoreError && ['unreachable', 'busy'].includes(error.kind);

class Awaited implements Store {
  readonly engine = 'postgres';
  readonly chats = this.#part('chats');
  readonly inbox = this.#part('inbox');
  readonly outbox = this.#part('outbox');
  readonly answers = this.#part('answers');
  readonly reviews = this.#part('reviews');
  readonly sessions = this.#part('sessions');
  readonly budgets = this.#part('budgets');
  readonly rates = this.#part('rates');
  readonly shared: Shared = {
    work: (...args) => this.#later((shared) => shared.work(...args)),
    task: (...args) => this.#later((shared) => shared.task(...args)),
  };
  readonly #closing = new AbortController();
  readonly #opening: Promise<Store | null>;
  #opened: Store | null = null;

  constructor(
    private readonly options: StoreOptions & { retryMs?: number },
    private fault: StoreError,
  ) {
    this.#opening = this.#open();
  }

  async sweep(...args: Parameters<Store['sweep']>) {
    return this.#up().sweep(...args);
  }

  async check() {
    return this.#up().check();
  }

  async close() {
    this.#closing.abort();
    await (await this.#opening)?.close();
  }

  #up(): Store {
    if (this.#opened) return this.#opened;
    throw this.fault;
  }

  /** A part of the store that is opened later. */
  #part<K extends keyof Store>(name: K): Store[K] {
    return new Proxy({} as object, {
      get:
        (_, method) =>
        async (...args: unknown[]) => {
          const part = this.#up()[name] as unknown as Record<
            string | symbol,
            (...args: unknown[]) => unknown
          >;
          return part[method]!(...args);
        },
    }) as Store[K];
  }

  #later(begin: (shared: Shared) => Worker): Worker {
    let worker: Worker | null = null;
    let stopped = false;
    void this.#opening.then((store) => {
      if (store?.shared && !stopped) worker = begin(store.shared);
    });
    return {
      stop: async () => {
        stopped = true;
        await worker?.stop();
      },
    };
  }

  async #open(): Promise<Store | null> {
    const { log, retryMs = FIRST_PAUSE_MS } = this.options;
    const { signal } = this.#closing;
    for (let pause = retryMs; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, pause);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      });
      if (signal.aborted) return null;
      try {
        this.#opened = await openStore(this.options);
        log?.('store: PostgreSQL is there; everything goes on');
        return this.#opened;
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        if (error.message !== this.fault.message) log?.(`store: ${error.message}`);
        this.fault = error;
      }
    }
  }
}
