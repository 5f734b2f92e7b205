import { beside, segmentAt } from './context.js';
import { heldByOther } from './holder.js';
import { ofAnotherNow } from './nameless.js';
import type { Reading } from './reading.js';
import { stateAround } from './state.js';

/**
 * Remembered facts that the asker now leaves open or tells of another unit (高新我不确定了, 高新其实是子公司的): no longer known. A question
 * about one takes nothing back.
 * @param stated facts that the message states, which replace what was remembered
 */
export function withdrawnFacts(reading: Reading, stated: ReadonlySet<string>): string[] {
  const { facts } = reading.conversation;
  const out = new Set<string>();
  const { kindCues } = reading.language;
  // 换成我朋友的厦门公司: nothing told of the first unit is known of this one.
  if (kindCues.anotherUnit.test(reading.text))
    for (const id of facts.keys()) if (!stated.has(id)) out.add(id);
  // 3亿是集团的，我们自己没那么多
  for (const q of reading.quantities)
    for (const id of ofAnotherNow(reading, q)) if (!stated.has(id)) out.add(id);
  for (const name of reading.names) {
    const seg = segmentAt(reading, name.start);
    const left = name.value.facts.filter((id) => facts.has(id) && !stated.has(id));
    // 主营那个数不对，先别用: no other figure in its place.
    if (seg && !/[?？]/.test(seg.mark) && takenBack(reading, name.end))
      for (const id of left) if (!told(reading, id)) out.add(id);
    const kept = left.filter((id) => told(reading, id));
    if (kept.length === 0 || !seg || /[?？]/.test(seg.mark)) continue;
    if (reading.language.cues.interrogative.test(seg.text)) continue;
    const b = beside(reading, name.start, name.end);
    const { before, after } = stateAround(reading, b, name.end);
    const open = [...before.kinds, ...after.kinds].includes('Doubt');
    if (open || heldByOther(reading, name.start, name.end)) for (const id of kept) out.add(id);
  }
  return [...out];
}

/** Whether what follows a name says that its figure does not count, with no figure beside it. */
function takenBack(reading: Reading, end: number): boolean {
  const rest = reading.text.slice(end, end + 24);
  if (/[?？吗]/.test(rest) || !reading.language.cues.takenBack.test(rest)) return false;
  return !reading.quantities.some((q) => q.start >= end - 12 && q.unit !== 'number');
}

/** Facts told in words, not by a figure. */
const told = (reading: Reading, id: string): boolean =>
  ['boolean', 'level', 'enum'].includes(reading.vocabulary.get(id)!.type);
