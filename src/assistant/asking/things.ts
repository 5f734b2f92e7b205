import { z } from 'zod';
import type { Kinds } from './kinds.js';

/** The parts of knowledge/questions.yaml by which a question names the thing that it is about. */
export const thingsShape = {
  insisted: z.string(),
  besides: z.string(),
  programmes: z.strictObject({ names: z.string(), asks: z.string(), unless: z.string() }),
  acquire: z.string(),
  counts_as: z.string(),
};

/** Finds the thing that a question names: insisted on, left out, of other rules, or not said to be written. */
export class Things {
  readonly #insisted: RegExp;
  readonly #besides: RegExp;
  readonly #programmes: { names: RegExp; asks: RegExp; unless: RegExp };
  readonly #acquire: RegExp[];

  constructor(
    data: z.infer<z.ZodObject<typeof thingsShape>>,
    private readonly kinds: Kinds,
  ) {
    const { programmes } = data;
    this.#insisted = new RegExp(data.insisted, 'u');
    this.#besides = new RegExp(data.besides, 'u');
    this.#programmes = {
      names: new RegExp(programmes.names, 'u'),
      asks: new RegExp(programmes.asks, 'u'),
      unless: new RegExp(programmes.unless, 'u'),
    };
    this.#acquire = [new RegExp(data.acquire, 'u'), new RegExp(data.counts_as, 'u')];
  }

  /**
   * Whether a question asks for the very thing that words say is not written: the sentence that says so shares words with
   * the question. (公示几天: “…予以公示；公示几天指引没有写”)
   */
  asksUnwritten(question: string, say: string): boolean {
    if (!this.kinds.is('details', question)) return false;
    // What is asked of the thing is not the thing: 哪几项 shares nothing with “这几项没有写金额”.
    const thing = this.kinds.withoutFirst('details', question);
    const pairs = pairsOf(thing);
    const parts = say.split(/[；。]/u).filter((p) => p.trim() !== '');
    const unwritten = parts.filter((p) => this.kinds.is('silence', p));
    if (unwritten.length === 0 || unwritten.length === parts.length) return false;
    return unwritten.some((p) => pairs.some((pair) => p.includes(pair)));
  }

  /** The thing that a question takes for demanded (必须是院士吗), where some words do not speak of it at all; else null. */
  notInsisted(question: string, words: string): string | null {
    const thing = this.#insisted.exec(question)?.groups?.thing ?? null;
    if (thing === null) return null;
    return pairsOf(thing).some((pair) => words.includes(pair)) ? null : thing;
  }

  /** The part of a whole that is to be left out (不是企业的, 除了国家级还有); null when none is. */
  besides(question: string): string | null {
    return this.#besides.exec(question)?.groups?.thing ?? null;
  }

  /** The programme of other rules whose own matters are asked for (高企证书怎么重新认定); null when none is. */
  programme(question: string): string | null {
    const { names, asks, unless } = this.#programmes;
    return asks.test(question) && !unless.test(question) ? (names.exec(question)?.[0] ?? null) : null;
  }

  /** The thing that a question asks how to obtain, when obtaining it is not what the documents are about; else null. */
  foreign(content: string): string | null {
    for (const pattern of this.#acquire) {
      const thing = pattern.exec(content)?.groups?.thing?.trim();
      if (thing && thing.length >= 2 && !this.kinds.is('own', thing)) return thing;
    }
    return null;
  }
}

/** Each character of a text with its next one. */
function pairsOf(text: string): string[] {
  return Array.from({ length: Math.max(0, text.length - 1) }, (_, i) => text.slice(i, i + 2));
}
