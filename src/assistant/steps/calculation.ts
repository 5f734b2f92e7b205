import { InputError } from '../../errors.js';
import { canonical, isIsoDate, readQuantities } from '../../quantity/index.js';
import {
  type Calculation,
  type CalculationResult,
  calculate,
  type InputSpec,
  inputsOf,
  readEvidence,
  writeFact,
} from '../../rules/index.js';
import { NOT_RECKONED } from '../asking/who.js';
import { statusFirst } from '../compose/status.js';
import type { Kit, Step, Turn } from '../turn.js';
import type { Block } from '../types.js';
import { daysLeft } from './days.js';
import { verdictsFor } from './eligibility.js';

/** A question that tells more facts than this wants a verdict on all of them, not one reckoning. */
const MANY_FACTS = 2;
/** A row of a table in which nothing was reached. */
const NOTHING = /^0(?!\.)/;
/** The day that an exclusion runs from. */
const TITLE_LOST = 'lead.title_revoked_on';

/** A calculation that the question asks for and gives the inputs of: the steps, the result, its clause and bounds. */
export const calculation: Step = (kit, turn) => {
  const { u } = turn;
  const told = u.mentions.filter((m) => !NOT_RECKONED.has(m.fact)).length;
  // “那如果是11月20日被取消的呢”: a case told before and changed wants its verdict again.
  const supposed = turn.before.facts.size > 0 && u.followUp;
  const wantsVerdict = (kit.world.asking.somewhere('verdict', u.text) || supposed) && told > 0;
  if (wantsVerdict && told > MANY_FACTS) return null;
  // A case told, and nothing asked: it is held against the rules as a whole.
  if (told > 1 && !kit.world.asking.is('asks', u.text) && !kit.world.asking.is('computes', u.text))
    return null;
  const done = turn.policies.flatMap((policy) =>
    (kit.world.calculations.get(policy.meta.id) ?? []).flatMap((c) => {
      const specs = inputsOf(c, { vocabulary: kit.world.vocabulary });
      const result = attempt(kit, turn, c, specs);
      return result === null ? [] : [{ policy, result, c, kind: c.kind, consumed: specs.map((s) => s.name) }];
    }),
  );
  if (done.length === 0) return null;
  const blocks = done.flatMap(({ policy, result, c }): Block[] => {
    const rows = rowsTold(kit, turn, c);
    const status = statusFirst(kit.world, policy, turn.asOf);
    // What a row is worth is all that is asked: no running total of a table of which nothing else was told.
    if (rows.length === 1 && !kit.world.asking.is('possessed', u.text)) {
      const short = result.steps.filter((step) => result.inputs.some(({ label }) => step.includes(label)));
      const lost = short.map((text): Block => ({ kind: 'para', text, cites: [] }));
      return [...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []), ...rows, ...lost];
    }
    const cites = [turn.evidence.cite(policy, result.clause, result.quote)];
    const { wording } = kit.world;
    return [
      ...rows,
      {
        kind: rows.length > 0 ? 'para' : 'lead',
        text: wording.say('calculation.result', {
          city: policy.meta.cityName,
          title: result.title,
          result: result.result,
        }),
        cites,
      },
      ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
      ...left(kit, turn, result),
      ...workedOut(result),
      ...(result.bounds ? [{ kind: 'para' as const, text: result.bounds, cites: [] }] : []),
      ...result.notes.map((text): Block => ({ kind: 'note', text, cites, more: true })),
    ];
  });
  // “…今天能重新牵头吗”, or a case told beside what is reckoned: the reckoning, then the verdict that it leads to.
  const reckoned = new Set(done.flatMap(({ consumed }) => consumed));
  // The amounts of a project (国家财政投了1500万元) are no figures of the unit's.
  const project = done.some(({ kind }) => kind === 'matching');
  // What was done of a table's rows (签了3份技术合作协议) is no case of its own.
  const scored = done.every(({ kind }) => kind === 'score');
  const beside = u.mentions.some(
    (m) =>
      !scored &&
      !NOT_RECKONED.has(m.fact) &&
      !reckoned.has(m.fact) &&
      m.value.type !== 'date' &&
      !(project && kit.world.vocabulary.get(m.fact)!.type === 'money'),
  );
  const verdict = wantsVerdict || beside ? verdictsFor(kit, turn) : null;
  if (verdict === null) {
    const worth =
      !kit.world.asking.is('possessed', u.text) && done.every(({ c }) => rowsTold(kit, turn, c).length === 1);
    return { intent: worth ? 'policy' : 'calculation', answered: true, blocks };
  }
  return { ...verdict, blocks: [...blocks, ...verdict.blocks] };
};

