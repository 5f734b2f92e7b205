import { autoRetry } from '@grammyjs/auto-retry';
import type { Transformer } from 'grammy';

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

/** Calls that nobody waits for and nothing else repeats. */
const BACKGROUND: ReadonlySet<string> = new Set(['setMyCommands']);

/** Repeats calls of the background that Telegram cannot take now. Replies have a queue of their own, which outlives the process. */
export function patient(): Transformer {
  const retry = autoRetry({ maxRetryAttempts: 10, maxDelaySeconds: 600 });
  return (prev, method, payload, signal) =>
    BACKGROUND.has(method) ? retry(prev, method, payload, signal) : prev(method, payload, signal);
}
