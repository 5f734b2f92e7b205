import {
  type Criterion,
  check,
  type Facts,
  type FactValue,
  openShortfalls,
  otherPolicies,
  smallestChange,
  type Verdict,
} from '../../rules/index.js';
import { acrossBlocks } from '../compose/across.js';
import { spoken } from '../compose/requirements.js';
import { verdictBlocks } from '../compose/verdicts.js';
import { subjectsOf } from '../conversation.js';
import { offered } from '../offered.js';
import type { Draft, Kit, Step, Turn } from '../turn.js';
import type { Answer, Block } from '../types.js';
import type { World } from '../world.js';
import { gapAsked, verdictAsked } from './verdict-asked.js';

/** “Do we qualify?”: a verdict per document in question, what is missing, what to tell next. */
export const eligibility: Step = (kit, turn) => (verdictAsked(kit, turn) ? verdictsFor(kit, turn) : null);

/** “为什么”: the last verdict again, with the words of what failed. */
export const why: Step = (kit, turn) => {
  const last = turn.previous;
  if (last === null || last.verdicts.length === 0 || !kit.world.language.why.test(turn.u.text)) return null;
  const reasons = last.verdicts.flatMap((v) => {
    const policy = kit.world.library.policy(v.policy)!;
    const decisive = v.criteria.filter((c) => c.strength !== 'judgement' && c.outcome === 'fail');
    const shown =
      decisive.length > 0
        ? decisive
        : v.criteria.filter((c) => c.strength !== 'judgement' && c.outcome === 'unknown').slice(0, 3);
    return shown.map((c) => ({
      text: kit.world.wording.say(c.outcome === 'fail' ? 'why.fail' : 'why.unknown', {
        city: policy.meta.cityName,
        title: c.title,
        quote: c.quote,
        given: c.given ?? '',
      }),
      cites: [turn.evidence.cite(policy, c.clause, c.quote)],
    }));
  });
  if (reasons.length === 0) return null;
  return {
    intent: 'eligibility',
    answered: true,
    blocks: [{ kind: 'list', ordered: false, items: reasons }],
    verdicts: last.verdicts,
    next: last.next,
  };
};

