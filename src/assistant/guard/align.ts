import type { Figure } from './figures.js';
import type { Lexicon } from './lexicon.js';
import { Break } from './row.js';
import { Filler, fillersOf, type Segment, segmentsOf } from './sentence.js';
import { bare, has } from './text.js';
import { isToken, type Track, trackOf } from './track.js';

/** Most characters of a phrase that may be left out between two stretches of it. */
const GAP = 16;

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
  /** Of the sentence: a name stands somewhere in it. */
  Named = 16,
  /** A condition that no evidence was laid beside stands before, in the same clause. */
  Hung = 32,
  /** A city was named right before. */
  Place = 64,
  /** A name that says whom a rule is about (企业牵头的) stands for a condition. */
  Framed = 128,
}

interface State {
  /** Which track, and the index after the last character laid beside it; -1 before the first. */
  track: number;
  e: number;
  /** What parted the sentence since the last run. */
  broke: Break;
  flags: number;
  /** The limiting phrase that was said last, by the index after it; 0 before any. */
  met: number;
}

export interface AlignTask {
  /** Folded and unified. */
  sentence: string;
  figures: readonly Figure[];
  /** 1 where a stretch of the sentence is settled otherwise (a figure of the user's own). */
  open: Uint8Array;
  tracks: readonly Track[];
  /** City id of each track; null for none. */
  cityOf: readonly (string | null)[];
  /** Names by which the matter of each track's evidence goes. */
  names: readonly (readonly string[])[];
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
    const key =
      ((((state.track + 1) * 16_384 + state.e + 1) * 4 + state.broke) * 256 + state.flags) * 16_384 +
      state.met;
    reach[i]!.set(key, state);
  };
  put(0, { track: -1, e: -1, broke: Break.None, flags: 0, met: 0 });
  const said = (state: State, n: number, e: number): State => ({
    track: n,
    e,
    broke: Break.None,
    flags: (state.flags & Flag.Named) | Flag.Run,
    met: metBy(state, tracks[n]!, n, e),
  });
  // Whom the segment has named so far.
  const roles = (i: number): readonly string[] =>
    task.sentence.slice(s.at[s.phrase[i]!], s.at[i]).match(lexicon.re.roles) ?? [];
  // A name of one evidence says nothing of another's words.
  const stranger = (i: number, n: number): boolean => {
    const before = task.sentence.slice(s.at[s.phrase[i]!], s.at[i]);
    const own = task.names[n]!;
    return task.names.some((names) =>
      names.some((name) => before.includes(name) && !own.some((o) => o.includes(name))),
    );
  };
  let far = 0;
  for (let i = 0; i < length; i++) {
    if (reach[i]!.size > 0) far = i;
    const gap = s.breaks[i]!;
    const figure = isToken(s.chars[i]);
    const key = figure ? s.chars[i]! : s.chars.slice(i, i + 2);
    const pair = figure || (key.length === 2 && s.breaks[i + 1]! < Break.Comma);
    // 泉州市、安溪县 where the evidence has 晋江市、安溪县: a city is no member of its list, nor the name of its 市.
    const member = gap === Break.List || task.lexicon.words.places.includes(s.chars[i]!);
    const before = s.phrase[i]! > 0 ? segments[s.phrase[i]! - 1]! : null;
    for (const was of reach[i]!.values()) {
      const state =
        i > 0 && gap >= Break.Comma
          ? { ...was, broke: Math.max(was.broke, gap), flags: carried(was.flags, gap, segments[i - 1]!) }
          : was;
      for (const [to, kind] of fillers[i]!) {
        const next = filled(state, kind);
        if (next) put(to, next);
      }
      if (member && state.flags & Flag.Place) continue;
      const own = tracks[state.track];
      if (own && own.chars[state.e] === s.chars[i] && goesOn(state, own, roles(i)))
        put(i + 1, said(state, state.track, state.e + 1));
      if (!pair) continue;
      const by = figure ? 1 : 2;
      for (const [n, t] of tracks.entries()) {
        const { city } = segments[i]!;
        if (state.flags & Flag.Name && stranger(i, n)) continue;
        if (city !== null && task.cityOf[n] !== null && task.cityOf[n] !== city) continue;
        for (const pos of t.pairs.get(key) ?? [])
          if (
            joins(state, n, pos, t, own, roles(i), before, lexicon) &&
            (!figure || counted(state, n, pos, t, lexicon)) &&
            under(state, n, t, pos) &&
            whole(state, n, t, pos) &&
            (starts(state, n, pos, t, own) || (figure && soft))
          )
            put(i + by, said(state, n, pos + by));
      }
    }
  }
  for (const state of reach[length]!.values()) {
    const own = tracks[state.track];
    // Names alone say nothing that the evidence says of them, a limiting phrase alone nothing at all.
    const named = state.flags & Flag.Name && !(state.flags & Flag.Run);
    if (own ? leaves(state, own) && !own.limit[state.e - 1] && !named : !(state.flags & Flag.Named))
      return null;
  }
  if (reach[length]!.size > 0) far = Math.max(0, length - 4);
  const from = s.at[far] ?? 0;
  return task.sentence.slice(from, from + 8);
}

