import type { Logger } from '../log.js';

/** How the bot is doing; `detail` is for the operator. */
export interface BotState {
  status: 'stopped' | 'starting' | 'running' | 'retrying' | 'conflict' | 'refused';
  detail: string;
}

/** Keeps how the bot is doing, and tells the log of each change. */
export class Standing {
  #state: BotState = { status: 'stopped', detail: 'not started' };

  constructor(
    private readonly apiRoot: string,
    private readonly log: Logger,
  ) {}

  get state(): BotState {
    return this.#state;
  }

  become(status: BotState['status'], detail: string): void {
    if (status === this.#state.status && detail === this.#state.detail) return;
    this.#state = { status, detail };
    const level =
      status === 'refused' || status === 'conflict' ? 'error' : status === 'retrying' ? 'warn' : 'info';
    this.log[level](`Telegram: ${detail}`);
  }

  /** What a fault means. @returns whether trying again can help */
  meet(fault: unknown): boolean {
    const { error_code: code, description } = (fault ?? {}) as { error_code?: number; description?: string };
    if (code === 401 || code === 404) {
      this.become(
        'refused',
        `Telegram refuses TELEGRAM_BOT_TOKEN (${code} ${description}). Set the token that @BotFather gave and restart; everything else goes on.`,
      );
      return false;
    }
    if (code === 409) {
      this.become(
        'conflict',
        `another instance is polling with this token (409). Stop it, or give this one a token of its own; trying again.`,
      );
      return true;
    }
    if ((fault as Error | null)?.name === 'StoreError') {
      this.become('retrying', `${(fault as Error).message} Trying again.`);
      return true;
    }
    const why = code === undefined ? 'the server cannot be reached' : `${code} ${description}`;
    this.become('retrying', `${this.apiRoot}: ${why}; trying again.`);
    return true;
  }
}
