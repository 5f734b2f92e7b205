import type { InterviewReply, InterviewState } from '../../src/assistant/interviewer.js';
import { loadLocale } from '../../src/channels/locale.js';
import { type BotOptions, createTelegramBot, type TelegramBot } from '../../src/channels/telegram/bot.js';
import type { Desk } from '../../src/channels/types.js';
import { InputError } from '../../src/errors.js';
import { BotApi, type Call, type Chat, ME } from './bot-api.js';
import { answerWith, FakeDesk } from './desk.js';
import { RecordedLog } from './log.js';

export const say = loadLocale();
export const group: Chat = { id: -500, type: 'supergroup', title: '群' };
/** How a mention of the bot stands in a message of a group. */
export const mention = `@${ME.username}`;
export const mentioned = (text: string) => ({
  entities: [{ type: 'mention', offset: text.indexOf('@'), length: mention.length }],
});

/** A desk with a city, a document file and an interview of three questions. */
export class TelegramDesk extends FakeDesk {
  override facts() {
    return [
      {
        id: 'city',
        values: [
          { id: 'somewhere', label: '某市' },
          { id: 'elsewhere', label: '别市' },
        ],
      },
    ] as never[];
  }

  source = (policy: string) => {
    if (policy !== 'p1') throw new InputError(`没有 ${policy}`, 'p1');
    return { filename: '某市管理办法.txt', bytes: Buffer.from('第一条 原文') };
  };

  readonly interviewer = new ThreeQuestions();
}

const QUESTIONS = ['一问', '二问', '三问'];

/** Three questions; “退出” leaves, “报告” asks for the report. Its state tells all that it heard. */
export class ThreeQuestions {
  readonly started: unknown[] = [];
  failReport = false;

  async start(request: { facts?: Record<string, unknown>; policies?: string[] }): Promise<InterviewReply> {
    this.started.push(request);
    return this.#show(this.#state([], request.policies ?? []));
  }

  async reply(state: InterviewState, message: string): Promise<InterviewReply> {
    if (state.version !== 2) throw new InputError('这不是核对的进度', '重新开始');
    if (message === '退出') return { ...this.#show(state), state: null };
    if (message === '报告') return { ...this.#show(state), wants: 'report' };
    return this.#show(this.#state([...state.trail, message], state.policies));
  }

  async resume(state: InterviewState): Promise<InterviewReply> {
    return this.#show(state);
  }

  async report(state: InterviewState) {
    if (this.failReport) throw new Error('no font');
    return { filename: '核对结果.pdf', mime: 'application/pdf', bytes: Buffer.from(`%PDF ${state.trail}`) };
  }

  #state(trail: string[], policies: string[]): InterviewState {
    return {
      version: 2,
      subject: 'lead',
      policies: policies.length > 0 ? policies : ['p1'],
      facts: {},
      unsure: [],
      skipped: [],
      again: [],
      asking: QUESTIONS[trail.length] ?? null,
      trail,
      full: false,
      asOf: null,
    };
  }

  #show(state: InterviewState): InterviewReply {
    const question = state.asking;
    const heard = state.trail.join('、');
    const answer = answerWith([{ kind: 'lead', text: `${question ?? '结果'}（${heard}）`, cites: [] }], {
      id: `i${state.trail.length}-${heard}`,
      citations: [],
      suggestions: question ? buttons(question) : [],
    });
    const progress = { answered: state.trail.length, canMatter: QUESTIONS.length - state.trail.length };
    return { state, answer, progress, settled: question === null };
  }
}

const buttons = (question: string) =>
  ['是', '否', '不清楚'].map((send) => ({ label: `${question}${send}`, send: `${question}答${send}` }));

/** A stand-in, a desk, and the bots that the test starts on them. */
export class Stage<D extends Desk = TelegramDesk> {
  readonly bots: TelegramBot[] = [];
  readonly recorded = new RecordedLog();

  private constructor(
    readonly api: BotApi,
    readonly desk: D,
  ) {}

  static async open(): Promise<Stage>;
  static async open<D extends Desk>(desk: D): Promise<Stage<D>>;
  static async open(desk: Desk = new TelegramDesk()): Promise<Stage<Desk>> {
    return new Stage(await new BotApi().start(), desk);
  }

  begin(options: Partial<BotOptions> = {}): TelegramBot {
    const bot = createTelegramBot(
      this.desk,
      { token: this.api.token, apiRoot: this.api.root, retryMs: 5, limits: null, flood: null, ...options },
      this.recorded.log,
    );
    this.bots.push(bot);
    bot.start();
    return bot;
  }

  /** Sends a message and waits for so many messages in answer. */
  async ask(text: string, chat?: Chat, more?: object, count = 1): Promise<Call> {
    const before = this.api.sent().length;
    this.api.say(text, chat, more as never);
    return (await this.api.untilSent(before + count)).at(-1)!;
  }

  /** Presses a button and waits for so many messages in answer. */
  async press(label: string, chat?: Chat, count = 1): Promise<Call> {
    const before = this.api.sent().length;
    this.api.press(label, chat);
    return (await this.api.untilSent(before + count)).at(-1)!;
  }

  async close(): Promise<void> {
    await Promise.all(this.bots.map((bot) => bot.stop(200)));
    await this.api.stop();
  }
}
