import type { Lexicon } from '../lexicon.js';
import { mask } from '../text.js';
import { isToken } from '../track.js';
import type { Claim } from './claims.js';
import { without } from './parts.js';
import type { Saying } from './saying.js';

/** Most characters of what a claim is about. */
const TOPIC = 4;

/** Whether sayings say all of a claim's words. @param said pairs of the whole sentence: whom it is about may be named anywhere in it */
export function saysAll(
  sayings: readonly Saying[],
  c: Claim,
  lexicon: Lexicon,
  said?: ReadonlySet<string>,
): boolean {
  const { chars, loose } = c;
  // What a claim begins with is what it is about; of what is counted it says which, and stands beside its figure.
  const counts = c.figures.some((f) => f.q.unit === 'count');
  const topic = c.limit || c.figures.length > 0 ? '' : without(chars, c.light).slice(0, TOPIC);
  const named = said && !counts ? `${c.roles.join('，')}，${topic}` : '';
  const has = (pair: string): boolean =>
    sayings.some((x) => x.pairs.has(pair)) || (named.includes(pair) && said!.has(pair));
  let before = -1;
  for (let i = 0; i < chars.length; i++) {
    if (loose[i] === 1) continue;
    const last = before;
    before = i;
    if (isToken(chars[i])) {
      if (!sayings.some((x) => x.chars.includes(chars[i]!))) return false;
      continue;
    }
    if (has(chars.slice(i, i + 2)) || (i > 0 && has(chars.slice(i - 1, i + 1)))) continue;
    if (last >= 0 && has(chars[last]! + chars[i]!)) continue;
    let next = i + 1;
    while (next < chars.length && loose[next] === 1) next++;
    if (next < chars.length && has(chars[i]! + chars[next]!)) continue;
    // What only joins a part to the one before.
    if (i === 0 && lexicon.words.links.includes(chars[i]!)) continue;
    return false;
  }
  return true;
}

/** Whether what allows, softens or wishes a claim is said of it, and nothing of it that is not there. */
export function keeps(
  sayings: readonly Saying[],
  from: number,
  to: number,
  c: Claim,
  lexicon: Lexicon,
): boolean {
  const group = sayings.slice(from, to);
  const sofar = sayings.slice(0, to);
  const may = group.some((x) => x.may);
  // 最高可达2000万元: what has a ceiling is allowed as far as it goes.
  const capped = c.figures.some((f) => f.q.unit === 'CNY' && f.q.bound === 'at-most');
  if (!capped && (c.may ? !sayings.some((x) => x.may) : may && !c.allowed)) return false;
  if (c.allowed && !sofar.some((x) => x.may)) return false;
  const own = [...c.soft, ...c.softened];
  // What softens a figure stands before it or beside it: 企业数量不低于50%，一般且覆盖… softens what follows.
  const figure = group.findIndex((x) => x.figures.length > 0);
  const softening = figure < 0 ? sofar : sayings.slice(0, from + figure + 1);
  if (!own.every((w) => softening.some((x) => x.soft.includes(w)))) return false;
  if (!group.every((x) => x.soft.every((w) => own.includes(w)))) return false;
  // 支持…申报多种融资支持政策 has the word twice, and once is not said without the other.
  const wished = (t: string) => t.match(lexicon.wished)?.length ?? 0;
  if (wished(group.map((x) => x.chars).join('，')) < wished(c.chars)) return false;
  return c.wish === '' || sofar.some((x) => x.chars.includes(c.wish));
}

/** Whether nothing is said more often than there, and figures stand in their order: 5762万元 of 2025年, not the other way round. */
export function once(sayings: readonly Saying[], c: Claim, lexicon: Lexicon): boolean {
  const there = [c.chars, c.subject, ...c.under.map((l) => l.chars)].join('，');
  const counts = new Map<string, number>();
  for (const x of sayings) {
    const may = mask(x.chars, lexicon.omissible);
    for (const i of x.needs) if (may[i] !== 1) counts.set(x.chars[i]!, (counts.get(x.chars[i]!) ?? 0) + 1);
  }
  for (const [char, n] of counts)
    if (
      n > 1 &&
      !lexicon.generic.has(char) &&
      !lexicon.words.joining.includes(char) &&
      there.split(char).length - 1 < n
    )
      return false;
  const order = [...c.chars].filter(isToken).join('');
  const mine = sayings.flatMap((x) => [...x.chars].filter((t) => isToken(t) && order.includes(t)));
  return mine.join('') === order;
}

/** Whether a sentence names whom a claim is about by a part before it. */
export function names(said: ReadonlySet<string>, c: Claim, lexicon: Lexicon): boolean {
  const may = new Uint8Array(c.subject.length);
  for (const m of c.subject.matchAll(lexicon.omissible)) may.fill(1, m.index, m.index + m[0].length);
  for (let i = 0; i < c.subject.length; i++) {
    if (may[i] === 1 || isToken(c.subject[i])) continue;
    if (!said.has(c.subject.slice(i, i + 2)) && !(i > 0 && said.has(c.subject.slice(i - 1, i + 1))))
      return false;
  }
  return true;
}
