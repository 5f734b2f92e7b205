import type { Quantity } from '../quantity/types.js';
import { segmentAt } from './context.js';
import type { Reading } from './reading.js';

/** Where units that are counted are: in the city itself, or elsewhere. */
export type Side = 'inside' | 'outside';

/**
 * On which side of the city a count of units is told to be (三家外地的, 剩下3个在杭州, 两家不是温州的, 晋江3家); null where
 * nothing is said of it.
 */
export function sideOf(reading: Reading, q: Quantity): Side | null {
  const known = KNOWN.get(reading) ?? new Map<Quantity, Side | null>();
  KNOWN.set(reading, known);
  if (!known.has(q)) known.set(q, readSide(reading, q));
  return known.get(q)!;
}

/** Asked for by each name that a figure could belong to. */
const KNOWN = new WeakMap<Reading, Map<Quantity, Side | null>>();

function readSide(reading: Reading, q: Quantity): Side | null {
  if (q.unit !== 'count' || !/[家个所]/.test(q.measure ?? '')) return null;
  const { cues } = reading.language;
  const { text } = reading;
  const seg = segmentAt(reading, q.start);
  if (!seg) return null;
  const counts = reading.quantities.filter((p) => p.unit === 'count' && p !== q);
  const from = Math.max(seg.start, ...counts.filter((p) => p.end <= q.start).map((p) => p.end));
  const before = text.slice(from, q.start);
  const after = text.slice(q.end);
  if (cues.outsideBefore.test(before) || cues.outsideAfter.test(after)) return 'outside';
  if (isSaidInside(reading, q)) return 'inside';
  const own = ownCity(reading);
  if (own === null) return null;
  const stop = Math.min(seg.end, ...counts.filter((p) => p.start >= q.end).map((p) => p.start));
  const to = cues.unitSaid.exec(text.slice(q.end, stop))![0].length + q.end;
  const behind = reading.whereabouts.find((p) => p.start === to);
  if (behind && cues.placeEnds.test(text.slice(behind.end))) {
    const here = behind.value === own;
    return here === cues.notThere.test(text.slice(q.end, to)) ? 'outside' : 'inside';
  }
  if (cues.notThere.test(text.slice(q.end, to)) && cues.localUnit.test(text.slice(to))) return 'outside';
  const ahead = reading.whereabouts.findLast((p) => p.start >= from && p.end <= q.start);
  if (!ahead || !cues.placedCount.test(text.slice(ahead.end, q.start))) return null;
  if (/[在到]$/.test(text.slice(from, ahead.start))) return null;
  // 温州7家单位: the city whose consortium it is, not where seven of them are.
  const label = reading.vocabulary.get('lead.city')?.values.find((v) => v.id === own)?.label;
  if (ahead.value === own) {
    const first = !counts.some((p) => p.end <= q.start);
    return first && ahead.word.includes(label ?? '') ? null : 'inside';
  }
  return 'outside';
}

/** 本地3家企业, 本地共建的有A、B两家: said to be local in front of its number. */
export function isSaidInside(reading: Reading, q: Quantity): boolean {
  const seg = segmentAt(reading, q.start);
  const prior = reading.quantities.findLast((p) => p.unit === 'count' && p.end <= q.start);
  const from = Math.max(seg?.start ?? 0, prior?.end ?? 0);
  return reading.language.cues.insideBefore.test(reading.text.slice(from, q.start).replace(/^.*[:：]/, ''));
}

/** The city whose members are its own: the one that the question is about, or the one whose consortium is spoken of. */
function ownCity(reading: Reading): string | null {
  const [city, second] = reading.cities;
  if (city === undefined || second === undefined) return city ?? null;
  const { cues } = reading.language;
  const spoken = reading.places.filter((p) => cues.rulesOfCity.test(reading.text.slice(p.end)));
  const named = [...new Set(spoken.map((p) => p.value))];
  return named.length === 1 && reading.cities.includes(named[0]!) ? named[0]! : null;
}

/** What the counts of units placed come to: those of the city itself by their districts, those from elsewhere. */
export function placedCounts(reading: Reading): Record<Side, { n: bigint; items: Quantity[] }> {
  const out = { inside: { n: 0n, items: [] as Quantity[] }, outside: { n: 0n, items: [] as Quantity[] } };
  for (const q of reading.quantities) {
    const side = sideOf(reading, q);
    if (side === null || q.exact?.d !== 1n || q.bound !== null || q.upper !== null) continue;
    // 三家外地的，其中上海两家
    const last = out[side].items.at(-1);
    if (last && /(其中|里面|里头|当中|分别)/.test(reading.text.slice(last.end, q.start))) continue;
    out[side].n += q.exact.n;
    out[side].items.push(q);
  }
  return out;
}
