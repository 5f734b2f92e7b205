import { Break } from './row.js';
import { Filler, type Segment } from './sentence.js';

/** Of the segment (between commas) that is being read: */
export enum Flag {
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

export interface State {
  /** Which track, and the index after the last character laid beside it; -1 before the first. */
  track: number;
  e: number;
  /** What parted the sentence since the last run. */
  broke: Break;
  flags: number;
  /** The limiting phrase that was said last, by the index after it; 0 before any. */
  met: number;
}

/** What a segment leaves to the next. A condition in other words than the evidence's is no condition of what comes after it. */
export function carried(flags: number, gap: Break, ended: Segment): number {
  const hung = ended.condition && !ended.set && !(flags & (Flag.Run | Flag.Framed)) ? Flag.Hung : 0;
  return (flags & Flag.Named) | (gap === Break.Clause ? 0 : (flags & Flag.Hung) | hung);
}

export function filled(state: State, kind: Filler): State | null {
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
