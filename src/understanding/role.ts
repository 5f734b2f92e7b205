import type { Quantity } from '../quantity/types.js';
import { segmentAt } from './context.js';
import type { Reading } from './reading.js';
import type { Segment } from './segment.js';

/** The words of a statement from the figure before to this one, and from this one to the next; names of facts as □. */
export function besideFigure(reading: Reading, q: Quantity): { before: string; after: string } {
  const known = KNOWN.get(reading) ?? new Map<string, { before: string; after: string }>();
  KNOWN.set(reading, known);
  const key = `${q.start}-${q.end}`;
  const found = known.get(key) ?? wordsBeside(reading, q);
  known.set(key, found);
  return found;
}

/** Asked for many times of one figure. */
const KNOWN = new WeakMap<Reading, Map<string, { before: string; after: string }>>();

function wordsBeside(reading: Reading, q: Quantity): { before: string; after: string } {
  const seg = segmentAt(reading, q.start);
  if (!seg) return { before: '', after: '' };
  const others = reading.quantities.filter(
    (p) => p.unit !== 'duration' && p.unit !== 'number' && p.unit !== 'ordinal',
  );
  const from = Math.max(seg.start, ...others.filter((p) => p.end <= q.start).map((p) => p.end));
  const to = Math.min(seg.end, ...others.filter((p) => p.start >= q.end).map((p) => p.start));
  return { before: masked(reading, from, q.start), after: masked(reading, q.end, to) };
}

function masked(reading: Reading, from: number, to: number): string {
  let out = '';
  let at = from;
  for (const n of reading.names) {
    if (n.start < at || n.end > to) continue;
    out += `${reading.text.slice(at, n.start)}□`;
    at = n.end;
  }
  return out + reading.text.slice(at, to);
}

/** 5家企业2所高校是硬性要求吗: what is asked of the last of a list is asked of all. */
export function ofTheRules(reading: Reading, q: Quantity): boolean {
  const known = OF_RULES.get(reading) ?? new Map<string, boolean>();
  OF_RULES.set(reading, known);
  const key = `${q.outerStart}-${q.start}-${q.end}-${q.unit}`;
  const found = known.get(key) ?? readOfTheRules(reading, q);
  known.set(key, found);
  return found;
}

/** Asked for many times of one figure, and by each figure of a row of the one behind it. */
const OF_RULES = new WeakMap<Reading, Map<string, boolean>>();

function readOfTheRules(reading: Reading, q: Quantity): boolean {
  if (demanded(reading, q)) return true;
  if (q.unit !== 'count') return false;
  // 要求5家企业、2所高校: and of the first.
  const prior = reading.quantities.findLast((p) => p.unit === 'count' && p.end <= q.start);
  const joined =
    prior !== undefined &&
    segmentAt(reading, prior.start) === segmentAt(reading, q.start) &&
    /^[\u4e00-\u9fff]{1,8}( and |[、和与及加])$/.test(reading.text.slice(prior.end, q.start));
  if (joined && demanded(reading, prior)) return true;
  const next = reading.quantities.find((p) => p.start >= q.end);
  if (next?.unit !== 'count') return false;
  return (
    /^[\u4e00-\u9fff]{0,6}[、和]?$/.test(reading.text.slice(q.end, next.start)) && ofTheRules(reading, next)
  );
}

