import { type Bound, canonical, type Quantity, readQuantities, writeQuantity } from '../../quantity/index.js';
import type { Criterion, Subject } from '../../rules/index.js';
import { segment } from '../../understanding/index.js';
import { conditionBlocks, criteriaOn, requirementLine, thresholdBlocks } from '../compose/requirements.js';
import type { Draft, Kit, Step, Turn } from '../turn.js';
import type { Block } from '../types.js';

/** The whole list of conditions. */
export const conditions: Step = (kit, turn) => {
  const { u } = turn;
  const { asking, language } = kit.world;
  if (!language.conditions.test(u.text)) return null;
  const content = kit.content(asking.foreground(u.text));
  if (!asking.onlyConditions(content)) return null;
  // 诚信有啥要求: of a thing that is named in two characters.
  if (kit.cards.namesAThing(asking.besideConditions(content))) return null;
  // 想牵头，研发有什么要求: of one condition.
  if (u.asked.length > 0 && asking.besideConditions(content) !== '') return null;
  if (/(参与|成员|加入|参加|共建单位)/.test(u.text) && !/牵头/.test(u.text)) return null;
  const subject: Subject = language.talentWords.test(u.text)
    ? 'talent-consortium'
    : language.consortiumWords.test(u.text) && !/牵头/.test(u.text)
      ? 'consortium'
      : 'lead';
  const kind = turn.now.facts.get('lead.kind');
  const blocks = turn.policies.flatMap((p) =>
    conditionBlocks(
      kit.world,
      turn.evidence,
      p,
      subject,
      kind?.type === 'enum' ? kind.value : null,
      turn.asOf,
    ),
  );
  if (blocks.length === 0) return null;
  return { intent: comparing(turn) ? 'comparison' : 'threshold', answered: true, blocks };
};

/** Whether several cities are held against each other. */
export function comparing(turn: Turn): boolean {
  return turn.u.intents.has('comparison') || turn.u.cities.length > 1;
}

/** Facts that stand as alternatives in one criterion belong together: asking for one asks for all. */
function together(kit: Kit, facts: readonly string[]): string[] {
  const out = new Set(facts);
  for (const c of [...kit.world.criteria.values()].flat()) {
    if (c.alternatives && c.facts.some((f) => out.has(f))) for (const f of c.facts) out.add(f);
  }
  return [...out];
}

/**
 * “企业几个，别的单位几个，一共几个”: where more counts are asked for than there are conditions on what was read, all that the
 * documents count of the same subject belong to the answer.
 */
function countedTogether(kit: Kit, turn: Turn, facts: readonly string[]): string[] {
  const { asking, vocabulary, criteria } = kit.world;
  const counts = (f: string) => vocabulary.get(f)?.type === 'count';
  const asked = segment(turn.u.text).filter((part) => asking.is('counted', part.text)).length;
  if (asked < 2 || facts.length === 0 || !facts.every(counts)) return [...facts];
  const read = turn.policies.flatMap((p) => criteriaOn(kit.world, p, facts, null));
  if (read.length === 0 || read.length >= asked * turn.policies.length) return [...facts];
  const subjects = new Set(read.map((c) => c.subject));
  const others = turn.policies
    .flatMap((p) => criteria.get(p.meta.id) ?? [])
    .filter((c) => subjects.has(c.subject) && !c.when && c.facts.every(counts) && /\d/.test(c.required));
  return [...new Set([...facts, ...others.flatMap((c) => c.facts)])];
}

/** How a figure is put up: to be confirmed, to be chosen, as one without exception. */
const PUT_FORWARD = ['confirm', 'choice', 'absolute'] as const;

