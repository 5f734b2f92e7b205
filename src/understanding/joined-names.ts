import { segmentAt } from './context.js';
import type { Found } from './lexicon.js';
import type { Name, Reading } from './reading.js';

/** Names joined under one verb (不是高新或专精特新, 协议和章程都有). */
export function groups(reading: Reading): Found<Name>[][] {
  const out: Found<Name>[][] = [];
  for (const name of reading.names) {
    if (!name.value.facts.some((id) => reading.vocabulary.get(id)!.type !== 'money')) continue;
    const prior = out.at(-1)?.at(-1);
    const together =
      prior !== undefined &&
      segmentAt(reading, prior.start) === segmentAt(reading, name.start) &&
      yes(reading, prior) &&
      yes(reading, name) &&
      // 协议签了章程还没: the first has its verb.
      !(reading.language.yesNoCues.verbDone.test(prior.word) && prior.end === name.start) &&
      reading.language.cues.joint.test(reading.text.slice(prior.end, name.start));
    if (together) out.at(-1)!.push(name);
    else out.push([name]);
  }
  return out;
}

/** Whether a name is of something that one is or is not. */
export const yes = (reading: Reading, n: Found<Name>) =>
  n.value.facts.some((id) => reading.vocabulary.get(id)!.type === 'boolean');
