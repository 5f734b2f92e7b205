import { expect, it } from 'vitest';
import { TokenBudget, type TokenCount } from '../../src/model/index.js';

const LIMITS = { perQuestion: 1000, perDay: 100 };
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** The common count of several processes. */
class Counted implements TokenCount {
  total = 0;
  away = false;
  async add(_day: string, tokens: number) {
    if (this.away) throw new Error('away');
    this.total += tokens;
    return this.total;
  }
  async used() {
    if (this.away) throw new Error('away');
    return this.total;
  }
}

it('what one process spent of a day is spent for all, and a common count that is away stops nobody', async () => {
  const count = new Counted();
  const [one, other] = [1, 2].map(
    () =>
      new TokenBudget(
        LIMITS,
        () => Date.UTC(2026, 10, 21),
        () => count,
      ),
  );
  one!.spend(60);
  await settled();
  other!.spend(50);
  await settled();
  expect(() => other!.allow(0)).toThrow(/a day may spend 100/);
  expect(() => one!.allow(0)).not.toThrow();
  one!.listen();
  await settled();
  expect(() => one!.allow(0)).toThrow(/a day may spend 100/);
  // One that has just started knows it as well.
  const late = new TokenBudget(
    LIMITS,
    () => Date.UTC(2026, 10, 21),
    () => count,
  );
  late.listen();
  await settled();
  expect(() => late.allow(0)).toThrow(/a day may spend 100/);

  count.away = true;
  const alone = new TokenBudget(
    LIMITS,
    () => Date.UTC(2026, 10, 22),
    () => count,
  );
  alone.listen();
  alone.spend(99);
  await settled();
  expect(() => alone.allow(0)).not.toThrow();
  alone.spend(1);
  expect(() => alone.allow(0)).toThrow(/a day may spend 100/);
});
