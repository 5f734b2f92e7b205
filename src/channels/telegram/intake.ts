import type { Update } from 'grammy/types';
import type { Logger } from '../log.js';
import { Lanes } from './lanes.js';

/** Where updates are kept between being taken from Telegram and being handled. */
export interface Inbox {
  /** Keeps those that are neither kept nor handled yet. Durable when it resolves. */
  put(updates: readonly Update[]): Promise<void>;
  /** What was taken and not handled, in the order of Telegram. @param waitingMs only what has waited for so long */
  pending(waitingMs?: number): Promise<Update[]>;
  /**
   * Counts an attempt, durably: of an update that an earlier process left behind, or one that failed.
   * @returns whether to try it, or that it was set aside after too many, or is gone
   */
  attempt(update: Update, error?: string): Promise<'try' | 'aside' | 'gone'>;
  done(update: Update): Promise<void>;
}

export interface IntakeOptions {
  inbox: Inbox;
  handle(update: Update): Promise<void>;
  /** The chat whose order an update belongs to; null for one that may be handled at any time. */
  laneOf(update: Update): string | null;
  /** An update has come while one of its chat is at work. */
  behind?(update: Update): void;
  /**
   * The store hands back what it keeps (`work`, `takeUp`), to this process or to another one on the same database; `take` hands on
   * only what is not kept.
   */
  shared?: boolean;
  /** An update was set aside: nobody will answer it. */
  aside?(update: Update): void;
  log: Logger;
  /** First pause before a second attempt, doubled up to a minute. */
  retryMs: number;
}

/** Updates whose answer is worth nothing later: they are not kept. */
const PASSING = (update: Update): boolean => 'inline_query' in update;

/** Updates that are remembered as seen by this process. */
const REMEMBERED = 20_000;
const LONGEST_RETRY_MS = 60_000;

/**
 * Takes updates: each is kept durably before Telegram may forget it, handed on once by this process, and kept until it was
 * handled. Handling that fails is tried again, for a fault of the database must not lose a message; what came later in the
 * chat waits for it, and goes on once it was handled or, after too many attempts, set aside.
 */
export class Intake {
  readonly #seen = new Set<number>();
  /** Those that an earlier process left: each attempt is counted, for one may be what ended it. */
  readonly #left = new Set<number>();
  readonly #lanes: Lanes;

  constructor(private readonly options: IntakeOptions) {
    this.#lanes = new Lanes((update, pause) => this.#see(update, pause), {
      pauseMs: options.retryMs,
      longestPauseMs: LONGEST_RETRY_MS,
    });
  }

  /** Keeps updates. @returns those that this process is to handle and has not seen yet. @throws when they cannot be kept */
  async take(updates: readonly Update[]): Promise<Update[]> {
    const fresh = updates.filter(({ update_id }) => !this.#seen.has(update_id));
    const lasting = fresh.filter((update) => !PASSING(update));
    if (lasting.length > 0) await this.options.inbox.put(lasting);
    // Two deliveries at once of the same update: only one of them goes on.
    const first = fresh.filter((update) => this.#firstSight(update.update_id));
    if (!this.options.shared) return first;
    for (const update of first) this.#mindOvertaken(update);
    return first.filter(PASSING);
  }

  /**
   * Has an update that was taken handled, after what came before it in its chat. Never rejects.
   * @returns when it was handled, set aside, or left for the next process
   */
  work(update: Update): Promise<void> {
    this.#mindOvertaken(update);
    return this.#lanes.add(this.options.laneOf(update), update);
  }

  /** Handles an update that somebody began and did not bring to an end, unless that happened too often. */
  async takeUp(update: Update): Promise<void> {
    // An update that ends the process each time must not end it for ever.
    const next = await this.options.inbox.attempt(update);
    if (next === 'aside') this.#setAside(update);
    if (next === 'try') await this.work(update);
  }

  /** Takes up what was taken and not handled. @param waitingMs only what has waited for so long @throws when the inbox cannot be read */
  async resume(waitingMs?: number): Promise<void> {
    for (const update of await this.options.inbox.pending(waitingMs)) {
      if (!this.#firstSight(update.update_id)) continue;
      this.#left.add(update.update_id);
      void this.work(update);
    }
  }

  /** Begins to handle; what came before waits until then, so that what an earlier process left is not overtaken. */
  open(): void {
    this.#lanes.open();
  }

  /** Ids of the updates in hand. */
  get inHand(): number[] {
    return this.#lanes.inHand;
  }

  /** Ends pauses: what failed is left for the next process, with all that follows it in its chat. */
  finish(): void {
    this.#lanes.finish();
  }

  idle(): Promise<void> {
    return this.#lanes.idle();
  }

  /** @returns whether it is to be tried again */
  async #see(update: Update, again: boolean): Promise<boolean> {
    const { handle, inbox, log } = this.options;
    try {
      if (this.#left.has(update.update_id)) {
        // When its turn has come, not before: what only waited has not ended the process.
        const next = await inbox.attempt(update);
        this.#left.delete(update.update_id);
        if (next === 'aside') this.#setAside(update);
        if (next !== 'try') return false;
      }
      await handle(update);
      if (!PASSING(update)) await inbox.done(update);
      return false;
    } catch (error) {
      if (this.#lanes.finishing) return true;
      const what = { err: error, update: update.update_id, again };
      if (PASSING(update)) {
        log.error(what, 'Telegram: an inline query could not be answered');
        return false;
      }
      log.error(what, 'Telegram: an update could not be handled; it is kept and tried again');
      return this.#again(update, error);
    }
  }

  /** Whether a failed update is to be tried again. */
  async #again(update: Update, error: unknown): Promise<boolean> {
    try {
      const name = error instanceof Error ? error.name : typeof error;
      const next = await this.options.inbox.attempt(update, name);
      if (next === 'aside') this.#setAside(update);
      return next === 'try';
    } catch {
      return true;
    }
  }

  #mindOvertaken(update: Update): void {
    const lane = this.options.laneOf(update);
    if (lane !== null && this.#lanes.busy(lane)) this.options.behind?.(update);
  }

  #setAside(update: Update): void {
    this.options.log.error(
      { update: update.update_id },
      'Telegram: an update was set aside after too many attempts',
    );
    this.options.aside?.(update);
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