/** A figure taken for a rule's: confirmed or corrected in the first line. */
export const premise: Step = (kit, turn) => {
  // What a score counts, or why a figure was chosen, is not a figure put up to be confirmed.
  if (kit.world.asking.is('scored', turn.u.text) || kit.world.asking.is('reason', turn.u.text)) return null;
  const choice = oneOfSeveral(kit, turn);
  if (choice) return choice;
  const given = turn.u.premises.find((p) => p.unit !== 'count' || p.fact !== null);
  if (
    !given ||
    turn.u.mentions.length > 1 ||
    !PUT_FORWARD.some((kind) => kit.world.asking.is(kind, turn.u.text)) ||
    kit.world.language.benefits.test(turn.u.text) ||
    (turn.u.asked.length === 0 && kit.world.asking.is('rewarding', turn.u.text))
  )
    return null;
  const types = given.unit === 'CNY' ? ['money'] : given.unit === 'percent' ? ['percent'] : ['count'];
  const read = turn.policies.flatMap((p) =>
    (kit.world.criteria.get(p.meta.id) ?? []).flatMap((c) =>
      c.facts.some((f) => types.includes(kit.world.vocabulary.get(f)!.type)) ? [{ p, c }] : [],
    ),
  );
  const own = given.fact === null ? turn.u.asked : [given.fact, ...turn.u.asked];
  // 研发要多少？是一年2000万还是三年: of what was asked about before.
  const named = own.length > 0 ? own : turn.contextAsked;
  const about = read.filter(({ c }) => c.facts.some((f) => named.includes(f)));
  const fact =
    about[0]?.c.facts.find((f) => named.includes(f)) ??
    (named.length === 0 && given.unit === 'CNY' ? read[0]?.c.facts[0] : undefined);
  // 青岛也是要7家吗: a city that sets none of what the figure is of is said to set none.
  if (fact === undefined)
    return given.fact !== null && turn.named ? threshold(kit, turn, [given.fact]) : null;
  // 要3%还是5%: each of the figures put up.
  const put = turn.u.premises.filter((p) => p.unit === given.unit && (p === given || p.fact === given.fact));
  const stated = readQuantities(turn.u.text).filter((q) => put.some((p) => p.text === q.text));
  return stated.length > 0 ? threshold(kit, turn, [fact], stated) : null;
};

/** “这是死规定吗” after a threshold: whether what was just said admits of exceptions. */
export const strictness: Step = (kit, turn) => {
  const { asking } = kit.world;
  const { u } = turn;
  if (turn.context === null || !asking.is('absolute', u.text) || u.asked.length > 0) return null;
  const demanded = turn.policies.flatMap((p) =>
    criteriaOn(kit.world, p, turn.contextAsked, null).map((c) => ({ p, c })),
  );
  if (demanded.length === 0) return null;
  const blocks = demanded.map(({ p, c }, i): Block => {
    const key = c.strength === 'principle' ? 'threshold.notMust' : 'threshold.isMust';
    const right = requirementLine(kit.world, p.meta.cityName, c);
    const text = kit.world.wording.say(key, { right });
    return { kind: i === 0 ? 'lead' : 'para', text, cites: [turn.evidence.cite(p, c.clause, c.quote)] };
  });
  return { intent: 'threshold', answered: true, blocks };
};

/** “比例和金额是不是满足一个就行”: whether a demand leaves a choice, of facts that some city names as alternatives. */
function oneOfSeveral(kit: Kit, turn: Turn): Draft | null {
  const { world } = kit;
  const told = turn.u.mentions.some((m) => m.fact !== 'lead.kind' && m.fact !== 'lead.city');
  if (!world.asking.is('either', turn.u.text) || told) return null;
  const open = turn.policies.flatMap((p) =>
    criteriaOn(world, p, turn.u.asked, null).flatMap((c) => (c.alternatives ? [{ p, c }] : [])),
  );
  if (open.length === 0) return null;
  const draft = threshold(kit, turn, turn.u.asked);
  const cites = open.map(({ p, c }) => turn.evidence.cite(p, c.clause, c.quote));
  return {
    ...draft,
    blocks: [{ kind: 'lead', text: world.wording.say('threshold.either'), cites }, ...draft.blocks],
  };
}

/**
 * What is demanded of facts, per city; figures taken for the rule's (one, or several to choose from) are confirmed or corrected
 * in the first line.
 */
export function threshold(
  kit: Kit,
  turn: Turn,
  facts: readonly string[],
  premised: readonly Quantity[] = [],
): Draft {
  const { world } = kit;
  const label = facts
    .map((f) => world.vocabulary.get(f)!.synonyms[0] ?? world.vocabulary.get(f)!.label)
    .join('、');
  const all = countedTogether(kit, turn, together(kit, facts));
  const { blocks, found } = thresholdBlocks(world, turn.evidence, turn.policies, all, label, turn.asOf);
  const put = premised.length > 0 ? premised : termsPut(kit, turn);
  const lines = put.length > 0 && found > 0 ? confirmed(kit, turn, all, put, blocks) : blocks;
  const apart = kit.world.asking.is('difference', turn.u.text) ? difference(kit, turn, all) : null;
  if (apart) lines.push(apart);
  return { intent: comparing(turn) ? 'comparison' : 'threshold', answered: true, blocks: lines };
}

/** A term put up to be confirmed (禁止期是五年对吗). */
function termsPut(kit: Kit, { u }: Turn): Quantity[] {
  if (!kit.world.asking.is('confirm', u.text) || u.mentions.length > 0) return [];
  return readQuantities(u.text).filter((q) => q.unit === 'duration' && q.exact !== null);
}

