import { waited } from './waited.js';

const TELEGRAM = 'api.telegram.org';

/** So many at once, then one in each interval. */
export interface Allowance {
  burst: number;
  everyMs: number;
}

/** How fast a bot may send. */
export interface Limits {
  all: Allowance;
  /** One private chat. */
  chat: Allowance;
  group: Allowance;
}

/** Telegram's own (https://core.telegram.org/bots/faq): 30 a second to all, one a second to a chat, 20 a minute to a group. */
const TELEGRAM_LIMITS: Limits = {
  all: { burst: 30, everyMs: 1000 / 30 },
  chat: { burst: 5, everyMs: 1000 },
  group: { burst: 5, everyMs: 60_000 / 20 },
};

/** Of a Bot API server: one of one's own has other limits, and what it refuses waits as long as it says. */
export const limitsOf = (apiRoot: string): Limits | null =>
  new URL(apiRoot).hostname === TELEGRAM ? TELEGRAM_LIMITS : null;

/** Where more is remembered than this, what is past is thrown away. */
const TIDY_AT = 1000;

/**
 * Spreads what is sent so that Telegram need not refuse it; what it refuses all the same waits as long as it says. Each
 * key has the moment at which all that was let through would be over at its even pace.
 */
export class Pace {
  readonly #even = new Map<string, number>();

  constructor(
    private readonly limits: Limits,
    private readonly now: () => number = () => performance.now(),
    private readonly wait: typeof waited = waited,
  ) {}

  /** Resolves when the next message may be sent to a chat (as Telegram numbers them: groups are below zero), or at the signal. */
  async turn(chat: number, signal: AbortSignal): Promise<void> {
    const { all, group, chat: person } = this.limits;
    await this.wait(this.take(String(chat), chat < 0 ? group : person), signal);
    // Among all only now, so that a chat that must wait long keeps nobody else waiting.
    await this.wait(this.take('all', all), signal);
  }

  /** Takes the next place of a key. @returns milliseconds until it */
  private take(key: string, { burst, everyMs }: Allowance): number {
    const now = this.now();
    if (this.#even.size > TIDY_AT) {
      for (const [other, even] of this.#even) if (even <= now) this.#even.delete(other);
    }
    const even = Math.max(this.#even.get(key) ?? 0, now);
    this.#even.set(key, even + everyMs);
    return Math.max(0, even - (burst - 1) * everyMs - now);
  }
}
