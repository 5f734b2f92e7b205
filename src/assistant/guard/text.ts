/** A text without space and punctuation. */
export const bare = (text: string): string => text.replace(/[^\p{L}\p{N}%]/gu, '');

export function has(re: RegExp, text: string): boolean {
  return first(re, text) !== null;
}

export function first(re: RegExp, text: string): string | null {
  re.lastIndex = 0;
  const found = re.exec(text);
  re.lastIndex = 0;
  return found?.[0] ?? null;
}

/** 1 where an expression matches. */
export function mask(text: string, re: RegExp, only: (word: string) => boolean = () => true): Uint8Array {
  const out = new Uint8Array(text.length);
  for (const m of text.matchAll(re)) if (only(m[0])) out.fill(1, m.index, m.index + m[0].length);
  return out;
}

/** The stretch between commas around a position. */
export function segmentSpan(text: string, at: number): { from: number; to: number } {
  let from = at;
  let to = at;
  while (from > 0 && !/[，。；：\n]/.test(text[from - 1]!)) from--;
  while (to < text.length && !/[，。；：\n！？]/.test(text[to]!)) to++;
  return { from, to };
}

export function segmentAt(text: string, at: number): string {
  const { from, to } = segmentSpan(text, at);
  return text.slice(from, to);
}
