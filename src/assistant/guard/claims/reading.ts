import { claims, tornOff } from '../checks/quantities.js';
import { levels, negations, strengths } from '../checks/strengths.js';
import type { Compiled, Context } from '../context.js';
import { figuresOf } from '../figures.js';
import type { Lexicon } from '../lexicon.js';
import { has } from '../text.js';
import { trackOf } from '../track.js';
import { type Atom, rowsOf } from './atoms.js';
import { conditionsFirst, divide, type Group, type Omissible, type Saying, saysAll } from './match.js';
import { partsOf } from './parts.js';
import { inItsWords } from './thesaurus.js';

/** Most parts of a sentence that is read so. */
const MOST = 14;

/**
 * The second reading of a sentence that stands in another order than the evidence: it may leave when it can be divided into groups that
 * each say one part of the evidence, the whole of it and nothing else. What holds a part (its condition, whom it is about, what it is an
 * alternative to) is said with it. So an exchanged figure, a lost year, an "or" turned "and" leave something over on one side.
 */
export function restated(c: Context): boolean {
  const { lexicon, proofs, text } = c;
  const s = inItsWords(c.s, text, lexicon);
  const presenting = maskOf(lexicon.re.telling, s);
  const figures = figuresOf(s, lexicon.bounding).filter(({ q }) =>
    presenting.subarray(q.start, q.end).includes(0),
  );
  const context: Context = { ...c, s, figures };
  const track = trackOf(s, figures, lexicon);
  const free = freeOf(s, context);
  const rest = [levels, strengths, negations, claims];
  if (rest.some((check) => check(context) !== null)) return false;
  const held = proofs.flatMap((p) => p.figures.map((g) => ({ p, g })));
  if (figures.some((f) => tornOff(context, f, held) !== null)) return false;
  const atoms = proofs.flatMap((p) => atomsHeld(p, lexicon));
  const omissible = (chars: string) => maskOf(lexicon.omissible, chars);
  const agrees = (clause: readonly Saying[]) =>
    divide(
      clause,
      atoms,
      omissible,
      lexicon,
      (groups) => groups.length > 0 && groups.every((g) => together(g, groups, clause, omissible, lexicon)),
    );
  return [false, true].some((finely) => {
    const sayings = partsOf(track, figures, lexicon, finely).map((part): Saying => {
      const mask = Uint8Array.from(part.chars, (_, i) => free[track.at[part.from + i]!]!);
      return { ...part, free: mask, empty: part.figures.length === 0 && mask.every((x) => x === 1) };
    });
    return (
      sayings.length <= MOST &&
      clausesOf(sayings).every(
        (clause) => agrees(clause) || agrees(conditionsFirst(clause, atoms, omissible, lexicon)),
      )
    );
  });
}

/** Evidence as read; a memory of work done. */
const READ = new WeakMap<Compiled, Atom[]>();

function atomsHeld(p: Compiled, lexicon: Lexicon): Atom[] {
  const known =
    READ.get(p) ??
    rowsOf(
      p.text,
      p.names.some((name) => has(lexicon.re.roles, name)),
      lexicon,
    ).flat();
  READ.set(p, known);
  return known;
}

/** The sayings of each clause of a sentence; none of those that say nothing. */
function clausesOf(sayings: readonly Saying[]): Saying[][] {
  const out = new Map<number, Saying[]>();
  for (const x of sayings) out.set(x.clause, [...(out.get(x.clause) ?? []), x]);
  return [...out.values()].filter((list) => !list.every((x) => x.empty));
}

const CONDITION = /^(?:牵头|作为牵头单位)?(?:的|时|后|中|下|者|的话)[，。；：]/;

