import type { Lexicon } from './lexicon.js';
import { Break } from './row.js';
import type { Segment } from './sentence.js';
import { Flag, type State } from './state.js';
import { bare } from './text.js';
import type { Track } from './track.js';

/** Most characters of a phrase that may be left out between two stretches of it. */
const GAP = 16;

/** What stands between alternatives, in its longest form. */
const ALTERNATIVE = '或者是';

/** Whom something is said towards stands right behind these: 向市科技局负责 is not 向…负责, whoever comes next. */
const TOWARDS = /[向对由给被把]/;

/** Whether the next character may be the evidence's next. */
export function goesOn(state: State, t: Track, roles: readonly string[]): boolean {
  const gap = t.breaks[state.e]!;
  if (state.flags & Flag.Hung) return false;
  if (gap === Break.Clause && state.broke === Break.None) return false;
  if (state.flags & Flag.Joined && gap !== Break.List) return false;
  if (!under(state, state.track, t, state.e)) return false;
  return !renames(state, t, state.e, roles);
}

/** Whether a new stretch may begin at `pos`, by what stood before it. */
export function joins(
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
      !TOWARDS.test(own.chars[e - 1]!) &&
      // In its phrase, or at the head of the next: 联合体实行动态管理，每3年评估一次 as 联合体每3年评估一次.
      (t.phrase[pos] === t.phrase[e - 1] ||
        t.phrase[pos] === e ||
        (t.phrase[pos] === pos && pos === own.phraseEnd[e - 1] && topical(own, e, lexicon))) &&
      !own.inner[e] &&
      t.heavy[pos] === t.heavy[e] &&
      !(state.flags & Flag.Joined)
    );
  if (!leaves(state, own)) return false;
  // 章程，同时规章制度: an alternative is told with its 或.
  if (same && pos - e <= ALTERNATIVE.length && t.chars.slice(e, pos).includes(ALTERNATIVE[0]!)) return false;
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
export function counted(
  { track, e, broke }: State,
  n: number,
  pos: number,
  t: Track,
  lexicon: Lexicon,
): boolean {
  if (n !== track || broke !== Break.None || pos <= e || t.phrase[pos] === pos) return true;
  const bareOf = (text: string) => bare(text.replace(lexicon.re.softeners, '').replace(lexicon.light, ''));
  // 原则上5亿元以上: so far nothing was said that it could be counted of instead.
  if (bareOf(t.chars.slice(t.phrase[pos], e)) === '') return true;
  return bareOf(t.chars.slice(e, pos)).length <= SUFFIX;
}

/** Whether nothing that softens or denies is lost in front of a stretch that begins at `pos`. */
export function starts(state: State, n: number, pos: number, t: Track, own: Track | undefined): boolean {
  if (t.inner[pos]) return false;
  const from = t.phrase[pos]!;
  // In the phrase of the last stretch, what lies between was looked at already.
  const after = own && n === state.track && state.broke === Break.None ? Math.max(from, state.e) : from;
  return t.grave[pos] === t.grave[after];
}

/** Whether the limiting phrase that a place is said under was said. */
export function under(state: State, n: number, t: Track, pos: number): boolean {
  const limit = t.under[pos]!;
  return limit === 0 || (state.track === n && state.met === limit);
}

export function metBy(state: State, t: Track, n: number, e: number): number {
  if (t.gates.has(e)) return e;
  return state.track === n ? state.met : 0;
}

/** Whether no member of an alternative, and nothing of a limiting phrase, is lost in front of a stretch that begins at `pos`. */
export function whole(state: State, n: number, t: Track, pos: number): boolean {
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
export function leaves(state: State, own: Track | undefined): boolean {
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
