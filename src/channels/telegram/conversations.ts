import type { Turn } from '../../assistant/types.js';

/** Where a chat's last turns are kept. Keys are opaque; the order of turns is oldest first. */
export interface ConversationStore {
  history(key: string): Promise<Turn[]>;
  append(key: string, turns: readonly Turn[]): Promise<void>;
}

/** Turns in memory, forgotten with the process; the least recently used chats go first. */
export class MemoryConversations implements ConversationStore {
  private readonly chats = new Map<string, Turn[]>();

  constructor(
    private readonly turnsKept = 40,
    private readonly chatsKept = 10_000,
  ) {}

  async history(key: string): Promise<Turn[]> {
    return [...(this.chats.get(key) ?? [])];
  }

  async append(key: string, turns: readonly Turn[]): Promise<void> {
    const all = [...(this.chats.get(key) ?? []), ...turns].slice(-this.turnsKept);
    this.chats.delete(key);
    this.chats.set(key, all);
    for (const oldest of this.chats.keys()) {
      if (this.chats.size <= this.chatsKept) break;
      this.chats.delete(oldest);
    }
  }
}
