import { cities } from './checks/cities.js';
import { machinery } from './checks/machinery.js';
import { governed, matter } from './checks/matter.js';
import { claims, quantities } from './checks/quantities.js';
import { quotes } from './checks/quotes.js';
import { levels, negations, strengths } from './checks/strengths.js';
import { timing } from './checks/timing.js';
import { persons, verdicts } from './checks/verdicts.js';
import { told } from './claims/reading.js';
import { type Check, type Compiled, type Context, compileProof, drop } from './context.js';
import { type Figure, figuresOf } from './figures.js';
import { foldForGuard, oddCharacter } from './fold.js';
import { buildLexicon, type Lexicon } from './lexicon.js';
import { bare, has } from './text.js';
import type { GuardResult, Proof, Said } from './types.js';
import type { GuardWords } from './words.js';

/** What a sentence must not do; the first objection stands. */
const CHECKS: readonly Check[] = [
  machinery,
  verdicts,
  persons,
  cities,
  quotes,
  timing,
  levels,
  strengths,
  negations,
  claims,
  quantities,
  governed,
  matter,
];

/** A phrase that begins with what only stands behind a word: …牵头的，的文件规定. */
const TORN =
  /(?:^|[，：；。、])\s*[的地得了](?!确|方|区|域|点|址|位|级|市|到|以|出|知|解)|[，：；](?:方面|来看|而言)[，：；]/;

/** Those whose objection stands however the rest is worded. */
const ABSOLUTE: ReadonlySet<Check> = new Set([machinery, persons, cities, quotes, timing]);

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

  /**
   * @param sentence without its citation marks @param proofs what it cites
   * @param clauses whole clauses that it may tell in other words and another order; none where it may not
   */
  check(sentence: string, proofs: readonly Proof[], said: Said, clauses: readonly Proof[] = []): GuardResult {
    const lexicon = this.#lexicon;
    const torn = TORN.exec(sentence);
    if (torn) return drop('unsupported', torn[0]);
    const given = this.#onceSaid(lexicon.unify(foldForGuard(sentence).trim()));
    const own = proofs.map((p) => this.#compile(p));
    const text = own.map((p) => p.text).join('\n');
    const s = this.#ofAll(given, text);
    if (bare(s) === '') return drop('empty', '');
    if (s.length > LONGEST) return drop('long', `${s.length} characters`);
    const odd = oddCharacter(s);
    if (odd !== null) return drop('odd-character', odd);
    const context: Context = { s, figures: this.#figures(s), proofs: own, text, said, lexicon };
    let fault: GuardResult | null = null;
    for (const check of CHECKS) {
      const result = check(context);
      if (!result) continue;
      if (ABSOLUTE.has(check)) return result;
      fault ??= result;
    }
    if (fault === null) return { ok: true };
    const wider = clauses.map((p) => this.#compile(p));
    const again =
      wider.length > 0 && told({ ...context, proofs: wider, text: wider.map((p) => p.text).join('\n') });
    return again ? { ok: true } : fault;
  }

  /** What holds of several holds of each: 高校牵头的 as the evidence's 高校院所（医疗机构）牵头的. */
  #ofAll(s: string, text: string): string {
    for (const [all, ...each] of this.#lexicon.words.spread) {
      if (!text.includes(all!)) continue;
      const one = each.find((e) => s.includes(e));
      if (one !== undefined && !s.includes(all!) && !text.includes(one)) return s.replace(one, all!);
    }
    return s;
  }

  /** Without “满足一项即可” behind the two that one 或 joins: it says nothing more. Whatever else is joined there, it stays. */
  #onceSaid(s: string): string {
    const { re, bounding } = this.#lexicon;
    const tail = re.either.exec(s);
    if (!tail) return s;
    const rest = s.slice(0, tail.index);
    if (rest.split('或').length !== 2 || /[；。、且并]|同时/.test(rest)) return s;
    const told = rest.split('，').filter((p) => figuresOf(p, bounding).length > 0 || has(re.levels, p));
    const joined =
      told.length === 1 ? told[0]!.includes('或') : told.length === 2 && told[1]!.startsWith('或');
    return joined ? rest + s.slice(tail.index + tail[0].length) : s;
  }

  /** The figures of a sentence; 一 in 这样一条 counts nothing. */
  #figures(s: string): Figure[] {
    const set = new Uint8Array(s.length);
    for (const re of [this.#lexicon.re.plain, this.#lexicon.re.turns])
      for (const m of s.matchAll(re)) if (m[0].length > 1) set.fill(1, m.index, m.index + m[0].length);
    return figuresOf(s, this.#lexicon.bounding).filter(({ q }) => set.subarray(q.start, q.end).includes(0));
  }

  #compile(proof: Proof): Compiled {
    const known = this.#compiled.get(proof) ?? compileProof(proof, this.#lexicon);
    this.#compiled.set(proof, known);
    return known;
  }
}
