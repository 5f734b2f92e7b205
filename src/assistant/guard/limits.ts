import type { Lexicon } from './lexicon.js';
import { Break, type Row } from './row.js';
import { has } from './text.js';

/** What of a text is never said without another part of it. */
export interface Limits {
  /**
   * How many members of an alternative (A、B或C) or of a pair (A且B) begin before each index; one longer than `chars`. Between two
   * places of a phrase with the same count no member is lost. In a phrase that limits or gives something every character counts:
   * whom a rule is about, and what is given to whom, is said whole or not at all.
   */
  members: number[];
  /** Index after the limiting phrase (三年内, 对评估优秀的) that a character is said under; 0 for none. */
  under: number[];
  /** True within a limiting phrase that something is said under. */
  limit: boolean[];
  /** Indices after a phrase that something is said under, be it a limiting one or one that says to whom something is given. */
  gates: Set<number>;
}

const ASIDE = /[（(][^（()）]*[）)]/g;

/** @param text what the track was made of */
export function limitsOf(t: Row, text: string, lexicon: Lexicon): Limits {
  const { length } = t.chars;
  const out: Limits = {
    members: [0],
    under: Array(length).fill(0),
    limit: Array(length).fill(false),
    gates: new Set(),
  };
  const either = new Set(lexicon.words.alternatives);
  const both = new Set(lexicon.words.conjunctions);
  let governing = 0;
  let clause = -1;
  let previous = -1;
  let gave = false;
  const whole: [from: number, end: number][] = [];
  for (let from = 0; from < length; from = t.phraseEnd[from]!) {
    const end = t.phraseEnd[from]!;
    if (t.clause[from] !== clause) {
      clause = t.clause[from]!;
      governing = 0;
      previous = -1;
      gave = false;
    }
    const chars = t.chars.slice(from, end);
    // 给予配套，最高不超过1000万元: one thing.
    const capped = gave && lexicon.words.capping.some((w) => text.startsWith(w, t.at[from]));
    const listed = [...chars].some((c) => either.has(c));
    for (let i = from; i < end; i++) {
      const member =
        (capped && i === from) ||
        either.has(t.chars[i]!) ||
        (both.has(t.chars[i]!) && i > from) ||
        (listed && i > from && t.breaks[i] === Break.List);
      out.members.push(out.members[i]! + (member ? 1 : 0));
    }
    const words = text
      .slice(t.at[from], t.at[end] ?? text.length)
      .replace(/[（(][^（(]*[）)][，：,:\s]*$/, '')
      .replace(/(?<![^\p{L}\p{N}%])[^\p{L}\p{N}%]+$/u, '');
    const gives = has(lexicon.re.giving, words);
    gave = gives;
    // What is given is given to those of the phrase before: 引进的人才等，按政策给予支持.
    if (gives && previous >= 0) governing = from;
    if (governing > 0) out.gates.add(governing);
    out.under.fill(governing, from, end);
    if (gives) whole.push([from, end]);
    // The last phrase of a clause limits nothing.
    if (end < length && t.clause[end] === clause && has(lexicon.re.limits, words)) {
      // 联合体已有10人，且其中1人…的: one condition in two phrases.
      if (previous >= 0 && lexicon.words.continuing.some((w) => chars.startsWith(w))) {
        out.limit.fill(true, previous, from);
        if (governing !== from) out.under.fill(from, from, end);
        out.gates.add(from);
      }
      out.limit.fill(true, from, end);
      whole.push([from, end]);
      governing = end;
      out.gates.add(end);
    }
    previous = from;
  }
  // The first character (对, 经) may be lost, and what stands in brackets where it holds nothing that weighs.
  const kept = new Uint8Array(length);
  for (const [from, end] of whole) kept.fill(1, from + 1, end);
  for (const aside of text.matchAll(ASIDE))
    for (const [i, at] of t.at.entries())
      if (at > aside.index && at < aside.index + aside[0].length) kept[i] = 0;
  let sum = 0;
  for (let i = 0; i < length; i++) {
    sum += kept[i]!;
    out.members[i + 1]! += sum;
  }
  return out;
}