/** Verdicts of the documents in question from all that is known. */
export function verdictsFor(kit: Kit, turn: Turn): Draft | null {
  const { world } = kit;
  const subjects = subjectsOf(world, turn.u, turn.before);
  const facts = new Map<string, FactValue>(turn.now.facts);
  const assumed = assumedKind(world, facts);
  if (assumed) facts.set('lead.kind', { type: 'enum', value: assumed });
  const verdicts: Verdict[] = [];
  const blocks: Block[] = [];
  const anywhere = world.comparison.anywhere(turn.u.text);
  const policies = anywhere && turn.u.cities.length === 0 ? world.rulesOf([]) : turn.policies;
  const across = policies.length > 1;
  const spokenOf = new Set([...turn.u.mentions.map((m) => m.fact), ...turn.u.asked]);
  for (const policy of policies) {
    const criteria = world.criteria.get(policy.meta.id) ?? [];
    const status = world.statusOf(policy, turn.asOf);
    for (const subject of subjects) {
      if (!criteria.some((c) => c.subject === subject)) continue;
      const verdict = check(criteria, world.vocabulary, {
        policy: policy.meta.id,
        subject,
        asOf: turn.asOf,
        status,
        facts,
      });
      verdicts.push(verdict);
      if (across) continue;
      if (gapAsked(kit, turn.u.text)) blocks.push(wanting(kit, turn, criteria, verdict, facts));
      blocks.push(
        ...verdictBlocks(
          world,
          turn.evidence,
          policy,
          verdict,
          new Set(facts.keys()),
          assumed ? ['lead.kind'] : [],
          spokenOf,
        ),
      );
      blocks.push(...mending(kit, criteria, verdict, facts));
      blocks.push(...elsewhere(kit, verdict, facts));
    }
  }
  if (verdicts.length === 0) return null;
  if (across) blocks.push(...acrossBlocks(world, turn.evidence, verdicts, assumed ? ['lead.kind'] : []));
  if (assumed) {
    const kind = world.vocabulary.get('lead.kind')!.values.find((v) => v.id === assumed)!.label;
    blocks.push({ kind: 'note', text: world.wording.say('verdict.assumedKind', { kind }), cites: [] });
  }
  const open = turn.u.open.find((o) => o.unit === 'CNY' || o.unit === 'percent');
  if (open)
    blocks.push({ kind: 'note', text: world.wording.say('clarify.figure', { text: open.text }), cites: [] });
  const vague = turn.u.vague.filter((v) =>
    verdicts.some((d) => d.criteria.some((c) => c.outcome === 'unknown' && c.facts.includes(v.fact))),
  );
  for (const { fact, text, why } of vague) {
    const label = world.vocabulary.get(fact)!.label;
    // 被取消过: done, on a day that is not told.
    const dated = world.vocabulary.get(fact)!.type === 'date';
    const key = `clarify.${why ?? (dated ? 'undated' : 'vague')}`;
    blocks.push({ kind: 'note', text: world.wording.say(key, { label, text }), cites: [] });
  }
  const next = vague[0]?.fact ?? nextOf(verdicts, turn.now.unsure);
  const spec = next === null ? null : world.vocabulary.get(next)!;
  if (spec)
    blocks.push({
      kind: 'para',
      text: world.wording.say('verdict.next', { question: spec.question, example: spec.example }),
      cites: [],
    });
  return {
    intent: 'eligibility',
    answered: true,
    blocks,
    verdicts,
    next: spec ? { fact: spec.id, question: spec.question } : null,
    suggestions: spec ? suggestionsFor(spec) : [],
  };
}

/** The fact to ask for next, leaving out what the user does not know. */
function nextOf(verdicts: readonly Verdict[], unsure: readonly string[]): string | null {
  for (const v of verdicts) {
    if (v.next === null) continue;
    if (!unsure.includes(v.next)) return v.next;
    const open = v.criteria.filter((c) => c.outcome === 'unknown' && c.strength !== 'judgement');
    const other = open
      .filter((c) => c.given === null)
      .flatMap((c) => c.facts)
      .find((f) => !unsure.includes(f));
    if (other !== undefined) return other;
  }
  return null;
}

/** The smallest changes that would turn a verdict that falls short. */
function mending(kit: Kit, criteria: readonly Criterion[], verdict: Verdict, facts: Facts): Block[] {
  if (verdict.outcome !== 'ineligible' && verdict.outcome !== 'discretionary') return [];
  const { policy, subject, asOf, status } = verdict;
  const change = smallestChange(
    criteria,
    kit.world.vocabulary,
    { policy, subject, asOf, status, facts },
    verdict,
  );
  const ways = [...change.needed, ...change.advisable].filter((s) => s.ways.length > 0).map((s) => s.text);
  const choices = [...change.needed, ...change.advisable].some((s) => s.ways.length > 1);
  // One gap with one way is told in its own line already.
  if (change.fixed.length > 0 || (ways.length < 2 && !choices)) return [];
  return [
    { kind: 'para', text: kit.world.wording.say('verdict.howTo', { items: ways.join('；') }), cites: [] },
  ];
}

