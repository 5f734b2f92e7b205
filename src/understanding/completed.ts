import { isPoint, point, ZERO } from '../quantity/index.js';
import type { FactValue } from '../rules/types.js';
import { segmentAt } from './context.js';
import { isSaidInside, placedCounts } from './elsewhere.js';
import type { Reading } from './reading.js';
import { TOTAL } from './standing.js';
import type { FactMention } from './types.js';

const ENTERPRISES = 'consortium.enterprises';
const OTHERS = 'consortium.other_units';
const ACADEMIC = 'consortium.universities_institutes';
const BACKBONE = 'backbone.count';
const MEMBERS = 'consortium.local_members';

/**
 * What the counts told come to, where nothing of it is told: other units than universities where it is said that there are no
 * others, all units where those that are enterprises and those that are not are known, one backbone enterprise where its own
 * figures are told.
 */
export function completed(reading: Reading, mentions: readonly FactMention[]): FactMention[] {
  const out = [...mentions];
  const told = (fact: string) => out.find((m) => m.fact === fact);
  const remembered = (fact: string) => exactly(reading.conversation.facts.get(fact));
  const now = (fact: string) => {
    const m = told(fact);
    return m ? exactly(m.value) : remembered(fact);
  };
  const say = (fact: string, n: bigint, at: { start: number; end: number }) =>
    out.push({ fact, value: { type: 'number', range: point(ZERO.add(n)) }, start: at.start, end: at.end });

  // What is told in answer to a question tells no more than was asked for: the rest is asked for by itself.
  const { pending } = reading.conversation;
  if (pending !== null) return answered(reading, out, pending, { now, say });

  // 高校1所，别的非企业单位没有; 五家企业，没有高校院所
  const academic = told(ACADEMIC);
  const left = exactly(academic?.value);
  if (academic && left !== null && !told(OTHERS) && now(OTHERS) === null) {
    const none = left === 0n && told(ENTERPRISES) !== undefined;
    if (none || reading.language.cues.noOthers.test(reading.text)) say(OTHERS, left, academic);
  }
  // 高校其实有2所: one more university is one more unit that is no enterprise.
  const [was, all] = [remembered(ACADEMIC), remembered(OTHERS)];
  if (
    academic &&
    left !== null &&
    was !== null &&
    all !== null &&
    !told(OTHERS) &&
    left !== was &&
    all >= was
  )
    say(OTHERS, all - was + left, academic);
  const part = told(ENTERPRISES) ?? told(OTHERS);
  const [enterprises, others] = [now(ENTERPRISES), now(OTHERS)];
  if (part && enterprises !== null && others !== null && !told(TOTAL)) {
    const before = remembered(TOTAL);
    const [a, b] = [remembered(ENTERPRISES), remembered(OTHERS)];
    // A total told on its own is not taken back by what is told of its parts.
    const follows =
      before === null ? !reading.conversation.facts.has(TOTAL) : a !== null && b !== null && a + b === before;
    if (follows) say(TOTAL, enterprises + others, part);
  }
  // Only a total that was told holds the one who leads.
  const whole = (fact: string) =>
    fact === TOTAL && !mentions.some((m) => m.fact === TOTAL) ? remembered(TOTAL) : now(fact);
  const local = localIn(reading, out, whole);
  if (local && !told(local.fact)) say(local.fact, local.n, local);
  // 泉州本地的单位连我们5家: without the one who leads, where the rules count them so.
  const units = told('consortium.local_units');
  const n = exactly(units?.value);
  const besideLead = reading.focus.has(MEMBERS) && !reading.focus.has('consortium.local_units');
  const words = units ? reading.text.slice(Math.max(0, units.start - 12), units.end) : '';
  if (
    units &&
    n !== null &&
    n > 0n &&
    besideLead &&
    !told(MEMBERS) &&
    reading.language.cues.withLead.test(words)
  )
    say(MEMBERS, n - 1n, units);
  // 找的骨干企业去年收入9800万: one that was found.
  const answers = !/(找|拉|带|联合|请|邀)[^，。]{0,6}(骨干|龙头)/.test(reading.text);
  const backbone = answers ? undefined : out.find((m) => m.fact.startsWith('backbone.'));
  if (backbone && !told(BACKBONE) && !reading.conversation.facts.has(BACKBONE)) say(BACKBONE, 1n, backbone);
  return out;
}

type Count = (fact: string) => bigint | null;

/** The answer to a count that its parts come to: all units of a list, local members by their districts. */
function answered(
  reading: Reading,
  out: FactMention[],
  pending: string,
  { now, say }: { now: Count; say: (fact: string, n: bigint, at: { start: number; end: number }) => void },
): FactMention[] {
  const parts = [ENTERPRISES, OTHERS].map((f) => out.find((m) => m.fact === f));
  const [a, b] = parts.map((m) => exactly(m?.value));
  if (pending === TOTAL && parts[0] && a != null && b != null && !out.some((m) => m.fact === TOTAL))
    say(TOTAL, a + b, parts[0]);
  if (pending !== MEMBERS) return out;
  const local = localIn(reading, out, now);
  if (local?.fact === MEMBERS && !out.some((m) => m.fact === MEMBERS)) say(MEMBERS, local.n, local);
  return out;
}

