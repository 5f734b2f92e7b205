import type { Entry, Policy } from '../../knowledge/index.js';
import type { Criterion, Subject } from '../../rules/index.js';
import type { Evidence } from '../evidence.js';
import type { Block } from '../types.js';
import type { World } from '../world.js';
import { statusFirst } from './status.js';

/** The criteria that read any of the asked facts, for the policies in scope, in file order. */
export function criteriaOn(
  world: World,
  policy: Policy,
  facts: readonly string[],
  subject: Subject | null,
): Criterion[] {
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
      const near = criteriaOn(world, policy, world.comparison.alike(facts), subject);
      const values = { city: cityName, shortTitle, fact: label };
      const instead = near.length > 0 ? null : saidInstead(world, policy, facts);
      // What it says of how many there must be goes before saying that it sets none of just these.
      const counts = facts.every((f) => world.vocabulary.get(f)?.type === 'count');
      const tells = instead !== null && !instead.silent && counts;
      const text =
        near.length === 0
          ? tells
            ? policies.length > 1
              ? `${cityName}：${instead.say}`
              : instead.say
            : world.wording.say('threshold.none', values)
          : world.wording.say('threshold.noneBut', {
              ...values,
              items: near.map((c) => requirementLine(world, '', c).replace(/^：|。$/g, '')).join('，'),
            });
      const anchors = instead ? instead.at : near;
      lines.push({ text, cites: anchors.map((a) => evidence.cite(policy, a.clause, a.quote)) });
      if (instead && !tells && policies.length === 1)
        notes.push({ kind: 'para', text: instead.say, cites: [] });
      if (near.length > 0 || tells) found++;
      continue;
    }
    found += criteria.length;
    for (const c of criteria) {
      lines.push({
        text: requirementLine(world, cityName, c),
        cites: [evidence.cite(policy, c.clause, c.quote)],
      });
      if (c.note)
        notes.push({
          kind: 'note',
          text: `${cityName}：${c.note}`,
          cites: [evidence.cite(policy, c.clause, c.quote)],
          more: true,
        });
    }
    const status = statusFirst(world, policy, asOf);
    if (status) notes.unshift({ kind: 'note', text: status, cites: [] });
  }
  if (found === 0) {
    blocks.push({
      kind: 'lead',
      text: policies.length > 1 ? world.wording.say('threshold.noneAll', { fact: label }) : lines[0]!.text,
      cites: lines.flatMap((l) => l.cites),
    });
  } else if (lines.length === 1) {
    blocks.push({ kind: 'lead', text: lines[0]!.text, cites: lines[0]!.cites });
  } else {
    blocks.push({ kind: 'list', ordered: false, items: lines });
  }
  return { blocks: [...blocks, ...notes], found };
}

/** What a document says where it sets no condition on facts that others set one on: the entry of the subject's topic. */
function saidInstead(world: World, policy: Policy, facts: readonly string[]): Entry | null {
  const elsewhere = [...world.criteria.values()].flat().find((c) => c.facts.some((f) => facts.includes(f)));
  const topic = elsewhere ? world.comparison.unstated(elsewhere.subject) : null;
  const entries = (world.entries.get(policy.meta.id) ?? []).filter((e) => e.topic === topic);
  return entries.find((e) => e.silent) ?? entries[0] ?? null;
}

/** A requirement in the document's own words, ready to be read aloud: 2亿元以上; 年均研发投入不低于2000万元或研发强度不低于5%. */
export function spoken(world: World, c: Criterion): string {
  if (c.strength === 'judgement') return world.wording.say('threshold.judgement');
  if (!c.alternatives) return c.words.join('，');
  return c.words
    .map((words, i) => (/\d/.test(words) ? `${nameOf(world, c.facts[i])}${words}` : words))
    .join('或');
}

function nameOf(world: World, fact: string | undefined): string {
  const spec = fact === undefined ? undefined : world.vocabulary.get(fact);
  return spec?.synonyms[0] ?? '';
}

/** “厦门：年主营业务收入（企业、集团企业牵头）原则上要求5亿元以上（含）。” */
export function requirementLine(world: World, cityName: string, c: Criterion): string {
  const mark = c.strength === 'judgement' ? '' : world.wording.say(`threshold.${c.strength}`);
  const title = `${c.title}${whoFor(world, c)}`;
  const figure = detail(world, c);
  if (c.strength === 'judgement')
    return world.wording.say('threshold.lead', {
      city: cityName,
      title,
      mark: '，',
      required: spoken(world, c),
    });
  return figure === ''
    ? world.wording.say('threshold.plain', { city: cityName, title, mark })
    : world.wording.say('threshold.lead', { city: cityName, title, mark, required: figure });
}

/** The words that add to a criterion's title: its figure, level, list or pattern; empty where the title says all. */
export function detail(world: World, c: Criterion): string {
  const words = spoken(world, c);
  const figured = c.words.some((w) => /\d|以上|[“X×]/.test(w)) || c.facts[0] === 'lead.kind';
  return figured && !c.title.includes(words) ? words : '';
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
export function conditionBlocks(
  world: World,
  evidence: Evidence,
  policy: Policy,
  subject: Subject,
  kind: string | null,
  asOf: string,
): Block[] {
  const all = (world.criteria.get(policy.meta.id) ?? []).filter(
    (c) =>
      c.subject === subject &&
      (kind === null || !c.when?.['lead.kind'] || c.when['lead.kind'].includes(kind)),
  );
  if (all.length === 0) return [];
  const { cityName, shortTitle } = policy.meta;
  const checked = all.filter((c) => c.strength !== 'judgement');
  const judged = all.filter((c) => c.strength === 'judgement');
  const blocks: Block[] = [
    {
      kind: 'heading',
      text: world.wording.say('conditions.head', {
        city: cityName,
        subject: world.wording.say(`subject.${subject}`),
        shortTitle,
      }),
    },
  ];
  const status = statusFirst(world, policy, asOf);
  if (status) blocks.push({ kind: 'note', text: status, cites: [] });
  // What holds for everyone first, then what holds for each kind of lead under its own line.
  const groups = new Map<string, Criterion[]>();
  for (const c of checked) {
    const who = kind === null ? whoFor(world, c).slice(1, -1) : '';
    groups.set(who, [...(groups.get(who) ?? []), c]);
  }
  for (const [who, criteria] of [...groups].sort((a, b) => Number(a[0] !== '') - Number(b[0] !== ''))) {
    if (who !== '' && groups.size > 1)
      blocks.push({ kind: 'heading', text: world.wording.say('conditions.who', { who }) });
    blocks.push({
      kind: 'list',
      ordered: false,
      items: criteria.map((c) => ({
        text: `${conditionItem(world, c)}${c.strength === 'principle' ? world.wording.say('verdict.principleMark') : ''}`,
        cites: [evidence.cite(policy, c.clause, c.quote)],
      })),
    });
  }
  if (judged.length > 0) {
    blocks.push({
      kind: 'note',
      text: world.wording.say('conditions.judgement', { items: judged.map((c) => c.title).join('、') }),
      cites: judged.slice(0, 2).map((c) => evidence.cite(policy, c.clause, c.quote)),
    });
  }
  return blocks;
}

/** A condition in a list: the title alone where it says all, else with the document's words. */
function conditionItem(world: World, c: Criterion): string {
  const required = detail(world, c);
  return required === '' ? c.title : world.wording.say('conditions.item', { title: c.title, required });
}
