import type { IndexData } from './data.js';
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
}

/** Longest part of a query that is read, in UTF-16 units, and the most terms searched with. */
const MAX_CHARS = 4000;
const MAX_TERMS = 96;

/** Reads a query: terms with their idf as weight, each distinct term once with its count's square root. */
export function readQuery(query: string, data: IndexData, unitId: (u: string) => number): Query {
  const n = data.ids.length;
  const counts = new Map<number, { count: number; text: string }>();
  const idf = (term: number) => {
    const df = term < 0 ? 0 : data.postStart[term + 1]! - data.postStart[term]!;
    return Math.log(1 + (n - df + 0.5) / (df + 0.5));
  };
  const unknown = new Set<string>();
  const note = (a: number, b: number, text: string) => {
    const term = a === 0 ? -1 : data.terms.get(a, b);
    if (term < 0) {
      unknown.add(text);
      return;
    }
    const known = counts.get(term);
    if (known) known.count++;
    else counts.set(term, { count: 1, text });
  };
  let previous = 0;
  let before = '';
  walkUnits(
    normalise(query.slice(0, MAX_CHARS)),
    (u) => {
      const id = unitId(u);
      note(id, 0, u);
      if (before !== '') note(previous === 0 ? 0 : id === 0 ? 0 : previous, id, before + u);
      previous = id;
      before = u;
    },
    () => {
      previous = 0;
      before = '';
    },
  );
  const terms = [...counts].map(([term, { count, text }]) => ({
    term,
    text,
    weight: idf(term) * Math.sqrt(count),
  }));
  terms.sort((x, y) => y.weight - x.weight || x.term - y.term);
  terms.length = Math.min(terms.length, MAX_TERMS);
  const informative = [...terms];
  for (const text of [...unknown].slice(0, MAX_TERMS)) informative.push({ term: -1, text, weight: idf(-1) });
  return { terms, informative };
}
