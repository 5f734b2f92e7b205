import { autoRetry } from '@grammyjs/auto-retry';
import type { Transformer } from 'grammy';

/** Calls whose faults their callers handle: polling and starting have loops of their own, typing is not worth a retry. */
const OWN_WAY = new Set([
  'getUpdates',
  'getMe',
  'deleteWebhook',
  'setMyCommands',
  'sendChatAction',
  'answerCallbackQuery',
]);

/**
 * Sends again what Telegram could not take: after `retry_after` at 429, with growing pauses at 5xx and broken connections.
 * `stop` ends the waiting when the bot stops.
 */
export function retrying(stop: AbortSignal): Transformer {
  const retry = autoRetry({ maxRetryAttempts: 8, maxDelaySeconds: 600 });
  return (prev, method, payload, signal) =>
    OWN_WAY.has(method)
      ? prev(method, payload, signal)
      : retry(prev, method, payload, signal ?? (stop as unknown as typeof signal));
}

/** Tells how polling goes: `null` when updates came, else the fault. */
export function watching(seen: (fault: unknown) => void): Transformer {
  return async (prev, method, payload, signal) => {
    if (method !== 'getUpdates') return prev(method, payload, signal);
    try {
      const result = await prev(method, payload, signal);
      seen(result.ok ? null : result);
      return result;
    } catch (error) {
      if (!signal?.aborted) seen(error);
      throw error;
    }
  };
}
