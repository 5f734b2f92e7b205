import type { Archive, Feedback, Kept, Review, StoredChat } from '../../src/channels/web/archive.js';
import { type SessionKeep, sessionsInMemory } from '../../src/channels/web/session.js';

/** An archive in memory that outlives a server, and that can be told to fail or to be overtaken. */
export class MemoryArchive {
  readonly chats = new Map<string, StoredChat & { updates: Set<string> }>();
  readonly answers = new Map<string, Kept & { at: string; chat: string | null }>();
  readonly feedback: Feedback[] = [];
  readonly queue: Review[] = [];
  readonly sessions: SessionKeep = sessionsInMemory();
  readonly gauges = {};
  healthy = 'ok';
  /** Runs before the next commit of a chat: another server that is faster. */
  before: (() => void) | null = null;
  fails: Error | null = null;
  now = () => new Date().toISOString();

  readonly archive: Archive = {
    chats: {
      load: async (id) => structuredClone(this.chats.get(id)) ?? null,
      commit: async (id, { revision, state, update, answers = [] }) => {
        this.before?.();
        this.before = null;
        if (this.fails) throw this.fails;
        const chat = this.chats.get(id);
        if (update !== undefined && chat?.updates.has(update)) return 'duplicate';
        if ((chat?.revision ?? 0) !== revision) return 'conflict';
        const updates = chat?.updates ?? new Set<string>();
        if (update !== undefined) updates.add(update);
        this.chats.set(id, { revision: revision + 1, state: structuredClone(state), updates });
        for (const kept of answers) this.#put(kept, id);
        return 'saved';
      },
      forget: async (id) => {
        const own = [...this.answers.values()].filter((a) => a.chat === id);
        for (const { id: answer } of own) this.answers.delete(answer);
        return { chats: this.chats.delete(id) ? 1 : 0, answers: own.length };
      },
      answers: async (ids) => ids.map((id) => this.answers.get(id)?.answer ?? null),
    },
    keep: async (kept) => {
      if (this.fails) throw this.fails;
      this.#put(kept, null);
    },
    answer: async (id) => {
      const kept = this.answers.get(id);
      return kept ? { ...kept, feedback: this.feedback.filter((f) => f.answer === id) } : null;
    },
    list: async ({ from, to, answered, channel, limit }) =>
      [...this.answers.values()]
        .filter((a) => a.at >= from.toISOString() && a.at < to.toISOString())
        .filter((a) => answered === undefined || a.answer.answered === answered)
        .filter((a) => channel === undefined || a.channel === channel)
        .map((a) => ({
          ...a,
          feedback: this.feedback.findLast((f) => f.answer === a.id)?.verdict ?? null,
        }))
        .reverse()
        .slice(0, limit),
    feedback: async (answer, verdict, note) => {
      const kept = this.answers.get(answer);
      if (!kept) return null;
      const feedback = { id: `f${this.feedback.length + 1}`, answer, verdict, note, at: this.now() };
      this.feedback.push(feedback);
      if (verdict !== 'good') {
        const undecided = { decision: null, decisionNote: null, expected: null };
        this.queue.push({ ...feedback, question: kept.ask.question, state: 'open', ...undecided });
      }
      return feedback;
    },
    reviews: async (state) => this.queue.filter((r) => state === undefined || r.state === state),
    decide: async (id, { decision, note, expected }) => {
      const review = this.queue.find((r) => r.id === id);
      return review ? Object.assign(review, { state: 'done', decision, decisionNote: note, expected }) : null;
    },
    unanswered: async ({ from, to }) => {
      const all = [...this.answers.values()].filter(
        (a) => !a.answer.answered && a.at >= from.toISOString() && a.at < to.toISOString(),
      );
      const items = new Map<string, { question: string; count: number; last: string; answer: string }>();
      for (const { ask, at, id } of all) {
        const count = (items.get(ask.question)?.count ?? 0) + 1;
        items.set(ask.question, { question: ask.question, count, last: at, answer: id });
      }
      return { total: all.length, items: [...items.values()].sort((a, b) => b.count - a.count) };
    },
    health: async () => this.healthy,
  };

  #put(kept: Kept, chat: string | null): void {
    this.answers.set(kept.id, { ...structuredClone(kept), at: this.now(), chat });
  }
}
