/** A sentence of a draft: its words without marks, and the evidence ids it points at. */
export interface Sentence {
  text: string;
  ids: string[];
}

const MARK = /[[［【〔]\s*((?:[a-z]\d{1,3})(?:(?:\s*[,，、;]\s*|\s+)[a-z]\d{1,3})*)\s*[\]］】〕]/gi;

/**
 * A draft as sentences. A sentence ends with 。！？ or a line; marks right after its end belong to it. Headings, list signs
 * and emphasis are taken off; code, tables and links are left for the guard to drop.
 */
export function splitSentences(draft: string): Sentence[] {
  const text = draft.replace(/(\*\*|__)/g, '');
  const out: Sentence[] = [];
  for (const line of text.split(/\n+/)) {
    const bare = line.replace(/^\s*(?:#{1,6}\s+|[-*•·]\s+)/, '');
    const marked = bare.replace(
      /([。！？!?])((?:\s*[[［【〔]\s*[a-z]\d[^\]］】〕]*[\]］】〕])+)/gi,
      (_, end: string, marks: string) => `${marks}${end}`,
    );
    for (const part of marked.match(/[^。！？!?]+[。！？!?]*/g) ?? []) {
      const ids = [...part.matchAll(MARK)].flatMap((m) => m[1]!.toLowerCase().split(/[\s,，、;]+/));
      const words = part
        .replace(MARK, '')
        .trim()
        .replace(/。{2,}/g, '。');
      if (/[^。！？!?]/.test(words)) out.push({ text: words, ids: [...new Set(ids)] });
    }
  }
  return out;
}
