import { compareExact, type Quantity, readQuantities, type Unit } from '../../quantity/index.js';
import type { Kit, Turn } from '../turn.js';
import { type Found, figuresOfWorld, type Stated } from './stated.js';
import type { FigureWords } from './words.js';

/** Share of a thing's words that the names of the figure taken for it must hold. */
const NAMES = 0.5;
/** How near the next best figure of another value may come. */
const CLEAR = 0.93;
/** What the whole question says beside the words for one thing; what an amount told with it says. */
const CONTEXT = 0.3;
const TOLD = 0.8;
/** What it says for figures that one entry states them together. */
const TOGETHER = 0.2;
/** By how much more its own figure holds of a thing than the others do, where it is not the matter of them all. */
const OWN = 0.85;
/** A thing has at least so many characters. */
const SHORTEST = 2;

/** A thing that a question names, without the words that name nothing, and the amounts told with it. */
export interface Piece {
  words: string;
  told: readonly Quantity[];
  /** Cities that it names. */
  cities: readonly string[];
}

/** The figures meant by the things of a question, or the thing that could be two of them. */
export type Resolved =
  | { kind: 'found'; figures: readonly Stated[] }
  /** @property others how many other things were found */
  | { kind: 'unclear'; thing: string; choices: readonly Stated[]; others: number };

/** The things that a question names between its joints; `by`: what is put for the words of the reckoning itself. */
export function piecesOf(kit: Kit, text: string, without: readonly RegExp[], by = ' '): Piece[] {
  const words = kit.world.reckoning.figures;
  const bare = without.reduce((rest, w) => rest.replaceAll(new RegExp(w, 'giu'), by), text);
  return bare
    .split(new RegExp(words.joint, 'iu'))
    .map((part) => pieceOf(kit, words, part))
    .filter((p) => p.words.length >= SHORTEST || p.told.length > 0 || p.cities.length > 0);
}

function pieceOf(kit: Kit, words: FigureWords, part: string): Piece {
  const told = readQuantities(part).filter((q) => q.exact !== null && q.unit !== 'duration');
  const without = told.reduceRight((rest, q) => `${rest.slice(0, q.start)} ${rest.slice(q.end)}`, part);
  const named = kit.content(without).replaceAll(new RegExp(words.noise, 'giu'), ' ').replace(/\s+/gu, '');
  return { words: named, told, cities: kit.world.book.find(part).map((c) => c.value) };
}

/** What a thing may mean, best first. */
type Meant = readonly Found[];

/**
 * The figures of one unit that the things of a question mean, one each, all of one document (of the cities that the things name where
 * they name several). A thing that names none must be the matter of those that do, else something else is spoken of: null then.
 */
export function resolve(kit: Kit, turn: Turn, pieces: readonly Piece[], unit: Unit): Resolved | null {
  // “温州目标比青岛多几个”: one thing, said of each city.
  const apart = new Set(pieces.flatMap((p) => p.cities)).size > 1;
  const docs = kit.scope(turn).map((p) => p.meta);
  const called = kit
    .scope(turn)
    .filter((p) => p.meta.kind === 'informational' && kit.namesDocument(p, turn.u.text));
  if (apart) {
    const all = pieces.map((p) => p.words).join(' ');
    const named = pieces.filter((p) => p.cities.length === 1).map((p) => ({ ...p, words: all }));
    const ranked = named.map((p) => {
      const own = docs.filter((d) => p.cities.includes(d.city)).map((d) => d.id);
      return meant(kit, turn, p, named, unit, own);
    });
    return named.length > 1 ? chosen(kit, named, ranked) : null;
  }
  // Of several cities nothing is added up.
  if (turn.named && turn.policies.length > 1) return null;
  const scope = called.length > 0 ? called.map((p) => p.meta) : docs;
  const found = scope.flatMap((d) => {
    const ranked = pieces.map((p) => meant(kit, turn, p, pieces, unit, [d.id]));
    const read = chosen(kit, pieces, ranked);
    return read ? [read] : [];
  });
  return found.sort((a, b) => b.score - a.score)[0] ?? null;
}

/** The figures that a thing may mean, by its own words, the whole question and what is told with it. */
function meant(
  kit: Kit,
  turn: Turn,
  piece: Piece,
  pieces: readonly Piece[],
  unit: Unit,
  docs: readonly string[],
): Meant {
  const stated = figuresOfWorld(kit.world);
  const all = pieces.map((p) => p.words).join(' ');
  const context = new Map(norm(stated.search(all, docs, 60)).map((f) => [f.figure.id, f.score]));
  const told = piece.words.length < SHORTEST ? all : piece.words;
  return norm(stated.search(told, docs, 30))
    .filter(({ figure }) => figure.quantity.unit === unit)
    .filter(
      ({ figure }) => unit !== 'count' || kit.world.asking.countedWith(turn.u.text, figure.quantity.measure),
    )
    .filter((f) => {
      // 研究院联合的高校: called by what tells the figure from those beside it.
      const called =
        f.coverage >= NAMES || (f.figure.own.length >= SHORTEST && piece.words.includes(f.figure.own));
      return toldAs(piece, f.figure) || (called && piece.words.length >= SHORTEST);
    })
    .map((f) => ({
      ...f,
      score:
        f.score * f.coverage +
        CONTEXT * (context.get(f.figure.id) ?? 0) +
        CONTEXT * spoken(f.figure.name, all) +
        (toldAs(piece, f.figure) ? TOLD : 0),
    }))
    .sort((a, b) => b.score - a.score);
}

