import {
  type Criterion,
  type Facts,
  openShortfalls,
  otherPolicies,
  smallestChange,
  type Verdict,
} from '../../rules/index.js';
import { requirementLine, spoken } from '../compose/requirements.js';
import type { Kit, Turn } from '../turn.js';
import type { Block } from '../types.js';

/** A verdict with what it was computed from. */
export interface Judged {
  verdict: Verdict;
  criteria: readonly Criterion[];
  facts: Facts;
}

const changeOf = (kit: Kit, { verdict, criteria, facts }: Judged) => {
  const { policy, subject, asOf, status } = verdict;
  return smallestChange(criteria, kit.world.vocabulary, { policy, subject, asOf, status, facts }, verdict);
};

const policyOf = (kit: Kit, { verdict }: Judged) => kit.world.library.policy(verdict.policy)!;

/** The smallest changes that would turn a verdict that falls short. */
export function mending(kit: Kit, judged: Judged): Block[] {
  const { outcome } = judged.verdict;
  if (outcome !== 'ineligible' && outcome !== 'discretionary') return [];
  const change = changeOf(kit, judged);
  const ways = [...change.needed, ...change.advisable].filter((s) => s.ways.length > 0).map((s) => s.text);
  const choices = [...change.needed, ...change.advisable].some((s) => s.ways.length > 1);
  // One gap with one way is told in its own line already.
  if (change.fixed.length > 0 || (ways.length < 2 && !choices)) return [];
  return [
    { kind: 'para', text: kit.world.wording.say('verdict.howTo', { items: ways.join('；') }), cites: [] },
  ];
}

/** “那还差多少？”: what the case falls short by, first of all; of the conditions that the question names where it names some. */
export function wanting(kit: Kit, turn: Turn, judged: Judged): Block {
  const { verdict, criteria, facts } = judged;
  const { policy, subject, asOf, status } = verdict;
  const { vocabulary, wording } = kit.world;
  const change = changeOf(kit, judged);
  const criterion = (id: string) => criteria.find((c) => c.id === id)!;
  const open = openShortfalls(criteria, vocabulary, { policy, subject, asOf, status, facts }).map((s) => ({
    ...s,
    text: wording.say('verdict.gapOpen', {
      text: s.text,
      required: spoken(kit.world, criterion(s.criterion)),
    }),
  }));
  const all = [...change.needed, ...change.advisable, ...open];
  const named = all.filter((s) => criterion(s.criterion).facts.some((f) => turn.u.asked.includes(f)));
  const shown = named.length > 0 ? named : all;
  const { cityName: city } = policyOf(kit, judged).meta;
  if (shown.length === 0) return { kind: 'lead', text: wording.say('verdict.gapNone', { city }), cites: [] };
  const text = wording.say('verdict.gapLead', { city, items: shown.map((s) => s.text).join('；') });
  const cites = shown.map((s) => turn.evidence.cite(policyOf(kit, judged), s.clause, s.quote));
  return { kind: 'lead', text, cites };
}

/** “怎么办”: what is to be brought up to the demands, and what the bureau may decide; null where nothing told falls short. */
export function remedy(kit: Kit, turn: Turn, judged: Judged): Block[] | null {
  const policy = policyOf(kit, judged);
  const { wording } = kit.world;
  const { needed, advisable, fixed } = changeOf(kit, judged);
  const cite = (s: { clause: string; quote: string }) => turn.evidence.cite(policy, s.clause, s.quote);
  const { cityName: city, office } = policy.meta;
  const say = (
    key: string,
    of: readonly { title: string; text: string; clause: string; quote: string }[],
  ): Block[] =>
    of.length === 0
      ? []
      : [
          {
            kind: 'lead',
            text: wording.say(key, { city, office, items: of.map((s) => s.text || s.title).join('；') }),
            cites: of.map(cite),
          },
        ];
  const blocks = [
    ...say('remedy.fixed', fixed),
    ...say(
      'remedy.needed',
      needed.filter((s) => !fixed.includes(s)),
    ),
    ...say(
      'remedy.advisable',
      advisable.filter((s) => !fixed.includes(s)),
    ),
  ];
  return blocks.length > 0 ? blocks : null;
}

/** “能通融吗”: of each condition that the case fails, whether the words leave it to the bureau; null where it fails none. */
export function bending(kit: Kit, turn: Turn, { verdict, criteria }: Judged): Block[] | null {
  const policy = kit.world.library.policy(verdict.policy)!;
  const failed = verdict.criteria.filter((c) => c.outcome === 'fail' && c.strength !== 'judgement');
  const blocks = failed.map((c): Block => {
    const key = c.strength === 'principle' ? 'threshold.notMust' : 'threshold.isMust';
    const right = requirementLine(kit.world, policy.meta.cityName, criteria.find((k) => k.id === c.id)!);
    return {
      kind: 'lead',
      text: kit.world.wording.say(key, { right }),
      cites: [turn.evidence.cite(policy, c.clause, c.quote)],
    };
  });
  return blocks.length > 0 ? blocks : null;
}

/** Which other city has no hard requirement that the same facts fail; nothing where the verdict does not fall short. */
export function elsewhere(kit: Kit, { verdict, facts }: Judged): Block[] {
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
