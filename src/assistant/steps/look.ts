import type { Policy } from '../../knowledge/index.js';
import { type Quantity, readQuantities } from '../../quantity/index.js';
import type { Criterion } from '../../rules/index.js';
import { type Card, entriesOn, type Ranked, wordsOf } from '../cards.js';
import { criteriaOn, detail, requirementLine } from '../compose/requirements.js';
import { statusFirst } from '../compose/status.js';
import { type Said, topicBlocks } from '../compose/topics.js';
import type { Draft, Kit, Step, Turn } from '../turn.js';
import type { Block, Intent } from '../types.js';
import { firstWords } from './documents.js';
import { fitting } from './fitting.js';
import { namesAnother } from './plainer.js';
import { comparing, threshold } from './threshold.js';
import { unsaidHere } from './unsaid.js';
import { unstated } from './untold.js';

/** How far below the best an entry may rank and still answer in the place of a condition. */
const CLOSE = 0.75;
/** How much more of a question than a condition an entry must speak of to be what is asked for. */
const MORE = 0.2;

/** Whether a question is for what a criterion demands, rather than for what the document says around it. */
function figureAsked(kit: Kit, turn: Turn, c: Criterion): boolean {
  const { u } = turn;
  const asked = c.facts.filter((f) => u.asked.includes(f));
  if (asked.length === 0) return false;
  const counted = asked.some((f) => kit.world.vocabulary.get(f)!.type !== 'boolean');
  return counted
    ? u.intents.has('threshold') || u.intents.has('eligibility') || u.wants.has('amount')
    : kit.world.asking.is('demands', u.text);
}

/** What the facts that a question asks after are called, the longest names first. */
const namesOf = ({ world }: Kit, { u }: Turn): string[] =>
  u.asked
    .flatMap((f) => [world.vocabulary.get(f)!.label, ...world.vocabulary.get(f)!.synonyms])
    .sort((a, b) => b.length - a.length);

