import type Fraction from 'fraction.js';
import type { Policy } from '../../knowledge/index.js';
import { compareExact, exact, isPoint, writeMoney, writePercent } from '../../quantity/index.js';
import type { Calculation, Facts } from '../../rules/index.js';
import type { ReverseAsked, Told } from '../asking/reverse.js';
import { criteriaOn, requirementLine } from '../compose/requirements.js';
import { statusFirst } from '../compose/status.js';
import type { Kit, Step, Turn } from '../turn.js';
import type { Block } from '../types.js';

const HUNDRED: Fraction = exact(100n);
/** Fiscal years that a demanded share counts over. */
const TERM = 3;

/** A demanded share of one document and what is held against it. */
interface Demand {
  policy: Policy;
  calculation: Calculation;
  target: Fraction;
}

/** “三年销售12亿，5%要投多少”: the amount that a demanded share comes to, or what of it is still wanting. Never a verdict. */
export const reverse: Step = (kit, turn) => {
  const asked = kit.world.asking.reverse(turn.u.text);
  if (asked === null) return null;
  const demands = demandsOf(kit, turn, asked);
  const blocks = demands.flatMap((demand) => worked(kit, turn, demand, asked) ?? []);
  if (blocks.length === 0) return null;
  const caution = kit.world.wording.say('reverse.caution');
  return {
    intent: 'calculation',
    answered: true,
    blocks: [...blocks, { kind: 'note', text: caution, cites: [] }],
  };
};

/** The documents in question that demand a share of sales; of several unnamed ones those that demand the share that was said. */
function demandsOf(kit: Kit, turn: Turn, asked: ReverseAsked): Demand[] {
  const all = turn.policies.flatMap((policy) => {
    const calculation = (kit.world.calculations.get(policy.meta.id) ?? []).find((c) => c.kind === 'ratio');
    const limit = calculation?.figures.get('limit')?.quantity?.exact;
    return calculation && limit ? [{ policy, calculation, limit }] : [];
  });
  const said = (limit: Fraction) => [asked.target, asked.other].some((p) => p !== null && same(p, limit));
  const named = turn.named || !all.some((d) => said(d.limit)) ? all : all.filter((d) => said(d.limit));
  return named.map(({ policy, calculation, limit }) => ({
    policy,
    calculation,
    target: said(limit) ? limit : (asked.target ?? limit),
  }));
}

function worked(kit: Kit, turn: Turn, demand: Demand, asked: ReverseAsked): Block[] | null {
  const { policy, calculation } = demand;
  const found =
    asked.sought === 'sales' ? mostSales(kit, turn, demand, asked) : leastSpend(kit, turn, demand, asked);
  if (found === null) return null;
  const cites = [turn.evidence.cite(policy, calculation.clause, calculation.quote)];
  const status = statusFirst(kit.world, policy, turn.asOf);
  const rules = criteriaOn(kit.world, policy, [calculation.fact!], 'lead');
  return [
    { kind: 'lead', text: found.text, cites },
    ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
    { kind: 'list', ordered: true, items: found.steps.map((text) => ({ text, cites: [] })) },
    ...rules.map(
      (c): Block => ({
        kind: 'para',
        text: requirementLine(kit.world, policy.meta.cityName, c),
        cites: [turn.evidence.cite(policy, c.clause, c.quote)],
      }),
    ),
  ];
}

/** A first line and the steps that lead to it. */
interface Worked {
  text: string;
  steps: string[];
}

