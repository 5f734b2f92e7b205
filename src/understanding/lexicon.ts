/** A word found in a text. */
export interface Found<T> {
  start: number;
  end: number;
  word: string;
  value: T;
}

/** Finds words in a text, longest first, never overlapping. Latin words match at word boundaries only. */
export class WordFinder<T> {
  readonly #byHead = new Map<string, { word: string; value: T }[]>();

  constructor(entries: Iterable<readonly [word: string, value: T]>) {
    for (const [raw, value] of entries) {
      const word = raw.toLowerCase();
      const head = word[0]!;
      const list = this.#byHead.get(head) ?? [];
      list.push({ word, value });
      this.#byHead.set(head, list);
    }
    for (const list of this.#byHead.values()) list.sort((a, b) => b.word.length - a.word.length);
  }

  find(text: string): Found<T>[] {
    const out: Found<T>[] = [];
    for (let i = 0; i < text.length; i++) {
      const hit = this.#byHead
        .get(text[i]!)
        ?.find(({ word }) => text.startsWith(word, i) && bounded(text, i, word));
      if (!hit) continue;
      out.push({ start: i, end: i + hit.word.length, word: hit.word, value: hit.value });
      i += hit.word.length - 1;
    }
    return out;
  }
}

function bounded(text: string, at: number, word: string): boolean {
  if (!/[a-z]/.test(word[0]!)) return true;
  return !/[a-z]/.test(text[at - 1] ?? '') && !/[a-z]/.test(text[at + word.length] ?? '');
}
