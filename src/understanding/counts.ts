import { isPoint, point, ZERO } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import type { FactMention } from './types.js';
import type { Reading } from './reader.js';

/** Facts of a planned consortium that a list of members fills. */
const LIST = {
  total: 'consortium.units_total',
  enterprises: 'consortium.enterprises',
  others: 'consortium.other_units',
  academic: 'consortium.universities_institutes',
} as const;

const KINDS: { pattern: RegExp; fact: (typeof LIST)['enterprises' | 'others' | 'academic'] }[] = [
  { pattern: /^(的)?(民营|本地|上下游|产业链|配套|泉州|当地)?(企业|公司|厂)/, fact: LIST.enterprises },
  { pattern: /^(的)?(外地|本地|省内|国内|知名|重点|211|985)?(高校|大学|学院|学校|科研院所|研究所|研究院|院所|科研机构)/, fact: LIST.academic },
  { pattern: /^(的)?(外地|本地|三甲)?(医院|医疗机构|新型研发机构|新研机构|行业协会|协会|商会|检测机构|行业组织)/, fact: LIST.others },
];

/**
 * A list of members (“5家企业、2所高校、1家医院，连我们一共9家”): kinds are added up, and the asker's own unit is counted
 * where the words say that the total includes it.
 */
export function readCountList(reading: Reading, quantities: readonly Quantity[], mentions: readonly FactMention[]): { mentions: FactMention[] } {
  const sums = new Map<string, { n: bigint; start: number; end: number; items: number }>();
  for (const q of quantities) {
    if (q.unit !== 'count' || q.exact === null || q.exact.d !== 1n || q.bound !== null) continue;
    const after = reading.text.slice(q.end, q.end + 14);
    const kind = KINDS.find((k) => k.pattern.test(after));
    if (!kind || /^(的)?(企业|公司)?(需要|要求|吗)/.test(after) || /(要|至少|起码|最少|得有|需要)$/.test(reading.text.slice(Math.max(0, q.start - 3), q.start))) continue;
    const sum = sums.get(kind.fact) ?? { n: 0n, start: q.start, end: q.end, items: 0 };
    sums.set(kind.fact, { n: sum.n + q.exact.n * q.exact.s, start: Math.min(sum.start, q.start), end: q.end, items: sum.items + 1 });
  }
  const out: FactMention[] = [];
  const say = (fact: string, n: bigint, at: { start: number; end: number }) =>
    out.push({ fact, value: { type: 'number', range: point(ZERO.add(n)) }, start: at.start, end: at.end });
  const enterprises = sums.get(LIST.enterprises);
  const academic = sums.get(LIST.academic);
  const rest = sums.get(LIST.others);
  if (sums.size < 2 && !academic) return { mentions: out };
  const others = (academic?.n ?? 0n) + (rest?.n ?? 0n);
  const stated = mentions.find((m) => m.fact === LIST.total);
  const total = stated?.value.type === 'number' && isPoint(stated.value.range) ? stated.value.range.lo!.n : null;
  const listed = (enterprises?.n ?? 0n) + others;
  const withUs = total !== null && total === listed + 1n && /(连|加上|算上|包括|含|加)(我们|我司|我|自己|咱)/.test(reading.text);
  const kind = reading.conversation.facts.get('lead.kind');
  const ownKind = kind?.type === 'enum' ? kind.value : /(公司|企业|厂)/.test(reading.text) ? 'enterprise' : null;
  const own = withUs ? (ownKind === null || ownKind === 'enterprise' || ownKind === 'group' ? 'enterprise' : 'other') : null;
  const at = { start: Math.min(...[...sums.values()].map((s) => s.start)), end: Math.max(...[...sums.values()].map((s) => s.end)) };
  if (enterprises) say(LIST.enterprises, enterprises.n + (own === 'enterprise' ? 1n : 0n), at);
  if (academic) say(LIST.academic, academic.n, at);
  if (others > 0n && (rest || enterprises)) say(LIST.others, others + (own === 'other' ? 1n : 0n), at);
  return { mentions: out };
}