/** What must be spent on sales that are told, and what of it is wanting where something spent is known. */
function leastSpend(kit: Kit, turn: Turn, { policy, target }: Demand, asked: ReverseAsked): Worked | null {
  const say = kit.world.wording;
  const byYear = turn.u.mentions.some((m) => m.fact === 'lead.sales_by_year');
  const sales = (byYear ? null : asked.sales) ?? summed(turn.now.facts, 'lead.sales_by_year');
  if (sales === null) return null;
  const needed = sales.total.mul(target).div(HUNDRED);
  const steps = yearsTold(kit, sales);
  const values = {
    city: policy.meta.cityName,
    sales: writeMoney(sales.total),
    target: writePercent(target),
    needed: writeMoney(needed),
  };
  steps.push(say.say('reverse.stepShare', values));
  const reached = asked.other !== null && !same(asked.other, target) ? asked.other : ratioBefore(turn);
  const have =
    asked.spend?.total ??
    (reached !== null ? sales.total.mul(reached).div(HUNDRED) : spentBefore(turn.before.facts, sales));
  if (have === null) {
    if (asked.more) return null;
    if (sales.term) steps.push(mean(kit, needed, values.needed));
    return { text: say.say('reverse.spend', values), steps };
  }
  const had = { ...values, have: writeMoney(have) };
  if (asked.spend === null && reached !== null)
    steps.push(say.say('reverse.stepHave', { ...had, reached: writePercent(reached) }));
  if (compareExact(have, needed) >= 0) return { text: say.say('reverse.enough', had), steps };
  const gap = writeMoney(needed.sub(have));
  steps.push(say.say('reverse.stepGap', { ...had, gap }));
  return { text: say.say('reverse.gap', { ...had, gap }), steps };
}

/** What may be sold at most on a spending that is told. */
function mostSales(kit: Kit, turn: Turn, { policy, target }: Demand, asked: ReverseAsked): Worked | null {
  const spend = asked.spend ?? summed(turn.now.facts, 'lead.rd_spend_by_year');
  if (spend === null || target.n === 0n) return null;
  const values = {
    city: policy.meta.cityName,
    spend: writeMoney(spend.total),
    target: writePercent(target),
    most: writeMoney(spend.total.mul(HUNDRED).div(target)),
  };
  const { wording } = kit.world;
  return {
    text: wording.say('reverse.sales', values),
    steps: [...yearsTold(kit, spend), wording.say('reverse.stepSales', values)],
  };
}

/** 4亿元 × 3年 = 12亿元, where one year was told. */
function yearsTold(kit: Kit, { total, yearly }: Told): string[] {
  if (yearly === null) return [];
  const values = { yearly: writeMoney(yearly), n: TERM, total: writeMoney(total) };
  return [kit.world.wording.say('reverse.stepYears', values)];
}

function mean(kit: Kit, needed: Fraction, written: string): string {
  const values = { needed: written, n: TERM, mean: writeMoney(needed.div(exact(BigInt(TERM)))) };
  return kit.world.wording.say('reverse.stepMean', values);
}

const same = (a: Fraction, b: Fraction): boolean => compareExact(a, b) === 0;

/** The share that was told before this question. */
function ratioBefore(turn: Turn): Fraction | null {
  const value = turn.before.facts.get('lead.rd_ratio_3y');
  return value?.type === 'number' && isPoint(value.range) ? value.range.lo : null;
}

/** What was spent in the same years, from facts told before: by year, or the mean of a whole term. */
function spentBefore(facts: Facts, sales: Told): Fraction | null {
  const years = summed(facts, 'lead.rd_spend_by_year');
  if (years?.term) return years.total;
  const average = facts.get('lead.rd_spend_avg_3y');
  if (average?.type !== 'number' || !isPoint(average.range) || !sales.term) return null;
  return average.range.lo!.mul(exact(BigInt(TERM)));
}

/** The sum of a fact told by year; null where a year is only known as a bound. */
function summed(facts: Facts, fact: string): Told | null {
  const value = facts.get(fact);
  if (value?.type !== 'by-year' || value.years.size === 0) return null;
  const ranges = [...value.years.values()];
  if (!ranges.every(isPoint)) return null;
  const total = ranges.reduce((sum, r) => sum.add(r.lo!), exact(0n));
  return { total, yearly: null, term: ranges.length >= TERM };
}
