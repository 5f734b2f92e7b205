import type { FactValue } from '../rules/types.js';
import { segmentAt } from './context.js';
import { asSubsidiary, heldByOther } from './holder.js';
import { yes } from './joined-names.js';
import type { Found } from './lexicon.js';
import { within } from './others.js';
import type { Name, Reading } from './reading.js';
import type { FactMention } from './types.js';

/** “供应商是高新，我们不是”: a bare denial or claim of one's own, of what was named last before. */
export function readElliptic(reading: Reading): FactMention[] {
  const { cues } = reading.language;
  return reading.segments.flatMap((seg): FactMention[] => {
    const lacks =
      cues.selfLacks.test(seg.text) &&
      !(asSubsidiary(reading) && reading.language.yesNoCues.ofParent.test(seg.text));
    const denied = cues.weLack.test(seg.text) || lacks;
    if (!denied && !cues.weHold.test(seg.text)) return [];
    const named = [...reading.names, ...reading.namesOfOthers]
      .filter(
        (n) =>
          n.end <= seg.start &&
          seg.start - n.end <= 30 &&
          (yes(reading, n) || leveled(reading, n) || (denied && dated(reading, n))),
      )
      .sort((a, b) => a.start - b.start);
    const last = named.at(-1);
    if (!last) return [];
    const at = segmentAt(reading, last.start);
    const ofOther = (n: Found<Name>) =>
      within(reading.others, n.start) || heldByOther(reading, n.start, n.end);
    // All that another unit was said to hold, or what was named last.
    const meant = lacks
      ? named.filter((n) => n === last || (ofOther(n) && segmentAt(reading, n.start) === at))
      : [last];
    return meant.flatMap((n): FactMention[] => {
      const id = n.value.facts.find((f) =>
        ['boolean', 'level', 'date'].includes(reading.vocabulary.get(f)!.type),
      );
      const spec = id ? reading.vocabulary.get(id) : undefined;
      // 听说有家被取消了，我们没有过
      if (spec?.type === 'date')
        return spec.orWord && lacks && ofSomebody(reading, n)
          ? [{ fact: spec.id, value: { type: 'date', value: spec.orWord }, start: seg.start, end: seg.end }]
          : [];
      if (!spec || (spec.type === 'level' && (!denied || !ofOther(n)))) return [];
      const value: FactValue =
        spec.type === 'level'
          ? { type: 'enum', value: spec.values[0]!.id }
          : { type: 'boolean', value: !denied };
      return [{ fact: spec.id, value, start: seg.start, end: seg.end }];
    });
  });
}

/** 听说以前有家被取消了: told of somebody else. */
const ofSomebody = (reading: Reading, n: Found<Name>): boolean =>
  within(reading.others, n.start) ||
  reading.language.cues.hearsay.test(reading.text.slice(segmentAt(reading, n.start)?.start ?? 0, n.start));

/** Whether a name is of something done on a day or never. */
const dated = (reading: Reading, n: Found<Name>) =>
  n.value.facts.some((id) => Boolean(reading.vocabulary.get(id)!.orWord));

/** Whether a name is of something that has levels. */
const leveled = (reading: Reading, n: Found<Name>) =>
  n.value.facts.some((id) => reading.vocabulary.get(id)!.type === 'level');
