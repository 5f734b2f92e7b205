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
  const between = name.end <= level.start ? reading.text.slice(name.end, level.start) : '';
  return (
    /^[^，]{0,4}(:|：|是|为|达到|属于|有|升级?(到|成|为|成了|到了)了?|提升?(到|为)了?|变成了?|换成了?|改成了?|晋升(为|到)|最高(也)?(只|就|才)?(到|是|有)|只到)$/.test(
      between,
    ) && !/(不|没|非|必须|要)/.test(between)
  );
}

/** How a level stands in its statement: the highest that is held (只有市级) is held; one that is to be built is only spoken of. */
export function stanceOfLevel(reading: Reading, b: Beside, level: Found<string>) {
  if (
    /(建设|申报|支持|创建|奖励|新获批|补助|培育|打造)[^，]{0,4}$/.test(b.before) &&
    !/(已|有|拥有)/.test(b.before)
  )
    return 'asked';
  const only = /(只|仅|就|才)(有|到|是)?[^，]{0,3}$/.test(b.before);
  if (
    only &&
    !/(只有|必须)[^，]{0,6}$/.test(
      b.before + (reading.text.slice(level.end).match(/^[^，]{0,8}(才|就)能/) ? '只有' : ''),
    )
  )
    return 'held';
  if (only) return /(才|就)(能|行|可以)/.test(b.after) ? 'asked' : 'held';
  if (deniedBefore(reading, b.before)) return 'lacking';
  const from = segmentAt(reading, level.start)?.start ?? level.start;
  if (reading.language.cues.sharesIn.test(reading.text.slice(from, level.start))) return 'asked';
  return stance(reading, b);
}
