import type { Lexicon } from '../lexicon.js';
import type { Claim } from './claims.js';
import type { Saying } from './saying.js';
import { keeps, names, once, saysAll } from './wholly.js';
import { parted, within } from './within.js';

/** Sayings `from` up to `to` say one claim. */
export interface Group {
  from: number;
  to: number;
  claim: Claim;
}

/** Most steps of a search. */
const STEPS = 400;

/**
 * Whether sayings can be divided into groups that each say one claim wholly and nothing else, so that all `agree`. Every character of
 * a group stands with a neighbour in the claim (or in its conditions, or names whom it is about), or needs no evidence; every
 * character of the claim stands with a neighbour in the group, or may be left out; figures are the same and bound the same.
 */
export function divide(
  sayings: readonly Saying[],
  claims: readonly Claim[],
  lexicon: Lexicon,
  agrees: (groups: readonly Group[]) => boolean,
): boolean {
  const said = new Set<string>();
  for (const x of sayings) for (const pair of x.pairs) said.add(pair);
  const framing = sayings.filter((x) => x.empty);
  const fits = sayings.map((x) => (x.empty ? null : new Set(claims.filter((c) => within(x, c, lexicon)))));
  if (fits.some((f) => f?.size === 0)) return false;
  const complete = new Map<Claim, Map<number, boolean>>();
  const whole = (from: number, to: number, c: Claim): boolean => {
    const known = complete.get(c) ?? new Map<number, boolean>();
    complete.set(c, known);
    const key = from * 64 + to;
    if (!known.has(key))
      known.set(
        key,
        saysAll([...sayings.slice(from, to), ...framing], c, lexicon, said) &&
          (c.of.length === 0 || parted(sayings.slice(from, to), c, lexicon)) &&
          once(sayings.slice(from, to), c, lexicon) &&
          keeps(sayings, from, to, c, lexicon) &&
          names(said, c, lexicon),
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
      for (const claim of inside[0] ?? [])
        if (
          inside.every((f) => f.has(claim)) &&
          whole(from, to, claim) &&
          walk(to, [...groups, { from, to, claim }])
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
  claims: readonly Claim[],
  lexicon: Lexicon,
): Saying[] {
  const limits = claims.filter((c) => c.limit);
  const condition = (x: Saying) =>
    !x.empty && limits.some((c) => within(x, c, lexicon) && saysAll([x], c, lexicon) && !x.may);
  const first = sayings.filter(condition);
  return [...first, ...sayings.filter((x) => !first.includes(x))];
}
