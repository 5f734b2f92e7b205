import type { Message } from 'grammy/types';
import type { InterviewReply } from '../../assistant/interviewer.js';
import type { Answer, AskRequest, Trace } from '../../assistant/types.js';
import { InputError } from '../../errors.js';
import { questionFor } from './addressed.js';
import type { Ctx } from './context.js';
import { Draft } from './draft.js';
import { originalText } from './original.js';
import { MAX_LENGTH } from './pack.js';
import type { Parts } from './parts.js';
import { type ChatState, type Exchange, markOf, turnsOf } from './state.js';

/** A message that is no command: an answer in an interview, a reply to an answer of before, or a question. */
export async function onMessage(ctx: Ctx, parts: Parts): Promise<void> {
  const { work } = ctx;
  const message = ctx.msg as Message;
  const { alone } = work.place;
  if (message.text === undefined) {
    if (alone && isContent(message)) work.notice(work.say('telegram.notText'));
    return;
  }
  if (alone && /^\/\w+(@\w+)?(\s|$)/.test(message.text))
    return work.notice(work.say('telegram.unknownCommand'));
  const said = questionFor(message, ctx.me);
  if (said === null) return;
  const text = trimmed(said);
  const earlier = ctx.editedMessage && editedOf(work.state, message.message_id);
  if (earlier) return onEdit(ctx, parts, earlier, text);
  const replied = message.reply_to_message;
  if (replied?.from?.id === ctx.me.id && replied.text !== undefined) {
    if (isOriginal(text, ctx)) return originalText(work, parts, replied.text);
    const to = exchangeShownIn(work.state, replied.text);
    if (to && !(work.state.interview && to.step)) return ask(ctx, parts, text, { upTo: to.n });
  }
  if (alone && work.state.interview && !ctx.editedMessage) return answerStep(ctx, parts, text);
  return ask(ctx, parts, text, { reply: ctx.editedMessage !== undefined });
}

export interface AskHow {
  /** The exchange that the question follows; the last one when absent, none at 0. */
  upTo?: number;
  /** Reply to the message in a private chat too. */
  reply?: boolean;
}

/** Answers a question and remembers both. A fault of ours is told, counted and logged. */
export async function ask(ctx: Ctx, parts: Parts, asked: string, how: AskHow = {}): Promise<void> {
  const { work } = ctx;
  const question = trimmed(asked);
  if (!readable(ctx, question)) return;
  const history = how.upTo === 0 ? [] : turnsOf(work.state, cityName(work.state, parts), how.upTo);
  const done = typing(ctx);
  const draft = work.place.alone && !how.reply ? new Draft(ctx, parts) : null;
  const request: AskRequest = { question, history };
  const { signal, end } = parts.underWay.begin(work);
  let trace: Trace | null = null;
  try {
    const answer = await parts.desk.assistant.ask(request, {
      signal: AbortSignal.any([parts.stopping, signal]),
      onTrace: (told) => {
        trace = told;
      },
      ...(draft ? { onSentence: (sentence: string) => draft.add(sentence) } : {}),
    });
    show(ctx, request, answer, trace, { ...how, edit: await draft?.close() });
    parts.observer?.answered('telegram', answer);
  } catch (error) {
    await draft?.close();
    tellFault(ctx, parts, error);
  } finally {
    end();
    done();
  }
}

function show(
  ctx: Ctx,
  request: AskRequest,
  answer: Answer,
  trace: Trace | null,
  { reply, edit, upTo }: AskHow & { edit?: number },
): void {
  const { work } = ctx;
  // While an interview waits for its answer its own buttons are the ones to press.
  const choices = work.state.interview ? [] : answer.suggestions;
  work.answer(request, answer, trace, {
    message: work.place.message,
    ...(upTo === 0 ? { everywhere: true } : {}),
    ...(reply ? { reply } : {}),
    ...(edit === undefined ? {} : { edit }),
    ...(choices.length > 0 ? { buttons: { purpose: 'ask', choices } } : {}),
  });
}

/** Begins a guided interview with what is known of the chat; `words` are taken as its first message. */
export async function startInterview(ctx: Ctx, parts: Parts, words = ''): Promise<void> {
  const { work } = ctx;
  const done = typing(ctx);
  try {
    const { city, interview } = work.state;
    const facts = { ...work.state.facts, ...interview?.facts };
    const policies = parts.desk
      .policies()
      .filter((policy) => policy.city === city && policy.status !== 'informational')
      .map((policy) => policy.id);
    let reply = await parts.desk.interviewer!.start({
      ...(policies.length > 0 ? { policies } : {}),
      ...(Object.keys(facts).length > 0 ? { facts } : {}),
    });
    if (words !== '' && reply.state) reply = await parts.desk.interviewer!.reply(reply.state, words);
    showStep(ctx, parts, words, reply);
  } catch (error) {
    tellFault(ctx, parts, error);
  } finally {
    done();
  }
}

