import { randomUUID } from 'node:crypto';
import type { Update } from 'grammy/types';
import type { Answer } from '../../assistant/types.js';
import type { Reply, Store } from '../../store/types.js';
import { placeOf } from './context.js';
import type { Row } from './delivery.js';
import { Gathered } from './gathered.js';
import type { Memory } from './memory.js';
import type { Outgoing } from './outgoing.js';
import { type ChatState, emptyState, readState } from './state.js';
import type { Work } from './work.js';

const CHANNEL = 'telegram';
/** An update that failed so often is set aside, so that its chat can go on. */
const MOST_FAILURES = 8;
/** One that was in hand when so many processes ended: several are in hand at once, and most are not to blame. */
const MOST_ENDS = 20;

/** Whether something has waited for so long since a moment of the store. */
const waits = (since: string, ms = 0): boolean => Date.now() - Date.parse(since) >= ms;

const rowOf = ({ id, payload }: Reply): Row => ({ id, out: payload as Outgoing });

/** Ids that say nothing about a person. */
const updateId = (id: number): string => `${CHANNEL}:${id}`;

/** The memory in the project's store, SQLite or PostgreSQL. */
export class StoreMemory implements Memory {
  readonly #sent: Gathered;
  readonly #handled: Gathered;
  /** Updates that a commit has taken out of the inbox; ended below when they are done. */
  readonly #committed = new Set<number>();

  constructor(private readonly store: Store) {
    this.#sent = new Gathered((ids) => store.outbox.done(...ids));
    this.#handled = new Gathered((ids) => store.inbox.done(...ids));
    const { shared } = store;
    if (shared)
      this.share = (visit, lookEveryMs) =>
        shared.work(
          CHANNEL,
          ({ replies, update, again, lost }) =>
            visit({ rows: replies.map(rowOf), update: update && (update.payload as Update), again, lost }),
          { leftMs: Math.max(1000, lookEveryMs / 3) },
        );
  }

  readonly share?: Memory['share'];

  readonly inbox = {
    put: async (updates: readonly Update[]): Promise<void> => {
      await this.store.inbox.put(
        updates.map((update) => ({
          id: updateId(update.update_id),
          chat: placeOf(update)?.key ?? CHANNEL,
          channel: CHANNEL,
          payload: update,
        })),
      );
    },
    pending: async (waitingMs?: number): Promise<Update[]> => {
      const pending = await this.store.inbox.pending(CHANNEL);
      const updates = pending
        .filter(({ receivedAt }) => waits(receivedAt, waitingMs))
        .map(({ payload }) => payload as Update);
      return updates.sort((a, b) => a.update_id - b.update_id);
    },
    attempt: ({ update_id }: Update, error?: string) =>
      this.store.inbox.attempt(updateId(update_id), {
        most: error === undefined ? MOST_ENDS : MOST_FAILURES,
        error,
      }),
    done: async ({ update_id }: Update): Promise<void> => {
      if (!this.#committed.delete(update_id)) await this.#handled.add(updateId(update_id));
    },
  };

  async load(key: string, update: number) {
    if (await this.store.chats.handled(updateId(update))) return null;
    const chat = await this.store.chats.load(key);
    return { state: chat ? readState(chat.state) : emptyState(), revision: chat?.revision ?? 0 };
  }

  async save(work: Work): Promise<Row[] | 'duplicate' | 'conflict'> {
    const rows = work.outbox.map((out) => ({ id: randomUUID(), out }));
    const saved = await this.store.chats.commit(work.place.key, {
      revision: work.revision,
      state: work.state,
      update: updateId(work.update),
      answers: work.answers.map(({ request, answer, trace }) => ({
        id: answer.id,
        channel: CHANNEL,
        question: request.question,
        request: { ...request, asOf: answer.asOf },
        asOf: answer.asOf,
        answered: answer.answered,
        answer,
        ...(trace ? { trace } : {}),
      })),
      outbox: rows.map(({ id, out }) => ({ id, channel: CHANNEL, payload: out })),
    });
    if (saved !== 'saved') return saved;
    this.#committed.add(work.update);
    return rows;
  }

  async noteDraft(work: Work, message: number): Promise<void> {
    const draft = { update: work.update, message };
    const saved = await this.store.chats.commit(work.place.key, {
      revision: work.revision,
      state: { ...work.loaded, draft } satisfies ChatState,
    });
    if (saved === 'saved') work.revision += 1;
  }

  async forget(work: Work): Promise<Record<string, number>> {
    work.revision = 0;
    return this.store.chats.forget(work.place.key);
  }

  async answer(key: string, id: string): Promise<Answer | null> {
    const kept = await this.store.answers.get(id);
    return kept?.chat === key ? (kept.answer as Answer) : null;
  }

  async unsent(waitingMs?: number): Promise<Row[]> {
    const replies = (await this.store.outbox.pending(CHANNEL)).filter(({ createdAt }) =>
      waits(createdAt, waitingMs),
    );
    return replies.map(rowOf);
  }

  sent({ id }: Row): Promise<void> {
    return this.#sent.add(id);
  }

  async unreachable(chat: number): Promise<void> {
    const key = `${CHANNEL}:${chat}`;
    const known = await this.store.chats.load(key);
    // A chat that goes on at this moment is reachable again.
    if (known)
      await this.store.chats.commit(key, {
        revision: known.revision,
        state: { ...readState(known.state), unreachable: true },
      });
  }
}
