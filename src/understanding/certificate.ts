import { segmentAt } from './context.js';
import type { Reading } from './reading.js';

/** Whether the statement speaks of a certificate or a platform before a place. */
export function certificateNamed(reading: Reading, at: number): boolean {
  const seg = segmentAt(reading, at);
  const held = reading.names.findLast((n) => n.start >= (seg?.start ?? at) && n.end <= at);
  return (
    held !== undefined &&
    reading.language.figureCues.certificate.test(reading.text.slice(held.end, at)) &&
    held.value.facts.some((f) => /\.(high_tech|srdi|tech_based|platform_level)$/.test(f))
  );
}
