import {
  type Criterion,
  check,
  type Facts,
  type FactValue,
  otherPolicies,
  smallestChange,
  type Verdict,
} from '../../rules/index.js';
import { segment } from '../../understanding/index.js';
import { acrossBlocks } from '../compose/across.js';
import { verdictBlocks } from '../compose/verdicts.js';
import { subjectsOf } from '../conversation.js';
import type { Draft, Kit, Step, Turn } from '../turn.js';
import type { Answer, Block } from '../types.js';
import type { World } from '../world.js';

/** Facts that say where a unit is, not how it fares: alone they make no case. */
const PLACE = new Set(['lead.city', 'lead.main_site_city']);

/** A question about joining, not leading, in whatever words. */
function joins(kit: Kit, text: string): boolean {
  return kit.world.language.joining.test(text) || kit.world.asking.is('joining', text);
}

/** Whether the joining is asked of, and the lead only said to be another (集团牵头，子公司能当成员吗). */
function joinsAfter(kit: Kit, text: string): boolean {
  const [, after] = /牵头(.*)$/u.exec(text) ?? [];
  return after !== undefined && joins(kit, after);
}

/** “Do we qualify?”: a verdict per document in question, what is missing, what to tell next. */
export const eligibility: Step = (kit, turn) => (asked(kit, turn) ? verdictsFor(kit, turn) : null);

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

function asked(kit: Kit, turn: Turn): boolean {
  const { u, before } = turn;
  const { language } = kit.world;
  const figures = u.mentions.filter((m) => !PLACE.has(m.fact));
  const verdict = u.intents.has('eligibility') || kit.world.asking.is('verdict', u.text);
  const text = u.text.replace(/不(想|打算|用|是)?(来|当|做)?(牵头|领头)/g, '');
  const leads = /(牵头|申报|资格|符合|条件|达标|够格|报|lead|qualif|eligib|apply)/.test(text);
  // One who would join is not held against what a lead must have; what is said of members answers.
  // A what-if, or something told in addition, is held against the rules again.
  const supposed = u.mentions.some((m) => m.hypothetical);
  const telling = u.mentions.length > 0 && !kit.world.asking.is('asks', u.text);
  const hasCase = [...before.facts.keys()].some((f) => f !== 'lead.kind' && !PLACE.has(f));
  if (hasCase && (supposed || telling)) return true;
  if (hasCase && u.cities.length > 0 && kit.world.asking.is('rechecks', u.text)) return true;
  // “青岛呢”, “还差啥没告诉你”: the case told before, once more.
  if (hasCase && ((u.cities.length > 0 && kit.onlyCity(u.text)) || kit.world.asking.is('missing', u.text)))
    return true;
  const planned = figures.some((m) => !m.fact.startsWith('lead.'));
  const role = (joins(kit, u.text) && !planned) || before.subject === 'member';
  // 牵头行吗？参加呢？: leading is asked about first.
  const leading = segment(text).some(
    (p) => /牵头/.test(p.text) && !joins(kit, p.text) && kit.world.asking.is('yesNo', p.text),
  );
  if (role && (!/牵头/.test(text) || (joinsAfter(kit, text) && !leading))) return false;
  // A figure told only roughly (1900万左右) is a case told: the exact one is asked for.
  if (u.vague.length > 0 && (verdict || !kit.world.asking.is('asks', u.text))) return true;
  if (language.benefits.test(u.text) && figures.length < 2 && !/资格|符合|牵头/.test(u.text)) return false;
  const told = figures.some((m) => m.fact !== 'lead.kind');
  if (!told && before.pending === null && language.conditions.test(u.text)) return false;
  if (before.pending !== null && u.mentions.length > 0 && !u.intents.has('threshold')) return true;
  if (before.pending !== null && language.unknownAnswer.some((w) => u.text.startsWith(w))) return true;
  // 大学是自己报还是上面定: a choice between two ways asks how, not whether.
  const choice =
    /还是|怎么|如何|什么|多少|哪|几[个家名]/.test(u.text) &&
    !/能(不能)?牵头|资格|(行|能|可以|够)(不|吗|还是|[?？]|$)|哪(个|座|些)?(城市|市|里|边)/.test(u.text);
  if (choice && figures.every((m) => m.fact === 'lead.kind')) return false;
  // “…，结构上合不合要求”, “…，还要补充什么信息”: asked of what was just told, unless one thing not told is asked after.
  const demands = u.asked.length > 0 && kit.world.asking.is('demands', u.text);
  if (told && !demands && kit.world.asking.somewhere('yesNo', u.text)) return true;
  if (told && kit.world.asking.is('missing', u.text)) return true;
  if (told && hasCase && !choice && (u.asked.length === 0 || u.followUp)) return true;
  if (verdict && figures.length > 0) return true;
  if (verdict && leads && u.mentions.length > 0) return true;
  const plainly = !u.intents.has('threshold') && !u.intents.has('comparison');
  if (figures.length >= 2 && (plainly || !kit.world.asking.is('asks', u.text))) return true;
  if (before.facts.size > 0 && figures.length > 0 && u.asked.length === 0 && plainly) return true;
  const going = before.facts.size > 0 && u.asked.length === 0 && (u.followUp || u.cities.length > 0);
  if (going && (u.mentions.length > 0 || /^(那|那么|如果是|换成)/.test(u.text))) return true;
  const interrogative =
    u.intents.size > 0 || u.wants.size > 0 || u.asked.length > 0 || /[?？吗呢]/.test(u.text);
  const sheet =
    u.mentions.length > 0 && (u.cities.length > 0 || before.policies.length > 0) && !interrogative;
  if (sheet && (told || (u.mentions.some((m) => m.fact === 'lead.kind') && u.text.length <= 16))) return true;
  return verdict && u.personal && leads && u.asked.length === 0 && u.text.length <= 24;
}

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
      blocks.push(
        ...verdictBlocks(
          world,
          turn.evidence,
          policy,
          verdict,
          new Set(facts.keys()),
          assumed ? ['lead.kind'] : [],
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
  for (const { fact, text } of vague) {
    const label = world.vocabulary.get(fact)!.label;
    blocks.push({ kind: 'note', text: world.wording.say('clarify.vague', { label, text }), cites: [] });
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
 * When no kind of unit is stated but a fact that only one kind is asked for is (营收, 高新), the verdict is computed for
 * that kind and says so. The assumption is not one of the user's facts.
 */
export function assumedKind(world: World, facts: ReadonlyMap<string, FactValue>): string | null {
  if (facts.has('lead.kind')) return null;
  const kinds = new Map<string, Set<string>>();
  for (const c of [...world.criteria.values()].flat()) {
    for (const f of c.facts) {
      const set = kinds.get(f) ?? new Set<string>();
      for (const k of c.when?.['lead.kind'] ?? ['*']) set.add(String(k));
      kinds.set(f, set);
    }
  }
  for (const f of facts.keys()) {
    const set = kinds.get(f);
    if (set && !set.has('*')) return [...set][0] ?? null;
  }
  return null;
}

function suggestionsFor(spec: {
  type: string;
  values: { id: string; label: string }[];
}): Answer['suggestions'] {
  const unsure = { label: '不清楚', send: '不清楚' };
  if (spec.values.length > 0) return [...spec.values.map((v) => ({ label: v.label, send: v.label })), unsure];
  return spec.type === 'boolean'
    ? [{ label: '是', send: '是' }, { label: '不是', send: '不是' }, unsure]
    : [unsure];
}
