import type { Reading } from './reading.js';

/** Whether the asker speaks in person; Latin words whole (we, not must). */
export const inPerson = (reading: Reading, text: string): boolean =>
  reading.language.inPerson.some((w) =>
    /[a-z]/.test(w) ? new RegExp(`\\b${w}\\b`).test(text) : text.includes(w),
  );
