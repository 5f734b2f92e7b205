import { type RunnerHandle, run } from '@grammyjs/runner';
import { Bot, BotError, GrammyError } from 'grammy';
import { loadLocale } from '../locale.js';
import type { Logger } from '../log.js';
import type { Desk } from '../types.js';
import { retrying, watching } from './calls.js';
import { type ConversationStore, MemoryConversations } from './conversations.js';
import { addHandlers, COMMANDS, type Observer, once } from './handlers.js';

/** How the bot is doing; `detail` is for the operator. */
export interface BotState {
  status: 'stopped' | 'starting' | 'running' | 'retrying' | 'conflict' | 'refused';
  detail: string;
}

export interface TelegramBot {
  /** Begins in the background and never throws: a fault of Telegram must not take the web server down. */
  start(): void;
  /** Takes no more updates, finishes those in hand (for at most `graceMs`), and tells Telegram which were handled. */
  stop(graceMs?: number): Promise<void>;
  state(): BotState;
}

export interface BotOptions {
  token: string;
  /** Without a trailing slash. */
  apiRoot: string;
  conversations?: ConversationStore;
  observer?: Observer;
  /** First pause after a fault, doubled up to a minute. */
  retryMs?: number;
}

const LONGEST_PAUSE_MS = 60_000;
const POLL_SECONDS = 30;

/** A bot that answers through the desk, by long polling. Nothing is sent before `start()`. */
export function createTelegramBot(desk: Desk, options: BotOptions, log: Logger): TelegramBot {
  const say = loadLocale();
  const firstPause = options.retryMs ?? 1000;
  const stopping = new AbortController();
  const bot = new Bot(options.token, {
    client: { apiRoot: options.apiRoot, timeoutSeconds: 2 * POLL_SECONDS },
  });
  let state: BotState = { status: 'stopped', detail: 'not started' };
  let runner: RunnerHandle | null = null;
  let work: Promise<void> | null = null;
  /** Updates being handled, and the last one that came. Polling on confirms an update while it is still in hand. */
  const inHand = new Map<number, Promise<void>>();
  let lastUpdate = 0;
  /** Set when no more updates may be taken; `stopping` follows when those in hand have had their time. */
  let halted = false;
  let pause = firstPause;
  // grammY types its signals by a shim of the same shape.
  const signal = stopping.signal as unknown as Parameters<typeof bot.api.getMe>[0];

  const become = (status: BotState['status'], detail: string) => {
    if (status === state.status && detail === state.detail) return;
    state = { status, detail };
    const level =
      status === 'refused' || status === 'conflict' ? 'error' : status === 'retrying' ? 'warn' : 'info';
    log[level](`Telegram: ${detail}`);
  };

  const running = () => become('running', `answering as @${bot.botInfo.username}`);
  bot.api.config.use(
    watching((fault) => {
      if (halted) return;
      if (fault !== null) return void meet(fault);
      pause = firstPause;
      running();
    }),
  );
  bot.api.config.use(retrying(stopping.signal));
  bot.use(once());
  bot.use(async (ctx, next) => {
    const id = ctx.update.update_id;
    lastUpdate = Math.max(lastUpdate, id);
    const handled = next();
    inHand.set(id, handled);
    await handled.finally(() => inHand.delete(id));
  });
  addHandlers(bot, {
    desk,
    say,
    log,
    conversations: options.conversations ?? new MemoryConversations(),
    observer: options.observer ?? null,
  });
  bot.catch((error) => {
    if (stopping.signal.aborted) return;
    const cause = error instanceof BotError ? error.error : error;
    const blocked = cause instanceof GrammyError && cause.error_code === 403;
    const update = error.ctx?.update.update_id;
    if (blocked) log.info({ update }, 'Telegram: the user has blocked the bot');
    else log.error({ err: cause, update }, 'Telegram: an update could not be handled');
  });

  /** Sets the state that a fault means. @returns whether trying again can help */
  function meet(fault: unknown): boolean {
    const { error_code: code, description } = (fault ?? {}) as { error_code?: number; description?: string };
    if (code === 401 || code === 404) {
      become(
        'refused',
        `Telegram refuses TELEGRAM_BOT_TOKEN (${code} ${description}). Set the token that @BotFather gave and restart; everything else goes on.`,
      );
      return false;
    }
    if (code === 409) {
      become(
        'conflict',
        `another instance is polling with this token (409). Stop it, or give this one a token of its own; trying again.`,
      );
      return true;
    }
    const why = code === undefined ? 'the server cannot be reached' : `${code} ${description}`;
    become('retrying', `${options.apiRoot}: ${why}; trying again.`);
    return true;
  }

  async function supervise(): Promise<void> {
    while (!halted) {
      try {
        await begin();
        await runner?.task();
      } catch (error) {
        if (halted || !meet(error)) return;
        await waited(Math.max(pause, retryAfterMs(error)), stopping.signal);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      }
    }
  }

  async function begin(): Promise<void> {
    if (!bot.isInited()) bot.botInfo = await bot.api.getMe(signal);
    await bot.api.deleteWebhook(undefined, signal).catch((error: unknown) => {
      // Another Bot API server may have no webhooks; polling will say whether one stands in the way.
      if (!(error instanceof GrammyError && error.error_code === 404)) throw error;
    });
    bot.api
      .setMyCommands(
        COMMANDS.map((command) => ({ command, description: say(`telegram.commands.${command}`) })),
      )
      .catch(() => log.warn('Telegram: the list of commands could not be set'));
    if (halted) return;
    if (state.status === 'starting') running();
    runner = run(bot, {
      runner: {
        silent: true,
        retryInterval: firstPause,
        maxRetryTime: Number.POSITIVE_INFINITY,
        fetch: { timeout: POLL_SECONDS, allowed_updates: ['message', 'edited_message', 'callback_query'] },
      },
    });
  }

  return {
    start() {
      if (work) return;
      become('starting', `connecting to ${options.apiRoot}`);
      work = supervise();
    },
    async stop(graceMs = 10_000) {
      if (!work || halted) return;
      halted = true;
      const polling = runner?.isRunning() ? runner.stop() : undefined;
      await within(graceMs, Promise.allSettled(inHand.values()));
      if (inHand.size > 0)
        log.warn({ updates: [...inHand.keys()] }, 'Telegram: stopped before these were answered');
      stopping.abort();
      await within(graceMs, polling);
      // Without this, Telegram would deliver the handled updates again to the next process.
      if (lastUpdate > 0)
        await bot.api.getUpdates({ offset: lastUpdate + 1, limit: 1, timeout: 0 }).catch(() => undefined);
      become('stopped', 'stopped');
    },
    state: () => state,
  };
}

/** Telegram's own wish how long to wait. */
function retryAfterMs(error: unknown): number {
  return error instanceof GrammyError ? 1000 * (error.parameters.retry_after ?? 0) : 0;
}

/** Waits for the promise, but no longer than this. */
async function within(ms: number, promise: Promise<unknown> | undefined): Promise<void> {
  const done = new AbortController();
  await Promise.race([Promise.resolve(promise).finally(() => done.abort()), waited(ms, done.signal)]);
}

/** Resolves after the time or at the signal, whichever comes first. */
async function waited(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
