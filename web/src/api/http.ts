import type { Say } from '../say.js';

/** What the server refused or could not do: a problem document (RFC 9457), or no answer at all (status 0). */
export class Fault extends Error {
  override readonly name = 'Fault';
  constructor(
    readonly status: number,
    readonly detail: string,
    /** What would be accepted instead. */
    readonly accepted: string | null = null,
    /** Seconds to wait, when the server said so. */
    readonly after: number | null = null,
  ) {
    super(detail);
  }
}

/** A fault in words for the reader, what would be accepted on a line of its own. The server's own words are Chinese and say what is accepted. */
export function faultWords(error: unknown, say: Say): string {
  if (!(error instanceof Fault)) return say('fault.page');
  if (error.status === 0) return say('fault.unreachable');
  if (error.status === 429) return say('fault.tooMany', { seconds: error.after ?? 10 });
  if (error.status === 401) return say('fault.signIn');
  if (error.status >= 500) return say('fault.server', { status: error.status });
  return error.accepted
    ? `${error.detail}\n${say('fault.accepted', { accepted: error.accepted })}`
    : error.detail;
}

/** A request that changes something carries the session's CSRF token, when there is one. */
let csrf: string | null = null;
export function setCsrf(token: string | null): void {
  csrf = token;
}

export interface CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  body?: unknown;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

/** One request, its response not yet read. @throws Fault for a refusal or no connection */
export async function send(path: string, options: CallOptions = {}): Promise<Response> {
  const { method = options.body === undefined ? 'GET' : 'POST', body, signal, headers } = options;
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method !== 'GET' && csrf ? { 'x-csrf-token': csrf } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new Fault(0, '');
  }
  if (response.ok) return response;
  throw await toFault(response);
}

/** One request, its JSON. @throws Fault */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  const response = await send(path, options);
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch {
    throw new Fault(0, '');
  }
}

async function toFault(response: Response): Promise<Fault> {
  const after = Number(response.headers.get('retry-after'));
  const body = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  return new Fault(
    response.status,
    typeof body.detail === 'string' ? body.detail : response.statusText,
    typeof body.accepted === 'string' ? body.accepted : null,
    Number.isFinite(after) && after > 0 ? after : null,
  );
}
