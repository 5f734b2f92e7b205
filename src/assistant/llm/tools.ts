import { z } from 'zod';
import { InputError } from '../../errors.js';
import { calculate } from '../../rules/index.js';
import type { Desk } from '../desk.js';
import type { Answer, AskRequest, Assistant } from '../types.js';
import type { World } from '../world.js';
import { type Ground, groundCity, groundFacts, groundInputs, groundQuery, isExtract } from './ground.js';
import type { Evidence, Ledger } from './ledger.js';

/** What the tools of one question work with. */
export interface ToolContext {
  world: World;
  desk: Desk;
  offline: Assistant;
  ground: Ground;
  ledger: Ledger;
  request: AskRequest;
  asOf: string;
  /** Answers that `lookup` found for extracts of the user's own words. */
  found: Answer[];
}

/** One tool: what the model is told of it, and the function, which the offline way calls too. */
export interface ToolSpec {
  name: string;
  description: string;
  schema: z.ZodObject;
  /** @returns what the model reads @throws Ungrounded, InputError */
  run(args: Record<string, unknown>): Promise<string>;
}

const NONE = '（没有）';
const policyId = z.string().max(60).describe('文件 id');
const facts = z.record(z.string(), z.unknown()).describe('用户说过的事实：事实 id 到值');

/** The seven tools over the project's own functions, every argument held against what the user said. */
export function toolsFor(c: ToolContext): ToolSpec[] {
  const { world, desk, ledger, ground } = c;
  const shown = (items: readonly Evidence[]) =>
    items.length === 0 ? NONE : [ledger.figures(items), ledger.shown(items)].filter(Boolean).join('\n');
  const cityOf = (id: string) => {
    const { city } = desk.policy(id).meta;
    groundCity(ground, city);
    return city;
  };
  const tool = <S extends z.ZodObject>(
    name: string,
    description: string,
    schema: S,
    run: (args: z.infer<S>) => Promise<string> | string,
  ): ToolSpec => ({ name, description, schema, run: async (args) => run(schema.parse(args) as z.infer<S>) });
  return [
    tool(
      'search_clauses',
      '按词或问题查找条款，返回可引用的证据',
      z.object({ query: z.string().min(1).max(200), k: z.number().int().min(1).max(8).optional() }),
      async ({ query, k }) => {
        groundQuery(world, ground, query);
        const { hits } = await desk.search(query, k ?? 5);
        return shown(
          hits
            .filter(
              (h) => ground.cities.length === 0 || ground.cities.includes(desk.policy(h.policy).meta.city),
            )
            .map((h) =>
              ledger.cite({ policy: h.policy, docNumber: h.docNumber, clause: h.clause, quote: h.text }),
            ),
        );
      },
    ),
    tool(
      'get_clause',
      '按标号取一条原文',
      z.object({ policy: policyId, label: z.string().max(60).describe('条款标号，如 三（一）') }),
      ({ policy, label }) => {
        cityOf(policy);
        const h = desk.clause(policy, label);
        return shown([
          ledger.cite({ policy: h.policy, docNumber: h.docNumber, clause: h.clause, quote: h.text }),
        ]);
      },
    ),
    tool(
      'check_eligibility',
      '按用户说过的事实核对条件；结论由程序显示',
      z.object({
        policy: policyId,
        subject: z.enum(['lead', 'member', 'consortium', 'talent-consortium']).optional(),
        facts: facts.optional(),
      }),
      ({ policy, subject, facts: given }) => {
        cityOf(policy);
        groundFacts(world, ground, given ?? {});
        // The facts are the reader's, all of them: what the model leaves out counts all the same.
        const verdict = desk.check({ policy, subject: subject ?? 'lead', facts: ground.facts, asOf: c.asOf });
        return shown(
          verdict.criteria.map((r) =>
            ledger.cite({
              policy,
              docNumber: desk.policy(policy).meta.docNumber,
              clause: r.clause,
              quote: r.quote,
            }),
          ),
        );
      },
    ),
    tool(
      'compare',
      '同一事项各市怎样规定',
      z.object({
        facts: z.array(z.string().max(60)).min(1).max(6).describe('事实 id'),
        cities: z.array(z.string().max(30)).max(8).optional(),
      }),
      ({ facts: ids, cities }) => {
        for (const city of cities ?? []) groundCity(ground, city);
        const wanted = cities && cities.length > 0 ? cities : ground.cities;
        const rules = world.rulesOf(wanted).flatMap((p) =>
          (world.criteria.get(p.meta.id) ?? [])
            .filter((r) => r.facts.some((f) => ids.includes(f)))
            .map((r) =>
              ledger.cite({
                policy: p.meta.id,
                docNumber: p.meta.docNumber,
                clause: r.clause,
                quote: r.quote,
              }),
            ),
        );
        return shown(rules);
      },
    ),
    tool(
      'calculate',
      '按文件的办法计算；输入只能是用户说过的数字和日期',
      z.object({ policy: policyId, id: z.string().max(60), inputs: z.record(z.string(), z.unknown()) }),
      ({ policy, id, inputs }) => {
        cityOf(policy);
        const all = world.calculations.get(policy) ?? [];
        const calculation = all.find((x) => x.id === id);
        if (!calculation)
          throw new InputError(`没有计算 ${id}`, all.map((x) => `${x.id}（${x.title}）`).join('、'));
        groundInputs(world, ground, inputs);
        const result = calculate(calculation, inputs, { asOf: c.asOf, vocabulary: world.vocabulary });
        const { docNumber } = desk.policy(policy).meta;
        const quote = { policy, docNumber, clause: result.clause, quote: result.quote };
        return shown([ledger.cite(quote, [`${result.title}：${result.result}`])]);
      },
    ),
    tool(
      'lookup',
      '用一句短问话查答案（从用户的长问题里摘出所问的那句）',
      z.object({ query: z.string().min(1).max(200) }),
      async ({ query }) => {
        groundQuery(world, ground, query);
        const { history, policy } = c.request;
        const answer = await c.offline.ask({ question: query, asOf: c.asOf, history, policy });
        if (!answer.answered) return NONE;
        if (isExtract(ground, query)) c.found.push(answer);
        return shown(ledger.take({ ...answer, verdicts: [] }));
      },
    ),
    tool(
      'policy_status',
      '文件在所问日期的状态和日期',
      z.object({ policy: policyId.optional() }),
      async ({ policy }) => {
        if (policy) cityOf(policy);
        const ids = policy ? [policy] : world.rulesOf(ground.cities).map((p) => p.meta.id);
        const entries = ids.flatMap((id) =>
          (world.entries.get(id) ?? [])
            .filter((e) => e.topic.startsWith('status.') && e.at.length > 0)
            .map((e) =>
              ledger.cite({ policy: id, docNumber: desk.policy(id).meta.docNumber, ...e.at[0]! }, [e.say]),
            ),
        );
        return shown(entries);
      },
    ),
  ];
}
