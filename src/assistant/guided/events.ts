import type { Event, InterviewState } from '../../interview/index.js';
import type { FactSpec } from '../../rules/index.js';
import { offered } from '../offered.js';
import type { Block } from '../types.js';
import { outcomeWords } from './outcome.js';
import { listed, para, policyOf, type Room, shownValue, specOf, toldItems } from './room.js';
import { nameOf } from './values.js';

type Of<K extends Event['kind']> = Extract<Event, { kind: K }>;

/** What a message did, said back: what was noted, changed, put off, or could not be read. Every kind has its words. */
export function eventBlocks(room: Room, events: readonly Event[], state: InterviewState | null): Block[] {
  const { texts } = room;
  const blocks: Block[] = [];
  const say = (key: string, values: Record<string, string | number> = {}) =>
    blocks.push(para(texts.say(`say.${key}`, values)));
  const took = pick(events, 'took');
  const fresh = took.filter((e) => e.before === null || same(e.before, e.value));
  const changed = took.filter((e) => e.before !== null && !same(e.before, e.value));
  if (fresh.length > 0)
    say('took', {
      items: listed(room, toldItems(room, Object.fromEntries(fresh.map((e) => [e.fact, e.value])))),
    });
  if (changed.length > 0) {
    const items = changed.map((e) =>
      texts.say('say.changedItem', {
        label: nameOf(specOf(room, e.fact)),
        before: shownValue(room, e.fact, e.before),
        value: shownValue(room, e.fact, e.value),
      }),
    );
    say('changed', { items: listed(room, items) });
  }
  const kept = pick(events, 'kept').filter((e) => state !== null && e.fact in state.facts);
  if (kept.length > 0)
    say('kept', {
      items: listed(
        room,
        toldItems(room, Object.fromEntries(kept.map((e) => [e.fact, state!.facts[e.fact]]))),
      ),
    });
  const unsure = pick(events, 'unsure').map((e) => nameOf(specOf(room, e.fact)));
  if (unsure.length > 0) say('unsure', { items: listed(room, unsure) });
  for (const event of events) {
    switch (event.kind) {
      case 'skipped':
        say('skipped', { label: nameOf(specOf(room, event.fact)) });
        break;
      case 'nothing-before':
        say('nothingBefore');
        break;
      case 'change':
        say('change', { label: nameOf(specOf(room, event.fact)) });
        break;
      case 'change-what':
        blocks.push(para(changeWhat(room, state)));
        break;
      case 'full':
        say('full');
        break;
      case 'restarted':
        say('restarted');
        break;
      case 'left':
        say('left');
        break;
      case 'help':
        blocks.push(para(help(room, state)));
        break;
      case 'report':
        say(state?.subject && state.policies.length > 0 ? 'reportReady' : 'reportFirst');
        break;
      case 'city-first':
        say('cityFirst', { cities: cityNames(room, event.policies) });
        break;
      case 'policies':
      case 'same-city':
        say('chosen', {
          subject: texts.say(`say.subjectShort.${state!.subject}`),
          cities: cityNames(room, event.policies),
        });
        break;
      case 'if-not':
        say('ifNot', {
          label: nameOf(specOf(room, event.fact)),
          value: shownValue(room, event.fact, event.value),
          outcomes: event.verdicts
            .map((v) =>
              texts.say('say.soFar', {
                city: policyOf(room, v.policy).meta.cityName,
                outcome: outcomeWords(room, v),
              }),
            )
            .join(texts.say('say.clauseJoin')),
        });
        break;
      case 'which':
        if (event.facts.length > 0)
          say('which', { said: event.said, example: namedFigures(room, event)[0]! });
        else say('whichNone', { said: event.said, cities: cityNames(room, state?.policies ?? []) });
        break;
      case 'other-city':
        say('otherCity', {
          chosen: cityNames(room, state?.policies ?? []),
          cities: cityNames(room, event.policies),
        });
        break;
      case 'unread':
        blocks.push(para(unread(room, event)));
        break;
      default:
      // Said together above, by the view, or by the answer to a question asked elsewhere.
    }
  }
  return blocks;
}

const cityNames = (room: Room, policies: readonly string[]): string =>
  listed(
    room,
    policies.map((id) => policyOf(room, id).meta.cityName),
  );

/** A figure with the name of each fact that it may be of. */
export const namedFigures = (room: Room, { said, facts }: Of<'which'>): string[] =>
  facts.map((id) => `${nameOf(specOf(room, id))}${said}`);

function unread(room: Room, event: Of<'unread'>): string {
  const { texts } = room;
  const said = event.said.length > 20 ? `${event.said.slice(0, 20)}…` : event.said;
  if (event.asking === '')
    return texts.say(event.fault === 'idle' ? 'say.unread.idle' : 'say.unread.settled', { said });
  const spec = room.world.vocabulary.get(event.asking);
  if (!spec) return texts.say('say.unread.choice', { said });
  const accepted = `${acceptedWords(room, spec)}${texts.say('say.accepted.unsure')}`;
  return texts.say(`say.unread.${event.fault}`, { said, accepted });
}

/** What an answer may be, in plain words. */
export function acceptedWords(room: Room, spec: FactSpec): string {
  const { texts } = room;
  if (spec.values.length > 0)
    return texts.say('say.accepted.choice', {
      values: listed(
        room,
        offered(spec.values).map((v) => v.label),
      ),
    });
  return texts.say(`say.accepted.${spec.type === 'date' && spec.orWord !== null ? 'dateOr' : spec.type}`);
}

function help(room: Room, state: InterviewState | null): string {
  const spec = state?.asking ? room.world.vocabulary.get(state.asking) : undefined;
  return spec
    ? room.texts.say('say.help', { example: spec.example.replace(/^(例如|回答)[:：]?/, '') })
    : room.texts.say('say.helpChoice');
}

function changeWhat(room: Room, state: InterviewState | null): string {
  const facts = state?.facts ?? {};
  const first = Object.keys(facts)[0];
  if (first === undefined) return room.texts.say('say.changeNone');
  return room.texts.say('say.changeWhat', {
    example: specOf(room, first).synonyms[0] ?? nameOf(specOf(room, first)),
    items: listed(room, toldItems(room, facts)),
  });
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

function pick<K extends Event['kind']>(events: readonly Event[], kind: K): Of<K>[] {
  return events.filter((e): e is Of<K> => e.kind === kind);
}