/** What a segment leaves to the next. A condition in other words than the evidence's is no condition of what comes after it. */
function carried(flags: number, gap: Break, ended: Segment): number {
  const hung = ended.condition && !ended.set && !(flags & (Flag.Run | Flag.Framed)) ? Flag.Hung : 0;
  return (flags & Flag.Named) | (gap === Break.Clause ? 0 : (flags & Flag.Hung) | hung);
}

function filled(state: State, kind: Filler): State | null {
  const flags = state.flags & ~Flag.Place;
  switch (kind) {
    case Filler.Light:
      return { ...state, flags };
    case Filler.City:
      return { ...state, flags: flags | Flag.City | Flag.Place };
    case Filler.Name:
      // Behind words of the evidence a name would be said of them.
      return flags & Flag.Run ? null : { ...state, flags: flags | Flag.Named | Flag.Name };
    case Filler.Frame:
      return flags & Flag.Run ? null : { ...state, flags: flags | Flag.Named | Flag.Name | Flag.Framed };
    case Filler.Joining:
      return { ...state, flags: flags & Flag.Run ? flags | Flag.Joined : flags };
    case Filler.Turn:
      return flags & (Flag.Run | Flag.Name)
        ? null
        : { ...state, flags, broke: state.track < 0 ? state.broke : Break.Clause };
  }
}

/** Whether the next character may be the evidence's next. */
function goesOn(state: State, t: Track, roles: readonly string[]): boolean {
  const gap = t.breaks[state.e]!;
  if (state.flags & Flag.Hung) return false;
  if (gap === Break.Clause && state.broke === Break.None) return false;
  if (state.flags & Flag.Joined && gap !== Break.List) return false;
  if (!under(state, state.track, t, state.e)) return false;
  return !renames(state, t, state.e, roles);
}

/** Whether a new stretch may begin at `pos`, by what stood before it. */
function joins(
  state: State,
  n: number,
  pos: number,
  t: Track,
  own: Track | undefined,
  roles: readonly string[],
  before: Segment | null,
  lexicon: Lexicon,
): boolean {
  if (state.flags & Flag.Hung || renames(state, t, pos, roles)) return false;
  if (!own) return true;
  const { e } = state;
  const same = n === state.track && t.clause[pos] === t.clause[e - 1] && pos >= e;
  if (state.broke === Break.None)
    return (
      same &&
      pos > e &&
      pos - e <= GAP &&
      // In its phrase, or at the head of the next: 联合体实行动态管理，每3年评估一次 as 联合体每3年评估一次.
      (t.phrase[pos] === t.phrase[e - 1] ||
        t.phrase[pos] === e ||
        (t.phrase[pos] === pos && pos === own.phraseEnd[e - 1] && topical(own, e, lexicon))) &&
      !own.inner[e] &&
      t.heavy[pos] === t.heavy[e] &&
      !(state.flags & Flag.Joined)
    );
  if (!leaves(state, own)) return false;
  if (same || !before) return true;
  // What follows a condition is said of it and of nothing else.
  if (before.condition || own.limit[e - 1]) return false;
  return state.broke === Break.Clause || (state.flags & Flag.City) !== 0 || before.whole;
}