/** Whether a question names facts and asks for nothing but what is demanded of them (“有营收要求吗”). */
function plainlyAsks(kit: Kit, turn: Turn): boolean {
  const { world } = kit;
  const names = namesOf(kit, turn);
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
  const begins = world.asking.beginning(kit.content(u.text));
  if (begins !== null && best && !namesAnother(ranking, begins))
    return topic(kit, turn, begins, ranking, true);
  const unsaid = unsaidHere(kit, turn, best);
  if (unsaid !== null) return unsaid;
  // A condition that some city sets is asked of every city: one that sets none is said to set none.
  const asked = world.rulesOf([]).flatMap((p) => criteriaOn(world, p, u.asked, null));
  const asksHowMany = world.asking.asksCount(u.text) || world.asking.is('counted', u.text);
  const wantsFigure =
    asked.length > 0 &&
    !world.asking.is('scored', u.text) &&
    // 技术中心有几家: how many there are of a thing is no level that is demanded of it.
    !(asksHowMany && !u.asked.some((f) => counted(kit, [f]))) &&
    (u.intents.has('threshold') ||
      // “那总共呢” after a question for a figure is one too.
      turn.context !== null ||
      (u.intents.has('comparison') && best?.card.kind !== 'entry'));
  // A condition named and nothing more (“温州研发强度”, as typed while a caller waits) asks what is demanded of it.
  const named = asked.length > 0 && !world.asking.is('asks', u.text);
  // What is told of the thing itself (企业技术中心总数) goes before a condition that only shares its name.
  const condition = ranking.find(
    (r) => r.card.kind === 'criterion' && r.card.criterion.facts.some((f) => u.asked.includes(f)),
  );
  const openly = world.asking.is('openly', u.text);
  // 成员要什么样的: neither that a thing is demanded nor how many of it tells what it must be like.
  const bare = openly && asked.every((c) => detail(world, c) === '' || counted(kit, c.facts));
  const demandsMany =
    world.asking.is('manyDemanded', u.text) &&
    u.asked.every((f) => world.vocabulary.get(f)?.type === 'count');
  // 要什么样的平台: a level tells what it must be like.
  const asksLevel =
    world.asking.is('likeness', u.text) && u.asked.some((f) => world.vocabulary.get(f)?.type === 'level');
  // 想牵头，研发有什么要求: what says nothing of the thing asked after tells nothing of it.
  const spoken = namesOf(kit, turn).filter((n) => u.text.includes(n));
  const told =
    best?.card.kind === 'entry' &&
    (spoken.length === 0 || spoken.some((n) => wordsOf(best.card).includes(n))) &&
    !demandsMany &&
    !asksLevel &&
    ((bare && best.coverage >= (condition?.coverage ?? 0)) ||
      (best.coverage >= (condition?.coverage ?? 0) + MORE &&
        best.card.entry.figures.length > 0 &&
        !world.language.conditions.test(u.text)));
  if ((wantsFigure || named) && !told && (demandsMany || plainlyAsks(kit, turn)))
    return threshold(kit, turn, u.asked);
  const fits =
    best !== undefined &&
    (world.asking.asksCount(u.text) || world.asking.figureFits(u.text, wordsOf(best.card)));
  if (best && !fits && best.card.kind !== 'entry') {
    // A number that some city sets and this one does not is said not to be set.
    const own = best.card.kind === 'criterion' && wantsFigure && counted(kit, u.asked);
    return own ? threshold(kit, turn, u.asked) : unstated(kit, turn, best);
  }
  if (best?.card.kind === 'criterion' && !figureAsked(kit, turn, best.card.criterion)) {
    const entry = ranking.slice(0, 8).find((r) => r.card.kind === 'entry' && r.score >= best.score * CLOSE);
    if (entry?.card.kind === 'entry' && kit.cards.answers(kit.content(u.text), entry, turn.named)) {
      return topic(kit, turn, entry.card.entry.topic, [entry, ...ranking.filter((r) => r !== entry)]);
    }
  }
  const letter = world.library.policies.find((p) => p.meta.kind === 'informational');
  const anchored = turn.named || (letter !== undefined && kit.namesDocument(letter, u.text));
  const speaks = best !== undefined && kit.cards.answers(kit.content(u.text), best, anchored);
  if (!best || (!speaks && !wantsFigure)) return null;
  if (best.card.kind === 'criterion' || (wantsFigure && best.card.kind === 'clause') || !speaks) {
    const direct = u.asked.filter((f) => asked.some((c) => c.facts.includes(f)));
    const facts =
      direct.length > 0 ? direct : best.card.kind === 'criterion' ? [...best.card.criterion.facts] : [];
    if (facts.length > 0) return threshold(kit, turn, facts);
  }
  if (best.card.kind === 'entry') {
    if (!best.card.entry.silent && world.asking.asksUnwritten(kit.content(u.text), best.card.entry.say))
      return { ...topic(kit, turn, best.card.entry.topic, ranking), intent: 'policy', answered: true };
    const words = wordsOf(best.card);
    const kind = world.topics.get(best.card.entry.topic)?.kind;
    const otherYear = kind === 'statistic' && world.asking.otherYear(u.text, words);
    // 每两年评估一次，那…: a figure that the words contradict is corrected.
    const corrected = world.asking.contradicted(u.text, words) !== null;
    const foreign = otherYear || (!corrected && foreignFigure(kit, turn, words));
    // A silence names what it does not say (没有写是否常年受理), so only a figure tells there.
    const holds = best.card.entry.silent ? 'figureStated' : 'figureFits';
    const fitsIt = world.asking[holds](u.text, words) && !foreign;
    // A figure put forward is not answered by a silence on its matter.
    const claims = world.asking.putsFigure(u.text) || foreign;
    const { entry } = best.card;
    // What a unit must have is not what it is given.
    if (world.asking.is('granted', u.text) && (kind === 'threshold' || kind === 'scope'))
      return unstated(kit, turn, best);
    if (strangeCount(kit, turn, best)) return unstated(kit, turn, best);
    const states = fitsIt || corrected || (entry.silent && !claims);
    // “适时评价，没有写间隔几年”: what others state and this one leaves open is told to be open.
    const open = !fitsIt && world.asking.is('silence', entry.say);
    if (open && !claims && filled(kit, turn, entry.topic)) return topic(kit, turn, entry.topic, ranking);
    if (!states || (entry.silent && !isSlot(kit, entry.topic)) || (open && DETAILED.has(kind ?? '')))
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

/** Whether facts that are asked for are numbers. */
const counted = (kit: Kit, facts: readonly string[]): boolean =>
  facts.length > 0 &&
  facts.every((f) => ['count', 'money', 'percent'].includes(kit.world.vocabulary.get(f)!.type));

/** Whether a question puts forward an amount, a share or a day of which these words hold none, and only other cities' documents that one. */
function foreignFigure(kit: Kit, turn: Turn, words: string): boolean {
  if (!turn.named || turn.u.mentions.length > 0) return false;
  const put = kit.world.asking.figures(turn.u.text);
  if (put.length === 0) return false;
  const own = kit.scope(turn);
  const others = kit.world.library.policies.filter((p) => !own.includes(p));
  const prints = (policies: readonly Policy[], q: Quantity) =>
    policies.some((p) => kit.figuresOf(p).has(`${q.unit} ${q.value}`));
  const held = new Set(readQuantities(words).map((q) => q.unit));
  return put.some((q) => !held.has(q.unit) && !prints(own, q) && prints(others, q));
}

/** Whether a question asks how many of something (几个院士) that neither the card nor any document in question speaks of. */
function strangeCount(kit: Kit, turn: Turn, { card }: Ranked): boolean {
  const { world } = kit;
  const counted = world.worldly.counted(turn.u.text);
  if (counted === null) return false;
  const word = kit.cards.missing(kit.content(turn.u.text), card).find((w) => w.startsWith(counted));
  if (word === undefined || world.glossary.same(word).length > 0) return false;
  return !kit.scope(turn).some((p) => p.text(0, p.source.length).includes(word));
}

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
]);

