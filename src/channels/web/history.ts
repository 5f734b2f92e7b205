import type { Turn } from '../../assistant/types.js';

/** Turns that are read again for each question. */
const TURNS = 200;
/** What is read of a question is read of an earlier one. */
const TURN_LENGTH = 2000;
/** An answer ends with what it asks; no answer of ours is longer. */
const ANSWER_LENGTH = 8000;
/**
 * Characters of the asker's that are kept in all: not less than the assistant reads (`READ` in assistant/offline.ts), so that a
 * long conversation means the same here as in the terminal.
 */
const TOTAL = 20_000;

/** The part of a conversation that is read: its latest turns, the beginning of what was said and the end of what was answered. */
export function recent(history: readonly Turn[]): Turn[] {
  const kept: Turn[] = [];
  let left = TOTAL;
  for (const { role, text } of history.slice(-TURNS).reverse()) {
    const part = role === 'user' ? text.slice(0, TURN_LENGTH) : text.slice(-ANSWER_LENGTH);
    if (role === 'user') left -= part.length;
    if (left < 0) break;
    kept.push({ role, text: part });
  }
  return kept.reverse();
}
