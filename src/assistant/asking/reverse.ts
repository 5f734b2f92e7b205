import type Fraction from 'fraction.js';
import { z } from 'zod';
import { exact, type Quantity, readQuantities } from '../../quantity/index.js';
import { type FactMention, segment, type Understanding } from '../../understanding/index.js';

/** The `reverse` part of knowledge/questions.yaml. */
export const reverseSchema = z.strictObject({
  asks: z.string(),
  wanting: z.string(),
  share: z.string(),
  not: z.string(),
  spend: z.string(),
  sales: z.string(),
  total: z.string(),
  yearly: z.string(),
  more: z.string(),
  target: z.string(),
  demanded: z.string(),
  most: z.string(),
});

/** Fiscal years that a demanded share counts over. */
const TERM = 3;
/** How far before an amount the word may stand that says what it is, commas included. */
const REACH = 24;

/** A sum of money of the asker's, over all the years that count. */
export interface Told {
  total: Fraction;
  /** The amount of one year that it was told as; null where the sum was told. */
  yearly: Fraction | null;
  /** Whether it is known to be the sum of the whole term. */
  term: boolean;
}

/** A demanded share reckoned backwards, as a question puts it. */
export interface ReverseAsked {
  /** What is sought: what must be spent at least, or what may be sold at most. */
  sought: 'spend' | 'sales';
  sales: Told | null;
  spend: Told | null;
  /** Percent points that the question says are to be reached. */
  target: Fraction | null;
  /** Percent points that it names besides: the demand's, or those already reached. */
  other: Fraction | null;
  /** Where sums of several years and the share to be reached stand: none of them is a figure of the asker's last year. */
  apart: readonly { start: number; end: number }[];
  /** Whether only what is still wanting is asked for (再投多少, 还差多少). */
  more: boolean;
}

/** Reads “三年销售12亿，5%要投多少”: which amounts and shares are told, and which one is asked for. */
export class ReverseReader {
  readonly #words: Record<keyof z.infer<typeof reverseSchema>, RegExp>;

  constructor(data: z.infer<typeof reverseSchema>) {
    this.#words = Object.fromEntries(
      Object.entries(data).map(([name, words]) => [name, new RegExp(words, 'gu')]),
    ) as Record<keyof z.infer<typeof reverseSchema>, RegExp>;
  }

  /** What a question asks to be reckoned backwards; null for all other questions. */
  read(text: string): ReverseAsked | null {
    const most = this.#has('most', text);
    const share = this.#has('share', text);
    // “差多少” alone is asked of any condition; beside a share it asks what is wanting of that.
    const asks = most || this.#has('asks', text) || (share && this.#has('wanting', text));
    if (!asks || this.#has('not', text)) return null;
    const quantities = readQuantities(text);
    const told: { sales: Told | null; spend: Told | null } = { sales: null, spend: null };
    const apart: Quantity[] = [];
    for (const q of quantities) {
      if (q.unit !== 'CNY' || q.exact === null || q.upper !== null || q.bound === 'about') continue;
      const role = this.#roleOf(text, q);
      if (role === null) continue;
      const amount = this.#told(text, q);
      told[role] ??= amount;
      if (amount.term && amount.yearly === null) apart.push(q);
    }
    const percents = quantities.filter((q) => q.unit === 'percent' && q.exact !== null);
    const target = percents.find((q) => this.#aims(text, q));
    if (target) apart.push(target);
    const base = told[most ? 'spend' : 'sales'];
    // The sales of one year are no base of a share, unless it is that share which is asked for.
    if (base !== null && !base.term && !target) return null;
    if (base === null && !target) return null;
    return {
      ...told,
      apart: apart.map((q) => ({ start: q.outerStart, end: q.outerEnd })),
      sought: most ? 'sales' : 'spend',
      target: target?.exact ?? null,
      other: percents.find((q) => q !== target)?.exact ?? null,
      more: this.#has('more', text),
    };
  }

  #has(name: keyof z.infer<typeof reverseSchema>, text: string): boolean {
    return text.search(this.#words[name]) >= 0;
  }

  /** Whether an amount is of sales or of spending, by the nearest word before it, else just after it. */
  #roleOf(text: string, q: Quantity): 'sales' | 'spend' | null {
    const before = text.slice(Math.max(0, q.outerStart - REACH), q.outerStart);
    const last = (name: 'sales' | 'spend') =>
      Math.max(-1, ...[...before.matchAll(this.#words[name])].map((m) => m.index! + m[0].length));
    const [sales, spend] = [last('sales'), last('spend')];
    if (sales !== spend) return sales > spend ? 'sales' : 'spend';
    const after = /^[^，。；？?]{0,6}/u.exec(text.slice(q.outerEnd))![0];
    return this.#has('sales', after) ? 'sales' : this.#has('spend', after) ? 'spend' : null;
  }

  #told(text: string, q: Quantity): Told {
    const part = segment(text).find((s) => q.start >= s.start && q.start < s.end)?.text ?? text;
    const before = text.slice(0, q.outerStart);
    // “近三年，销售额合计12亿”: the years may stand in the part before.
    const total = this.#has('total', part) || this.#has('total', before.slice(-REACH));
    if (this.#has('yearly', part) && !this.#has('total', part))
      return { total: q.exact!.mul(exact(BigInt(TERM))), yearly: q.exact, term: true };
    return { total: q.exact!, yearly: null, term: total };
  }

  /** Whether a share is the one to be reached, not the one that is. */
  #aims(text: string, q: Quantity): boolean {
    return (
      this.#has('target', text.slice(Math.max(0, q.outerStart - REACH), q.outerStart)) ||
      this.#has('demanded', text.slice(q.outerEnd, q.outerEnd + REACH))
    );
  }
}

/** What was read of a question without the figures that only a reckoning backwards is given. */
export function toldOf(asked: ReverseAsked | null, u: Understanding): Understanding {
  if (asked === null) return u;
  const supposed = (m: FactMention) =>
    m.value.type !== 'by-year' && asked.apart.some((span) => m.start < span.end && m.end > span.start);
  return u.mentions.some(supposed) ? { ...u, mentions: u.mentions.filter((m) => !supposed(m)) } : u;
}
