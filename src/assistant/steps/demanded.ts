import type { Policy } from '../../knowledge/index.js';
import { ASIDE } from '../asking/who.js';
import { criteriaOn, requirementLine } from '../compose/requirements.js';
import { statusFirst } from '../compose/status.js';
import type { Draft, Kit, Step, Turn } from '../turn.js';
import type { Block } from '../types.js';
import { threshold } from './threshold.js';

/** How many consortia a unit leads. */
const LED = 'lead.consortia_already_led';

/**
 * “必须是高新才行吗”, “能不能不签协议”, “能牵头两个吗”: whether a thing is demanded, said in the first line; a document that does
 * not demand it is said not to.
 */
export const demanded: Step = (kit, turn) => {
  const { u } = turn;
  const { asking, language } = kit.world;
  if (u.mentions.some((m) => !ASIDE.has(m.fact)) || turn.context !== null) return null;
  // What is said of one's seat makes a case.
  if (u.mentions.some((m) => m.fact === 'lead.main_site_city') || u.elsewhere.length > 0) return null;
  const several = asking.is('leadsSeveral', u.text) && asking.somewhere('yesNo', u.text);
  const facts = u.asked;
  if (facts.length === 0 || language.benefits.test(u.text) || asking.is('rewarding', u.text)) return null;
  const waived = asking.is('waives', u.text);
  // 没有省级平台怎么办: a level lacking, which is no fact of its own.
  const lacking = asking.is('lackingAsked', u.text);
  // 一个公司能牵头几个: how many, of which there is one demand.
  const howMany = facts.length === 1 && facts[0] === LED && asking.is('counted', u.text);
  const asks = several || waived || lacking || howMany || asking.is('demandAsked', u.text);
  const stated = kit.world.rulesOf([]).some((p) => criteriaOn(kit.world, p, facts, null).length > 0);
  if (!asks || !stated || (!several && !waived && !howMany && !speaksOnlyOf(kit, facts, u.text))) return null;
  // Of how many one unit may lead a document may say nothing at all.
  const [policy, another] = turn.policies;
  const silent = (p: Policy) => criteriaOn(kit.world, p, facts, null).length === 0;
  if ((several || howMany) && policy && (another ? howMany : silent(policy)))
    return ledByCity(kit, turn, facts);
  const draft = threshold(kit, turn, facts);
  const direct =
    several || waived || lacking || asking.is('yesNo', u.text) ? directly(kit, turn, facts, several) : null;
  return direct === null ? draft : withFirst(draft, direct);
};

/** How many consortia one unit may lead, a line a city; one that says nothing of it is said to. */
function ledByCity(kit: Kit, turn: Turn, facts: readonly string[]): Draft {
  const { world } = kit;
  const items = turn.policies.flatMap((p) => {
    const { cityName: city, shortTitle } = p.meta;
    const fact = world.wording.say('threshold.howManyLed');
    const criteria = criteriaOn(world, p, facts, null);
    if (criteria.length === 0)
      return [{ text: world.wording.say('threshold.none', { city, shortTitle, fact }), cites: [] }];
    return criteria.map((c) => ({
      text: requirementLine(world, city, c),
      cites: [turn.evidence.cite(p, c.clause, c.quote)],
    }));
  });
  const statuses = [...new Set(turn.policies.flatMap((p) => statusFirst(world, p, turn.asOf) ?? []))];
  const [only, more] = items;
  const blocks: Block[] =
    only && !more ? [{ kind: 'lead', ...only }] : [{ kind: 'list', ordered: false, items }];
  blocks.push(...statuses.map((text): Block => ({ kind: 'note', text, cites: [] })));
  return { intent: 'threshold', answered: true, blocks };
}

/** Whether a question names facts, a level of them, and nothing more special than what is demanded. */
function speaksOnlyOf(kit: Kit, facts: readonly string[], text: string): boolean {
  const specs = facts.map((f) => kit.world.vocabulary.get(f)!);
  const names = specs.flatMap((s) => [s.label, ...s.synonyms, ...s.values.flatMap((v) => v.words)]);
  let rest = kit.world.asking.without(['insists'], kit.content(text));
  for (const name of names.sort((a, b) => b.length - a.length))
    rest = rest.replaceAll(name.toLowerCase(), ' ');
  return kit.world.asking.besideConditions(rest).length <= 1;
}

/** The first line of an answer to a yes or no: of one city, where one demand answers. */
function directly(kit: Kit, turn: Turn, facts: readonly string[], several: boolean): Block | null {
  const [policy, another] = turn.policies;
  if (!policy || another) return null;
  const all = criteriaOn(kit.world, policy, facts, null);
  const [c, other] = all;
  if (!c || all.some((x) => x.strength === 'judgement')) return null;
  const { asking, wording } = kit.world;
  const wrongLevel = all.every((x) => otherLevel(kit, turn, facts, x.quote));
  if (other)
    return wrongLevel ? { kind: 'lead', text: wording.say('threshold.otherLevels'), cites: [] } : null;
  const right = requirementLine(kit.world, policy.meta.cityName, c);
  const cites = [turn.evidence.cite(policy, c.clause, c.quote)];
  const waived = asking.is('waives', turn.u.text) ? 'notWaived' : 'isMust';
  const must = several ? 'oneOnly' : c.test?.mode === 'any' ? 'oneOf' : waived;
  const open = several ? 'oneOnlyPrinciple' : 'notMust';
  const strict = c.strength === 'principle' ? open : must;
  const key = wrongLevel ? 'otherLevel' : strict;
  return { kind: 'lead', text: wording.say(`threshold.${key}`, { right }), cites };
}

/** Whether a level is put forward (国家级才行吗) that the demand does not name. */
function otherLevel(kit: Kit, turn: Turn, facts: readonly string[], quote: string): boolean {
  return facts.some((f) => {
    const spec = kit.world.vocabulary.get(f)!;
    if (spec.type !== 'level') return false;
    const named = spec.values.filter((v) => v.words.some((w) => turn.u.text.includes(w.toLowerCase())));
    return named.length > 0 && !named.some((v) => v.words.some((w) => quote.includes(w)));
  });
}

/** A draft with another first line, which says the demand in full. */
function withFirst(draft: Draft, first: Block): Draft {
  return { ...draft, blocks: [first, ...draft.blocks.filter((b) => b.kind !== 'lead')] };
}

/** “牵头要多少钱”: no fee is stated; what is demanded in money. */
export const costs: Step = (kit, turn) => {
  const facts = kit.world.asking.costs(turn.u.text);
  if (facts === null || turn.u.mentions.some((m) => !ASIDE.has(m.fact)) || turn.u.asked.length > 0)
    return null;
  const draft = threshold(kit, turn, facts);
  const text = kit.world.wording.say('threshold.noFee');
  return { ...draft, blocks: [{ kind: 'lead', text, cites: [] }, ...draft.blocks] };
};
