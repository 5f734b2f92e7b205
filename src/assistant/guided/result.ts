import type { Event, InterviewState, View } from '../../interview/index.js';
import { factsOf } from '../../interview/index.js';
import type { Entry, Policy } from '../../knowledge/index.js';
import { type Counterfactual, type Shortfall, smallestChange, type Verdict } from '../../rules/index.js';
import { statusFirst } from '../compose/status.js';
import { verdictBlocks } from '../compose/verdicts.js';
import type { Evidence } from '../evidence.js';
import type { Answer, Block } from '../types.js';
import { headline, outcomesText } from './outcome.js';
import { listed, note, para, policyOf, type Room, specOf } from './room.js';
import { nameOf } from './values.js';

type Settled = Extract<View, { kind: 'settled' }>;
type Item = { text: string; cites: number[] };

/** What was shown already is only called to mind: after words that changed nothing. */
const UNCHANGED: readonly Event['kind'][] = [
  'unread',
  'help',
  'report',
  'nothing-before',
  'elsewhere',
  'change-what',
];

/** Facts named that were not told, before the rest are only counted. */
const OPEN_SHOWN = 4;

/**
 * The outcome: per city what passes, what fails and by how much, what is open and whom to ask, what to prepare next.
 * @param before what was shown before: an outcome that stays what it was is not told at length again
 */
export function resultBlocks(
  room: Room,
  evidence: Evidence,
  view: Settled,
  state: InterviewState,
  events: readonly Event[],
  before: View | null,
): Block[] {
  const { verdicts } = view;
  const several = verdicts.length > 1;
  const blocks: Block[] = [];
  if (events.length > 0 && events.every((e) => UNCHANGED.includes(e.kind)))
    blocks.push(para(outcomesText(room, verdicts, 'say.resultSummary')));
  else if (before?.kind === 'settled' && alike(before.verdicts, verdicts))
    blocks.push(para(outcomesText(room, verdicts, 'say.resultSame')));
  else {
    if (several) blocks.push(...headline(room, verdicts));
    for (const verdict of verdicts) blocks.push(...policyResult(room, evidence, verdict, state, several));
  }
  blocks.push(para(closing(room, view)));
  return blocks;
}

/** Whether two checks came to the same, for the same reasons; what is met besides changes no outcome. */
function alike(before: readonly Verdict[], now: readonly Verdict[]): boolean {
  const gist = (verdicts: readonly Verdict[]) =>
    JSON.stringify(
      verdicts.map(({ policy, subject, outcome, conflicts, criteria }) => {
        const failed = criteria.filter((c) => c.outcome === 'fail');
        return [policy, subject, outcome, conflicts, failed.map(({ id, given, gap }) => [id, given, gap])];
      }),
    );
  return gist(before) === gist(now);
}

function closing(room: Room, { open }: Settled): string {
  const { texts } = room;
  if (open.length === 0) return texts.say('say.complete');
  const named = listed(
    room,
    open.slice(0, OPEN_SHOWN).map((id) => nameOf(specOf(room, id))),
  );
  const items = open.length > OPEN_SHOWN ? texts.say('say.openMoreItems', { items: named }) : named;
  return texts.say('say.openMore', { n: open.length, items });
}

function policyResult(
  room: Room,
  evidence: Evidence,
  verdict: Verdict,
  state: InterviewState,
  several: boolean,
): Block[] {
  const { texts, world } = room;
  const policy = policyOf(room, verdict.policy);
  const facts = new Set(Object.keys(state.facts));
  const all = verdictBlocks(world, evidence, policy, verdict, facts, []);
  // What a document is comes before what it says.
  const status = statusFirst(world, policy, verdict.asOf);
  const first = all.filter((b) => b.kind === 'note' && b.text === status);
  const rest = all.filter((b) => !first.includes(b));
  const blocks: Block[] = [];
  if (several) {
    const { cityName: city, shortTitle } = policy.meta;
    blocks.push({ kind: 'heading', text: texts.say('say.resultHead', { city, shortTitle }) });
  }
  blocks.push(...first);
  // Nothing to hold against: that all of nothing is met would say too much.
  const none = verdict.criteria.every((c) => c.strength === 'judgement');
  if (none) blocks.push(para(texts.say('say.resultNone', { city: policy.meta.cityName })));
  const said = none ? rest.filter((b) => b.kind !== 'lead') : rest;
  blocks.push(...(several ? shortFirst(room, said) : said));
  const change = changeFor(room, verdict, state);
  blocks.push(...mendBlocks(room, policy, change));
  const { office } = policy.meta;
  const open = verdict.criteria.some((c) => c.outcome === 'unknown' && c.strength !== 'judgement');
  const key = verdict.outcome === 'undetermined' && open ? 'say.ask' : 'say.decides';
  blocks.push(note(texts.say(key, { office }), [], several));
  if (change === null || change.fixed.length === 0)
    blocks.push(...prepareBlocks(room, evidence, policy, verdict));
  return blocks;
}

