import type { Update } from 'grammy/types';
import type { Answer } from '../../assistant/types.js';
import type { Row } from './delivery.js';
import type { Inbox } from './intake.js';
import type { ChatState } from './state.js';
import type { Work } from './work.js';

/** A chat that is this process's own until the visit settles. */
export interface Visit {
  /** Replies that were saved and not sent, oldest first. */
  rows: Row[];
  /** What is to be handled after they are on their way. */
  update: Update | null;
  /** Somebody began with the update and did not come to an end. */
  again: boolean;
  /** Aborted when the chat is no longer this process's own. */
  lost: AbortSignal;
}

/** What the bot keeps, over the store. */
export interface Memory {
  readonly inbox: Inbox;
  /** The state of a chat, and the revision to save the next one over; null when this update was handled already. */
  load(key: string, update: number): Promise<{ state: ChatState; revision: number } | null>;
  /**
   * Saves what an update led to in one transaction: state, answers, replies to be sent, and that the update was handled.
   * @returns the stored replies, or why nothing was saved
   */
  save(work: Work): Promise<Row[] | 'duplicate' | 'conflict'>;
  /** Notes at once which message an unfinished answer is growing in. */
  noteDraft(work: Work, message: number): Promise<void>;
  /** Deletes everything of the chat at once and tells what it was, by kind; `work.revision` follows. */
  forget(work: Work): Promise<Record<string, number>>;
  /** An answer of before of this chat, while it is kept. */
  answer(key: string, id: string): Promise<Answer | null>;
  /** Replies that were saved and not sent, oldest first. @param waitingMs only what has waited for so long */
  unsent(waitingMs?: number): Promise<Row[]>;
  sent(row: Row): Promise<void>;
  /**
   * Where other processes are on the same store: takes part in handling what the inbox and the outbox hold, until stopped.
   * Absent: this process has them to itself.
   * @param lookEveryMs how often to look for what waits and nobody works on
   */
  readonly share?: (visit: (visit: Visit) => Promise<void>, lookEveryMs: number) => { stop(): Promise<void> };
  /** Nothing can be sent to the chat. */
  unreachable(chat: number): Promise<void>;
}
