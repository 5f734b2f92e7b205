import { expect } from 'vitest';

/** Expects of a value what it comes to have: a busy machine may take its time. */
export function eventually<T>(value: () => T | Promise<T>) {
  return expect.poll(value, { timeout: 10_000 });
}
