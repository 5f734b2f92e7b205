import { type Figure, sameFigure } from '../figures.js';
import type { Lexicon } from '../lexicon.js';
import { has, mask } from '../text.js';
import { isToken } from '../track.js';
import type { Claim } from './claims.js';
import { addPairs, type Part, without } from './parts.js';

/** A part of a sentence, and which of its characters need no evidence. */
export interface Saying extends Part {
  /** Its words, as written. */
  words: string;
  /** The characters that need evidence, by their index. */
  needs: readonly number[];
  /** True when nothing of it needs evidence. */
  empty: boolean;
}

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
        saysAll([...sayings.slice(from, to), ...framing], c, said) &&
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
    !x.empty && limits.some((c) => within(x, c, lexicon) && saysAll([x], c) && !x.may);
  const first = sayings.filter(condition);
  return [...first, ...sayings.filter((x) => !first.includes(x))];
}

/** Whether all that a saying says stands in a claim; of one that is made of several, all of one before all of the next. */
export function within(x: Saying, c: Claim, lexicon: Lexicon): boolean {
  if (!x.figures.every((f) => held(f, x, c, lexicon))) return false;
  // Whom it is about is no name that may stand anywhere.
  const whom = x.chars.match(lexicon.re.roles) ?? [];
  if (c.subject !== '' && !whom.every((w) => [c.chars, c.subject, c.ground].some((t) => t.includes(w))))
    return false;
  if (c.of.length === 0) return unknown(x, c, lexicon).length === 0 && ranked(x, c);
  return parted([x], c, lexicon);
}

/** Whether sayings say all of one part of a claim before all of the next; a condition may come after its rule. */
function parted(sayings: readonly Saying[], c: Claim, lexicon: Lexicon): boolean {
  const unknowns = c.of.map((p) => {
    let before = 0;
    return sayings.flatMap((x) => {
      const from = before;
      before += x.needs.length;
      return unknown(x, p, lexicon).map((k) => from + k);
    });
  });
  return inTurn(unknowns) || (c.of[0]!.limit && inTurn([...unknowns].reverse()));
}

/** Whether places can be parted so that each stretch holds none that is unknown to its claim. @param unknowns of each claim, in their order */
function inTurn(unknowns: readonly (readonly number[])[]): boolean {
  let from = 0;
  for (const list of unknowns) from = list.find((k) => k >= from) ?? Number.POSITIVE_INFINITY;
  return from === Number.POSITIVE_INFINITY;
}

/** Which characters of a saying that need evidence (by their place among these) have none in a claim. */
function unknown(x: Saying, c: Claim, lexicon: Lexicon): number[] {
  const { chars, needs } = x;
  const known = (pair: string): boolean =>
    pair.length === 2 && (c.pairs.has(pair) || c.ground.includes(pair) || c.subject.includes(pair));
  const { joining } = lexicon.words;
  const out: number[] = [];
  for (const [k, i] of needs.entries()) {
    if (known(chars.slice(i, i + 2)) || (i > 0 && known(chars.slice(i - 1, i + 1)))) continue;
    const before = needs[k - 1];
    const after = needs[k + 1];
    if (after !== undefined && known(chars[i]! + chars[after]!)) continue;
    if (before !== undefined && known(chars[before]! + chars[i]!)) continue;
    // 制定权和分解权 where the evidence has 制定权、分解权; 和 at the head of a part joins it to the one before.
    const between = i === 0 || c.pairs.has(chars[i - 1]! + chars[i + 1]!);
    if (!joining.includes(chars[i]!) || !between || c.either) out.push(k);
  }
  return out;
}

/** Of several figures of one claim each stands beside the same word as there: 企业5家 and 单位2家 are not 企业2家. */
function ranked(x: Saying, c: Claim): boolean {
  if (c.figures.filter((f) => f.q.unit === 'count').length < 2) return true;
  for (let i = 0; i < x.chars.length; i++) {
    if (!isToken(x.chars[i])) continue;
    const next = x.needs.find((k) => k > i);
    const last = x.needs.findLast((k) => k < i);
    if (next !== undefined && follows(x, c, i, 1)) continue;
    if (last !== undefined && follows(x, c, i, -1)) continue;
    return false;
  }
  return true;
}

/** Whether the two characters beside a figure stand beside it in a claim too. */
function follows(x: Saying, c: Claim, i: number, by: 1 | -1): boolean {
  const near = by === 1 ? x.needs.filter((k) => k > i).slice(0, 2) : x.needs.filter((k) => k < i).slice(-2);
  const words = near.map((k) => x.chars[k]).join('');
  const core = without(c.chars, c.light);
  // 9550家企业 is 企业9550家.
  return (
    core.includes(by === 1 ? x.chars[i] + words : words + x.chars[i]) ||
    (by === 1 && core.includes(words + x.chars[i]))
  );
}

/** Whether a claim, or a date that it stands under, holds a figure, bound alike. */
function held(f: Figure, x: Saying, c: Claim, lexicon: Lexicon): boolean {
  const { measures } = lexicon.words;
  return [...c.figures, ...c.dates].some(
    (g) =>
      sameFigure(f.q, g.q, measures) &&
      (f.q.bound === g.q.bound ||
        (f.q.bound === null && g.q.bound === 'at-least' && has(lexicon.re.attains, x.words)) ||
        (f.q.bound === null && g.q.bound === 'at-most' && has(lexicon.re.ceilings, x.words))),
  );
}

