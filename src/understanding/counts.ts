import { isPoint, point, ZERO } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import type { Vocabulary } from '../rules/index.js';
import { segmentAt } from './context.js';
import { isIndefinite } from './fit.js';
import type { Found } from './lexicon.js';
import type { Name, Reading } from './reader.js';
import { replaces } from './role.js';
import { countsLeadAlone, TOTAL } from './standing.js';
import type { FactMention } from './types.js';

/** Facts of a planned consortium that a list of members fills. */
const ENTERPRISES = 'consortium.enterprises';
const OTHERS = 'consortium.other_units';
const ACADEMIC = 'consortium.universities_institutes';

/** A plain number beside the name of a count (25 R&D staff, 研发人员25) counts it; within a list of years it does not. */
export function asNamesOfCounts(
  text: string,
  quantities: Quantity[],
  names: readonly Found<Name>[],
  vocabulary: Vocabulary,
): Quantity[] {
  return quantities.map((q) => {
    if (isShare(text, q, names, vocabulary)) return { ...q, unit: 'percent' as const };
    if (
      q.unit !== 'number' ||
      q.measure !== null ||
      q.exact === null ||
      q.exact.d !== 1n ||
      q.exact.compare(2000) >= 0
    )
      return q;
    const counts = (n: Found<Name>) => n.value.facts.some((id) => vocabulary.get(id)!.type === 'count');
    const after = names.some(
      (n) =>
        counts(n) && n.start >= q.end && /^ ?(full-time|dedicated|名?)? ?$/.test(text.slice(q.end, n.start)),
    );
    const before =
      names.some(
        (n) =>
          counts(n) &&
          n.end <= q.start &&
          /^(数|有|是|共|:|：|大概|约|应该|应|改成|改为|为| )*$/.test(text.slice(n.end, q.start)),
      ) && /^($|[，,。；;、？?！! ]|左右|以上|多)/.test(text.slice(q.end));
    return after || before ? { ...q, unit: 'count' as const } : q;
  });
}

/** A plain number right after the name of a share (占比4.2) is percent points. */
function isShare(text: string, q: Quantity, names: readonly Found<Name>[], vocabulary: Vocabulary): boolean {
  if (q.unit !== 'number' || q.measure !== null || q.exact === null || q.exact.compare(100) > 0) return false;
  const named = names.some(
    (n) =>
      n.value.facts.some((id) => vocabulary.get(id)!.type === 'percent') &&
      n.end <= q.start &&
      /^(是|有|为|约|大概|:|：| )*$/.test(text.slice(n.end, q.start)),
  );
  return named && /^($|[，,。；;、？?！! ]|左右|以上|多)/.test(text.slice(q.end));
}

