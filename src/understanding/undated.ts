import { segmentAt } from './context.js';
import type { Reading } from './reading.js';
import { ownLoss } from './revoked.js';

/** What stands right behind a name of something done (撤过一次, 取消资格了). */
const DONE = /^(资格|称号|牌子|联合体|的)?(过|了|掉)/;

/**
 * “以前被取消过”: what a day is known for was done, and the day is not told. Only of the asker's own, where nothing asks, supposes
 * or denies.
 */
export function readUndated(reading: Reading): { fact: string; text: string }[] {
  const { vocabulary, language, text } = reading;
  if (!reading.personal && reading.conversation.facts.size === 0) return [];
  for (const name of reading.names) {
    const fact = name.value.facts.find((f) => vocabulary.get(f)?.orWord);
    const seg = segmentAt(reading, name.start);
    if (!fact || !seg) continue;
    if (!ownLoss(reading, name)) continue;
    if (!/[过了掉]/.test(name.word) && !DONE.test(text.slice(name.end))) continue;
    const before = text.slice(seg.start, name.start);
    const supposed =
      language.hypothetical.some((w) => before.includes(w)) || language.cues.maybeDone.test(before);
    if (supposed || language.cues.negated.test(before) || language.cues.interrogative.test(before)) continue;
    if (language.cues.interrogative.test(text.slice(name.end, seg.end).replace(/(还|能|可以|够|行).*$/, '')))
      continue;
    return [{ fact, text: name.word }];
  }
  return [];
}
