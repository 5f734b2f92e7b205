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
