import { cities } from './checks/cities.js';
import { machinery } from './checks/machinery.js';
import { governed, matter } from './checks/matter.js';
import { claims, quantities } from './checks/quantities.js';
import { levels, negations, strengths } from './checks/strengths.js';
import { persons, verdicts } from './checks/verdicts.js';
import { type Check, type Compiled, type Context, compileProof, drop } from './context.js';
import { type Figure, figuresOf } from './figures.js';
import { foldForGuard, oddCharacter } from './fold.js';
import { buildLexicon, type Lexicon } from './lexicon.js';
import { bare } from './text.js';
import type { GuardResult, Proof, Said } from './types.js';
import type { GuardWords } from './words.js';

/** What a sentence must not do; the first objection stands. */
const CHECKS: readonly Check[] = [
  machinery,
  verdicts,
  persons,
  cities,
  levels,
  strengths,
  negations,
  claims,
  quantities,
  governed,
  matter,
];

/** Longest sentence that is read, in characters. */
const LONGEST = 400;

/**
 * Decides whether a sentence of a model may leave. A pure function of the sentence, what it cites and what was said; built
 * once from data. It works by permission: every character must be a figure that the evidence holds, words of the evidence in
 * their order, or a word that says nothing by itself; on top of that figures keep their bound, softener, matter and city.
 */
export class Guard {
  readonly #lexicon: Lexicon;
  /** Evidence as read; a memory of work done, never of what was decided. */
  readonly #compiled = new WeakMap<Proof, Compiled>();

  /**
   * @param cities word → city id, every word by which a covered city is meant
   * @param secrets the instructions a model is given; no stretch of them is repeated
   */
  constructor(words: GuardWords, cities: ReadonlyMap<string, string>, secrets: readonly string[] = []) {
    this.#lexicon = buildLexicon(words, cities, secrets);
  }

  /** @param sentence without its citation marks @param proofs what it cites */
  check(sentence: string, proofs: readonly Proof[], said: Said): GuardResult {
    const lexicon = this.#lexicon;
    const s = lexicon.unify(foldForGuard(sentence).trim());
    if (bare(s) === '') return drop('empty', '');
    if (s.length > LONGEST) return drop('long', `${s.length} characters`);
    const odd = oddCharacter(s);
    if (odd !== null) return drop('odd-character', odd);
    const own = proofs.map((p) => this.#compile(p));
    const text = own.map((p) => p.text).join('\n');
    const context: Context = { s, figures: this.#figures(s), proofs: own, text, said, lexicon };
    for (const check of CHECKS) {
      const result = check(context);
      if (result) return result;
    }
    return { ok: true };
  }

  /** The figures of a sentence; 一 in 这样一条 counts nothing. */
  #figures(s: string): Figure[] {
    const set = new Uint8Array(s.length);
    for (const re of [this.#lexicon.re.plain, this.#lexicon.re.turns])
      for (const m of s.matchAll(re)) if (m[0].length > 1) set.fill(1, m.index, m.index + m[0].length);
    return figuresOf(s).filter(({ q }) => set.subarray(q.start, q.end).includes(0));
  }

  #compile(proof: Proof): Compiled {
    const known = this.#compiled.get(proof) ?? compileProof(proof, this.#lexicon);
    this.#compiled.set(proof, known);
    return known;
  }
}
