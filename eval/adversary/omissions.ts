/**
 * The judge's eye for what a sentence leaves out: half of an alternative, the words that make a wish or a custom of a rule, the time
 * a ban lasts, the condition something hangs on. It compares characters and shares no code with the guard.
 */
import { plain } from './numerals.js';

/** Characters that tell which words of a source a sentence repeats. */
const PIECE = 5;
const SCOPES = /鼓励|支持|优先|择优|争取|预计|视情|适当|原则上|一般|建议/g;

/** A text's letters and digits in plain notation; what parts its phrases as ，. */
const letters = (text: string): string =>
  plain(text)
    .replace(/[,，。；;：:！？!?]+/g, '，')
    .replace(/[^\p{L}\p{N}%，]/gu, '')
    .replace(/或者/g, '或')
    .replace(/不能(?!够)/g, '不得')
    .replace(/^，|，$/g, '');

/** @param sentence @param given the sources, a line or sentence each parted by 。；or a line end @returns what was left out */
export function omissions(sentence: string, given: string): string[] {
  const said = letters(sentence);
  const clauses = given
    .split(/[。；\n]/)
    .map(letters)
    .filter((clause) => clause.length > PIECE);
  const phrases = clauses.flatMap((clause) => clause.split('，'));
  const out: string[] = [];
  /** Whether every place of the sources that holds a piece has something in front of it. */
  const always = (list: readonly string[], piece: string, before: (head: string) => boolean) =>
    list.every((text) => {
      for (let at = text.indexOf(piece); at >= 0; at = text.indexOf(piece, at + 1))
        if (!before(text.slice(0, at))) return false;
      return true;
    });
  for (const phrase of phrases) {
    for (const m of phrase.matchAll(/或/g)) {
      const left = phrase.slice(Math.max(0, m.index - PIECE), m.index);
      const right = phrase.slice(m.index + 1, m.index + 1 + PIECE);
      // A short word at the head of a phrase (博士) may stand anywhere: only its absence tells.
      if (left.length < 2 || right.length < PIECE || (left.length < PIECE && said.includes(left))) continue;
      const [hasLeft, hasRight] = [said.includes(left), said.includes(right)];
      const half = hasLeft ? left : right;
      const segment = said.split('，').find((part) => part.includes(half)) ?? '';
      if (
        hasLeft !== hasRight &&
        !segment.includes('或') &&
        phrases.every((p) => !p.includes(half) || p.includes('或'))
      )
        out.push(`half of “${left}或${right}”`);
    }
    for (const m of phrase.matchAll(SCOPES)) {
      const rest = phrase.slice(m.index + m[0].length, m.index + m[0].length + PIECE + 1);
      if (rest.length <= PIECE || !said.includes(rest)) continue;
      const segment = said.split('，').find((s) => s.includes(rest)) ?? '';
      if (!segment.includes(m[0]) && always(phrases, rest, (head) => head.includes(m[0])))
        out.push(`without ${m[0]}: ${rest}`);
    }
  }
  for (const m of said.matchAll(/不得.{4}/g))
    if (
      !/年内|期间/.test(said) &&
      always([plain(given)], m[0], (head) => /年内[^。；]{0,12}$|期间，?$/.test(head))
    )
      if (plain(given).includes(m[0])) out.push(`for how long: ${m[0]}`);
  for (const clause of clauses) {
    const parts = clause.split('，');
    for (const [i, part] of parts.entries()) {
      const next = parts[i + 1]?.slice(0, PIECE + 1) ?? '';
      const piece = part.slice(-PIECE);
      if (!/(?:的|后|时)$/.test(part) || next.length <= PIECE || piece.length < PIECE || !said.includes(next))
        continue;
      if (!said.includes(piece) && always(clauses, next, (head) => head.endsWith(`${piece}，`)))
        out.push(`without “${piece}”: ${next}`);
    }
  }
  return [...new Set(out)];
}
