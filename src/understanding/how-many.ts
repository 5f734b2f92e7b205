import { type Beside, segmentAt } from './context.js';
import type { Found } from './lexicon.js';
import type { Name, Reading } from './reading.js';

/** “除了一家，协议都签了”, “协议除了厦大都签了”: all but some. */
export function notAll(reading: Reading, name: Found<Name>): boolean {
  const { cues } = reading.language;
  const at = reading.segments.findIndex((s) => name.start >= s.start && name.start < s.end);
  const seg = reading.segments[at];
  const prior = reading.segments[at - 1];
  if (!seg) return false;
  const lead =
    prior && /^(我们|目前|现在)?(除了?|就|只|有)[^，。]{1,10}$/.test(prior.text) ? `${prior.text}，` : '';
  return cues.notAll.test(`${lead}${seg.text}`);
}

/** “七家里六家签了协议”: done by some of those counted, not by all. */
export function ofSome(reading: Reading, name: Found<Name>): boolean {
  const seg = segmentAt(reading, name.start);
  const units = reading.quantities.filter(
    (q) =>
      q.unit === 'count' &&
      /[家个所]/.test(q.measure ?? '') &&
      q.start >= (seg?.start ?? 0) &&
      q.end <= name.start,
  );
  const [whole, part] = units.slice(-2);
  if (!whole?.exact || !part?.exact || whole === part) return false;
  const between = reading.text.slice(whole.end, part.start);
  return (
    part.exact.compare(whole.exact) < 0 &&
    /^(单位|成员|企业)?(里头?|里面|中|当中|其中|有|只有|才|就)+$/.test(between)
  );
}

/** “没有子公司参与”, “高校还没有”: none of them. General nouns (企业, 单位) are denied too often to mean that. */
export function countless(reading: Reading, name: Found<Name>, b: Beside): boolean {
  const { cues } = reading.language;
  if (name.value.quiet || name.value.facts.some((f) => f in reading.language.countsLead)) return false;
  if (cues.finalMo.test(b.after) && !/^没有?$/.test(b.after)) return false;
  if (cues.finalMo.test(b.after) && /[了过]$/.test(name.word)) return false;
  if (cues.askedBefore.test(b.before) || cues.askedAfter.test(b.after) || /(吗|么|呢)$/.test(b.after))
    return false;
  const before = reading.text.slice(Math.max(0, name.start - 6), name.start);
  if (
    /(没有|没|无)(任何|一家|一所|一个|一名|什么)?$/.test(before) &&
    !cues.notNegated.test(before) &&
    !cues.twice.test(before)
  ) {
    return !/^(的?(话|支持|配合|牵头))/.test(b.after);
  }
  return (
    /^(都|也|还|目前|暂时|现在|倒|一个|一家|一所|的)*(没有|没|无)(参与|加入|进来|的|一家|呢|，|。|$)/.test(
      b.after,
    ) || /^0(家|个|所|人)/.test(b.after)
  );
}
