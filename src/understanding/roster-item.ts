import type { Quantity } from '../quantity/types.js';
import { TOLD, type Told } from './apposition.js';
import type { Reading } from './reading.js';
import { type Item, isKind, kindOfHead, kindOfName, type UnitKind } from './unit-kind.js';

/** Words that join two items within one token. */
const JOINTS = /[和与及跟加](?!工|盟|拿)/g;

/** A letter or a stem that goes on numbering the units before it: 客户企业A、B. */
const LETTER = /^[a-z甲乙丙丁戊己庚辛]$/;

/** Items that give a number to each of the places before them. */
export const EACH = new WeakSet<Item>();

/** The units that a token of a row tells; null where it tells none. */
export function itemsOf(
  reading: Reading,
  plain: string,
  start: number,
  end: number,
  prior: Item | null,
  /** What the parts that begin at the same place come to, by their end: each is read once however many ways lead to it. */
  known = new Map<number, (Item | null)[]>(),
): (Item | null)[] {
  const token = plain.slice(start, end).replace(/·/g, '');
  // 其他成员：, 一共就这些: words about the row, no unit of it.
  if (token === '' || reading.language.cues.rosterAside.test(token)) return [];
  for (const joint of [...plain.slice(start, end).matchAll(JOINTS)].reverse()) {
    const cut = start + joint.index;
    if (cut === start) continue;
    const last = itemOf(reading, plain, cut + 1, end, null);
    const told = (i: Item | null | undefined) => i != null && i.kind !== 'unknown';
    if (!told(last)) continue;
    const first = known.get(cut) ?? itemsOf(reading, plain, start, cut, prior, known);
    known.set(cut, first);
    if (told(first.at(-1))) return [...first, last];
  }
  return [itemOf(reading, plain, start, end, prior)];
}

/** The words of a token without those that lead to it and those said of it behind its name. */
function core(reading: Reading, plain: string, start: number, end: number): { from: number; to: number } {
  const { cues } = reading.language;
  let from = start;
  for (let m = cues.rosterOpening.exec(plain.slice(from, end)); m && m[0] !== ''; ) {
    from += m[0].length;
    m = cues.rosterOpening.exec(plain.slice(from, end));
  }
  const said = cues.rosterClosing.exec(plain.slice(from, end));
  const to = said ? from + said.index : end;
  return { from, to: from + plain.slice(from, to).replace(/·+$/, '').length };
}

function itemOf(
  reading: Reading,
  plain: string,
  start: number,
  end: number,
  prior: Item | null,
): Item | null {
  const { cues } = reading.language;
  const raw = plain.slice(start, end).replace(/·/g, '');
  const asker = cues.rosterAsker.test(withoutPlaces(reading, plain, start, end).replace(/·/g, ''));
  const { from, to } = core(reading, plain, start, end);
  const item = (kind: UnitKind, more: Partial<Item> = {}): Item => ({
    kind,
    n: 1,
    counted: false,
    leads: kind !== 'asker' && /牵头/.test(reading.text.slice(start, end)),
    chain: cues.rosterChain.test(plain.slice(from, to)),
    besides: false,
    start,
    end: Math.max(to, start + 1),
    ...more,
  });
  if (asker) return item('asker', { besides: cues.rosterBesides.test(raw), end });
  const ahead = kindAhead(reading, plain.slice(start, end));
  const first = ahead ? start + ahead.length : from;
  const name = bareName(reading, plain, Math.max(from, first), to);
  const counts = reading.quantities.filter((q) => q.unit === 'count' && q.start >= start && q.end <= end);
  const units = counts.filter((q) => /[家个所户]/.test(q.measure ?? ''));
  if (counts.length > 0) {
    // 华侨大学一所: one, named before it is counted.
    const named = units.length === 1 && units[0]!.end >= to && units[0]!.exact?.compare(1) === 0;
    const words = plain.slice(from, units[0]?.start ?? to);
    // G公司一共8个: the sum of the names before it.
    const summed = cues.rosterSum.exec(words);
    const of = summed && prior !== null && !prior.counted ? words.slice(0, summed.index) : null;
    const bare = of ?? (named ? words.replace(/各$/, '') : '');
    const kind = isKind(reading, bare) ? null : kindOfName(reading, bare);
    if (kind !== null && kind !== 'unknown') return item(kind, of === null ? {} : { end: from + of.length });
    if (units.length !== 1 || counts.length !== 1) return null;
    const counted = countedItem(reading, plain, start, end, units[0]!, item, prior);
    const last = counted ? null : lastOfSum(reading, plain, from, to, units[0]!);
    if (!last) return counted;
    const made = item('unknown', { end });
    TOLD.set(made, last);
    return made;
  }
  if (LETTER.test(name) && prior !== null && !prior.counted && LETTER.test(lastOf(plain, prior)))
    return item(prior.kind, { chain: prior.chain });
  if (reading.places.some((p) => p.start === from && p.end === to)) return item('place');
  const kind = kindOfName(reading, name);
  if (ahead && kind !== null) {
    const made = item(kind);
    TOLD.set(made, ahead.told);
    return made;
  }
  // 泉州公司，…: the one who asks, and where.
  if (kind === 'enterprise' && isKind(reading, withoutPlaces(reading, plain, from, to))) return null;
  return kind === null ? null : item(kind, { counted: isKind(reading, name) });
}