/** Whether what was said of a phrase so far is whom it is about: 经备案的联合体, not 加强国际技术. */
function topical(t: Track, e: number, lexicon: Lexicon): boolean {
  const begun = t.chars.slice(t.phrase[e - 1], e);
  return lexicon.words.topics.some((w) => begun.endsWith(w));
}

/** Most characters of a noun that may be left out before its figure: 研发投入经费. */
const SUFFIX = 2;

/** Whether what a figure counts is not left out right before it: 本地单位不少于5家 is not 不少于5家. */
function counted({ track, e, broke }: State, n: number, pos: number, t: Track, lexicon: Lexicon): boolean {
  if (n !== track || broke !== Break.None || pos <= e || t.phrase[pos] === pos) return true;
  const bareOf = (text: string) => bare(text.replace(lexicon.re.softeners, '').replace(lexicon.light, ''));
  // 原则上5亿元以上: so far nothing was said that it could be counted of instead.
  if (bareOf(t.chars.slice(t.phrase[pos], e)) === '') return true;
  return bareOf(t.chars.slice(e, pos)).length <= SUFFIX;
}

/** Whether nothing that softens or denies is lost in front of a stretch that begins at `pos`. */
function starts(state: State, n: number, pos: number, t: Track, own: Track | undefined): boolean {
  if (t.inner[pos]) return false;
  const from = t.phrase[pos]!;
  // In the phrase of the last stretch, what lies between was looked at already.
  const after = own && n === state.track && state.broke === Break.None ? Math.max(from, state.e) : from;
  return t.grave[pos] === t.grave[after];
}

/** Whether the limiting phrase that a place is said under was said. */
function under(state: State, n: number, t: Track, pos: number): boolean {
  const limit = t.under[pos]!;
  return limit === 0 || (state.track === n && state.met === limit);
}

function metBy(state: State, t: Track, n: number, e: number): number {
  if (t.gates.has(e)) return e;
  return state.track === n ? state.met : 0;
}

/** Whether no member of an alternative, and nothing of a limiting phrase, is lost in front of a stretch that begins at `pos`. */
function whole(state: State, n: number, t: Track, pos: number): boolean {
  const head = t.phrase[pos]!;
  const mine = n === state.track && state.e > head && state.e <= pos;
  const from = mine ? state.e : head;
  // The sign before a member (、) is no character of its own.
  const listed = pos > from && t.breaks[pos] === Break.List ? 1 : 0;
  if (t.members[from] !== t.members[pos + listed]) return false;
  // 或者B at the head of a phrase goes on from the phrase before.
  if (pos === head && t.members[pos + 1] !== t.members[pos] && !(n === state.track && state.e === pos))
    return false;
  return !t.limit[pos] || t.heavy[from] === t.heavy[pos];
}

/** Whether nothing that softens or denies is lost behind the last stretch. */
function leaves(state: State, own: Track | undefined): boolean {
  if (!own) return true;
  const { e } = state;
  if (own.inner[e]) return false;
  const end = own.phraseEnd[e - 1]!;
  if (own.members[end] !== own.members[e]) return false;
  // A，或者B: an alternative that begins the next phrase.
  if (own.clause[end] === own.clause[e - 1] && own.members[end + 1] !== own.members[end]) return false;
  return own.grave[end] === own.grave[e];
}

/** Whether a name before a stretch takes the place of another's: 成员单位 where the evidence speaks of 牵头单位. */
function renames(state: State, t: Track, pos: number, before: readonly string[]): boolean {
  if (!(state.flags & Flag.Name) || before.length === 0) return false;
  const last = (from: number) => t.chars.slice(from, pos).match(t.roles)?.at(-1);
  const there = last(t.phrase[pos]!) ?? last(t.clause[pos]!);
  return there !== undefined && !before.includes(there);
}
