import type { Quantity } from '../quantity/types.js';
import type { Found } from './lexicon.js';
import type { Name, Reading } from './reading.js';
import type { Segment } from './segment.js';

/** The statement that a place of the text is in. */
export function segmentAt(reading: Reading, at: number): Segment | undefined {
  return reading.segments.find((s) => at >= s.start && at < s.end);
}

/** What stands beside a stretch of text, within its statement. */
export interface Beside {
  before: string;
  after: string;
  /** To the end of the statement. */
  rest: string;
  /** The next name or figure in the statement, when one follows. */
  next: { start: number; end: number } | null;
}

/** Names of counts alone (企业, 成员) end nothing: they are ordinary nouns in other statements. */
function strong(reading: Reading, n: Found<Name>): boolean {
  return n.value.facts.some((id) => reading.vocabulary.get(id)?.type !== 'count');
}

/** The words before and after, up to the neighbouring names and figures. */
export function beside(reading: Reading, start: number, end: number): Beside {
  const seg = segmentAt(reading, start);
  if (!seg) return { before: '', after: '', rest: '', next: null };
  const items = [
    ...reading.names.filter((n) => strong(reading, n)),
    ...reading.quantities.filter(
      (q) =>
        q.unit !== 'number' &&
        q.unit !== 'ordinal' &&
        q.unit !== 'duration' &&
        !isTime(q) &&
        // 还有两家没签字, 一个都没有: part of what is denied.
        !isArticleOf(reading, q, start) &&
        !(q.unit === 'count' && /^(单位|成员)?(都|也|还)?(没|不|未)/.test(reading.text.slice(q.end))),
    ),
  ];
  const from = Math.max(seg.start, ...items.filter((i) => i.end <= start).map((i) => i.end));
  const next =
    items.filter((i) => i.start >= end && i.start < seg.end).sort((a, b) => a.start - b.start)[0] ?? null;
  const after = inWords(reading, end, next?.start ?? seg.end);
  return {
    before: toldOfPrior(reading, from, start, reading.text.slice(start, end), after)
      ? ''
      : inWords(reading, from, start),
    after,
    rest: reading.text.slice(end, seg.end),
    next,
  };
}

/** 在谈一个高层次人才团队: an article of the name right behind it, no end of what is said before. */
const isArticleOf = (reading: Reading, q: Quantity, start: number): boolean =>
  q.unit === 'count' &&
  q.end <= start &&
  start - q.end <= 3 &&
  /^一[个支]$/.test(reading.text.slice(q.start, q.end)) &&
  !/[差缺少]了?$/.test(reading.text.slice(0, q.start));

const isTime = (q: Quantity): boolean => q.unit === 'date' || q.unit === 'monthday';

/** A stretch of text with the dates in it as a word for what is past or to come: 2027年9月才到期 as 明年才到期. */
export function inWords(reading: Reading, from: number, to: number): string {
  const { past, toCome } = reading.language.times;
  const thisYear = reading.asOf.slice(0, 4);
  let out = '';
  let at = from;
  for (const q of reading.quantities.filter((d) => isTime(d) && d.start >= from && d.end <= to)) {
    const day = q.value.replace(/^-/, thisYear);
    out += reading.text.slice(at, q.start) + (day > reading.asOf.slice(0, day.length) ? toCome : past);
    at = q.end;
  }
  return out + reading.text.slice(at, to);
}

/** A name that ends in its own verb: 方案写好, 协议都签了. */
const VERBAL = /[写编签聘交定评](好|了|完)?$/;

/**
 * 章程还没写首席科学家聘了: what stands between two names tells of the first, where the first has no verb before it and the
 * second has one behind.
 */
function toldOfPrior(reading: Reading, from: number, start: number, word: string, after: string): boolean {
  const { cues } = reading.language;
  const prior = reading.names.find((n) => n.end === from && strong(reading, n));
  const between = reading.text.slice(from, start);
  const told = (t: string) => cues.negatedAfter.test(t) || cues.claimsAfter.test(t);
  if (!prior || between === '' || !told(between) || !(told(after) || VERBAL.test(word))) return false;
  const seg = segmentAt(reading, prior.start);
  const earlier = reading.names.findLast(
    (n) => n.end <= prior.start && n.end > (seg?.start ?? 0) && strong(reading, n),
  );
  const before = reading.text.slice(earlier?.end ?? seg?.start ?? 0, prior.start);
  // 协议签了首席专家还没定方案写好了: all told the same way.
  if (earlier && told(before)) return true;
  return !cues.claims.test(before) && !cues.negated.test(before);
}