/** Local members that nothing tells outright; a count that tells only some of them is taken out of what was told. */
function localIn(reading: Reading, out: FactMention[], now: Count): ReturnType<typeof localFromOutside> {
  const counted = toldLocal(reading, out, now);
  const local = localFromOutside(reading, out, now(TOTAL), counted);
  const instead = local && counted.partly ? out.findIndex((m) => m.fact === MEMBERS) : -1;
  if (instead >= 0 && local?.fact === MEMBERS) out.splice(instead, 1);
  return local;
}

/** The local members as they were told. */
interface LocalTold {
  n: bigint | null;
  /** The count is of those who take part wherever they are (共建单位7家，外地3家), or of one district among several. */
  partly: 'everywhere' | 'one' | null;
}

function toldLocal(reading: Reading, mentions: readonly FactMention[], now: Count): LocalTold {
  const n = now(MEMBERS);
  const m = mentions.find((o) => o.fact === MEMBERS);
  if (!m || n === null) return { n, partly: null };
  const { inside, outside } = placedCounts(reading);
  const words = reading.text.slice(m.start, m.end);
  if (outside.items.length > 0 && reading.language.cues.coBuilders.test(words))
    return { n, partly: 'everywhere' };
  const one = inside.items.length > 1 && inside.items.some((q) => q.start >= m.start && q.end <= m.end);
  return { n, partly: one ? 'one' : null };
}

/**
 * “七家里三家外地的”: those of the city itself are the rest, told as the rules in focus count them; “本地共建四家，外地三家，另外加我们”:
 * how many they are all together; “晋江3家、石狮1家”: those of its districts; “6家，一半是本地的”: a share of them.
 */
function localFromOutside(
  reading: Reading,
  mentions: readonly FactMention[],
  total: bigint | null,
  told: LocalTold,
): { fact: string; n: bigint; start: number; end: number } | null {
  const { cues } = reading.language;
  const members = told.partly ? null : told.n;
  const [units, others] = ['consortium.local_units', MEMBERS];
  // The one who leads is of the city, and no local member beside itself.
  const apart = reading.focus.has(others) && !reading.focus.has(units);
  const { inside, outside } = placedCounts(reading);
  const at = (items: readonly { start: number; end: number }[]) => ({
    start: items[0]!.start,
    end: items.at(-1)!.end,
  });
  const rest = (n: bigint) => n - (apart ? 1n : 0n);
  if (outside.items.length === 0) {
    const share = total === null ? null : localShare(reading, total);
    if (share !== null && members === null && rest(share.n) >= 0n)
      return { fact: apart ? others : units, ...share, n: rest(share.n) };
  }
  // 晋江3家、石狮1家、南安1家
  const [only] = inside.items;
  const alone =
    only &&
    inside.items.length === 1 &&
    (isSaidInside(reading, only)
      ? mentions.some((m) => m.start <= only.start && m.end >= only.end)
      : total !== null && inside.n <= total && !apart);
  if (alone && members === null) return { fact: apart ? others : units, n: inside.n, ...at(inside.items) };
  const several = apart ? !cues.withLeadToo.test(reading.text) : total !== null && inside.n <= total;
  // 连我们一起6家，瑞安2家乐清1家: whether the asker is one of those places is told by its own seat alone.
  const unplaced = !apart && total !== null && inside.n < total && cues.withLead.test(reading.text);
  if (inside.items.length > 1 && members === null && several && !unplaced)
    return { fact: apart ? others : units, n: inside.n, ...at(inside.items) };
  if (outside.items.length === 0) return null;
  // 共建单位7家，外地3家
  if (told.partly === 'everywhere' && told.n! >= outside.n)
    return { fact: others, n: told.n! - outside.n, ...at(outside.items) };
  if (total === null)
    return members !== null && cues.withLeadToo.test(reading.text)
      ? { fact: TOTAL, n: members + outside.n + 1n, ...at(outside.items) }
      : null;
  if (total < outside.n || members !== null) return null;
  const n = rest(total - outside.n);
  return n < 0n ? null : { fact: apart ? others : units, n, ...at(outside.items) };
}

/** 6家单位，一半是本地注册的; 全是温州的: the share of all units that are of the city itself, where it comes to a whole number. */
function localShare(reading: Reading, total: bigint): { n: bigint; start: number; end: number } | null {
  const { cues } = reading.language;
  const all = cues.allLocal.exec(reading.text);
  if (all) return { n: total, start: all.index, end: all.index + all[0].length };
  for (const q of reading.quantities) {
    if (!['fraction', 'percent'].includes(q.unit) || q.exact === null || q.bound !== null) continue;
    const seg = segmentAt(reading, q.start);
    const beside = reading.text.slice(seg?.start ?? 0, q.start);
    if (!cues.localShareAfter.test(reading.text.slice(q.end)) && !cues.localShareBefore.test(beside))
      continue;
    const n = q.exact.mul(total.toString()).div(q.unit === 'percent' ? 100 : 1);
    if (n.d === 1n && n.compare(total.toString()) <= 0) return { n: n.n, start: q.start, end: q.end };
  }
  return null;
}

function exactly(value: FactValue | undefined): bigint | null {
  if (value?.type !== 'number' || !isPoint(value.range) || value.range.lo!.d !== 1n) return null;
  return value.range.lo!.n;
}
