import { standsAt } from './look.js';

/** Where an Arabic number without a unit is a label and no figure. */
const LABELS = [
  // 附件3, 第六条（二）1
  /(?<=(?:附件|附录|附|图|表|方案|条|款|项)\s*)\d+(?!\d|\.\d)/y,
  /(?<=\([一二三四五六七八九十]+\)\s*)\d{1,2}(?!\d)/y,
  // The item 1. of a list; 20. alone is an answer.
  /(?<=^|[\s:;。，,、(“"])\d{1,2}\.(?!\d|$)/y,
  // 2、 and 3) on a line of their own or in a list within a line
  /(?<=(?:^|[\n\t:;。])\s*)\d{1,2}[、)](?!\d|$)/y,
  /(?<=\()\d{1,2}(?=\))/y,
  // A serial number alone in the first cell of a table's row.
  /(?<=(?:^|\n) *\t[ \t]*)\d{1,2}(?=[ \t]*(?:\n|$))/y,
];

/** Whether the Arabic number at i, which has no unit, is an item, annex or serial number, in a folded text. */
export function isLabel(s: string, i: number): boolean {
  return LABELS.some((label) => standsAt(label, s, i));
}
