import { setMaxListeners } from 'node:events';
import { GrammyError, HttpError } from 'grammy';
import type { Logger } from '../log.js';
import type { Outgoing } from './outgoing.js';
import type { Pace } from './pace.js';
import { waited } from './waited.js';

/** A stored reply that waits to be sent. */
export interface Row {
  id: string;
  out: Outgoing;
}

export interface DeliveryOptions {
  send(out: Outgoing, signal: AbortSignal): Promise<void>;
  /** The row was sent, or never can be. */
  done(row: Row): Promise<void>;
  /** 403: the person has blocked the bot or left; what waits for the chat has been dropped. */
  unreachable(chat: number): Promise<void>;
  /** Spreads what is sent; absent: as fast as Telegram takes it. */
  pace: Pace | null;
  log: Logger;
  /** First pause after a fault, doubled up to a minute. */
  retryMs: number;
}

const LONGEST_PAUSE_MS = 60_000;

/**
 * Sends stored replies: one chat's in order, chats side by side. What Telegram cannot take now is tried again for as long
 * as the process runs (429 after the time it asks for); what is left is sent by the next process.
 */
export class Delivery {
  readonly #queues = new Map<number, Row[]>();
  /** Ids of the rows in the queues. */
  readonly #known = new Set<string>();
  readonly #running = new Set<Promise<void>>();
  /** The work on each queue. */
  readonly #drains = new Map<number, Promise<void>>();
  readonly #stopping = new AbortController();

  constructor(private readonly options: DeliveryOptions) {
    // Every chat that is being sent to listens to it.
    setMaxListeners(0, this.#stopping.signal);
  }

  /** Queues rows that are stored; those that wait here already do not come twice. */
  add(rows: readonly Row[]): void {
    for (const row of rows) {
      if (this.#known.has(row.id)) continue;
      this.#known.add(row.id);
      const queue = this.#queues.get(row.out.chat);
      if (queue) queue.push(row);
      else {
        this.#queues.set(row.out.chat, [row]);
        const run = this.#drain(row.out.chat).finally(() => this.#running.delete(run));
        this.#running.add(run);
        this.#drains.set(row.out.chat, run);
      }
    }
  }

  /** Resolves when nothing waits. */
  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  /**
   * Resolves when nothing of a chat waits.
   * @param lost aborted when the chat is another process's: what was not begun is left to that one
   */
  async settled(chat: number, lost: AbortSignal): Promise<void> {
    const leave = () => {
      for (const { id } of this.#queues.get(chat)?.splice(1) ?? []) this.#known.delete(id);
    };
    lost.addEventListener('abort', leave);
    if (lost.aborted) leave();
    await this.#drains.get(chat);
    lost.removeEventListener('abort', leave);
  }

  /** Breaks off; what was not sent stays stored. */
  stop(): void {
    this.#stopping.abort();
  }

  /** How many chats have something that waits. */
  get waiting(): number {
    return this.#queues.size;
  }

  async #drain(chat: number): Promise<void> {
    const queue = this.#queues.get(chat)!;
    const { log, unreachable } = this.options;
    while (queue.length > 0 && !this.#stopping.signal.aborted) {
      const outcome = await this.#attempt(queue[0]!);
      if (outcome === 'stopped') break;
      if (outcome === 'unreachable') {
        log.info('Telegram: a user has blocked the bot; what waited for the chat was dropped');
        for (const dropped of [...queue]) await this.#settle(dropped);
        await unreachable(chat).catch(() => log.warn('Telegram: that a chat has gone could not be noted'));
      } else await this.#settle(queue[0]!);
    }
    this.#queues.delete(chat);
    this.#drains.delete(chat);
    for (const { id } of queue) this.#known.delete(id);
  }

  /** Ticks off the first of a queue, however long the store takes: what was sent must not be sent again. */
  async #settle(row: Row): Promise<void> {
    const { signal } = this.#stopping;
    for (let pause = this.options.retryMs; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        await this.options.done(row);
        break;
      } catch (error) {
        this.options.log.error({ err: error }, 'Telegram: a reply could not be marked as sent; trying again');
        await waited(pause, signal);
        if (signal.aborted) break;
      }
    }
    this.#queues.get(row.out.chat)!.shift();
    this.#known.delete(row.id);
  }

  async #attempt({ out }: Row): Promise<'sent' | 'refused' | 'unreachable' | 'stopped'> {
    const { signal } = this.#stopping;
    for (let pause = this.options.retryMs; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      // The buttons of an old message are no message.
      if (out.kind !== 'buttons') await this.options.pace?.turn(out.chat, signal);
      if (signal.aborted) return 'stopped';
      try {
        await this.options.send(out, signal);
        return 'sent';
      } catch (error) {
        if (signal.aborted) return 'stopped';
        const fault = faultOf(error);
        if (fault === 'unreachable') return fault;
        if (fault === 'refused') {
          this.options.log.error({ err: error }, 'Telegram: a reply was refused');
          return fault;
        }
        await waited(Math.max(pause, fault.waitMs), signal);
        if (signal.aborted) return 'stopped';
      }
    }
  }
}

/** Whether trying again can help, and after how long. */
function faultOf(error: unknown): 'unreachable' | 'refused' | { waitMs: number } {
  if (error instanceof HttpError) return { waitMs: 0 };
  if (!(error instanceof GrammyError)) return 'refused';
  const { error_code: code, description, parameters } = error;
  if (code === 429) return { waitMs: 1000 * (parameters.retry_after ?? 1) };
  if (code >= 500) return { waitMs: 0 };
  if (code === 403 || /chat not found|user is deactivated/i.test(description)) return 'unreachable';
  // A wrong or revoked token: the replies are for the process with the right one.
  if (code === 401 || code === 404) return { waitMs: LONGEST_PAUSE_MS };
  return 'refused';
}
