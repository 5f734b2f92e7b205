import { type Figure, figureKey } from './figures.js';
import type { Lexicon } from './lexicon.js';
import { type Limits, limitsOf } from './limits.js';
import { Break, type Row } from './row.js';
import { mask } from './text.js';

/** A row with what of it is never said without another part of it. */
export type Track = Row & Limits;

const CLAUSE_END = /[。；;！!？?\n]/;
const COMMA = /[，,：:]/;

/** A code point of the private range stands for a figure; two figures may share one: figures are checked on their own. */
const TOKENS = 6000;
function token(key: string): string {
  let hash = 7;
  for (let i = 0; i < key.length; i++) hash = (hash * 31 + key.charCodeAt(i)) % 1_000_003;
  return String.fromCharCode(0xe000 + (hash % TOKENS));
}
export const isToken = (c: string | undefined): boolean => c !== undefined && c >= '\ue000' && c <= '\uf8ff';

/** @param text folded and unified */
export function trackOf(text: string, figures: readonly Figure[], lexicon: Lexicon): Track {
  const starts = new Map(figures.map((f) => [f.q.outerStart, f]));
  const weights = weigh(text, figures, lexicon);
  const t: Row = {
    chars: '',
    at: [],
    breaks: [],
    phrase: [],
    phraseEnd: [],
    clause: [],
    grave: [0],
    heavy: [0],
    inner: [],
    roles: lexicon.re.roles,
    pairs: new Map(),
  };
  let phrase = 0;
  let clause = 0;
  let open: Break = Break.None;
  for (let i = 0; i < text.length; ) {
    const figure = starts.get(i);
    const c = text[i]!;
    if (!figure && !/[\p{L}\p{N}%]/u.test(c)) {
      const sort = CLAUSE_END.test(c)
        ? Break.Clause
        : COMMA.test(c)
          ? Break.Comma
          : c === '、'
            ? Break.List
            : Break.None;
      if (sort > open) open = sort;
      i++;
      continue;
    }
    const n = t.chars.length;
    if (open >= Break.Comma) phrase = n;
    if (open === Break.Clause) clause = n;
    t.at.push(i);
    t.breaks.push(open);
    t.phrase.push(phrase);
    t.clause.push(clause);
    t.inner.push(weights[i] === INNER);
    t.chars += figure ? token(figureKey(figure.q)) : c;
    const to = figure ? figure.q.outerEnd : i + 1;
    let grave = 0;
    let heavy = figure ? 1 : 0;
    for (let k = i; k < to; k++) {
      grave += weights[k] === 2 ? 1 : 0;
      heavy += weights[k] === 1 || weights[k] === 2 ? 1 : 0;
    }
    t.grave.push(t.grave[n]! + grave);
    t.heavy.push(t.heavy[n]! + heavy);
    open = Break.None;
    i = Math.max(to, i + 1);
  }
  const length = t.chars.length;
  for (let n = length - 1, end = length; n >= 0; n--) {
    t.phraseEnd[n] = end;
    if (t.phrase[n] === n) end = n;
  }
  for (let n = 0; n < length; n++) {
    const key = isToken(t.chars[n]) ? t.chars[n]! : t.chars.slice(n, n + 2);
    const list = t.pairs.get(key);
    if (list) list.push(n);
    else t.pairs.set(key, [n]);
  }
  return { ...t, ...limitsOf(t, text, lexicon) };
}

const INNER = 3;

/** 2 where a softener, a strength or a denial begins, 1 where another word does that changes what is said (a rank, an "or"). */
function weigh(text: string, figures: readonly Figure[], lexicon: Lexicon): Uint8Array {
  const out = new Uint8Array(text.length);
  const free = mask(text, lexicon.innocent);
  for (const f of figures) free.fill(1, f.q.outerStart, f.q.outerEnd);
  const mark = (re: RegExp, weight: number) => {
    for (const m of text.matchAll(re)) {
      if (free[m.index] === 1) continue;
      if (out[m.index] !== 2) out[m.index] = weight;
      for (let k = m.index + 1; k < m.index + m[0].length; k++) if (out[k] === 0) out[k] = INNER;
    }
  };
  for (const [name, re] of lexicon.strengths) if (name !== 'ask') mark(re, name === 'must' ? 1 : 2);
  mark(lexicon.re.levels, 1);
  mark(lexicon.re.links, 1);
  mark(lexicon.re.qualifiers, 2);
  mark(lexicon.re.softeners, 2);
  mark(lexicon.re.negations, 2);
  // How long something holds: 三年内, 近三年, 每3年.
  for (const f of figures) if (f.q.unit === 'duration') out[f.q.outerStart] = 2;
  return out;
}
