import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Language } from './language.js';

const load = createRequire(import.meta.url);
const HAN = /^[\u4e00-\u9fff]+$/;
/** An ordinary word at least this frequent in the word list is taken as meant (应收, 前头, 高薪). */
const ORDINARY = 100;

/**
 * Reads homophones (迁头, 夏门), look-alikes (联合休) and pinyin (quanzhou, qian tou) of the key terms as the terms.
 * An ordinary word, or a run that crosses ordinary words (运营首先), stays as it is.
 */
export class Typos {
  readonly #terms: string[];
  readonly #look = new Map<string, string>();
  /** First character → the terms that begin with it; length and first character → those that could be meant by it. */
  readonly #byHead = new Map<string, string[]>();
  readonly #byLook = new Map<string, string[]>();
  #bySound: Map<string, string> | null = null;
  #byLetters: Map<string, string> | null = null;
  #heads = new Set<string>();
  /** Words at least as frequent as {@link ORDINARY}. */
  #dictionary: ReadonlySet<string> | null = null;
  private readonly english: RegExp;
  private readonly counted: RegExp;
  private readonly particles: Readonly<Record<string, string>>;

  constructor(language: Language, names: readonly string[], cities: readonly string[]) {
    this.english = language.cues.english;
    this.counted = language.cues.countedUnits;
    this.particles = language.particles;
    const usable = (w: string, from: number) => HAN.test(w) && w.length >= from && w.length <= 8;
    this.#terms = [
      ...new Set([
        ...language.keyTerms,
        ...cities.filter((w) => usable(w, 2) && !/[市区]$/.test(w)),
        ...names.filter((w) => usable(w, 4)),
      ]),
    ].sort((a, b) => b.length - a.length);
    for (const group of language.lookAlikes)
      for (const c of group) this.#look.set(c, (this.#look.get(c) ?? '') + group);
    const file = (under: Map<string, string[]>, key: string, term: string) => {
      const list = under.get(key);
      if (list) list.push(term);
      else under.set(key, [term]);
    };
    for (const term of this.#terms) {
      const head = term[0]!;
      file(this.#byHead, head, term);
      for (const c of new Set([head, ...(this.#look.get(head) ?? '')]))
        file(this.#byLook, `${term.length}${c}`, term);
    }
  }

  /** The text with key terms put right; same text when nothing is suspicious. */
  mend(text: string): string {
    return this.#mendSounds(this.#mendLetters(text));
  }

  #prepare(): void {
    if (this.#bySound) return;
    this.#bySound = new Map();
    this.#byLetters = new Map();
    for (const term of this.#terms) {
      const sound = syllables(term);
      if (!this.#bySound.has(sound.join(' '))) this.#bySound.set(sound.join(' '), term);
      if (!this.#byLetters.has(sound.join(''))) this.#byLetters.set(sound.join(''), term);
      this.#heads.add(sound[0]!);
    }
  }

  #mendSounds(text: string): string {
    if (!/[\u4e00-\u9fff]{2}/.test(text)) return text;
    this.#prepare();
    const chars = [...text];
    const sounds = syllables(text);
    if (sounds.length !== chars.length) return text;
    const locked = new Array<boolean>(chars.length).fill(false);
    for (let at = 0; at < text.length; at++)
      for (const term of this.#byHead.get(text[at]!) ?? [])
        if (text.startsWith(term, at)) locked.fill(true, at, at + term.length);
    let out = chars;
    for (let i = 0; i < chars.length; i++) {
      if (locked[i]) continue;
      for (let n = Math.min(8, chars.length - i); n >= 2; n--) {
        const word = chars.slice(i, i + n).join('');
        if (!HAN.test(word)) continue;
        const term = this.#bySound!.get(sounds.slice(i, i + n).join(' ')) ?? this.#lookAlike(word);
        if (term === undefined || term === word || locked.slice(i, i + n).every(Boolean)) continue;
        if (locked.slice(i, i + n).some(Boolean) && n < 4) continue;
        if (!this.#differsLittle(word, term) || this.#ordinary(chars, i, n, term)) continue;
        out = [...out.slice(0, i), ...term, ...out.slice(i + n)];
        locked.fill(true, i, i + n);
        break;
      }
    }
    return out.join('');
  }

  /** At least one character stays, or the term is short and sounds the same throughout. */
  #differsLittle(word: string, term: string): boolean {
    const same = [...word].filter((c, k) => c === term[k]).length;
    return same * 2 >= term.length;
  }

  #lookAlike(word: string): string | undefined {
    if (word.length < 3) return undefined;
    return this.#byLook
      .get(`${word.length}${word[0]}`)
      ?.find(
        (t) =>
          t.length === word.length &&
          [...t].every((c, k) => c === word[k] || this.#look.get(c)?.includes(word[k]!)),
      );
  }

  #ordinary(chars: readonly string[], i: number, n: number, term: string): boolean {
    const word = (from: number, to: number) => chars.slice(from, to).join('');
    if (this.#common(word(i, i + n))) return true;
    // 三家医院: well formed as it stands, whatever sounds like it; 我们是三家医院 would count the asker.
    if (this.counted.test(word(i, i + n)) && !/[是非]$/.test(word(Math.max(0, i - 2), i))) return true;
    // 没有母公司申报: the character that would change belongs to 没有. Of a long run the others are sure.
    const edges = (at: number, char: string) => n < 4 || chars[at] !== char;
    const crossing = [
      edges(i, term[0]!) ? word(i - 1, i + 1) : '',
      edges(i + n - 1, term.at(-1)!) ? word(i + n - 1, i + n + 1) : '',
    ];
    return crossing.some((w) => w.length === 2 && HAN.test(w) && this.#common(w));
  }

  #common(word: string): boolean {
    this.#dictionary ??= new Set(
      readFileSync(load.resolve('@node-rs/jieba/dict.txt'), 'utf8')
        .split('\n')
        .flatMap((line) => {
          const [entry, frequency] = line.split(' ');
          return entry && entry.length > 1 && Number(frequency) >= ORDINARY ? [entry] : [];
        }),
    );
    return this.#dictionary.has(word);
  }

  /** Runs of Latin syllables: the longest run of whole tokens that spells a term is that term. */
  #mendLetters(text: string): string {
    if (!/[a-z]{4}/.test(text)) return text;
    this.#prepare();
    return text.replace(/[a-z]+(?:[ ']+[a-z]+)*/g, (run) => {
      const tokens = run.split(/[ ']+/);
      const plain =
        !this.english.test(run) &&
        tokens.some((_, i) => this.#spelt(tokens, i) !== null || this.#glued(tokens[i]!) !== null);
      if (!plain) return run;
      let out = '';
      for (let i = 0; i < tokens.length; ) {
        const taken = this.#spelt(tokens, i);
        const glued = taken === null ? this.#glued(tokens[i]!) : null;
        const next = taken?.term ?? glued ?? this.particles[tokens[i]!];
        out +=
          next ??
          (out !== '' && /[a-z]$/.test(out) ? ` ${tokens[i]}` : `${out === '' ? '' : ' '}${tokens[i]}`);
        i += taken?.count ?? 1;
      }
      return out;
    });
  }

  #spelt(tokens: readonly string[], i: number): { term: string; count: number } | null {
    for (let count = Math.min(8, tokens.length - i); count >= 1; count--) {
      const letters = tokens.slice(i, i + count).join('');
      const term = letters.length >= 5 ? this.#byLetters!.get(letters) : undefined;
      if (term !== undefined) return { term, count };
    }
    return null;
  }

  /** One token of several terms: gaoxinqiye, quanzhouqiantou. */
  #glued(token: string): string | null {
    if (token.length < 10) return null;
    for (let cut = token.length - 5; cut >= 5; cut--) {
      const head = this.#byLetters!.get(token.slice(0, cut));
      if (head === undefined) continue;
      const tail = this.#byLetters!.get(token.slice(cut)) ?? this.#glued(token.slice(cut));
      if (tail) return head + tail;
    }
    return null;
  }
}

let pinyin: ((text: string, options: object) => string[]) | null = null;

/** One toneless syllable a character; other characters stand for themselves. */
function syllables(text: string): string[] {
  pinyin ??= (load('pinyin-pro') as { pinyin: typeof pinyin }).pinyin;
  const out: string[] = [];
  // Latin and digits would be grouped by the library: only runs of Han go through it.
  for (const run of text.split(/([\u4e00-\u9fff]+)/)) {
    if (HAN.test(run)) out.push(...pinyin!(run, { toneType: 'none', type: 'array', v: true }));
    else out.push(...run);
  }
  return out;
}
