import type { Quantity } from '../quantity/types.js';
import { type Candidate, distance } from './assign.js';
import { certificateNamed } from './certificate.js';
import { segmentAt } from './context.js';
import { sideOf } from './elsewhere.js';
import { factFor } from './fit.js';
import { sumOfKinds } from './kinds.js';
import type { Found } from './lexicon.js';
import { OTHERS, ofOtherKind } from './member-kind.js';
import { ownerOf } from './owner.js';
import type { Name, Reading } from './reading.js';
import { daysLoss, isLoss } from './revoked.js';
import { TOTAL } from './standing.js';

/** The names that could carry a figure: by type, measure word, what a name lends itself to, and distance. */
export function candidatesOf(reading: Reading, q: Quantity, figures: readonly Quantity[]): Candidate[] {
  const { cues, figureCues } = reading.language;
  // 营收差2000万会不会一票否决: how much is wanting; joined to what it is wanting of (差500万到2亿) it tells a figure.
  if (cues.shortBy.test(reading.text.slice(0, q.outerStart)) && !cues.upTo.test(q.text)) {
    const at = q.outerStart;
    return [{ name: { start: at, end: at, word: '', value: { facts: [] } }, fact: null, cost: 0 }];
  }
  const out: Candidate[] = [];
  for (const name of reading.names) {
    if (Math.abs(name.start - q.start) > 100) continue;
    // …4.5亿。研发条件过吗: a condition asked about carries no figure before it.
    if (name.start >= q.end && figureCues.condition.test(reading.text.slice(name.end))) continue;
    // 2025年备案的会被取消吗: the day of something else, and what may come.
    if (
      q.unit === 'date' &&
      name.start >= q.end &&
      (figureCues.otherDay.test(reading.text.slice(q.end)) ||
        figureCues.mayBe.test(reading.text.slice(q.end, name.start)))
    )
      continue;
    // 高新资格2024年3月被取消: a certificate that is named, not the title of a consortium.
    if (q.unit === 'date' && certificateNamed(reading, Math.min(name.start, q.start))) continue;
    if (q.unit === 'date' && isLoss(reading, name) && !daysLoss(reading, name, q)) continue;
    // 10家里企业占六成: what is among them is not what is counted.
    if (q.unit === 'count' && name.start >= q.end && figureCues.among.test(reading.text.slice(q.end)))
      continue;
    // 企业联合体，7家: what the consortium is of.
    if (q.unit === 'count' && figureCues.consortium.test(reading.text.slice(name.end))) continue;
    // 10家 本地5 企业5: a name with its own number behind it takes none before it.
    if (q.unit === 'count' && name.start >= q.end && ownNumber(reading, name, q)) continue;
    // 7家都是企业: said of all of them, where they are not others than those told before.
    if (q.unit === 'count' && name.start >= q.end && isSaidOfAll(reading, q)) continue;
    // 院校加医院加起来3个: the word for a sum stands for the kinds summed up.
    const summed = reading.language.cues.sumWord.test(name.word) ? sumOfKinds(reading, q) : null;
    if (summed && name.end <= q.outerStart && q.outerStart - name.end <= 3) {
      out.push({ name, fact: summed, cost: 0 });
      continue;
    }
    // 本地连我们3家
    if (isLocalSum(reading, name, q)) {
      out.push({ name, fact: Object.values(reading.language.withoutLead)[0] ?? null, cost: 0 });
      continue;
    }
    if (sumsUp(reading, name, q) || shareOfPeople(reading, name, q)) continue;
    // 外地企业占两家: of those from elsewhere.
    if (q.unit === 'count' && cues.fromOutside.test(reading.text.slice(0, name.start))) continue;
    if (isOneOfBoth(reading, name, q)) continue;
    if (isNounOfOther(reading, name, q) || ofOtherKind(reading, name, q)) continue;
    if (isBesides(name) && sideOf(reading, q) === 'outside') continue;
    if (q.unit === 'count' && (isAnaphor(reading, name, q) || isMissing(reading, name, q))) continue;
    if (q.unit === 'count' && (isNoneOf(reading, name, q) || isOfNext(reading, name, q))) continue;
    const fact = factFor(reading, name, q);
    const cost = distance(reading, q, name, figures);
    if (fact !== null) out.push({ name, fact, cost });
    // 市级平台有一个: what is counted beside a name of something else is no count of people or members.
    else if (q.unit === 'count' && cost < 3 && noun(reading, name, q))
      out.push({ name, fact: null, cost: cost + 0.5 });
  }
  const earned = earnedAs(reading, q);
  if (earned) out.push(earned);
  for (const name of reading.decoys) {
    if (Math.abs(name.start - q.start) > 40) continue;
    const cost = distance(reading, q, name, figures);
    if (q.unit !== 'date' && cost < 12) out.push({ name, fact: null, cost });
  }
  return out;
}

