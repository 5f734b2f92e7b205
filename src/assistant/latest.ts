import type { Turn as Said } from './types.js';

/** Longest question that is read; the rest of a longer one is left and the answer says so. */
export const LONGEST = 2000;
/** How much of a conversation is read: turns, and characters of the user's. */
const TURNS = 200;
const READ = 20_000;

/** The latest turns of a conversation, as many as are read. */
export function latest(history: readonly Said[]): Said[] {
  let left = READ;
  const from = history.findLastIndex((turn, i) => {
    left -= turn.role === 'user' ? Math.min(turn.text.length, LONGEST) + 1 : 1;
    return left < 0 || history.length - i > TURNS;
  });
  return history
    .slice(from + 1)
    .map((t) =>
      t.text.length > LONGEST && t.role === 'user' ? { ...t, text: t.text.slice(0, LONGEST) } : t,
    );
}