/** Whether the words before a name deny it; 不是没有 affirms. */
export function deniedBefore(reading: Reading, before: string): boolean {
  const { cues } = reading.language;
  return cues.negated.test(before) && !cues.notNegated.test(before) && !cues.twice.test(before);
}

/** How a name stands in its statement. */
export type Stance = 'held' | 'lacking' | 'asked';

/**
 * Whether a name is said to be held, said to be lacking, or only asked about. Denial and question bind to their own
 * phrase; a bare name is held where the message speaks of the asker's unit.
 */
export function stance(reading: Reading, b: Beside): Stance {
  const { cues } = reading.language;
  const own = reading.language.inPerson.some((w) => b.before.includes(w));
  if (cues.formYes.test(b.after)) return 'held';
  if (cues.formNo.test(b.after)) return 'lacking';
  if (cues.twice.test(b.before) || cues.twiceAfter.test(b.rest)) return 'held';
  if (cues.lostAfter.test(b.rest)) return 'lacking';
  if (cues.universal.test(b.before) && cues.universalAfter.test(b.after)) return 'lacking';
  if (/(?<!不是|没有|没|不算)(什么|怎么|谁|哪)[^，]{0,2}$/.test(b.before)) return 'asked';
  // 未按组建协议履约: named as what was to be kept.
  if (/(按|按照|依照|依据|违反|履行|根据|遵守)(了)?[^，]{0,4}$/.test(b.before)) return 'asked';
  // 签没签, 有没有, 是不是: open, also where it is no question (签没签我要回去问).
  if (/^[了的过]?([^能行可够好成要])(了)?[没不]\1/.test(b.after)) return 'asked';
  // 协议签了没: a question.
  if (
    b.next === null &&
    cues.finalMo.test(b.after) &&
    /了$/.test(reading.text.slice(0, reading.text.length - b.rest.length))
  )
    return 'asked';
  if (cues.finalMo.test(b.after) && /[了过]没/.test(b.after)) return 'asked';
  // 研发团队由高层次人才带头: its subject, of which nothing more is said.
  if (b.next !== null && /^(都|全)?(由[^，]{0,8}|是[^，]{0,2})$/.test(b.after)) return 'asked';
  const idle = /(没有?|不是|无|不算)(什么|啥)[^，]{0,2}$/.test(b.before);
  const conditional = reading.language.hypothetical.some((w) => b.before.includes(w));
  if (
    !idle &&
    cues.askedBefore.test(b.before) &&
    !(own && !/(是不是|必须|要求|需要|有没有|一定)/.test(b.before)) &&
    !conditional
  )
    return 'asked';
  const footed = conditional && /^(是不是|是否)?(就|才)?(可以|能|行|够)/.test(b.after);
  if (!footed && cues.askedAfter.test(b.after) && !(own && /^[^，]{0,4}(才|就)/.test(b.after)))
    return 'asked';
  if (deniedBefore(reading, b.before) || cues.letAlone.test(b.before) || cues.evenLess.test(b.after))
    return 'lacking';
  // 别说高新了: what is said next decides nothing of it here.
  if (cues.notToSpeak.test(b.before)) return 'asked';
  const denied = cues.negatedAfter.exec(b.after);
  if (denied && !belongsToNext(reading, b, denied[0])) return 'lacking';
  if (cues.claims.test(b.before)) return 'held';
  const footing = cues.footing.test(b.after);
  if (cues.topic.test(footing ? b.after.replace(/[吗么]$/, '') : b.after)) return 'asked';
  if (cues.claimsAfter.test(b.after)) return 'held';
  if (footing || footed) return 'held';
  if (b.next === null && cues.topic.test(b.rest)) return 'asked';
  return reading.personal ? 'held' : 'asked';
}

/** 有高新没有专精特新: the denial between two names is the second one's, unless it has words of its own after it. */
function belongsToNext(reading: Reading, b: Beside, denial: string): boolean {
  if (b.next === null || denial.length < b.after.length - 3) return false;
  if (!reading.language.cues.negated.test(b.after)) return false;
  const after = beside(reading, b.next.start, b.next.end).after;
  const predicateStyle =
    (VERBAL.test(reading.text.slice(b.next.start, b.next.end)) ||
      /^(也|都|还|倒|去年|今年|前年|刚|早)*(有|没|是|不|还没|签|已|聘|编|写|交|评|拿|获|定|通过)/.test(
        after,
      )) &&
    !reading.language.cues.claims.test(b.before);
  return !predicateStyle;
}
