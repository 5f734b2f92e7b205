import { setMaxListeners } from 'node:events';
import type { RunnerHandle } from '@grammyjs/runner';
import { Bot, BotError, GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import { InputError } from '../../errors.js';
import { LANGUAGES, type Language, languageOf, loadLocale, type Say } from '../locale.js';
import type { Logger } from '../log.js';
import type { Desk } from '../types.js';
import { patient, watching } from './calls.js';
import { citiesOf } from './cities.js';
import { publishCommands } from './commands.js';
import { type Ctx, placeOf } from './context.js';
import { conversation, UPDATES } from './conversation.js';
import { Delivery } from './delivery.js';
import { Intake } from './intake.js';
import type { Memory } from './memory.js';
import { ProcessMemory } from './memory-in-process.js';
import { type Files, send } from './outgoing.js';
import { UnderWay } from './overtaking.js';
import { type Limits, limitsOf, Pace } from './pace.js';
import type { Observer } from './parts.js';
import { POLL_SECONDS, poll } from './polling.js';
import { Remains } from './remains.js';
import { type BotState, Standing } from './standing.js';
import { waited } from './waited.js';
import { createWebhook, secretOf, type Webhook, webhookAddress } from './webhook.js';

export type { BotState } from './standing.js';

export interface TelegramBot {
  /** Begins in the background and never throws: a fault of Telegram must not take the web server down. */
  start(): void;
  /** Takes no more updates, finishes those in hand (for at most `graceMs`), and tells Telegram which were taken. */
  stop(graceMs?: number): Promise<void>;
  state(): BotState;
  /** In webhook mode: what the web server must mount. */
  readonly webhook: Webhook | null;
}

export interface BotOptions {
  token: string;
  /** Without a trailing slash. */
  apiRoot: string;
  /** Where chats are kept; with the process when absent. */
  memory?: Memory;
  observer?: Observer;
  /** The public address that Telegram calls; long polling when absent. */
  webhookUrl?: string | null;
  webhookSecret?: string | null;
  /** Days for which a chat is kept. */
  retentionDays?: number;
  /** First pause after a fault, doubled up to a minute. */
  retryMs?: number;
  /** How fast to send; null: as fast as possible. When absent Telegram's limits on its own server, else none. */
  limits?: Limits | null;
  /** How many messages a person may send in a chat in a stretch of time; null: any number. */
  flood?: { most: number; inMs: number } | null;
  /** How often to look for what waits in the store and nobody works on. */
  lookEveryMs?: number;
}

const LONGEST_PAUSE_MS = 60_000;
const RETENTION_DAYS = 90;
/** Of one person in one chat: nobody reads so fast, and who presses one button after another stays below. */
const FLOOD = { most: 120, inMs: 60_000 };
const LOOK_EVERY_MS = 30_000;

/** A bot that answers through the desk, by long polling or webhook. Nothing is sent before `start()`. */
export function createTelegramBot(desk: Desk, options: BotOptions, log: Logger): TelegramBot {
  const { token, apiRoot } = options;
  const memory: Memory = options.memory ?? new ProcessMemory();
  const limits = options.limits === undefined ? limitsOf(apiRoot) : options.limits;
  const firstPause = options.retryMs ?? 1000;
  /** Aborted when no more updates may be taken; `stopping` follows when those in hand have had their time. */
  const halted = new AbortController();
  const stopping = new AbortController();
  // Every call under way listens to it.
  setMaxListeners(0, stopping.signal);
  const bot = new Bot<Ctx>(token, { client: { apiRoot, timeoutSeconds: 2 * POLL_SECONDS } });
  const secret = options.webhookSecret ?? secretOf(token);
  const address = options.webhookUrl ? webhookAddress(options.webhookUrl) : null;
  const standing = new Standing(apiRoot, log);
  let runner: RunnerHandle | null = null;
  let work: Promise<void> | null = null;
  let lastUpdate = 0;
  let pause = firstPause;
  let begun = false;
  // grammY types its signals by a shim of the same shape.
  const signal = stopping.signal as unknown as Parameters<typeof bot.api.getMe>[0];

  const running = () => standing.become('running', `answering as @${bot.botInfo.username}`);
  bot.api.config.use(
    patient(),
    watching((fault) => {
      if (halted.signal.aborted) return;
      if (fault !== null) return void standing.meet(fault);
      pause = firstPause;
      running();
    }),
  );

  const files: Files = {
    source: (policy) => {
      if (!desk.source) throw new InputError(`没有 ${policy} 的原文件`, '');
      return desk.source(policy);
    },
    report: (interview) => desk.interviewer!.report(interview),
  };
  const delivery = new Delivery({
    send: (out, stop) =>
      send(
        bot.api,
        files,
        out,
        (error) => log.error({ err: error }, 'Telegram: a file could not be made'),
        stop,
      ),
    done: (row) => memory.sent(row),
    unreachable: (chat) => memory.unreachable(chat),
    pace: limits && new Pace(limits),
    log,
    retryMs: firstPause,
  });
  const underWay = new UnderWay();
  const intake = new Intake({
    inbox: memory.inbox,
    handle: (update) => bot.handleUpdate(update),
    laneOf,
    shared: memory.share !== undefined,
    behind: (update) => underWay.behind(update, bot.botInfo),
    aside: (update) => void regret(update),
    log,
    retryMs: firstPause,
  });
  const remains = new Remains(memory, intake, delivery, options.lookEveryMs ?? LOOK_EVERY_MS, log);
  const say = Object.fromEntries(LANGUAGES.map((each) => [each, loadLocale(each)])) as Record<Language, Say>;
  bot.use(
    conversation(
      {
        desk,
        cities: citiesOf(desk),
        memory,
        say,
        log,
        observer: options.observer ?? null,
        underWay,
        flood: options.flood === undefined ? FLOOD : options.flood,
        retentionDays: options.retentionDays ?? RETENTION_DAYS,
        stopping: stopping.signal,
      },
      (rows) => delivery.add(rows),
    ),
  );

  async function supervise(): Promise<void> {
    while (!halted.signal.aborted) {
      try {
        await begin();
        await runner?.task();
        if (address) return;
      } catch (error) {
        if (halted.signal.aborted || !standing.meet(error)) return;
        await waited(Math.max(pause, retryAfterMs(error)), halted.signal);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
      }
    }
  }

  async function begin(): Promise<void> {
    if (!bot.isInited()) bot.botInfo = await bot.api.getMe(signal);
    if (!begun) await remains.open();
    begun = true;
    if (address) {
      await bot.api.setWebhook(address.url, { secret_token: secret, allowed_updates: UPDATES }, signal);
    } else {
      await bot.api.deleteWebhook(undefined, signal).catch((error: unknown) => {
        // Another Bot API server may have no webhooks; polling will say whether one stands in the way.
        if (!(error instanceof GrammyError && error.error_code === 404)) throw error;
      });
    }
    publishCommands(bot.api, say, stopping.signal).catch(() => {
      if (!halted.signal.aborted) log.warn('Telegram: the list of commands could not be set');
    });
    if (halted.signal.aborted) return;
    if (standing.state.status === 'starting' || address) running();
    if (!address) runner = poll(bot, intake, firstPause, (last) => (lastUpdate = last));
  }

  /** To who asked something that was set aside: there will be no answer. In vain where even this cannot be sent. */
  async function regret(update: Update): Promise<void> {
    const place = placeOf(update);
    if (!place?.alone) return;
    const language = (update.message ?? update.edited_message ?? update.callback_query)?.from?.language_code;
    const text = say[languageOf(language)]('telegram.failed');
    await bot.api.sendMessage(place.chat, text, {}, signal).catch(() => undefined);
  }

  return {
    webhook: address
      ? createWebhook({
          secret,
          path: address.path,
          log,
          take: async (update) => {
            // Kept at once; worked on after what an earlier process left.
            for (const fresh of await intake.take([update])) void intake.work(fresh);
          },
        })
      : null,
    start() {
      if (work) return;
      standing.become('starting', `connecting to ${apiRoot}`);
      work = supervise();
    },
    async stop(graceMs = 10_000) {
      if (!work || halted.signal.aborted) return;
      halted.abort();
      intake.finish();
      const shared = remains.close();
      const polling = runner?.isRunning() ? runner.stop() : undefined;
      await within(
        graceMs,
        intake.idle().then(() => delivery.idle()),
      );
      if (intake.inHand.length > 0)
        log.warn({ updates: intake.inHand }, 'Telegram: stopped before these were answered; they are kept');
      stopping.abort();
      delivery.stop();
      await within(graceMs, Promise.all([polling, intake.idle(), delivery.idle(), shared]));
      // Without this, Telegram would deliver the updates again to the next process.
      if (lastUpdate > 0)
        await bot.api.getUpdates({ offset: lastUpdate + 1, limit: 1, timeout: 0 }).catch(() => undefined);
      standing.become('stopped', 'stopped');
    },
    state: () => standing.state,
  };
}

/** The chat in whose order an update is handled. */
function laneOf(update: Update): string | null {
  const said = update.message ?? update.edited_message ?? update.callback_query?.message;
  return said ? String(said.chat.id) : null;
}

/** Telegram's own wish how long to wait. */
function retryAfterMs(error: unknown): number {
  const cause = error instanceof BotError ? error.error : error;
  return cause instanceof GrammyError ? 1000 * (cause.parameters.retry_after ?? 0) : 0;
}

/** Waits for the promise, but no longer than this. */
async function within(ms: number, promise: Promise<unknown> | undefined): Promise<void> {
  const done = new AbortController();
  await Promise.race([Promise.resolve(promise).finally(() => done.abort()), waited(ms, done.signal)]);
}
