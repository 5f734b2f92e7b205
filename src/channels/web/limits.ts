import rateLimit, { type FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Rates as Counted } from '../../store/types.js';
import type { Say } from '../locale.js';
import { isLocal, isLoopback } from './peer.js';
import { HttpProblem } from './problems.js';
import type { Gate } from './routes.js';
import { sharedLimits } from './shared-limits.js';

/** How many requests a minute. */
export interface Rates {
  /** From one address, staff excepted; a caller at this machine itself is not counted. */
  address: number;
  /** From a proxy on this machine, behind which everybody has one address. */
  proxy: number;
  /** Of one staff session. */
  session: number;
  /** Messages of one chat. */
  chat: number;
  /** New chats from one address. */
  chats: number;
  /** Sign-in attempts from one address. */
  signIn: number;
}

export const RATES: Rates = { address: 600, proxy: 6000, session: 1200, chat: 60, chats: 60, signIn: 10 };

export interface Limits {
  /** Every request to the API. @param session id of the staff session, null for everybody else */
  api(request: FastifyRequest, session: string | null): Promise<void>;
  readonly chat: Gate;
  readonly chats: Gate;
  readonly signIn: Gate;
}

/**
 * Rate limits; each refuses with a 429 that says when to come again. Addresses are peers', X-Forwarded-For is not read.
 * @param counted where hits are counted for several processes together; in this one when absent
 */
export async function addLimits(
  app: FastifyInstance,
  rates: Rates,
  say: Say,
  counted?: Counted,
): Promise<Limits> {
  await app.register(rateLimit, {
    global: false,
    ...(counted ? { store: sharedLimits(counted) as unknown as FastifyRateLimitStoreCtor } : {}),
  });
  const limit = (
    name: string,
    max: number | ((request: FastifyRequest) => number),
    keyOf: (request: FastifyRequest) => string,
  ) => {
    // The name keeps the counts of one limit from another's.
    const options = { name, max, timeWindow: 60_000, keyGenerator: keyOf };
    const check = app.createRateLimit(options);
    return async (request: FastifyRequest): Promise<void> => {
      const result = await check(request);
      if (result.isAllowed || !result.isExceeded) return;
      const seconds = Math.max(1, result.ttlInSeconds);
      throw new HttpProblem(429, say('problem.tooMany'), say('problem.tooManyAccepted', { seconds }), {
        headers: { 'retry-after': String(seconds) },
        more: { code: 'rate' },
      });
    };
  };
  const sessions = new WeakMap<FastifyRequest, string>();
  const address = limit(
    'address',
    (request) => (isLoopback(request.ip) ? rates.proxy : rates.address),
    addressOf,
  );
  const session = limit('session', rates.session, (request) => sessions.get(request)!);
  return {
    async api(request, id) {
      if (id !== null) {
        sessions.set(request, id);
        await session(request);
      } else if (!isLocal(request)) await address(request);
    },
    chat: limit('chat', rates.chat, (request) => (request.params as { id: string }).id),
    chats: limit('chats', (request) => (isLocal(request) ? rates.proxy : rates.chats), addressOf),
    signIn: limit('sign-in', rates.signIn, addressOf),
  };
}

/** Nothing is known of one who has hung up, whatever the type says. */
const addressOf = (request: FastifyRequest): string => request.ip ?? '';
