import { type Figure, figuresOf, pairsOf, sameFigure, shared } from './figures.js';
import { foldForGuard, oddCharacter } from './fold.js';
import { bare, first, has, mask, segmentAt, segmentSpan } from './text.js';
import type { DropReason, GuardResult, Proof, Said } from './types.js';
import { anyOf, type GuardWords } from './words.js';

type Lists = Record<Exclude<keyof GuardWords, 'strengths' | 'verbatim_least' | 'measures'>, RegExp>;

interface Compiled extends Proof {
  figures: Figure[];
  phrases: { pairs: Set<string>; soft: boolean; negative: boolean }[];
}

const OK: GuardResult = { ok: true };
const SENTENCE = /[^。！？!?\n]+[。！？!?\n]?/g;
const NUMERAL = /[0-9〇零一二三四五六七八九十百千万亿两俩壹贰叁肆伍陆柒捌玖拾佰仟廿卅]+/g;
/** Longest stretch of the instructions that may recur by chance. */
const LEAK = 12;
/** Neighbouring pairs that two phrases share when they speak of the same matter. */
const SAME_MATTER = 4;

/**
 * Decides whether a sentence of a model may leave. A pure function of the sentence, what it cites and what was said; built
 * once from data. It works by permission: every character must be a figure that the evidence holds, words of the
 * evidence, or a word that says nothing by itself; on top of that figures keep their bound, softener, matter and city.
 */
export class Guard {
  readonly #re: Lists;
  readonly #strengths: [string, RegExp][];
  readonly #notNegative: RegExp;
  readonly #leak = new Set<string>();
  readonly #cities: RegExp;
  /** Evidence as read; a memory of work done, never of what was decided. */
  readonly #compiled = new WeakMap<Proof, Compiled>();

