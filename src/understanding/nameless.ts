import { isPoint } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import { isIndefinite } from './article.js';
import type { Candidate } from './assign.js';
import { ofAboutThatMuch, onlyAsGreat } from './by-size.js';
import { certificateNamed } from './certificate.js';
import { segmentAt } from './context.js';
import { sideOf } from './elsewhere.js';
import { factFor, TYPES } from './fit.js';
import { ownerOf } from './owner.js';
import type { Reading } from './reading.js';
import { daysLoss, isLoss } from './revoked.js';
import { standingOf, TOTAL } from './standing.js';
import type { Premise } from './types.js';

/** A new sentence, or something else that has a day of its own. */
const OTHER_EVENT = /[。！!？?；;]|备案|成立|注册|申报|申请|牵头|组建|认定|签|评估|考核|印发|施行/;

/** A figure without a name: the answer to what was asked, the only fact of its kind, or what was stated before. */
export function defaultFact(
  reading: Reading,
  q: Quantity,
  figures: readonly Quantity[],
  premises: readonly Premise[],
  given: ReadonlyMap<Quantity, Candidate>,
): string | null {
  const { vocabulary, conversation } = reading;
  const types = TYPES[q.unit]!;
  const fits = (id: string) => {
    const spec = vocabulary.get(id);
    return (
      spec !== undefined &&
      types.includes(spec.type) &&
      (q.unit !== 'count' ||
        q.measure === null ||
        spec.measures.length === 0 ||
        spec.measures.includes(q.measure))
    );
  };
  const crossing = reading.names.some((n) => n.value.facts.some(fits));
  // 营收和研发各多少? 2.6亿: of either.
  const several = (conversation.asked?.facts.filter(fits).length ?? 0) > 1;
  if (several && !crossing) return null;
  // 十二个，其中国家级的两个: what another name is of stands further on.
  const seg = segmentAt(reading, q.start);
  const here = reading.names.some((n) => n.start < (seg?.end ?? 0) && n.value.facts.some(fits));
  // Another name of money in the statement, which no figure has taken.
  const named = reading.names.some(
    (n) =>
      n.start >= (seg?.start ?? 0) &&
      n.start < (seg?.end ?? 0) &&
      n.value.facts.some(fits) &&
      ![...given.values()].some((c) => c.name === n),
  );
  // By year or as a mean, however it was asked for: one amount is the one of them that it can be.
  const { pending } = conversation;
  const fitting = conversation.asked?.facts.filter(fits) ?? [];
  const awaited = pending !== null && fits(pending) ? pending : fitting.length === 1 ? fitting[0]! : null;
  if (awaited !== null && !here && figures[0] === q) return awaited;
  // 要几个人? 我们12个，国家级1个，B类2个: what was asked about comes first, and names tell the others.
  const people = conversation.subject === 'talent-consortium' ? ['talent.core_members'] : [];
  const subject = (conversation.lastTopics.length > 0 ? conversation.lastTopics : people).filter(fits);
  if (subject.length === 1 && figures[0] === q && figures.length > 1 && reading.personal && !here)
    return subject[0]!;
  // 2家厦门的: of none of the city's own counts.
  if (q.unit === 'count' && sideOf(reading, q) === 'outside') return null;
  // 2024年3月被取消的，就是24年3月15号那天: the day of the month told before.
  if (q.unit === 'date') {
    const month = figures.find((p) => p !== q && p.unit === 'date' && q.value.startsWith(`${p.value}-`));
    if (month && given.get(month)?.fact) return given.get(month)!.fact;
  }
  // 2.5亿是集团的，我们自己1.6亿: what was told before with the first figure is told anew with the second.
  // 3亿那个数报错了，应该是1.8亿: one that is said to be wrong too.
  const again = reading.quantities.find(
    (p) => p !== q && p.unit === q.unit && p.end <= q.start && q.start - p.end <= 24,
  );
  const told = again && !given.has(again) ? rememberedAs(reading, again) : [];
  if (told.length === 1 && !crossing) return told[0]!;
  const last = figures.findLast((p) => p.unit === q.unit && p.end <= q.start);
  const spoken = (last && given.get(last)?.fact) ?? null;
  const gap = last ? reading.text.slice(last.end, q.start) : '';
  // 超过2亿、不到3亿: the other end of the same.
  const ends = (b: Quantity['bound'], of: string[]) => b !== null && of.includes(b);
  if (
    spoken &&
    gap.length <= 6 &&
    ends(last!.bound, ['over', 'at-least']) &&
    ends(q.bound, ['under', 'at-most'])
  )
    return spoken;
  // 并购以后营收就能到3亿了，现在1.5亿: what is now, of the same.
  if (
    spoken &&
    last!.unit === q.unit &&
    /^[^。；;\d]{0,8}(现在|目前|眼下|当前|如今)(我们|才|只|就|是|有|大概)*$/.test(gap)
  )
    return spoken;
  // 年均研发2000万，最近一年2300万
  const mean = vocabulary.get(spoken ?? '')?.derive;
  if (mean && 'mean' in mean && gap.length <= 16 && reading.language.lastYear.some((w) => gap.includes(w)))
    return vocabulary.specs.find((s) => s.derive && 'latest' in s.derive)?.id ?? null;
  // 再签一家，变8家: what all of them come to, where it was told before how many they are.
  if (
    q.unit === 'count' &&
    conversation.facts.has(TOTAL) &&
    reading.language.cues.comesTo.test(reading.text.slice(0, q.start)) &&
    /[家个]/.test(q.measure ?? '') &&
    reading.language.cues.wholeAfter.test(reading.text.slice(q.end))
  )
    return TOTAL;
  // 听说要2亿, 我们只有1.7亿: the asker's figure beside the rule's.
  const rule = premises.filter((p) => p.unit === q.unit && p.fact !== null).at(-1);
  if (rule) return rule.fact;
  // 有人说得3个亿, 我们2.1亿: what is asked of about as much.
  const size = reading.quantities.find((p) => premises.some((r) => r.unit === q.unit && r.text === p.text));
  const ofThatMuch = size && !named ? ofAboutThatMuch(reading, size) : null;
  if (ofThatMuch && ofAboutThatMuch(reading, q) === ofThatMuch) return ofThatMuch;
  // 已经在泉州牵头一个联合体了
  const led = reading.vocabulary.specs.find((s) => s.type === 'count' && s.label.includes('联合体数'));
  if (
    led &&
    /^(市|省)?级?(创新)?联合体/.test(reading.text.slice(q.end)) &&
    reading.language.cues.hasLed.test(reading.text.slice(0, q.start))
  )
    return led.id;
  const great = onlyAsGreat(reading, q);
  if (great && !named) return ownerOf(reading, great, q.start);
  const measured = measuredAs(reading, q, figures, fits);
  if (measured) return measured;
  const decoyed = reading.decoys.some((d) => Math.abs(d.start - q.start) < 10);
  const prior = figures.findLast((p) => p.unit === 'count' && p.end <= q.start);
  const standing = standingOf(reading, q, (prior && given.get(prior)?.fact) ?? null);
  if (standing) return standing;
  if (isWhole(reading, q, figures, given)) return TOTAL;
  if (!decoyed && figures.filter((f) => f.unit === q.unit).length === 1 && !crossing) {
    const remembered = [...conversation.facts.keys()].filter(fits);
    const recent = conversation.lastTopics.filter((t) => remembered.includes(t));
    if (recent.length === 1) return recent[0]!;
    // 营收2亿左右, then 2.1亿左右: of what was told too roughly to be kept, or asked about, just before.
    const talked = conversation.lastTopics.filter(fits);
    if (talked.length === 1) return talked[0]!;
    if (remembered.length === 1) return remembered[0]!;
  }
  if (q.unit === 'percent' && !decoyed) {
    const own = vocabulary.specs.filter((s) => s.type === 'percent' && s.id.startsWith('lead.'));
    const seg = segmentAt(reading, q.start);
    // 研发人员占比15%: a share of something else.
    const named = reading.names.findLast(
      (n) => !n.value.quiet && n.start >= (seg?.start ?? 0) && n.end <= q.start,
    );
    const counted = named?.value.facts.every((f) => vocabulary.get(f)?.type === 'count') ?? false;
    if (own.length === 1 && seg && !counted && !/(本地|市内|企业数|股|配套|一半|市域|成员)/.test(seg.text))
      return ownerOf(reading, own[0]!.id, q.start);
  }
  // 2023年5月我们因为没按协议履约，被取消了称号: the one day of a sentence that names one thing that has a day.
  if (q.unit === 'date' && figures.filter((f) => f.unit === 'date').length === 1) {
    const after = reading.names.find(
      (n) => n.start >= q.end && n.value.facts.some((id) => vocabulary.get(id)?.type === 'date'),
    );
    const between = after ? reading.text.slice(q.end, after.start) : '';
    const told = after && (!isLoss(reading, after) || daysLoss(reading, after, q));
    if (told && !certificateNamed(reading, q.start) && between.length <= 30 && !OTHER_EVENT.test(between))
      return after.value.facts.find((id) => vocabulary.get(id)?.type === 'date')!;
  }
  // A name that no figure has taken, however far away (What is the minimum revenue? Ours is 300 million).
  const free = reading.names.filter(
    (n) => n.end <= q.start && ![...given.values()].some((c) => c.name === n),
  );
  const far = new Set(free.map((n) => factFor(reading, n, q)).filter((f) => f !== null));
  if (far.size === 1 && !decoyed && q.unit === 'CNY' && reading.personal) return [...far][0]!;
  return null;
}