interface Sum {
  n: bigint;
  start: number;
  end: number;
  items: number;
}

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
  let inner = 0n;
  for (const q of figures) {
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
    const sum = sums.get(fact) ?? { n: 0n, start: q.start, end: q.end, items: 0 };
    sums.set(fact, {
      n: sum.n + q.exact.n,
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
  const led = prior !== undefined && /牵头$/.test(prior.text) && cues.gatherVerb.test(lead);
  const gathered =
    sums.size >= 2 &&
    (led || cues.gathers.test(lead) || /^(我们|我司|咱们?)(加|带|和|跟)[^，]{0,3}$/.test(lead));
  // 总共5家，其中企业4家: what is among the total is no list without the asker.
  const among = stated !== undefined && /(其中|里面|里头|里有|当中)/.test(reading.text.slice(stated.start));
  const apart =
    (total !== null &&
      total === listed + 1n &&
      !among &&
      (sums.size >= 2 || cues.withLead.test(reading.text) || cues.gathers.test(lead))) ||
    (total === null && gathered && reading.kind !== null) ||
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
  if (others > 0n && (sums.size >= 2 || wanted)) say(OTHERS, others + (own === OTHERS ? 1n : 0n), at);
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

/** “剩下都是高校”, “其余2家”, “全是企业”: what is left of a total, or all of it, is of one kind. */
function remainders(
  reading: Reading,
  total: bigint | null,
  sums: ReadonlyMap<string, Sum>,
): { fact: string; n: bigint; start: number; end: number }[] {
  if (total === null) return [];
  const { cues } = reading.language;
  const m = cues.remainder.exec(reading.text);
  if (!m) return [];
  // 其他6个都是温州企业
  const numbered = /[一二两三四五六七八九十\d]/.test(m[0]);
  const place = numbered ? reading.whereabouts.find((p) => p.start === m.index + m[0].length) : undefined;
  const noun = reading.text.slice(place?.end ?? m.index + m[0].length);
  const kind = memberKind(reading, noun);
  const at = { start: m.index, end: m.index + m[0].length };
  const listed = [...sums.values()].reduce((n, s) => n + s.n, 0n);
  // 九家，去掉三所大学全是企业: all of what is left.
  const whole = cues.wholeOf.test(m[0]) && !cues.lessThese.test(reading.text.slice(0, m.index));
  // 外省的两家，剩下的都是企业: what is left is left of units whose kind is not told.
  if (sums.size === 0 && !whole) return [];
  if (kind === null || sums.has(kind) || (whole && sums.size > 0) || listed >= total) return [];
  return [{ fact: kind, n: total - listed, ...at }];
}

/** The kind of member that a text begins with (企业…, 高校…, 医院…); null when it begins with none. */
export function memberKind(reading: Reading, text: string): string | null {
  const { cues } = reading.language;
  if (cues.enterprise.test(text)) return ENTERPRISES;
  if (cues.academic.test(text)) return ACADEMIC;
  return cues.otherUnit.test(text) ? OTHERS : null;
}

function onChain(reading: Reading, q: Quantity): boolean {
  const { cues } = reading.language;
  const after = reading.text.slice(q.end, q.end + 8);
  const before = reading.text.slice(Math.max(0, q.start - 12), q.start);
  return cues.chainAfter.test(after) || cues.chainBefore.test(before);
}

/** What a figure of a list counts: the noun after it, or before it where none follows (企业5家、高校2所). */
function kindOf(reading: Reading, q: Quantity): string | null {
  if (q.unit !== 'count') return null;
  const { cues } = reading.language;
  const after = nounBehind(reading, q);
  const seg = segmentAt(reading, q.start);
  const before = reading.text.slice(seg?.start ?? 0, q.start);
  if (/[人名位]/.test(q.measure ?? '') || /(骨干|龙头|子公司)[^、，]{0,3}$/.test(before)) return null;
  if (/^(骨干|龙头)/.test(reading.text.slice(q.end))) return null;
  if (isIndefinite(reading, q)) return null;
  // 本地五家企业六家: the figure is of the name before it.
  const other = reading.names.some(
    (n) =>
      n.end <= q.start &&
      /^(有|是|共|就|:|：)*$/.test(reading.text.slice(n.end, q.start)) &&
      !n.value.facts.some((f) => [TOTAL, ENTERPRISES, ACADEMIC, OTHERS].includes(f)),
  );
  if (other && /^[\u4e00-\u9fff]{2,6}(有|共|是)*[\d一二两三四五六七八九十]+[家个所]/.test(after)) return null;
  const kind = (t: string) => memberKind(reading, mixed(reading, t) ?? t);
  const named = nounBefore(before, kind, cues.countFiller);
  const next = kind(after);
  // 企业5家 高校1所: the noun after belongs to the figure after it.
  const ofNext =
    named !== null &&
    nounsFirst(reading, q) &&
    /^[\u4e00-\u9fff]{2,6}(有|共|是)*[\d一二两三四五六七八九十]+[家个所]/.test(after);
  if (next && !ofNext) return next;
  // 研究院一所协议签完了: a list that names each kind first.
  if (named && next === null && reading.names.some((n) => n.start === q.end)) return named;
  if (
    !ofNext &&
    /^[\u4e00-\u9fff]/.test(after) &&
    !/^(和|及|还|再|加|另|以|、|都|，|含|连|包括|算|共|一共|总|合计|就|能|可以|够|行)/.test(after)
  )
    return null;
  return named;
}

/** The words behind a figure from its noun on. */
const nounBehind = (reading: Reading, q: Quantity): string =>
  reading.text
    .slice(q.end, q.end + 16)
    .replace(/^(单位)?(都|全)?(是|为|属于)(?!我们|我司|自己)/, '')
    .replace(reading.language.cues.listOf, '')
    .trimStart();

/** 四个是院校和医院: of both kinds, the wider of which counts them. */
function mixed(reading: Reading, noun: string): string | null {
  const { cues } = reading.language;
  const m =
    /^([\u4e00-\u9fff]{2,6}?)[和与、及或](?![一二两三四五六七八九十]+[家个所])([\u4e00-\u9fff]{2,8}?)(?=$|[，,。；;！!？?])/.exec(
      noun,
    );
  return m && cues.headAcademic.test(m[1]!) && cues.headOther.test(m[2]!) ? m[2]! : null;
}

/** Whether the list that a figure stands in names each kind before its number (企业5家高校2所), as its first figure shows. */
function nounsFirst(reading: Reading, q: Quantity): boolean {
  const seg = segmentAt(reading, q.start);
  const first = reading.quantities.find((p) => p.unit === 'count' && p.start >= (seg?.start ?? 0));
  if (!first || first === q) return true;
  const before = reading.text.slice(seg?.start ?? 0, first.start);
  return nounBefore(before, (t) => memberKind(reading, t), reading.language.cues.countFiller) !== null;
}

/** The kind of member that the words right before a figure name (企业5家, 高校倒有4个); null when they name none. */
function nounBefore(before: string, kind: (noun: string) => string | null, filler: RegExp): string | null {
  const words = before.replace(filler, '');
  for (let length = 6; length >= 2; length--) {
    const noun = words.slice(-length);
    const hit = kind(noun);
    if (
      hit &&
      /^(企业|公司|厂|高校|大学|学院|院校|校方|企业方|高校院所|科研院所|研究所|研究院|院所|医院|医疗机构|新型研发机构|协会|非企业(单位)?)$/.test(
        noun,
      )
    )
      return hit;
  }
  return null;
}
