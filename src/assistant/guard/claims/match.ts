import { type Figure, sameFigure } from '../figures.js';
import type { Lexicon } from '../lexicon.js';
import { isToken } from '../track.js';
import type { Atom } from './atoms.js';
import { type Part, pairsIn } from './parts.js';

/** A part of a sentence, and which of its characters need no evidence. */
export interface Saying extends Part {
  /** 1 where words stand that say nothing, a city or a name. */
  free: Uint8Array;
  /** True when nothing of it needs evidence. */
  empty: boolean;
}

/** Sayings `from` up to `to` say one atom. */
export interface Group {
  from: number;
  to: number;
  atom: Atom;
}

/** What words may be left out of a part of the evidence: 1 where one stands. */
export type Omissible = (chars: string) => Uint8Array;

/**
 * The ways to divide sayings into groups that each say one atom wholly and nothing else; the first that `agrees`, or null. Every
 * character of a group stands with a neighbour in the atom (or in its conditions, or names whom it is about), or needs no evidence; every character of the
 * atom stands with a neighbour in the group, or may be left out; figures are the same and bound the same.
 */
export function divide(
  sayings: readonly Saying[],
  atoms: readonly Atom[],
  omissible: Omissible,
  lexicon: Lexicon,
  agrees: (groups: readonly Group[]) => boolean,
): boolean {
  const said = new Set(sayings.flatMap((x) => [...pairsIn(x.chars)]));
  // What softens one part softens those behind it.
  const softened = (to: number) =>
    sayings.slice(0, to).flatMap((x) => x.chars.match(lexicon.re.softeners) ?? []);
  const fits = sayings.map((x) => (x.empty ? null : new Set(atoms.filter((a) => within(x, a, lexicon)))));
  if (fits.some((f) => f?.size === 0)) return false;
  const complete = new Map<Atom, Map<number, boolean>>();
  const whole = (from: number, to: number, a: Atom): boolean => {
    const known = complete.get(a) ?? new Map<number, boolean>();
    complete.set(a, known);
    const key = from * 64 + to;
    if (!known.has(key))
      known.set(
        key,
        saysAll(sayings.slice(from, to), a.chars, omissible, softened(to)) && names(said, a, omissible),
      );
    return known.get(key)!;
  };
  let left = STEPS;
  const walk = (from: number, groups: readonly Group[]): boolean => {
    if (from === sayings.length) return agrees(groups);
    if (left-- <= 0) return false;
    if (sayings[from]!.empty && walk(from + 1, groups)) return true;
    for (let to = sayings.length; to > from; to--) {
      const inside = fits.slice(from, to).filter((f) => f !== null);
      for (const atom of inside[0] ?? [])
        if (
          inside.every((f) => f.has(atom)) &&
          whole(from, to, atom) &&
          walk(to, [...groups, { from, to, atom }])
        )
          return true;
    }
    return false;
  };
  return walk(0, []);
}

/** Conditions before what they are conditions of: 至于共建企业，高校牵头的，要有1家. */
export function conditionsFirst(
  sayings: readonly Saying[],
  atoms: readonly Atom[],
  omissible: Omissible,
  lexicon: Lexicon,
): Saying[] {
  const limits = atoms.filter((a) => a.limit);
  const condition = (x: Saying) =>
    !x.empty && limits.some((a) => within(x, a, lexicon) && saysAll([x], a.chars, omissible, []));
  const first = sayings.filter(condition);
  return [...first, ...sayings.filter((x) => !first.includes(x))];
}

/** Most steps of a search. */
const STEPS = 200;

/** Whether all that a saying says stands in an atom. */
export function within(x: Saying, a: Atom, lexicon: Lexicon): boolean {
  if (!x.figures.every((f) => held(f, a, lexicon))) return false;
  const { chars, free } = x;
  const known = (i: number): boolean => {
    const pair = chars.slice(i, i + 2);
    return (
      pair.length === 2 &&
      (a.pairs.has(pair) || a.ground.has(pair) || a.subject.includes(pair) || a.may.includes(pair))
    );
  };
  const { joining } = lexicon.words;
  for (let i = 0; i < chars.length; i++) {
    if (free[i] === 1 || isToken(chars[i]) || known(i) || (i > 0 && known(i - 1))) continue;
    // 制定权和分解权 where the evidence has 制定权、分解权; 和 at the head of a part joins it to the one before.
    const between = i === 0 || a.pairs.has(chars[i - 1]! + chars[i + 1]!);
    if (!joining.includes(chars[i]!) || !between || a.either) return false;
  }
  return true;
}

function held(f: Figure, a: Atom, lexicon: Lexicon): boolean {
  return [...a.figures, ...a.dates].some(
    (g) => sameFigure(f.q, g.q, lexicon.words.measures) && f.q.bound === g.q.bound,
  );
}

/** Whether sayings say all of a part's words. @param soft softeners that the sentence holds: one holds of what comes after it too */
export function saysAll(
  sayings: readonly Saying[],
  words: string,
  omissible: Omissible,
  soft: readonly string[],
): boolean {
  const pairs = new Set(sayings.flatMap((x) => [...x.pairs]));
  const tokens = new Set(sayings.flatMap((x) => [...x.chars].filter(isToken)));
  const may = omissible(words);
  const softened = soft.find((w) => words.startsWith(w))?.length ?? 0;
  for (let i = softened; i < words.length; i++) {
    const c = words[i]!;
    if (isToken(c)) {
      if (!tokens.has(c)) return false;
      continue;
    }
    const said = pairs.has(words.slice(i, i + 2)) || (i > 0 && pairs.has(words.slice(i - 1, i + 1)));
    if (may[i] !== 1 && !said && !(i === 0 && LEADING.test(c))) return false;
  }
  return true;
}

/** What only joins a part to the one before. */
const LEADING = /[且并和与及或]/;

/** Whether a sentence names whom an atom is about by a part before it. */
function names(said: ReadonlySet<string>, a: Atom, omissible: Omissible): boolean {
  const may = omissible(a.subject);
  for (let i = 0; i < a.subject.length; i++) {
    if (may[i] === 1 || isToken(a.subject[i])) continue;
    if (!said.has(a.subject.slice(i, i + 2)) && !(i > 0 && said.has(a.subject.slice(i - 1, i + 1))))
      return false;
  }
  return true;
}
