import { join } from 'node:path';
import { Interview, type InterviewState, loadWords, type Step, type Words } from '../interview/index.js';
import { todayIso } from '../quantity/index.js';
import { type Aside, composeReply } from './guided/compose.js';
import { listed, para, policyOf, type Room, toldItems } from './guided/room.js';
import { Texts } from './guided/texts.js';
import type { Interviewer, InterviewReply, InterviewRequest, Reading, ReportFile } from './guided/types.js';
import type { AskOptions, AskRequest, Assistant, Block, Trace } from './types.js';
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

  opening(message: string): string | null {
    const said = message.trim();
    if (this.begins(said)) return '';
    const within = this.words.pattern('beginWithin');
    if (!within.test(said) || this.words.is('beginNot', said)) return null;
    return said
      .replace(within, '')
      .replace(/^[\s，,、：:。！!；;]+|(?<![\s，,、：:。！!；;])[\s，,、：:。！!；;]+$/g, '');
  }

  async start(request: InterviewRequest): Promise<InterviewReply> {
    const step = this.interview.start(request);
    const intro: Block[] = [para(this.room.texts.say('say.intro'))];
    const known = toldItems(this.room, step.state!.facts);
    if (known.length > 0)
      intro.push(para(this.room.texts.say('say.kept', { items: listed(this.room, known) })));
    return composeReply(this.room, {
      message: '',
      step,
      asOf: this.#day(step, request.asOf),
      intro,
      language: request.language,
    });
  }

  async reply(
    state: InterviewState,
    message: string,
    asOf?: string,
    options: Pick<AskOptions, 'signal'> & { language?: Reading } = {},
  ): Promise<InterviewReply> {
    const before = this.interview.show(state, asOf);
    const step = this.interview.reply(state, message, asOf);
    const day = this.#day(step.state ? step : before, asOf);
    const elsewhere = step.events.find((e) => e.kind === 'elsewhere');
    const aside =
      elsewhere === undefined ? null : await this.#elsewhere(elsewhere.question, step, day, options);
    return composeReply(this.room, { message, step, asOf: day, before, aside, language: options.language });
  }

  async resume(state: InterviewState, asOf?: string): Promise<InterviewReply> {
    const step = this.interview.show(state, asOf);
    return composeReply(this.room, { message: '', step, asOf: this.#day(step, asOf) });
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
}
