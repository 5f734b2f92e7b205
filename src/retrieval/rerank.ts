import type { IndexData } from './data.js';
import type { Query } from './query.js';
import { KINDS, MEASURES, NUMERALS, TIMES } from './questions.js';
import { FIRST_UNIT } from './tokens.js';

/**
 * What is looked at in a candidate, each from 0 to about 1:
 * `base` first score as a share of the query's weight; `parent` the best first score in its group; `title` how much of its
 * title the question names; `titleAsked` how much of the question only the title holds; `covered` share of the
 * question's terms in the text; `order` share of the question's near pairs that stand near and in the same order;
 * `short` brevity; `figure`, `time` a number with a measure, with a unit of time, where the question asks for one; then
 * for each kind of question whether the text holds one of its cues.
 */
export const FEATURES = [
  'base',
  'parent',
  'title',
  'titleAsked',
  'covered',
  'order',
  'short',
  'figure',
  'time',
] as const;
export const FEATURE_COUNT = FEATURES.length + KINDS.length;

/** Worth of each feature beside `base`; a kind's cue has its own in KINDS. */
const WEIGHTS = [1, 0.7, 0.3, 0.3, 0.4, 0.37, 0.15, 0.15, 0.27, ...KINDS.map((k) => k.weight)];

const Flag = { numeral: 1, measure: 2, time: 4 } as const;
/** Distinct units followed in a candidate, longest stretch of a text that is read, and how far apart a near pair is. */
const MAX_UNITS = 160;
const MAX_SCAN = 3000;
const NEAR = 4;

/** Puts the first candidates of a search in order again. Holds scratch space: one for an index. */
export class Reranker {
  readonly #data: IndexData;
  readonly #flags: Uint8Array;
  /** Slot of each unit in the question at hand, 0 for the rest. */
  readonly #slot: Uint8Array;
  /** Square tables over the slots, filled for each question. */
  readonly #pair = new Uint16Array((MAX_UNITS + 1) ** 2);
  readonly #near = new Uint16Array((MAX_UNITS + 1) ** 2);
  readonly #cue = new Uint32Array((MAX_UNITS + 1) ** 2);
  /** Units of each kind's cues, in the order of KINDS; a cue with a unit that no document has is left out. */
  readonly #cues: [first: number, second: number][][];

