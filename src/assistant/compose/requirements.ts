import type { Policy } from '../../knowledge/index.js';
import type { Criterion, Subject } from '../../rules/index.js';
import type { Evidence } from '../evidence.js';
import type { Block } from '../types.js';
import type { World } from '../world.js';
import { statusFirst } from './verdicts.js';

/** The criteria that read any of the asked facts, for the policies in scope, in file order. */
export function criteriaOn(world: World, policy: Policy, facts: readonly string[], subject: Subject | null): Criterion[] {
  return (world.criteria.get(policy.meta.id) ?? []).filter(
    (c) => c.facts.some((f) => facts.includes(f)) && (subject === null || c.subject === subject),
  );
}

/**
 * Thresholds as the documents state them: the figure, its bound and strength, per city; a city that states none is said
 * to state none.
 */
export function thresholdBlocks(
  world: World,
  evidence: Evidence,
  policies: readonly Policy[],
  facts: readonly string[],
  label: string,
  asOf: string,
  subject: Subject | null = null,
): { blocks: Block[]; found: number } {
  const blocks: Block[] = [];
  const lines: { text: string; cites: number[] }[] = [];
  const notes: Block[] = [];
  let found = 0;
  for (const policy of policies) {
    const criteria = criteriaOn(world, policy, facts, subject);
    const { cityName, shortTitle } = policy.meta;
    if (criteria.length === 0) {
      lines.push({ text: world.wording.say('threshold.none', { city: cityName, shortTitle, fact: label }), cites: [] });
      continue;
    }
    found += criteria.length;
    for (const c of criteria) {
      lines.push({ text: requirementLine(world, cityName, c), cites: [evidence.cite(policy, c.clause, c.quote)] });
      if (c.note) notes.push({ kind: 'note', text: `${cityName}：${c.note}`, cites: [evidence.cite(policy, c.clause, c.quote)], more: true });
    }
    const status = statusFirst(world, policy, asOf);
    if (status) notes.unshift({ kind: 'note', text: status, cites: [] });
  }
  if (found === 0) {
    blocks.push({ kind: 'lead', text: policies.length > 1 ? world.wording.say('threshold.noneAll', { fact: label }) : lines[0]!.text, cites: [] });
  } else if (lines.length === 1) {
    blocks.push({ kind: 'lead', text: lines[0]!.text, cites: lines[0]!.cites });
  } else {
    blocks.push({ kind: 'list', ordered: false, items: lines });
  }
  return { blocks: [...blocks, ...notes], found };
}

/** “厦门：年主营业务收入（企业）原则上要求 ≥ 5亿元” */
export function requirementLine(world: World, cityName: string, c: Criterion): string {
  const mark = world.wording.say(`threshold.${c.strength}`);
  return world.wording.say('threshold.lead', { city: cityName, title: `${c.title}${whoFor(world, c)}`, mark: c.strength === 'judgement' ? '' : mark, required: c.strength === 'judgement' ? mark : ` ${c.required}` });
}

/** For whom a criterion is, when not for everyone: （企业牵头时）. */
export function whoFor(world: World, c: Criterion): string {
  const kinds = c.when?.['lead.kind'];
  if (!kinds) return '';
  const spec = world.vocabulary.get('lead.kind');
  const labels = kinds.map((k) => spec?.values.find((v) => v.id === k)?.label ?? String(k));
  return `（${labels.join('、')}牵头）`;
}

/** Every condition of a subject in one city, must and principle first, judgement items in one line. */
export function conditionBlocks(world: World, evidence: Evidence, policy: Policy, subject: Subject, kind: string | null, asOf: string): Block[] {
  const all = (world.criteria.get(policy.meta.id) ?? []).filter(
    (c) => c.subject === subject && (kind === null || !c.when?.['lead.kind'] || c.when['lead.kind'].includes(kind)),
  );
  if (all.length === 0) return [];
  const { cityName, shortTitle } = policy.meta;
  const checked = all.filter((c) => c.strength !== 'judgement');
  const judged = all.filter((c) => c.strength === 'judgement');
  const blocks: Block[] = [
    { kind: 'heading', text: world.wording.say('conditions.head', { city: cityName, subject: world.wording.say(`subject.${subject}`), shortTitle }) },
  ];
  const status = statusFirst(world, policy, asOf);
  if (status) blocks.push({ kind: 'note', text: status, cites: [] });
  blocks.push({
    kind: 'list',
    ordered: false,
    items: checked.map((c) => ({
      text: `${world.wording.say('conditions.item', { title: `${c.title}${whoFor(world, c)}`, required: c.required })}${c.strength === 'principle' ? world.wording.say('verdict.principleMark') : ''}`,
      cites: [evidence.cite(policy, c.clause, c.quote)],
    })),
  });
  if (judged.length > 0) {
    blocks.push({
      kind: 'note',
      text: world.wording.say('conditions.judgement', { items: judged.map((c) => c.title).join('、') }),
      cites: judged.slice(0, 2).map((c) => evidence.cite(policy, c.clause, c.quote)),
    });
  }
  return blocks;
}
