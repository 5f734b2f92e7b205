import { sameOf, unifierOf } from './one-word.js';
import { bare, mask } from './text.js';
import { anyOf, type GuardWords } from './words.js';

type Named = Exclude<
  { [K in keyof GuardWords]: GuardWords[K] extends string[] ? K : never }[keyof GuardWords],
  undefined
>;

/** Longest stretch of the instructions that may recur by chance. */
export const LEAK = 12;

/** Lists that hold expressions, not words. */
const EXPRESSIONS = new Set([
  'instructions',
  'limits',
  'claims',
  'asides',
  'governing',
  'either',
  'telling',
  'choosing',
  'timing',
  'attains',
  'rowed',
  'listed',
  'leading',
  'conditioned',
]);

/** Those of them that are looked for more than once in a text. */
const GLOBAL = new Set(['claims', 'telling', 'choosing', 'timing', 'listed']);

/** The word lists as expressions, built once. */
export interface Lexicon {
  words: GuardWords;
  re: Record<Named, RegExp>;
  strengths: readonly (readonly [name: string, re: RegExp])[];
  /** Words that hold a negating or strong character and are neither. */
  innocent: RegExp;
  cities: RegExp;
  /** Words of asking (要求, 应). */
  asks: RegExp;
  /** Every word by which a figure is a floor or a ceiling. */
  bound: RegExp;
  /** Every word of a bound, and those that stand within one (不得少于, 应达到): nothing else belongs to a figure. */
  bounding: RegExp;
  /** Words that say nothing, that ask, or that bound. */
  light: RegExp;
  /** What may be left out of a part of the evidence that is said in other words, and what never may. */
  omissible: RegExp;
  keeps: RegExp;
  /** Words that say nothing on either side; those that allow. */
  saysNothing: RegExp;
  allows: RegExp;
  /** Words that begin another statement. */
  turning: RegExp;
  /** A wish (鼓励, 支持) at the head of a phrase. */
  wishes: RegExp;
  /** The same, wherever it stands. */
  wished: RegExp;
  /** Names whose order is told: whom a rule may be about, and ranks. */
  ordered: RegExp;
  /** Characters of whom rules are about (单位, 企业), which are said again without saying more. */
  generic: ReadonlySet<string>;
  /** Each word as the first of those that mean the same, folded and unified text given. */
  same(text: string): string;
  /** City id of a word; '' for none. */
  cityOf(word: string): string;
  /** Stretches of the instructions, LEAK characters each. */
  secrets: ReadonlySet<string>;
  /** Words that need no evidence, by their first character. */
  fillers: ReadonlyMap<string, readonly (readonly [word: string, kind: 'plain' | 'joining' | 'turns'])[]>;
  /** Each word as the first of its equals: 应当 as 应, 或者 as 或. */
  unify(folded: string): string;
}