/** 1.98亿，主营业务收入要求四舍五入行不行: the figure that opens a message, measured by the one demand that is named behind it. */
function measuredAs(
  reading: Reading,
  q: Quantity,
  figures: readonly Quantity[],
  fits: (fact: string) => boolean,
): string | null {
  const seg = segmentAt(reading, q.start);
  if (!['CNY', 'percent'].includes(q.unit) || !seg || !reading.language.cues.measured.test(reading.text))
    return null;
  if (figures.filter((f) => f.unit === q.unit).length !== 1) return null;
  const lead = reading.text.slice(seg.start, q.outerStart);
  if (!/^(我们|我司|公司|就|才|只|有|是|大概|差不多|去年|的|到)*$/.test(lead)) return null;
  if (reading.names.some((n) => n.end <= q.start && n.value.facts.some(fits))) return null;
  const demanded = reading.names.filter(
    (n) =>
      n.start >= q.end &&
      n.value.facts.some(fits) &&
      /^(的|这|那|一)*(要求|门槛|标准|条件|规定|条|项|线|关|坎)/.test(reading.text.slice(n.end)),
  );
  const facts = new Set(demanded.map((n) => factFor(reading, n, q)));
  return facts.size === 1 ? [...facts][0]! : null;
}

/** The facts told with a figure before that is now said to be another unit's: 3亿是集团的，我们自己没那么多. */
export const ofAnotherNow = (reading: Reading, q: Quantity): string[] =>
  reading.kind !== 'group' && reading.language.kindCues.figureOfOther.test(reading.text.slice(q.end))
    ? rememberedAs(reading, q)
    : [];