/** “是不是要3亿”, “听说厦门要2亿”, “3亿才行吗”: a figure of the rules, or of plans, not of the asker. */
function demanded(reading: Reading, q: Quantity): boolean {
  const { cues } = reading.language;
  if (putUp(reading, q)) return true;
  // 其余条件(核心成员11名、B类6名)都满足
  if (cues.metBehind.test(reading.text.slice(q.end))) return false;
  if (ruleTalk(reading, q) || costAsked(reading, q) || quoted(reading, q)) return true;
  const { before: said, after } = besideFigure(reading, q);
  const before = reading.language.hypothetical.reduce((t, w) => t.replaceAll(w, ''), said);
  // 要是明年主营涨到2亿: supposed of the asker, whenever it comes.
  const supposed = said !== before && /(涨|升|增|提|扩|突破)[^，]{0,3}(到|至|了)?$/.test(before);
  if (cues.aside.test(before) && !supposed && !plannedMember(reading, q, before)) return true;
  if (cues.ruleBefore.test(before)) return true;
  const own = cues.ownBefore.test(before);
  if (own) return /^(以上|□)*才(能|行|可以)/.test(after);
  return cues.ruleAfter.test(after);
}

/** “要3%还是5%”, “3%行还是5%行”: two figures put up to be chosen from, by somebody who does not speak of their own. */
export function putUp(reading: Reading, q: Quantity): boolean {
  const { cues, inPerson } = reading.language;
  return reading.quantities.some((p) => {
    if (p === q || p.unit !== q.unit) return false;
    const [first, second] = p.start < q.start ? [p, q] : [q, p];
    if (!cues.orElse.test(reading.text.slice(first.end, second.outerStart))) return false;
    const said = reading.segments.filter((s) => s.end > first.start && s.start < second.end);
    return !said.some((s) => cues.unsure.test(s.text) || inPerson.some((w) => s.text.includes(w)));
  });
}

/** “按5%那条要投多少”, “再投多少才能到5%”: the rule's share, of which an amount of money is asked for. */
function costAsked(reading: Reading, q: Quantity): boolean {
  const at = reading.segments.findIndex((s) => q.start >= s.start && q.start < s.end);
  const seg = reading.segments[at];
  if (q.unit !== 'percent' || !seg) return false;
  const { cues } = reading.language;
  const before = reading.text.slice(seg.start, q.outerStart);
  const goal = /多少(钱|万|研发|投入|经费|资金|金额)?[^，。；?？]{0,4}才(能|算|可以)?(到|达到|够|满|过)了?$/;
  if (goal.test(before)) return true;
  if (cues.ownBefore.test(before)) return false;
  if (cues.howMuch.test(reading.text.slice(q.end, seg.end))) return true;
  // 研发要占5%，得投多少钱; 研发占3%，还要投多少 speaks of more than one's own.
  const next = reading.segments[at + 1]?.text ?? '';
  return /^(那|我们|一年|每年|三年|总共|最少|至少|起码|大概|就)*(得|要|需要?|应该?)(投|花|砸|拿|有)[^，。]{0,6}多少/.test(
    next,
  );
}

/** 打算把两家子公司列进来: of a consortium, which is planned as a whole, a plan of its members is the case. */
const plannedMember = (reading: Reading, q: Quantity, before: string): boolean =>
  q.unit === 'count' &&
  /[家所户]/.test(q.measure ?? '') &&
  /(打算|计划|准备)[^，,。]{0,8}$/.test(before) &&
  !/(明年|今年|未来|以后|将来|后期|目标|争取)/.test(segmentAt(reading, q.start)?.text ?? '');

/** “为什么定在2亿而不是1亿”, “20人这条能不能放宽”: a statement about the rule itself, in which nobody speaks of their own. */
function ruleTalk(reading: Reading, q: Quantity): boolean {
  const seg = segmentAt(reading, q.start);
  if (!seg) return false;
  const found =
    RULE_TALK.get(seg) ??
    ((reading.language.cues.ruleTalk.test(seg.text) &&
      !reading.language.inPerson.some((w) => seg.text.includes(w))) ||
      // 主营业务收入2亿，是合并口径还是单体: asked of the demand right behind it.
      (!reading.language.inPerson.some((w) => reading.text.includes(w)) &&
        /^(这个?|指的?)?(是|指|按)(的是)?[^，。]{1,8}还是/.test(
          reading.segments[reading.segments.indexOf(seg) + 1]?.text ?? '',
        )));
  RULE_TALK.set(seg, found);
  return found;
}