/** “那还差多少？”: what the case falls short by, first of all; of the conditions that the question names where it names some. */
function wanting(
  kit: Kit,
  turn: Turn,
  criteria: readonly Criterion[],
  verdict: Verdict,
  facts: Facts,
): Block {
  const { policy, subject, asOf, status } = verdict;
  const { vocabulary, wording, library } = kit.world;
  const input = { policy, subject, asOf, status, facts };
  const change = smallestChange(criteria, vocabulary, input, verdict);
  const criterion = (id: string) => criteria.find((c) => c.id === id)!;
  const open = openShortfalls(criteria, vocabulary, input).map((s) => ({
    ...s,
    text: wording.say('verdict.gapOpen', {
      text: s.text,
      required: spoken(kit.world, criterion(s.criterion)),
    }),
  }));
  const all = [...change.needed, ...change.advisable, ...open];
  const factsOf = (id: string) => criterion(id).facts;
  const named = all.filter((s) => factsOf(s.criterion).some((f) => turn.u.asked.includes(f)));
  const shown = named.length > 0 ? named : all;
  const city = library.policy(policy)!.meta.cityName;
  if (shown.length === 0) return { kind: 'lead', text: wording.say('verdict.gapNone', { city }), cites: [] };
  const text = wording.say('verdict.gapLead', { city, items: shown.map((s) => s.text).join('；') });
  const cites = shown.map((s) => turn.evidence.cite(library.policy(policy)!, s.clause, s.quote));
  return { kind: 'lead', text, cites };
}

/** Which other city has no hard requirement that the same facts fail; nothing where the verdict does not fall short. */
function elsewhere(kit: Kit, verdict: Verdict, facts: Facts): Block[] {
  if (verdict.outcome !== 'ineligible') return [];
  const { world } = kit;
  const candidates = world.rulesOf([]).map((p) => ({
    policy: p.meta.id,
    status: world.statusOf(p, verdict.asOf),
    criteria: world.criteria.get(p.meta.id) ?? [],
  }));
  const { policy, asOf, subject } = verdict;
  const others = otherPolicies(candidates, world.vocabulary, { policy, asOf, facts, subject });
  // A city of which nothing that was told is checked has not been passed.
  const told = others.filter((v) =>
    v.criteria.some((c) => c.outcome === 'pass' && c.facts.every((f) => facts.has(f))),
  );
  const cities = [...new Set(told.map((v) => world.library.policy(v.policy)!.meta.cityName))];
  if (cities.length === 0) return [];
  const values = { cities: cities.join('、'), city: cities[0]! };
  return [{ kind: 'note', text: world.wording.say('verdict.elsewhere', values), cites: [] }];
}

/**
 * When no kind of unit is stated but a fact that only one kind is asked for is, the verdict is computed for that kind and says so: of
 * the asker's own facts those of the common kind, the first of the vocabulary (营收, 高新). The assumption is not one of the user's facts.
 */
export function assumedKind(world: World, facts: ReadonlyMap<string, FactValue>): string | null {
  if (facts.has('lead.kind')) return null;
  const common = world.vocabulary.get('lead.kind')!.values[0]!.id;
  const kinds = new Map<string, Set<string>>();
  for (const c of [...world.criteria.values()].flat()) {
    for (const f of c.facts) {
      const set = kinds.get(f) ?? new Set<string>();
      for (const k of c.when?.['lead.kind'] ?? ['*']) set.add(String(k));
      kinds.set(f, set);
    }
  }
  // Amounts by year tell what is derived from them (年均, 占比).
  const derived = world.vocabulary.specs.flatMap(({ id, derive }) =>
    derive && Object.entries(derive).every(([part, f]) => part === 'founded' || facts.has(f)) ? [id] : [],
  );
  for (const f of [...facts.keys(), ...derived]) {
    const set = kinds.get(f);
    // 没博士, 副高8个: anybody may tell that; what is asked of the common kind is told by hardly anyone else.
    if (set && !set.has('*')) return f.startsWith('lead.') && !set.has(common) ? null : [...set][0]!;
  }
  return null;
}

function suggestionsFor(spec: {
  type: string;
  values: { id: string; label: string }[];
}): Answer['suggestions'] {
  const unsure = { label: '不清楚', send: '不清楚' };
  if (spec.values.length > 0)
    return [...offered(spec.values).map((v) => ({ label: v.label, send: v.label })), unsure];
  return spec.type === 'boolean'
    ? [{ label: '是', send: '是' }, { label: '不是', send: '不是' }, unsure]
    : [unsure];
}