/** One figure for each thing: those that one entry states together go before others. */
function chosen(
  kit: Kit,
  pieces: readonly Piece[],
  ranked: readonly Meant[],
): (Resolved & { score: number }) | null {
  const matter = ofMatter(pieces, ranked);
  const of = (matter ?? ranked).map((hits, i) => ({ hits, piece: pieces[matter ? i + 1 : i]! }));
  const named = of.filter(({ hits }) => hits.length > 0);
  for (const { hits, piece } of of)
    if (hits.length === 0 && piece.words.length >= SHORTEST && !beside(kit, piece, ranked)) return null;
  if (named.length === 0) return null;
  const entries = new Set(named.flatMap(({ hits }) => hits.map((f) => f.figure.entry)));
  const within = [...entries].flatMap((entry) => {
    const hits = named.map((n) => n.hits.filter((f) => f.figure.entry === entry));
    return named.length > 1 &&
      hits.every((h) => h.length > 0) &&
      new Set(hits.map((h) => h[0]!.figure)).size === hits.length
      ? [{ hits, score: total(hits) + TOGETHER * hits.length }]
      : [];
  });
  const free = named.map((n) => n.hits);
  const [best] = [{ hits: free, score: total(free) }, ...within].sort((a, b) => b.score - a.score);
  const figures: Stated[] = [];
  const bests = apiece(best!.hits);
  for (const [i, hits] of best!.hits.entries()) {
    const { piece } = named[i]!;
    const first = hits.find((f) => f.figure === bests[i]);
    // An amount told of a thing that is not the document's is the asker's own.
    if (piece.told.some((q) => q.unit === first!.figure.quantity.unit) && !toldAs(piece, first!.figure))
      return null;
    const rival = hits.find(
      (f) =>
        differs(f.figure, first!.figure) &&
        !bests.includes(f.figure) &&
        f.score >= first!.score * CLEAR &&
        !addsTo(first!.figure.name, f.figure.name),
    );
    if (rival)
      return {
        kind: 'unclear',
        thing: piece.words,
        choices: [first!.figure, rival.figure],
        others: named.length - 1,
        score: best!.score,
      };
    // Two things that come to one figure: one of them was not understood.
    if (figures.includes(first!.figure)) return null;
    figures.push(first!.figure);
  }
  return { kind: 'found', figures, score: best!.score };
}

/** One figure for each thing: of two things that mean the same one it is the better one's, where the other may as well mean its next. */
function apiece(all: readonly Meant[]): Stated[] {
  const bests = all.map((hits) => hits[0]!.figure);
  for (const [i, hits] of all.entries()) {
    const own = hits[0]!;
    const better = all.some(
      (other, j) => j !== i && other[0]!.figure === own.figure && other[0]!.score > own.score,
    );
    const next = better ? hits.find((f) => !bests.includes(f.figure)) : undefined;
    if (next && next.score >= own.score * CLEAR) bests[i] = next.figure;
  }
  return bests;
}

/** Whether a name says all that another says, and more: 市级以上 beside 市级, which is what was said. */
const addsTo = (name: string, longer: string): boolean =>
  longer.length > name.length && [...name].every((c) => longer.includes(c));

/** The share of a name's characters that stand in a text: 市级 is not 市级以上. */
const spoken = (name: string, text: string): number =>
  [...name].filter((c) => text.includes(c)).length / name.length;

const total = (hits: readonly Meant[]): number => hits.reduce((sum, h) => sum + h[0]!.score, 0);

/**
 * The figures that the things mean where the first is the matter of the others (公共平台，建设、滚动…): each of those has some whose
 * names hold its words as well as its own; null where it is a thing like them.
 */
function ofMatter(pieces: readonly Piece[], ranked: readonly Meant[]): Meant[] | null {
  const [first, ...others] = ranked;
  const own = first?.[0];
  if (!own || others.length < 2 || pieces[0]!.told.length > 0) return null;
  const held = new Set(first.filter((f) => f.coverage >= own.coverage * OWN).map((f) => f.figure));
  const left = others.map((hits) => hits.filter((f) => held.has(f.figure)));
  return held.size > 1 && left.every((hits) => hits.length > 0) ? left : null;
}

/** Whether a thing that names no figure only says what the named ones are of, or names nothing. */
function beside(kit: Kit, piece: Piece, ranked: readonly (readonly Found[])[]): boolean {
  if (!kit.cards.namesAThing(piece.words)) return true;
  const entries = ranked.flatMap((hits) => hits[0]?.figure ?? []);
  return entries.some(({ entry, policy }) => {
    const card = { kind: 'entry' as const, id: `entry:${policy.meta.id}/${entry.id}`, policy, entry };
    return kit.cards.missing(piece.words, card).length === 0;
  });
}

const toldAs = (piece: Piece, figure: Stated): boolean =>
  piece.told.some((q) => q.unit === figure.quantity.unit && q.value === figure.quantity.value);

const differs = (a: Stated, b: Stated): boolean => compareExact(a.quantity.exact!, b.quantity.exact!) !== 0;

/** Scores as shares of the best one. */
function norm(found: readonly Found[]): Found[] {
  const top = found[0]?.score ?? 1;
  return found.map((f) => ({ ...f, score: f.score / top }));
}
