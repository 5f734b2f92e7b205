import { ZenEngine } from '@gorules/zen-engine';
import { Engine } from 'json-rules-engine';
import { check, readFacts } from '../../src/rules/index.js';
import { loadPacks } from './packs.js';

const AS_OF = '2026-11-21';
const ROUNDS = 5;
const PER_ROUND = 4_000;
const MANY = 100_000;

/** Callers' facts in plain JSON: one that passes, one that just fails, one half told. */
const PROFILES: Record<string, unknown>[] = [
  {
    'lead.kind': 'enterprise',
    'lead.city': 'quanzhou',
    'lead.legal_person': true,
    'lead.revenue_last_year': 200000000,
    'lead.rd_spend_avg_3y': 18000000,
    'lead.rd_ratio_3y': 5,
    'lead.high_tech': true,
    'lead.srdi': false,
    'lead.platform_level': 'provincial',
    'lead.high_level_talent_team': true,
    'lead.rd_staff': 20,
    'lead.title_revoked_on': 'never',
  },
  {
    'lead.kind': 'enterprise',
    'lead.city': 'quanzhou',
    'lead.legal_person': true,
    'lead.revenue_last_year': 199990000,
    'lead.rd_spend_avg_3y': 12000000,
    'lead.rd_ratio_3y': 4.9,
    'lead.high_tech': false,
    'lead.srdi': false,
    'lead.platform_level': 'municipal',
    'lead.high_level_talent_team': false,
    'lead.rd_staff': 12,
    'lead.title_revoked_on': '2025-01-10',
  },
  {
    'lead.kind': 'enterprise',
    'lead.city': 'quanzhou',
    'lead.legal_person': true,
    'lead.revenue_last_year': 300000000,
    'lead.rd_spend_avg_3y': 26000000,
    'lead.rd_ratio_3y': 6.1,
    'lead.high_tech': true,
    'lead.srdi': true,
    'lead.platform_level': 'national',
    'lead.high_level_talent_team': true,
    'lead.rd_staff': 55,
    'lead.title_revoked_on': '2020-01-10',
  },
];

/** The same conditions for the two general engines: each condition a rule of its own, so that each has its reason. */
const LEVELS = ['none', 'municipal', 'provincial', 'national'];
const CONDITIONS: { id: string; any: { fact: string; operator: string; value: unknown }[] }[] = [
  { id: 'local', any: [{ fact: 'city', operator: 'equal', value: 'quanzhou' }] },
  { id: 'legal', any: [{ fact: 'legal', operator: 'equal', value: true }] },
  {
    id: 'kind',
    any: [
      { fact: 'kind', operator: 'in', value: ['enterprise', 'group', 'university', 'institute', 'hospital'] },
    ],
  },
  { id: 'revenue', any: [{ fact: 'revenue', operator: 'greaterThanInclusive', value: 200000000 }] },
  {
    id: 'rd',
    any: [
      { fact: 'rd', operator: 'greaterThanInclusive', value: 20000000 },
      { fact: 'ratio', operator: 'greaterThanInclusive', value: 5 },
    ],
  },
  {
    id: 'certificate',
    any: [
      { fact: 'highTech', operator: 'equal', value: true },
      { fact: 'srdi', operator: 'equal', value: true },
    ],
  },
  { id: 'platform', any: [{ fact: 'platform', operator: 'greaterThanInclusive', value: 2 }] },
  { id: 'talent', any: [{ fact: 'talent', operator: 'equal', value: true }] },
  { id: 'staff', any: [{ fact: 'staff', operator: 'greaterThanInclusive', value: 20 }] },
  { id: 'ban', any: [{ fact: 'freeFrom', operator: 'lessThanInclusive', value: 20261121 }] },
];

