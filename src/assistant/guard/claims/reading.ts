import { claims, tornOff } from '../checks/quantities.js';
import { levels, negations, strengths } from '../checks/strengths.js';
import type { Compiled, Context } from '../context.js';
import { type Figure, figuresOf, sameFigure } from '../figures.js';
import type { Lexicon } from '../lexicon.js';
import { first, has, mask } from '../text.js';
import { isToken, trackOf } from '../track.js';
import { type Claim, claimsOf } from './claims.js';
import { conditionsFirst, divide } from './divide.js';
import { Cut, partsOf } from './parts.js';
import { type Saying, withPairs } from './saying.js';
import { together } from './together.js';
import { saysAll } from './wholly.js';

/** Most parts of a sentence that is read so. */
const MOST = 14;

/**
 * The second reading of a sentence that stands in another order than the evidence: it may leave when it can be divided into groups that
 * each say one claim of the evidence, the whole of it and nothing else. What holds a claim (its condition, whom it is about, the wish it
 * stands under, what it is an alternative to) is part of it and said with it. So an exchanged figure, a lost year, a wish made a fact, an
 * "or" turned "and" leave something over on one side.
 */
export function told(c: Context): boolean {
  const { lexicon, proofs } = c;
  // 泉州市、安溪县 where the evidence has 晋江市、安溪县: one of a list of places is no city that goes without saying.
  if ((c.s.match(lexicon.re.listed) ?? []).some((w) => has(lexicon.cities, w) && !c.text.includes(w)))
    return false;
  const read = proofs.map((p) => readOf(p, lexicon));
  const text = read.map((r) => r.text).join('\n');
  const s = chosen(lexicon.same(c.s), lexicon);
  const presenting = mask(s, lexicon.re.telling);
  const figures = figuresOf(s, lexicon.bounding).filter(({ q }) =>
    presenting.subarray(q.start, q.end).includes(0),
  );
  // What allows, encourages or forbids is part of the claims; what asks is not.
  const asking = lexicon.strengths.filter(([name]) => name === 'must' || name === 'ask');
  const context: Context = { ...c, s, figures, text, lexicon: { ...lexicon, strengths: asking } };
  const rest = [levels, strengths, negations, claims];
  if (rest.some((check) => check(context) !== null)) return false;
  const all = read.flatMap((r) => r.claims);
  const held = all.flatMap((x) => x.figures);
  if (figures.some((f) => !held.some((g) => sameFigure(f.q, g.q, lexicon.words.measures)))) {
    return false;
  }
  const vague = (f: Figure): boolean =>
    f.q.bound !== 'about' &&
    tornOff(
      context,
      f,
      proofs.flatMap((p) => p.figures.map((g) => ({ p, g }))),
    ) !== null;
  if (figures.some((f) => vague(f) || opposed(s, f, lexicon))) return false;
  const track = trackOf(s, figures, lexicon);
  const free = freeOf(s, context);
  const sayingsOf = (cut: Cut): Saying[] =>
    partsOf(s, track, figures, lexicon, cut).map((part): Saying => {
      const settled = Uint8Array.from(part.chars, (c, i) =>
        isToken(c) || part.light[i] === 1 ? 1 : free[track.at[part.from + i]!]!,
      );
      const needs = [...settled.keys()].filter((i) => settled[i] !== 1);
      return withPairs({
        ...part,
        words: s.slice(track.at[part.from], track.at[part.end] ?? s.length),
        needs,
        empty:
          part.figures.length === 0 &&
          needs.length === 0 &&
          !part.may &&
          part.soft.length === 0 &&
          !has(lexicon.re.roles, part.chars),
      });
    });
  const whole = sayingsOf(Cut.Commas);
  // What a sentence does not say anywhere it says nowhere.
  const said = new Set(whole.flatMap((x) => [...x.pairs]));
  const some = all.filter((claim) => saysAll(whole, claim, lexicon, said));
  if (some.length === 0) return false;
  const agrees = (clause: readonly Saying[]) =>
    divide(
      clause,
      some,
      lexicon,
      (groups) => groups.length > 0 && groups.every((g) => together(g, groups, clause, lexicon)),
    );
  let before = 0;
  return [Cut.Commas, Cut.Lists, Cut.Turns].some((cut) => {
    const sayings = cut === Cut.Commas ? whole : sayingsOf(cut);
    if (sayings.length === before || sayings.length > MOST) return false;
    before = sayings.length;
    const clauses = clausesOf(sayings);
    return (
      clauses.length > 0 &&
      clauses.every((clause) => agrees(clause) || agrees(conditionsFirst(clause, some, lexicon)))
    );
  });
}

