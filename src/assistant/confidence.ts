import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parse } from 'yaml';
import { z } from 'zod';
import { DataError } from '../errors.js';

const load = createRequire(import.meta.url);

/** Above this count in the segmenter's corpus a word is too general to say what a question is about. */
const GENERAL = 9000;
/** Below this count a word is rare and says much. */
const RARE = 1500;
/** Parts of speech that name what a question is about. */
const CONTENT = /^(n|v|vn|l|i|j|eng|b|a|an|t|nr|ns|nt|nz)/;

interface Jieba {
  tag(text: string): { word: string; tag: string }[];
}

/** knowledge/glossary.yaml: official term → everyday words. */
export class Glossary {
  readonly #everyday = new Map<string, string[]>();
  readonly #english: [string, string][];
  /** Words too general to say what a question is about. */
  readonly general: ReadonlySet<string>;

  constructor(file: string) {
    const words = z.array(z.string().min(1));
    const parsed = z
      .strictObject({
        same: z.record(z.string(), words),
        general: words,
        english: z.record(z.string(), z.string().min(1)),
      })
      .safeParse(parse(readFileSync(file, 'utf8')));
    if (!parsed.success) {
      throw new DataError(
        file,
        null,
        'it needs "same:" (an official term and a list of everyday words a line) and "general:"',
      );
    }
    this.general = new Set(parsed.data.general);
    this.#english = Object.entries(parsed.data.english).sort((a, b) => b[0].length - a[0].length);
    for (const [official, words] of Object.entries(parsed.data.same)) {
      for (const word of words) this.#everyday.set(word, [...(this.#everyday.get(word) ?? []), official]);
      for (const word of words) {
        // Everyday words of one line also stand for each other.
        const others = this.#everyday.get(word)!;
        for (const other of words) if (other !== word && !others.includes(other)) others.push(other);
      }
    }
  }

  /** An English question in the documents' words, as far as the glossary knows them. */
  translate(text: string): string {
    let rest = text.toLowerCase();
    const out: string[] = [];
    for (const [word, official] of this.#english) {
      const found = new RegExp(`(?<![a-z])${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![a-z])`).exec(
        rest,
      );
      if (!found) continue;
      out.push(official);
      rest = rest.replace(found[0], ' ');
    }
    return out.join(' ');
  }

  /** The everyday words in a text, longest first, not overlapping. */
  find(text: string): string[] {
    const out: string[] = [];
    const words = [...this.#everyday.keys()]
      .filter((w) => text.includes(w))
      .sort((a, b) => b.length - a.length);
    let rest = text;
    for (const w of words) {
      if (!rest.includes(w)) continue;
      out.push(w);
      rest = rest.replaceAll(w, ' ');
    }
    return out;
  }

  /** Words that mean the same, the official ones first. */
  same(word: string): readonly string[] {
    return this.#everyday.get(word) ?? [];
  }

  /** The official terms for the everyday words of a text. */
  officialOf(text: string): string[] {
    return [...new Set(this.find(text).map((w) => this.same(w)[0]!))];
  }
}

let words: { jieba: Jieba; frequency: ReadonlyMap<string, number> } | null = null;

/** The segmenter and its frequent words; a second of work and tens of megabytes, so loaded once, on first use. */
function segmenter() {
  if (words) return words;
  const { Jieba } = load('@node-rs/jieba') as { Jieba: { withDict(dict: Uint8Array): Jieba } };
  const { dict } = load('@node-rs/jieba/dict') as { dict: Uint8Array };
  const frequency = new Map<string, number>();
  for (const line of Buffer.from(dict).toString('utf8').split('\n')) {
    const [word, f] = line.split(' ');
    // Rare words weigh alike, so only the frequent ones are kept.
    if (word && word.length > 1 && Number(f) >= RARE) frequency.set(word, Number(f));
  }
  words = { jieba: Jieba.withDict(dict), frequency };
  return words;
}

/** Tells whether a text speaks of what a question is about. */
export class Confidence {
  constructor(private readonly glossary: Glossary) {}

  /**
   * The words that say what a question is about, with a weight: rare words weigh more. Everyday words of the glossary
   * count where they fall on word boundaries, so that 报名费 is not read as 报名.
   */
  about(question: string): { word: string; weight: number }[] {
    const { jieba, frequency } = segmenter();
    const tokens = jieba.tag(question);
    const out: { word: string; weight: number }[] = [];
    for (let i = 0; i < tokens.length; ) {
      let span = 0;
      for (let n = Math.min(4, tokens.length - i); n > 0 && span === 0; n--) {
        const joined = tokens
          .slice(i, i + n)
          .map((t) => t.word)
          .join('');
        if (this.glossary.same(joined).length > 0) {
          span = n;
          out.push({ word: joined, weight: joined.length > 1 ? 1 : 0.5 });
        }
      }
      if (span === 0) {
        const { word, tag } = tokens[i]!;
        const f = frequency.get(word) ?? 0;
        const speaks =
          word.length > 1 && CONTENT.test(tag) && !this.glossary.general.has(word) && f < GENERAL;
        if (speaks) out.push({ word, weight: f < RARE ? 1.5 : 1 });
        span = 1;
      }
      i += span;
    }
    return out;
  }

  /** Share of what the question is about that the text speaks of, 0 to 1, and what is missing. Null when it is about nothing. */
  covers(question: string, text: string): { share: number; missing: string[] } | null {
    const about = this.about(question);
    if (about.length === 0) return null;
    let all = 0;
    let found = 0;
    const missing: string[] = [];
    for (const { word, weight } of about) {
      all += weight;
      if (text.includes(word) || this.glossary.same(word).some((w) => text.includes(w))) found += weight;
      else missing.push(word);
    }
    return { share: found / all, missing };
  }
}
