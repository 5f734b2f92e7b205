import { z } from 'zod';

/** The `parts` part of knowledge/questions.yaml. */
export const partsSchema = z.strictObject({
  between: z.string(),
  lesser: z.string(),
  stop: z.string(),
  asks: z.string(),
  preface: z.string(),
  each: z.string(),
  and: z.string(),
  quantity: z.string(),
  details: z.string(),
});

/** A question of a message is no shorter than this where only only a 、 ends it. */
const LEAST = 4;
/** What stands behind the last stop or comma of a text. */
const LAST_PIECE = /[^，,。；;：:！!？?\n]*$/u;

/** One question of a message. */
export interface Question {
  text: string;
  /** A full stop or a question mark stands before it. */
  apart: boolean;
  /** It is one of several things with one asking word for all of them. */
  listed: boolean;
}

/** Cuts a message into the questions that it puts. */
export class PartsReader {
  readonly #parts: Record<keyof z.infer<typeof partsSchema>, RegExp>;

  constructor(parts: z.infer<typeof partsSchema>) {
    this.#parts = {
      between: new RegExp(`(${parts.between})`, 'u'),
      lesser: new RegExp(parts.lesser, 'u'),
      stop: new RegExp(`^(?:${parts.stop})$`, 'u'),
      details: new RegExp(`^(?:${parts.details})$`, 'u'),
      asks: new RegExp(parts.asks, 'iu'),
      preface: new RegExp(parts.preface, 'u'),
      each: new RegExp(parts.each, 'u'),
      and: new RegExp(parts.and, 'u'),
      quantity: new RegExp(parts.quantity, 'u'),
    };
  }

  /**
   * The questions of a message, in order; what asks nothing by itself leads into the next or belongs to the last.
   * @param close whether a 、 between two of them parts them too
   */
  questions(text: string, close: boolean): Question[] {
    const { between, asks, preface, each, and, quantity, stop } = this.#parts;
    const out: Question[] = [];
    let led = '';
    let apart = false;
    const pieces = text
      .split(between)
      .flatMap((piece, i) => (i % 2 === 1 || !close ? [piece] : this.#within(piece)));
    for (const [i, piece] of pieces.entries()) {
      // Every second piece is what stood between two.
      if (i % 2 === 1) apart = led === '' && stop.test(piece);
      if (i % 2 === 1 || piece.trim() === '' || preface.test(piece.trim())) continue;
      if (asks.test(piece)) {
        out.push({ text: (led === '' ? piece : `${led}，${piece}`).trim(), apart, listed: false });
        led = '';
        apart = false;
      } else led = led === '' ? piece : `${led}，${piece}`;
    }
    const last = out.at(-1);
    if (led !== '' && last) last.text += `，${led}`;
    return out.flatMap((part) => {
      const listed = each.exec(part.text)?.groups;
      return listed
        ? listed.things!.split(and).map((thing) => ({
            text: `${thing}${quantity.test(listed.asked!) ? listed.asked : ''}`,
            apart: part.apart,
            listed: true,
          }))
        : [part];
    });
  }

  /** A piece cut where a 、 stands between two that ask something each (谁来评、评些啥); whole where it stands in a list. */
  #within(piece: string): string[] {
    const { asks, lesser } = this.#parts;
    const out: string[] = [];
    let from = 0;
    for (const { index, 0: sign } of piece.matchAll(new RegExp(lesser, 'gu'))) {
      const [before, after] = [piece.slice(from, index).trim(), piece.slice(index + sign.length)];
      if (before.length < LEAST || !asks.test(before) || !asks.test(after)) continue;
      out.push(before, sign);
      from = index + sign.length;
    }
    return [...out, piece.slice(from)];
  }

  /** A message without the words that only count its questions (两个事：…), a blank between two of them made a comma. */
  withoutPreface(text: string): string {
    const [opening] = /^[^:：，,。；;?？]{1,16}[:：，,。]/u.exec(text) ?? [''];
    const counts = opening !== '' && this.#parts.preface.test(opening.slice(0, -1).trim());
    return (counts ? text.slice(opening.length) : text)
      .split(/(?<=\p{Script=Han})[ \u3000]+(?=\p{Script=Han})/u)
      .reduce((said, next) => {
        const before = said.slice(said.search(LAST_PIECE)).trim();
        const both = before.length >= LEAST && this.#parts.asks.test(before) && this.#parts.asks.test(next);
        return both ? `${said}，${next}` : `${said} ${next}`;
      });
  }

  /** Whether a word only says what is asked (多少钱, 名单), not of what. */
  isDetail(word: string): boolean {
    return this.#parts.details.test(word);
  }
}
