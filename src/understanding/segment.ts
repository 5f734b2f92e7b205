/** A text cut where one statement ends: ，。；！？ and line ends. */
export interface Segment {
  start: number;
  end: number;
  text: string;
  /** The mark that ends it; empty at the end of the text. */
  mark: string;
}

/** Nobody says more in one statement. Each figure is weighed with the words of its own, so its length bounds the work. */
const LONGEST = 240;

/** The statements of a text, in order, none empty and none longer than LONGEST: a longer one is cut, where it can at a blank. */
export function segment(text: string): Segment[] {
  const out: Segment[] = [];
  const cut = /[，,。；;！!？?\n]/g;
  let start = 0;
  for (let m = cut.exec(text); ; m = cut.exec(text)) {
    // A comma inside a number (20,000,000) parts nothing.
    if (
      m &&
      m[0] === ',' &&
      /\d/.test(text[m.index - 1] ?? '') &&
      /^\d{3}(?!\d)/.test(text.slice(m.index + 1))
    )
      continue;
    const end = m ? m.index : text.length;
    while (end - start > LONGEST) {
      const blank = text.lastIndexOf(' ', start + LONGEST);
      const to = blank > start + LONGEST / 2 ? blank : start + LONGEST;
      out.push({ start, end: to, text: text.slice(start, to), mark: '' });
      start = to;
    }
    if (end > start) out.push({ start, end, text: text.slice(start, end), mark: m?.[0] ?? '' });
    if (!m) return out;
    start = m.index + 1;
  }
}