const REVENUE = 'lead.revenue_last_year';

/** 去年做了两亿三: what was earned in a year, where nothing else of money is named in the statement before it. */
function earnedAs(reading: Reading, q: Quantity): Candidate | null {
  if (q.unit !== 'CNY' || !reading.vocabulary.get(REVENUE)) return null;
  const { cues } = reading.language;
  const seg = segmentAt(reading, q.start)!;
  const prior = reading.quantities.findLast(
    (p) => ['CNY', 'percent', 'count'].includes(p.unit) && p.end <= q.start,
  );
  const from = Math.max(seg.start, prior?.end ?? 0);
  if (!cues.earned.test(reading.text.slice(from, q.outerStart))) return null;
  if (cues.earnedNot.test(reading.text.slice(q.end))) return null;
  const money = (n: Found<Name>) =>
    n.value.facts.length === 0 ||
    n.value.facts.some((f) => reading.vocabulary.get(f)!.type.startsWith('money'));
  const named = [...reading.names, ...reading.decoys].some(
    (n) => n.start >= from && n.end <= q.start && money(n),
  );
  if (named) return null;
  const name: Found<Name> = { start: q.outerStart, end: q.outerStart, word: '', value: { facts: [REVENUE] } };
  return { name, fact: ownerOf(reading, REVENUE, q.start), cost: 2 };
}

/** 厦门企业，一个省级平台都没有: what stands behind is what there is none of, no name before it. */
const isNoneOf = (reading: Reading, name: Found<Name>, q: Quantity): boolean =>
  name.end <= q.start && reading.language.figureCues.noneBehind.test(reading.text.slice(q.end));

/** 石狮公司，最高只有一个市级的重点实验室: a figure counts the thing that its own statement goes on with, no name before the comma. */
function isOfNext(reading: Reading, name: Found<Name>, q: Quantity): boolean {
  const seg = segmentAt(reading, q.start);
  if (!seg || name.end > seg.start) return false;
  return [...reading.names, ...reading.decoys].some(
    (n) =>
      n.start >= q.end &&
      n.start < seg.end &&
      n.start - q.end <= NEAR &&
      n.value.facts.every((f) => reading.vocabulary.get(f)?.type === 'level'),
  );
}

/** Characters of a level or an adjective between a figure and the thing that it counts (一个泉州市级的重点实验室). */
const NEAR = 8;

/** 其他还是那两个单位: units told before, not all there are. */
const isAnaphor = (reading: Reading, name: Found<Name>, q: Quantity): boolean =>
  reading.language.figureCues.thatOne.test(reading.text.slice(0, q.start)) &&
  name.value.facts.includes(TOTAL);

/** 七家单位，除了一所: the noun of the figure right before it. */
const isNounOfOther = (reading: Reading, name: Found<Name>, q: Quantity): boolean =>
  q.unit === 'count' &&
  name.value.facts.includes(TOTAL) &&
  name.end <= q.start &&
  reading.quantities.some((p) => p !== q && p.unit === 'count' && p.end === name.start);

/** A sum of the local members told with the one who leads. */
const isLocalSum = (reading: Reading, name: Found<Name>, q: Quantity): boolean =>
  q.unit === 'count' &&
  name.end <= q.start &&
  name.value.facts.includes(TOTAL) &&
  reading.language.cues.localSum.test(reading.text.slice(segmentAt(reading, q.start)?.start ?? 0, q.start));

