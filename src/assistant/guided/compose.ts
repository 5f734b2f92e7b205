import { randomUUID } from 'node:crypto';
import type { Event, Step, View } from '../../interview/index.js';
import { Evidence } from '../evidence.js';
import { renderText } from '../text.js';
import type { Answer, Block, Trace } from '../types.js';
import { englishButtons, englishNote } from './english.js';
import { eventBlocks } from './events.js';
import { outcomesText, settledNote } from './outcome.js';
import { questionBlocks, questionButtons } from './question.js';
import { resultBlocks, resultButtons } from './result.js';
import { listed, para, policyOf, type Room, specOf, statusNotes, toldItems } from './room.js';
import type { InterviewReply, Reading } from './types.js';
import { nameOf } from './values.js';

/** What the assistant said to a question in the middle. */
export interface Aside {
  answer: Answer;
  trace: Trace | null;
  /** “如果……”: it is about something that is not so. */
  supposed: boolean;
}

/** What came of a message, and what goes with it. */
export interface Told {
  message: string;
  step: Step;
  /** YYYY-MM-DD */
  asOf: string;
  /** Said first, when an interview begins. */
  intro?: Block[];
  /** Where the interview stood before. */
  before?: Step;
  aside?: Aside | null;
  language?: Reading;
}

/** The reply to a message: what it did, what it settled, then the question, the choice or the outcome with its buttons. */
export function composeReply(room: Room, told: Told): InterviewReply {
  const { message, step, asOf, intro = [], before, aside = null } = told;
  const { state, view, events } = step;
  const evidence = new Evidence();
  // The aside's marks keep their numbers: its citations come first.
  evidence.citations.push(...(aside?.answer.citations ?? []));
  const shown = viewOf(room, evidence, told);
  const blocks: Block[] = [
    ...intro,
    ...asideBlocks(room, aside),
    ...eventBlocks(room, events, state),
    ...statuses(room, step, asOf),
    ...newlySettled(room, evidence, step, before),
    ...summaryBlocks(room, step),
    ...shown.blocks(),
    ...(told.language === 'en' ? englishNote(room, state, view) : []),
  ];
  const judged = view !== null && 'verdicts' in view ? view.verdicts : [];
  const answer: Answer = {
    id: randomUUID(),
    question: message,
    asOf,
    intent: aside?.answer.intent ?? 'eligibility',
    mode: aside?.answer.mode ?? 'offline',
    answered: aside?.answer.answered ?? true,
    text: renderText(blocks, evidence.citations, room.world.wording, (id) => {
      const { docNumber, title } = policyOf(room, id).meta;
      return docNumber ?? title;
    }),
    blocks,
    facts: state?.facts ?? {},
    verdicts: judged,
    citations: evidence.citations,
    next: view?.kind === 'question' ? { fact: view.fact, question: specOf(room, view.fact).question } : null,
    suggestions: told.language === 'en' ? englishButtons(room, view, shown.suggestions) : shown.suggestions,
  };
  return {
    state,
    answer,
    progress: view !== null && 'progress' in view ? { ...view.progress } : null,
    settled: view?.kind === 'settled',
    trace: traceOf(told),
    ...(events.some((e) => e.kind === 'report') && judged.length > 0 ? { wants: 'report' as const } : {}),
  };
}

/** What is shown now; its blocks are made last, for the marks to be numbered in reading order. */
function viewOf(
  room: Room,
  evidence: Evidence,
  { step: { state, view, events }, before }: Told,
): { blocks: () => Block[]; suggestions: Answer['suggestions'] } {
  const { texts } = room;
  const lead = (key: string) => (): Block[] => [{ kind: 'lead', text: texts.say(key), cites: [] }];
  if (state === null || view === null) return { blocks: () => [], suggestions: [] };
  switch (view.kind) {
    case 'choose-subject':
      return {
        blocks: lead('say.chooseSubject'),
        suggestions: view.choices.map((s) => ({
          label: texts.say(`say.subject.${s}`),
          send: texts.say(`say.subjectShort.${s}`),
        })),
      };
    case 'choose-policies':
      return { blocks: lead('say.choosePolicies'), suggestions: cityButtons(room, view) };
    case 'question':
      return {
        blocks: () => questionBlocks(room, evidence, view, state, events),
        suggestions: questionButtons(room, view, state, events),
      };
    case 'settled':
      return {
        blocks: () => resultBlocks(room, evidence, view, state, events, before?.view ?? null),
        suggestions: resultButtons(room, view, state),
      };
  }
}

