import type { Quantity } from './types.js';

/** A figure with its unit, before its bound words are looked for. */
export type Draft = Omit<Quantity, 'outerStart' | 'outerEnd' | 'text'>;

/** What stands at a place: a figure, or what is none and holds none. Readers say null where they know nothing of it. */
export interface Read {
  draft: Draft | null;
  /** Where to go on. */
  next: number;
}

/** A figure was read. */
export function read(draft: Draft): Read {
  return { draft, next: draft.end };
}

/** Up to `next` there is no figure. */
export function skip(next: number): Read {
  return { draft: null, next };
}
