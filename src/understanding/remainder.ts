import { ACADEMIC, ENTERPRISES, memberKind, OTHERS } from './member-kind.js';
import type { Reading } from './reading.js';
import { kindOfName, type UnitKind } from './unit-kind.js';

/** The members of one kind, added up. */
export interface Sum {
  n: bigint;
  start: number;
  end: number;
  items: number;
}

/** “剩下都是高校”, “其余2家”, “全是企业”: what is left of a total, or all of it, is of one kind. */
export function remainders(
  reading: Reading,
  total: bigint | null,
  sums: ReadonlyMap<string, Sum>,
): { fact: string; n: bigint; start: number; end: number }[] {
  if (total === null) return [];
  const { cues } = reading.language;
  const m = cues.remainder.exec(reading.text);
  if (!m) return [];
  // 其他6个都是温州企业
  const numbered = /[一二两三四五六七八九十\d]/.test(m[0]);
  const place = numbered ? reading.whereabouts.find((p) => p.start === m.index + m[0].length) : undefined;
  const noun = reading.text.slice(place?.end ?? m.index + m[0].length);
  const kind = memberKind(reading, noun) ?? kindOfNames(reading, noun);
  const at = { start: m.index, end: m.index + m[0].length };
  const listed = [...sums.values()].reduce((n, s) => n + s.n, 0n);
  // 九家，去掉三所大学全是企业: all of what is left.
  const whole = cues.wholeOf.test(m[0]) && !cues.lessThese.test(reading.text.slice(0, m.index));
  // 外省的两家，剩下的都是企业: what is left is left of units whose kind is not told.
  if (sums.size === 0 && !whole) return [];
  if (kind === null || sums.has(kind) || (whole && sums.size > 0) || listed >= total) return [];
  return [{ fact: kind, n: total - listed, ...at }];
}

const FACT: Partial<Record<UnitKind, string>> = {
  academic: ACADEMIC,
  other: OTHERS,
  enterprise: ENTERPRISES,
};

/** 剩下两个是厦大和华大: the kind of units told by name; null where they are of several kinds, or tell none. */
function kindOfNames(reading: Reading, text: string): string | null {
  const { cues } = reading.language;
  const names = (cues.namesAhead.exec(text)?.[0] ?? '').split(cues.nameJoint);
  const kinds = new Set(names.map((n) => FACT[kindOfName(reading, n) ?? 'unknown'] ?? null));
  return kinds.size === 1 ? [...kinds][0]! : null;
}