  constructor(data: IndexData, unitId: (u: string) => number) {
    this.#data = data;
    this.#flags = flagsOf(data.units);
    this.#slot = new Uint8Array(FIRST_UNIT + data.units.length);
    this.#cues = KINDS.map((kind) =>
      kind.cues
        .map((cue): [number, number] => [unitId(cue[0]!), unitId(cue[1]!)])
        .filter(([a, b]) => a !== 0 && b !== 0),
    );
  }

  /** The worth of each candidate, above 0, in the order given. */
  worth(query: Query, candidates: readonly (readonly [doc: number, score: number])[]): Float64Array {
    const features = this.features(query, candidates);
    return Float64Array.from(candidates, (_, i) => {
      let sum = 0;
      for (let f = 0; f < FEATURE_COUNT; f++) sum += features[i * FEATURE_COUNT + f]! * WEIGHTS[f]!;
      return sum;
    });
  }

  /** The features of each candidate, `FEATURE_COUNT` numbers a candidate, in the order given. */
  features(query: Query, candidates: readonly (readonly [doc: number, score: number])[]): Float32Array {
    const data = this.#data;
    const { text, textStart, groups } = data;
    const flags = this.#flags;
    const slot = this.#slot;
    const asked = this.#read(query);
    const { size, single, pair, pairWeight, near, nearWeight, cue, total, nearTotal } = asked;
    const out = new Float32Array(candidates.length * FEATURE_COUNT);

    const best = new Map<number, number>();
    for (const [d, score] of candidates) best.set(groups[d]!, Math.max(score, best.get(groups[d]!) ?? 0));
    const wantsFigure = query.kinds.some((k) => KINDS[k]!.holds === 'figure');
    const wantsTime = query.kinds.some((k) => KINDS[k]!.holds === 'time');
    // Stamps instead of sets: the number of the candidate that last showed a unit, a pair, a near pair.
    const seen = new Uint8Array(size);
    const seenPair = new Uint8Array(pairWeight.length);
    const seenNear = new Uint8Array(nearWeight.length);

    candidates.forEach(([d, score], i) => {
      seen.fill(0);
      seenPair.fill(0);
      seenNear.fill(0);
      let covered = 0;
      let order = 0;
      let kinds = 0;
      let figure = 0;
      let time = 0;
      let previous = 0;
      let before = 0;
      // The slots of the last four units, one byte each: most texts show few slots near each other.
      let recent = 0;
      const start = textStart[d]!;
      const end = Math.min(textStart[d + 1]!, start + MAX_SCAN);
      for (let at = start; at < end; at++) {
        const unit = text[at]!;
        if (unit < FIRST_UNIT) {
          previous = 0;
          before = 0;
          continue;
        }
        if ((flags[previous]! & Flag.numeral) !== 0) {
          const flag = flags[unit]!;
          if ((flag & Flag.measure) !== 0) figure = 1;
          if ((flag & Flag.time) !== 0) time = 1;
        }
        const s = slot[unit]!;
        if (s !== 0) {
          if (seen[s] === 0) {
            seen[s] = 1;
            covered += single[s]!;
          }
          if (before !== 0) {
            const p = pair[before * size + s]!;
            if (p !== 0 && seenPair[p] === 0) {
              seenPair[p] = 1;
              covered += pairWeight[p]!;
            }
            kinds |= cue[before * size + s]!;
          }
          for (let r = recent; r !== 0; r >>>= 8) {
            const n = near[(r & 0xff) * size + s]!;
            if (n !== 0 && seenNear[n] === 0) {
              seenNear[n] = 1;
              order += nearWeight[n]!;
            }
          }
        }
        recent = (recent << 8) | s;
        previous = unit;
        before = s;
      }
      const [title, titleAsked] = this.#title(d, asked, seenPair);
      const o = i * FEATURE_COUNT;
      out[o] = score / total;
      out[o + 1] = best.get(groups[d]!)! / total;
      out[o + 2] = title;
      out[o + 3] = titleAsked / total;
      out[o + 4] = covered / total;
      out[o + 5] = nearTotal === 0 ? 0 : order / nearTotal;
      out[o + 6] = Math.max(0, 1 - Math.log(1 + end - start) / 8);
      out[o + 7] = wantsFigure ? figure : 0;
      out[o + 8] = wantsTime ? time : 0;
      for (const k of query.kinds) if ((kinds & (1 << k)) !== 0) out[o + FEATURES.length + k] = 1;
    });
    for (const unit of asked.units) slot[unit] = 0;
    return out;
  }

  /** Share of the title's pairs that the question names, and the weight of the question's pairs that only it holds. */
  #title(d: number, asked: Asked, seenPair: Uint8Array): [number, number] {
    const { titleStart, title, terms, postStart, ids, size = ids.length } = this.#data;
    const slot = this.#slot;
    let all = 0;
    let hit = 0;
    let only = 0;
    let previous = 0;
    for (let at = titleStart[d]!; at < titleStart[d + 1]!; at++) {
      const unit = title[at]!;
      if (unit >= FIRST_UNIT && previous >= FIRST_UNIT) {
        const term = terms.get(previous, unit);
        const weight = Math.log(1 + size / (postStart[term + 1]! - postStart[term]!));
        all += weight;
        const p = asked.pair[slot[previous]! * asked.size + slot[unit]!]!;
        if (p !== 0) {
          hit += weight;
          if (seenPair[p] === 0) {
            seenPair[p] = 1;
            only += asked.pairWeight[p]!;
          }
        }
      }
      previous = unit;
    }
    return [all === 0 ? 0 : hit / all, only];
  }

  /** Lays the question out as small square tables over the slots of its units. */
  #read(query: Query): Asked {
    const { terms } = this.#data;
    const slot = this.#slot;
    const units: number[] = [];
    const give = (unit: number) => {
      if (unit >= FIRST_UNIT && slot[unit] === 0 && units.length < MAX_UNITS) slot[unit] = units.push(unit);
    };
    for (const unit of query.units) give(unit);
    for (const k of query.kinds) for (const cue of this.#cues[k]!) cue.forEach(give);
    const size = units.length + 1;
    const single = new Float32Array(size);
    const pair = this.#pair.fill(0, 0, size * size);
    const near = this.#near.fill(0, 0, size * size);
    const cue = this.#cue.fill(0, 0, size * size);
    const pairWeight = [0];
    const nearWeight = [0];
    let total = 0;
    let nearTotal = 0;
    for (const { term, weight } of query.terms) {
      const a = slot[terms.first.at(term)]!;
      const second = terms.second.at(term);
      total += weight;
      if (a === 0) continue;
      if (second === 0) single[a] = weight;
      else if (slot[second] !== 0) pair[a * size + slot[second]!] = pairWeight.push(weight) - 1;
    }
    for (let i = 0; i < query.units.length; i++) {
      const a = slot[query.units[i]!]!;
      for (let j = i + 2; a !== 0 && j <= i + NEAR && j < query.units.length; j++) {
        const b = slot[query.units[j]!]!;
        const weight = Math.min(single[a]!, single[b]!);
        if (b === 0 || weight === 0 || near[a * size + b] !== 0) continue;
        near[a * size + b] = nearWeight.push(weight) - 1;
        nearTotal += weight;
      }
    }
    for (const k of query.kinds) {
      for (const [first, second] of this.#cues[k]!) {
        if (slot[first] !== 0 && slot[second] !== 0) cue[slot[first]! * size + slot[second]!]! |= 1 << k;
      }
    }
    return { units, size, single, pair, pairWeight, near, nearWeight, cue, total: total || 1, nearTotal };
  }
}

interface Asked {
  units: number[];
  /** Side of the square tables. */
  size: number;
  single: Float32Array;
  /** Numbers into `pairWeight`, 0 for none; so `near`. */
  pair: Uint16Array;
  pairWeight: number[];
  near: Uint16Array;
  nearWeight: number[];
  /** Bits of the kinds that a pair is a cue of. */
  cue: Uint32Array;
  total: number;
  nearTotal: number;
}

/** Of each unit: can it write a number, can it follow one as a measure, as a time. */
function flagsOf(units: readonly string[]): Uint8Array {
  const flags = new Uint8Array(FIRST_UNIT + units.length);
  for (const [i, u] of units.entries()) {
    flags[FIRST_UNIT + i] =
      (/^\d/.test(u) || NUMERALS.includes(u) ? Flag.numeral : 0) |
      (MEASURES.includes(u[0]!) ? Flag.measure : 0) |
      (TIMES.includes(u[0]!) ? Flag.time : 0);
  }
  return flags;
}
