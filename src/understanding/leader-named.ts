import type { Found } from './lexicon.js';
import type { Reading } from './reading.js';
import { kindOfName } from './unit-kind.js';

/** Units named as those that lead. */
export const LEADERS = new WeakSet<Found<string>>();

/** 厦大能不能自己牵头, 中科院海西研究院泉州装备所能牵头吗: a unit that leads, told by a name whose ending tells its kind. */
export function leaderNamed(reading: Reading): Found<string>[] {
  const { cues } = reading.language;
  for (const seg of reading.segments) {
    for (let end = 2; end <= Math.min(18, seg.text.length - 2); end++) {
      if (!cues.namedLeads.test(seg.text.slice(end))) continue;
      const word = seg.text.slice(0, end);
      const kind = kindOfName(reading, word);
      if (kind !== 'academic' || reading.language.kindCues.pronoun.test(word)) break;
      const value = cues.namedUniversity.test(word) ? 'university' : 'institute';
      const hit = { start: seg.start, end: seg.start + end, word, value };
      LEADERS.add(hit);
      return [hit];
    }
  }
  return [];
}