/** “离解禁还有几天”: how long it is to the day that was reckoned, where that is asked. */
function left(kit: Kit, turn: Turn, { value }: CalculationResult): Block[] {
  const text = value !== null && isIsoDate(value) ? daysLeft(kit, turn, value) : null;
  return text === null ? [] : [{ kind: 'para', text, cites: [] }];
}

/** Of so few rows the points of each are what is asked for. */
const FEW_ROWS = 2;

/** “引进一名高层次人才加几分”: the rows of the table that were told of, with their points, said before what they sum up to. */
function rowsTold(kit: Kit, { u, evidence }: Turn, c: Calculation): Block[] {
  if (c.items.length === 0 || kit.world.asking.is('together', u.text)) return [];
  const told = readEvidence(c, u.text);
  const rows = c.items.filter((item) => item.id in told);
  if (rows.length > FEW_ROWS) return [];
  return rows.map((item) => ({
    kind: 'lead',
    text: kit.world.wording.say('score.rowAlone', {
      city: c.policy.meta.cityName,
      name: item.text,
      points: `${canonical(item.points)}分`,
    }),
    cites: [evidence.cite(c.policy, item.clause, item.words)],
  }));
}

/** The steps; of a long table what was reached, and of the rest only what was told. */
function workedOut({ steps, rows, inputs }: CalculationResult): Block[] {
  const list = (items: readonly string[]) => items.map((text) => ({ text, cites: [] }));
  const all: Block = { kind: 'list', ordered: true, items: list(steps) };
  if (rows.length === 0) return [all];
  const reached = rows.filter((row) => !NOTHING.test(row.value)).map((row) => `${row.label}：${row.value}`);
  const short = steps.filter((step) => inputs.some(({ label }) => step.includes(label)));
  const done = inputs.filter(({ label }) => !short.some((step) => step.includes(label)));
  const told = [...done.map(({ label, value }) => `${label}：${value}`), ...short];
  return [reached, told].flatMap((items): Block[] =>
    items.length > 0 ? [{ kind: 'list', ordered: false, items: list(items) }] : [],
  );
}

