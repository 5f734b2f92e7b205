import { z } from 'zod';

/** The parts of knowledge/questions.yaml on words that may stand around what is asked. */
export const aroundShape = {
  originals: z.strictObject({ words: z.string(), around: z.string() }),
  start: z.strictObject({ asks: z.string(), topic: z.string() }),
  conditions: z.string(),
  around: z.string(),
  background: z.string(),
  besideCity: z.strictObject({ before: z.string(), after: z.string() }),
};

/** Takes away the words that only stand around a question (who asks, courtesy, 怎么说), and tells whether anything is left. */
export class Around {
  readonly #originals: { words: RegExp; around: RegExp };
  readonly #start: { asks: RegExp; topic: string };
  readonly #conditions: RegExp;
  readonly #around: RegExp;
  readonly #background: RegExp;
  readonly #besideCity: RegExp[];

  constructor(data: z.infer<z.ZodObject<typeof aroundShape>>) {
    const { originals, start, besideCity } = data;
    this.#originals = { words: new RegExp(originals.words, 'u'), around: new RegExp(originals.around, 'gu') };
    this.#start = { asks: new RegExp(start.asks, 'u'), topic: start.topic };
    this.#conditions = new RegExp(data.conditions, 'gu');
    this.#around = new RegExp(data.around, 'gu');
    this.#background = new RegExp(data.background, 'u');
    this.#besideCity = [new RegExp(besideCity.before, 'u'), new RegExp(besideCity.after, 'u')];
  }

  /** Whether a text asks for the wording of what was just answered and for nothing else (把原文贴给我看看). */
  onlyOriginals(text: string): boolean {
    const { words, around } = this.#originals;
    const rest = text.replace(words, '');
    return rest !== text && rest.replace(around, '').replace(/[^\p{L}\p{N}]/gu, '') === '';
  }

  /** The topic that tells how one begins, when a question asks that and nothing more special; else null. */
  beginning(content: string): string | null {
    const rest = content.replace(this.#start.asks, ' ');
    return rest !== content && this.onlyConditions(rest) ? this.#start.topic : null;
  }

  /** Whether a question for how one begins names nothing beside it at all (退出…怎么弄 does, in two characters). */
  onlyBegins(content: string): boolean {
    const rest = content.replace(this.#start.asks, ' ');
    return rest !== content && this.besideConditions(rest) === '';
  }

  /** What a message asks, without the parts that only say who asks and why; all of it where nothing else is left. */
  foreground(text: string): string {
    const parts = text.split(/[，,。；;！!？?\s]+/u).filter((p) => p !== '');
    return parts.filter((p) => !this.#background.test(p)).join('，') || text;
  }

  /** What a text holds without the words that may stand around a city that is only named (那…呢, 搬到…又怎么说). */
  besideCity(content: string): string {
    return this.#besideCity.reduce((rest, words) => rest.replace(words, ''), content).trim();
  }

  /** Whether a question is for the whole list of conditions and names nothing more special. */
  onlyConditions(content: string): boolean {
    return this.besideConditions(content).length <= 2;
  }

  /** What a question names beside the words for conditions and those that may stand around them. */
  besideConditions(content: string): string {
    return content
      .replace(this.#conditions, '')
      .replace(this.#around, '')
      .replace(/[^\p{L}\p{N}]/gu, '');
  }
}