/** 1 where words stand that say nothing: fillers, cities, names of the evidence's matter and whom these name. */
function freeOf(s: string, { lexicon, proofs, figures, text }: Context): Uint8Array {
  const free = new Uint8Array(s.length);
  // 必须, 一律: a strength is the evidence's own.
  const strong = (word: string) => lexicon.words.strengths.must?.includes(word) && !text.includes(word);
  for (let i = 0; i < s.length; i++)
    for (const [word, kind] of lexicon.fillers.get(s[i]!) ?? [])
      if (kind !== 'joining' && s.startsWith(word, i) && !strong(word)) free.fill(1, i, i + word.length);
  const named = proofs.flatMap((p) => p.names);
  const names = new Set([...named, ...named.flatMap((name) => name.match(lexicon.re.roles) ?? [])]);
  for (const name of names)
    for (let i = s.indexOf(name); i >= 0; i = s.indexOf(name, i + 1))
      // 企业牵头的，: a name that is made a condition says something.
      if (!CONDITION.test(s.slice(i + name.length))) free.fill(1, i, i + name.length);
  for (const re of [lexicon.cities, lexicon.re.telling])
    for (const m of s.matchAll(re)) free.fill(1, m.index, m.index + m[0].length);
  // 达到2000万元以上: what leads to a figure.
  for (const { q } of figures) {
    const [led] = /(?:达到?|满|为|是|在|有|到|设为|定为)$/.exec(s.slice(0, q.outerStart)) ?? [''];
    free.fill(1, q.outerStart - led.length, q.outerStart);
  }
  return free;
}

function maskOf(re: RegExp, text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  for (const m of text.matchAll(re)) out.fill(1, m.index, m.index + m[0].length);
  return out;
}

/** Whether what belongs with a group's atom is said: its limits, its other alternative, and the order of whom it speaks of. */
function together(
  g: Group,
  all: readonly Group[],
  clause: readonly Saying[],
  omissible: Omissible,
  lexicon: Lexicon,
): boolean {
  const { atom } = g;
  const chars = clause
    .slice(g.from, g.to)
    .map((x) => x.chars)
    .join('，');
  // What is under a condition is said under it and under no other.
  const limits = all.filter((x) => x.atom.limit);
  if (atom.limit) {
    if (limits.length === all.length) return false;
  } else {
    const said = (words: string) =>
      limits.some((x) => x.atom.chars === words) || saysAll(clause, words, omissible, []);
    if (!atom.under.every(said)) return false;
    if (!limits.every((x) => atom.under.includes(x.atom.chars))) return false;
  }
  // What is given up to an amount is not said without it.
  if (atom.cap !== '' && !all.some((x) => x.atom.chars === atom.cap)) return false;
  // One of two is never said alone, nor as both.
  const { alternatives, links } = lexicon.words;
  const says = (text: string) => [...text].some((c) => alternatives.includes(c));
  if (atom.either !== says(chars.slice(1))) return false;
  if (atom.other === '') {
    // 不参加的，或连续2次不合格的: only behind the other condition.
    if (says(chars.slice(0, 1)) && !(atom.instead && limits.length > 0)) return false;
  } else {
    const beside = all.find((x) => x.atom.chars === atom.other);
    if (!beside || Math.abs(all.indexOf(beside) - all.indexOf(g)) !== 1) return false;
    const later = beside.from < g.from ? g : beside;
    if (!says(clause[later.from]!.chars.slice(0, 1))) return false;
  }
  const joined = (i: number) =>
    links.includes(chars[i]!) &&
    !alternatives.includes(chars[i]!) &&
    !atom.pairs.has(chars.slice(i, i + 2)) &&
    !atom.pairs.has(chars.slice(i - 1, i + 1));
  if ((atom.either || atom.other !== '') && [...chars].some((_, i) => joined(i))) return false;
  return inOrder(atom.roles, chars);
}

/** Whether those of whom several are named stand in the same order. */
function inOrder(roles: readonly string[], chars: string): boolean {
  if (new Set(roles).size < 2) return true;
  let from = 0;
  for (const role of roles) {
    const at = chars.indexOf(role, from);
    if (at < 0) return false;
    from = at + role.length;
  }
  return true;
}
