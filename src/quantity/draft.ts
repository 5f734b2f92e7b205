import type { Quantity } from './types.js';

/** A figure with its unit, before its bound words are looked for. */
export type Draft = Omit<Quantity, 'outerStart' | 'outerEnd' | 'text'>;

/** What stands at a place, if anything, and where to go on. */
export interface Read {
  draft: Draft | null;
  next: number;
}
