import type { Update } from 'grammy/types';
import { waited } from './waited.js';

interface Waiting {
  update: Update;
  done(): void;
}

interface Pauses {
  /** Before a second attempt, doubled up to the longest. */
  pauseMs: number;
  longestPauseMs: number;
}

/**
 * One lane a chat: its updates one after another in the order of Telegram, lanes side by side. One that must be tried again
 * holds up its lane and no other.
 */
export class Lanes {
  readonly #lanes = new Map<string, Waiting[]>();
  readonly #working = new Set<string>();
  readonly #ends = new Set<Promise<void>>();
  readonly #inHand = new Set<number>();
  readonly #finishing = new AbortController();
  #open = false;

  constructor(
    /** Handles an update. @returns whether to try again */
    private readonly handle: (update: Update, again: boolean) => Promise<boolean>,
    private readonly pauses: Pauses,
  ) {}

  /** @param lane null: in no order. @returns when it is done with, or left */
  add(lane: string | null, update: Update): Promise<void> {
    const ended = new Promise<void>((done) => {
      const key = lane ?? `free ${update.update_id}`;
      const queue = this.#lanes.get(key) ?? [];
      this.#lanes.set(key, queue);
      // An earlier update that is delivered later still comes first, while it can.
      const at = queue.findIndex((other) => other.update.update_id > update.update_id);
      queue.splice(at < 0 ? queue.length : at, 0, { update, done });
      this.#inHand.add(update.update_id);
      if (this.#open && !this.#working.has(key)) void this.#run(key);
    });
    this.#ends.add(ended);
    return ended.then(() => {
      this.#ends.delete(ended);
      this.#inHand.delete(update.update_id);
    });
  }

  /** Begins with what was added before. */
  open(): void {
    if (this.#open) return;
    this.#open = true;
    for (const lane of [...this.#lanes.keys()]) void this.#run(lane);
  }

  /** Whether an update of the lane is at work. */
  busy(lane: string): boolean {
    return this.#working.has(lane);
  }

  get inHand(): number[] {
    return [...this.#inHand];
  }

  get finishing(): boolean {
    return this.#finishing.signal.aborted;
  }

  /** No second attempts any more: a lane whose update failed ends there. */
  finish(): void {
    this.#finishing.abort();
    if (this.#open) return;
    for (const queue of this.#lanes.values()) for (const { done } of queue.splice(0)) done();
  }

  /** Resolves when nothing is in hand. */
  async idle(): Promise<void> {
    while (this.#ends.size > 0) await Promise.all(this.#ends);
  }

  async #run(lane: string): Promise<void> {
    this.#working.add(lane);
    const queue = this.#lanes.get(lane)!;
    while (queue.length > 0) {
      const { update, done } = queue.shift()!;
      const left = await this.#until(update);
      done();
      // What follows one that was left must not overtake it.
      if (left) for (const waiting of queue.splice(0)) waiting.done();
    }
    // At once after the last look at the queue: what is added later finds the lane idle.
    this.#working.delete(lane);
    this.#lanes.delete(lane);
  }

  /** Handles one, as often as needed. @returns whether it was left to the next process */
  async #until(update: Update): Promise<boolean> {
    let pause = this.pauses.pauseMs;
    for (let again = false; await this.handle(update, again); again = true) {
      if (!this.finishing) await waited(pause, this.#finishing.signal);
      if (this.finishing) return true;
      pause = Math.min(2 * pause, this.pauses.longestPauseMs);
    }
    return false;
  }
}