/** One answer in the interview, from a button or in free words. */
export async function answerStep(ctx: Ctx, parts: Parts, text: string, edited = false): Promise<void> {
  const { work } = ctx;
  if (!readable(ctx, text)) return;
  const done = typing(ctx);
  const state = edited ? work.state.before : work.state.interview;
  const { signal, end } = parts.underWay.begin(work);
  try {
    const reply = await parts.desk.interviewer!.reply(state!, text, undefined, {
      signal: AbortSignal.any([parts.stopping, signal]),
    });
    work.state = { ...work.state, before: state };
    showStep(ctx, parts, text, reply, edited);
  } catch (error) {
    // A state that cannot be read any more: the person starts anew instead of being stuck.
    if (error instanceof InputError)
      work.state = { ...work.state, interview: null, before: null, progress: null };
    tellFault(ctx, parts, error);
  } finally {
    end();
    done();
  }
}

function showStep(ctx: Ctx, parts: Parts, said: string, reply: InterviewReply, replyTo = false): void {
  const { work } = ctx;
  const { answer, state, progress, trace = null } = reply;
  work.state = { ...work.state, interview: state, progress };
  work.answer({ question: said, asOf: answer.asOf }, answer, trace, {
    step: true,
    message: work.place.message,
    ...(replyTo ? { reply: true } : {}),
    buttons: { purpose: state ? 'interview' : 'ask', choices: answer.suggestions },
  });
  // Who leaves is told that nothing is kept of it.
  if (state === null) {
    const exchanges = work.state.exchanges.filter(({ step }) => !step);
    work.state = { ...work.state, before: null, exchanges };
  }
  parts.observer?.answered('telegram', answer);
  if (reply.wants === 'report') sendReport(ctx);
}

/** Puts the report of the interview, as far as it is, among what is to be sent. */
export function sendReport(ctx: Ctx): unknown {
  const { work } = ctx;
  const state = work.state.interview;
  if (!state) return work.notice(work.say('telegram.report.none'));
  if (state.subject === null || state.policies.length === 0)
    return work.notice(work.say('telegram.report.early'));
  return work.file({
    kind: 'report',
    chat: work.place.chat,
    state,
    caption: work.say('telegram.report.caption'),
    failed: work.say('telegram.report.failed'),
  });
}

/** A message that was answered already and now says something else. */
async function onEdit(ctx: Ctx, parts: Parts, earlier: Exchange, text: string): Promise<void> {
  const { work } = ctx;
  if (text === earlier.question) return;
  if (earlier.step) {
    const last = work.state.exchanges.at(-1)?.n === earlier.n;
    if (last && work.state.before) return answerStep(ctx, parts, text, true);
    return work.notice(work.say('telegram.editedStep'), { reply: true });
  }
  const { exchanges } = work.state;
  work.state = { ...work.state, exchanges: exchanges.filter(({ n }) => n !== earlier.n) };
  return ask(ctx, parts, text, { upTo: earlier.n, reply: true });
}

/** The city that the chat remembers; what is said after it was set goes before it. */
const cityName = ({ city }: ChatState, { cities }: Parts): string | null =>
  cities.find(({ id }) => id === city)?.name ?? null;

function readable(ctx: Ctx, text: string): boolean {
  const { work } = ctx;
  if (text === '') work.notice(work.say('telegram.empty'));
  else if (text.length > MAX_LENGTH)
    work.notice(work.say('telegram.tooLong', { length: text.length, limit: MAX_LENGTH }));
  else return true;
  return false;
}

function tellFault(ctx: Ctx, { observer, log, stopping }: Parts, error: unknown): unknown {
  if (error instanceof InputError) return ctx.work.notice(`${error.message}\n${error.accepted}`);
  // What was broken off by the stop is left for the next process.
  if (stopping.aborted) throw error;
  observer?.failed('telegram');
  log.error({ err: error, update: ctx.update.update_id }, 'Telegram: a question could not be answered');
  return ctx.work.notice(ctx.work.say('telegram.failed'));
}

const editedOf = (state: ChatState, message: number): Exchange | undefined =>
  state.exchanges.find((exchange) => exchange.message === message);

function exchangeShownIn(state: ChatState, text: string): Exchange | undefined {
  const mark = markOf(text);
  return state.exchanges.findLast((exchange) => exchange.marks.includes(mark));
}

function isOriginal(text: string, { work }: Ctx): boolean {
  const words = work.say('telegram.original.words').split('|');
  return words.includes(text.replace(/[\s。.？?！!]+$/u, '').toLowerCase());
}

const TYPING_EVERY_MS = 4500;

/** Shows “typing” until the returned function is called. */
function typing(ctx: Ctx): () => void {
  const { chat, thread } = ctx.work.place;
  const where = thread === undefined ? {} : { message_thread_id: thread };
  const show = () => void ctx.api.sendChatAction(chat, 'typing', where).catch(() => undefined);
  show();
  const timer = setInterval(show, TYPING_EVERY_MS);
  return () => clearInterval(timer);
}

/** Without blanks and invisible characters at the ends. */
export const trimmed = (text: string): string =>
  text.replace(/^[\s\u200b-\u200d\ufeff]+|[\s\u200b-\u200d\ufeff]+$/g, '');

const CONTENT = [
  'photo',
  'video',
  'voice',
  'audio',
  'document',
  'sticker',
  'animation',
  'video_note',
  'location',
  'venue',
  'contact',
  'poll',
  'dice',
  'story',
] as const;

/** Whether a person sent it, unlike “pinned a message” and other news of the chat. */
function isContent(message: Message): boolean {
  return CONTENT.some((kind) => kind in message);
}
