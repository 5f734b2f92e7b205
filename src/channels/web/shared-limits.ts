import type { Rates } from '../../store/types.js';

type Done = (error: Error | null, result: { current: number; ttl: number }) => void;

/**
 * A store for @fastify/rate-limit that counts for all processes together. While the counting cannot be reached, each process
 * counts for itself: a database that is away must neither shut everybody out nor let everybody in.
 */
export function sharedLimits(rates: Rates) {
  return class Shared {
    readonly #own = new Map<string, { current: number; until: number }>();
    readonly #name: string;

    constructor(options: object) {
      this.#name = (options as { name?: string }).name ?? '';
    }

    incr(key: string, done: Done, timeWindow: number): void {
      rates
        .hit(`${this.#name} ${key}`, timeWindow)
        .then(({ hits, endsInMs }) => ({ current: hits, ttl: endsInMs }))
        .catch(() => this.#alone(key, timeWindow))
        .then((result) => done(null, result));
    }

    child(options: object): Shared {
      return new Shared(options);
    }

    #alone(key: string, timeWindow: number): { current: number; ttl: number } {
      const now = Date.now();
      for (const [name, { until }] of this.#own) if (until <= now) this.#own.delete(name);
      const own = this.#own.get(key) ?? { current: 0, until: now + timeWindow };
      own.current++;
      this.#own.set(key, own);
      return { current: own.current, ttl: own.until - now };
    }
  };
}
