import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  type Event,
  Interview,
  type InterviewState,
  loadWords,
  type Step,
  type Words,
} from '../interview/index.js';
import { todayIso } from '../quantity/index.js';
import { Evidence } from './evidence.js';
import { eventBlocks } from './guided/events.js';
import { questionBlocks, questionButtons } from './guided/question.js';
import { resultBlocks, resultButtons, summary } from './guided/result.js';
import { listed, note, para, policyOf, type Room, specOf, statusNotes, toldItems } from './guided/room.js';
import { Texts } from './guided/texts.js';
import type { Interviewer, InterviewReply, InterviewRequest, ReportFile } from './guided/types.js';
import { nameOf } from './guided/values.js';
import { renderText } from './text.js';
import type { Answer, AskOptions, AskRequest, Assistant, Block, Trace } from './types.js';
import type { World } from './world.js';

export type { InterviewState } from '../interview/types.js';
export type { Interviewer, InterviewReply, InterviewRequest, ReportFile } from './guided/types.js';

/** The file of the interview's words in a knowledge folder. */
const WORDING = 'wording-interview.yaml';

/**
 * The interviewer over a loaded world. Questions of policy in the middle are answered by `assistant`; verdicts and figures
 * are the rules' own, with or without a model.
 * @param dir the knowledge folder that `world` was loaded from
 * @throws DataError when wording-interview.yaml is faulty
 */
export function createInterviewer(
  world: World,
  assistant: Assistant,
  dir: string,
): Interviewer & {
  /** Whether a message outside an interview asks for one (“评估一下”, “/check”). */
  begins(message: string): boolean;
} {
  const file = join(dir, WORDING);
  const words = loadWords(file);
  return new GuidedInterviewer(
    { world, texts: new Texts(file, world.topics) },
    new Interview({ ...world, words }),
    assistant,
    words,
  );
}

/** What the assistant said to a question in the middle. */
interface Aside {
  answer: Answer;
  trace: Trace | null;
  /** “如果……”: it is about something that is not so. */
  supposed: boolean;
}

class GuidedInterviewer implements Interviewer {
  constructor(
    private readonly room: Room,
    private readonly interview: Interview,
    private readonly assistant: Assistant,
    private readonly words: Words,
  ) {}

  begins(message: string): boolean {
    return this.words.is('begin', message.trim());
  }

  async start(request: InterviewRequest): Promise<InterviewReply> {
    const step = this.interview.start(request);
    const intro = [para(this.room.texts.say('say.intro'))];
    const known = toldItems(this.room, step.state!.facts);
    if (known.length > 0)
      intro.push(para(this.room.texts.say('say.kept', { items: listed(this.room, known) })));
    return this.#reply('', step, this.#day(step, request.asOf), { intro });
  }

  async reply(
    state: InterviewState,
    message: string,
    asOf?: string,
    options: Pick<AskOptions, 'signal'> = {},
  ): Promise<InterviewReply> {
    const before = this.interview.show(state, asOf);
    const step = this.interview.reply(state, message, asOf);
    const day = this.#day(step.state ? step : before, asOf);
    const elsewhere = step.events.find((e) => e.kind === 'elsewhere');
    const aside =
      elsewhere === undefined ? null : await this.#elsewhere(elsewhere.question, step, day, options);
    return this.#reply(message, step, day, { before, aside });
  }

  async resume(state: InterviewState, asOf?: string): Promise<InterviewReply> {
    const step = this.interview.show(state, asOf);
    return this.#reply('', step, this.#day(step, asOf), {});
  }

  async report(state: InterviewState, asOf?: string): Promise<ReportFile> {
    const { reportOf } = await import('./report/index.js');
    const step = this.interview.show(state, asOf);
    const day = this.#day(step, asOf);
    return reportOf(this.room, step.state!, this.interview.verdicts(step.state!, day), day);
  }

