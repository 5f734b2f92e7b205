import { check, type FactValue, type Verdict } from '../../rules/index.js';
import { acrossBlocks } from '../compose/across.js';
import { statusFirst } from '../compose/status.js';
import { verdictBlocks } from '../compose/verdicts.js';
import { subjectsOf } from '../conversation.js';
import { offered } from '../offered.js';
import { toAsk } from '../to-ask.js';
import { type Draft, type Kit, plain, type Step, type Turn } from '../turn.js';
import type { Answer, Block } from '../types.js';
import type { World } from '../world.js';
import { bending, elsewhere, type Judged, mending, remedy, wanting } from './remedy.js';
import { gapAsked, verdictAsked } from './verdict-asked.js';

/** “Do we qualify?”: a verdict per document in question, what is missing, what to tell next. */
export const eligibility: Step = (kit, turn) => (verdictAsked(kit, turn) ? verdictsFor(kit, turn) : null);

/** “为什么”: the last verdict again, with the words of what failed. */
export const why: Step = (kit, turn) => {
  const last = turn.previous;
  if (last === null || !kit.world.language.why.test(turn.u.text)) return null;
  if (last.verdicts.length === 0)
    return kit.world.following.is('why', turn.u.text) ? whySo(kit, turn, last) : null;
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

/** “为什么” after what a document demands or gives: its words, which do not tell the reason. */
function whySo(kit: Kit, turn: Turn, last: Answer): Draft | null {
  const { wording, library } = kit.world;
  if (!last.answered || last.citations.length === 0)
    return last.answered ? null : plain('clarify', wording.say('why.unsaid'), false);
  const shown = last.citations.slice(0, REASONS);
  const items = shown.map((c) => {
    const policy = library.policy(c.policy)!;
    return {
      text: wording.say('why.so', { city: policy.meta.cityName, quote: c.quote }),
      cites: [turn.evidence.cite(policy, c.clause, c.quote)],
    };
  });
  const lead: Block = { kind: 'lead', text: wording.say('why.written'), cites: [] };
  return { intent: 'policy', answered: true, blocks: [lead, { kind: 'list', ordered: false, items }] };
}

/** Quotes shown where it is asked why. */
const REASONS = 3;

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
  const suits = world.following.is('suits', turn.u.text);
  const policies = (anywhere || suits) && turn.u.cities.length === 0 ? world.rulesOf([]) : turn.policies;
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
      const judged: Judged = { verdict, criteria, facts };
      const asked = world.following.is('waive', turn.u.text)
        ? bending(kit, turn, judged)
        : world.following.is('mend', turn.u.text)
          ? remedy(kit, turn, judged)
          : null;
      if (asked !== null) {
        const first = statusFirst(world, policy, turn.asOf);
        if (first) blocks.push({ kind: 'note', text: first, cites: [] });
        blocks.push(...asked, ...elsewhere(kit, judged));
        continue;
      }
      if (gapAsked(kit, turn.u.text)) blocks.push(wanting(kit, turn, judged));
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
      blocks.push(...mending(kit, judged), ...elsewhere(kit, judged));
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
  const wanted = next === null ? null : toAsk(world, next, policies);
  if (wanted) blocks.push({ kind: 'para', text: wanted.text, cites: [] });
  return {
    intent: 'eligibility',
    answered: true,
    blocks,
    verdicts,
    next: wanted && next !== null ? { fact: next, question: wanted.question } : null,
    suggestions: wanted && next !== null ? suggestionsFor(world.vocabulary.get(next)!, wanted.confirms) : [],
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

/** @param confirms whether one of its values was put forward, to be agreed to or denied */
function suggestionsFor(
  spec: { type: string; values: { id: string; label: string }[] },
  confirms: boolean,
): Answer['suggestions'] {
  const unsure = { label: '不清楚', send: '不清楚' };
  if (spec.values.length > 0 && !confirms)
    return [...offered(spec.values).map((v) => ({ label: v.label, send: v.label })), unsure];
  return spec.type === 'boolean' || confirms
    ? [{ label: '是', send: '是' }, { label: '不是', send: '不是' }, unsure]
    : [unsure];
}
