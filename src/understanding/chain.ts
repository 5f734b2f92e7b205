import type { Reading } from './reader.js';
import { stateOf } from './state.js';
import type { FactMention } from './types.js';

const COVERS = 'consortium.covers_chain';

/** Whether the members cover the chain, in words of one's own: 上下游都盖到了, 链条齐; 只有下游, 上游没有, 没法说覆盖. */
export function readChain(reading: Reading): FactMention[] {
  const { cues } = reading.language;
  if (!reading.vocabulary.get(COVERS)) return [];
  return reading.segments.flatMap((seg): FactMention[] => {
    if (seg.mark === '？' || seg.mark === '?' || /(吗|么|怎么|是不是|要不要|必须|需要|什么)/.test(seg.text)) return [];
    const say = (value: boolean): FactMention[] => [
      { fact: COVERS, value: { type: 'boolean', value }, start: seg.start, end: seg.end },
    ];
    if (cues.chainPart.test(seg.text)) return say(false);
    const m = cues.chainWhole.exec(seg.text);
    if (!m) return [];
    const around = `${seg.text.slice(Math.max(0, m.index - 8), m.index)}□${seg.text.slice(m.index + m[0].length)}`;
    const { state } = stateOf(around, reading.language);
    if (state === 'doubt' || state === 'pending') return [];
    return say(state === null || state === 'held');
  });
}