/** By how much the one figure of each of two cities differs; null where either states none, several, or one of another kind. */
function difference(kit: Kit, turn: Turn, facts: readonly string[]): Block | null {
  const stated = turn.policies.map((p) =>
    criteriaOn(kit.world, p, facts, null).flatMap((c) =>
      readQuantities(c.required)
        .filter((q) => q.exact !== null)
        .map((q) => ({ city: p.meta.cityName, q })),
    ),
  );
  const [a, b] = stated.map((of) => (of.length === 1 ? of[0]! : null));
  if (stated.length !== 2 || !a || !b || a.q.unit !== b.q.unit) return null;
  const gap = a.q.exact!.sub(b.q.exact!);
  if (gap.compare(0) === 0) return null;
  const [high, low] = gap.compare(0) > 0 ? [a, b] : [b, a];
  const value = gap.abs();
  const text = kit.world.wording.say('threshold.difference', {
    high: high.city,
    low: low.city,
    gap: writeQuantity({ ...high.q, exact: value, value: canonical(value), bound: null }),
  });
  return { kind: 'para', text, cites: [] };
}

/** What is demanded, with the figures that the question took for it confirmed or corrected first. */
function confirmed(
  kit: Kit,
  turn: Turn,
  facts: readonly string[],
  premised: readonly Quantity[],
  blocks: readonly Block[],
): Block[] {
  const { wording } = kit.world;
  const written = (q: Quantity): string => turn.u.text.slice(q.outerStart, q.outerEnd);
  const several = premised.length > 1;
  const perCity = turn.policies.map((p) => {
    const read = criteriaOn(kit.world, p, facts, null).flatMap((c) =>
      premised.map((q) => ({ c, given: written(q), says: agreement(c, q) })),
    );
    return {
      p,
      best: read.sort((a, b) => AGREEMENTS.indexOf(a.says) - AGREEMENTS.indexOf(b.says))[0] ?? null,
    };
  });
  const all = premised.map(written).join('、');
  if (perCity.length > 1) {
    // Several figures, several cities: the lines say whose each is.
    if (several) return [...blocks];
    const so = perCity.filter(({ best }) => best?.says === 'right').map(({ p }) => p.meta.cityName);
    const key = so.length === 0 ? 'noCity' : so.length === perCity.length ? 'everyCity' : 'someCities';
    const text = wording.say(`threshold.${key}`, { given: all, cities: so.join('、') });
    return [{ kind: 'lead', text, cites: [] }, ...blocks];
  }
  const { p, best } = perCity[0]!;
  const { c, says, given } = best!;
  // The correction says the line in full, so it is not said twice.
  const right = requirementLine(kit.world, p.meta.cityName, c);
  const absolute = !several && kit.world.asking.is('absolute', turn.u.text);
  const key = several && says !== 'near' ? `threshold.choice.${says}` : verdictOn(says, c, absolute);
  return [
    {
      kind: 'lead',
      text: wording.say(key, { given: says === 'wrong' ? all : given, right }),
      cites: [turn.evidence.cite(p, c.clause, c.quote)],
    },
    ...blocks.filter((b) => !('text' in b) || b.text !== right),
  ];
}

/** How a figure taken for the rule's stands to it, the best first. */
const AGREEMENTS = ['right', 'near', 'wrong'] as const;
type Agreement = (typeof AGREEMENTS)[number];

/** Confirms, corrects the figure or its bound, or corrects 必须 where the document says 原则上. */
function verdictOn(says: Agreement, c: Criterion, absolute: boolean): string {
  if (says === 'wrong') return 'threshold.wrongPremise';
  if (c.strength === 'principle' && absolute) return 'threshold.notMust';
  if (says === 'right' && c.alternatives) return 'threshold.onePremise';
  return says === 'near' ? 'threshold.nearPremise' : 'threshold.rightPremise';
}

/** From which side a bound limits; null for a bare or a vague figure. */
function side(bound: Bound | null): 'low' | 'high' | null {
  if (bound === 'at-least' || bound === 'over') return 'low';
  return bound === 'at-most' || bound === 'under' ? 'high' : null;
}

/**
 * Whether a requirement prints the figure, exactly, in whatever notation: `right` with the same bound or none told,
 * `near` where only the figure itself is in or out (超过 for 以上), `wrong` otherwise.
 */
function agreement(c: Criterion, given: Quantity): Agreement {
  const printed = readQuantities(c.required).filter((q) => q.unit === given.unit && q.value === given.value);
  const told = side(given.bound);
  const fits = printed.filter((q) => told === null || side(q.bound) === null || side(q.bound) === told);
  if (fits.length === 0) return 'wrong';
  return told === null || fits.some((q) => q.bound === given.bound || side(q.bound) === null)
    ? 'right'
    : 'near';
}
