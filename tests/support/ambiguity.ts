/**
 * What makes a regular expression explode, read from its structure: a loop that can read the same words in two ways (each
 * round doubles the tries), and runs of any text behind one another (each multiplies the tries by the length).
 */
import { type AST, RegExpParser } from '@eslint-community/regexpp';

/** Rounds that a loop may take without being looked at; what is short cannot explode. */
const FEW = 4;

/** The loops of a pattern that read some text in two ways, each with such a text; empty for a harmless one. */
export function ambiguousLoops(source: string, flags: string): { loop: string; text: string }[] {
  const out: { loop: string; text: string }[] = [];
  each(parse(source, flags), (node) => {
    if (node.type !== 'Quantifier' || node.max <= FEW || isOne(node.element)) return;
    const text = twoWays(node, source, flags);
    if (text !== null) out.push({ loop: node.raw, text });
  });
  return out;
}

/** How many runs of any text, without a bound, follow one another; where a match may begin anywhere, that is one more. */
export function runsOfAnything(source: string, flags: string): number {
  const count = (node: AST.Node): number => {
    switch (node.type) {
      case 'Pattern':
      case 'Group':
      case 'CapturingGroup':
        return Math.max(...node.alternatives.map(count));
      case 'Assertion':
        return 'alternatives' in node ? Math.max(...node.alternatives.map(count)) : 0;
      case 'Alternative': {
        let so = 0;
        let most = 0;
        for (const e of node.elements) {
          // What is looked ahead at is done with once it is seen.
          most = Math.max(most, so + count(e));
          if (e.type !== 'Assertion') so += count(e);
        }
        return most;
      }
      case 'Quantifier': {
        const wide =
          isOne(node.element) && ['的', '我', '家'].every((c) => set(node.element.raw, flags).test(c));
        return (wide && node.max === Number.POSITIVE_INFINITY ? 1 : 0) + count(node.element);
      }
      default:
        return 0;
    }
  };
  const { alternatives } = parse(source, flags);
  const anchored = (a: AST.Alternative) =>
    a.elements[0]?.type === 'Assertion' && a.elements[0].kind === 'start';
  return Math.max(...alternatives.map((a) => count(a) + (anchored(a) || flags.includes('y') ? 0 : 1)));
}

const parse = (source: string, flags: string) =>
  new RegExpParser().parsePattern(source, 0, source.length, { unicode: flags.includes('u') });

type One = AST.Character | AST.CharacterSet | AST.CharacterClass;
const isOne = (node: AST.Node): node is One =>
  node.type === 'Character' || node.type === 'CharacterSet' || node.type === 'CharacterClass';

function each(node: AST.Node, visit: (node: AST.Node) => void): void {
  visit(node);
  if ('alternatives' in node) for (const part of node.alternatives) each(part, visit);
  else if (node.type === 'Alternative') for (const part of node.elements) each(part, visit);
  else if (node.type === 'Quantifier') each(node.element, visit);
}

const set = (raw: string, flags: string) => new RegExp(`^(?:${raw})$`, flags.replace(/[gyd]/g, ''));

/**
 * A part of a pattern by the characters it begins and ends with (their places in the pattern, each with the number of ways:
 * one, or two for several), and the number of ways to be empty. Looking around counts as nothing.
 */
interface Part {
  empty: number;
  first: Map<number, number>;
  last: Map<number, number>;
}

const capped = (n: number) => Math.min(n, 2);
const nothing = (): Part => ({ empty: 1, first: new Map(), last: new Map() });

function sum(a: Map<number, number>, b: Map<number, number>, times = 1): Map<number, number> {
  const out = new Map(a);
  if (times > 0) for (const [place, n] of b) out.set(place, capped((out.get(place) ?? 0) + n * times));
  return out;
}

/** Which character may follow which in a loop, and in how many ways (Glushkov's automaton, kept ambiguous). */
class Follow {
  readonly places: string[] = [];
  readonly next: Map<number, number>[] = [];

