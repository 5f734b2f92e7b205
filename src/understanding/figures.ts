import { isPoint, point, quantityRange } from '../quantity/index.js';
import type { Quantity, Range } from '../quantity/types.js';
import { assign, type Candidate } from './assign.js';
import { segmentAt } from './context.js';
import { memberKind, readCountList } from './counts.js';
import { completeDates } from './dates.js';
import { sideOf } from './elsewhere.js';
import { readExchange } from './exchange.js';
import { candidatesOf, certificateNamed, factFor, isIndefinite, TYPES } from './fit.js';
import { growRemembered, growthsOf } from './growth.js';
import { added, incrementsOf } from './increments.js';
import { ownerOf } from './owner.js';
import { joinOverlapping, joinSides, readParts } from './parts.js';
import type { Reading } from './reader.js';
import { isDenied, ofTheRules, putUp, replaces } from './role.js';
import { isShortage, isToCome, statesNothing } from './silent.js';
import { countsLeadAlone, isOwnUnit, standingOf, TOTAL } from './standing.js';
import { readTotals, stateOf } from './totals.js';
import type { FactMention, Premise, Understanding } from './types.js';
import { changedFact, changeOf } from './whatif.js';
import { readYears } from './years.js';

export interface Figures {
  mentions: FactMention[];
  premises: Premise[];
  open: Understanding['open'];
  vague: Understanding['vague'];
  /** Starts of the names that a figure belongs to. */
  used: Set<number>;
}

/** Gives every figure of a question to the fact it states, to the rule it is held against, or leaves it open. */
export function readFigures(reading: Reading): Figures {
  const { text } = reading;
  const out: Figures = { mentions: [], premises: [], open: [], vague: [], used: new Set() };
  const quantities = completeDates(reading).filter((q) => TYPES[q.unit] || q.unit === 'number');
  const told = quantities.filter((q) => TYPES[q.unit] && !isDenied(reading, q) && !statesNothing(reading, q));
  const growths = growthsOf(reading, told);
  out.mentions.push(...growRemembered(reading, growths));
  const stated = told.filter((q) => !growths.some((g) => g.q === q));
  const exchange = readExchange(reading, stated);
  out.mentions.push(...exchange.mentions);
  const changes = stated.filter((q) => changeOf(reading, q) !== null);
  const increments = incrementsOf(reading, stated);
  const figures = stated.filter(
    (q) =>
      !increments.some((n) => n.q === q) &&
      !exchange.taken.has(q) &&
      !(q.unit === 'date' && isToCome(reading, q)) &&
      !countsLeadAlone(reading, q) &&
      !isOwnUnit(reading, q) &&
      !oneOfDemands(reading, q) &&
      (changes.includes(q) || !isShortage(reading, q)),
  );
  const changedSoFar = new Map(reading.conversation.facts);
  const given = assign(figures, (q) => candidatesOf(reading, q, figures));
  // A figure that replaces an earlier one takes its place, whatever name lies nearer.
  const corrected = new Set<Quantity>();
  figures.forEach((q, i) => {
    const prior = figures
      .slice(0, i)
      .reverse()
      .find((p) => p.unit === q.unit);
    const own = given.get(q);
    if (
      !prior ||
      !replaces(reading, prior, q) ||
      (own && own.name.start > prior.end && own.name.start < q.start)
    )
      return;
    // 高校院所1家，再拉一家变2家: the last one before that has a name.
    const name =
      given.get(prior) ??
      figures
        .slice(0, i)
        .reverse()
        .flatMap((p) => (p.unit === q.unit ? (given.get(p) ?? []) : []))[0];
    if (!name) return;
    given.set(q, name);
    corrected.add(q);
  });
  for (const { to, sum } of increments) {
    const name = given.get(to);
    if (!sum || !name) continue;
    given.set(sum, name);
    corrected.add(sum);
  }
  const totals = readTotals(reading, figures, given);
  const parts = readParts(reading, figures, given);
  for (const q of parts.taken) totals.taken.add(q);
  out.mentions.push(...totals.mentions, ...parts.mentions);
  const years = readYears(
    reading,
    figures.filter((q) => !totals.taken.has(q)),
    given,
    growths,
  );
  out.mentions.push(...years.mentions);
  for (const start of years.used) out.used.add(start);
  for (const q of figures) {
    const found = given.get(q);
    if (years.taken.has(q) || totals.taken.has(q)) {
      if (found) out.used.add(found.name.start);
      continue;
    }
    if (found) out.used.add(found.name.start);
    if (changes.includes(q)) {
      const changed = changedFact(
        reading,
        q,
        found?.fact ?? (q.unit === 'count' ? memberKind(reading, text.slice(q.end)) : null),
        changedSoFar,
      );
      for (const m of changed) changedSoFar.set(m.fact, m.value);
      out.mentions.push(...changed);
      continue;
    }
    if (
      found?.fact === null ||
      putUp(reading, q) ||
      (!corrected.has(q) && q.unit !== 'date' && ofTheRules(reading, q))
    ) {
      out.premises.push({ fact: found?.fact ?? null, text: q.text, unit: q.unit, value: q.value });
      continue;
    }
    const fact = found?.fact ?? defaultFact(reading, q, figures, out.premises, given);
    if (fact === null) {
      const types = TYPES[q.unit]!;
      const candidates = reading.vocabulary.specs.filter(
        (s) => types.includes(s.type) && reading.focus.has(s.id),
      );
      if (q.unit !== 'date' && !isIndefinite(reading, q))
        out.open.push({
          text: q.text,
          unit: q.unit,
          value: q.value,
          candidates: candidates.map((s) => s.id),
        });
      continue;
    }
    // 研发占比4%，3%过没过: beside the asker's own figure, the rule's is the rule's.
    const before = out.mentions.find((m) => m.fact === fact);
    const point = quantityRange(q);
    if (
      before &&
      !corrected.has(q) &&
      point &&
      isPoint(point) &&
      reading.unsettled(fact, point) &&
      reading.language.cues.heldAgainst.test(text.slice(q.end))
    ) {
      out.premises.push({ fact, text: q.text, unit: q.unit, value: q.value });
      continue;
    }
    const value = besideVague(reading, q) ? null : stateOf(reading, reading.vocabulary.get(fact)!, q);
    if (value === null) {
      if ((q.bound === 'about' && q.upper === null) || besideVague(reading, q))
        out.vague.push({ fact, text: text.slice(q.outerStart, q.outerEnd) });
      continue;
    }
    const mention: FactMention = {
      fact,
      value,
      start: found ? Math.min(found.name.start, q.start) : q.start,
      end: Math.max(q.end, found?.name.end ?? 0),
    };
    out.mentions.push(
      reading.language.hypothetical.some((w) => segmentAt(reading, q.start)?.text.includes(w))
        ? { ...mention, hypothetical: true }
        : mention,
    );
  }
  joinAlternatives(reading, out.mentions);
  joinOverlapping(reading, out.mentions);
  joinSides(reading, out.mentions);
  const list = readCountList(
    reading,
    figures.filter((q) => !changes.includes(q) && !ofTheRules(reading, q)),
    out.mentions,
  );
  // 高校1家，再拉一家变2家: what a figure was changed to is no item of the list.
  const changed = new Set([...corrected].map((q) => given.get(q)?.fact));
  const listed = list.mentions.filter((m) => !changed.has(m.fact));
  out.mentions = [
    ...out.mentions.filter((m) => !list.replaced.has(m.fact) || changed.has(m.fact)),
    ...listed,
  ];
  out.mentions = added(out.mentions, increments);
  for (const q of quantities) if (q.unit === 'number') readBareNumber(reading, q, out);
  return out;
}

