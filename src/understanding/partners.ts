import type { Language } from './language.js';
import type { Found } from './lexicon.js';
import type { Reading } from './reading.js';

/** Whether a place begins the name of a partner (联合厦门大学). */
export function partner(text: string, p: Found<string>, language: Language): boolean {
  const tail = text.slice(Math.max(0, p.start - 4), p.start);
  return language.partner.some((w) => tail.endsWith(w) || tail.endsWith(`${w}了`));
}

/** Whether words just before something speak of a partner. */
export function partnerNear(reading: Reading, before: string): boolean {
  const tail = before.slice(-6).replaceAll('联合体', '').replace(reading.language.seatCues.cutConsortium, '');
  return reading.language.partner.some((w) => (w.length > 1 ? tail.includes(w) : tail.endsWith(w)));
}
