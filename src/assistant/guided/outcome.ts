import type { CriterionResult, Verdict } from '../../rules/index.js';
import type { Evidence } from '../evidence.js';
import type { Block } from '../types.js';
import { note, policyOf, type Room } from './room.js';

/** Conditions named of one outcome before the rest are only counted. */
const SHORT_SHOWN = 3;
/** A gap that is none of a figure (禁止期…) is said as it is. */
const NO_FIGURE = /^(需|禁止)/;

/** The outcome; one without anything to check is told apart. */
const kindOf = (v: Verdict): Verdict['outcome'] | 'judgement' =>
  v.criteria.every((c) => c.strength === 'judgement') ? 'judgement' : v.outcome;

/** 暂未达到“上年度主营业务收入”（差2000万元）: what an outcome is, and by what it falls short. */
export function outcomeWords(room: Room, verdict: Verdict): string {
  const kind = kindOf(verdict);
  const items = shortWords(room, verdict);
  return items === null
    ? room.texts.say(`say.outcomeShort.${kind}`)
    : room.texts.say(`say.outcomeFor.${kind}`, { items });
}

/** “上年度主营业务收入”（差2000万元）、“在泉州注册”: what an outcome falls short by; null where by nothing. */
export function shortWords({ texts, world }: Room, verdict: Verdict): string | null {
  const short = shortOf(verdict);
  if (short.length === 0) return null;
  const named = short
    .slice(0, SHORT_SHOWN)
    .map(({ title, gap }) => {
      if (gap === null) return texts.say('say.short', { title });
      return texts.say(NO_FIGURE.test(gap) ? 'say.shortPlain' : 'say.shortBy', { title, gap });
    })
    .join(world.wording.say('say.listJoin'));
  const n = short.length;
  return n > SHORT_SHOWN ? texts.say('say.shortMore', { items: named, n }) : named;
}

/** What an outcome that falls short fails by: the hard conditions, or those in principle where no hard one fails. */
function shortOf({ outcome, criteria }: Verdict): CriterionResult[] {
  if (outcome !== 'ineligible' && outcome !== 'discretionary') return [];
  const strength = outcome === 'ineligible' ? 'must' : 'principle';
  return criteria.filter((c) => c.outcome === 'fail' && c.strength === strength);
}

/** 泉州：暂未达到…；厦门：还不能下结论. @param key the sentence around it */
export function outcomesText(room: Room, verdicts: readonly Verdict[], key: string): string {
  const items = verdicts.map((v) =>
    room.texts.say('say.soFar', {
      city: policyOf(room, v.policy).meta.cityName,
      outcome: outcomeWords(room, v),
    }),
  );
  return room.texts.say(key, { items: items.join(room.texts.say('say.clauseJoin')) });
}

/** What has been settled of a city while others stay open, with the clauses that settled it. */
export function settledNote(room: Room, evidence: Evidence, verdict: Verdict): Block {
  const policy = policyOf(room, verdict.policy);
  const text = room.texts.say('say.soFar', {
    city: policy.meta.cityName,
    outcome: outcomeWords(room, verdict),
  });
  const cites = shortOf(verdict)
    .slice(0, SHORT_SHOWN)
    .map((c) => evidence.cite(policy, c.clause, c.quote));
  return note(text, cites);
}

/** The outcomes of several cities, a line each: what a phone shows before any detail. */
export function headline(room: Room, verdicts: readonly Verdict[]): Block[] {
  const { texts } = room;
  const items = verdicts.map((v) => ({
    text: texts.say('say.resultLine', {
      mark: texts.say(`say.resultMark.${kindOf(v)}`),
      city: policyOf(room, v.policy).meta.cityName,
      outcome: outcomeWords(room, v),
    }),
    cites: [],
  }));
  return [
    { kind: 'lead', text: texts.say('say.resultHeadline'), cites: [] },
    { kind: 'list', ordered: false, items },
  ];
}
