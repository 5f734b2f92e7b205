import type { Config } from '../config.js';
import { loadLocale } from './locale.js';
import type { Logger } from './log.js';
import { type BotState, createTelegramBot } from './telegram/bot.js';
import type { Desk } from './types.js';
import { createWebServer } from './web/server.js';

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
  const web = await createWebServer(desk, config, log);
  const address = await web.listen();
  const observer = {
    answered: web.metrics.answered.bind(web.metrics),
    failed: (channel: string) => web.metrics.failures.inc({ channel }),
  };
  const bot = config.telegram ? createTelegramBot(desk, { ...config.telegram, observer }, log) : null;
  if (config.telegram?.webhookUrl) log.warn('TELEGRAM_WEBHOOK_URL is set, but this version polls');
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
