import type { Figure } from './figures.js';
import type { Lexicon } from './lexicon.js';
import { has } from './text.js';
import { Break, isToken, type Track, trackOf } from './track.js';

/** Most characters of a phrase that may be left out between two stretches of it. */
const GAP = 16;

/** What may stand between stretches of the evidence. */
enum Filler {
  /** Says nothing by itself, or asks (要求, 应) where the evidence does. */
  Light,
  City,
  /** A name by which the evidence's matter goes. */
  Name,
  /** 和, 与: one more of a list. */
  Joining,
  /** 同时, 另外: something new begins. */
  Turn,
}

/** Of the segment (between commas) that is being read: */
enum Flag {
  /** a stretch of the evidence stands in it; */
  Run = 1,
  /** a name stands before any; */
  Name = 2,
  /** 和 stands since the last; */
  Joined = 4,
  /** a city is named in it; */
  City = 8,
  /** a name stands behind one: nothing of the evidence follows. */
  Closed = 16,
}

interface State {
  /** Which track, and the index after the last character laid beside it; -1 before the first. */
  track: number;
  e: number;
  /** What parted the sentence since the last run. */
  broke: Break;
  flags: number;
}

export interface AlignTask {
  /** Folded and unified. */
  sentence: string;
  figures: readonly Figure[];
  /** 1 where a stretch of the sentence is settled otherwise (a figure of the user's own). */
  open: Uint8Array;
  tracks: readonly Track[];
  /** Names by which the matter of the evidence goes. */
  names: readonly string[];
  lexicon: Lexicon;
}

/**
 * Lays a sentence beside its evidence; null when it fits, else the characters from which on nothing does. Every character must
 * belong to a stretch of the evidence (two characters at least, or going on where the last ended), to a figure of it, or to words
 * that say nothing. Stretches keep the order of their phrase; what is left out between them must not weigh; what is put in must not
 * join, deny or rename. So an exchanged subject, an "or" turned "and", a softener lost, a condition put to another rule fit nowhere.
 */
export function align(task: AlignTask): string | null {
  const { lexicon, tracks } = task;
  const s = trackOf(task.sentence, task.figures, lexicon);
  const { length } = s.chars;
  const fillers = fillersOf(task, s);
  const segments = segmentsOf(task, s);
  const soft = has(lexicon.re.softeners, task.sentence);
  const reach: Map<number, State>[] = Array.from({ length: length + 1 }, () => new Map());
  const put = (i: number, state: State) => {
    const key = (((state.track + 1) * 16_384 + state.e + 1) * 4 + state.broke) * 32 + state.flags;
    reach[i]!.set(key, state);
  };
  put(0, { track: -1, e: -1, broke: Break.None, flags: 0 });
  let far = 0;
  for (let i = 0; i < length; i++) {
    if (reach[i]!.size > 0) far = i;
    const gap = s.breaks[i]!;
    const figure = isToken(s.chars[i]);
    const key = figure ? s.chars[i]! : s.chars.slice(i, i + 2);
    const pair = figure || (key.length === 2 && s.breaks[i + 1]! < Break.Comma);
    const before = s.phrase[i]! > 0 ? segments[s.phrase[i]! - 1]! : null;
    for (const was of reach[i]!.values()) {
      const state = i > 0 && gap >= Break.Comma ? { ...was, broke: Math.max(was.broke, gap), flags: 0 } : was;
      for (const [to, kind] of fillers[i]!) {
        const next = filled(state, kind);
        if (next) put(to, next);
      }
      if (state.flags & Flag.Closed) continue;
      const own = tracks[state.track];
      if (own && own.chars[state.e] === s.chars[i] && goesOn(state, own, segments[i]!))
        put(i + 1, { ...state, e: state.e + 1, broke: Break.None, flags: Flag.Run });
      if (!pair) continue;
      const by = figure ? 1 : 2;
      for (const [n, t] of tracks.entries())
        for (const pos of t.pairs.get(key) ?? [])
          if (
            joins(state, n, pos, t, own, segments[i]!, before) &&
            (starts(state, n, pos, t, own) || (figure && soft))
          )
            put(i + by, { track: n, e: pos + by, broke: Break.None, flags: Flag.Run });
    }
  }
  for (const state of reach[length]!.values()) if (leaves(state, tracks[state.track])) return null;
  if (reach[length]!.size > 0) far = Math.max(0, length - 4);
  const from = s.at[far] ?? 0;
  return task.sentence.slice(from, from + 8);
}

function filled(state: State, kind: Filler): State | null {
  const { flags } = state;
  switch (kind) {
    case Filler.Light:
      return state;
    case Filler.City:
      return { ...state, flags: flags | Flag.City };
    case Filler.Name:
      return { ...state, flags: flags | (flags & Flag.Run ? Flag.Closed : Flag.Name) };
    case Filler.Joining:
      return flags & Flag.Run ? { ...state, flags: flags | Flag.Joined } : state;
    case Filler.Turn:
      return flags & Flag.Run ? null : { ...state, broke: state.track < 0 ? state.broke : Break.Clause };
  }
}

