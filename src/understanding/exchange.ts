import { isPoint, point } from '../quantity/index.js';
import type { Quantity } from '../quantity/types.js';
import type { FactValue } from '../rules/types.js';
import type { Reading } from './reading.js';
import type { FactMention } from './types.js';

/** What a unit taken out or put in is counted as. */
const COUNTED: { cue: 'enterprise' | 'academic' | 'otherUnit' | 'localUnit'; facts: string[] }[] = [
  { cue: 'localUnit', facts: ['consortium.local_units', 'consortium.local_members'] },
  { cue: 'enterprise', facts: ['consortium.enterprises'] },
  { cue: 'academic', facts: ['consortium.universities_institutes', 'consortium.other_units'] },
  { cue: 'otherUnit', facts: ['consortium.other_units'] },
];
const SWAP =
  /(?:把|将|拿|用)?(?:其中的?)?([\d一二两三四五六七八九十]+)[家所个](?:的)?([^，,。；;\d]{1,10}?)(?:换成|改成|变成|替换成|替换为|换为|换做|换作|调成|改为)了?(?:([\d一二两三四五六七八九十]+)[家所个](?:的)?)?([^，,。；;？?]{1,10})/;

export interface Exchange {
  mentions: FactMention[];
  /** Figures that the exchange has used. */
  taken: Set<Quantity>;
}

/**
 * “把两家外地的换成本地的”, “把一所高校换成一家企业呢”: units that take the place of others change two of the remembered counts and
 * not their sum. Where nothing is remembered it states nothing.
 */
export function readExchange(reading: Reading, figures: readonly Quantity[]): Exchange {
  const out: Exchange = { mentions: [], taken: new Set() };
  const m = SWAP.exec(reading.text);
  if (!m) return out;
  const end = m.index + m[0].length;
  const told = figures.filter((q) => q.unit === 'count' && q.start >= m.index && q.start < end);
  const from = countsOf(reading, asLocal(reading, m[2]!));
  const to = countsOf(reading, asLocal(reading, m[4]!));
  if (from.length === 0 && to.length === 0) return out;
  for (const q of told) out.taken.add(q);
  const n = told[0]?.exact;
  const moved = told.at(-1)?.exact ?? n;
  if (!n || !moved) return out;
  for (const [facts, sign, by] of [
    [from, -1, n],
    [to, 1, moved],
  ] as const)
    for (const fact of facts) {
      // A university for a hospital: the count that holds both stays.
      if (from.includes(fact) && to.includes(fact)) continue;
      const value = reading.conversation.facts.get(fact);
      if (value?.type !== 'number' || !isPoint(value.range)) continue;
      const next = value.range.lo!.add(by.mul(sign));
      if (next.compare(0) < 0) continue;
      const changed: FactValue = { type: 'number', range: point(next) };
      out.mentions.push({ fact, value: changed, start: m.index, end, hypothetical: true });
    }
  return out;
}

/** 换成温州的: a unit of the city that the rules in question are of. */
function asLocal(reading: Reading, noun: string): string {
  const { facts, policies } = reading.conversation;
  const seat = facts.get('lead.city');
  const own = policies.length === 1 ? policies[0] : seat?.type === 'enum' ? seat.value : undefined;
  const place = reading.places.find((p) => p.value === own && noun.startsWith(p.word));
  return place ? `${reading.language.localWord}${noun.slice(place.word.length)}` : noun;
}

/** The counts that units of a kind are counted in, by the words for them (本地供应商, 高校). */
export function countsOf(reading: Reading, noun: string): string[] {
  const { cues } = reading.language;
  const bare = noun.replace(/^(的|民营|外省的?|省外的?)/, '');
  return COUNTED.filter((c) => cues[c.cue].test(bare)).flatMap((c) =>
    c.facts.filter((f) => reading.vocabulary.get(f) !== undefined),
  );
}
