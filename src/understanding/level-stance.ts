import { type Beside, deniedBefore, segmentAt, stance } from './context.js';
import type { Found } from './lexicon.js';
import type { Reading } from './reading.js';
import { stateAround } from './state.js';
import { weighed } from './weigh.js';

/** 没有平台, 平台一个都没评上: none of any level. One that is pending or lost leaves the others open. */
export function lacksAny(reading: Reading, b: Beside, name: Found<unknown>): boolean {
  const plain = stance(reading, b);
  if (weighed(reading, plain, b, name.start, name.end) !== 'lacking') return false;
  return plain === 'lacking' || stateAround(reading, b, name.end).after.state === 'lacking';
}

/** 平台级别是省部级: said of the platform right before. */
export function isSaid(reading: Reading, level: Found<string>, name: Found<unknown>): boolean {
  const { levelCues } = reading.language;
  const between = name.end <= level.start ? reading.text.slice(name.end, level.start) : '';
  return levelCues.said.test(between) && !levelCues.notSaid.test(between);
}

/** How a level stands in its statement: the highest that is held (只有市级) is held; one that is to be built is only spoken of. */
export function stanceOfLevel(reading: Reading, b: Beside, level: Found<string>) {
  const { levelCues } = reading.language;
  if (levelCues.toBuild.test(b.before) && !levelCues.already.test(b.before)) return 'asked';
  const only = levelCues.only.test(b.before);
  if (
    only &&
    !levelCues.onlyIf.test(b.before + (reading.text.slice(level.end).match(levelCues.thenAble) ? '只有' : ''))
  )
    return 'held';
  if (only) return levelCues.onlyThen.test(b.after) ? 'asked' : 'held';
  if (deniedBefore(reading, b.before)) return 'lacking';
  const from = segmentAt(reading, level.start)?.start ?? level.start;
  if (reading.language.cues.sharesIn.test(reading.text.slice(from, level.start))) return 'asked';
  return stance(reading, b);
}
