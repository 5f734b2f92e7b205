import { type Beside, deniedBefore, segmentAt } from './context.js';
import type { Found } from './lexicon.js';
import type { Name, Reading } from './reading.js';
import { stateAround } from './state.js';

/** “没被甲市取消过”, “取消资格这种事没有过”: denied before or after, and left open by nothing. */
export function saidNever(reading: Reading, b: Beside, name: Found<Name>): boolean {
  const { yesNoCues } = reading.language;
  const { language } = reading;
  if (language.cues.neverForm.test(b.after)) return true;
  if (language.cues.askedBefore.test(b.before)) return false;
  // 几次不合格会被撤销: what may come; 没有被取消过这一条怎么证明: the demand itself.
  const seg = segmentAt(reading, name.start);
  // 评价没过被撤了: what was not passed; 自己解散的不算被取消吧？: asked.
  if (yesNoCues.notPassed.test(b.before)) return false;
  if (yesNoCues.unsureNever.test(reading.text.slice(seg?.start ?? 0, name.start))) return false;
  if (/[?？]/.test(seg?.mark ?? '') && yesNoCues.asking.test(seg!.text)) return false;
  if (language.cues.mayCome.test(b.before) || language.cues.asDemand.test(b.after)) return false;
  const { before, after } = stateAround(reading, { ...b, before: b.before.slice(-16) }, name.end);
  const open = [...before.kinds, ...after.kinds].some((k) => k === 'Doubt' || k === 'Open');
  if (open || yesNoCues.deniedEnd.test(b.after)) return false;
  if (deniedBefore(reading, b.before) || language.cues.neverBecause.test(b.before)) return true;
  const denials = before.kinds.filter((k) => k === 'Not').length;
  if (denials % 2 === 1 && before.kinds.at(-1) === 'Not') return true;
  return before.kinds.length === 0 && after.state === 'lacking' && yesNoCues.neverAfter.test(b.after);
}

/** “没被厦门取消过，被泉州取消过一次”: denied of one, and told of another. */
export const lostAfterAll = (reading: Reading, never: Found<Name>, id: string): boolean =>
  reading.names.some((n) => {
    if (n === never || !n.value.facts.includes(id)) return false;
    const seg = segmentAt(reading, n.start);
    const before = reading.text.slice(seg?.start ?? 0, n.start);
    return (
      !/[?？]/.test(seg?.mark ?? '') &&
      reading.language.yesNoCues.passive.test(n.word.startsWith('被') ? '被' : before) &&
      !reading.language.yesNoCues.open.test(before) &&
      reading.language.cues.wasLost.test(n.word.slice(-1) + reading.text.slice(n.end))
    );
  });
