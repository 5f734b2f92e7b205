import { type Figure, figuresOf, pairsOf } from './figures.js';
import { foldForGuard } from './fold.js';
import { denies, type Lexicon } from './lexicon.js';
import { first, has } from './text.js';
import { type Track, trackOf } from './track.js';
import type { DropReason, GuardResult, Proof, Said } from './types.js';

/** A proof as the checks read it: folded, unified, its figures and phrases found. */
export interface Compiled extends Proof {
  figures: Figure[];
  phrases: { pairs: Set<string>; soft: boolean; negative: boolean }[];
  /** Names by which its matter goes. */
  names: string[];
  track: Track;
}

/** All that a check sees. `s` is the sentence, folded and unified. */
export interface Context {
  s: string;
  figures: readonly Figure[];
  proofs: readonly Compiled[];
  /** The words of all proofs. */
  text: string;
  said: Said;
  lexicon: Lexicon;
}

/** One thing that a sentence must not do; null when it does not. */
export type Check = (context: Context) => GuardResult | null;

export const drop = (reason: DropReason, detail: string): GuardResult => ({ ok: false, reason, detail });

const PHRASE = /[^，。；：\n]{4,}/g;
const SENTENCE = /[^。！？!?\n]+[。！？!?]?\n*/g;

/** Evidence up to a sentence that speaks to a machine: what follows such a one is not trusted either. */
export function compileProof(proof: Proof, lexicon: Lexicon): Compiled {
  const sentences = lexicon.unify(foldForGuard(proof.text)).match(SENTENCE) ?? [];
  const spoken = sentences.findIndex((part) => has(lexicon.re.instructions, part));
  const text = (spoken < 0 ? sentences : sentences.slice(0, spoken)).join('');
  const also = lexicon.unify(foldForGuard(proof.also));
  const figures = figuresOf(text, lexicon.bounding);
  const names = [...new Set(proof.also.split(/\s+/).map((name) => lexicon.unify(foldForGuard(name))))].filter(
    (name) => name.length > 1,
  );
  const told = [withoutNames(text, names), ...variants(withoutNames(text, names), lexicon)].join('\n');
  const toldFigures = told === text ? figures : figuresOf(told, lexicon.bounding);
  const track = trackOf(told, toldFigures, lexicon);
  return {
    ...proof,
    text,
    also,
    figures,
    phrases: [...text.matchAll(PHRASE)].map(({ 0: phrase, index }) => ({
      pairs: pairsOf(phrase),
      soft: has(lexicon.re.softeners, phrase),
      negative: denies(
        lexicon,
        phrase,
        figures.map(({ q }) => [Math.max(0, q.outerStart - index), Math.max(0, q.outerEnd - index)] as const),
      ),
    })),
    names,
    track,
  };
}

/** A list that ends in 等, and what it is a list of: 对A、B、C等国家级创新平台 is 对国家级创新平台, and 对A等国家级创新平台. */
const LISTED =
  /(?<=[由对向与为的是])([^，。；：、由对向与为的是]{2,30})((?:、[^，。；：、]{2,40})+)等(?=[^，。；：、情方形])/g;

/** Most further wordings of one text. */
const MOST = 12;

/**
 * The same text in other words that it says just as well: without what is put in brackets as to how a thing is reckoned, without what is
 * named as examples, every sentence of a clause under the condition that the clause begins with.
 */
function variants(text: string, lexicon: Lexicon): string[] {
  const out = new Set<string>();
  for (const line of text.split('\n')) {
    const head = first(lexicon.re.governing, line);
    const clauses = line.match(/[^。；]+/g) ?? [];
    for (const [n, clause] of clauses.entries()) {
      const plain = clause.replace(/[（(]([^（()）]*)[）)]/g, (aside: string, inner: string) =>
        has(lexicon.re.asides, inner) ? '' : aside,
      );
      const ways = [clause, plain, plain.replace(LISTED, ''), plain.replace(LISTED, '$1等')];
      if (head !== null && n > 0 && !has(lexicon.re.governing, clause))
        ways.push(head + clause, head + plain);
      for (const way of ways) if (way !== clause) out.add(way);
    }
  }
  return [...out].slice(0, MOST);
}

/** The lines of a text that are more than names: the title of a document tells nothing. */
function withoutNames(text: string, names: readonly string[]): string {
  const longest = [...names].sort((a, b) => b.length - a.length);
  const tells = (line: string) =>
    /[\p{L}\p{N}]/u.test(longest.reduce((rest, name) => rest.replaceAll(name, ''), line));
  return text.split('\n').filter(tells).join('\n');
}

/** Whether a phrase denies something; 不低于2亿元 does not. */
export const negative = (phrase: string, figures: readonly Figure[], lexicon: Lexicon): boolean =>
  denies(
    lexicon,
    phrase,
    figures.map((f) => [f.q.outerStart, f.q.outerEnd] as const),
  );