/** A new sentence, or something else that has a day of its own. */
const OTHER_EVENT = /[。！!？?；;]|备案|成立|注册|申报|申请|牵头|组建|认定|签|评估|考核|印发|施行/;

/** A figure without a name: the answer to what was asked, the only fact of its kind, or what was stated before. */
function defaultFact(
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
  if (conversation.pending !== null && fits(conversation.pending) && !here && figures[0] === q)
    return conversation.pending;
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
  // 已经在泉州牵头一个联合体了
  const led = reading.vocabulary.specs.find((s) => s.type === 'count' && s.label.includes('联合体数'));
  if (
    led &&
    /^(市|省)?级?(创新)?联合体/.test(reading.text.slice(q.end)) &&
    reading.language.cues.hasLed.test(reading.text.slice(0, q.start))
  )
    return led.id;
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
    if (after && !certificateNamed(reading, q.start) && between.length <= 30 && !OTHER_EVENT.test(between))
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

/** 比例和金额满足一个就行: one of what is demanded, which counts nobody. */
const oneOfDemands = (reading: Reading, q: Quantity): boolean =>
  q.unit === 'count' &&
  q.value === '1' &&
  /(满足|达到|具备|符合)(了?其中|任)?意?的?$/.test(reading.text.slice(0, q.outerStart)) &&
  /^[^\u4e00-\u9fff]*($|就|即|够|行|可|条件|要求|吗|[，。？?])/.test(reading.text.slice(q.end));

/** 大概2亿还是3亿: what is put beside a rough figure is as rough. */
function besideVague(reading: Reading, q: Quantity): boolean {
  const p = reading.quantities.findLast((x) => x.unit === q.unit && x.end <= q.outerStart);
  return (
    p?.bound === 'about' &&
    p.upper === null &&
    reading.language.cues.either2.test(reading.text.slice(p.end, q.outerStart))
  );
}

/** 2亿或者3亿: one of the two, so anything between is all that is known. */
function joinAlternatives(reading: Reading, mentions: FactMention[]): void {
  for (let i = mentions.length - 1; i > 0; i--) {
    const a = mentions[i - 1]!;
    const b = mentions[i]!;
    if (a.fact !== b.fact || a.value.type !== 'number' || b.value.type !== 'number') continue;
    const figures = reading.quantities.filter((q) => q.start >= a.start && q.end <= b.end);
    const [p, q] = [figures.at(-2), figures.at(-1)];
    if (!p || !q || !reading.language.cues.either2.test(reading.text.slice(p.end, q.start))) continue;
    const [x, y] = [a.value.range, b.value.range];
    if (x.lo === null || y.lo === null || x.hi === null || y.hi === null) continue;
    const up = x.lo.compare(y.lo) <= 0;
    const range: Range = { lo: up ? x.lo : y.lo, loIncluded: true, hi: up ? y.hi : x.hi, hiIncluded: true };
    mentions.splice(i - 1, 2, { ...b, value: { type: 'number', range }, start: a.start });
  }
}

function readBareNumber(reading: Reading, q: Quantity, out: Figures): void {
  const { pending } = reading.conversation;
  const spec = pending === null ? undefined : reading.vocabulary.get(pending);
  if (!spec || reading.text.length > 12 || q.exact === null || reading.quantities.length > 1) return;
  // 30 answers how many; 4.2 a share; an amount of money needs its unit.
  if (spec.type !== 'count' && !(spec.type === 'percent' && q.exact.compare(100) <= 0)) return;
  if (spec.type === 'count' && q.exact.d !== 1n) return;
  out.mentions.push({
    fact: spec.id,
    value: { type: 'number', range: quantityRange(q) ?? point(q.exact) },
    start: q.start,
    end: q.end,
  });
}
