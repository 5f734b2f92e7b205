import { type Figure, figuresOf } from '../figures.js';
import { type Lexicon, says } from '../lexicon.js';
import { Break } from '../row.js';
import { first, has } from '../text.js';
import { isToken, trackOf } from '../track.js';
import { type Part, pairsIn, partsOf } from './parts.js';

/** A part of the evidence, said wholly or not at all, with what it must not be said without. */
export interface Atom extends Part {
  /** It says when or for whom the rest of its clause holds. */
  limit: boolean;
  /** The limits before it in its clause. */
  under: readonly string[];
  /** Whom it may be about, in their order. */
  roles: readonly string[];
  /** Whom it is about by a part before: a sentence names them. Empty where it names someone itself. */
  subject: string;
  /** Whom a sentence before was about: they may be named. */
  may: string;
  /** The words and figures of its limits: they may stand in the same part of a sentence. */
  ground: ReadonlySet<string>;
  dates: readonly Figure[];
  /** The part that this one makes an alternative with; empty for none. */
  other: string;
  /** The part behind it that says up to how much it gives; empty for none. */
  cap: string;
  /** It is one of several conditions, of which each is enough. */
  instead: boolean;
}

/** What stands in brackets. */
const ASIDE = /[（(]([^（()）]*)[）)]/g;

/** A list that ends in 等 and what it is a list of. */
const LISTED =
  /(?<=[由对向与为的是])([^，。；：、由对向与为的是]{2,30})((?:、[^，。；：、]{2,40})+)等(?=[^，。；：、情方形])/g;

/** Most rows of one text. */
const MOST_ROWS = 60;

/**
 * Each clause of a text as atoms, under the condition that its line begins with, with and without what it puts in brackets.
 * @param headed true where the heading says whom it is about
 */
export function rowsOf(text: string, headed: boolean, lexicon: Lexicon): Atom[][] {
  const rows = new Map<string, string>();
  for (const line of text.split('\n')) {
    const head = first(lexicon.re.governing, line);
    let before = '';
    for (const [n, clause] of (line.match(/[^。；]+/g) ?? []).entries()) {
      const under = head !== null && n > 0 && !has(lexicon.re.governing, clause) ? head : '';
      for (const way of waysOf(clause, lexicon)) rows.set(under + way, before);
      const [named = ''] = clause.slice(0, EARLY + 4).match(lexicon.re.roles) ?? [];
      before = `${before} ${named}`;
    }
  }
  return [...rows].slice(0, MOST_ROWS).map(([row, before]) => atomsOf(row, before, headed, lexicon));
}

/** A clause with what it puts in brackets within it, behind it, as a phrase of its own, and left out where that says how to reckon. */
function waysOf(clause: string, lexicon: Lexicon): string[] {
  const asides: string[] = [];
  const plain = clause.replace(ASIDE, (aside: string, inner: string) => {
    if (/，/.test(inner)) return `，${inner}，`;
    if (!has(lexicon.re.asides, inner)) return aside;
    asides.push(inner);
    return '';
  });
  const ways = [clause, plain, plain.replace(LISTED, ''), plain.replace(LISTED, '$1等')];
  return asides.length > 0 ? [...ways, [plain, ...asides].join('，')] : ways;
}

/** Where in a part someone is named whom the clause is about, at the latest. */
const EARLY = 8;

function atomsOf(text: string, before: string, headed: boolean, lexicon: Lexicon): Atom[] {
  const figures = figuresOf(text, lexicon.bounding);
  const t = trackOf(text, figures, lexicon);
  const parts = partsOf(t, figures, lexicon, false);
  const atoms: Atom[] = [];
  const limits: string[] = [];
  const held: Part[] = [];
  let subject: string | null = null;
  for (const [n, part] of parts.entries()) {
    const next = parts[n + 1];
    const words = text
      .slice(t.at[part.from], t.at[part.end] ?? text.length)
      .replace(/[^\p{L}\p{N}%）)]+$/u, '');
    const capped = (p: Part, w: string) =>
      text.slice(t.at[p.from]).startsWith(w) &&
      p.figures.length > 0 &&
      t.clause[p.from] === t.clause[part.from];
    const dated = part.figures.length > 0 && !says(lexicon, words.replace(/[\d年月日\-—至到]/g, ''));
    const limit =
      next !== undefined &&
      (dated || (has(lexicon.re.limits, words) && says(lexicon, words))) &&
      t.breaks[part.end] !== Break.List;
    const roles = part.chars.match(lexicon.re.roles) ?? [];
    const last = atoms.at(-1);
    // 牵头单位组织不力，未按协议履约的: one condition in two parts.
    if (limit && last && !last.limit && lexicon.words.continuing.some((w) => part.chars.startsWith(w))) {
      limits.push(last.chars);
      last.limit = true;
    }
    // 不参加评估的，或连续2次不合格的予以撤销: either condition is enough.
    const instead = part.alternative && last?.limit === true;
    const about = subject ?? (headed || limits.length > 0 ? '' : anchorOf(parts, n, lexicon));
    atoms.push({
      ...part,
      limit,
      under: limit ? [] : limits.filter((l) => !instead || l !== last.chars),
      roles,
      subject: roles.length > 0 || limit ? '' : about,
      may: `${before} ${about}`,
      other:
        instead || limit ? '' : part.alternative && last ? last.chars : next?.alternative ? next.chars : '',
      ground: pairsIn(limits.join('，')),
      dates: held.flatMap((p) => p.figures),
      cap: next !== undefined && lexicon.words.capping.some((w) => capped(next, w)) ? next.chars : '',
      instead,
    });
    if (limit) {
      limits.push(part.chars);
      held.push(part);
    }
    const at = roles.length > 0 ? part.chars.indexOf(roles[0]!) : -1;
    if (!limit && (at === 0 || (n === 0 && at > 0 && at <= EARLY)))
      subject = part.chars.slice(0, at + roles[0]!.length);
  }
  return atoms;
}

/** Of a clause that names nobody a rule may be about: the words it begins with (先进院完成改制). */
function anchorOf(parts: readonly Part[], n: number, lexicon: Lexicon): string {
  if (n === 0) return '';
  const words = parts[0]!.chars.replace(lexicon.cities, '');
  const begun = [...words].findIndex((c) => !isToken(c));
  return words.slice(begun, begun + ANCHOR);
}

const ANCHOR = 3;
