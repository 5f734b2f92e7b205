import type { InterviewState } from '../../interview/index.js';
import type { Subject } from '../../rules/index.js';
import type { Answer, AskOptions, Trace } from '../types.js';

/** How a guided interview begins. Everything that is given is not asked again. */
export interface InterviewRequest {
  /** Whom it is about: `lead` (may this unit lead), `member`, `consortium`, `talent-consortium`. Asked for when absent. */
  subject?: Subject;
  /** Policy ids to be judged, one or several. Asked for when absent or empty. */
  policies?: string[];
  /** What is known already (of the conversation before), in the contract's notation. */
  facts?: Record<string, unknown>;
  /** YYYY-MM-DD; the day of each reply when absent. */
  asOf?: string;
  /** `en`: a line and buttons in English beside the Chinese. */
  language?: Reading;
}

/** What the user reads besides Chinese. */
export type Reading = 'en' | 'zh';

/** What a channel shows and stores after each message. */
export interface InterviewReply {
  /** Plain JSON, to be stored before the reply is sent and given back with the next message. null: the user left. */
  state: InterviewState | null;
  /**
   * What to show: blocks, citations and verdicts as in every answer. `suggestions` are the buttons: `label` is shown and
   * `send` is given back as the next message. `next` is the question being asked; null when none is.
   */
  answer: Answer;
  /** Questions answered and facts that can still matter (an upper limit, honest); null before the questions begin. */
  progress: { answered: number; canMatter: number } | null;
  /** True while no answer can change an outcome any more. The user may go on for the full picture, correct, or leave. */
  settled: boolean;
  /** How the answer came about: from the state before and the message it can be given again. */
  trace?: Trace;
  /** Set when the user asked for something that the channel must do: send the report as a file. */
  wants?: 'report';
}

/** A file to keep. */
export interface ReportFile {
  /** Without a path, safe on every system. */
  filename: string;
  mime: string;
  bytes: Uint8Array;
  /** The outcomes in a few words, for a caption. */
  summary?: string;
}

/**
 * The one door of the guided interview: every channel goes through it. It keeps nothing between calls; the state is the
 * caller's to keep. The same state and message give the same reply (ids aside).
 */
export interface Interviewer {
  /**
   * Begins. @throws InputError for an unknown subject, policy or fact, a bad value, an impossible date; it names what would
   * be accepted.
   */
  start(request: InterviewRequest): Promise<InterviewReply>;
  /**
   * One message of the user, in free words or a button's `send`. Never throws for what a user can say.
   * @param state as a reply gave it, of this or an older version
   * @param asOf YYYY-MM-DD; the state's own day, else today, when absent
   * @param options as for a question: an answer of a language model in the middle can be broken off
   * @throws InputError when the state is not one of an interview (the channel should start anew), or the date is impossible
   */
  reply(
    state: InterviewState,
    message: string,
    asOf?: string,
    options?: Pick<AskOptions, 'signal'> & { language?: Reading },
  ): Promise<InterviewReply>;
  /**
   * Whether a message outside an interview asks to be led through the conditions (“评估一下”, “…，帮我一步步核对”), and what else it says.
   * @returns the words to begin with (`''` where nothing else was said); null when it asks for none
   */
  opening?(message: string): string | null;
  /**
   * What is to be shown now, without a message: to resume after a restart, or after the chat spoke of other things.
   * @throws InputError as `reply`
   */
  resume(state: InterviewState, asOf?: string): Promise<InterviewReply>;
  /**
   * The result as a printable PDF with Chinese fonts embedded, as complete as the interview is so far.
   * @throws InputError when no subject and city are chosen yet, or the state is none
   */
  report(state: InterviewState, asOf?: string): Promise<ReportFile>;
}
