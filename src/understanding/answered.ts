import { point, ZERO } from '../quantity/index.js';
import type { Reading } from './reading.js';
import { TOTAL } from './standing.js';
import type { FactMention } from './types.js';
import { kindOfName } from './unit-kind.js';

const OTHERS = 'consortium.other_units';
const ACADEMIC = 'consortium.universities_institutes';
const PARENT = 'lead.is_parent_company';

/**
 * The answer to a count of units that was asked for, told with or without the asker (连我们5家, 除了我们还有4家) or by name (海大和青大);
 * empty where the message tells it otherwise.
 */
export function readAnswered(reading: Reading): FactMention[] {
  const { pending } = reading.conversation;
  const parent = readParent(reading);
  if (parent !== null) return [parent];
  const { cues, withoutLead } = reading.language;
  const { text } = reading;
  if (pending === null || cues.interrogative.test(text) || text.length > 40) return [];
  const say = (n: bigint | number): FactMention[] => [
    {
      fact: pending,
      value: { type: 'number', range: point(ZERO.add(n)) },
      start: 0,
      end: text.length,
    },
  ];
  const units = reading.quantities.filter((q) => q.unit === 'count' && /[家个所]/.test(q.measure ?? ''));
  const [q, sum] = units;
  const alone = !(pending in withoutLead);
  // 四家，加上我们五家
  if (q && sum && units.length === 2 && isExact(q) && sum.exact?.equals(q.exact!.add(1))) {
    const between = text.slice(q.end, sum.start);
    if (
      cues.withLeadSum.test(between) &&
      cues.answerEnds.test(text.slice(sum.end)) &&
      counts(reading, pending)
    )
      return say(alone ? sum.exact.n : q.exact!.n);
  }
  if (q && units.length === 1 && reading.quantities.length === 1 && isExact(q)) {
    if (!counts(reading, pending)) return [];
    const before = text.slice(0, q.start);
    const rest = text.slice(q.end);
    if (cues.answerPlusUs.test(rest) && !/连|算上|含/.test(before))
      return say(q.exact!.n + (alone ? 1n : 0n));
    if (!cues.answerEnds.test(rest) && !cues.withoutLead.test(rest)) return [];
    if (cues.withoutLead.test(text)) return say(q.exact!.n + (alone ? 1n : 0n));
    if (cues.withLeadSum.test(before)) return say(q.exact!.n - (alone ? 0n : 1n));
    return [];
  }
  if (units.length > 0 || (pending !== ACADEMIC && pending !== OTHERS)) return [];
  const tokens = text
    .split(/[、，,；;。和与及跟\s]|以及|还有/)
    .map((t) => t.replace(cues.rosterOpening, '').replace(cues.answerOpening, ''))
    .filter((t) => t !== '' && !cues.rosterAside.test(t));
  const kinds = tokens.map((t) => kindOfName(reading, t));
  const fits = kinds.every((k) => k === 'academic' || (k === 'other' && pending === OTHERS));
  return tokens.length > 0 && fits ? say(tokens.length) : [];
}

/** Whether a count is one that the one who leads is in, or one that leaves it out. */
const counts = (reading: Reading, fact: string): boolean => {
  const { countsLead, withoutLead } = reading.language;
  return (
    fact === TOTAL ||
    countsLead[fact] === 'enterprise' ||
    fact in withoutLead ||
    Object.values(withoutLead).includes(fact)
  );
};

const isExact = (q: Reading['quantities'][number]): boolean =>
  q.exact?.d === 1n && q.bound === null && q.upper === null;

/** 是母公司, 子公司报的: under whose name a group applies, where that was asked or a group was spoken of. */
function readParent(reading: Reading): FactMention | null {
  const { conversation, text, language } = reading;
  const { cues } = language;
  const asked = conversation.pending === PARENT || (conversation.asked?.facts.includes(PARENT) ?? false);
  if (!asked && reading.kind !== 'group') return null;
  const value = cues.parentAnswer.test(text) ? true : cues.subsidiaryAnswer.test(text) ? false : null;
  if (value === null) return null;
  return { fact: PARENT, value: { type: 'boolean', value }, start: 0, end: text.length };
}
