import type { Turn } from '../../assistant/types.js';

/** Turns that are read again for each question. */
const TURNS = 200;
/** What is read of a question is read of an earlier one, and an answer ends with what it asks. */
const TURN_LENGTH = 2000;
/** Characters of the asker's that are read in all: reading them again may not hold up everybody else. */
const TOTAL = 10_000;

/** The part of a conversation that is read: its latest turns, the beginning of what was said and the end of what was answered. */
export function recent(history: readonly Turn[]): Turn[] {
  const kept: Turn[] = [];
  let left = TOTAL;
  for (const { role, text } of history.slice(-TURNS).reverse()) {
    const part = role === 'user' ? text.slice(0, TURN_LENGTH) : text.slice(-TURN_LENGTH);
    if (role === 'user') left -= part.length;
    if (left < 0) break;
    kept.push({ role, text: part });
  }
  return kept.reverse();
}
