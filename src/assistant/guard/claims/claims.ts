import { type Figure, figuresOf } from '../figures.js';
import { type Lexicon, says } from '../lexicon.js';
import { Break } from '../row.js';
import { first, has } from '../text.js';
import { isToken, trackOf } from '../track.js';
import { addPairs, type Part, partsOf, TIMES, without } from './parts.js';

/** What a part of a clause says, with all that it must not be said without. A sentence says it wholly or not at all. */
export interface Claim extends Part {
  /** 1 where a character may be left out. */
  loose: Uint8Array;
  /** It says when or for whom the rest of its clause holds. */
  limit: boolean;
  /** The limits before it in its clause. */
  under: readonly Claim[];
  /** The parts of the clause that it is made of. */
  of: readonly Claim[];
  /** Whom and what rank it may be about, in their order. */
  roles: readonly string[];
  /** Whom it is about by a part before: a sentence names them. Empty where it names someone itself. */
  subject: string;
  /** Words that may stand beside its own: its limits, whom it and the parts before are about, the wish it stands under. */
  ground: string;
  dates: readonly Figure[];
  /** The part that this one makes an alternative with; empty for none. */
  other: string;
  /** Parts behind it that it is not said without: up to how much it gives, what it does not hold of. */
  cap: string;
  /** It is one of several conditions, of which each is enough. */
  instead: boolean;
  /** The wish (鼓励, 支持) that a part before puts it under; empty for none. */
  wish: string;
  /** A part before allows it, or softens it. */
  allowed: boolean;
  softened: readonly string[];
}

/** What stands in brackets. */
const ASIDE = /[（(]([^（()）]*)[）)]/g;

/** A list that ends in 等 and what it is a list of. */
const LISTED =
  /(?<=[由对向与为的是])([^，。；：、由对向与为的是]{2,30})((?:、[^，。；：、]{2,40})+)等(?=[^，。；：、情方形])/g;

/** The number that an item begins with. */
const NUMBERED = /^\s*\d{1,2}[.．、]\s*/;

/** Most rows of one text, and most parts of a row that are read as one. */
const MOST_ROWS = 60;
const SPAN = 3;

/**
 * The claims of each clause of a text, under the condition that its line begins with, with and without what it puts in brackets.
 * @param headed true where the heading says whom it is about
 */
export function claimsOf(text: string, headed: boolean, lexicon: Lexicon): Claim[] {
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
  const out = new Map<string, Claim>();
  for (const [row, before] of [...rows].slice(0, MOST_ROWS))
    for (const claim of joined(claimsIn(row, before, headed, lexicon)))
      out.set(
        [claim.chars, claim.subject, claim.under.map((l) => l.chars).join('|'), claim.cap, claim.other].join(
          '\n',
        ),
        claim,
      );
  return [...out.values()];
}

/** A clause with what it puts in brackets within it, behind it, as a phrase of its own, and left out where that says how to reckon. */
function waysOf(clause: string, lexicon: Lexicon): string[] {
  const asides: string[] = [];
  const plain = clause.replace(NUMBERED, '').replace(ASIDE, (aside: string, inner: string) => {
    if (/，/.test(inner)) return `，${inner}，`;
    if (!has(lexicon.re.asides, inner)) return aside;
    asides.push(inner);
    return '';
  });
  const ways = [
    clause.replace(NUMBERED, ''),
    plain,
    plain.replace(LISTED, ''),
    plain.replace(LISTED, '$1等'),
  ];
  return asides.length > 0 ? [...ways, [plain, ...asides].join('，')] : ways;
}

/** Where in a part someone is named whom the clause is about, at the latest. */
const EARLY = 8;

/** Where in a part whom it is about itself stands, at the latest. */
const FIRST = 1;

/** Most characters of a part's end that the next may be about. */
const TAIL = 4;

