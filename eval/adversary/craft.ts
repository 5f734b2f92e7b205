import type { WireRequest } from '../../tests/support/model-server.js';

/** A bad model's hand on one honest sentence (marks included); null where it finds nothing to falsify. */
export type Bad = (sentence: string, random: () => number, request: WireRequest) => string | null;

export const pick = <T>(random: () => number, list: readonly T[]): T =>
  list[Math.floor(random() * list.length)]!;

/** The first pair whose first half occurs is exchanged, once. */
export function change(
  sentence: string,
  pairs: readonly [string | RegExp, string | ((...found: string[]) => string)][],
): string | null {
  for (const [from, to] of pairs) {
    const out = typeof to === 'string' ? sentence.replace(from, to) : sentence.replace(from, to);
    if (out !== sentence) return out;
  }
  return null;
}

/** Words before the mark. */
export const tail = (sentence: string, words: string): string => sentence.replace(/(\[\w+\])/, `${words}$1`);

/** Another sentence in its place, citing the same. */
export const insert = (sentence: string, words: string): string =>
  `${words}[${/\[(\w+)\]/.exec(sentence)?.[1] ?? 'c1'}]。`;

/** The city a sentence names. */
export const cityOf = (sentence: string): string => /泉州|厦门|青岛|温州/.exec(sentence)?.[0] ?? '';
