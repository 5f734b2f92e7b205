import type { Policy } from '../../knowledge/index.js';
import type { Criterion, Subject } from '../../rules/index.js';
import { entriesOn, type Ranked, wordsOf } from '../cards.js';
import { conditionBlocks, criteriaOn, requirementLine, thresholdBlocks } from '../compose/requirements.js';
import { statusFirst } from '../compose/status.js';
import { type Said, topicBlocks } from '../compose/topics.js';
import { type Draft, type Kit, plain, type Step, type Turn } from '../turn.js';
import type { Intent } from '../types.js';
import { matterNamed } from '../uncovered.js';
import { firstWords } from './documents.js';

/** The whole list of conditions. */
export const conditions: Step = (kit, turn) => {
  const { u } = turn;
  const { language } = kit.world;
  if (!language.conditions.test(u.text)) return null;
  if (!kit.world.asking.onlyConditions(kit.content(u.text))) return null;
  if (/(参与|成员|加入|参加|共建单位)/.test(u.text) && !/牵头/.test(u.text)) return null;
  const subject: Subject = language.talentWords.test(u.text)
    ? 'talent-consortium'
    : language.consortiumWords.test(u.text) && !/牵头/.test(u.text)
      ? 'consortium'
      : 'lead';
  const kind = turn.now.facts.get('lead.kind');
  const blocks = turn.policies.flatMap((p) =>
    conditionBlocks(
      kit.world,
      turn.evidence,
      p,
      subject,
      kind?.type === 'enum' ? kind.value : null,
      turn.asOf,
    ),
  );
  if (blocks.length === 0) return null;
  return { intent: comparing(turn) ? 'comparison' : 'threshold', answered: true, blocks };
};

function comparing(turn: Turn): boolean {
  return turn.u.intents.has('comparison') || turn.u.cities.length > 1;
}

/** Facts that stand as alternatives in one criterion belong together: asking for one asks for all. */
function together(kit: Kit, facts: readonly string[]): string[] {
  const out = new Set(facts);
  for (const c of [...kit.world.criteria.values()].flat()) {
    if (c.alternatives && c.facts.some((f) => out.has(f))) for (const f of c.facts) out.add(f);
  }
  return [...out];
}

/** A figure taken for a rule's: confirmed or corrected in the first line. */
export const premise: Step = (kit, turn) => {
  const given = turn.u.premises.find((p) => p.unit !== 'count' || p.fact !== null);
  if (
    !given ||
    turn.u.mentions.length > 1 ||
    !kit.world.asking.wantsConfirmation(turn.u.text) ||
    kit.world.language.benefits.test(turn.u.text)
  )
    return null;
  const types = given.unit === 'CNY' ? ['money'] : given.unit === 'percent' ? ['percent'] : ['count'];
  const read = turn.policies.flatMap((p) =>
    (kit.world.criteria.get(p.meta.id) ?? []).flatMap((c) =>
      c.facts.some((f) => types.includes(kit.world.vocabulary.get(f)!.type)) ? [{ p, c }] : [],
    ),
  );
  const named = given.fact === null ? turn.u.asked : [given.fact, ...turn.u.asked];
  const about = read.filter(({ c }) => c.facts.some((f) => named.includes(f)));
  const fact =
    about[0]?.c.facts.find((f) => named.includes(f)) ??
    (named.length === 0 && given.unit === 'CNY' ? read[0]?.c.facts[0] : undefined);
  if (fact === undefined) return null;
  return threshold(kit, turn, [fact], given.text);
};

/** How far below the best a card may rank and still be taken because it holds the kind of figure asked for. */
const CLOSE = 0.75;
/** How far below the best an entry with steps may rank and still answer a question for a whole. */
const WHOLE = 0.6;

