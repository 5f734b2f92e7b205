import { type Figure, sameFigure } from '../figures.js';
import type { Lexicon } from '../lexicon.js';
import { has } from '../text.js';
import { isToken } from '../track.js';
import type { Claim } from './claims.js';
import { without } from './parts.js';
import type { Saying } from './saying.js';

/** Whether all that a saying says stands in a claim; of one that is made of several, all of one before all of the next. */
export function within(x: Saying, c: Claim, lexicon: Lexicon): boolean {
  if (!x.figures.every((f) => held(f, x, c, lexicon))) return false;
  // Whom it is about is no name that may stand anywhere.
  const whom = x.chars.match(lexicon.re.roles) ?? [];
  if (c.subject !== '' && !whom.every((w) => [c.chars, c.subject, c.ground].some((t) => t.includes(w))))
    return false;
  if (c.of.length === 0) return unknown(x, c, lexicon).length === 0 && ranked(x, c);
  return parted([x], c, lexicon);
}

/** Whether sayings say all of one part of a claim before all of the next; a condition may come after its rule. */
export function parted(sayings: readonly Saying[], c: Claim, lexicon: Lexicon): boolean {
  const unknowns = c.of.map((p) => {
    let before = 0;
    return sayings.flatMap((x) => {
      const from = before;
      before += x.needs.length;
      return unknown(x, p, lexicon).map((k) => from + k);
    });
  });
  return inTurn(unknowns) || (c.of[0]!.limit && inTurn([...unknowns].reverse()));
}

/** Whether places can be parted so that each stretch holds none that is unknown to its claim. @param unknowns of each claim, in their order */
function inTurn(unknowns: readonly (readonly number[])[]): boolean {
  let from = 0;
  for (const list of unknowns) from = list.find((k) => k >= from) ?? Number.POSITIVE_INFINITY;
  return from === Number.POSITIVE_INFINITY;
}

/** Which characters of a saying that need evidence (by their place among these) have none in a claim. */
function unknown(x: Saying, c: Claim, lexicon: Lexicon): number[] {
  const { chars, needs } = x;
  const known = (pair: string): boolean =>
    pair.length === 2 && (c.pairs.has(pair) || c.ground.includes(pair) || c.subject.includes(pair));
  const { joining } = lexicon.words;
  const out: number[] = [];
  for (const [k, i] of needs.entries()) {
    if (known(chars.slice(i, i + 2)) || (i > 0 && known(chars.slice(i - 1, i + 1)))) continue;
    const before = needs[k - 1];
    const after = needs[k + 1];
    if (after !== undefined && known(chars[i]! + chars[after]!)) continue;
    if (before !== undefined && known(chars[before]! + chars[i]!)) continue;
    // 制定权和分解权 where the evidence has 制定权、分解权; 和 at the head of a part joins it to the one before.
    const between = i === 0 || c.pairs.has(chars[i - 1]! + chars[i + 1]!);
    if (!joining.includes(chars[i]!) || !between || c.either) out.push(k);
  }
  return out;
}

/** Of several figures of one claim each stands beside the same word as there: 企业5家 and 单位2家 are not 企业2家. */
function ranked(x: Saying, c: Claim): boolean {
  if (c.figures.filter((f) => f.q.unit === 'count').length < 2) return true;
  for (let i = 0; i < x.chars.length; i++) {
    if (!isToken(x.chars[i])) continue;
    const next = x.needs.find((k) => k > i);
    const last = x.needs.findLast((k) => k < i);
    if (next !== undefined && follows(x, c, i, 1)) continue;
    if (last !== undefined && follows(x, c, i, -1)) continue;
    return false;
  }
  return true;
}

/** Whether the two characters beside a figure stand beside it in a claim too. */
function follows(x: Saying, c: Claim, i: number, by: 1 | -1): boolean {
  const near = by === 1 ? x.needs.filter((k) => k > i).slice(0, 2) : x.needs.filter((k) => k < i).slice(-2);
  const words = near.map((k) => x.chars[k]).join('');
  const core = without(c.chars, c.light);
  // 9550家企业 is 企业9550家.
  return (
    core.includes(by === 1 ? x.chars[i] + words : words + x.chars[i]) ||
    (by === 1 && core.includes(words + x.chars[i]))
  );
}

/** Whether a claim, or a date that it stands under, holds a figure, bound alike. */
function held(f: Figure, x: Saying, c: Claim, lexicon: Lexicon): boolean {
  const { measures } = lexicon.words;
  return [...c.figures, ...c.dates].some(
    (g) =>
      sameFigure(f.q, g.q, measures) &&
      (f.q.bound === g.q.bound ||
        (f.q.bound === null && g.q.bound === 'at-least' && has(lexicon.re.attains, x.words)) ||
        (f.q.bound === null && g.q.bound === 'at-most' && has(lexicon.re.ceilings, x.words))),
  );
}
