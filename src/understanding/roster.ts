import { told as withKinds } from './apposition.js';
import type { Reading } from './reading.js';
import { EACH, itemsOf } from './roster-item.js';
import type { Item } from './unit-kind.js';

const APART =
  /[、，,；;：:/+。！!？?\s—]+|(?<!\d)\d{1,2}[.)](?=\D)|以及|还有|再加上?|外加|加上(?!牵头|我们|自己)/g;

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