/**
 * “本地共建单位那5家，牵头的自己算在里面不”, “年均不低于2000万或者占比5%，是二选一吗”: a demand quoted and then asked about, by somebody who
 * speaks of nothing of their own.
 */
function quoted(reading: Reading, q: Quantity): boolean {
  const seg = segmentAt(reading, q.start);
  if (!seg || reading.conversation.facts.size > 0) return false;
  const { cues, inPerson } = reading.language;
  const text = reading.text.replaceAll('自己', '');
  if (inPerson.some((w) => (/[a-z]/.test(w) ? new RegExp(`\\b${w}\\b`).test(text) : text.includes(w))))
    return false;
  const next = reading.segments[reading.segments.indexOf(seg) + 1]?.text ?? '';
  if (cues.demandThat.test(besideFigure(reading, q).before))
    return cues.demandAsked.test(reading.text.slice(q.end, seg.end)) || cues.demandAsked.test(next);
  return cues.demandSaid.test(seg.text) && cues.demandBehind.test(next);
}

/** The same for each figure of a statement. */
const RULE_TALK = new WeakMap<Segment, boolean>();

/** “不是2亿，是1.9亿”: the first is no statement. */
export function isDenied(reading: Reading, q: Quantity): boolean {
  const { cues } = reading.language;
  const { before } = besideFigure(reading, { ...q, start: q.outerStart });
  // 是4.97%，不是5%: what stands before is affirmed.
  const affirmed = reading.quantities.some(
    (p) =>
      p.unit === q.unit &&
      p.end <= q.start &&
      q.start - p.end <= 8 &&
      /^[，,、 ]?(可|并)?不是$/.test(reading.text.slice(p.end, q.outerStart)),
  );
  if (affirmed) return true;
  if (!cues.denied.test(before)) return false;
  // 不是30个，核过了只有12个: another figure of its kind right behind.
  const next = reading.quantities.find((p) => p.start >= q.end && p.unit !== 'duration');
  const gap = next?.unit === q.unit ? reading.text.slice(q.end, next.outerStart) : '';
  const another =
    /^[^。？?]{1,16}$/.test(gap) && !reading.names.some((n) => n.start >= q.end && n.end <= next!.start);
  return another || cues.affirmed.test(reading.text.slice(q.end));
}

/** “22人，哦看错行了，是19人”: the first is doubted and another told, neither of the rules nor asked about. */
function isDoubted(reading: Reading, earlier: Quantity, later: Quantity, between: string): boolean {
  const { cues } = reading.language;
  if (earlier.unit !== later.unit || !cues.doubted.test(between)) return false;
  const seg = segmentAt(reading, later.start);
  if (!seg || cues.interrogative.test(reading.text.slice(later.end, seg.end) + seg.mark)) return false;
  return !ofTheRules(reading, earlier) && !cues.ruleAfter.test(besideFigure(reading, later).after);
}

/** Whether a figure takes the place of an earlier one of its kind. */
export function replaces(reading: Reading, earlier: Quantity, later: Quantity): boolean {
  const between = reading.text.slice(earlier.end, later.start);
  if (between.length > 24) return false;
  // 从18人扩到20人, 4家变5家
  if (
    /^[^，,。；;]{0,4}(变(成|为|到|至)?|(扩|增|加|涨|升|提|补|招|凑|降|减|缩)(大|充|加|长|高|少)?(成|为|到|至))了?$/.test(
      between,
    )
  )
    return true;
  // 从1.8亿涨了10%到1.98亿
  if (
    /(从|由)$/.test(reading.text.slice(0, earlier.start)) &&
    /^[^，,。；;]{1,10}(到|至|成|为)了?$/.test(between)
  )
    return true;
  return (
    isDoubted(reading, earlier, later, between) ||
    reading.language.correction.some((w) => between.includes(w)) ||
    reading.language.cues.either2.test(between)
  );
}
