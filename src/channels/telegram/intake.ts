import type { Update } from 'grammy/types';
import type { Logger } from '../log.js';

/** Where updates are kept between being taken from Telegram and being handled. */
export interface Inbox {
  /** Keeps those that are neither kept nor handled yet. Durable when it resolves. */
  put(updates: readonly Update[]): Promise<void>;
  /** What was taken and not handled, in the order of Telegram. */
  pending(): Promise<Update[]>;
  /**
   * Counts an attempt, durably: of an update that an earlier process left behind, or one that failed.
   * @returns whether to try it, or that it was set aside after too many, or is gone
   */
  attempt(update: Update, error?: string): Promise<'try' | 'aside' | 'gone'>;
  done(update: Update): Promise<void>;
}

/** Updates whose answer is worth nothing later: they are not kept. */
const PASSING = (update: Update): boolean => 'inline_query' in update;

/** Updates that are remembered as seen by this process. */
const REMEMBERED = 20_000;
const LONGEST_RETRY_MS = 60_000;

/**
 * Takes updates: each is kept durably before Telegram may forget it, handed on once by this process, and kept until it was
 * handled. Handling that fails is tried again, for a fault of the database must not lose a message.
 */
export class Intake {
  readonly #seen = new Set<number>();
  readonly #inHand = new Map<number, Promise<void>>();
  readonly #retries = new Set<NodeJS.Timeout>();
  #stopped = false;

  constructor(
    private readonly inbox: Inbox,
    private readonly handle: (update: Update) => Promise<void>,
    private readonly log: Logger,
    /** First pause before a second attempt, doubled up to a minute. */
    private readonly retryMs: number,
  ) {}

  /** Keeps updates. @returns those that this process has not seen yet. @throws when they cannot be kept */
  async take(updates: readonly Update[]): Promise<Update[]> {
    const fresh = updates.filter(({ update_id }) => !this.#seen.has(update_id));
    const lasting = fresh.filter((update) => !PASSING(update));
    if (lasting.length > 0) await this.inbox.put(lasting);
    // Two deliveries at once of the same update: only one of them goes on.
    return fresh.filter((update) => this.#firstSight(update.update_id));
  }

  /** Handles an update that was taken; resolves when it is done or will be tried again. Never rejects. */
  async work(update: Update): Promise<void> {
    const handled = this.#try(update, this.retryMs);
    this.#inHand.set(update.update_id, handled);
    await handled.finally(() => this.#inHand.delete(update.update_id));
  }

  /** What an earlier process took and did not handle, to be worked on before anything new. */
  async left(): Promise<Update[]> {
    const left: Update[] = [];
    for (const update of await this.inbox.pending()) {
      if (!this.#firstSight(update.update_id)) continue;
      // An update that ends the process each time must not end it for ever.
      if ((await this.inbox.attempt(update)) === 'try') left.push(update);
    }
    return left;
  }

  /** Ids of the updates in hand. */
  get inHand(): number[] {
    return [...this.#inHand.keys()];
  }

  async idle(): Promise<void> {
    while (this.#inHand.size > 0) await Promise.all(this.#inHand.values());
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#retries) clearTimeout(timer);
  }

  async #try(update: Update, pause: number): Promise<void> {
    try {
      await this.handle(update);
      if (!PASSING(update)) await this.inbox.done(update);
    } catch (error) {
      if (this.#stopped) return;
      this.log.error(
        { err: error, update: update.update_id },
        'Telegram: an update could not be handled; it is kept and tried again',
      );
      if (PASSING(update) || !(await this.#again(update, error))) return;
      const timer = setTimeout(() => {
        this.#retries.delete(timer);
        void this.#try(update, Math.min(2 * pause, LONGEST_RETRY_MS));
      }, pause);
      this.#retries.add(timer);
    }
  }

  /** Whether a failed update is to be tried again. */
  async #again(update: Update, error: unknown): Promise<boolean> {
    try {
      const name = error instanceof Error ? error.name : typeof error;
      if ((await this.inbox.attempt(update, name)) === 'try') return true;
      this.log.error(
        { update: update.update_id },
        'Telegram: an update was set aside after too many attempts',
      );
      return false;
    } catch {
      return true;
    }
  }

  #firstSight(id: number): boolean {
    if (this.#seen.has(id)) return false;
    this.#seen.add(id);
    for (const oldest of this.#seen) {
      if (this.#seen.size <= REMEMBERED) break;
      this.#seen.delete(oldest);
    }
    return true;
  }
}
