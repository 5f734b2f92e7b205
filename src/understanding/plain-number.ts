import type { Quantity } from '../quantity/types.js';
import type { Vocabulary } from '../rules/index.js';
import type { Language } from './language.js';
import type { Found } from './lexicon.js';
import type { Name } from './reading.js';

/** A plain number beside the name of a count (25 R&D staff, 研发人员25) counts it; within a list of years it does not. */
export function asNamesOfCounts(
  text: string,
  quantities: Quantity[],
  names: readonly Found<Name>[],
  vocabulary: Vocabulary,
  language: Language,
): Quantity[] {
  const { cues } = language;
  return quantities.map((q) => {
    if (isShare(text, q, names, vocabulary, language)) return { ...q, unit: 'percent' as const };
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
      names.some((n) => counts(n) && n.end <= q.start && cues.plainLead.test(text.slice(n.end, q.start))) &&
      cues.plainEnd.test(text.slice(q.end));
    return after || before ? { ...q, unit: 'count' as const } : q;
  });
}

/** A plain number right after the name of a share (占比4.2), or told as the share of what is spent (研发占到6), is percent points. */
function isShare(
  text: string,
  q: Quantity,
  names: readonly Found<Name>[],
  vocabulary: Vocabulary,
  { cues, lends }: Language,
): boolean {
  if (q.unit !== 'number' || q.measure !== null || q.exact === null || q.exact.compare(100) > 0) return false;
  if (!cues.plainEnd.test(text.slice(q.end))) return false;
  const share = (id: string) => vocabulary.get(id)?.type === 'percent';
  return names.some((n) => {
    if (n.end > q.start) return false;
    const between = text.slice(n.end, q.start);
    if (n.value.facts.some(share)) return cues.plainLead.test(between);
    return n.value.facts.some((id) => (lends[id] ?? []).some(share)) && cues.takesUp.test(between);
  });
}