/** The facts that were told with exactly this figure before. */
function rememberedAs(reading: Reading, q: Quantity): string[] {
  return [...reading.conversation.facts].flatMap(([fact, value]) =>
    value.type === 'number' &&
    isPoint(value.range) &&
    q.exact !== null &&
    value.range.lo!.equals(q.exact) &&
    TYPES[q.unit]?.includes(reading.vocabulary.get(fact)!.type)
      ? [fact]
      : [],
  );
}

/**
 * “10家，本地5家，企业5家”, “联合体7家，其中…”: a count of units without a name of its own, before counts of members none of
 * which is greater, is of all of them.
 */
function isWhole(
  reading: Reading,
  q: Quantity,
  figures: readonly Quantity[],
  given: ReadonlyMap<Quantity, Candidate>,
): boolean {
  if (q.unit !== 'count' || !/[家个]/.test(q.measure ?? '') || q.exact === null || isIndefinite(reading, q))
    return false;
  // 25个里头有6个是兼职的, of 25 people told before.
  if (rememberedAs(reading, q).some((f) => f !== TOTAL)) return false;
  const { cues } = reading.language;
  const after = reading.text.slice(q.end);
  if (!reading.vocabulary.get(TOTAL) || !cues.wholeAfter.test(after)) return false;
  // 9家里头有4家…, 7家全是企业: what is said of them shows that they are all.
  const later = figures.some((p) => p !== q && p.unit !== 'CNY' && p.unit !== 'date' && p.start > q.start);
  const taken = figures.some((p) => given.get(p)?.fact === TOTAL);
  if (!taken && (cues.allOf.test(after) || (later && cues.amongAll.test(after)))) return true;
  // 9家，4家是外地的
  const elsewhere = figures.some(
    (p) => p.start > q.start && cues.outsideAfter.test(reading.text.slice(p.end)),
  );
  if (!taken && elsewhere) return true;
  const parts = figures.filter((p) => {
    const fact = given.get(p)?.fact;
    return p !== q && p.unit === 'count' && fact?.startsWith('consortium.') && fact !== TOTAL;
  });
  if (figures.some((p) => given.get(p)?.fact === TOTAL)) return false;
  return (
    parts.some((p) => p.start > q.start) &&
    parts.every((p) => p.start > q.start && p.exact !== null && p.exact.compare(q.exact!) <= 0)
  );
}
