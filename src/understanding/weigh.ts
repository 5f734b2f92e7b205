import { type Beside, type Stance, segmentAt } from './context.js';
import { heldByOther } from './holder.js';
import { isAnotherThing } from './hollow.js';
import type { Reading } from './reading.js';
import { stateAround, type Told } from './state.js';

/**
 * A stance weighed against all that is said of a thing: what is pending, lost, denied in an afterthought, left open or held by
 * somebody else is not held, whatever verb stands beside it (高新材料交了等批, 省级还在公示, 高新是子公司的). What is said to be there by a
 * verb of its own is held where nothing asks.
 * @param end where the words of the thing end
 * @param behind the words that tell of it after it, where they are known
 */
export function weighed(
  reading: Reading,
  how: Stance,
  b: Beside,
  start: number,
  end: number,
  behind?: string,
): Stance {
  const lead = reading.text.slice(segmentAt(reading, start)?.start ?? 0, start);
  if (heldByOther(reading, start, end) || reading.language.cues.requested.test(lead)) return 'asked';
  if (isAnotherThing(reading, b, start, end)) return 'asked';
  // 高企不是没有: denied twice.
  if (how === 'held' && reading.language.cues.twiceAfter.test(b.rest)) return how;
  // 和大学合建的实验室，算我们的吗: whether it counts.
  const next = reading.segments.find((s) => s.start >= end && s.start > start);
  if (next && reading.language.cues.countsAsOurs.test(next.text)) return 'asked';
  const { before, after } = stateAround(reading, b, end, behind);
  if (before.state === 'doubt' || after.state === 'doubt')
    return how === 'lacking' && sure(after) ? how : 'asked';
  // 什么样的算省级平台: nobody's.
  if (how === 'held' && /(什么样?|哪些|哪种|哪类|怎样|怎么|咋|如何|谁)(的|才|算|叫|是|样)*$/.test(b.before))
    return 'asked';
  if (before.kinds.at(-1) === 'Lack' && /哪/.test(before.last)) return 'lacking';
  const taken = exception(reading, b, start, end);
  if (taken !== null) return taken;
  // 明年高新肯定能下来: to come, whatever is said after it without a 了.
  const toCome = before.kinds.at(-1) === 'Soon' && after.state === 'held' && !/[了过]/.test(after.text);
  const said = toCome ? 'pending' : (after.state ?? (decides(before) ? before.state : null));
  if (how === 'held') {
    // A denial before it is weighed by the stance itself.
    return said === null || said === 'held' ? how : 'lacking';
  }
  if (how === 'lacking') {
    const recovered =
      after.state === 'held' && after.kinds.some((k) => k === 'Lost' || k === 'Due' || k === 'Renew');
    return recovered ? 'held' : how;
  }
  const got = said ?? (before.kinds.at(-1) === 'Got' && before.last.length > 1 ? before.state : null);
  if (got === null || asks(reading, b, start, after.state === 'held')) return how;
  return got === 'held' ? 'held' : 'lacking';
}

/** Whether what is said after a name is plain. */
const sure = (after: Told): boolean => after.state !== null && after.state !== 'doubt';

/** Whether the words before a name decide by themselves: more than 是 and 没, which the stance has weighed. */
function decides(before: Told): boolean {
  const last = before.kinds.at(-1);
  if (before.state === 'pending' || before.state === 'lost') return true;
  return last === 'Lack' || (before.state === 'lacking' && (last === 'Due' || last === 'Renew'));
}

/** Whether the statement asks, or speaks of a condition. */
function asks(reading: Reading, b: Beside, start: number, done: boolean): boolean {
  const seg = segmentAt(reading, start);
  const { cues, hypothetical } = reading.language;
  if (!seg || seg.mark === '?' || seg.mark === '？') return true;
  if (!reading.personal && cues.interrogative.test(sentenceAt(reading.text, start))) return true;
  if (cues.interrogative.test(seg.text) || hypothetical.some((w) => w !== '的话' && seg.text.includes(w)))
    return true;
  if (/[了过好完]没有?(啊|呀|呢)?$/.test(seg.text)) return true;
  // 申报省级平台成功了: done with.
  const ofRules = done
    ? /(要|必须|需|才|应当?|如何)[^，]{0,4}$/
    : /(要|必须|需|才|应当?|得|办理?|如何|申请|申报)[^，]{0,4}$/;
  return ofRules.test(b.before) || /^[^，]{0,4}(要|需要|必须|条件|流程)/.test(b.after);
}

/** The sentence that a place of a text lies in. */
function sentenceAt(text: string, at: number): string {
  const from = Math.max(...['。', '！', '？', '!', '?', '；', ';'].map((m) => text.lastIndexOf(m, at - 1)));
  const stop = /[。！？!?；;]/.exec(text.slice(at));
  return text.slice(from + 1, stop ? at + stop.index + 1 : text.length);
}

/** 除了高新别的都有, 除了高新还有专精特新: taken out of a whole, or named before more. */
function exception(reading: Reading, b: Beside, start: number, end: number): Stance | null {
  const { cues } = reading.language;
  if (!cues.except.test(b.before)) return null;
  const rest = reading.text.slice(end, end + 24);
  const whole = reading.text.slice(Math.max(0, start - 16), start);
  if (cues.besidesIt.test(rest) || cues.lacksRest.test(rest)) return 'held';
  if (
    cues.hasRest.test(rest) ||
    /(都有|都齐|都满足|都行|都具备|都够)[^，]{0,2}(，|,|就)?(除了?|唯独)/.test(whole)
  )
    return 'lacking';
  return /除/.test(b.before) && /^[^，]{0,4}(以外|之外)?，?(专精特新|高新|平台)[^，]{0,6}也/.test(rest)
    ? 'held'
    : null;
}
