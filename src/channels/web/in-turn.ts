/** One thing after the other under each key, side by side under different keys. */
export class InTurn {
  readonly #queues = new Map<string, { last: Promise<unknown>; length: number }>();

  /** @param most how many things of one key may wait, the one at work included */
  constructor(private readonly most: number) {}

  /** Whether one more thing would be too many. */
  full(key: string): boolean {
    return (this.#queues.get(key)?.length ?? 0) >= this.most;
  }

  /** Runs the work after what was begun under the key before, whether that succeeded or not. */
  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(key) ?? { last: Promise.resolve(), length: 0 };
    queue.length++;
    this.#queues.set(key, queue);
    const mine = queue.last.then(work).finally(() => {
      queue.length--;
      if (queue.length === 0) this.#queues.delete(key);
    });
    queue.last = mine.catch(() => undefined);
    return mine;
  }

  /** Resolves when nothing is under way any more. */
  async idle(): Promise<void> {
    while (this.#queues.size > 0) await Promise.all([...this.#queues.values()].map((q) => q.last));
  }
}
