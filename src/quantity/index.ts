export * from './calendar.js';
export * from './exact.js';
export * from './range.js';
export type { Bound, Quantity, Range, Unit } from './types.js';
