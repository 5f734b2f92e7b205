import type { Message } from 'grammy/types';
import type { Answer, AskRequest, Trace } from '../../assistant/types.js';
import { questionFor } from './addressed.js';
import type { Ctx } from './context.js';
import { Draft } from './draft.js';
import { originalText } from './original.js';
import type { Parts } from './parts.js';
import { toPrivate } from './private.js';
import { readable, tellFault, trimmed, typing } from './replying.js';
import { type ChatState, type Exchange, markOf, turnsOf } from './state.js';
import { answerStep, startInterview } from './steps.js';

/** A message that is no command: an answer in an interview, a reply to an answer of before, or a question. */
export async function onMessage(ctx: Ctx, parts: Parts): Promise<void> {
  const { work } = ctx;
  const message = ctx.msg as Message;
  const { alone } = work.place;
  if (message.new_chat_members?.some(({ id }) => id === ctx.me.id))
    return work.notice(work.say('telegram.groupHello', { bot: ctx.me.username }));
  if (message.text === undefined && !message.caption) {
    // Of an album only the picture with words is answered.
    const album = message.media_group_id !== undefined;
    if (alone && !album && isContent(message)) work.notice(work.say('telegram.notText'));
    return;
  }
  const said = questionFor(message, ctx.me);
  if (said === null) return;
  const text = trimmed(said.replace(/^[/／]/, ''));
  if (message.text === undefined) work.remark(work.say('telegram.captionOnly'));
  const earlier = ctx.editedMessage && editedOf(work.state, message.message_id);
  if (earlier) return onEdit(ctx, parts, earlier, text);
  const replied = message.reply_to_message;
  if (replied?.from?.id === ctx.me.id && replied.text !== undefined) {
    if (isOriginal(text, ctx)) return originalText(work, parts, replied.text);
    const to = exchangeShownIn(work.state, replied.text);
    if (to && !(work.state.interview && to.step)) return ask(ctx, parts, text, { upTo: to.n });
  }
  if (alone && work.state.interview && !ctx.editedMessage) return answerStep(ctx, parts, text);
  const opening = parts.desk.interviewer?.opening?.(text) ?? null;
  if (opening !== null && !ctx.editedMessage)
    return alone ? startInterview(ctx, parts, opening) : toPrivate(ctx, 'check');
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

const editedOf = (state: ChatState, message: number): Exchange | undefined =>
  state.exchanges.find((exchange) => exchange.message === message);

function exchangeShownIn(state: ChatState, text: string): Exchange | undefined {
  const mark = markOf(text);
  return state.exchanges.findLast((exchange) => exchange.marks.includes(mark));
}

function isOriginal(text: string, { work }: Ctx): boolean {
  const words = work.say('telegram.original.words').split('|');
  return words.includes(text.replace(/(?<![\s。.？?！!])[\s。.？?！!]+$/u, '').toLowerCase());
}

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
