import type { Quantity } from '../quantity/types.js';
import type { Vocabulary } from '../rules/index.js';
import type { Found } from './lexicon.js';
import type { Name } from './reading.js';

/** A plain number beside the name of a count (25 R&D staff, 研发人员25) counts it; within a list of years it does not. */
export function asNamesOfCounts(
  text: string,
  quantities: Quantity[],
  names: readonly Found<Name>[],
  vocabulary: Vocabulary,
): Quantity[] {
  return quantities.map((q) => {
    if (isShare(text, q, names, vocabulary)) return { ...q, unit: 'percent' as const };
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
      names.some(
        (n) =>
          counts(n) &&
          n.end <= q.start &&
          /^(数|有|是|共|:|：|大概|约|应该|应|改成|改为|为| )*$/.test(text.slice(n.end, q.start)),
      ) && /^($|[，,。；;、？?！! ]|左右|以上|多)/.test(text.slice(q.end));
    return after || before ? { ...q, unit: 'count' as const } : q;
  });
}

/** A plain number right after the name of a share (占比4.2) is percent points. */
function isShare(text: string, q: Quantity, names: readonly Found<Name>[], vocabulary: Vocabulary): boolean {
  if (q.unit !== 'number' || q.measure !== null || q.exact === null || q.exact.compare(100) > 0) return false;
  const named = names.some(
    (n) =>
      n.value.facts.some((id) => vocabulary.get(id)!.type === 'percent') &&
      n.end <= q.start &&
      /^(是|有|为|约|大概|:|：| )*$/.test(text.slice(n.end, q.start)),
  );
  return named && /^($|[，,。；;、？?！! ]|左右|以上|多)/.test(text.slice(q.end));
}
