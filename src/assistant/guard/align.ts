import type { Figure } from './figures.js';
import { counted, goesOn, joins, leaves, metBy, starts, under, whole } from './joins.js';
import type { Lexicon } from './lexicon.js';
import { Break } from './row.js';
import { fillersOf, segmentsOf } from './sentence.js';
import { carried, Flag, filled, type State } from './state.js';
import { has } from './text.js';
import { isToken, type Track, trackOf } from './track.js';

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
