import type { Policy } from '../../knowledge/index.js';
import type { CriterionResult, Verdict } from '../../rules/index.js';
import type { Evidence } from '../evidence.js';
import type { Block } from '../types.js';
import type { World } from '../world.js';
import { detail, spoken as requiredOf } from './requirements.js';
import { statusFirst } from './status.js';

/** Open conditions shown in full before the rest are only named: a phone screen's worth. */
const OPEN_SHOWN = 4;

/**
 * One verdict as blocks: status first where it matters, the outcome, what failed and by how much, what is open, what passed.
 * @param known facts that are told or assumed
 * @param assumed facts that are only assumed
 * @param spokenOf facts that this message tells or asks after: what hangs on them is said first of its kind
 */
export function verdictBlocks(
  world: World,
  evidence: Evidence,
  policy: Policy,
  verdict: Verdict,
  known: ReadonlySet<string>,
  assumed: readonly string[],
  spokenOf: ReadonlySet<string> = new Set(),
): Block[] {
  const { wording } = world;
  const values = {
    city: policy.meta.cityName,
    subject: wording.say(`subject.${verdict.subject}`),
    office: policy.meta.office,
  };
  const blocks: Block[] = [];
  const status = statusFirst(world, policy, verdict.asOf);
  blocks.push({ kind: 'lead', text: wording.say(`verdict.${verdict.outcome}`, values), cites: [] });
  if (status) blocks.push({ kind: 'note', text: status, cites: [] });
  for (const conflict of verdict.conflicts) blocks.push({ kind: 'note', text: conflict, cites: [] });
  const spoken = (c: CriterionResult) => c.facts.some((f) => spokenOf.has(f));
  const counted = verdict.criteria
    .filter((c) => c.strength !== 'judgement')
    .sort((a, b) => Number(spoken(b)) - Number(spoken(a)));
  const criteria = new Map((world.criteria.get(policy.meta.id) ?? []).map((c) => [c.id, c]));
  const required = (c: CriterionResult) => requiredOf(world, criteria.get(c.id)!);
  const adds = (c: CriterionResult) => detail(world, criteria.get(c.id)!) !== '';
  const hangs = (c: CriterionResult) =>
    Object.keys(criteria.get(c.id)?.when ?? {}).some((fact) => !known.has(fact));
  const cite = (c: CriterionResult) => evidence.cite(policy, c.clause, c.quote);
  const mark = (c: CriterionResult) =>
    c.strength === 'principle' ? wording.say('verdict.principleMark') : '';
  // What leaves a choice says so, once one way is told to be closed.
  const soFar = (c: CriterionResult): string => {
    if (c.given === null) return '';
    const either = criteria.get(c.id)!.alternatives && !adds(c);
    return wording.say(either ? 'verdict.sofarEither' : 'verdict.sofar', { given: c.given });
  };
  const section = (
    title: string,
    items: CriterionResult[],
    line: (c: CriterionResult) => string,
    more?: boolean,
  ) => {
    if (items.length === 0) return;
    blocks.push({ kind: 'heading', text: title, ...(more ? { more } : {}) });
    blocks.push({
      kind: 'list',
      ordered: false,
      items: items.map((c) => ({ text: line(c), cites: [cite(c)] })),
      ...(more ? { more } : {}),
    });
  };
  const failed = counted.filter((c) => c.outcome === 'fail');
  const open = counted.filter((c) => c.outcome === 'unknown');
  // What is only assumed is said as an assumption, not as something reached.
  const passed = counted.filter((c) => c.outcome === 'pass' && !c.facts.every((f) => assumed.includes(f)));
  section(wording.say('verdict.failed'), failed, (c) => {
    const given =
      c.given === null
        ? wording.say('verdict.lineFailNoGiven', { title: c.title, required: required(c) })
        : wording.say('verdict.lineFail', { title: c.title, required: required(c), given: c.given });
    const gap =
      c.gap === null
        ? ''
        : /^(需|禁止)/.test(c.gap)
          ? `，${c.gap}`
          : wording.say(tooMany(c) ? 'verdict.over' : 'verdict.gap', { gap: c.gap });
    return `✗ ${given}${mark(c)}${gap}`;
  });
  section(
    wording.say('verdict.passed'),
    passed,
    (c) =>
      `✓ ${adds(c) && /[≥≤<>]/.test(c.required) ? wording.say('verdict.linePass', { title: c.title, given: c.given ?? '', required: required(c) }) : c.title}${mark(c)}`,
  );
  // Once settled, only what was told of and still hangs on more is said; else what is open, first what is spoken of or surely concerns the case.
  const pending =
    verdict.outcome === 'ineligible'
      ? open.filter((c) => c.given !== null)
      : [...open].sort((a, b) => Number(hangs(a) && !spoken(a)) - Number(hangs(b) && !spoken(b)));
  if (pending.length > 0) {
    const shown = pending.filter((c) => !hangs(c) || spoken(c)).slice(0, OPEN_SHOWN);
    section(
      wording.say('verdict.unknown'),
      shown,
      (c) =>
        `？ ${adds(c) ? wording.say('verdict.lineUnknown', { title: c.title, required: required(c) }) : c.title}${mark(c)}${soFar(c)}`,
    );
    const rest = pending.filter((c) => !shown.includes(c));
    if (rest.length > 0) {
      blocks.push({
        kind: 'para',
        text: wording.say('verdict.manyUnknown', {
          n: rest.length,
          items: rest.map((c) => c.title).join('、'),
        }),
        cites: rest.map(cite),
      });
    }
  }
  const figured = passed.filter((c) => /[≥≤<>]/.test(c.required));
  const notes = [...failed, ...figured].flatMap((c) => (c.note === null ? [] : [{ c, note: c.note }]));
  for (const { c, note } of notes) blocks.push({ kind: 'note', text: note, cites: [cite(c)], more: true });
  const judged = verdict.criteria.filter((c) => c.strength === 'judgement');
  if (judged.length > 0 && verdict.outcome !== 'ineligible') {
    blocks.push({
      kind: 'note',
      text: wording.say('verdict.judgement', { items: judged.map((c) => c.title).join('、') }),
      cites: judged.slice(0, 3).map(cite),
      more: true,
    });
  }
  return blocks;
}

/** Whether a failed condition sets an upper limit, so that what was told is too much: all of it where there must be none. */
export const tooMany = (c: CriterionResult): boolean =>
  /^[≤<]/.test(c.required) || (c.gap === c.given && !/^[≥>]/.test(c.required));
