import { type Beside, beside, segmentAt } from './context.js';
import type { Found } from './lexicon.js';
import type { Reading } from './reading.js';
import { stateOf } from './state.js';

/** Whether a noun stands right behind a level; in 只有市级、年度研发费用… it begins the next item. */
const adjoins = (reading: Reading, level: Found<string>, noun: Found<unknown>): boolean =>
  noun.start - level.end <= 1 &&
  !reading.text.slice(level.end, Math.max(level.end, noun.start)).includes('、');

/** 省级国家级都没有, 省级、国家级的都没有: what is said behind a row of levels is said of each. */
export function rowLacks(reading: Reading, spans: readonly Span[], i: number): boolean {
  let last = i;
  const between = (k: number) => reading.text.slice(spans[k]!.end, spans[k + 1]!.start);
  while (last + 1 < spans.length && reading.language.levelCues.row.test(between(last))) last += 1;
  return last > i && reading.language.cues.allLack.test(reading.text.slice(spans[last]!.end));
}

/** 省级专精特新, 国家级人才: another noun is what the level speaks of. */
export function ofAnother(reading: Reading, level: Found<string>): boolean {
  return (
    [...reading.names, ...reading.decoys].some((n) => n.start >= level.end && adjoins(reading, level, n)) ||
    reading.language.levelCues.otherNoun.test(reading.text.slice(level.end))
  );
}

/** A level with the platform it speaks of, where they stand together. */
export interface Span {
  level: Found<string>;
  name: Found<unknown>;
  start: number;
  end: number;
}

/** The platform that was asked for and is not named in the answer. */
export const NOWHERE: Found<unknown> = { start: -1, end: -1, word: '', value: null };

/** A level with its platform; the level alone where they stand too far apart or in two statements. */
export function spanOf(
  reading: Reading,
  level: Found<string>,
  name: Found<unknown>,
  levels: readonly Found<string>[],
): Span {
  const from = Math.min(level.start, name.start);
  const to = Math.max(level.end, name.end);
  const far = name.start > level.end + 8 || level.start > name.end + 8;
  const parted = levels.some((l) => l !== level && l.start >= from && l.end <= to);
  const apart = far || parted || segmentAt(reading, name.start) !== segmentAt(reading, level.start);
  return apart ? { level, name, start: level.start, end: level.end } : { level, name, start: from, end: to };
}

/** The words before and after a level, those between it and its platform among them, up to the neighbouring levels, names and figures. */
export function besideSpan(reading: Reading, spans: readonly Span[], i: number): Beside {
  const span = spans[i]!;
  const b = beside(reading, span.start, span.end);
  const seg = segmentAt(reading, span.start);
  if (!seg) return b;
  const inside =
    span.name.end >= span.start && span.name.end <= span.level.start
      ? reading.text.slice(span.name.end, span.level.start)
      : '';
  const prior = spans[i - 1];
  const next = spans[i + 1];
  let before = b.before;
  if (prior && prior.end > seg.start && span.start - prior.end < before.length)
    before = reading.text.slice(prior.end, span.start);
  if (prior && before !== '' && prior.end > seg.start && tellsOfPrior(reading, spans, i)) before = '';
  const cut = next && next.start < seg.end && next.start < (b.next?.start ?? seg.end) ? next : b.next;
  return {
    before: before + inside,
    after: reading.text.slice(span.end, cut?.start ?? seg.end),
    rest: b.rest,
    next: cut,
  };
}

/** The words after a level that tell of it where another level follows in the statement; undefined where none does. */
export function behindSpan(reading: Reading, spans: readonly Span[], i: number): string | undefined {
  const span = spans[i]!;
  const next = spans[i + 1];
  const seg = segmentAt(reading, span.start);
  if (!next || !seg || next.start >= seg.end) return undefined;
  return tellsOfPrior(reading, spans, i + 1) ? reading.text.slice(span.end, next.start) : '';
}

/** 省级没有市级有: the words between two levels tell of the first, where the second has words behind it. */
function tellsOfPrior(reading: Reading, spans: readonly Span[], i: number): boolean {
  const { levelCues } = reading.language;
  const prior = spans[i - 1]!;
  const span = spans[i]!;
  const between = reading.text.slice(prior.end, span.start);
  const told = (text: string) => stateOf(text, reading.language).state !== null;
  if (between.length > 12 || !told(between)) return false;
  // 市级实验室升省级: of the second.
  if (levelCues.rising.test(between)) return false;
  const seg = segmentAt(reading, span.start)!;
  const lead = reading.text.slice(Math.max(seg.start, prior.start - 6), prior.start);
  const behind = reading.text.slice(
    span.end,
    Math.min(seg.end, spans[i + 1]?.start ?? seg.end, span.end + 8),
  );
  return levelCues.ended.test(between) || (!told(lead) && told(behind));
}

/** The platform that a level word speaks of: the noun it precedes, or the nearest named before it. */
export function nameOf(
  reading: Reading,
  level: Found<string>,
  names: readonly Found<unknown>[],
  reached: number,
): Found<unknown> | null {
  const { levelCues } = reading.language;
  const seg = segmentAt(reading, level.start);
  if (!seg) return null;
  const over = names.find((n) => n.start < level.end && level.start < n.end);
  if (over) return over;
  const own = names.findLast((n) => n.end <= level.start && n.start >= seg.start);
  // 平台有个市级的研发每年2500万: said of the platform right before; the next noun begins another statement.
  const ends = levelCues.ofPlatform.test(reading.text.slice(level.end));
  if (own && ends && levelCues.saidOf.test(reading.text.slice(own.end, level.start))) return own;
  const after = names.find((n) => n.start >= level.end && n.end <= seg.end);
  const other = [...reading.names, ...reading.decoys].filter(
    (n) => !names.includes(n) && n.start >= level.start && n.end <= seg.end,
  );
  const between = after ? reading.text.slice(level.end, after.start) : '';
  if (
    after &&
    after.start - level.end <= 10 &&
    !other.some((o) => o.start < after.start && o.end - o.start > 1 && adjoins(reading, level, o))
  ) {
    if (!levelCues.held.test(between)) return after;
  }
  // 国家级人才, 省级补助, 省级专精特新: another noun is what the level speaks of.
  if (
    other.some((o) => adjoins(reading, level, o)) ||
    levelCues.otherNounFar.test(reading.text.slice(level.end))
  )
    return null;
  const before = names.filter((n) => n.end <= level.start).at(-1);
  if (!before) return after ?? null;
  const gap = reading.text.slice(Math.max(before.end, reached), level.start);
  const marks = (gap.match(/[，,。；;]/g) ?? []).length;
  return gap.length <= 24 && marks <= (reached > 0 ? 2 : 1) ? before : null;
}