const plain = (p: Record<string, unknown>): Record<string, unknown> => ({
  city: p['lead.city'],
  legal: p['lead.legal_person'],
  kind: p['lead.kind'],
  revenue: p['lead.revenue_last_year'],
  rd: p['lead.rd_spend_avg_3y'],
  ratio: p['lead.rd_ratio_3y'],
  highTech: p['lead.high_tech'],
  srdi: p['lead.srdi'],
  platform: LEVELS.indexOf(String(p['lead.platform_level'])),
  talent: p['lead.high_level_talent_team'],
  staff: p['lead.rd_staff'],
  freeFrom:
    p['lead.title_revoked_on'] === 'never'
      ? 0
      : Number(String(p['lead.title_revoked_on']).replaceAll('-', '')) + 30001,
});

function jsonRules(): (facts: Record<string, unknown>) => Promise<unknown> {
  const engine = new Engine();
  for (const { id, any } of CONDITIONS)
    engine.addRule({ name: id, conditions: { any }, event: { type: id, params: { id } } });
  return (facts) => engine.run(facts);
}

function zen(): (facts: Record<string, unknown>) => Promise<unknown> {
  const sign: Record<string, string> = {
    greaterThanInclusive: '>=',
    lessThanInclusive: '<=',
    equal: '==',
    in: 'in',
  };
  const expressions = CONDITIONS.map(({ id, any }) => ({
    id,
    key: id,
    value: any.map((c) => `${c.fact} ${sign[c.operator]} ${JSON.stringify(c.value)}`).join(' or '),
  }));
  const node = (id: string, type: string, content?: unknown) => ({
    id,
    type,
    name: id,
    position: { x: 0, y: 0 },
    content: content ?? {},
  });
  const graph = {
    nodes: [
      node('in', 'inputNode'),
      node('rules', 'expressionNode', { expressions }),
      node('out', 'outputNode'),
    ],
    edges: [
      { id: 'a', type: 'edge', sourceId: 'in', targetId: 'rules' },
      { id: 'b', type: 'edge', sourceId: 'rules', targetId: 'out' },
    ],
  };
  const decision = new ZenEngine().createDecision(graph);
  return (facts) => decision.evaluate(facts);
}

/** Microseconds a check, the best of some rounds (the machine is shared). */
async function time(run: (i: number) => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.hrtime.bigint();
    for (let i = 0; i < PER_ROUND; i++) {
      const out = run(i);
      if (out instanceof Promise) await out;
    }
    best = Math.min(best, Number(process.hrtime.bigint() - start) / 1000 / PER_ROUND);
  }
  return best;
}

const { vocabulary, criteria } = loadPacks();
const rules = criteria.get('quanzhou-2026')!;
const input = (i: number) => ({
  policy: 'quanzhou-2026',
  subject: 'lead' as const,
  asOf: AS_OF,
  status: 'in-force',
  facts: readFacts(PROFILES[i % PROFILES.length], vocabulary),
});
const facts = PROFILES.map(plain);
const withJsonRules = jsonRules();
const withZen = zen();
const agree = await Promise.all(
  facts.map(async (f, i) => {
    const { result } = (await withZen(f)) as { result: Record<string, boolean> };
    const { events } = (await withJsonRules(f)) as { events: unknown[] };
    const all = check(rules, vocabulary, input(i)).outcome === 'eligible';
    return all === Object.values(result).every(Boolean) && all === (events.length === CONDITIONS.length);
  }),
);
if (agree.includes(false))
  throw new Error('the engines disagree; the comparison would be of different rules');
const ours = await time((i) => check(rules, vocabulary, input(i)));
const jre = await time((i) => withJsonRules(facts[i % facts.length]!));
const zenTime = await time((i) => withZen(facts[i % facts.length]!));

const heap = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};
const before = heap();
let criteriaSeen = 0;
for (let i = 0; i < MANY; i++) criteriaSeen += check(rules, vocabulary, input(i)).criteria.length;
const after = heap();

const report = {
  checks: {
    wenceUs: ours,
    jsonRulesEngineUs: jre,
    zenEngineUs: zenTime,
    oursToFaster: ours / Math.min(jre, zenTime),
  },
  memory: {
    checks: MANY,
    reasons: criteriaSeen,
    heapBeforeMB: before,
    heapAfterMB: after,
    growthMB: after - before,
    gcForced: 'gc' in globalThis,
  },
};
console.log(process.argv.includes('--json') ? JSON.stringify(report) : report);