/** Kinds of topic whose figures, where no document states one, are no slot of theirs: how many days a publicity lasts. */
const DETAILED: ReadonlySet<string> = new Set([
  'procedure',
  'deadline',
  'duty',
  'role',
  'sanction',
  'evaluation',
]);

/** Whether some document states, on a topic, a figure of the kind that is asked for. */
function filled(kit: Kit, turn: Turn, id: string): boolean {
  return [...kit.world.entries.values()]
    .flat()
    .some(
      (e) =>
        e.topic === id &&
        !e.silent &&
        kit.world.asking.figureStated(turn.u.text, wordsOf({ kind: 'entry', id: e.id, entry: e } as Card)),
    );
}

/** Kinds of topic that a document need not fill: how many consortia it means to build is its own plan. */
const PLANS = new Set(['target']);

/** Whether a topic is a slot that rules fill: of such a kind, or filled by some document. */
function isSlot(kit: Kit, id: string): boolean {
  const kind = kit.world.topics.get(id)?.kind;
  if (kind !== undefined && SLOTS.has(kind)) return true;
  if (kind !== undefined && PLANS.has(kind)) return false;
  return [...kit.world.entries.values()]
    .flat()
    .some((e) => e.topic === id && !e.silent && e.figures.length > 0);
}

/** What is said before words that contradict the question, or that do not speak of what it takes for demanded. */
function correction(kit: Kit, turn: Turn, words: string): string | null {
  const { asking, wording } = kit.world;
  const given = asking.contradicted(turn.u.text, words);
  if (given !== null) return wording.say('topic.wrong', { given });
  const thing = asking.notInsisted(turn.u.text, words);
  return thing === null ? null : wording.say('topic.notInsisted', { thing });
}

/** Share of a question from which the best card answers alone; how near another must rank to be told beside one that speaks of less. */
const SURE = 0.45;
const ALSO = 0.85;

/**
 * What else a question may ask for, where the best card speaks of little of it and another of the same document ranks beside it:
 * said after the answer, so that it is no guess.
 */
function alsoNear(kit: Kit, turn: Turn, ranking: readonly Ranked[]): Block[] {
  const [best] = ranking;
  if (!best || !turn.named || turn.brief || best.coverage >= SURE) return [];
  const { policy } = best.card;
  const shown = new Set(turn.evidence.citations.map((c) => `${c.policy} ${c.clause}`));
  const next = ranking.find((r) => {
    if (r.card.policy !== policy || r.card.kind === 'clause' || r.score < best.score * ALSO) return false;
    const at = r.card.kind === 'entry' ? r.card.entry.at[0]?.clause : r.card.criterion.clause;
    return at !== undefined && !shown.has(`${policy.meta.id} ${policy.clause(at)?.label ?? at}`);
  });
  if (!next || next.card.kind === 'clause') return [];
  const { card } = next;
  const title = card.kind === 'entry' ? card.entry.title : card.criterion.title;
  const say =
    card.kind === 'entry'
      ? card.entry.say
      : requirementLine(kit.world, '', card.criterion).replace(/^：/u, '');
  const anchor = card.kind === 'entry' ? card.entry.at[0]! : card.criterion;
  return [
    {
      kind: 'para',
      text: kit.world.wording.say('topic.also', { title, say }),
      cites: [turn.evidence.cite(policy, anchor.clause, anchor.quote)],
      more: true,
    },
  ];
}

/**
 * What the documents in question say on a topic, and which of them say nothing.
 * @param whole only the entries that list their steps, where there are such
 */
export function topic(kit: Kit, turn: Turn, id: string, ranking: readonly Ranked[], whole = false): Draft {
  const { world } = kit;
  const said: Said[] = [];
  const silent: Policy[] = [];
  const top = ranking[0]!.score;
  for (const policy of kit.scope(turn)) {
    const all = entriesOn(world, policy, id, ranking);
    const close = all.filter((e) =>
      ranking.some((r) => r.card.kind === 'entry' && r.card.entry === e && r.score >= top * 0.72),
    );
    const stepped = whole ? all.filter((e) => e.steps.length > 0).slice(0, 1) : [];
    const ranked = close.length > 0 ? close : all.slice(0, 1);
    // A letter that is named is asked for as plainly as a city.
    const named =
      turn.named || (policy.meta.kind === 'informational' && kit.namesDocument(policy, turn.u.text));
    const entries = stepped.length > 0 ? stepped : ranked.slice(0, named && !turn.brief ? 3 : 1);
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
    correction(kit, turn, words),
  );
  if (!comparing(turn)) blocks.push(...alsoNear(kit, turn, ranking));
  const intent: Intent = comparing(turn) ? 'comparison' : id.startsWith('status.') ? 'status' : 'policy';
  return { intent, answered: true, blocks };
}
