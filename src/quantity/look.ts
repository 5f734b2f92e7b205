/** What a sticky pattern (`y`) finds at i, its look-behind seeing what stands before; null where it does not match. */
export function matchAt(pattern: RegExp, s: string, i: number): RegExpExecArray | null {
  pattern.lastIndex = i;
  return pattern.exec(s);
}

/** Whether a sticky pattern matches at i. */
export function standsAt(pattern: RegExp, s: string, i: number): boolean {
  return matchAt(pattern, s, i) !== null;
}