/** The ranking with a card in front that holds the kind of figure asked for, when one is close enough. */
function fitting(kit: Kit, turn: Turn): Ranked[] {
  const ranking = kit.rank(turn);
  const best = ranking[0];
  const fits = (r: Ranked) =>
    kit.world.asking.figureFits(turn.u.text, wordsOf(r.card)) ||
    (r.card.kind === 'entry' && r.card.entry.silent);
  const whole = kit.world.asking.wantsWhole(turn.u.text)
    ? ranking
        .slice(0, 12)
        .find(
          (r) =>
            r.score >= (best?.score ?? 0) * WHOLE && r.card.kind === 'entry' && r.card.entry.steps.length > 0,
        )
    : undefined;
  if (whole) return [whole, ...ranking.filter((r) => r !== whole)];
  if (!best || fits(best)) return [...ranking];
  const better = ranking.slice(0, 8).find((r) => r.score >= best.score * CLOSE && fits(r));
  return better ? [better, ...ranking.filter((r) => r !== better)] : [...ranking];
}

/** Matters that no document deals with, things whose obtaining is another office's, figures that no document states. */
export const notCovered: Step = (kit, turn) => {
  const { u } = turn;
  const { world } = kit;
  const stated = u.mentions.filter((m) => m.fact !== 'lead.kind' && m.fact !== 'lead.city');
  if (stated.length > 0) return null;
  const best = fitting(kit, turn)[0];
  const matter = matterNamed(world.uncovered, u.text, best ? wordsOf(best.card) : '');
  if (matter)
    return plain(
      'out_of_scope',
      world.wording.say('decline.matter', {
        matter: matter.matter,
        office: matter.office,
        cities: kit.cityNames(),
      }),
      false,
    );
  const thing = world.asking.programme(u.text) ?? world.asking.foreignThing(kit.content(u.text));
  if (thing)
    return plain(
      'out_of_scope',
      world.wording.say('decline.thing', { thing, cities: kit.cityNames() }),
      false,
    );
  return null;
};

/** Whether a question is for what a criterion demands, rather than for what the document says around it. */
function figureAsked(kit: Kit, turn: Turn, c: Criterion): boolean {
  const { u } = turn;
  const asked = c.facts.filter((f) => u.asked.includes(f));
  if (asked.length === 0) return false;
  const counted = asked.some((f) => kit.world.vocabulary.get(f)!.type !== 'boolean');
  return counted
    ? u.intents.has('threshold') || u.intents.has('eligibility') || u.wants.has('amount')
    : kit.world.asking.demands(u.text);
}

/** Whether a question names facts and asks for nothing but what is demanded of them (“有营收要求吗”). */
function plainlyAsks(kit: Kit, turn: Turn): boolean {
  const { world } = kit;
  const names = turn.u.asked
    .flatMap((f) => [world.vocabulary.get(f)!.label, ...world.vocabulary.get(f)!.synonyms])
    .sort((a, b) => b.length - a.length);
  let rest = kit.content(turn.u.text);
  for (const name of names) rest = rest.replaceAll(name.toLowerCase(), ' ');
  return world.asking.onlyConditions(rest);
}