  part(node: AST.Node): Part {
    switch (node.type) {
      case 'Group':
      case 'CapturingGroup':
        return node.alternatives.map((a) => this.part(a)).reduce((a, b) => either(a, b));
      case 'Alternative':
        return node.elements.reduce((before, e) => this.behind(before, this.part(e)), nothing());
      case 'Quantifier':
        return this.repeated(node);
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass': {
        const place = this.places.push(node.raw) - 1;
        this.next.push(new Map());
        return { empty: 0, first: new Map([[place, 1]]), last: new Map([[place, 1]]) };
      }
      default:
        return nothing();
    }
  }

  /** From the end of a round to the beginning of the next. */
  again(part: Part): void {
    this.join(part.last, part.first);
  }

  private repeated({ min, max, element }: AST.Quantifier): Part {
    if (max === 0) return nothing();
    if (max > 3 && !(isOne(element) && max <= 16)) {
      const round = this.part(element);
      this.again(round);
      return { ...round, empty: min === 0 || round.empty > 0 ? 1 : 0 };
    }
    // x{1,3} is x(x(x)?)?
    const optional = (times: number): Part =>
      times === 0 ? nothing() : { ...this.behind(this.part(element), optional(times - 1)), empty: 1 };
    let out = nothing();
    for (let i = 0; i < min; i++) out = this.behind(out, this.part(element));
    return this.behind(out, optional(max - min));
  }

  private behind(a: Part, b: Part): Part {
    this.join(a.last, b.first);
    return {
      empty: capped(a.empty * b.empty),
      first: sum(a.first, b.first, a.empty),
      last: sum(b.last, a.last, b.empty),
    };
  }

  private join(last: Map<number, number>, first: Map<number, number>): void {
    for (const [from, n] of last) {
      for (const [to, m] of first) this.next[from]!.set(to, capped((this.next[from]!.get(to) ?? 0) + n * m));
    }
  }
}

const either = (a: Part, b: Part): Part => ({
  empty: capped(a.empty + b.empty),
  first: sum(a.first, b.first),
  last: sum(a.last, b.last),
});

const COMMON = '的一企a z09b，,。；、.?？-％%（）(“》/\n_#é';

/** A text that rounds of the loop read in two ways; null when there is none. Characters the pattern does not tell apart are tried by COMMON. */
function twoWays(loop: AST.Quantifier, source: string, flags: string): string | null {
  const follow = new Follow();
  const round = follow.part(loop.element);
  follow.again(round);
  const alphabet = [...new Set([...COMMON, ...source, ...source.toLowerCase()])];
  const known = new Map<string, Set<string>>();
  const takes = follow.places.map((raw) => {
    const one = set(raw, flags);
    const found = known.get(raw) ?? new Set(alphabet.filter((c) => one.test(c)));
    known.set(raw, found);
    return found;
  });
  const shared = (p: number, q: number): string | undefined => [...takes[p]!].find((c) => takes[q]!.has(c));

  const came = new Map<string, { text: string; p: number; q: number }>();
  const todo: string[] = [];
  const meet = (p: number, q: number, before: string): void => {
    const c = shared(p, q);
    const key = p < q ? `${p} ${q}` : `${q} ${p}`;
    if (c === undefined || came.has(key)) return;
    came.set(key, { text: before + c, p, q });
    todo.push(key);
  };
  for (const next of follow.next) {
    const places = [...next.keys()];
    for (const [place, ways] of next) {
      if (ways > 1 && takes[place]!.size > 0) return [...takes[place]!][0]!;
      for (const other of places) if (other > place) meet(place, other, '');
    }
  }
  // Two ways that parted must come together again.
  for (let key = todo.pop(); key !== undefined; key = todo.pop()) {
    const { text, p, q } = came.get(key)!;
    for (const a of follow.next[p]!.keys()) {
      for (const b of follow.next[q]!.keys()) {
        const c = shared(a, b);
        if (a === b && c !== undefined) return text + c;
        meet(a, b, text);
      }
    }
  }
  return null;
}
