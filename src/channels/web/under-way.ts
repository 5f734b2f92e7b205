/** The questions of each chat that are not answered yet: who asks something else waits for none of them. */
export class UnderWay {
  readonly #byChat = new Map<string, Set<{ key: string | null; stop: AbortController }>>();

  /**
   * Begins a question; those before it are called off, but for the same one sent again under its key.
   * @returns when it is called off, and what to call when it is answered
   */
  begin(chat: string, key: string | null): { signal: AbortSignal; end: () => void } {
    const before = this.#byChat.get(chat) ?? new Set();
    for (const question of before) if (key === null || question.key !== key) question.stop.abort();
    const mine = { key, stop: new AbortController() };
    this.#byChat.set(chat, before.add(mine));
    const end = (): void => {
      before.delete(mine);
      if (before.size === 0) this.#byChat.delete(chat);
    };
    return { signal: mine.stop.signal, end };
  }
}
