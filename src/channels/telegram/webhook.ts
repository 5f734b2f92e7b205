import { createHash, timingSafeEqual } from 'node:crypto';
import type { Update } from 'grammy/types';
import type { Logger } from '../log.js';

const HEADER = 'x-telegram-bot-api-secret-token';
const DEFAULT_PATH = '/telegram/webhook';

/** Where Telegram delivers updates, to be mounted on the web server. */
export interface Webhook {
  path: string;
  /** @returns the status to answer with: 200 only when the update is durably taken */
  handle(headers: Record<string, string | string[] | undefined>, body: unknown): Promise<number>;
}

export interface WebhookOptions {
  secret: string;
  path: string;
  /** Keeps an update durably and has it handled. @throws when it cannot be kept */
  take(update: Update): Promise<void>;
  log: Logger;
}

/** 401 without the secret, 400 for what is no update, 503 when it cannot be kept (Telegram then delivers it again). */
export function createWebhook({ secret, path, take, log }: WebhookOptions): Webhook {
  return {
    path,
    async handle(headers, body) {
      if (!same(headers[HEADER], secret)) return 401;
      const id = (body as Partial<Update> | null | undefined)?.update_id;
      if (typeof id !== 'number' || !Number.isSafeInteger(id)) return 400;
      try {
        await take(body as Update);
        return 200;
      } catch (error) {
        log.error(
          { err: error, update: id },
          'Telegram: an update could not be kept; it will be delivered again',
        );
        return 503;
      }
    },
  };
}

/** The address that Telegram calls: the one configured, with a path of our own where it has none. */
export function webhookAddress(configured: string): { url: string; path: string } {
  const url = new URL(configured);
  if (url.pathname === '/') url.pathname = DEFAULT_PATH;
  return { url: url.href, path: url.pathname };
}

/** A secret for a bot that none was set for: nobody who lacks the token can guess it. */
export const secretOf = (token: string): string =>
  createHash('sha256').update(`webhook:${token}`).digest('base64url');

function same(given: string | string[] | undefined, wanted: string): boolean {
  if (typeof given !== 'string') return false;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
