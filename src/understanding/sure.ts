import type { Quantity } from '../quantity/types.js';
import { segmentAt } from './context.js';
import type { Reading } from './reading.js';
import { besideFigure, ofTheRules } from './role.js';
import { isOneYearsShare, isShareOfOther } from './share-of.js';
import type { Understanding } from './types.js';

/** Why a figure tells no fact: left open by the one who speaks, of somebody or something else, a share of one year alone. */
export type Unsure = 'unsure' | 'otherThing' | 'oneYear';

/** Asked for many times of one figure. */
const KNOWN = new WeakMap<Reading, Map<string, Unsure | null>>();

/**
 * Whether a figure is not surely a fact of the one who asks: 主营可能3亿, 有没有3亿要问财务, 2500万是预算, 编制25人, 研发人员占比6%. Such a
 * figure is no fact; where it is named, the fact is asked for.
 */
export function unsureOf(reading: Reading, q: Quantity): Unsure | null {
  const known = KNOWN.get(reading) ?? new Map<string, Unsure | null>();
  KNOWN.set(reading, known);
  const key = `${q.start}-${q.end}-${q.unit}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const why = weighFigure(reading, q);
  known.set(key, why);
  return why;
}

function weighFigure(reading: Reading, q: Quantity): Unsure | null {
  const seg = segmentAt(reading, q.start);
  if (!seg || !['CNY', 'percent', 'fraction', 'count'].includes(q.unit)) return null;
  if (reading.language.hypothetical.some((w) => seg.text.includes(w))) return null;
  if (isOther(reading, q, seg)) return 'otherThing';
  if (isShareOfOther(reading, q)) return 'otherThing';
  if (isOneYearsShare(reading, q)) return 'oneYear';
  return isDoubtful(reading, q, seg) && !ofTheRules(reading, q) ? 'unsure' : null;
}

/** Left open: by the words around it in its statement, by a statement of doubt behind it, by a mark of question in the middle. */
function isDoubtful(
  reading: Reading,
  q: Quantity,
  seg: { start: number; end: number; mark: string },
): boolean {
  const { sureCues } = reading.language;
  // What was asked for is taken as far as it goes.
  if (reading.conversation.pending !== null) return false;
  if (q.unit === 'count' && /[家所次]/.test(q.measure ?? '')) return false;
  const { before } = besideFigure(reading, q);
  const behind = reading.text.slice(q.outerEnd, seg.end);
  if (sureCues.doubtBefore.test(before) || sureCues.doubtAfter.test(behind)) return true;
  const next = reading.segments[reading.segments.findIndex((s) => s.start === seg.start) + 1];
  if (!next || !isNamed(reading, q, seg) || !/^(元|人|名|左右)?(吧|的)?$/.test(behind)) return false;
  if (
    (q.bound === null || q.bound === 'about') &&
    /[，,]/.test(seg.mark) &&
    sureCues.doubtNext.test(next.text)
  )
    return true;
  return (
    /[?？]/.test(seg.mark) &&
    !reading.language.cues.interrogative.test(reading.text.slice(seg.start, seg.end))
  );
}

/** Whether a fact is named before a figure in its statement. */
const isNamed = (reading: Reading, q: Quantity, seg: { start: number }): boolean =>
  reading.names.some((n) => n.start >= seg.start && n.end <= q.start);

/** Of somebody or something else, of another time, or by how much something changed. */
function isOther(reading: Reading, q: Quantity, seg: { start: number; end: number }): boolean {
  const { sureCues } = reading.language;
  const behind = reading.text.slice(q.outerEnd, seg.end);
  const { before } = besideFigure(reading, { ...q, start: q.outerStart });
  const units = q.unit === 'count' && /[家所次]/.test(q.measure ?? '');
  if (units) return false;
  // 36个，里头10个是外聘的: a part of those counted, which the reader of parts takes off.
  const part =
    q.unit === 'count' &&
    reading.quantities.some((p) => p.unit === 'count' && p.end <= q.start && q.start - p.end <= 24);
  if (!part && sureCues.otherAfter.test(behind)) return true;
  if (sureCues.otherTime.test(behind) || sureCues.whoseIs.test(behind)) return true;
  // …25人，包括子公司的
  const next = reading.segments.find((s) => s.start > q.end);
  const on = next && next.start - seg.end <= 1 && /^[人名个元]?$/.test(behind) ? next.text : '';
  if (sureCues.otherAmong.test(behind) || (on !== '' && sureCues.otherAmong.test(on))) return true;
  if (sureCues.otherBefore.test(before) || (q.unit === 'CNY' && sureCues.changedBy.test(before))) return true;
  const later = reading.quantities.find((p) => p.start >= q.end && p.unit === q.unit);
  if (later && sureCues.shortBehind.test(reading.text.slice(q.outerEnd, later.outerStart))) return true;
  if (q.unit !== 'count') return false;
  const named = reading.text.slice(seg.start, q.outerStart);
  return (
    sureCues.notOwnPeople.test(before) ||
    sureCues.bothKinds.test(named) ||
    sureCues.bothBehind.test(reading.text.slice(q.outerEnd, next?.end ?? seg.end))
  );
}

/** What such a figure speaks of, by its name, to ask for what it is. */
export function unsureFigures(reading: Reading, figures: readonly Quantity[]): Understanding['vague'] {
  return figures.flatMap((q): Understanding['vague'] => {
    const why = unsureOf(reading, q);
    const seg = segmentAt(reading, q.start);
    if (why === null || !seg) return [];
    const types = q.unit === 'CNY' ? ['money'] : q.unit === 'count' ? ['count'] : ['percent'];
    const typed = (f: string) => types.includes(reading.vocabulary.get(f)?.type ?? '');
    const of = (n: { value: { facts: string[] } }) =>
      n.value.facts.flatMap((f) => [f, ...(reading.language.lends[f] ?? [])]);
    const name = reading.names.findLast((n) => n.start >= seg.start && n.end <= q.start && of(n).some(typed));
    const fits = name === undefined ? [] : of(name).filter(typed);
    const ratio = reading.vocabulary.specs.find((s) => s.derive && 'ratio' in s.derive)?.id;
    const fact = why === 'oneYear' ? ratio : (fits.find((f) => reading.focus.has(f)) ?? fits[0]);
    if (fact === undefined || !fact.startsWith('lead.')) return [];
    // A share of something else is no word on the fact itself.
    if (why === 'otherThing' && q.unit !== 'CNY' && q.unit !== 'count') return [];
    return [{ fact, text: reading.text.slice(Math.max(seg.start, name?.start ?? seg.start), seg.end), why }];
  });
}