/** Whether sayings say all of a claim's words. @param said pairs of the whole sentence: whom it is about may be named anywhere in it */
export function saysAll(sayings: readonly Saying[], c: Claim, said?: ReadonlySet<string>): boolean {
  const { chars, loose } = c;
  // What a claim begins with is what it is about; of what is counted it says which, and stands beside its figure.
  const counts = c.figures.some((f) => f.q.unit === 'count');
  const topic = c.limit || c.figures.length > 0 ? '' : without(chars, c.light).slice(0, TOPIC);
  const named = said && !counts ? `${c.roles.join('，')}，${topic}` : '';
  const has = (pair: string): boolean =>
    sayings.some((x) => x.pairs.has(pair)) || (named.includes(pair) && said!.has(pair));
  let before = -1;
  for (let i = 0; i < chars.length; i++) {
    if (loose[i] === 1) continue;
    const last = before;
    before = i;
    if (isToken(chars[i])) {
      if (!sayings.some((x) => x.chars.includes(chars[i]!))) return false;
      continue;
    }
    if (has(chars.slice(i, i + 2)) || (i > 0 && has(chars.slice(i - 1, i + 1)))) continue;
    if (last >= 0 && has(chars[last]! + chars[i]!)) continue;
    let next = i + 1;
    while (next < chars.length && loose[next] === 1) next++;
    if (next < chars.length && has(chars[i]! + chars[next]!)) continue;
    if (i === 0 && LEADING.test(chars[i]!)) continue;
    return false;
  }
  return true;
}

/** Most characters of what a claim is about. */
const TOPIC = 4;

/** What only joins a part to the one before. */
const LEADING = /[且并和与及或]/;

/** Whether what allows, softens or wishes a claim is said of it, and nothing of it that is not there. */
function keeps(sayings: readonly Saying[], from: number, to: number, c: Claim, lexicon: Lexicon): boolean {
  const group = sayings.slice(from, to);
  const sofar = sayings.slice(0, to);
  const may = group.some((x) => x.may);
  // 最高可达2000万元: what has a ceiling is allowed as far as it goes.
  const capped = c.figures.some((f) => f.q.unit === 'CNY' && f.q.bound === 'at-most');
  if (!capped && (c.may ? !sayings.some((x) => x.may) : may && !c.allowed)) return false;
  if (c.allowed && !sofar.some((x) => x.may)) return false;
  const own = [...c.soft, ...c.softened];
  // What softens a figure stands before it or beside it: 企业数量不低于50%，一般且覆盖… softens what follows.
  const figure = group.findIndex((x) => x.figures.length > 0);
  const softening = figure < 0 ? sofar : sayings.slice(0, from + figure + 1);
  if (!own.every((w) => softening.some((x) => x.soft.includes(w)))) return false;
  if (!group.every((x) => x.soft.every((w) => own.includes(w)))) return false;
  // 支持…申报多种融资支持政策 has the word twice, and once is not said without the other.
  const wished = (t: string) => t.match(lexicon.wished)?.length ?? 0;
  if (wished(group.map((x) => x.chars).join('，')) < wished(c.chars)) return false;
  return c.wish === '' || sofar.some((x) => x.chars.includes(c.wish));
}

/** Whether nothing is said more often than there, and figures stand in their order: 5762万元 of 2025年, not the other way round. */
function once(sayings: readonly Saying[], c: Claim, lexicon: Lexicon): boolean {
  const there = [c.chars, c.subject, ...c.under.map((l) => l.chars)].join('，');
  const counts = new Map<string, number>();
  for (const x of sayings) {
    const may = mask(x.chars, lexicon.omissible);
    for (const i of x.needs) if (may[i] !== 1) counts.set(x.chars[i]!, (counts.get(x.chars[i]!) ?? 0) + 1);
  }
  for (const [char, n] of counts)
    if (
      n > 1 &&
      !lexicon.generic.has(char) &&
      !lexicon.words.joining.includes(char) &&
      there.split(char).length - 1 < n
    )
      return false;
  const order = [...c.chars].filter(isToken).join('');
  const mine = sayings.flatMap((x) => [...x.chars].filter((t) => isToken(t) && order.includes(t)));
  return mine.join('') === order;
}

/** Whether a sentence names whom a claim is about by a part before it. */
function names(said: ReadonlySet<string>, c: Claim, lexicon: Lexicon): boolean {
  const may = new Uint8Array(c.subject.length);
  for (const m of c.subject.matchAll(lexicon.omissible)) may.fill(1, m.index, m.index + m[0].length);
  for (let i = 0; i < c.subject.length; i++) {
    if (may[i] === 1 || isToken(c.subject[i])) continue;
    if (!said.has(c.subject.slice(i, i + 2)) && !(i > 0 && said.has(c.subject.slice(i - 1, i + 1))))
      return false;
  }
  return true;
}

/** Pairs of what is said of a saying, with and without what needs no evidence. */
export function withPairs(x: Saying): Saying {
  addPairs(x.pairs, x.needs.map((i) => x.chars[i]).join(''));
  return x;
}
