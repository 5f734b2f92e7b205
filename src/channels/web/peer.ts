import type { IncomingHttpHeaders } from 'node:http';

/** What is believed of the other end of a connection: its address, and nothing that it says itself. */

/** The parts of a request that tell where it is from. */
export interface Coming {
  /** Nothing once the caller has hung up. */
  readonly ip: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly raw: { readonly httpVersion: string };
}

const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'] as const;

/** Whether an address is of this machine only. */
export function isLoopback(address: string | undefined): boolean {
  const plain = (address ?? '').replace(/^::ffff:/i, '');
  return plain === '::1' || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(plain);
}

/** Whether a Host header names this machine: any other name with a loopback address is a rebound one. */
export function isLoopbackHost(host: string | undefined): boolean {
  const name = /^(\[[^\]]*\]|[^:]*)(:\d+)?$/.exec(host ?? '')?.[1]?.toLowerCase() ?? '';
  return name === 'localhost' || name === '[::1]' || isLoopback(name);
}

/** Whether a proxy handed the request on. nginx speaks HTTP/1.0 to what is behind it unless told otherwise; browsers never do. */
export function isForwarded(request: Coming): boolean {
  return (
    request.raw.httpVersion === '1.0' || PROXY_HEADERS.some((name) => request.headers[name] !== undefined)
  );
}

/**
 * Whether the caller sits at this very machine. X-Forwarded-For is never believed, only its presence: whoever comes through
 * a proxy is not local, wherever the proxy runs.
 */
export function isLocal(request: Coming): boolean {
  return isLoopback(request.ip) && isLoopbackHost(request.headers.host) && !isForwarded(request);
}

/** Whether a browser says that a page of another site sent the request. Programs say nothing and pass. */
export function isForeign(request: Coming): boolean {
  const site = request.headers['sec-fetch-site'];
  // No page can forge this one, and it holds behind a proxy that changes Host.
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = request.headers;
  if (origin === undefined) return false;
  try {
    return new URL(origin).host !== host;
  } catch {
    return true; // "null": a sandboxed frame, a file
  }
}

/** Whether the browser's own connection is encrypted, as far as the proxy before us says; only ever makes cookies stricter. */
export function isHttps(request: Coming): boolean {
  const said = request.headers['x-forwarded-proto'];
  return typeof said === 'string' && said.split(',').at(-1)?.trim() === 'https';
}