/** Thresholds, entries and clauses found by what is asked. */
export const lookup: Step = (kit, turn) => {
  const { u } = turn;
  const { world } = kit;
  const ranking = fitting(kit, turn);
  const best = ranking[0];
  // A condition that some city sets is asked of every city: one that sets none is said to set none.
  const asked = world.rulesOf([]).flatMap((p) => criteriaOn(world, p, u.asked, null));
  const wantsFigure =
    asked.length > 0 &&
    (u.intents.has('threshold') ||
      // “那总共呢” after a question for a figure is one too.
      turn.context !== null ||
      (u.intents.has('comparison') && best?.card.kind !== 'entry'));
  if (wantsFigure && plainlyAsks(kit, turn)) return threshold(kit, turn, u.asked, null);
  const fits =
    best !== undefined &&
    (world.asking.asksCount(u.text) || world.asking.figureFits(u.text, wordsOf(best.card)));
  if (best && !fits && best.card.kind !== 'entry') return unstated(kit, turn, best);
  if (best?.card.kind === 'criterion' && !figureAsked(kit, turn, best.card.criterion)) {
    const entry = ranking.slice(0, 8).find((r) => r.card.kind === 'entry' && r.score >= best.score * CLOSE);
    if (entry?.card.kind === 'entry' && kit.cards.answers(kit.content(u.text), entry, turn.named)) {
      return topic(kit, turn, entry.card.entry.topic, [entry, ...ranking.filter((r) => r !== entry)]);
    }
  }
  const speaks = best !== undefined && kit.cards.answers(kit.content(u.text), best, turn.named);
  if (!best || (!speaks && !wantsFigure)) return null;
  if (best.card.kind === 'criterion' || (wantsFigure && best.card.kind === 'clause') || !speaks) {
    const direct = u.asked.filter((f) => asked.some((c) => c.facts.includes(f)));
    const facts =
      direct.length > 0 ? direct : best.card.kind === 'criterion' ? [...best.card.criterion.facts] : [];
    if (facts.length > 0) return threshold(kit, turn, facts, null);
  }
  if (best.card.kind === 'entry') {
    if (!best.card.entry.silent && world.asking.asksUnwritten(kit.content(u.text), best.card.entry.say))
      return { ...topic(kit, turn, best.card.entry.topic, ranking), intent: 'out_of_scope', answered: false };
    const states = world.asking.figureFits(u.text, wordsOf(best.card)) || best.card.entry.silent;
    if (!states || (best.card.entry.silent && !isSlot(kit, best.card.entry.topic)))
      return unstated(kit, turn, best);
    return topic(kit, turn, best.card.entry.topic, ranking);
  }
  if (best.card.kind === 'clause') {
    const { policy, clause } = best.card;
    const status = statusFirst(kit.world, policy, turn.asOf);
    return {
      intent: 'policy',
      answered: true,
      blocks: [
        ...(status ? [{ kind: 'note' as const, text: status, cites: [] }] : []),
        {
          kind: 'lead',
          text: kit.world.wording.say('clause.head', { doc: policy.meta.title, clause: clause.label }),
          cites: [],
        },
        {
          kind: 'quote',
          text: clause.text,
          cites: [turn.evidence.cite(policy, clause.label, firstWords(policy.verbatim(clause)))],
        },
      ],
    };
  }
  return null;
};

/** Kinds of topic on which a document's silence is itself an answer. */
const SLOTS = new Set([
  'status',
  'threshold',
  'scope',
  'evaluation',
  'deadline',
  'duty',
  'sanction',
  'definition',
  'role',
  'procedure',
  'target',
]);

/** Whether a topic is a slot that rules fill: of such a kind, or filled by some document. */
function isSlot(kit: Kit, id: string): boolean {
  const kind = kit.world.topics.get(id)?.kind;
  if (kind !== undefined && SLOTS.has(kind)) return true;
  return [...kit.world.entries.values()]
    .flat()
    .some((e) => e.topic === id && !e.silent && e.figures.length > 0);
}

/** The nearest thing said, and that the figure or the matter asked for is not in it. */
function unstated(kit: Kit, turn: Turn, best: Ranked): Draft {
  const { policy } = best.card;
  const cites =
    best.card.kind === 'entry'
      ? best.card.entry.at.slice(0, 1).map((a) => turn.evidence.cite(policy, a.clause, a.quote))
      : [];
  const { card } = best;
  const say =
    card.kind === 'entry'
      ? card.entry.say
      : card.kind === 'criterion'
        ? requirementLine(kit.world, policy.meta.cityName, card.criterion)
        : `${card.clause.label} ${card.clause.heading ?? ''}`;
  const { wording } = kit.world;
  return {
    intent: 'out_of_scope',
    answered: false,
    blocks: [
      {
        kind: 'lead',
        text: wording.say('decline.unstated', { shortTitle: policy.meta.shortTitle }),
        cites: [],
      },
      { kind: 'para', text: wording.say('decline.nearestSay', { city: policy.meta.cityName, say }), cites },
      { kind: 'note', text: wording.say('decline.office', { office: policy.meta.office }), cites: [] },
    ],
  };
}

