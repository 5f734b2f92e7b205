import { isPoint, point, quantityRange } from '../quantity/index.js';
import type { Quantity, Range } from '../quantity/types.js';
import type { Facts } from '../rules/types.js';
import { segmentAt } from './context.js';
import { countsOf } from './exchange.js';
import type { Reading } from './reading.js';
import { besideFigure } from './role.js';
import type { FactMention } from './types.js';

/**
 * Whether a figure is a change of what was said before (“要是再加一家呢”, “营收再多3000万”): 1 more, -1 fewer, null neither.
 * A list that is being put together (我们加5家企业) is no change.
 */
export function changeOf(reading: Reading, q: Quantity): 1 | -1 | null {
  if (q.unit !== 'count' && q.unit !== 'CNY') return null;
  const { cues, hypothetical } = reading.language;
  const { before, after } = besideFigure(reading, q);
  const seg = segmentAt(reading, q.start)?.text ?? '';
  const supposed =
    hypothetical.some((w) => seg.includes(w)) ||
    /(再|又|另外?|额外|新增|another|more|多|还)/.test(before) ||
    reading.conversation.facts.size > 0;
  const others = reading.quantities.some((p) => p !== q && p.unit === q.unit);
  // 4家企业，再加1所大学: another of a list, unless it is only supposed (要是再加…).
  const listed = (['enterprise', 'academic', 'otherUnit'] as const).some((c) =>
    cues[c].test(reading.text.slice(q.end)),
  );
  const onlyMore = (w: string) => cues.moreOnly.test(w);
  const added = hypothetical.some((w) => seg.includes(w) && !(listed && onlyMore(w)));
  if (
    cues.changesNothing.test(before) ||
    // A list that is put together is told; of what is only supposed to be added, nothing is.
    (reading.conversation.facts.size === 0 &&
      ((others && !(added && /[再又]/.test(before))) || q.unit !== 'count'))
  )
    return null;
  const tail = before.slice(-8);
  if (
    supposed &&
    cues.more.test(tail) &&
    (cues.moreOnly.test(before) || cues.comesIn.test(after) || hypothetical.some((w) => seg.includes(w))) &&
    !/(加上|连|算上)(我们|自己)/.test(before)
  )
    return 1;
  if (supposed && (cues.less.test(tail) || cues.lessAfter.test(after))) return -1;
  // 再加一所医院和一所高校: more of both.
  const prior = reading.quantities.findLast((p) => p.unit === 'count' && p.end <= q.start);
  const joined = prior && cues.joinsCounts.test(reading.text.slice(prior.end, q.start));
  return joined && q.unit === 'count' ? changeOf(reading, prior) : null;
}

/**
 * The remembered facts after such a change; empty when nothing is remembered that it could change.
 * @param facts as remembered, with what earlier words of the question changed (走了一家又来了两家)
 */
export function changedFact(
  reading: Reading,
  q: Quantity,
  named: string | null,
  facts: Facts,
): FactMention[] {
  const sign = changeOf(reading, q);
  const by = quantityRange(q);
  if (sign === null || by === null || !isPoint(by)) return [];
  const { lastTopics, pending } = reading.conversation;
  const type = q.unit === 'CNY' ? 'money' : 'count';
  const fits = (id: string) => {
    const spec = reading.vocabulary.get(id);
    return (
      spec?.type === type &&
      facts.get(id)?.type === 'number' &&
      (q.measure === null || spec.measures.length === 0 || spec.measures.includes(q.measure))
    );
  };
  const remembered = [...facts.keys()].filter(fits);
  const targets = new Set<string>();
  if (named !== null && fits(named)) targets.add(named);
  else if (named === null) {
    const talked = [pending, ...lastTopics].filter(
      (id): id is string => id !== null && remembered.includes(id),
    );
    const total = remembered.find((id) => reading.language.countsLead[id] === null);
    // 再加一家供应商: counted by its kind, and in all.
    const noun = /^[^，,。；;？?]{1,6}/u.exec(reading.text.slice(q.end))?.[0] ?? '';
    const kinds = q.unit === 'count' ? countsOf(reading, noun).filter(fits) : [];
    const pick = remembered.length === 1 ? remembered[0] : (talked[0] ?? total);
    for (const id of kinds.length > 0 ? [...kinds, total] : [pick]) if (id) targets.add(id);
  }
  // One more enterprise or university is one more unit too.
  if (type === 'count' && named !== null && q.measure !== '人' && q.measure !== '名') {
    for (const id of wider(reading, named)) if (fits(id)) targets.add(id);
  }
  return [...targets].flatMap((fact): FactMention[] => {
    const value = facts.get(fact);
    if (value?.type !== 'number') return [];
    const shift = (f: Range['lo']) => (f === null ? null : f.add(by.lo!.mul(sign)));
    const range: Range = { ...value.range, lo: shift(value.range.lo), hi: shift(value.range.hi) };
    if (range.hi !== null && range.hi.compare(0) < 0) return [];
    const safe = range.lo !== null && range.lo.compare(0) < 0 ? point(range.lo.mul(0)) : range;
    return [{ fact, value: { type: 'number', range: safe }, start: q.start, end: q.end, hypothetical: true }];
  });
}

/** Enterprises along the chain. */
const CHAIN = 'consortium.chain_enterprises';

/** Counts that include what a narrower count counts. */
function wider(reading: Reading, fact: string): string[] {
  const ofKind = (wanted: string | null) =>
    Object.entries(reading.language.countsLead).flatMap(([id, kind]) => (kind === wanted ? [id] : []));
  const total = ofKind(null);
  const other = ofKind('other');
  if (fact === 'consortium.universities_institutes') return [...other, ...total];
  // 再加一家供应商: one more enterprise.
  if (fact === CHAIN) return [...ofKind('enterprise'), ...total];
  if (fact in reading.language.countsLead && !total.includes(fact)) return total;
  return [];
}
