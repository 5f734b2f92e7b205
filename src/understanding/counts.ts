import { isPoint, point, ZERO } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import { segmentAt } from './context.js';
import { leaversOf } from './leavers.js';
import { ACADEMIC, ENTERPRISES, kindOf, mixed, nounBehind, OTHERS, onChain } from './member-kind.js';
import type { Reading } from './reading.js';
import { remainders, type Sum } from './remainder.js';
import { replaces } from './role.js';
import { countsLeadAlone, TOTAL } from './standing.js';
import { addedBehind, type Counted } from './subtotal.js';
import type { FactMention } from './types.js';

/**
 * A list of members (“5家企业、2所高校、1家医院，连我们一共9家”): kinds are added up, and the asker's own unit is counted
 * where the words say that it is not among them.
 */
export function readCountList(
  reading: Reading,
  figures: readonly Quantity[],
  mentions: readonly FactMention[],
): { mentions: FactMention[]; replaced: Set<string> } {
  const out: FactMention[] = [];
  const replaced = new Set<string>();
  const { cues } = reading.language;
  const sums = new Map<string, Sum>();
  const items: Counted[] = [];
  let inner = 0n;
  const left = leaversOf(reading, figures);
  const leaving = (q: Quantity) => [...left].reduce((n, [by, of]) => (of === q ? n + by.exact!.n : n), 0n);
  for (const q of figures) {
    if (left.has(q)) continue;
    // 企业6家，不对，企业4家: the first is taken back.
    const later = figures.find(
      (p) => p.start > q.start && replaces(reading, q, p) && kindOf(reading, p) === kindOf(reading, q),
    );
    const fact = later || isOfTotal(q, mentions) || isAmong(reading, q, figures) ? null : kindOf(reading, q);
    if (fact === null || q.exact === null || q.exact.d !== 1n || q.bound !== null) continue;
    // 上下游企业4家 are enterprises of the list only where a total shows what the list holds.
    if (onChain(reading, q) && !mentions.some((m) => m.fact === TOTAL)) continue;
    // 4家非企业单位(两所大学两个研究所): what the others are, and no more of them.
    const of = bracketed(reading, q, figures);
    if (of && kindOf(reading, of) === OTHERS && fact !== ENTERPRISES) {
      if (fact === ACADEMIC) inner += q.exact.n;
      else continue;
    }
    items.push({ fact, q });
    const sum = sums.get(fact) ?? { n: 0n, start: q.start, end: q.end, items: 0 };
    sums.set(fact, {
      n: sum.n + q.exact.n - leaving(q),
      start: Math.min(sum.start, q.start),
      end: q.end,
      items: sum.items + 1,
    });
  }
  const say = (fact: string, n: bigint, at: { start: number; end: number }) => {
    replaced.add(fact);
    out.push({ fact, value: { type: 'number', range: point(ZERO.add(n)) }, start: at.start, end: at.end });
  };
  const stated = mentions.find((m) => m.fact === TOTAL);
  let total =
    stated?.value.type === 'number' && isPoint(stated.value.range) ? stated.value.range.lo!.n : null;
  const apartFrom = cues.withoutLead.exec(reading.text);
  // 9家，本地的(不算我们)4家: said of the local ones.
  const ofLocal =
    apartFrom !== null &&
    mentions.some(
      (m) =>
        m.fact.startsWith('consortium.local_') &&
        apartFrom.index >= m.start - 2 &&
        apartFrom.index <= m.end + 4,
    );
  const alone = apartFrom !== null && !ofLocal;
  if (stated && total !== null && (alone || besideLead(reading, stated))) {
    total += 1n;
    say(TOTAL, total, stated);
  }
  const gone = figures.reduce(
    (n, q) => (stated && q.start >= stated.start && q.end <= stated.end ? n + leaving(q) : n),
    0n,
  );
  if (stated && total !== null && gone > 0n) {
    total -= gone;
    say(TOTAL, total, stated);
  }
  const more = stated && total !== null ? addedBehind(reading, stated, total, items) : null;
  if (stated && total !== null && more) {
    total += more.n;
    say(TOTAL, total, { start: stated.start, end: more.end });
    // 本来6家，又进来一家企业一所大学: of the six nothing more is told.
    if (!more.whole) {
      for (const fact of [ENTERPRISES, ACADEMIC, OTHERS]) replaced.add(fact);
      return { mentions: out, replaced };
    }
  }
  for (const { fact, n, start, end } of remainders(reading, total, sums))
    sums.set(fact, { n, start, end, items: 2 });
  const enterprises = sums.get(ENTERPRISES);
  const academic = sums.get(ACADEMIC);
  const rest = sums.get(OTHERS);
  if (sums.size === 0 || (sums.size === 1 && !academic && !rest && !enterprises))
    return { mentions: out, replaced };
  // 四个是院校和医院: how many of them are universities is not told.
  if (rest && !academic && figures.some((q) => mixed(reading, nounBehind(reading, q)) !== null))
    replaced.add(ACADEMIC);
  const others = (academic?.n ?? 0n) - inner + (rest?.n ?? 0n);
  const listed = (enterprises?.n ?? 0n) + others;
  const at = {
    start: Math.min(...[...sums.values()].map((s) => s.start)),
    end: Math.max(...[...sums.values()].map((s) => s.end)),
  };
  const first = segmentAt(reading, at.start);
  const lead = reading.text.slice(first?.start ?? 0, at.start);
  const prior = reading.segments.findLast((s) => first !== undefined && s.end <= first.start);
  const led = prior !== undefined && cues.leadEnds.test(prior.text) && cues.gatherVerb.test(lead);
  const gathered =
    (sums.size >= 2 || cues.noOthers.test(reading.text)) &&
    (led || cues.gathers.test(lead) || /^(我们|我司|咱们?)(加|带|和|跟)[^，]{0,3}$/.test(lead));
  // 我们医院牵头，5家企业，1家高校: of a kind that the list does not hold, so none of those listed.
  const unlisted =
    prior !== undefined &&
    cues.leadEnds.test(prior.text) &&
    sums.size >= 2 &&
    !rest &&
    reading.kind !== null &&
    !AMONG_LISTED.has(reading.kind);
  // 总共5家，其中企业4家: what is among the total is no list without the asker.
  const among = stated !== undefined && /(其中|里面|里头|里有|当中)/.test(reading.text.slice(stated.start));
  // 5家企业，连我们一共6家; 一共6家含我们，企业5家 tells how many of the six.
  const listedFirst = stated === undefined || at.start < stated.start;
  const apart =
    (total !== null &&
      total === listed + 1n &&
      !among &&
      (sums.size >= 2 || (cues.withLead.test(reading.text) && listedFirst) || cues.gathers.test(lead))) ||
    (total === null && ((gathered && reading.kind !== null) || unlisted)) ||
    // 另外3家企业，我们牵头: one more than those.
    (total === null && cues.theOthers.test(lead) && cues.weLead.test(reading.text)) ||
    // 不算我们有6家企业，高校2所
    (total === null && enterprises !== undefined && cues.withoutLead.test(reading.text));
  const own = apart
    ? reading.kind === null || ['enterprise', 'group'].includes(reading.kind)
      ? ENTERPRISES
      : OTHERS
    : null;
  if (enterprises && (sums.size >= 2 || enterprises.items > 1 || own))
    say(ENTERPRISES, enterprises.n + (own === ENTERPRISES ? 1n : 0n), at);
  if (academic)
    say(
      ACADEMIC,
      academic.n + (own === OTHERS && ['university', 'institute'].includes(reading.kind ?? '') ? 1n : 0n),
      at,
    );
  const wanted = reading.conversation.pending === OTHERS && own === null;
  if ((others > 0n || own === OTHERS) && (sums.size >= 2 || wanted || own === OTHERS))
    say(OTHERS, others + (own === OTHERS ? 1n : 0n), at);
  // 八家单位，清一色企业: no other units.
  if (
    total !== null &&
    enterprises?.n === total &&
    others === 0n &&
    cues.wholeOf.test(cues.remainder.exec(reading.text)?.[0] ?? '')
  )
    say(OTHERS, 0n, at);
  if (total === null && own !== null) say(TOTAL, listed + 1n, at);
  return { mentions: out, replaced };
}