/** A name of the members of the city itself, or of the others (剩下3个在杭州). */
const isBesides = (name: Found<Name>): boolean =>
  name.value.facts.some(
    (f) => f.startsWith('consortium.local_') || f === TOTAL || (name.value.quiet && f === OTHERS),
  );

/** 我们加共建单位一共6家: the sum of the asker and those it is told with. */
const isOneOfBoth = (reading: Reading, name: Found<Name>, q: Quantity): boolean =>
  q.unit === 'count' &&
  reading.names.some(
    (n) => n.start >= name.end && n.end <= q.start && reading.language.cues.sumWord.test(n.word),
  ) &&
  reading.language.cues.usAnd.test(reading.text.slice(0, name.start));

function isSaidOfAll(reading: Reading, q: Quantity): boolean {
  const { cues } = reading.language;
  if (!/[家个]/.test(q.measure ?? '') || !cues.allOf.test(reading.text.slice(q.end))) return false;
  return !cues.rosterGather.test(reading.text.slice(segmentAt(reading, q.start)?.start ?? 0, q.start));
}

/** 没有龙头骨干企业，只有4家小微: what is said to be missing is not what is counted in the next statement. */
function isMissing(reading: Reading, name: Found<Name>, q: Quantity): boolean {
  const seg = segmentAt(reading, name.start);
  if (!seg || q.start < seg.end) return false;
  const { cues } = reading.language;
  const before = reading.text.slice(seg.start, name.start);
  return name.end === seg.end && cues.negated.test(before) && !cues.notNegated.test(before);
}

/** 研发人员占比12%: a share of what is counted before it. */
function shareOfPeople(reading: Reading, share: Found<Name>, q: Quantity): boolean {
  if (q.unit !== 'percent' || !share.value.quiet) return false;
  const of = reading.names.find((n) => n.end === share.start);
  return of?.value.facts.every((f) => reading.vocabulary.get(f)?.type === 'count') ?? false;
}

/** 博士高职加起来7个, 高校院所共3家: a word for a sum right behind the name of what is summed up, which has no number of its own. */
function sumsUp(reading: Reading, sum: Found<Name>, q: Quantity): boolean {
  const { figureCues } = reading.language;
  if (q.unit !== 'count' || !reading.language.cues.sumWord.test(sum.word)) return false;
  // 外加1个共25人: a word for a sum stands before its number.
  if (sum.end > q.start) return true;
  const [before, of] = reading.names.filter((n) => n.end <= sum.start && n.start >= sum.start - 24).slice(-2);
  const noun = of ?? before;
  if (
    !noun ||
    !figureCues.countNoun.test(reading.text.slice(noun.end, sum.start)) ||
    noun.value.facts.some((f) => f === TOTAL)
  )
    return false;
  if (figureCues.numbered.test(reading.text.slice(0, noun.start))) return false;
  const fact = factFor(reading, noun, q);
  if (fact === null || isOneOfBoth(reading, noun, q)) return false;
  // 企业和高校一共7家: of both.
  const joined =
    of && figureCues.joined.test(reading.text.slice(before!.end, of.start)) && factFor(reading, before!, q);
  return !joined || joined === fact;
}

/** Whether a name stands apart from a figure and has a number of its own right behind it. */
function ownNumber(reading: Reading, name: Found<Name>, q: Quantity): boolean {
  const gap = reading.text.slice(q.end, name.start);
  return (
    /^[ ，,、；;:：]+$/.test(gap) && reading.language.figureCues.ownNumber.test(reading.text.slice(name.end))
  );
}

/** Whether a name of something else is what a count counts: 市级平台1个, 5家高新企业. */
function noun(reading: Reading, name: Found<Name>, q: Quantity): boolean {
  if (name.value.facts.some((id) => reading.vocabulary.get(id)!.type === 'count')) return false;
  return name.end <= q.start || reading.language.figureCues.thing.test(name.word);
}