function claimsIn(text: string, before: string, headed: boolean, lexicon: Lexicon): Claim[] {
  const figures = figuresOf(text, lexicon.bounding);
  const t = trackOf(text, figures, lexicon);
  const parts = partsOf(text, t, figures, lexicon);
  const claims: Claim[] = [];
  const limits: Claim[] = [];
  const held: Part[] = [];
  let subject: string | null = null;
  let wish = '';
  let allowed = false;
  let softened: readonly string[] = [];
  for (const [n, part] of parts.entries()) {
    const next = parts[n + 1];
    const words = text
      .slice(t.at[part.from], t.at[part.end] ?? text.length)
      .replace(/[^\p{L}\p{N}%）)]+$/u, '');
    const behind = (p: Part, w: string) =>
      text.slice(t.at[p.from]).startsWith(w) && t.clause[p.from] === t.clause[part.from];
    const dated = part.figures.length > 0 && !says(lexicon, words.replace(/[\d年月日\-—至到]/g, ''));
    const limit =
      next !== undefined &&
      (dated || (has(lexicon.re.limits, words) && (says(lexicon, words) || /^.{3,}的$/.test(words)))) &&
      t.breaks[part.end] !== Break.List;
    const loose = looseOf(part, lexicon);
    const roles = without(part.chars, loose).match(lexicon.ordered) ?? [];
    const named = part.chars.match(lexicon.re.roles) ?? [];
    const last = claims.at(-1);
    // 牵头单位组织不力，未按协议履约的: one condition in two parts.
    if (limit && last && !last.limit && lexicon.words.continuing.some((w) => part.chars.startsWith(w))) {
      limits.push(last);
      last.limit = true;
    }
    // 不参加评估的，或连续2次不合格的予以撤销: either condition is enough.
    const instead = part.alternative && last?.limit === true;
    const about = subject ?? (headed || limits.length > 0 ? '' : anchorOf(parts, n, lexicon));
    const own = first(lexicon.wishes, words);
    // What a part ends with the next may be about: 签署组建协议，明确建设目标.
    const previous = parts[n - 1];
    const tail = previous ? without(previous.chars, previous.light).slice(-TAIL) : '';
    const ground = [
      ...limits.map((l) => `${l.chars}，${without(l.chars, l.light)}`),
      before,
      about,
      wish,
      has(lexicon.re.roles, tail) ? '' : tail,
    ].join('，');
    const capped =
      next !== undefined &&
      ((next.figures.length > 0 && lexicon.words.capping.some((w) => behind(next, w))) ||
        lexicon.words.excepting.some((w) => behind(next, w)));
    const claim: Claim = {
      ...part,
      of: [],
      loose,
      limit,
      under: limit ? [] : limits.filter((l) => !instead || l !== last),
      roles,
      subject:
        limit || own !== null || (named.length > 0 && part.chars.indexOf(named[0]!) <= FIRST) ? '' : about,
      other:
        instead || limit ? '' : part.alternative && last ? last.chars : next?.alternative ? next.chars : '',
      ground,
      dates: held.flatMap((p) => p.figures),
      cap: capped ? next.chars : '',
      instead,
      wish: own === null ? wish : '',
      allowed: own === null && allowed && !has(lexicon.asks, words),
      softened: own === null && part.figures.length === 0 && part.soft.length === 0 ? softened : [],
    };
    claims.push(claim);
    allowed ||= part.may;
    if (limit) {
      limits.push(claim);
      held.push(part);
    } else {
      wish = own ?? wish;
      if (part.soft.length > 0) softened = part.soft;
    }
    const at = named.length > 0 ? part.chars.indexOf(named[0]!) : -1;
    if (!limit && (at === 0 || (n === 0 && at > 0 && at <= EARLY)))
      subject = without(part.chars.slice(0, at), part.light) + named[0]!;
  }
  return claims;
}

/** 1 where a character of a part may be left out. */
function looseOf(part: Part, lexicon: Lexicon): Uint8Array {
  const out = Uint8Array.from(part.light);
  for (const m of part.chars.matchAll(lexicon.omissible)) out.fill(1, m.index, m.index + m[0].length);
  for (const m of part.chars.matchAll(lexicon.keeps)) out.fill(0, m.index, m.index + m[0].length);
  for (let i = 0; i < out.length; i++) if (isToken(part.chars[i])) out[i] = 0;
  // A、B is A和B; which of them a 或 parts is looked at apart.
  for (let i = 1; i < out.length; i++) if (lexicon.words.joining.includes(part.chars[i]!)) out[i] = 1;
  addPairs(part.pairs, without(part.chars, out));
  return out;
}

/** Claims, and those that stand side by side as one: a sentence may say two parts, or a condition and its rule, without a comma. */
function joined(claims: readonly Claim[]): Claim[] {
  const out = [...claims];
  for (let from = 0; from < claims.length; from++)
    for (let to = from + 2; to <= Math.min(claims.length, from + SPAN); to++) {
      const some = claims.slice(from, to);
      const [head] = some;
      const last = some.at(-1)!;
      const rules = some.filter((c) => !c.limit);
      if ((last.limit && rules.length > 0) || some.some((c) => c.alternative || c.other !== '' || c.instead))
        break;
      if (some.some((c, i) => i > 0 && c.limit && !some[i - 1]!.limit)) break;
      if (some.reduce((sum, c) => sum + c.figures.filter((f) => !TIMES.has(f.q.unit)).length, 0) > 1) break;
      if (rules.some((c) => c.may !== last.may || c.soft.join() !== last.soft.join())) break;
      const pairs = new Set<string>();
      for (const c of some) for (const pair of c.pairs) pairs.add(pair);
      out.push({
        ...last,
        of: some,
        from: head!.from,
        chars: some.map((c) => c.chars).join(''),
        light: Uint8Array.from(some.flatMap((c) => [...c.light])),
        loose: Uint8Array.from(some.flatMap((c) => [...c.loose])),
        pairs: addPairs(pairs, some.map((c) => without(c.chars, c.loose)).join('')),
        figures: some.flatMap((c) => c.figures),
        either: some.some((c) => c.either),
        roles: some.flatMap((c) => c.roles),
        subject: head!.limit ? (head!.roles.length > 0 ? '' : last.subject) : head!.subject,
        under: head!.limit ? last.under.filter((l) => !some.includes(l)) : head!.under,
        wish: head!.wish || (head!.limit ? last.wish : ''),
        allowed: head!.allowed,
        softened: head!.softened,
      });
    }
  return out;
}

/** Of a clause that names nobody a rule may be about: the words it begins with (先进院完成改制). */
function anchorOf(parts: readonly Part[], n: number, lexicon: Lexicon): string {
  if (n === 0) return '';
  const words = parts[0]!.chars.replace(lexicon.cities, '');
  const begun = [...words].findIndex((c) => !isToken(c));
  return words.slice(begun, begun + ANCHOR);
}

const ANCHOR = 3;