/** Whether words of a floor and of a ceiling stand about one figure: 至少包括1家以内. */
function opposed(s: string, { q, whole }: Figure, lexicon: Lexicon): boolean {
  const { lower, upper } = lexicon.words;
  const words = [...s.slice(whole.start, whole.end + 2).matchAll(lexicon.bound)].map((m) => m[0]);
  const least = q.bound === 'at-least' || q.bound === 'over';
  const most = q.bound === 'at-most' || q.bound === 'under';
  return words.some((w) => (least && upper.includes(w)) || (most && lower.includes(w)));
}

/** Evidence as read: in one word for each meaning, and its claims. */
interface Read {
  text: string;
  claims: readonly Claim[];
}

/** A memory of work done, never of what was decided; a text is the same in every question. */
const READ = new WeakMap<Lexicon, Map<string, Read>>();

/** Most texts that are remembered. */
const REMEMBERED = 400;

function readOf(p: Compiled, lexicon: Lexicon): Read {
  const memory = READ.get(lexicon) ?? new Map<string, Read>();
  READ.set(lexicon, memory);
  const headed = p.names.some((name) => has(lexicon.re.roles, name));
  const key = `${headed ? '+' : '-'}${p.text}`;
  const known = memory.get(key);
  if (known) return known;
  const text = lexicon.same(p.text);
  const read = { text, claims: claimsOf(text, headed, lexicon) };
  if (memory.size >= REMEMBERED) memory.delete(memory.keys().next().value!);
  memory.set(key, read);
  return read;
}

/** The sayings of each clause of a sentence; none of those that say nothing. */
function clausesOf(sayings: readonly Saying[]): Saying[][] {
  const out = new Map<number, Saying[]>();
  for (const x of sayings) out.set(x.clause, [...(out.get(x.clause) ?? []), x]);
  return [...out.values()].filter((list) => !list.every((x) => x.empty));
}

/** 1 where words stand that say nothing: fillers, cities, names of the evidence's matter and whom these name. */
function freeOf(s: string, { lexicon, proofs, figures, text }: Context): Uint8Array {
  const free = new Uint8Array(s.length);
  // 必须, 一律: a strength is the evidence's own.
  const strong = (word: string) => lexicon.words.strengths.must?.includes(word) && !text.includes(word);
  for (let i = 0; i < s.length; i++)
    for (const [word, kind] of lexicon.fillers.get(s[i]!) ?? [])
      if (kind !== 'joining' && s.startsWith(word, i) && !strong(word)) free.fill(1, i, i + word.length);
  const named = proofs.flatMap((p) => p.names).map((name) => lexicon.same(name));
  const names = new Set([...named, ...named.flatMap((name) => name.match(lexicon.re.roles) ?? [])]);
  for (const name of names)
    for (let i = s.indexOf(name); i >= 0; i = s.indexOf(name, i + 1))
      // 企业牵头的，: a name that is made a condition says something.
      if (!has(lexicon.re.conditioned, s.slice(i + name.length))) free.fill(1, i, i + name.length);
  for (const re of [lexicon.cities, lexicon.re.telling])
    for (const m of s.matchAll(re)) free.fill(1, m.index, m.index + m[0].length);
  // 达到2000万元以上: what leads to a figure.
  for (const { q } of figures) {
    const led = first(lexicon.re.leading, s.slice(0, q.outerStart)) ?? '';
    free.fill(1, q.outerStart - led.length, q.outerStart);
  }
  return free;
}

/** Without words that only say again that one of two is enough, where a 或 says it right before or after. */
function chosen(s: string, lexicon: Lexicon): string {
  const found = s.match(lexicon.re.choosing) ?? [];
  const out = s.replace(lexicon.re.choosing, '');
  const [last] = found.slice(-1);
  const tail = last === undefined ? '' : s.slice(s.indexOf('或'), s.lastIndexOf(last));
  return parted(out, lexicon) && !/[，；：]/.test(tail) ? out : s;
}

/** Whether one 或 parts two figures or two certificates; of anything else it would be news that one is enough. */
function parted(s: string, lexicon: Lexicon): boolean {
  const [before, after, ...more] = s.split('或');
  if (before === undefined || after === undefined || more.length > 0) return false;
  const sides = [
    before
      .replace(/[，：]$/, '')
      .split(/[，。；：]/)
      .at(-1)!,
    after.split(/[，。；：]/)[0]!,
  ];
  return (
    sides.every((side) => has(lexicon.re.levels, side)) ||
    sides.every((side) => figuresOf(side, lexicon.bounding).length > 0)
  );
}