/** Whether the next character may be the evidence's next. */
function goesOn(state: State, t: Track, segment: Segment): boolean {
  const gap = t.breaks[state.e]!;
  if (gap === Break.Clause && state.broke === Break.None) return false;
  if (state.flags & Flag.Joined && gap !== Break.List) return false;
  return !renames(state, t, state.e, segment);
}

/** Whether a new stretch may begin at `pos`, by what stood before it. */
function joins(
  state: State,
  n: number,
  pos: number,
  t: Track,
  own: Track | undefined,
  segment: Segment,
  before: Segment | null,
): boolean {
  if (renames(state, t, pos, segment)) return false;
  if (!own) return true;
  const { e } = state;
  const same = n === state.track && t.clause[pos] === t.clause[e - 1] && pos >= e;
  if (state.broke === Break.None)
    return (
      same &&
      pos > e &&
      pos - e <= GAP &&
      (t.phrase[pos] === t.phrase[e - 1] || t.phrase[pos] === e) &&
      !own.inner[e] &&
      t.heavy[pos] === t.heavy[e] &&
      !(state.flags & Flag.Joined)
    );
  if (!leaves(state, own)) return false;
  return state.broke === Break.Clause || same || (state.flags & Flag.City) !== 0 || (before?.whole ?? false);
}

/** Whether nothing that softens or denies is lost in front of a stretch that begins at `pos`. */
function starts(state: State, n: number, pos: number, t: Track, own: Track | undefined): boolean {
  if (t.inner[pos]) return false;
  const from = t.phrase[pos]!;
  // In the phrase of the last stretch, what lies between was looked at already.
  const after = own && n === state.track && state.broke === Break.None ? Math.max(from, state.e) : from;
  return t.grave[pos] === t.grave[after];
}

/** Whether nothing that softens or denies is lost behind the last stretch. */
function leaves(state: State, own: Track | undefined): boolean {
  if (!own) return true;
  if (own.inner[state.e]) return false;
  return own.grave[own.phraseEnd[state.e - 1]!] === own.grave[state.e];
}

/** Whether a name before a stretch takes the place of another's: 成员单位 where the evidence speaks of 牵头单位. */
function renames(state: State, t: Track, pos: number, segment: Segment): boolean {
  if (!(state.flags & Flag.Name) || segment.roles.length === 0) return false;
  const phrase = t.chars.slice(t.phrase[pos], t.phraseEnd[pos]);
  const there = t.roles.filter((r) => phrase.includes(r));
  return there.length > 0 && !segment.roles.some((r) => there.includes(r));
}

interface Segment {
  /** It stands on its own: it holds a figure or says what must be, and does not end as a condition does. */
  whole: boolean;
  roles: readonly string[];
}

function segmentsOf({ sentence, lexicon }: AlignTask, s: Track): Segment[] {
  const known = new Map<number, Segment>();
  return s.phrase.map((from, i) => {
    let segment = known.get(from);
    if (!segment) {
      const words = sentence.slice(s.at[from], (s.at[s.phraseEnd[i]! - 1] ?? sentence.length) + 1);
      const says =
        [...s.chars.slice(from, s.phraseEnd[i])].some(isToken) ||
        lexicon.strengths.some(([, re]) => has(re, words));
      segment = {
        whole: says && !lexicon.words.conditions.some((w) => words.endsWith(w)),
        roles: s.roles.filter((r) => words.includes(r)),
      };
      known.set(from, segment);
    }
    return segment;
  });
}

/** The stretches of a sentence that need no evidence, by the index where they begin. */
function fillersOf({ sentence, open, names, lexicon }: AlignTask, s: Track): (readonly [number, Filler])[][] {
  const out: (readonly [number, Filler])[][] = Array.from({ length: s.chars.length }, () => []);
  const add = (i: number, to: number, kind: Filler) => {
    let end = i;
    while (end < s.at.length && s.at[end]! < to) end++;
    // A word that weighs is never made of two that do not: 以内 is not 以 and 内.
    if (end > i && !s.inner[i] && !s.inner[end]) out[i]!.push([end, kind]);
  };
  for (const [i, at] of s.at.entries()) {
    if (open[at] === 1) out[i]!.push([i + 1, Filler.Light]);
    const first = sentence[at]!;
    for (const [word, kind] of lexicon.fillers.get(first) ?? [])
      if (sentence.startsWith(word, at)) add(i, at + word.length, KINDS[kind]);
    for (const name of names) if (sentence.startsWith(name, at)) add(i, at + name.length, Filler.Name);
  }
  const index = new Map(s.at.map((at, i) => [at, i]));
  for (const m of sentence.matchAll(lexicon.cities)) {
    const i = index.get(m.index);
    if (i !== undefined) add(i, m.index + m[0].length, Filler.City);
  }
  return out;
}

const KINDS = { plain: Filler.Light, joining: Filler.Joining, turns: Filler.Turn } as const;