/** Of several cities only what falls short or is open stays in sight; what is met is folded. */
function shortFirst({ world }: Room, blocks: readonly Block[]): Block[] {
  const passed = world.wording.say('verdict.passed');
  let folding = false;
  return blocks.map((block) => {
    if (block.kind === 'heading') folding = block.text === passed;
    else if (block.kind !== 'list') folding = false;
    // The headline above has said the outcome.
    if (block.kind === 'lead') return { kind: 'para', text: block.text, cites: block.cites, more: true };
    return folding ? { ...block, more: true } : block;
  });
}

/** What would turn a verdict that falls short; null for one that does not. */
export function changeFor(room: Room, verdict: Verdict, state: InterviewState): Counterfactual | null {
  if (verdict.outcome !== 'ineligible' && verdict.outcome !== 'discretionary') return null;
  const { policy, subject, asOf, status } = verdict;
  const facts = factsOf(state, room.world.vocabulary);
  const input = { policy, subject, asOf, status, facts };
  return smallestChange(room.world.criteria.get(policy) ?? [], room.world.vocabulary, input, verdict);
}

/** What is missing and how it could be mended, and what no figure or paper can mend. */
export function mendBlocks(room: Room, policy: Policy, change: Counterfactual | null): Block[] {
  if (change === null) return [];
  const short = [...change.needed, ...change.advisable].filter((s) => s.ways.length > 0 && s.text !== '');
  const blocks: Block[] = [];
  if (short.length > 0) {
    const items = short.map((s) => mendText(room, s)).join(room.texts.say('say.clauseJoin'));
    blocks.push(para(room.texts.say('say.mend', { items })));
  }
  if (change.fixed.length > 0) {
    const { office } = policy.meta;
    const items = listed(
      room,
      change.fixed.map((s) => s.title),
    );
    blocks.push(para(room.texts.say('say.fixed', { items, office })));
  }
  return blocks;
}

/** A figure is short by so much; a paper or a certificate is named as the condition names it. */
function mendText(room: Room, s: Shortfall): string {
  const [way, ...others] = s.ways;
  const plain = others.length === 0 && way?.length === 1 && way[0]!.to?.type === 'boolean';
  return plain ? room.texts.say('say.mendItem', { title: s.title }) : s.text;
}

/** What to prepare next in a city: the steps in order, the materials, where and by when; from the documents' entries. */
export function prepareBlocks(room: Room, evidence: Evidence, policy: Policy, verdict: Verdict): Block[] {
  const { texts } = room;
  const wanted = texts.prepare(verdict.subject);
  const steps = entriesOf(room, policy, wanted.steps).find((e) => e.steps.length > 0);
  const materials = entriesOf(room, policy, wanted.materials);
  const blocks: Block[] = [];
  const more = true as const;
  const add = (key: string, ordered: boolean, items: Item[]) => {
    if (items.length === 0) return;
    blocks.push({ kind: 'para', text: texts.say(`say.${key}`), cites: [], more });
    blocks.push({ kind: 'list', ordered, items, more });
  };
  add('steps', true, steps ? stepItems(evidence, policy, steps) : []);
  const list = materials.find((e) => e.steps.length > 0 && e.topic === wanted.materials[0]);
  add('materials', false, [
    ...(list ? stepItems(evidence, policy, list) : []),
    ...firstOfEach(materials.filter((e) => e !== list && (!list || e.topic !== list.topic))).map((e) =>
      entryItem(room, evidence, policy, e),
    ),
  ]);
  for (const part of ['times', 'also'] as const) {
    const entries = firstOfEach(entriesOf(room, policy, wanted[part]));
    add(
      part,
      false,
      entries.map((e) => entryItem(room, evidence, policy, e)),
    );
  }
  if (blocks.length > 0)
    blocks.unshift({
      kind: 'heading',
      text: texts.say('say.prepare', { city: policy.meta.cityName }),
      more,
    });
  return blocks;
}

function entriesOf(room: Room, policy: Policy, topics: readonly string[]): Entry[] {
  const all = room.world.entries.get(policy.meta.id) ?? [];
  return topics.flatMap((topic) => all.filter((e) => e.topic === topic));
}

/** The first entry of each topic: the one that a file tells first is the general one. */
function firstOfEach(entries: readonly Entry[]): Entry[] {
  return entries.filter((e, i) => entries.findIndex((other) => other.topic === e.topic) === i);
}

const stepItems = (evidence: Evidence, policy: Policy, entry: Entry): Item[] =>
  entry.steps.map((s) => ({ text: s.title, cites: [evidence.cite(policy, s.clause, s.quote)] }));

function entryItem(room: Room, evidence: Evidence, policy: Policy, entry: Entry): Item {
  const at = entry.at[0];
  return {
    text: room.texts.say('say.entry', { title: entry.title, say: entry.say }),
    cites: at ? [evidence.cite(policy, at.clause, at.quote)] : [],
  };
}

/** The buttons beside an outcome. */
export function resultButtons(room: Room, view: Settled, state: InterviewState): Answer['suggestions'] {
  const keys = [
    ...(view.open.length > 0 ? ['full'] : []),
    'report',
    ...(state.trail.length > 0 ? ['back'] : []),
    'policies',
    'restart',
    'leave',
  ];
  return keys.map((key) => {
    const text = room.texts.say(`say.buttons.${key}`);
    return { label: text, send: text };
  });
}
