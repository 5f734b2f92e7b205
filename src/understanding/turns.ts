import type { FactSpec, FactValue } from '../rules/types.js';
import { segmentAt } from './context.js';
import type { Reading } from './reading.js';
import type { Conversation, FactMention, Understanding } from './types.js';

/** Longer messages tell more than an answer. */
const SHORT = 40;

/**
 * What a short message answers where several facts were asked for at once (2.3亿，2500万; 26个，省级): each part of it answers the first
 * of them that it can answer. Null where some part answers none, or where one figure could be of two of them.
 * @param read reads a part as the answer to one fact, or by itself
 */
export function answersInTurn(
  question: string,
  conversation: Conversation,
  read: (part: string, pending: string | null) => Understanding,
): FactMention[] | null {
  const { asked } = conversation;
  if (!asked || asked.facts.length < 2 || question.length > SHORT || /[?？]|吗/.test(question)) return null;
  const parts = question.split(/[，,、；;。\s]+/).filter((p) => p !== '');
  const left = [...asked.facts];
  const out: FactMention[] = [];
  for (const part of parts) {
    const own = read(part, null);
    const told = own.mentions.filter((m) => m.fact !== 'lead.city' || left.includes('lead.city'));
    if (told.length > 0) {
      out.push(...told);
      for (const m of told) if (left.includes(m.fact)) left.splice(left.indexOf(m.fact), 1);
      continue;
    }
    const answered = left.flatMap((f) => read(part, f).mentions.filter((m) => m.fact === f));
    const [first] = answered;
    // One amount where two amounts were asked for, one 没有 for several: of any of them.
    if (!first || (answered.length > 1 && parts.length < answered.length)) return null;
    out.push(first);
    left.splice(left.indexOf(first.fact), 1);
  }
  // 高企, where two figures were asked for: told for itself.
  return out.some((m) => asked.facts.includes(m.fact)) ? out : null;
}

const nothingOf = (spec: FactSpec): FactValue | null => {
  if (spec.type === 'boolean') return { type: 'boolean', value: false };
  if (spec.type === 'level') return { type: 'enum', value: spec.values[0]!.id };
  return spec.type === 'date' && spec.orWord !== null ? { type: 'date', value: spec.orWord } : null;
};

/**
 * One word for all that was asked for at once (都没有, 两个都是, 都签了), or a bare yes to a value that was put forward (是省级吗？ 对). A
 * bare yes to one of two leaves open which.
 */
export function readTogether(reading: Reading): FactMention[] {
  const { asked } = reading.conversation;
  const { cues, yes, no } = reading.language;
  if (!asked || reading.text.length > 16 || /[?？吗]/.test(reading.text)) return [];
  const text = reading.text.replace(/[。！!，,~\s的了呢啊呀吧哦呗]+$/g, '');
  const say = (fact: string, value: FactValue): FactMention => ({
    fact,
    value,
    start: 0,
    end: reading.text.length,
  });
  const agreed = cues.agrees.test(text);
  // 有省部级平台吗？ 有的
  const granted = asked.proposed.size === 1 && asked.facts.length === 1 && yes.includes(text);
  if ((agreed || granted) && asked.proposed.size > 0) {
    const stated = [...asked.proposed].map(([fact, value]) => say(fact, value));
    return segmentAt(reading, 0) ? stated : [];
  }
  const specs = asked.facts.map((f) => reading.vocabulary.get(f)!);
  if (specs.length < 2) return [];
  const joint = specs.every((s) => s.type === 'boolean');
  const none = cues.noneOfAsked.test(text) || (joint && no.includes(text));
  if (none) return specs.flatMap((s) => (nothingOf(s) ? [say(s.id, nothingOf(s)!)] : []));
  const all = cues.allOfAsked.test(text) || (joint && !asked.either && (agreed || yes.includes(text)));
  return all && joint ? specs.map((s) => say(s.id, { type: 'boolean', value: true })) : [];
}
