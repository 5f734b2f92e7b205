import { type Beside, segmentAt } from './context.js';
import type { Reading } from './reading.js';

/** What only counts where a person leads it. */
const TALENT = 'lead.high_level_talent_team';

/**
 * Whether what is said to be there is not what the name stands for: another thing that bears its name (协议模板, 参建单位), one of another
 * matter (承诺书是银行贷款的), one shared or borrowed, people in name only or gone (高层次人才是兼职顾问, 有一个刚离职).
 */
export function isAnotherThing(reading: Reading, b: Beside, start: number, end: number): boolean {
  const { sureCues } = reading.language;
  const seg = segmentAt(reading, start);
  if (!seg) return false;
  const behind = reading.text.slice(end, seg.end);
  if (sureCues.nounBehind.test(behind) || sureCues.otherMatter.test(behind)) return true;
  if (sureCues.sharedBefore.test(b.before)) return true;
  const talent = reading.names.some(
    (n) => n.start >= start && n.end <= end && n.value.facts.includes(TALENT),
  );
  if (!talent) return false;
  // …，但不是他牵头
  const next = reading.segments.find((s) => s.start >= seg.end);
  const on = next && /^(但|不过|可|只)/.test(next.text) ? `${behind}，${next.text}` : behind;
  return sureCues.inNameOnly.test(on) || sureCues.oneGone.test(behind);
}
