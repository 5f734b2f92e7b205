import type { Criterion, Subject } from '../../rules/index.js';
import { conditionBlocks, criteriaOn, requirementLine, thresholdBlocks } from '../compose/requirements.js';
import type { Draft, Kit, Step, Turn } from '../turn.js';

/** The whole list of conditions. */
export const conditions: Step = (kit, turn) => {
  const { u } = turn;
  const { language } = kit.world;
  if (!language.conditions.test(u.text)) return null;
  if (!kit.world.asking.onlyConditions(kit.content(u.text))) return null;
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

/** A figure taken for a rule's: confirmed or corrected in the first line. */
export const premise: Step = (kit, turn) => {
  const given = turn.u.premises.find((p) => p.unit !== 'count' || p.fact !== null);
  if (
    !given ||
    turn.u.mentions.length > 1 ||
    !kit.world.asking.is('confirm', turn.u.text) ||
    kit.world.language.benefits.test(turn.u.text)
  )
    return null;
  const types = given.unit === 'CNY' ? ['money'] : given.unit === 'percent' ? ['percent'] : ['count'];
  const read = turn.policies.flatMap((p) =>
    (kit.world.criteria.get(p.meta.id) ?? []).flatMap((c) =>
      c.facts.some((f) => types.includes(kit.world.vocabulary.get(f)!.type)) ? [{ p, c }] : [],
    ),
  );
  const named = given.fact === null ? turn.u.asked : [given.fact, ...turn.u.asked];
  const about = read.filter(({ c }) => c.facts.some((f) => named.includes(f)));
  const fact =
    about[0]?.c.facts.find((f) => named.includes(f)) ??
    (named.length === 0 && given.unit === 'CNY' ? read[0]?.c.facts[0] : undefined);
  if (fact === undefined) return null;
  return threshold(kit, turn, [fact], given.text);
};

/** What is demanded of facts, per city; a figure taken for the rule's is confirmed or corrected in the first line. */
export function threshold(kit: Kit, turn: Turn, facts: readonly string[], premised: string | null): Draft {
  const { world } = kit;
  const label = facts
    .map((f) => world.vocabulary.get(f)!.synonyms[0] ?? world.vocabulary.get(f)!.label)
    .join('、');
  const all = together(kit, facts);
  const { blocks, found } = thresholdBlocks(world, turn.evidence, turn.policies, all, label, turn.asOf);
  if (premised !== null && found > 0) {
    const criteria = turn.policies.flatMap((p) => criteriaOn(world, p, all, null).map((c) => ({ p, c })));
    const right = criteria.some(({ c }) => sameFigure(c, premised));
    const { p, c } = criteria.find(({ c: x }) => sameFigure(x, premised)) ?? criteria[0]!;
    blocks.unshift({
      kind: 'lead',
      text: world.wording.say(verdictOn(right, c, turn.u.text), {
        given: premised,
        right: requirementLine(world, p.meta.cityName, c),
      }),
      cites: [turn.evidence.cite(p, c.clause, c.quote)],
    });
  }
  return { intent: comparing(turn) ? 'comparison' : 'threshold', answered: true, blocks };
}

/** Confirms, corrects the figure, or corrects 必须 where the document says 原则上. */
function verdictOn(right: boolean, c: Criterion, question: string): string {
  if (!right) return 'threshold.wrongPremise';
  return c.strength === 'principle' && /必须|硬性|一定|死规定|非得/.test(question)
    ? 'threshold.notMust'
    : 'threshold.rightPremise';
}

function sameFigure(c: Criterion, text: string): boolean {
  const bare = (t: string) => t.replace(/[\s元人民币]/g, '');
  return bare(c.quote).includes(bare(text)) || bare(c.required).includes(bare(text));
}
