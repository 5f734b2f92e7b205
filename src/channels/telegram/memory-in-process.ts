import type { Update } from 'grammy/types';
import type { Answer } from '../../assistant/types.js';
import type { Row } from './delivery.js';
import type { Memory } from './memory.js';
import { type ChatState, emptyState } from './state.js';
import type { Work } from './work.js';

const CHATS_KEPT = 10_000;
const UPDATES_KEPT = 20_000;
const MOST_ATTEMPTS = 8;

/** A memory that ends with the process, for a server without a store. The least recently used chats go first. */
export class ProcessMemory implements Memory {
  readonly #chats = new Map<string, { state: string; revision: number; answers: Map<string, string> }>();
  readonly #handled = new Set<number>();
  readonly #unsent = new Map<string, Row>();
  /** Of updates that failed. */
  readonly #attempts = new Map<number, number>();
  #rows = 0;

  readonly inbox = {
    put: async () => {},
    pending: async (): Promise<Update[]> => [],
    attempt: async ({ update_id }: Update) => {
      const attempts = (this.#attempts.get(update_id) ?? 0) + 1;
      this.#attempts.set(update_id, attempts);
      return attempts <= MOST_ATTEMPTS ? ('try' as const) : ('aside' as const);
    },
    done: async ({ update_id }: Update) => void this.#attempts.delete(update_id),
  };

  async load(key: string, update: number) {
    if (this.#handled.has(update)) return null;
    const chat = this.#chats.get(key);
    return chat
      ? { state: JSON.parse(chat.state) as ChatState, revision: chat.revision }
      : { state: emptyState(), revision: 0 };
  }

  async save(work: Work): Promise<Row[] | 'duplicate' | 'conflict'> {
    const { key } = work.place;
    const before = this.#chats.get(key);
    if (this.#handled.has(work.update)) return 'duplicate';
    if ((before?.revision ?? 0) !== work.revision) return 'conflict';
    this.#remember(work.update);
    const answers = new Map(before?.answers);
    for (const { answer } of work.answers) answers.set(answer.id, JSON.stringify(answer));
    this.#chats.delete(key);
    this.#chats.set(key, { state: JSON.stringify(work.state), revision: work.revision + 1, answers });
    for (const oldest of this.#chats.keys()) {
      if (this.#chats.size <= CHATS_KEPT) break;
      this.#chats.delete(oldest);
    }
    const rows = work.outbox.map((out) => ({ id: String(++this.#rows), out }));
    for (const row of rows) this.#unsent.set(row.id, row);
    return rows;
  }

  async noteDraft(): Promise<void> {}

  async forget(work: Work): Promise<Record<string, number>> {
    const chat = this.#chats.get(work.place.key);
    this.#chats.delete(work.place.key);
    work.revision = 0;
    return chat ? { chats: 1, answers: chat.answers.size } : {};
  }

  async answer(key: string, id: string): Promise<Answer | null> {
    const answer = this.#chats.get(key)?.answers.get(id);
    return answer === undefined ? null : (JSON.parse(answer) as Answer);
  }

  async unsent(waitingMs = 0): Promise<Row[]> {
    // Nothing waits here that this process does not know of.
    return waitingMs > 0 ? [] : [...this.#unsent.values()];
  }

  async sent({ id }: Row): Promise<void> {
    this.#unsent.delete(id);
  }

  async unreachable(): Promise<void> {}

  #remember(update: number): void {
    this.#handled.add(update);
    for (const oldest of this.#handled) {
      if (this.#handled.size <= UPDATES_KEPT) break;
      this.#handled.delete(oldest);
    }
  }
}