/** @param cities word → city id @param secrets the instructions a model is given */
export function buildLexicon(
  given: GuardWords,
  cities: ReadonlyMap<string, string>,
  secrets: readonly string[],
): Lexicon {
  const unify = unifierOf(given);
  // The lists are written as people write; what they are compared with is unified, so they are too.
  const words = Object.fromEntries(
    Object.entries(given).map(([name, v]) => [
      name,
      Array.isArray(v) && typeof v[0] === 'string' && !EXPRESSIONS.has(name)
        ? [...new Set((v as string[]).map(unify))]
        : v,
    ]),
  ) as GuardWords;
  const lists = Object.entries(words).filter(([, v]) => Array.isArray(v) && typeof v[0] === 'string');
  const re = Object.fromEntries(
    lists.map(([name, v]) => [
      name,
      EXPRESSIONS.has(name)
        ? new RegExp((v as string[]).join('|'), GLOBAL.has(name) ? 'gi' : 'i')
        : anyOf(v as string[]),
    ]),
  ) as Lexicon['re'];
  const same = sameOf(given.thesaurus, unify);
  const strengths = Object.entries(words.strengths).map(([name, v]) => [name, anyOf(v)] as const);
  const leak = new Set<string>();
  for (const secret of secrets.map(bare))
    for (let i = 0; i + LEAK <= secret.length; i++) leak.add(secret.slice(i, i + LEAK));
  const lower = new Map([...cities].map(([word, city]) => [word.toLowerCase(), city]));
  return {
    words,
    re,
    strengths,
    innocent: anyOf([...words.not_negations, ...words.not_strengths]),
    cities: cities.size > 0 ? anyOf([...cities.keys()]) : /$^/g,
    cityOf: (word) => lower.get(word.toLowerCase()) ?? '',
    secrets: leak,
    fillers: fillersOf(words),
    asks: strengths.find(([name]) => name === 'ask')![1],
    bound: anyOf([...words.lower, ...words.upper]),
    light: anyOf([
      ...words.plain,
      ...(words.strengths.ask ?? []),
      ...words.lower,
      ...words.upper,
      ...words.superlatives,
      ...words.bounding,
    ]),
    bounding: anyOf([
      ...words.lower,
      ...words.upper,
      ...words.superlatives,
      ...words.softeners,
      ...words.bounding,
    ]),
    omissible: anyOf(
      [
        ...words.plain,
        ...(words.strengths.ask ?? []),
        ...words.superlatives,
        ...words.bounding,
        ...words.omissible,
      ].filter((w) => !words.kept.includes(w)),
    ),
    keeps: anyOf([...words.kept, ...words.qualifiers, ...words.levels, ...words.negations].map(same)),
    saysNothing: anyOf(
      [...words.plain, ...words.turns, ...words.persons, ...(words.strengths.ask ?? [])].filter(
        (w) => !words.kept.includes(w),
      ),
    ),
    allows: anyOf(words.allowing),
    turning: anyOf(words.turning),
    wishes: new RegExp(`(?<=^.{0,2})(?:${words.wishes.join('|')})`),
    wished: new RegExp(words.wishes.join('|'), 'g'),
    ordered: anyOf([...words.roles, ...words.levels].map(same)),
    generic: new Set(words.roles.join('')),
    unify,
    same,
  };
}

function fillersOf(words: GuardWords): Lexicon['fillers'] {
  const out = new Map<string, [string, 'plain' | 'joining' | 'turns'][]>();
  const add = (list: readonly string[], kind: 'plain' | 'joining' | 'turns') => {
    for (const word of list) out.set(word[0]!, [...(out.get(word[0]!) ?? []), [word, kind]]);
  };
  add(words.plain, 'plain');
  add(words.persons, 'plain');
  add(words.joining, 'joining');
  add(words.turns, 'turns');
  // Asking needs evidence that asks, and the check of strengths sees to that.
  for (const name of ['must', 'ask']) add(words.strengths[name] ?? [], 'plain');
  return out;
}

/** 1 where a word stands that says nothing as a whole, whatever its characters would say alone (需要留意的是, 供您参考). */
export function harmless(lexicon: Lexicon, s: string): Uint8Array {
  return mask(s, lexicon.re.plain, (w) => w.length > 1);
}

/** Whether the asker is spoken of, other than in a set phrase (您问的, 供您参考). */
export function personal(lexicon: Lexicon, s: string): boolean {
  const free = harmless(lexicon, s);
  return [...s.matchAll(lexicon.re.persons)].some((m) => free[m.index] !== 1);
}

/** Whether a segment holds words that stand for something: more than set phrases, cities and words of asking. */
export function says(lexicon: Lexicon, segment: string): boolean {
  const free = harmless(lexicon, segment);
  const { plain, persons, turns, joining } = lexicon.re;
  for (const re of [plain, persons, turns, joining, lexicon.cities, ...lexicon.strengths.map(([, x]) => x)])
    for (const m of segment.matchAll(re)) free.fill(1, m.index, m.index + m[0].length);
  return [...segment].filter((c, i) => free[i] !== 1 && /[\p{L}\p{N}]/u.test(c)).length >= 3;
}

/** Whether a phrase denies something. @param figures stretches whose characters are figures (不低于2亿元 denies nothing) */
export function denies(
  lexicon: Lexicon,
  phrase: string,
  figures: readonly (readonly [number, number])[],
): boolean {
  const free = mask(phrase, lexicon.innocent);
  for (const [from, to] of figures) free.fill(1, from, to);
  return [...phrase.matchAll(lexicon.re.negations)].some((m) => free[m.index] !== 1);
}