function threshold(kit: Kit, turn: Turn, facts: readonly string[], premised: string | null): Draft {
  const { world } = kit;
  const label = facts
    .map((f) => world.vocabulary.get(f)!.synonyms[0] ?? world.vocabulary.get(f)!.label)
    .join('、');
  const all = together(kit, facts);
  const { blocks, found } = thresholdBlocks(world, turn.evidence, turn.policies, all, label, turn.asOf);
  if (premised !== null && found > 0) {
    const criteria = turn.policies.flatMap((p) => criteriaOn(world, p, all, null).map((c) => ({ p, c })));
    const right = criteria.some(({ c }) => sameFigure(c, premised));
    const { p, c } = criteria.find(({ c: x }) => sameFigure(x, premised)) ?? criteria[0]!;
    blocks.unshift({
      kind: 'lead',
      text: world.wording.say(verdictOn(right, c, turn.u.text), {
        given: premised,
        right: requirementLine(world, p.meta.cityName, c),
      }),
      cites: [turn.evidence.cite(p, c.clause, c.quote)],
    });
  }
  return { intent: comparing(turn) ? 'comparison' : 'threshold', answered: true, blocks };
}

/** Confirms, corrects the figure, or corrects 必须 where the document says 原则上. */
function verdictOn(right: boolean, c: Criterion, question: string): string {
  if (!right) return 'threshold.wrongPremise';
  return c.strength === 'principle' && /必须|硬性|一定|死规定|非得/.test(question)
    ? 'threshold.notMust'
    : 'threshold.rightPremise';
}

function sameFigure(c: Criterion, text: string): boolean {
  const bare = (t: string) => t.replace(/[\s元人民币]/g, '');
  return bare(c.quote).includes(bare(text)) || bare(c.required).includes(bare(text));
}

function topic(kit: Kit, turn: Turn, id: string, ranking: readonly Ranked[]): Draft {
  const { world } = kit;
  const said: Said[] = [];
  const silent: Policy[] = [];
  const top = ranking[0]!.score;
  for (const policy of kit.scope(turn)) {
    const all = entriesOn(world, policy, id, ranking);
    const close = all.filter((e) =>
      ranking.some((r) => r.card.kind === 'entry' && r.card.entry === e && r.score >= top * 0.72),
    );
    const entries = (close.length > 0 ? close : all.slice(0, 1)).slice(0, turn.named ? 3 : 1);
    if (entries.length > 0) said.push({ policy, entries });
    else if (policy.meta.kind !== 'informational') silent.push(policy);
  }
  const order = (p: Policy): number => {
    const at = turn.policies.findIndex((q) => q.meta.id === p.meta.id);
    return at < 0 ? turn.policies.length : at;
  };
  said.sort((a, b) => order(a.policy) - order(b.policy));
  // The reply letter only informs: it speaks where it is what was asked for, or where nothing else does.
  const informs = ranking[0]!.card.policy.meta.kind === 'informational';
  const rules = said.filter((s) => (s.policy.meta.kind === 'informational') === informs);
  const shown = rules.length > 0 ? rules : said;
  const quiet = informs ? [] : turn.named || silent.length < 3 ? silent : [];
  const blocks = topicBlocks(world, turn.evidence, shown, quiet, id, turn.asOf, (words) =>
    world.asking.contradicted(turn.u.text, words),
  );
  const intent: Intent = comparing(turn) ? 'comparison' : id.startsWith('status.') ? 'status' : 'policy';
  return { intent, answered: true, blocks };
}
