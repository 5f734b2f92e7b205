import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';
import { chineseDigit } from '../quantity/digits.js';

const words = z.string().min(1);
/** Kinds of message that one expression tells; each is explained in the file. */
const KINDS = [
  'empty',
  'mend',
  'waive',
  'suits',
  'intends',
  'seatOnly',
  'since',
  'again',
  'browse',
  'rest',
  'why',
] as const;
export type FollowingKind = (typeof KINDS)[number];

const schema = z.strictObject({
  ...(Object.fromEntries(KINDS.map((k) => [k, words])) as Record<FollowingKind, z.ZodString>),
  gains: z.strictObject({ asks: words, say: words }),
  next: z.strictObject({ asks: words, say: words }),
  nth: words,
  siblings: z.array(z.array(words).min(2)),
  aroundSibling: words,
});

/** Longer messages ask something of their own. */
const SHORT = 16;

/** knowledge/following.yaml: what only makes sense after what was said before. */
export class Following {
  readonly #kinds: Record<FollowingKind, RegExp>;
  readonly #gains: { asks: RegExp; say: string };
  readonly #next: { asks: RegExp; say: string };
  readonly #nth: RegExp;
  readonly #siblings: readonly (readonly string[])[];
  readonly #around: RegExp;

  /** @throws DataError naming the field and what would be accepted. */
  constructor(file: string) {
    const parsed = schema.safeParse(parse(readFileSync(file, 'utf8')));
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      throw new DataError(file, null, `${issue.path.join('.')}: ${issue.message}`);
    }
    const { data } = parsed;
    this.#kinds = Object.fromEntries(KINDS.map((k) => [k, new RegExp(data[k], 'iu')])) as Record<
      FollowingKind,
      RegExp
    >;
    this.#gains = { asks: new RegExp(data.gains.asks, 'iu'), say: data.gains.say };
    this.#next = { asks: new RegExp(data.next.asks, 'iu'), say: data.next.say };
    this.#nth = new RegExp(data.nth, 'u');
    // 不合格 before 合格, which it holds.
    this.#siblings = data.siblings.map((s) => [...s].sort((a, b) => b.length - a.length));
    this.#around = new RegExp(data.aroundSibling, 'gu');
  }

  /** Whether a message is of a kind. */
  is(kind: FollowingKind, text: string): boolean {
    return this.#kinds[kind].test(text);
  }

  /** What a message asks that asks what one would get and names nothing; null for all others. */
  gains(text: string): string | null {
    return text.length <= SHORT * 2 && this.#gains.asks.test(text) ? this.#gains.say : null;
  }

  /** What a message asks that only asks what comes next; null for all others. */
  next(text: string): string | null {
    return text.length <= SHORT && this.#next.asks.test(text) ? this.#next.say : null;
  }

  /** Which line of the answer before is asked for (第二个条件是什么), from 1; else null. */
  nth(text: string): number | null {
    return numberOf(this.#nth.exec(text)?.groups?.n);
  }

  /**
   * The question before with the thing that a message names in the place of another of its class (优秀奖多少？良好的呢); null where the
   * message names more, or the question nothing of that class.
   */
  sibling(text: string, before: string): string | null {
    if (text.length > SHORT) return null;
    for (const names of this.#siblings) {
      const named = names.find((n) => text.includes(n));
      const other = names.find((n) => before.includes(n));
      if (named === undefined || other === undefined || named === other) continue;
      const rest = text
        .replace(named, '')
        .replace(this.#around, '')
        .replace(/[^\p{L}\p{N}]/gu, '');
      if (rest === '') return before.replace(other, named);
    }
    return null;
  }
}

function numberOf(n: string | undefined): number | null {
  if (n === undefined) return null;
  if (/^\d+$/.test(n)) return Number(n);
  if (n === '十') return 10;
  return n.length === 1 ? (chineseDigit(n) ?? null) : null;
}
