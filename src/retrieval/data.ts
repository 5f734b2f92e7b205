import { GrowingU32, TermTable } from './arrays.js';
import { FIRST_UNIT, Mark, normalise, walkUnits } from './tokens.js';
import type { IndexDoc } from './types.js';

/** How the lexical index weighs. `fields` in the order text, title, context, asks. */
export interface LexicalOptions {
  k1: number;
  b: number;
  fields: readonly [number, number, number, number];
}
/** Found on the even half of the two public question sets; see eval/bench/README.md. */
export const DEFAULTS: LexicalOptions = { k1: 0.5, b: 0.5, fields: [1, 2, 0.5, 1.5] };

/** Everything the index knows, as typed arrays. */
export interface IndexData {
  ids: string[];
  /** How many documents the collection has, where these are a few of it (`postStart` counts them all then); absent: `ids`. */
  size?: number;
  /** Group of each document as a number into `groupNames`. */
  groups: Uint32Array;
  groupNames: string[];
  /** Spelling of each unit; unit number `FIRST_UNIT + i`. */
  units: string[];
  terms: TermTable;
  /** Postings of term t are `postStart[t]` to `postStart[t + 1]`. */
  postStart: Uint32Array;
  postDoc: Uint32Array;
  /** BM25F's saturated frequency, `tf (k1 + 1) / (k1 + tf)`, as a share of `k1 + 1` in 65535 steps. */
  postImpact: Uint16Array;
  /** Units and marks of each text and its `asks`, for proximity and phrases. */
  textStart: Uint32Array;
  text: Uint32Array | Uint16Array;
  /** The same of each title. */
  titleStart: Uint32Array;
  title: Uint32Array | Uint16Array;
  k1: number;
}

/** Reads documents into an index. Documents with an id seen before are left out. */
export function buildData(docs: readonly IndexDoc[], options: LexicalOptions): IndexData {
  const unitIds = new Map<string, number>();
  const units: string[] = [];
  const unitId = (u: string): number => {
    let id = unitIds.get(u);
    if (id === undefined) {
      id = FIRST_UNIT + units.length;
      units.push(u);
      unitIds.set(u, id);
    }
    return id;
  };
  const seen = new Set<string>();
  const kept = docs.filter((d) => !seen.has(d.id) && seen.add(d.id));
  const groupIds = new Map<string, number>();
  const groups = new Uint32Array(kept.length);

  const fieldCount = options.fields.length;
  const streams = options.fields.map(() => new GrowingU32());
  const starts = options.fields.map(() => new Uint32Array(kept.length + 1));
  const lengths = options.fields.map(() => new Uint32Array(kept.length));
  kept.forEach((doc, d) => {
    const group = doc.group ?? '';
    if (!groupIds.has(group)) groupIds.set(group, groupIds.size);
    groups[d] = groupIds.get(group)!;
    const values = [doc.text, doc.title, doc.context ?? '', (doc.asks ?? []).join('\n')];
    for (let f = 0; f < fieldCount; f++) {
      const stream = streams[f]!;
      let length = 0;
      walkUnits(
        normalise(values[f]!),
        (u) => {
          stream.push(unitId(u));
          length++;
        },
        (mark) => stream.push(mark),
      );
      lengths[f]![d] = length;
      starts[f]![d + 1] = stream.length;
    }
  });
  const average = lengths.map((l) => {
    let sum = 0;
    let filled = 0;
    for (const n of l) {
      sum += n;
      if (n > 0) filled++;
    }
    return filled === 0 ? 1 : sum / filled;
  });

  const terms = new TermTable(kept.length * 4);
  const postTerm = new GrowingU32();
  const postDocs = new GrowingU32();
  const impacts = new GrowingU32();
  let weight = new Float32Array(1 << 12);
  const touched: number[] = [];
  const add = (term: number, w: number): void => {
    if (term >= weight.length) {
      const next = new Float32Array(weight.length * 2);
      next.set(weight);
      weight = next;
    }
    if (weight[term] === 0) touched.push(term);
    weight[term]! += w;
  };
  for (let d = 0; d < kept.length; d++) {
    for (let f = 0; f < fieldCount; f++) {
      const stream = streams[f]!;
      const w = options.fields[f]! / (1 - options.b + (options.b * lengths[f]![d]!) / average[f]!);
      let previous = 0;
      for (let i = starts[f]![d]!; i < starts[f]![d + 1]!; i++) {
        const unit = stream.at(i);
        if (unit < FIRST_UNIT) {
          previous = 0;
          continue;
        }
        add(terms.add(unit, 0), w);
        if (previous !== 0) add(terms.add(previous, unit), w);
        previous = unit;
      }
    }
    for (const term of touched) {
      const tf = weight[term]!;
      postTerm.push(term);
      postDocs.push(d);
      impacts.push(Math.max(1, Math.round((65535 * tf) / (options.k1 + tf))));
      weight[term] = 0;
    }
    touched.length = 0;
  }
  const postStart = new Uint32Array(terms.size + 1);
  for (let i = 0; i < postTerm.length; i++) postStart[postTerm.at(i) + 1]!++;
  for (let t = 0; t < terms.size; t++) postStart[t + 1]! += postStart[t]!;
  const next = postStart.slice();
  const postDoc = new Uint32Array(postTerm.length);
  const postImpact = new Uint16Array(postTerm.length);
  for (let i = 0; i < postTerm.length; i++) {
    const at = next[postTerm.at(i)]!++;
    postDoc[at] = postDocs.at(i);
    postImpact[at] = impacts.at(i);
  }
  // The second look reads the everyday phrasings along with the text: both are what the record answers.
  const textStart = new Uint32Array(kept.length + 1);
  const text = new GrowingU32();
  for (let d = 0; d < kept.length; d++) {
    for (const f of [0, 3]) {
      for (let i = starts[f]![d]!; i < starts[f]![d + 1]!; i++) text.push(streams[f]!.at(i));
      if (f === 0 && lengths[3]![d]! > 0) text.push(Mark.sentence);
    }
    textStart[d + 1] = text.length;
  }
  const narrow = (a: Uint32Array) => (units.length + FIRST_UNIT <= 0xffff ? Uint16Array.from(a) : a);
  return {
    ids: kept.map((d) => d.id),
    groups,
    groupNames: [...groupIds.keys()],
    units,
    terms,
    postStart,
    postDoc,
    postImpact,
    textStart,
    text: narrow(text.done()),
    titleStart: starts[1]!,
    title: narrow(streams[1]!.done()),
    k1: options.k1,
  };
}
