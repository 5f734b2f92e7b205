import type { Archive, ChatCommit, Kept, SessionKeep } from '../../src/channels/web/archive.js';
import { MemoryArchive as Memory } from '../../src/channels/web/memory-archive.js';
import { sessionsInMemory } from '../../src/channels/web/session.js';

/** An archive that outlives a server, and that can be told to fail or to be overtaken. */
export class MemoryArchive {
  /** Runs before the next commit of a chat: another server that is faster. */
  before: (() => Promise<unknown>) | null = null;
  fails: Error | null = null;
  healthy = 'ok';
  now = () => new Date();
  readonly sessions: SessionKeep = sessionsInMemory();
  readonly gauges = {};
  /** Ids of the chats that are kept. */
  readonly chats = new Set<string>();
  readonly #memory = new Memory(() => this.now());

  readonly archive: Archive = Object.assign(Object.create(this.#memory) as Memory, {
    chats: {
      ...this.#memory.chats,
      commit: (id: string, commit: ChatCommit) => this.#commit(id, commit),
      forget: (id: string) => {
        this.chats.delete(id);
        return this.#memory.chats.forget(id);
      },
    },
    keep: async (kept: Kept) => {
      if (this.fails) throw this.fails;
      await this.#memory.keep(kept);
    },
    answer: (id: string) => this.#memory.answer(id),
    list: (filter: Parameters<Archive['list']>[0]) => this.#memory.list(filter),
    feedback: (...given: Parameters<Archive['feedback']>) =>
      this.#memory.feedback(given[0], given[1], given[2]),
    reviews: (state?: 'open' | 'done') => this.#memory.reviews(state),
    decide: (...given: Parameters<Archive['decide']>) => this.#memory.decide(...given),
    cases: () => this.#memory.cases(),
    unanswered: (span: Parameters<Archive['unanswered']>[0]) => this.#memory.unanswered(span),
    health: async () => this.healthy,
  });

  async #commit(id: string, commit: ChatCommit) {
    const before = this.before;
    this.before = null;
    await before?.();
    if (this.fails) throw this.fails;
    this.chats.add(id);
    return this.#memory.chats.commit(id, commit);
  }
}
