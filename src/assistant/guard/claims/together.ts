import type { Lexicon } from '../lexicon.js';
import { has } from '../text.js';
import type { Claim } from './claims.js';
import type { Group } from './divide.js';
import type { Saying } from './saying.js';
import { saysAll } from './wholly.js';

/** Whether what belongs with a group's claim is said: its limits, its other alternative, and the order of whom it speaks of. */
export function together(
  g: Group,
  all: readonly Group[],
  clause: readonly Saying[],
  lexicon: Lexicon,
): boolean {
  const { claim } = g;
  const chars = clause
    .slice(g.from, g.to)
    .map((x) => x.chars)
    .join('，');
  // What is under a condition is said under it and under no other.
  const limits = all.filter((x) => x.claim.limit);
  if (claim.limit) {
    if (limits.length === all.length) return false;
  } else {
    const of = (x: Group) => clause.slice(x.from, x.to);
    if (
      !claim.under.every(
        (l) =>
          limits.some((x) => partsOf(x.claim).some((p) => p.chars === l.chars)) ||
          saysAll(clause, l, lexicon),
      )
    )
      return false;
    if (!limits.every((x) => claim.under.some((l) => saysAll(of(x), l, lexicon)))) return false;
  }
  // A condition that says whom something is about (企业牵头的) is one of its own, wholly.
  for (const x of clause.slice(g.from, g.to))
    if (has(lexicon.re.governing, `${x.words.replace(/[，：]$/, '')}，`)) {
      const whole = [claim, ...claim.of, ...claim.under].some((l) => l.limit && saysAll([x], l, lexicon));
      if (!whole) return false;
    }
  // Said twice, it would be said once without what belongs with it.
  const mine = partsOf(claim);
  for (const x of all)
    if (x !== g && partsOf(x.claim).some((p) => mine.some((o) => o.chars === p.chars))) return false;
  // What is given up to an amount, or not to some, is not said without it.
  if (claim.cap !== '' && !all.some((x) => partsOf(x.claim).some((p) => p.chars === claim.cap))) return false;
  // One of two is never said alone, nor as both.
  const { alternatives, links } = lexicon.words;
  const says = (text: string) => [...text].some((c) => alternatives.includes(c));
  if (claim.either !== says(chars.slice(1))) return false;
  if (claim.other === '') {
    // 不参加的，或连续2次不合格的: only behind the other condition.
    if (says(chars.slice(0, 1)) && !(claim.instead && limits.length > 0)) return false;
  } else {
    const beside = all.find((x) => x.claim.chars === claim.other);
    if (!beside || Math.abs(all.indexOf(beside) - all.indexOf(g)) !== 1) return false;
    const later = beside.from < g.from ? g : beside;
    if (!says(clause[later.from]!.chars.slice(0, 1))) return false;
  }
  const { turns } = lexicon.re;
  const plain = chars.replace(turns, (w) => (w.length > 1 ? '' : w));
  const joined = (i: number) =>
    i > 0 &&
    plain[i - 1] !== '，' &&
    links.includes(plain[i]!) &&
    !alternatives.includes(plain[i]!) &&
    !claim.pairs.has(plain.slice(i, i + 2)) &&
    !claim.pairs.has(plain.slice(i - 1, i + 1));
  if ((claim.either || claim.other !== '') && [...plain].some((_, i) => joined(i))) return false;
  return inOrder(claim.roles, chars);
}

const partsOf = (claim: Claim): readonly Claim[] => (claim.of.length > 0 ? claim.of : [claim]);

/** Whether those of whom several are named stand in the same order. */
function inOrder(roles: readonly string[], chars: string): boolean {
  if (new Set(roles).size < 2) return true;
  let from = 0;
  for (const role of roles) {
    const at = chars.indexOf(role, from);
    if (at < 0) return false;
    from = at + role.length;
  }
  return true;
}
