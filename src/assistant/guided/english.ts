import type { InterviewState, View } from '../../interview/index.js';
import type { FactSpec } from '../../rules/index.js';
import type { Answer, Block } from '../types.js';
import { answersOf } from './question.js';
import { note, policyOf, type Room, specOf } from './room.js';

type Suggestions = Answer['suggestions'];

/** What is shown, in one line for a reader of English; nothing of it is anything but the view said again. */
export function englishNote(room: Room, state: InterviewState | null, view: View | null): Block[] {
  const { texts, world } = room;
  if (state === null || view === null) return [note(texts.say('english.left'))];
  switch (view.kind) {
    case 'choose-subject':
      return [note(texts.say('english.chooseSubject'))];
    case 'choose-policies':
      return [note(texts.say('english.choosePolicies'))];
    case 'question': {
      const { answered, canMatter: left } = view.progress;
      const fact = world.english.fact[view.fact] ?? specOf(room, view.fact).label;
      return [note(texts.say('english.question', { fact, answered, left }))];
    }
    case 'settled': {
      const items = view.verdicts.map((v) =>
        texts.say('english.city', {
          city: cityOf(room, policyOf(room, v.policy).meta.city),
          outcome: world.english.outcome[v.outcome] ?? v.outcome,
        }),
      );
      return [note(texts.say('english.outcome', { items: items.join(texts.say('english.join')) }))];
    }
  }
}

/** Buttons with the English beside the Chinese where there is one; what they send stays. */
export function englishButtons(room: Room, view: View | null, buttons: Suggestions): Suggestions {
  const names = namesOf(room, view);
  return buttons.map(({ label, send }) => {
    const english = names.get(send);
    const both = () => room.texts.say('english.label', { chinese: label, english: english! });
    return { label: english === undefined ? label : both(), send };
  });
}

/** English of what the buttons of a view send. */
function namesOf(room: Room, view: View | null): Map<string, string> {
  const { texts, world } = room;
  const out = new Map<string, string>();
  for (const key of Object.keys(texts.map('english.buttons')))
    out.set(texts.say(`say.buttons.${key}`), texts.say(`english.buttons.${key}`));
  out.set(texts.say('say.all'), texts.say('english.all'));
  if (view?.kind === 'choose-subject')
    for (const s of view.choices) out.set(texts.say(`say.subjectShort.${s}`), world.english.subject[s] ?? s);
  if (view?.kind === 'choose-policies')
    for (const c of view.choices) out.set(c.cityName, cityOf(room, policyOf(room, c.policy).meta.city));
  if (view?.kind === 'question') addValues(room, specOf(room, view.fact), out);
  return out;
}

function addValues(room: Room, spec: FactSpec, out: Map<string, string>): void {
  const { texts, world } = room;
  const values = texts.map('english.values');
  for (const { id, label } of spec.values) out.set(label, world.english.city[id] ?? values[id] ?? id);
  const answers = spec.type === 'boolean' ? answersOf(room, spec) : [];
  answers.forEach((answer, i) => {
    out.set(answer, texts.say(i === 0 ? 'english.yes' : 'english.no'));
  });
  if (spec.type === 'date') out.set(world.wording.say('say.never'), texts.say('english.never'));
}

const cityOf = ({ world }: Room, id: string): string => world.english.city[id] ?? id;
