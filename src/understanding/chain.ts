import type { Reading } from './reading.js';
import { stateOf } from './state.js';
import type { FactMention } from './types.js';

const COVERS = 'consortium.covers_chain';

/** Whether the members cover the chain, in words of one's own: 上下游都盖到了, 链条齐; 只有下游, 上游没有, 没法说覆盖. */
export function readChain(reading: Reading): FactMention[] {
  const { cues } = reading.language;
  if (!reading.vocabulary.get(COVERS)) return [];
  return reading.segments.flatMap((seg): FactMention[] => {
    if (
      /[?？]/.test(seg.mark) ||
      cues.interrogative.test(seg.text) ||
      /(要|必须|应当?|才|如果)/.test(seg.text)
    )
      return [];
    const say = (value: boolean): FactMention[] => [
      { fact: COVERS, value: { type: 'boolean', value }, start: seg.start, end: seg.end },
    ];
    if (cues.chainPart.test(seg.text)) return say(false);
    const m = cues.chainWhole.exec(seg.text);
    const named = reading.names.some(
      (n) => n.value.facts.includes(COVERS) && n.start >= seg.start && n.end <= seg.end,
    );
    if (!m || named) return [];
    const around = `${seg.text.slice(Math.max(0, m.index - 8), m.index)}□${seg.text.slice(m.index + m[0].length)}`;
    const { state } = stateOf(around, reading.language);
    if (state === 'doubt' || state === 'pending') return [];
    return say(state === null || state === 'held');
  });
}