function attempt(
  kit: Kit,
  turn: Turn,
  c: Calculation,
  specs: readonly InputSpec[],
): CalculationResult | null {
  const required = specs.filter((s) => s.required);
  const names = required.map((s) => s.name);
  const asked = kit.world.asking.calculation(c.kind, turn.u.text, lastQuestion(turn), names);
  if (asked === null) return null;
  const given = inputs(kit, turn, c, asked, specs);
  if (given === null) return null;
  try {
    const asOf = c.kind === 'annual' ? yearAsked(kit, turn) : turn.asOf;
    return calculate(c, given, { asOf, vocabulary: kit.world.vocabulary });
  } catch (error) {
    // What was said does not make a case of this calculation; another step answers.
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** The last day of the year that a report is for, where the question names it (2026年度的总结几号交); else the day of the answer. */
function yearAsked(kit: Kit, { u, asOf }: Turn): string {
  const year = kit.world.asking.reportYear(u.text);
  return year === null || year === Number(asOf.slice(0, 4)) ? asOf : `${year}-12-31`;
}

/** What was asked before, for “如果拿了4000万呢”. */
function lastQuestion(turn: Turn): string {
  return turn.u.followUp ? (turn.history.findLast((t) => t.role === 'user')?.text ?? '') : '';
}

function inputs(
  kit: Kit,
  turn: Turn,
  c: Calculation,
  takes: string,
  specs: readonly InputSpec[],
): Record<string, unknown> | null {
  const { u, now } = turn;
  if (takes === 'nothing') return {};
  if (takes === 'date') {
    const date = readQuantities(u.text).find((q) => q.unit === 'date' && isIsoDate(q.value))?.value;
    const told = u.mentions.flatMap(({ value }) => (value.type === 'date' ? [value.value] : []))[0];
    // 什么时候能再牵头, after the day on which the title was lost.
    const lost = c.kind === 'exclusion' ? now.facts.get(TITLE_LOST) : undefined;
    const kept = lost?.type === 'date' && isIsoDate(lost.value) ? lost.value : undefined;
    const day = date ?? told ?? kept;
    return day === undefined ? null : { date: day };
  }
  if (takes === 'amounts') {
    // 配套最高2000万，对不对: put up for the rule's, not an amount of the asker's.
    const { asking } = kit.world;
    if (asking.is('asserted', u.text) && !asking.is('counted', u.text)) return null;
    const given: Record<string, unknown> = {};
    for (const q of readQuantities(u.text)) {
      if (q.unit !== 'CNY' || q.exact === null) continue;
      const named = kit.world.asking.amountNamed(u.text.slice(0, q.start));
      // What a unit sold or spent (去年卖了六个亿) is no amount of a project's, unless it is called one.
      if (named === null && u.mentions.some((m) => m.start < q.end && q.start < m.end)) continue;
      const name = named ?? specs[0]?.name;
      if (name !== undefined && !(name in given)) given[name] = q.value;
    }
    return Object.keys(given).length > 0 && specs.every((s) => !s.required || s.name in given) ? given : null;
  }
  if (takes === 'evidence') {
    const told = readEvidence(c, u.text);
    return Object.keys(told).length > 0 ? told : null;
  }
  const own = new Set(u.mentions.map((m) => m.fact));
  const given: Record<string, unknown> = {};
  for (const spec of specs) {
    const id = spec.name === 'name' ? 'consortium.name' : spec.name;
    const value = now.facts.get(id);
    const whole = c.kind === 'share' && spec.name === c.of ? wholeSaid(kit, turn, c) : null;
    if (value) given[spec.name] = writeFact(kit.world.vocabulary.get(id)!, value);
    else if (whole !== null) given[spec.name] = whole;
    else if (spec.required) return null;
    if (!value && whole !== null) own.add(id);
  }
  // The whole alone is reckoned with only where the part is what is asked for.
  const part = c.kind === 'share' && c.fact !== null && !(c.fact in given) ? c.fact : null;
  if (
    part !== null &&
    !u.asked.includes(part) &&
    !(wholeSaid(kit, turn, c) !== null && named(kit, turn, part))
  )
    return null;
  // Facts remembered from before are used beside one that this question gives.
  return specs.some((s) => own.has(s.name === 'name' ? 'consortium.name' : s.name)) ? given : null;
}

/** “12个单位里企业得有几个”: the number of all units, where the part of them is asked for as a number. */
function wholeSaid(kit: Kit, { u }: Turn, c: Calculation): string | null {
  const { units, unitsBefore, count } = kit.world.reckoning.figures;
  if (c.fact === null || !count.test(u.text)) return null;
  const said = readQuantities(u.text).filter(
    (q) => q.unit === 'count' && q.exact !== null && q.bound === null,
  );
  const whole = said.filter(
    (q) => units.test(u.text.slice(q.end)) || unitsBefore.test(u.text.slice(0, q.start)),
  );
  return said.length === 1 && whole.length === 1 ? whole[0]!.value : null;
}

/** Whether a question names what a fact counts. */
function named(kit: Kit, { u }: Turn, fact: string): boolean {
  return kit.world.vocabulary.get(fact)!.synonyms.some((word) => u.text.includes(word));
}
