import type { IndexData } from './data.js';
import { ASKING, JOINING, KINDS } from './questions.js';
import { normalise, walkUnits } from './tokens.js';

export interface QueryTerm {
  /** Number of the term in the index, -1 when no document has it. */
  term: number;
  weight: number;
  text: string;
}
export interface Query {
  /** Terms to search with, known to the index. */
  terms: QueryTerm[];
  /** Terms that tell what is asked, known or not: what `coverage` is counted over. */
  informative: QueryTerm[];
  /** Units of the query in order, 0 where a mark or an unknown unit stands; for phrases. */
  units: number[];
  /** What kinds of question it is, as numbers into KINDS. */
  kinds: number[];
}

/** Longest part of a query that is read, in UTF-16 units, and the most terms searched with. */
export const MAX_CHARS = 4000;
const MAX_TERMS = 96;
/** What a unit counts in a word that only asks, and as a character that only joins. */
const ASKING_SHARE = 0.5;
const JOINING_SHARE = 0.6;
/** A pair that no document has is mostly two words side by side, so it says less than a word that none has. */
const UNKNOWN_PAIR = 0.5;

const ASKS = new RegExp([...ASKING].sort((x, y) => y.length - x.length).join('|'), 'g');
const JOINS = new Set(JOINING);

/** Reads a query: terms with their idf as weight, less for words that only ask; each distinct term once. */
export function readQuery(query: string, data: IndexData, unitId: (u: string) => number): Query {
  const text = normalise(query.slice(0, MAX_CHARS));
  const spelled: string[] = [];
  walkUnits(
    text,
    (u) => spelled.push(u),
    () => spelled.push(''),
  );
  const share = shares(spelled);
  const n = data.size ?? data.ids.length;
  const idf = (term: number) => {
    const df = term < 0 ? 0 : data.postStart[term + 1]! - data.postStart[term]!;
    return Math.log(1 + (n - df + 0.5) / (df + 0.5));
  };
  const known = new Map<number, QueryTerm & { informative: boolean }>();
  const unknown = new Map<string, QueryTerm & { informative: boolean }>();
  const note = (a: number, b: number, spelling: string, shares: number[]) => {
    const term = a === 0 ? -1 : data.terms.get(a, b);
    const share = Math.sqrt(shares[0]! * shares.at(-1)!);
    const weight = idf(term) * share * (term < 0 && shares.length === 2 ? UNKNOWN_PAIR : 1);
    const next = {
      term,
      text: spelling,
      weight,
      informative: Math.min(...shares) > ASKING_SHARE && Math.max(...shares) === 1,
    };
    const seen = term < 0 ? unknown.get(spelling) : known.get(term);
    if (seen && seen.weight >= weight) return;
    if (term < 0) unknown.set(spelling, next);
    else known.set(term, next);
  };
  const units = spelled.map((u) => (u === '' ? 0 : unitId(u)));
  for (let i = 0; i < units.length; i++) {
    if (spelled[i] === '') continue;
    note(units[i]!, 0, spelled[i]!, [share[i]!]);
    if (i === 0 || spelled[i - 1] === '') continue;
    const a = units[i - 1]!;
    const b = units[i]!;
    note(b === 0 ? 0 : a, b, spelled[i - 1]! + spelled[i]!, [share[i - 1]!, share[i]!]);
  }
  // Equal weights stay in the order of the question, whatever numbers the index gave the terms.
  const byWeight = (x: QueryTerm, y: QueryTerm) => y.weight - x.weight;
  const terms = [...known.values()]
    .filter((t) => t.weight > 0)
    .sort(byWeight)
    .slice(0, MAX_TERMS);
  const informative = [...terms, ...[...unknown.values()].slice(0, MAX_TERMS)].filter((t) => t.informative);
  return { terms, informative, units, kinds: KINDS.flatMap((k, i) => (k.asks.test(text) ? [i] : [])) };
}

/** How much each unit tells of the subject: less in words that ask, less for characters that join. */
function shares(spelled: readonly string[]): Float64Array {
  const share = new Float64Array(spelled.length).fill(1);
  const line = spelled.map((u) => (u.length === 1 ? u : ' ')).join('');
  for (let i = 0; i < spelled.length; i++) if (JOINS.has(line[i]!)) share[i] = JOINING_SHARE;
  for (const m of line.matchAll(ASKS)) share.fill(ASKING_SHARE, m.index, m.index + m[0].length);
  return share;
}
