import type { Logger } from '../log.js';
import { placeOf } from './context.js';
import type { Delivery } from './delivery.js';
import type { Intake } from './intake.js';
import type { Memory, Visit } from './memory.js';

/** What has waited for so many looks is taken up: whoever was at it has ended. */
const FORSAKEN_LOOKS = 4;

/**
 * What other processes left behind: updates that were taken and not handled, replies that were saved and not sent. Looked for at
 * the start and again from time to time; where processes share a store, the store hands it out chat by chat.
 */
export class Remains {
  #looking: NodeJS.Timeout | null = null;
  #sharing: ReturnType<NonNullable<Memory['share']>> | null = null;

  constructor(
    private readonly memory: Memory,
    private readonly intake: Intake,
    private readonly delivery: Delivery,
    private readonly lookEveryMs: number,
    private readonly log: Logger,
  ) {}

  /** Takes up what an earlier process left, and lets new updates be handled after it. @throws when the store cannot be read */
  async open(): Promise<void> {
    const { memory, intake, delivery, lookEveryMs } = this;
    if (memory.share) {
      intake.open();
      this.#sharing ??= memory.share((visit) => this.#attend(visit), lookEveryMs);
      return;
    }
    delivery.add(await memory.unsent());
    await intake.resume();
    intake.open();
    this.#looking ??= setInterval(() => void this.#look(), lookEveryMs).unref();
  }

  /** Looks no more. @returns when no chat is this process's own any longer */
  async close(): Promise<void> {
    if (this.#looking) clearInterval(this.#looking);
    await this.#sharing?.stop();
  }

  /** A chat of which something waits, and which no other process is at. */
  async #attend({ rows, update, again, lost }: Visit): Promise<void> {
    const { intake, delivery } = this;
    delivery.add(rows);
    if (update) await (again ? intake.takeUp(update) : intake.work(update));
    const place = update && placeOf(update);
    const chats = new Set([...rows.map((row) => row.out.chat), ...(place ? [place.chat] : [])]);
    await Promise.all([...chats].map((chat) => delivery.settled(chat, lost)));
  }

  /** The same for a process that ended while others go on, or whose last commit came through after this one looked. */
  async #look(): Promise<void> {
    const waited = FORSAKEN_LOOKS * this.lookEveryMs;
    try {
      this.delivery.add(await this.memory.unsent(waited));
      await this.intake.resume(waited);
    } catch (error) {
      this.log.warn({ err: error }, 'Telegram: the store could not be looked through; tried again later');
    }
  }
}
