import { isPoint } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import type { FactValue } from '../rules/types.js';
import { TYPES } from './fit.js';
import type { Found } from './lexicon.js';
import type { Name, Reading } from './reading.js';
import type { Conversation } from './types.js';

/** A figure that takes the place of one told before lies this near to it: slips change digits, not what is counted. */
const NEAR = 3;
/** Longer messages tell a case anew. */
const SHORT = 48;

/**
 * The fact told before that a figure tells anew: “我说错了，去年不是2.3亿，是1.93亿”, “那个数得改，1.95亿”, “收入那个报错了 1.94亿才对”. Which one
 * is told by the figure taken back, by a name, or by there being only one that the figure could stand for; whatever was asked
 * for last. Null where nothing is taken back, or where several could be meant.
 */
export function toldAnew(reading: Reading, q: Quantity): string | null {
  const { conversation, vocabulary, text } = reading;
  if (!takesBack(reading) || q.exact === null || !TYPES[q.unit]) return null;
  const remembered = [...conversation.facts].filter(([id, value]) => {
    const spec = vocabulary.get(id);
    return spec !== undefined && TYPES[q.unit]!.includes(spec.type) && pointOf(value) !== null;
  });
  const others = reading.quantities.filter((p) => p !== q && p.unit === q.unit && p.exact !== null);
  const said = remembered.filter(([, v]) => others.some((p) => pointOf(v)!.equals(p.exact!)));
  // 2100万那个不对: the figure itself; the one that is taken back is told anew by no figure of its own.
  if (said.some(([, v]) => pointOf(v)!.equals(q.exact!))) return null;
  if (said.length > 0) return said.length === 1 ? said[0]![0] : null;
  const near = remembered.filter(([, v]) => isNear(pointOf(v)!.valueOf(), q.exact!.valueOf()));
  const spokenOf = new Set(reading.names.flatMap((n) => n.value.facts));
  const named = near.filter(([id]) => spokenOf.has(id) || spokenOf.has(id.replace('backbone.', 'lead.')));
  if (named.length > 0) return named.length === 1 ? named[0]![0] : null;
  // 改一下，骨干企业研发投入3000万: a name of its own says of what it is.
  if ([...spokenOf].some((id) => TYPES[q.unit]!.includes(vocabulary.get(id)!.type))) return null;
  if (others.length > 0) return null;
  // 去年那个数: of the year told.
  const ofYear = near.filter(([id]) =>
    reading.language.lastYear.some((w) => text.includes(w) && vocabulary.get(id)!.label.includes('年')),
  );
  const meant = near.length > 1 && ofYear.length > 0 ? ofYear : near;
  return meant.length === 1 ? meant[0]![0] : null;
}

/** 2100万那个不对，是1900万: a figure told before, said again to be taken back. */
export function isTakenBack(reading: Reading, q: Quantity): boolean {
  if (!takesBack(reading) || q.exact === null) return false;
  if (!reading.quantities.some((p) => p !== q && p.unit === q.unit && p.exact !== null)) return false;
  return [...reading.conversation.facts].some(
    ([id, value]) =>
      TYPES[q.unit]?.includes(reading.vocabulary.get(id)!.type) && pointOf(value)?.equals(q.exact!),
  );
}

/** Whether a short message takes back what was told before and tells it anew. */
const takesBack = (reading: Reading): boolean =>
  reading.conversation.facts.size > 0 &&
  reading.text.length <= SHORT &&
  reading.language.cues.takesBack.test(reading.text) &&
  !reading.language.cues.interrogative.test(reading.text);

/** Plain numbers told in the place of a share or a count told before (那个5.2不对，是4.8): of its unit. */
export function asToldBefore(
  text: string,
  quantities: readonly Quantity[],
  conversation: Conversation,
  takesBackCue: RegExp,
  typeOf: (fact: string) => string | undefined,
  names: readonly Found<Name>[],
): Quantity[] {
  const bare = (q: Quantity) => q.unit === 'number' && q.measure === null && q.exact !== null;
  if (!takesBackCue.test(text) || text.length > SHORT) return [...quantities];
  const remembered = [...conversation.facts].flatMap(
    ([id, value]): { id: string; unit: 'percent' | 'count'; value: FactValue }[] => {
      const type = typeOf(id);
      return type === 'percent' || type === 'count' ? [{ id, unit: type, value }] : [];
    },
  );
  const numbers = quantities.filter(bare);
  const again = remembered.filter((f) => numbers.some((q) => pointOf(f.value)?.equals(q.exact!)));
  // 占比我算错了，5.1
  const named = remembered.filter(
    (f) => numbers.length === 1 && names.some((n) => n.value.facts.includes(f.id)),
  );
  const units = (again.length > 0 ? again : named).map((f) => f.unit);
  const unit = units[0];
  if (unit === undefined || units.some((u) => u !== unit)) return [...quantities];
  return quantities.map((q) => (bare(q) && q.exact!.compare(2000) < 0 ? { ...q, unit } : q));
}

const pointOf = (value: FactValue) =>
  value.type === 'number' && isPoint(value.range) ? value.range.lo : null;

const isNear = (a: number, b: number): boolean => b > 0 && a / b <= NEAR && b / a <= NEAR;
