import { GrowingU32, TermTable } from './arrays.js';
import { DEFAULTS, type IndexData } from './data.js';
import { Best, HEAD, POSTINGS, secondLook } from './lexical.js';
import { type Spelled, termKey } from './postgres-terms.js';
import { type Query, readQuery } from './query.js';
import { Reranker } from './rerank.js';
import { FIRST_UNIT, Mark, walkUnits } from './tokens.js';
import type { SearchHit } from './types.js';

/** A clause as it is stored: `fields` normalised, in the order text, title, context, asks. `place` is its rank among equals. */
export interface StoredClause {
  id: string;
  group: string;
  place: number;
  fields: readonly string[];
}
/** A clause read into units. */
export interface ReadClause {
  id: string;
  group: string;
  place: number;
  streams: Uint32Array[];
  lengths: number[];
  /** Text and everyday phrasings, for the second look. */
  look: Uint32Array;
  /** Pairs of the title as keys, and as units. */
  titleKeys: string[];
  titlePairs: [first: number, second: number][];
}
/** What scoring takes from the whole collection: documents, average length of each field, documents with a term. */
export interface Collection {
  size: number;
  averages: readonly number[];
  df(key: string): number;
}
/** A question read against a collection. */
export interface Asked {
  query: Query;
  terms: TermTable;
  /** Documents of each term in `terms`. */
  df: number[];
  collection: Collection;
}

/**
 * Scores candidates one question at a time just as `LexicalIndex` scores its whole collection: the same weights, the same
 * rounding, the same second look. Units are numbered for the process; `units` tells when it is time to begin anew.
 */
export class CandidateScorer {
  readonly #ids = new Map<string, number>();
  readonly #units: string[] = [];
  #slot = new Uint16Array(1 << 12);
  #reranker: { data: IndexData; reranker: Reranker } | null = null;

  get units(): number {
    return this.#units.length;
  }