/** Kinds of unit that a count of enterprises or of universities and institutes may hold. */
const AMONG_LISTED: ReadonlySet<string> = new Set([
  'enterprise',
  'group',
  'university',
  'institute',
  'other',
]);

/** 6所高校一共7家: the total is no item of the list. */
const isOfTotal = (q: Quantity, mentions: readonly FactMention[]): boolean =>
  mentions.some((m) => m.fact === TOTAL && q.start >= m.start && q.end <= m.end);

/** The count that a figure in brackets tells more of: 高校院所3家(大学2所…). */
function bracketed(reading: Reading, q: Quantity, figures: readonly Quantity[]): Quantity | null {
  const { text } = reading;
  const open = text.lastIndexOf('(', q.start);
  if (open < 0 || text.slice(open, q.start).includes(')')) return null;
  const prior = figures.findLast((p) => p.unit === 'count' && p.end <= open);
  return prior && open - prior.end <= 10 && !/[，,；;。]/.test(text.slice(prior.end, open)) ? prior : null;
}

/** 高校院所共3家，其中高校2所: of those counted just before, and counted with them. */
function isAmong(reading: Reading, q: Quantity, figures: readonly Quantity[]): boolean {
  const prior = figures.findLast((p) => p.unit === 'count' && p.end <= q.start);
  if (!prior?.exact || !q.exact || q.exact.compare(prior.exact) > 0) return false;
  const whole = bracketed(reading, q, figures);
  if (whole && kindOf(reading, q) !== null && kindOf(reading, q) === kindOf(reading, whole)) return true;
  const between = reading.text.slice(prior.end, q.start);
  if (between.length > 12 || !/(其中|里面|里头|当中)/.test(between)) return false;
  const kind = kindOf(reading, q);
  return kind !== null && kind === kindOf(reading, prior);
}

/** “我们和8家单位一起”, “我们联合了另外7家”: the others are counted, and the asker is one more. */
function besideLead(reading: Reading, total: FactMention): boolean {
  const { cues } = reading.language;
  const q = reading.quantities.find(
    (p) => p.unit === 'count' && p.start >= total.start && p.end <= total.end,
  );
  if (!q || cues.withLead.test(reading.text)) return false;
  // 牵头单位1家，参与单位6家
  const apart = reading.quantities.some((p) => p !== q && countsLeadAlone(reading, p));
  const word = reading.text.slice(total.start, total.end) + reading.text.slice(total.end, total.end + 4);
  if (apart && cues.takesPartWord.test(word)) return true;
  return cues.besideLead.test(reading.text.slice(segmentAt(reading, q.start)?.start ?? 0, q.start));
}
