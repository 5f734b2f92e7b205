import type { Message, UserFromGetMe } from 'grammy/types';
import type { Say } from '../locale.js';

/** A message that begins with a slash: the command that is meant, or (null) one that there is none of. */
export interface CommandLine {
  /** As it was written, in lower case. */
  written: string;
  /** Name of a command; null where none is called so. */
  name: string | null;
  /** What follows it. */
  words: string;
  /** The bot was named: /check@wence_bot. */
  named: boolean;
}

const LINE = /^[/／]([^\s@/／]+)(?:@(\w+))?(?:\s+([\s\S]*))?$/u;
const LONGEST = 32;

/**
 * Reads a command in any case, by its name or by a word for it in the person's language (/核对).
 * @returns null for a message that is no command, or one for another bot
 */
export function commandOf(
  message: Message,
  me: UserFromGetMe,
  names: readonly string[],
  say: Say,
): CommandLine | null {
  const [, written = '', bot, words = ''] = LINE.exec(message.text ?? '') ?? [];
  if (written === '' || written.length > LONGEST) return null;
  if (bot !== undefined && bot.toLowerCase() !== me.username.toLowerCase()) return null;
  const low = written.toLowerCase();
  const name =
    names.find((each) => each === low) ??
    names.find((each) => say(`telegram.aliases.${each}`).split('|').includes(low)) ??
    null;
  return { written: low, name, words, named: bot !== undefined };
}

/** The command that was probably meant: one slip away, two in a longer one; null where none is so near. */
export function nearest(written: string, names: readonly string[]): string | null {
  const near = names
    .map((name) => ({ name, slips: slips(written, name) }))
    .filter(({ name, slips: n }) => n <= (name.length > 5 ? 2 : 1))
    .sort((a, b) => a.slips - b.slips);
  return near[0]?.name ?? null;
}

/** Letters to change, add, leave out or swap with their neighbour to make one word of the other. */
function slips(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, rows[i - 2]![j - 2]! + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}
