import { z } from 'zod';

/** The `parts` part of knowledge/questions.yaml. */
export const partsSchema = z.strictObject({
  between: z.string(),
  stop: z.string(),
  asks: z.string(),
  preface: z.string(),
  each: z.string(),
  quantity: z.string(),
  details: z.string(),
});

/** Cuts a message into the questions that it puts. */
export class PartsReader {
  readonly #parts: Record<keyof z.infer<typeof partsSchema>, RegExp>;

  constructor(parts: z.infer<typeof partsSchema>) {
    this.#parts = {
      between: new RegExp(`(${parts.between})`, 'u'),
      stop: new RegExp(`^(?:${parts.stop})$`, 'u'),
      details: new RegExp(`^(?:${parts.details})$`, 'u'),
      asks: new RegExp(parts.asks, 'iu'),
      preface: new RegExp(parts.preface, 'u'),
      each: new RegExp(parts.each, 'u'),
      quantity: new RegExp(parts.quantity, 'u'),
    };
  }

  /**
   * The questions of a message, in order; what asks nothing by itself leads into the next or belongs to the last.
   * `apart`: a full stop or a question mark stands before it.
   */
  questions(text: string): { text: string; apart: boolean }[] {
    const { between, asks, preface, each, quantity, stop } = this.#parts;
    const out: { text: string; apart: boolean }[] = [];
    let led = '';
    let apart = false;
    for (const [i, piece] of text.split(between).entries()) {
      // Every second piece is what stood between two.
      if (i % 2 === 1) apart = led === '' && stop.test(piece);
      if (i % 2 === 1 || piece.trim() === '' || preface.test(piece.trim())) continue;
      if (asks.test(piece)) {
        out.push({ text: (led === '' ? piece : `${led}，${piece}`).trim(), apart });
        led = '';
        apart = false;
      } else led = led === '' ? piece : `${led}，${piece}`;
    }
    const last = out.at(-1);
    if (led !== '' && last) last.text += `，${led}`;
    return out.flatMap((part) => {
      const both = each.exec(part.text)?.groups;
      return both
        ? [both.one, both.other].map((thing) => ({
            text: `${thing}${quantity.test(both.asked!) ? both.asked : ''}`,
            apart: part.apart,
          }))
        : [part];
    });
  }

  /** A message without the words that only count its questions (两个事：…). */
  withoutPreface(text: string): string {
    const [opening] = /^[^:：，,。；;?？]{1,16}[:：，,。]/u.exec(text) ?? [''];
    return opening !== '' && this.#parts.preface.test(opening.slice(0, -1).trim())
      ? text.slice(opening.length)
      : text;
  }

  /** Whether a word only says what is asked (多少钱, 名单), not of what. */
  isDetail(word: string): boolean {
    return this.#parts.details.test(word);
  }
}
