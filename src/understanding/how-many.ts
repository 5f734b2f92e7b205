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
  const lead = prior && reading.language.yesNoCues.butFor.test(prior.text) ? `${prior.text}，` : '';
  return cues.notAll.test(`${lead}${seg.text}`);
}

/** “七家里六家签了协议”: done by some of those counted, not by all. */
export function ofSome(reading: Reading, name: Found<Name>): boolean {
  const { yesNoCues } = reading.language;
  const seg = segmentAt(reading, name.start);
  const units = reading.quantities.filter(
    (q) =>
      q.unit === 'count' &&
      yesNoCues.countedUnits.test(q.measure ?? '') &&
      q.start >= (seg?.start ?? 0) &&
      q.end <= name.start,
  );
  const [whole, part] = units.slice(-2);
  if (!whole?.exact || !part?.exact || whole === part) return false;
  const between = reading.text.slice(whole.end, part.start);
  return part.exact.compare(whole.exact) < 0 && yesNoCues.among.test(between);
}

/** “没有子公司参与”, “高校还没有”: none of them. General nouns (企业, 单位) are denied too often to mean that. */
export function countless(reading: Reading, name: Found<Name>, b: Beside): boolean {
  const { cues, yesNoCues } = reading.language;
  if (name.value.quiet || name.value.facts.some((f) => f in reading.language.countsLead)) return false;
  if (cues.finalMo.test(b.after) && !yesNoCues.bareNot.test(b.after)) return false;
  if (cues.finalMo.test(b.after) && yesNoCues.done.test(name.word)) return false;
  if (cues.askedBefore.test(b.before) || cues.askedAfter.test(b.after) || yesNoCues.endsAsking.test(b.after))
    return false;
  const before = reading.text.slice(Math.max(0, name.start - 6), name.start);
  if (yesNoCues.noneBefore.test(before) && !cues.notNegated.test(before) && !cues.twice.test(before)) {
    return !yesNoCues.ifNone.test(b.after);
  }
  return yesNoCues.noneAfter.test(b.after) || yesNoCues.zero.test(b.after);
}