  #unit(u: string): number {
    let id = this.#ids.get(u);
    if (id === undefined) {
      id = FIRST_UNIT + this.#units.length;
      this.#units.push(u);
      this.#ids.set(u, id);
      this.#reranker = null;
    }
    return id;
  }

  read(clause: StoredClause): ReadClause {
    const streams: Uint32Array[] = [];
    const lengths: number[] = [];
    const titleKeys: string[] = [];
    const titlePairs: [number, number][] = [];
    clause.fields.forEach((text, f) => {
      const stream = new GrowingU32();
      let previous = '';
      let length = 0;
      walkUnits(
        text,
        (u) => {
          stream.push(this.#unit(u));
          length++;
          if (f === 1 && previous !== '') {
            titleKeys.push(termKey(previous, u));
            titlePairs.push([this.#unit(previous), this.#unit(u)]);
          }
          previous = u;
        },
        (mark) => {
          stream.push(mark);
          previous = '';
        },
      );
      streams.push(stream.done());
      lengths.push(length);
    });
    const [text, , , asks] = streams;
    const look = lengths[3]! > 0 ? Uint32Array.from([...text!, Mark.sentence, ...asks!]) : text!;
    const { id, group, place } = clause;
    return { id, group, place, streams, lengths, look, titleKeys, titlePairs };
  }

  ask(query: string, asks: ReadonlyMap<string, Spelled>, collection: Collection): Asked {
    const terms = new TermTable();
    const df: number[] = [];
    for (const [key, [first, second]] of asks) {
      const count = collection.df(key);
      if (count <= 0) continue;
      if (terms.add(this.#unit(first), second === '' ? 0 : this.#unit(second)) === df.length) df.push(count);
    }
    const data = this.#data({ terms, df, size: collection.size });
    const unitId = (u: string) => (collection.df(termKey(u)) > 0 ? this.#unit(u) : 0);
    return { query: readQuery(query, data, unitId), terms, df, collection };
  }

  /** Terms to look for, rarest first, until `budget` documents were named; at least one. */
  searched(asked: Asked, budget = POSTINGS): { term: number; weight: number }[] {
    let left = budget;
    const out: { term: number; weight: number }[] = [];
    for (const { term, weight } of asked.query.terms) {
      left -= asked.df[term]!;
      if (left < 0 && out.length > 0) break;
      out.push({ term, weight });
    }
    return out;
  }

  /** The key of a term of a question. */
  key(asked: Asked, term: number): string {
    const second = asked.terms.second.at(term);
    const spelled = (unit: number) => this.#units[unit - FIRST_UNIT]!;
    return termKey(spelled(asked.terms.first.at(term)), second === 0 ? '' : spelled(second));
  }

  /** The best of the candidates by their first score, which get the second look or follow it. */
  first(asked: Asked, candidates: readonly ReadClause[], k: number): [clause: ReadClause, score: number][] {
    const ordered = [...candidates].sort((x, y) => x.place - y.place);
    const searched = this.searched(asked);
    const { k1, b, fields } = DEFAULTS;
    const { single, pair, size, release } = this.#slots(asked, searched);
    const best = new Best(Math.max(k, HEAD));
    const weight = new Float32Array(searched.length);
    for (const [n, clause] of ordered.entries()) {
      weight.fill(0);
      for (let f = 0; f < fields.length; f++) {
        const stream = clause.streams[f]!;
        const w = fields[f]! / (1 - b + (b * clause.lengths[f]!) / asked.collection.averages[f]!);
        let before = 0;
        for (let i = 0; i < stream.length; i++) {
          const s = stream[i]! < FIRST_UNIT ? 0 : this.#slot[stream[i]!]!;
          if (s !== 0) {
            if (single[s]! !== 0) weight[single[s]! - 1]! += w;
            const p = before === 0 ? 0 : pair[before * size + s]!;
            if (p !== 0) weight[p - 1]! += w;
          }
          before = s;
        }
      }
      let score = 0;
      for (let t = 0; t < searched.length; t++) {
        if (weight[t] === 0) continue;
        const tf = weight[t]!;
        const impact = Math.max(1, Math.round((65535 * tf) / (k1 + tf)));
        score = Math.fround(score + ((searched[t]!.weight * (k1 + 1)) / 65535) * impact);
      }
      if (score > 0) best.offer(n, score);
    }
    release();
    return best.sorted().map(([n, score]) => [ordered[n]!, score]);
  }

  /** The hits in their last order. `asked.collection.df` must know the title pairs of the first hundred. */
  second(asked: Asked, found: readonly [clause: ReadClause, score: number][]): SearchHit[] {
    const head = found.slice(0, HEAD).map(([clause]) => clause);
    for (const clause of head) {
      clause.titlePairs.forEach(([a, b], i) => {
        if (asked.terms.add(a, b) === asked.df.length) {
          asked.df.push(Math.max(1, asked.collection.df(clause.titleKeys[i]!)));
        }
      });
    }
    // Equal worth is ordered by place, so the numbers given here follow it.
    const byPlace = [...found.keys()].sort((x, y) => found[x]![0].place - found[y]![0].place);
    const numberOf = new Uint32Array(found.length);
    byPlace.forEach((n, number) => {
      numberOf[n] = number;
    });
    const clauses = byPlace.map((n) => found[n]![0]);
    const lookedAt = new Set(head);
    const groups = new Map<string, number>();
    const none = new Uint32Array(0);
    const text = join(clauses.map((c) => (lookedAt.has(c) ? c.look : none)));
    const title = join(clauses.map((c) => (lookedAt.has(c) ? c.streams[1]! : none)));
    const data = this.#data({
      terms: asked.terms,
      df: asked.df,
      size: asked.collection.size,
      ids: clauses.map((c) => c.id),
      groups: Uint32Array.from(clauses, (c) => {
        if (!groups.has(c.group)) groups.set(c.group, groups.size);
        return groups.get(c.group)!;
      }),
      text: text.all,
      textStart: text.start,
      title: title.all,
      titleStart: title.start,
    });
    const candidates = found.map(([, score], n): [number, number] => [numberOf[n]!, score]);
    return secondLook(this.#reranker!.reranker, data.ids, asked.query, candidates);
  }

  /** Idf-weighted share of the informative terms that a clause holds, 0 to 1. */
  coverage(asked: Asked, clause: ReadClause): number {
    const holds = new Set<number>();
    for (const stream of clause.streams) {
      let previous = 0;
      for (const unit of stream) {
        if (unit >= FIRST_UNIT) {
          holds.add(asked.terms.get(unit, 0));
          if (previous >= FIRST_UNIT) holds.add(asked.terms.get(previous, unit));
        }
        previous = unit;
      }
    }
    let all = 0;
    let found = 0;
    for (const { term, weight } of asked.query.informative) {
      all += weight;
      if (term >= 0 && holds.has(term)) found += weight;
    }
    return all === 0 ? 0 : found / all;
  }

  /** Lays terms out as tables over the slots of their units; `release` gives the slots back. */
  #slots(asked: Asked, searched: readonly { term: number }[]) {
    if (this.#slot.length < FIRST_UNIT + this.#units.length) {
      this.#slot = new Uint16Array((FIRST_UNIT + this.#units.length) * 2);
    }
    const slot = this.#slot;
    const used: number[] = [];
    const give = (unit: number) => {
      if (slot[unit] === 0) slot[unit] = used.push(unit);
      return slot[unit]!;
    };
    const laid = searched.map(({ term }) => {
      const second = asked.terms.second.at(term);
      return [give(asked.terms.first.at(term)), second === 0 ? 0 : give(second)] as const;
    });
    const size = used.length + 1;
    const single = new Uint16Array(size);
    const pair = new Uint16Array(size * size);
    for (const [t, [a, b]] of laid.entries()) {
      if (b === 0) single[a] = t + 1;
      else pair[a * size + b] = t + 1;
    }
    const release = () => {
      for (const unit of used) slot[unit] = 0;
    };
    return { single, pair, size, release };
  }

  /** The data that the query and the second look read: one object, so that the second look's tables are made once. */
  #data(part: Partial<IndexData> & { terms: TermTable; df: number[]; size: number }): IndexData {
    const postStart = new Uint32Array(part.df.length + 1);
    for (const [t, count] of part.df.entries()) postStart[t + 1] = postStart[t]! + count;
    const none = new Uint32Array(0);
    const { df: _, ...rest } = part;
    const now = {
      ids: [],
      groups: none,
      textStart: none,
      text: none,
      titleStart: none,
      title: none,
      ...rest,
    };
    if (this.#reranker === null) {
      const data: IndexData = {
        ...now,
        postStart,
        postDoc: none,
        postImpact: new Uint16Array(0),
        groupNames: [],
        units: this.#units,
        k1: DEFAULTS.k1,
      };
      this.#reranker = { data, reranker: new Reranker(data, (u) => this.#ids.get(u) ?? 0) };
    }
    return Object.assign(this.#reranker.data, now, { postStart });
  }
}

function join(parts: readonly Uint32Array[]): { all: Uint32Array; start: Uint32Array } {
  const start = new Uint32Array(parts.length + 1);
  for (const [i, part] of parts.entries()) start[i + 1] = start[i]! + part.length;
  const all = new Uint32Array(start[parts.length]!);
  for (const [i, part] of parts.entries()) all.set(part, start[i]!);
  return { all, start };
}
