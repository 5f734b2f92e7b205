import type { Answer } from '../../assistant/types.js';
import type { Row } from './delivery.js';
import type { Inbox } from './intake.js';
import type { ChatState } from './state.js';
import type { Work } from './work.js';

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
  /** Nothing can be sent to the chat. */
  unreachable(chat: number): Promise<void>;
}