function cityButtons(
  { texts, world }: Room,
  { choices }: Extract<View, { kind: 'choose-policies' }>,
): Answer['suggestions'] {
  const plain = (status: string) => status === 'in-force' || status === 'undated';
  const buttons = choices.map(({ cityName: city, status }) => ({
    label: plain(status)
      ? city
      : texts.say('say.cityStatus', { city, status: world.wording.say(`status.${status}`) }),
    send: city,
  }));
  const all = texts.say('say.all');
  return choices.length > 1 ? [...buttons, { label: all, send: all }] : buttons;
}

/** What the assistant said, but for what it would ask next: that is the interview's to ask. */
function asideBlocks({ texts }: Room, aside: Aside | null): Block[] {
  if (aside === null) return [];
  const { blocks, next } = aside.answer;
  const asks = (b: Block) =>
    next !== null && 'text' in b && b.kind !== 'lead' && b.text.includes(next.question);
  const said = blocks.filter((b) => !asks(b));
  return aside.supposed
    ? [para(texts.say('say.supposed')), ...said, para(texts.say('say.supposedEnd'))]
    : said;
}

/** Documents not in force are introduced as that when they are chosen. */
function statuses(room: Room, { events, view }: Step, asOf: string): Block[] {
  const chosen = events.flatMap((e) => (e.kind === 'policies' ? e.policies : []));
  return view?.kind === 'settled' ? [] : statusNotes(room, chosen, asOf);
}

/** What is settled of some cities while others stay open, and was not before: by this answer, or by what was known. */
function newlySettled(room: Room, evidence: Evidence, step: Step, before: Step | undefined): Block[] {
  if (step.view?.kind !== 'question' || step.state!.full) return [];
  const { settled, verdicts } = step.view;
  const earlier = before?.view?.kind === 'question' ? before.view : null;
  const told = new Map(
    earlier?.verdicts.filter((v) => earlier.settled.includes(v.policy)).map((v) => [v.policy, v.outcome]),
  );
  return verdicts
    .filter((v) => settled.includes(v.policy) && told.get(v.policy) !== v.outcome)
    .map((v) => settledNote(room, evidence, v));
}

/** “小结”: the outcomes so far and everything told. */
function summaryBlocks(room: Room, { events, state, view }: Step): Block[] {
  const { texts } = room;
  if (!events.some((e) => e.kind === 'summary') || state === null) return [];
  const told = toldItems(room, state.facts);
  const blocks = [
    para(told.length > 0 ? texts.say('say.told', { items: listed(room, told) }) : texts.say('say.toldNone')),
  ];
  if (state.unsure.length > 0) {
    const names = state.unsure.map((id) => nameOf(specOf(room, id)));
    blocks.push(para(texts.say('say.unsureItems', { items: listed(room, names) })));
  }
  if (view?.kind === 'question') blocks.push(para(outcomesText(room, view.verdicts, 'say.resultSummary')));
  return blocks;
}

function traceOf({ step: { state, events }, before, aside }: Told): Trace {
  const trace = aside?.trace ?? null;
  const kinds = events.map((e: Event) => e.kind);
  return {
    step: trace ? `interview/${trace.step}` : 'interview',
    understood: {
      policies: state?.policies ?? [],
      intents: [...new Set(kinds)],
      facts: state?.facts ?? {},
    },
    tools: trace?.tools ?? [],
    guard: trace?.guard ?? [],
    interview: { before: before?.state ?? null, events: [...events] },
    ...(trace?.fault === undefined ? {} : { fault: trace.fault }),
  };
}
