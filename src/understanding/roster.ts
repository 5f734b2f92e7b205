import type { Quantity } from '../quantity/types.js';
import { TOLD, type Told, told as withKinds } from './apposition.js';
import type { Reading } from './reader.js';

/** What a member of a planned consortium is; a place stands for units counted behind it (晋江、石狮各一家). */
export type UnitKind = 'asker' | 'academic' | 'other' | 'enterprise' | 'unknown' | 'place';

/** One or more units in a row: told by name, by their kind and number, or as the one who asks. */
export interface Item {
  kind: UnitKind;
  /** How many units it stands for. */
  n: number;
  /** Told by kind and number (三家配套厂) and not by name. */
  counted: boolean;
  /** Marked as the one who leads: A公司（牵头）. */
  leads: boolean;
  /** Said to stand up or down the chain. */
  chain: boolean;
  /** Told outside what is counted: 除了我们, 没算我们自己. */
  besides: boolean;
  start: number;
  end: number;
}

const APART =
  /[、，,；;：:/+。！!？?\s—]+|(?<!\d)\d{1,2}[.)](?=\D)|以及|还有|再加上?|外加|加上(?!牵头|我们|自己)/g;
/** Words that join two items within one token. */
const JOINTS = /[和与及跟加](?!工|盟|拿)/g;
/** A letter or a stem that goes on numbering the units before it: 客户企业A、B. */
const LETTER = /^[a-z甲乙丙丁戊己庚辛]$/;

/** Items in a row, cut by the marks of a list; what is no unit ends a row. */
export function rosters(reading: Reading): Item[][] {
  const known = KNOWN.get(reading);
  if (known) return known;
  const plain = reading.text.replace(/\([^)]*\)/g, (m) => '·'.repeat(m.length));
  const out: Item[][] = [[]];
  let at = 0;
  const take = (end: number) => {
    for (const item of itemsOf(reading, plain, at, end, out.at(-1)!.at(-1) ?? null)) {
      if (item === null) out.push([]);
      else out.at(-1)!.push(item);
    }
  };
  for (const m of plain.matchAll(APART)) {
    take(m.index);
    at = m.index + m[0].length;
    if (/[。！!？?]/.test(m[0])) out.push([]);
  }
  take(plain.length);
  const runs = out
    .flatMap(eachPlace)
    .flatMap(withKinds)
    .map(trim)
    .filter((r) => r.length >= 2);
  KNOWN.set(reading, runs);
  return runs;
}

/** Asked for by several readers of one question. */
const KNOWN = new WeakMap<Reading, Item[][]>();

/** A unit whose ending tells nothing is a member only among those that do tell. */
function trim(run: Item[]): Item[] {
  const tells = (i: Item) => i.kind !== 'unknown';
  const first = run.findIndex(tells);
  return first < 0 ? [] : run.slice(first, run.findLastIndex(tells) + 1);
}

/** 晋江、石狮、南安各一家企业: as many of each place; a place without a number ends the row. */
function eachPlace(run: readonly Item[]): Item[][] {
  const out: Item[][] = [[]];
  let places: Item[] = [];
  for (const item of run) {
    if (item.kind === 'place') {
      places.push(item);
      continue;
    }
    if (places.length > 0 && EACH.has(item)) {
      out.at(-1)!.push({ ...item, n: item.n * (places.length + 1), start: places[0]!.start });
    } else {
      if (places.length > 0) out.push([]);
      out.at(-1)!.push(item);
    }
    places = [];
  }
  return out;
}

/** Items that give a number to each of the places before them. */
const EACH = new WeakSet<Item>();

function itemsOf(
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

/** 新型研发机构, 行业协会: what a unit is, and not its name. */
const isKind = (reading: Reading, name: string): boolean =>
  reading.vocabulary.get('lead.kind')?.values.some((v) => v.words.includes(name)) ?? false;

/** A stretch of the text without the places in it that are no part of a name. */
function withoutPlaces(reading: Reading, plain: string, from: number, to: number): string {
  let out = plain.slice(from, to);
  for (const p of [...reading.places].reverse())
    if (p.start >= from && p.end <= to) out = out.slice(0, p.start - from) + out.slice(p.end - from);
  return out;
}

const lastOf = (plain: string, item: Item): string => plain.slice(item.end - 1, item.end);

/** The kind of unit that a name's ending tells; null where it is no name of a unit. */
export function kindOfName(reading: Reading, name: string): UnitKind | null {
  const { cues } = reading.language;
  if (name.length < 2 || name.length > 24 || /\d|[一二两三四五六七八九十几][家个所]|吗|没|不|的/.test(name))
    return null;
  if (cues.memberOther.test(name)) return 'other';
  if (cues.memberAcademic.test(name)) return /牵头/.test(name) ? null : 'academic';
  if (cues.memberEnterprise.test(name)) return 'enterprise';
  return name.length <= 8 && !cues.memberVerb.test(name) ? 'unknown' : null;
}

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

/** The kind of unit that a noun's head tells (做零部件的公司, 下游整机厂); null where it is no unit. */
function kindOfHead(reading: Reading, noun: string): UnitKind | null {
  const { cues } = reading.language;
  if (noun.length > 16 || cues.rosterNoUnit.test(noun)) return null;
  if (cues.headOther.test(noun)) return 'other';
  if (cues.headAcademic.test(noun)) return 'academic';
  return cues.headEnterprise.test(noun) ? 'enterprise' : null;
}
