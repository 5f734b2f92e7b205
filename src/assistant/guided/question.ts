import type { Because, Event, InterviewState, View } from '../../interview/index.js';
import type { FactSpec } from '../../rules/index.js';
import type { Evidence } from '../evidence.js';
import { offered } from '../offered.js';
import type { Answer, Block } from '../types.js';
import { namedFigures } from './events.js';
import { listed, note, para, policyOf, type Room, shownValue, specOf } from './room.js';
import { nameOf } from './values.js';

type Question = Extract<View, { kind: 'question' }>;
type Suggestions = Answer['suggestions'];

/** More than these facts are not offered as buttons for a figure. */
const FIGURES_OFFERED = 3;

/** Clauses named before the rest are only counted: a phone screen's worth. */
const CLAUSES_SHOWN = 6;

/** One fact asked for: the question, an example, why it is asked, how much is left. */
export function questionBlocks(
  room: Room,
  evidence: Evidence,
  view: Question,
  state: InterviewState,
  events: readonly Event[],
): Block[] {
  const { texts } = room;
  const spec = specOf(room, view.fact);
  const blocks: Block[] = [];
  const known = view.known === null ? null : shownValue(room, view.fact, view.known);
  if (view.reason === 'back')
    blocks.push(para(known === null ? texts.say('say.backUnknown') : texts.say('say.back', { known })));
  else if (view.reason !== 'unknown')
    blocks.push(para(texts.say(`say.${view.reason}`, { known: known ?? '' })));
  if (events.some((e) => e.kind === 'why')) blocks.push(...because(room, evidence, spec, view.because));
  blocks.push({ kind: 'lead', text: texts.say('say.question', { question: spec.question }), cites: [] });
  blocks.push(para(texts.say('say.example', { example: exampleOf(room, spec, state) })));
  if (view.because.length > 0 && !events.some((e) => e.kind === 'why'))
    blocks.push(becauseShort(room, evidence, view.because));
  const { answered, canMatter } = view.progress;
  blocks.push(
    note(texts.say(state.full ? 'say.progressFull' : 'say.progress', { answered, left: canMatter })),
  );
  return blocks;
}

/** 问这个，是要核对厦门、温州的“专职研发团队”: the first clause of each city, those of one title together. */
function becauseShort(room: Room, evidence: Evidence, all: readonly Because[]): Block {
  const { texts } = room;
  const first = all.filter((b, i) => all.findIndex((other) => other.policy === b.policy) === i);
  const groups = new Map<string, Because[]>();
  for (const b of first) {
    const key = `${b.tested} ${b.title}`;
    groups.set(key, [...(groups.get(key) ?? []), b]);
  }
  const items = [...groups.values()].map(([b, ...more]) =>
    texts.say(b!.tested ? 'say.becauseCity' : 'say.becauseCityGate', {
      cities: listed(
        room,
        [b!, ...more].map(({ policy }) => policyOf(room, policy).meta.cityName),
      ),
      title: b!.title,
    }),
  );
  const cites = first.map((b) => evidence.cite(policyOf(room, b.policy), b.clause, b.quote));
  return note(
    texts.say('say.becauseShort', { items: items.join(texts.say('say.becauseJoin')) }),
    cites,
    true,
  );
}

/** The vocabulary's example; of a place, the cities in question where the example is another. */
function exampleOf(room: Room, spec: FactSpec, { policies }: InterviewState): string {
  const cities = new Set(policies.map((id) => policyOf(room, id).meta.city));
  const places = spec.values.filter(({ id }) => cities.has(id)).map(({ label }) => label);
  if (places.length === 0 || places.some((label) => spec.example.includes(label))) return spec.example;
  return room.texts.say('say.exampleOf', { items: listed(room, places) });
}

function because(room: Room, evidence: Evidence, spec: FactSpec, all: readonly Because[]): Block[] {
  const { texts } = room;
  const shown = all.slice(0, CLAUSES_SHOWN);
  const items = shown.map((b) => {
    const policy = policyOf(room, b.policy);
    const values = { city: policy.meta.cityName, clause: b.clause, title: b.title, quote: b.quote };
    return {
      text: texts.say(b.tested ? 'say.becauseItem' : 'say.becauseGate', values),
      cites: [evidence.cite(policy, b.clause, b.quote)],
    };
  });
  if (all.length > shown.length)
    items.push({ text: texts.say('say.becauseMore', { n: all.length }), cites: [] });
  return [
    { kind: 'heading', text: texts.say('say.becauseHead', { label: nameOf(spec) }) },
    { kind: 'list', ordered: false, items },
  ];
}

/** The buttons of a question: its likely answers, then what can always be said. */
export function questionButtons(
  room: Room,
  view: Question,
  state: InterviewState,
  events: readonly Event[],
): Suggestions {
  const { texts } = room;
  const button = (key: string) => same(texts.say(`say.buttons.${key}`));
  const spec = specOf(room, view.fact);
  const unread = events.find((e) => e.kind === 'unread');
  const out: Suggestions = [];
  if (unread?.kind === 'unread' && unread.fault === 'unit') {
    const figure = unread.said.replace(/[^\d.]/g, '');
    if (figure !== '') out.push(...texts.list('say.units').map((unit) => same(`${figure}${unit}`)));
  }
  out.push(...eventButtons(room, events));
  out.push(...answersOf(room, spec).map(same));
  if (view.reason === 'back' && view.known !== null) out.push(button('keep'));
  else out.push(button('unsure'), button('skip'));
  if (state.trail.some((key) => key !== view.fact)) out.push(button('back'));
  if (!events.some((e) => e.kind === 'why')) out.push(button('why'));
  out.push(button('leave'));
  return out;
}

/** What settles an open figure, or the wish behind a city's name. */
function eventButtons(room: Room, events: readonly Event[]): Suggestions {
  return events.flatMap((event) => {
    if (event.kind === 'which' && event.facts.length <= FIGURES_OFFERED)
      return namedFigures(room, event).map(same);
    if (event.kind !== 'other-city') return [];
    const cities = listed(
      room,
      event.policies.map((id) => policyOf(room, id).meta.cityName),
    );
    return room.texts.list('say.buttonsCity').map((words) => same(words.replaceAll('{cities}', cities)));
  });
}

/** Answers that a button can give: the values of a list, the yes and no that the example shows, “never”. */
export function answersOf({ world: { wording } }: Room, spec: FactSpec): string[] {
  if (spec.values.length > 0) return offered(spec.values).map((v) => v.label);
  if (spec.type === 'boolean') {
    const shown = [...spec.example.matchAll(/“([^”]+)”/g)].map((m) => m[1]!);
    return shown.length === 2 ? shown : [wording.say('say.yes'), wording.say('say.no')];
  }
  return spec.type === 'date' && spec.orWord !== null ? [wording.say('say.never')] : [];
}

const same = (text: string) => ({ label: text, send: text });
