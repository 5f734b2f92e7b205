import { ModelFault, statusFault } from './errors.js';
import { asksForStream, asStream, openStream } from './streams.js';

export interface TransportOptions {
  /** Attempts after the first. */
  retries: number;
  /** First pause in milliseconds; doubles each time, with full jitter. */
  pauseMs: number;
  /** Time one attempt may take, body included. */
  attemptMs: number;
  /** Longest reply in bytes. */
  maxBytes: number;
  random?: () => number;
}

export const DEFAULT_TRANSPORT: TransportOptions = {
  retries: 2,
  pauseMs: 250,
  attemptMs: 15_000,
  maxBytes: 1_000_000,
};

/**
 * A `fetch` that retries what may pass (429, 5xx, a broken connection, a cut body) with back-off and jitter, reads the body
 * within the time and size allowed, and throws typed faults. A stream is handed on as it comes once its first words are there;
 * what breaks after that is a fault and not tried again. It stops at once when the caller's signal does.
 */
export function resilientFetch(options: TransportOptions, inner: typeof fetch = fetch): typeof fetch {
  return async (input, init) => {
    const outer = init?.signal ?? null;
    for (let attempt = 0; ; attempt++) {
      try {
        return await once(inner, input, init, options, outer);
      } catch (error) {
        const fault = asFault(error, outer);
        if (attempt >= options.retries || !PASSING.has(fault.kind)) throw fault;
        const ceiling = options.pauseMs * 2 ** attempt;
        const pause = fault.retryAfterMs ?? (options.random ?? Math.random)() * ceiling;
        if (pause > options.attemptMs) throw fault;
        await rest(pause, outer);
      }
    }
  };
}

const PASSING = new Set(['rate-limited', 'server', 'network', 'cut']);

async function once(
  inner: typeof fetch,
  input: Parameters<typeof fetch>[0],
  init: RequestInit | undefined,
  options: TransportOptions,
  outer: AbortSignal | null,
): Promise<Response> {
  const limit = AbortSignal.timeout(options.attemptMs);
  const signal = outer === null ? limit : AbortSignal.any([outer, limit]);
  // Nobody is followed elsewhere: the user's words and the key go to the configured address or nowhere.
  const response = await inner(input, { ...init, signal, redirect: 'manual' });
  if (!response.ok) {
    await response.body?.cancel().catch(() => undefined);
    throw statusFault(response.status, retryAfter(response.headers));
  }
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('event-stream')) return openStream(response, options.maxBytes);
  const bytes = await readAll(response, options.maxBytes);
  const body = new TextDecoder().decode(bytes);
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    throw new ModelFault('bad-reply', 'the reply is not JSON');
  }
  if (asksForStream(init)) return asStream(json);
  return new Response(body, { status: response.status, headers: { 'content-type': type } });
}

async function readAll(response: Response, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array();
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      if (named(error, 'TimeoutError') || named(error, 'AbortError')) throw error;
      throw new ModelFault('cut', 'the reply ended in the middle');
    });
    if (done) break;
    size += value.length;
    if (size > maxBytes) {
      await reader.cancel().catch(() => undefined);
      throw new ModelFault('bad-reply', `the reply is longer than ${maxBytes} bytes`);
    }
    parts.push(value);
  }
  return Buffer.concat(parts);
}

function asFault(error: unknown, outer: AbortSignal | null): ModelFault {
  if (error instanceof ModelFault) return error;
  if (outer?.aborted) {
    const late = named(outer.reason, 'TimeoutError');
    return new ModelFault(late ? 'timeout' : 'cancelled', late ? 'no answer in time' : 'cancelled');
  }
  if (named(error, 'TimeoutError')) return new ModelFault('timeout', 'no reply in time');
  return new ModelFault('network', 'the endpoint cannot be reached');
}

const named = (error: unknown, name: string): boolean =>
  typeof error === 'object' && error !== null && (error as { name?: string }).name === name;

function retryAfter(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

function rest(ms: number, signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => {
      clearTimeout(timer);
      reject(asFault(signal?.reason, signal));
    };
    if (signal?.aborted) return reject(asFault(signal.reason, signal));
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', fail);
      resolve();
    }, ms);
    signal?.addEventListener('abort', fail, { once: true });
  });
}
