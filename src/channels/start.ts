import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.js';
import { loadLocale } from './locale.js';
import type { Logger } from './log.js';
import { type BotState, createTelegramBot } from './telegram/bot.js';
import { StoreMemory } from './telegram/memory-store.js';
import type { Observer } from './telegram/parts.js';
import type { Webhook } from './telegram/webhook.js';
import type { Desk } from './types.js';
import { createWebServer, type WebServer } from './web/server.js';

/** The channels of a running assistant. */
export interface Channels {
  /** Where the web page and the API are. */
  address: string;
  /** What is on, what is off and which setting turns it on, a line each. */
  summary: string[];
  /** null when no token is set. */
  telegram(): BotState | null;
  /** Takes nothing more, finishes what was begun, then resolves. */
  close(): Promise<void>;
}

/**
 * Starts the web server and, when a token is set, the Telegram bot.
 * @throws ListenError when the web server cannot listen; nothing is left running then.
 */
export async function startChannels(desk: Desk, config: Config, log: Logger): Promise<Channels> {
  const observer: Observer = {
    answered: (channel, answer) => web.metrics.answered(channel, answer),
    failed: (channel) => web.metrics.failures.inc({ channel }),
  };
  const memory = desk.store && new StoreMemory(desk.store);
  const bot = config.telegram
    ? createTelegramBot(
        desk,
        { ...config.telegram, memory, observer, retentionDays: config.chatRetentionDays },
        log,
      )
    : null;
  const web: WebServer = await createWebServer(desk, config, log, {
    routes: (app) => {
      if (bot?.webhook) mount(app, bot.webhook);
    },
  });
  const address = await web.listen();
  bot?.start();
  return {
    address,
    summary: summarise(config, address),
    telegram: () => bot?.state() ?? null,
    async close() {
      await Promise.all([bot?.stop(), web.close()]);
    },
  };
}

/** Telegram's calls: the status is all that Telegram reads of the answer. */
function mount(app: FastifyInstance, { path, handle }: Webhook): void {
  app.post(path, async (request, reply) => {
    await reply.code(await handle(request.headers, request.body)).send();
  });
}

function summarise(config: Config, address: string): string[] {
  const say = loadLocale();
  const part = (name: string, on: string | null, values: Record<string, string> = {}) =>
    say(`serve.${name}.${on === null ? 'off' : 'on'}`, { on: on ?? '', ...values });
  return [
    part('web', address),
    part('telegram', config.telegram?.apiRoot ?? null),
    part('model', config.openaiApiKey && (config.openaiModel ?? config.openaiBaseUrl ?? '')),
    part('database', config.databaseUrl && '', { dir: config.dataDir }),
    part('staff', config.staffToken && ''),
  ];
}