  /**
   * @param cities word → city id, every word by which a covered city is meant
   * @param secrets the instructions a model is given; no stretch of them is repeated
   */
  constructor(
    private readonly words: GuardWords,
    private readonly cities: ReadonlyMap<string, string>,
    secrets: readonly string[] = [],
  ) {
    const lists = Object.entries(words).filter(([, v]) => Array.isArray(v) && typeof v[0] === 'string');
    this.#re = Object.fromEntries(
      lists.map(([name, v]) => [
        name,
        name === 'instructions' ? new RegExp((v as string[]).join('|'), 'i') : anyOf(v as string[]),
      ]),
    ) as Lists;
    this.#strengths = Object.entries(words.strengths).map(([name, v]) => [name, anyOf(v)]);
    this.#notNegative = anyOf([...words.not_negations, ...words.not_strengths]);
    this.#cities = cities.size > 0 ? anyOf([...cities.keys()]) : /$^/g;
    for (const secret of secrets.map(bare)) {
      for (let i = 0; i + LEAK <= secret.length; i++) this.#leak.add(secret.slice(i, i + LEAK));
    }
  }

  /** @param sentence without its citation marks @param proofs what it cites */
  check(sentence: string, proofs: readonly Proof[], said: Said): GuardResult {
    const s = foldForGuard(sentence).trim();
    if (bare(s) === '') return drop('empty', '');
    const odd = oddCharacter(s);
    if (odd !== null) return drop('odd-character', odd);
    const own = proofs.map((p) => this.#compile(p));
    const figures = figuresOf(s);
    const text = own.map((p) => p.text).join('\n');
    return (
      this.#machinery(s, text) ??
      this.#verdicts(s, own) ??
      this.#citiesIn(s, own, said, figures) ??
      this.#levels(s, text, figures) ??
      this.#strengthsIn(s, own, text, figures) ??
      this.#negations(s, text, figures) ??
      this.#figures(s, own, said, figures) ??
      this.#matter(s, own, said, figures) ??
      OK
    );
  }

  /** Evidence folded and read once, up to a sentence that speaks to a machine: what follows it is not trusted either. */
  #compile(proof: Proof): Compiled {
    const known = this.#compiled.get(proof);
    if (known) return known;
    const sentences = foldForGuard(proof.text).match(SENTENCE) ?? [];
    const spoken = sentences.findIndex((part) => has(this.#re.instructions, part));
    const text = (spoken < 0 ? sentences : sentences.slice(0, spoken)).join('');
    const phrases = text.split(/[，。；：\n]/).filter((p) => p.length > 3);
    const compiled: Compiled = {
      ...proof,
      text,
      also: foldForGuard(proof.also),
      figures: figuresOf(text),
      phrases: phrases.map((phrase) => ({
        pairs: pairsOf(phrase),
        soft: has(this.#re.softeners, phrase),
        negative: this.#negative(phrase, figuresOf(phrase)),
      })),
    };
    this.#compiled.set(proof, compiled);
    return compiled;
  }

  #machinery(s: string, text: string): GuardResult | null {
    const word = first(this.#re.machinery, s);
    if (word !== null && !text.includes(word)) return drop('instructions', word);
    const b = bare(s);
    const known = bare(text);
    for (let i = 0; i + LEAK <= b.length; i++) {
      const part = b.slice(i, i + LEAK);
      if (this.#leak.has(part) && !known.includes(part)) return drop('instructions', part);
    }
    return null;
  }

  /** A verdict word stands only within words that the evidence holds in one piece; of the user, only within a verdict's. */
  #verdicts(s: string, proofs: readonly Proof[]): GuardResult | null {
    const personal = has(this.#re.persons, s);
    for (const m of s.matchAll(this.#re.verdicts)) {
      const { from, to } = segmentSpan(s, m.index);
      const holds = proofs.some((p) => {
        if (p.verdict !== null) return p.text.includes(s.slice(from, to));
        // 文件写的是…: words that say nothing may stand before the document's own.
        let at = from;
        while (at < m.index && !p.text.includes(s.slice(at, to))) at++;
        const long = to - at >= this.words.verbatim_least && p.text.includes(s.slice(at, to));
        return !personal && long && this.#saysNothing(s.slice(from, at));
      });
      if (!holds) return drop('verdict', m[0]);
    }
    return null;
  }

  #saysNothing(words: string): boolean {
    const open = mask(words, this.#re.plain);
    for (const m of words.matchAll(this.#cities)) open.fill(1, m.index, m.index + m[0].length);
    return [...words].every((c, i) => open[i] === 1 || !/[\p{L}\p{N}]/u.test(c));
  }

  /** Each phrase speaks of one city, and the evidence is that city's; a lone city of the conversation need not be named. */
  #citiesIn(
    s: string,
    proofs: readonly Compiled[],
    said: Said,
    figures: readonly Figure[],
  ): GuardResult | null {
    const cited = new Set(proofs.flatMap((p) => (p.city === null ? [] : [p.city])));
    const named = new Set<string>();
    for (const m of s.matchAll(this.#cities)) {
      const city = this.#cityOf(m[0]);
      named.add(city);
      if (!cited.has(city) && !proofs.some((p) => p.text.includes(m[0]))) return drop('city', m[0]);
    }
    const weighty =
      figures.length > 0 || has(this.#re.levels, s) || this.#strengths.some(([, re]) => has(re, s));
    const [only] = cited;
    const understood = cited.size === 1 && said.cities.length === 1 && said.cities[0] === only;
    if (cited.size > 0 && weighty && !understood) {
      const missing = [...cited].find((c) => !named.has(c));
      if (missing !== undefined) return drop('city', missing);
    }
    return null;
  }

  #cityOf(word: string): string {
    const found = this.cities.get(word) ?? this.cities.get(word.toLowerCase());
    return found ?? [...this.cities].find(([w]) => w.toLowerCase() === word.toLowerCase())?.[1] ?? '';
  }

  #levels(s: string, text: string, figures: readonly Figure[]): GuardResult | null {
    const open = mask(s, this.#re.plain, (w) => !has(this.#re.levels, w) || w.startsWith('以下'));
    for (const f of figures) open.fill(1, f.q.outerStart, f.q.outerEnd);
    for (const m of s.matchAll(this.#re.levels)) {
      if (open[m.index] !== 1 && !text.includes(m[0])) return drop('level', m[0]);
    }
    return null;
  }

  /** Strength words are the evidence's own; what a softener governs there is not said without one. */
  #strengthsIn(
    s: string,
    proofs: readonly Compiled[],
    text: string,
    figures: readonly Figure[],
  ): GuardResult | null {
    const free = mask(s, this.#notNegative);
    for (const f of figures) free.fill(1, f.q.outerStart, f.q.outerEnd);
    const taken = new Uint8Array(s.length);
    const hits = this.#strengths
      .flatMap(([name, re]) => [...s.matchAll(re)].map((m) => ({ name, at: m.index, word: m[0] })))
      .sort((a, b) => b.word.length - a.word.length);
    for (const { name, at, word } of hits) {
      if (free[at] === 1 || taken[at] === 1 || taken[at + word.length - 1] === 1) continue;
      taken.fill(1, at, at + word.length);
      // One character says little: it stands with its neighbour.
      if (text.includes(word.length > 1 ? word : s.slice(at, at + 2))) continue;
      const re = this.#strengths.find(([n]) => n === name)![1];
      const soft = proofs.some((p) => p.strength === 'principle' || has(this.#re.softeners, p.text));
      const classed =
        (name === 'ask' && proofs.some((p) => p.strength === 'must' || p.strength === 'principle')) ||
        (name === 'ask' && (has(re, text) || /[应须要]|不低于|不少于|以上/.test(text))) ||
        (name === 'must' && !soft && /必须|应当|应|须/.test(text)) ||
        (name === 'principle' && has(re, text)) ||
        (name === 'forbid' && has(re, text));
      if (!classed) return drop('strength', word);
    }
    return null;
  }

  #negations(s: string, text: string, figures: readonly Figure[]): GuardResult | null {
    const free = mask(s, this.#notNegative);
    for (const f of figures) free.fill(1, f.q.outerStart, f.q.outerEnd);
    for (const m of s.matchAll(this.#re.negations)) {
      if (free[m.index] === 1) continue;
      const pair = s.slice(m.index, m.index + 2);
      if (!text.includes(pair)) return drop('negation', pair);
    }
    return null;
  }

  #figures(
    s: string,
    proofs: readonly Compiled[],
    said: Said,
    figures: readonly Figure[],
  ): GuardResult | null {
    const open = new Uint8Array(s.length);
    for (const f of figures) {
      const segment = segmentAt(s, f.q.start);
      const result = this.#attributed(segment, f, said) ? null : this.#figure(s, segment, f, proofs);
      if (result) return result;
      open.fill(1, f.q.outerStart, f.q.outerEnd);
    }
    for (const m of s.matchAll(this.#re.plain)) open.fill(1, m.index, m.index + m[0].length);
    const text = proofs.map((p) => `${p.text}\n${p.also}`).join('\n');
    for (const m of s.matchAll(NUMERAL)) {
      if (open[m.index] === 1 && open[m.index + m[0].length - 1] === 1) continue;
      // What is no figure to the reader (三甲, 第六条) stands with both its neighbours in the evidence.
      const before = /[第分之十百千万亿A-Za-z.]/.test(s[m.index - 1] ?? '') ? 1 : 0;
      const part = s.slice(m.index - before, m.index + m[0].length + 1);
      if (!text.includes(part)) return drop('unread-numeral', part);
    }
    return null;
  }

  #figure(s: string, segment: string, f: Figure, proofs: readonly Compiled[]): GuardResult | null {
    const { measures } = this.words;
    const citiesNamed = [...segment.matchAll(this.#cities)].map((m) => this.#cityOf(m[0]));
    const before = [...s.slice(0, f.q.start).matchAll(this.#cities)].map((m) => this.#cityOf(m[0]));
    const city = citiesNamed.at(-1) ?? before.at(-1) ?? null;
    const mine = proofs.filter((p) => city === null || p.city === null || p.city === city);
    const all = mine.flatMap((p) => p.figures.map((g) => ({ p, g })));
    const same = all.filter(({ g }) => sameFigure(f.q, g.q, measures));
    if (same.length === 0) return drop('quantity', f.q.text);
    const sign = s[f.q.start - 1] ?? '';
    if (/[-+~/·*]/.test(sign) && !same.some(({ p }) => p.text.includes(sign + f.q.text)))
      return drop('quantity', sign + f.q.text);
    const next = s.slice(f.q.end, f.q.end + 2);
    if (
      /^[-~至到][\d一二三四五六七八九十两]/.test(next) &&
      !same.some(({ p }) => p.text.includes(f.q.text + next[0]))
    )
      return drop('quantity', f.q.text + next);
    const vague = first(this.#re.vague, s.slice(f.q.outerStart, f.q.outerEnd));
    if (
      vague !== null &&
      !same.some(({ p, g }) => p.text.slice(g.q.outerStart, g.q.outerEnd).includes(vague))
    )
      return drop('bound', vague);
    const bounded = same.filter(
      ({ g }) =>
        g.q.bound === f.q.bound ||
        (f.q.bound === null && g.q.bound === 'at-least' && has(this.#re.floors, segment)) ||
        (f.q.bound === null && g.q.bound === 'at-most' && has(this.#re.ceilings, segment)),
    );
    if (bounded.length === 0) return drop('bound', f.q.text);
    // Another figure whose words fit this phrase better: the two were swapped.
    const fit = Math.max(...bounded.map(({ g }) => shared(g.phrase, f.phrase)));
    const rival = all.find(
      ({ p, g }) =>
        (g.q.unit === f.q.unit || bounded.some((x) => x.p === p)) &&
        !sameFigure(f.q, g.q, measures) &&
        shared(g.phrase, f.phrase) > fit,
    );
    if (rival) return drop('association', rival.g.q.text);
    const soft = bounded.every(
      ({ p, g }) => p.strength === 'principle' || has(this.#re.softeners, segmentAt(p.text, g.q.start)),
    );
    if (soft && !has(this.#re.softeners, s)) return drop('softener', f.q.text);
    if (has(this.#re.persons, segment) && !has(this.#re.asks, segment)) return drop('verdict', f.q.text);
    return null;
  }

  /** “你提供的营收1.8亿元”: the user's own figure, said as theirs and of nothing else. */
  #attributed(segment: string, f: Figure, said: Said): boolean {
    const opening = first(this.#re.attributions, segment);
    if (opening === null || !segment.startsWith(opening)) return false;
    const words = said.words.map(foldForGuard);
    if (!words.some((w) => figuresOf(w).some((g) => sameFigure(f.q, g.q, this.words.measures)))) return false;
    const rest = segment.slice(opening.length);
    if (has(this.#re.not_attributed, rest)) return false;
    const mine = new Set(words.flatMap((w) => [...pairsOf(w)]));
    return [...pairsOf(rest.replace(f.q.text, ' '))].every((pair) => mine.has(pair));
  }

  /** Everything that is left must be said by the evidence, of the matter it is said of there. */
  #matter(
    s: string,
    proofs: readonly Compiled[],
    said: Said,
    figures: readonly Figure[],
  ): GuardResult | null {
    const open = mask(s, this.#re.plain);
    for (const m of s.matchAll(this.#cities)) open.fill(1, m.index, m.index + m[0].length);
    for (const f of figures) open.fill(1, f.q.outerStart, f.q.outerEnd);
    for (const f of figures) {
      const { from, to } = segmentSpan(s, f.q.start);
      if (this.#attributed(s.slice(from, to), f, said)) open.fill(1, from, to);
    }
    for (const [, re] of this.#strengths)
      for (const m of s.matchAll(re)) open.fill(1, m.index, m.index + m[0].length);
    for (const m of s.matchAll(this.#re.attaining)) {
      const segment = segmentAt(s, m.index);
      const asked = new RegExp(`(${this.words.asking.join('|')}).{0,8}${m[0]}`).test(segment);
      if (asked && !has(this.#re.persons, segment)) open.fill(1, m.index, m.index + m[0].length);
    }
    const words = proofs.map((p) => `${p.text}\n${p.also}`).join('\n');
    return this.#unsupported(s, open, words) ?? this.#governed(s, proofs, figures);
  }

  #unsupported(s: string, open: Uint8Array, text: string): GuardResult | null {
    for (let i = 0; i + 1 < s.length; i++) {
      const pair = s.slice(i, i + 2);
      if (/^[\p{Script=Han}A-Za-z0-9&]{2}$/u.test(pair) && text.includes(pair)) open.fill(1, i, i + 2);
      // （四）, 市、区: a single character between signs.
      if (i + 2 < s.length && text.includes(s.slice(i, i + 3))) open.fill(1, i, i + 3);
    }
    for (let i = 0; i < s.length; i++) {
      if (open[i] === 1 || !/[\p{Script=Han}A-Za-z0-9%]/u.test(s[i]!)) continue;
      let end = i;
      while (end < s.length && open[end] !== 1 && /[\p{Script=Han}A-Za-z0-9%]/u.test(s[end]!)) end++;
      return drop(text === '' ? 'no-evidence' : 'unsupported', s.slice(i, end));
    }
    return null;
  }

  /** A phrase of the evidence that is softened or negated keeps that when it is said again. */
  #governed(s: string, proofs: readonly Compiled[], figures: readonly Figure[]): GuardResult | null {
    const phrases = proofs.flatMap((p) => p.phrases);
    const soft = has(this.#re.softeners, s);
    const negative = this.#negative(s, figures);
    if (soft && negative) return null;
    for (const segment of s.split(/[，。；：]/)) {
      const mine = [...pairsOf(segment)];
      const scored = phrases.map((p) => ({ p, score: mine.filter((x) => p.pairs.has(x)).length }));
      const top = Math.max(0, ...scored.map((x) => x.score));
      if (top < SAME_MATTER) continue;
      const best = scored.filter((x) => x.score === top);
      if (!soft && best.every(({ p }) => p.soft)) return drop('softener', segment);
      if (!negative && best.every(({ p }) => p.negative)) return drop('negation', segment);
    }
    return null;
  }

  #negative(phrase: string, figures: readonly Figure[]): boolean {
    const free = mask(phrase, this.#notNegative);
    for (const f of figures) free.fill(1, f.q.outerStart, f.q.outerEnd);
    return [...phrase.matchAll(this.#re.negations)].some((m) => free[m.index] !== 1);
  }
}

const drop = (reason: DropReason, detail: string): GuardResult => ({ ok: false, reason, detail });
