import { isPoint, point, ZERO } from '../quantity/index.js';
import type { FactValue } from '../rules/types.js';
import { segmentAt } from './context.js';
import type { Reading } from './reader.js';
import { TOTAL } from './standing.js';
import type { FactMention } from './types.js';

const ENTERPRISES = 'consortium.enterprises';
const OTHERS = 'consortium.other_units';
const ACADEMIC = 'consortium.universities_institutes';
const BACKBONE = 'backbone.count';

/**
 * What the counts told come to, where nothing of it is told: other units than universities where it is said that there are no
 * others, all units where those that are enterprises and those that are not are known, one backbone enterprise where its own
 * figures are told.
 */
export function completed(reading: Reading, mentions: readonly FactMention[]): FactMention[] {
  const out = [...mentions];
  // What is told in answer to a question tells no more: the rest is asked for by itself.
  if (reading.conversation.pending !== null) return out;
  const told = (fact: string) => out.find((m) => m.fact === fact);
  const remembered = (fact: string) => exactly(reading.conversation.facts.get(fact));
  const now = (fact: string) => {
    const m = told(fact);
    return m ? exactly(m.value) : remembered(fact);
  };
  const say = (fact: string, n: bigint, at: { start: number; end: number }) =>
    out.push({ fact, value: { type: 'number', range: point(ZERO.add(n)) }, start: at.start, end: at.end });

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
  const local = localFromOutside(reading, now(TOTAL), now('consortium.local_members'));
  if (local && !told(local.fact)) say(local.fact, local.n, local);
  // 找的骨干企业去年收入9800万: one that was found.
  const answers = !/(找|拉|带|联合|请|邀)[^，。]{0,6}(骨干|龙头)/.test(reading.text);
  const backbone = answers ? undefined : out.find((m) => m.fact.startsWith('backbone.'));
  if (backbone && !told(BACKBONE) && !reading.conversation.facts.has(BACKBONE)) say(BACKBONE, 1n, backbone);
  return out;
}

/**
 * “七家里三家外地的”: those of the city itself are the rest, told as the rules in focus count them; “本地共建四家，外地三家，另外加我们”:
 * how many they are all together.
 */
function localFromOutside(
  reading: Reading,
  total: bigint | null,
  members: bigint | null,
): { fact: string; n: bigint; start: number; end: number } | null {
  const { cues } = reading.language;
  const outside = reading.quantities.filter((q) => {
    if (q.unit !== 'count' || !/[家个]/.test(q.measure ?? '')) return false;
    const seg = segmentAt(reading, q.start);
    return (
      cues.outsideBefore.test(reading.text.slice(seg?.start ?? 0, q.start)) ||
      cues.outsideAfter.test(reading.text.slice(q.end))
    );
  });
  const q = outside[0];
  if (outside.length !== 1 || !q?.exact || q.exact.d !== 1n || q.bound !== null) return null;
  const at = { start: q.start, end: q.end };
  if (total === null)
    return members !== null && cues.withLeadToo.test(reading.text)
      ? { fact: TOTAL, n: members + q.exact.n + 1n, ...at }
      : null;
  if (total < q.exact.n || members !== null) return null;
  const [units, others] = ['consortium.local_units', 'consortium.local_members'];
  // The one who leads is of the city, and no local member beside itself.
  const apart = reading.focus.has(others) && !reading.focus.has(units);
  const n = total - q.exact.n - (apart ? 1n : 0n);
  return n < 0n ? null : { fact: apart ? others : units, n, ...at };
}

function exactly(value: FactValue | undefined): bigint | null {
  if (value?.type !== 'number' || !isPoint(value.range) || value.range.lo!.d !== 1n) return null;
  return value.range.lo!.n;
}
