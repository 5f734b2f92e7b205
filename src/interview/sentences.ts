import { normalise } from '../understanding/index.js';

/** Sentences with their marks; a blank message has none. */
export function sentences(message: string): string[] {
  return (normalise(message).match(/[^。！!？?；;\n]+[。！!？?；;\n]*/g) ?? [])
    .map((s) => s.trim().replace(/[。！!；;]+$/, ''))
    .filter((s) => /[\p{L}\p{N}√✓✔×✗👍👎?？]/u.test(s));
}

/** The parts of a sentence between its commas. */
export const clauses = (sentence: string): string[] =>
  sentence
    .split(/[，,、]/)
    .map((s) => s.trim())
    .filter((s) => s !== '');

/** A name as it was typed: the reader sees everything in lower case. */
export function asTyped(read: string, message: string): string {
  const typed = message.normalize('NFKC');
  const at = typed.toLowerCase().indexOf(read.toLowerCase());
  return at < 0 ? read : typed.slice(at, at + read.length);
}