  #day(step: Step, asOf: string | undefined): string {
    return asOf ?? step.state?.asOf ?? todayIso();
  }

  /** A question of policy is the assistant's; about the one document in hand when it names no city. */
  async #elsewhere(
    question: string,
    step: Step,
    asOf: string,
    options: Pick<AskOptions, 'signal'>,
  ): Promise<Aside> {
    const policies = step.state?.policies ?? [];
    const named = this.room.world.book.find(question).length > 0;
    const policy = policies.length === 1 && !named ? policies[0] : undefined;
    const supposed = this.words.is('whatIf', question);
    const known = step.state && supposed ? this.#known(step.state) : null;
    let trace: Trace | null = null;
    const answer = await this.assistant.ask(
      { question, asOf, ...(policy === undefined ? {} : { policy }), ...(known ? { known } : {}) },
      {
        ...options,
        onTrace: (told) => {
          trace = told;
        },
      },
    );
    return { answer, trace, supposed };
  }

  /** “如果营收有三亿” is about what was told in the interview. */
  #known({ facts, policies, subject }: InterviewState): NonNullable<AskRequest['known']> {
    const cities = policies.map((id) => policyOf(this.room, id).meta.city);
    return { facts, cities, ...(subject === null ? {} : { subject }) };
  }

  #reply(
    message: string,
    step: Step,
    asOf: string,
    extra: { intro?: Block[]; before?: Step; aside?: Aside | null },
  ): InterviewReply {
    const { room } = this;
    const { state, view, events } = step;
    const evidence = new Evidence();
    const aside = extra.aside?.answer;
    // The aside's marks keep their numbers: its citations come first.
    evidence.citations.push(...(aside?.citations ?? []));
    const blocks: Block[] = [
      ...(extra.intro ?? []),
      ...this.#asideBlocks(extra.aside ?? null),
      ...eventBlocks(room, events, state),
      ...this.#statuses(events, step, asOf),
      ...this.#newlySettled(step, extra.before),
      ...this.#summary(step),
    ];
    let suggestions: Answer['suggestions'] = [];
    let next: Answer['next'] = null;
    if (state === null || view === null) {
      suggestions = [];
    } else if (view.kind === 'choose-subject') {
      blocks.push({ kind: 'lead', text: room.texts.say('say.chooseSubject'), cites: [] });
      suggestions = view.choices.map((s) => ({
        label: room.texts.say(`say.subject.${s}`),
        send: room.texts.say(`say.subjectShort.${s}`),
      }));
    } else if (view.kind === 'choose-policies') {
      blocks.push({ kind: 'lead', text: room.texts.say('say.choosePolicies'), cites: [] });
      suggestions = view.choices.map(({ cityName: city, status }) => ({
        label:
          status === 'in-force' || status === 'undated'
            ? city
            : room.texts.say('say.cityStatus', { city, status: room.world.wording.say(`status.${status}`) }),
        send: city,
      }));
      const all = room.texts.say('say.all');
      if (view.choices.length > 1) suggestions.push({ label: all, send: all });
    } else if (view.kind === 'question') {
      blocks.push(...questionBlocks(room, evidence, view, state, events));
      suggestions = questionButtons(room, view, state, events);
      next = { fact: view.fact, question: specOf(room, view.fact).question };
    } else {
      blocks.push(...resultBlocks(room, evidence, view, state, events));
      suggestions = resultButtons(room, view, state);
    }
    const judged = view !== null && 'verdicts' in view ? view.verdicts : [];
    const answer: Answer = {
      id: randomUUID(),
      question: message,
      asOf,
      intent: aside?.intent ?? 'eligibility',
      mode: aside?.mode ?? 'offline',
      answered: aside?.answered ?? true,
      text: renderText(blocks, evidence.citations, room.world.wording, (id) => {
        const { docNumber, title } = policyOf(room, id).meta;
        return docNumber ?? title;
      }),
      blocks,
      facts: state?.facts ?? {},
      verdicts: judged,
      citations: evidence.citations,
      next,
      suggestions,
    };
    return {
      state,
      answer,
      progress: view !== null && 'progress' in view ? { ...view.progress } : null,
      settled: view?.kind === 'settled',
      trace: {
        step: extra.aside?.trace ? `interview/${extra.aside.trace.step}` : 'interview',
        understood: {
          policies: state?.policies ?? [],
          intents: [...new Set(events.map((e) => e.kind))],
          facts: state?.facts ?? {},
        },
        tools: extra.aside?.trace?.tools ?? [],
        guard: extra.aside?.trace?.guard ?? [],
        interview: { before: extra.before?.state ?? null, events: [...events] },
        ...(extra.aside?.trace?.fault === undefined ? {} : { fault: extra.aside.trace.fault }),
      },
      ...(events.some((e) => e.kind === 'report') && judged.length > 0 ? { wants: 'report' as const } : {}),
    };
  }

  /** What the assistant said, but for what it would ask next: that is the interview's to ask. */
  #asideBlocks(aside: Aside | null): Block[] {
    if (aside === null) return [];
    const { blocks, next } = aside.answer;
    const asks = (b: Block) =>
      next !== null && 'text' in b && b.kind !== 'lead' && b.text.includes(next.question);
    const said = blocks.filter((b) => !asks(b));
    const { texts } = this.room;
    return aside.supposed
      ? [para(texts.say('say.supposed')), ...said, para(texts.say('say.supposedEnd'))]
      : said;
  }

  /** Documents not in force are introduced as that when they are chosen. */
  #statuses(events: readonly Event[], step: Step, asOf: string): Block[] {
    const chosen = events.flatMap((e) => (e.kind === 'policies' ? e.policies : []));
    return step.view?.kind === 'settled' ? [] : statusNotes(this.room, chosen, asOf);
  }

  /** What this answer settled of some cities while others stay open. */
  #newlySettled(step: Step, before: Step | undefined): Block[] {
    const { room } = this;
    if (step.view?.kind !== 'question' || before?.view?.kind !== 'question' || step.state!.full) return [];
    const earlier = before.view.settled;
    const fresh = step.view.settled.filter((id) => !earlier.includes(id));
    return step.view.verdicts
      .filter((v) => fresh.includes(v.policy))
      .map((v) => {
        const city = policyOf(room, v.policy).meta.cityName;
        const outcome = room.texts.say(`say.outcomeShort.${v.outcome}`);
        return note(room.texts.say('say.soFar', { city, outcome }));
      });
  }

  /** “小结”: the outcomes so far and everything told. */
  #summary(step: Step): Block[] {
    const { room } = this;
    if (!step.events.some((e) => e.kind === 'summary') || step.state === null) return [];
    const { facts, unsure } = step.state;
    const told = toldItems(room, facts);
    const blocks = [
      told.length > 0
        ? para(room.texts.say('say.told', { items: listed(room, told) }))
        : para(room.texts.say('say.toldNone')),
    ];
    if (unsure.length > 0)
      blocks.push(
        para(
          room.texts.say('say.unsureItems', {
            items: listed(
              room,
              unsure.map((id) => nameOf(specOf(room, id))),
            ),
          }),
        ),
      );
    if (step.view?.kind === 'question') blocks.push(para(summary(room, step.view.verdicts)));
    return blocks;
  }
}