/** 企业有A、B, 高校院所是…: the kind of the names that follow. */
function kindAhead(reading: Reading, token: string): { length: number; told: Told } | null {
  const { cues } = reading.language;
  const m = cues.kindAhead.exec(token);
  if (!m) return null;
  const kind = kindOfHead(reading, m.groups!.kind!);
  return kind === null
    ? null
    : { length: m[0].length, told: { kind, chain: cues.rosterChain.test(m[0]), n: null } };
}

/** 法拉电子三家企业: the last of three names, and what they are. */
function lastOfSum(reading: Reading, plain: string, from: number, to: number, q: Quantity): Told | null {
  const { cues } = reading.language;
  const n = Number(q.exact?.n ?? 0n);
  if (n < 2 || q.exact?.d !== 1n || q.bound !== null || q.start <= from) return null;
  const name = plain.slice(from, q.start);
  const noun = plain.slice(q.end, Math.max(q.end, to)).replace(/·/g, '').replace(cues.rosterClosing, '');
  const kind = kindOfHead(reading, noun);
  const named = isKind(reading, name) || cues.rosterAdjective.test(name) ? null : kindOfName(reading, name);
  if (kind === null || named === null || (named !== 'unknown' && named !== kind)) return null;
  return { kind, chain: cues.rosterChain.test(noun), n };
}

/** A name without the place it is at: 瑞安的阀门公司. */
function bareName(reading: Reading, plain: string, from: number, to: number): string {
  const name = plain.slice(from, to);
  const place = reading.places.find((p) => p.start === from && p.end < to);
  return place && plain[place.end] === '的' ? plain.slice(place.end + 1, to) : name;
}

/** A stretch of the text without the places in it that are no part of a name. */
function withoutPlaces(reading: Reading, plain: string, from: number, to: number): string {
  let out = plain.slice(from, to);
  for (const p of [...reading.places].reverse())
    if (p.start >= from && p.end <= to) out = out.slice(0, p.start - from) + out.slice(p.end - from);
  return out;
}

const lastOf = (plain: string, item: Item): string => plain.slice(item.end - 1, item.end);

/** 三家配套厂, 上游三家, 医院一家, 晋江两家鞋企: units told by their kind and number. */
function countedItem(
  reading: Reading,
  plain: string,
  start: number,
  end: number,
  q: Quantity,
  item: (kind: UnitKind, more?: Partial<Item>) => Item,
  prior: Item | null,
): Item | null {
  const { cues } = reading.language;
  if (q.exact === null || q.exact.d !== 1n || q.bound !== null || q.upper !== null) return null;
  const { from } = core(reading, plain, start, Math.max(start, q.start));
  let before = withoutPlaces(reading, plain, from, q.start);
  const each = /各(有|自|找|拉|请)?了?$/.test(before);
  before = before.replace(/各(有|自|找|拉|请)?了?$/, '');
  const behind = plain.slice(q.end, end).replace(/·/g, '');
  const said = cues.rosterClosing.exec(behind);
  const after = (said ? behind.slice(0, said.index) : behind).replace(/^(单位|成员)/, '').trim();
  const n = Number(q.exact.n);
  const chain = cues.rosterChain.test(before + after);
  const more = {
    n,
    counted: true,
    chain,
    start: each ? start : from,
    end: Math.max(q.end, end - (behind.length - after.length)),
  };
  const made = (kind: UnitKind): Item => {
    const out = item(kind, more);
    if (each) EACH.add(out);
    return out;
  };
  const plainBefore = cues.rosterAdjective.test(before);
  if (plainBefore && after !== '') {
    const kind = cues.rosterSide.test(after) ? 'enterprise' : kindOfHead(reading, after);
    return kind === null ? null : made(kind);
  }
  // 上游三家: enterprises; 石狮一家: of what was counted before it.
  if (plainBefore && after === '') {
    if (chain) return made('enterprise');
    const placed = reading.places.some((p) => p.start >= from && p.end <= q.start);
    return placed && prior?.counted && before === '' ? made(prior.kind) : null;
  }
  if (after !== '') return null;
  const kind = kindOfHead(reading, before.replace(/(数量|数|成员|一共|总共|共|有|是|就|大概| |:)*$/, ''));
  return kind === null ? null : made(kind);
}
