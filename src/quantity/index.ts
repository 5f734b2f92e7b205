export * from './calendar.js';
export * from './exact.js';
export * from './range.js';
export { readQuantities } from './read.js';
export type { Bound, Quantity, Range, Unit } from './types.js';
export * from './values.js';
export * from './write.js';
