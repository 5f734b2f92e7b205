import { sequentialize } from '@grammyjs/runner';
import { type Bot, type Context, GrammyError, InlineKeyboard } from 'grammy';
import type { Message as TelegramMessage } from 'grammy/types';
import type { Answer } from '../../assistant/types.js';
import { InputError } from '../../errors.js';
import type { Say } from '../locale.js';
import type { Logger } from '../log.js';
import { type Message, renderNotice, renderTelegram } from '../render.js';
import type { Desk } from '../types.js';
import { questionFor } from './addressed.js';
import type { ConversationStore } from './conversations.js';
import { MAX_LENGTH } from './pack.js';
import { sourcesText } from './sources.js';

/** Counts what happened, for /metrics. */
export interface Observer {
  answered(channel: string, answer: Answer): void;
  failed(channel: string): void;
}

export interface Parts {
  desk: Desk;
  say: Say;
  log: Logger;
  conversations: ConversationStore;
  observer: Observer | null;
}

/** Commands in the order of Telegram's menu; their descriptions are texts of the locale. */
export const COMMANDS = ['start', 'ask', 'help', 'sources'] as const;

/** A button's data: the question it asks. Telegram takes 64 bytes. */
const ASK = 'q:';
const TYPING_EVERY_MS = 4500;

/** Puts the conversation onto the bot. One chat's messages are handled in order, chats side by side. */
export function addHandlers(bot: Bot, parts: Parts): void {
  const { desk, say } = parts;
  bot.use(sequentialize((ctx) => ctx.chat?.id.toString()));
  bot.command('start', (ctx) => notice(ctx, say('telegram.start')));
  bot.command('help', (ctx) => notice(ctx, say('telegram.help')));
  bot.command('sources', (ctx) => notice(ctx, sourcesText(desk, say)));
  bot.command('ask', (ctx) => answer(ctx, ctx.match, parts));
  bot.on('callback_query', async (ctx) => {
    const { data } = ctx.callbackQuery;
    const asked = ctx.chat && data?.startsWith(ASK) ? data.slice(ASK.length) : null;
    const told = asked === null ? { text: say('telegram.stale') } : {};
    await ctx.answerCallbackQuery(told).catch(() => undefined);
    if (asked !== null) await answer(ctx, asked, parts);
  });
  bot.on(['message', 'edited_message'], (ctx) => onMessage(ctx, ctx.msg as TelegramMessage, parts));
}

async function onMessage(ctx: Context, message: TelegramMessage, parts: Parts): Promise<void> {
  const { say } = parts;
  const alone = message.chat.type === 'private';
  if (message.text === undefined) {
    if (alone && isContent(message)) await notice(ctx, say('telegram.notText'));
    return;
  }
  if (alone && /^\/\w+(@\w+)?(\s|$)/.test(message.text)) {
    await notice(ctx, say('telegram.unknownCommand'));
    return;
  }
  const question = questionFor(message, ctx.me);
  if (question !== null) await answer(ctx, question, parts);
}

/** Answers a question in the chat it came from and remembers both. A fault of ours is told, counted and logged. */
async function answer(
  ctx: Context,
  asked: string,
  { desk, say, log, conversations, observer }: Parts,
): Promise<void> {
  const question = asked.replace(/^[\s\u200b-\u200d\ufeff]+|[\s\u200b-\u200d\ufeff]+$/g, '');
  if (question === '') return notice(ctx, say('telegram.empty'));
  if (question.length > MAX_LENGTH) {
    return notice(ctx, say('telegram.tooLong', { length: question.length, limit: MAX_LENGTH }));
  }
  const key = conversationKey(ctx);
  const stopTyping = typing(ctx);
  let given: Answer;
  try {
    given = await desk.assistant.ask({ question, history: await conversations.history(key) });
  } catch (error) {
    if (error instanceof InputError) return notice(ctx, `${error.message}\n${error.accepted}`);
    observer?.failed('telegram');
    log.error({ err: error, update: ctx.update.update_id }, 'Telegram: a question could not be answered');
    return notice(ctx, say('telegram.failed'));
  } finally {
    stopTyping();
  }
  const titles = new Map(desk.policies().map((policy) => [policy.id, policy.title]));
  const messages = renderTelegram(given, say, (policy) => titles.get(policy) ?? policy);
  await conversations.append(key, [
    { role: 'user', text: question },
    { role: 'assistant', text: given.text },
  ]);
  await send(ctx, messages, keyboard(given));
  observer?.answered('telegram', given);
}

const notice = (ctx: Context, text: string): Promise<void> => send(ctx, renderNotice(text));

/** Sends in order. In groups the first message replies to the question; the last one carries the buttons. */
async function send(ctx: Context, messages: readonly Message[], buttons?: InlineKeyboard): Promise<void> {
  const { msg } = ctx;
  const thread = msg?.is_topic_message ? { message_thread_id: msg.message_thread_id } : {};
  for (const [i, message] of messages.entries()) {
    const reply =
      i === 0 && msg && ctx.chat?.type !== 'private'
        ? { reply_parameters: { message_id: msg.message_id, allow_sending_without_reply: true } }
        : {};
    const markup = i === messages.length - 1 && buttons ? { reply_markup: buttons } : {};
    const options = { ...thread, ...reply, ...markup, link_preview_options: { is_disabled: true } };
    try {
      await ctx.api.sendMessage(ctx.chat!.id, message.html, { ...options, parse_mode: 'HTML' });
    } catch (error) {
      const unreadable =
        error instanceof GrammyError && error.error_code === 400 && /parse entities/i.test(error.description);
      if (!unreadable) throw error;
      await ctx.api.sendMessage(ctx.chat!.id, message.text, options);
    }
  }
}

/** One button a suggestion that fits into what Telegram carries with a button. */
function keyboard({ suggestions }: Answer): InlineKeyboard | undefined {
  const fitting = suggestions.filter(({ send }) => Buffer.byteLength(ASK + send) <= 64);
  if (fitting.length === 0) return undefined;
  return fitting.reduce((rows, { label, send }) => rows.text(label, ASK + send).row(), new InlineKeyboard());
}

/** Shows “typing” until the returned function is called. */
function typing(ctx: Context): () => void {
  const thread = ctx.msg?.is_topic_message ? { message_thread_id: ctx.msg.message_thread_id } : {};
  const show = () => void ctx.api.sendChatAction(ctx.chat!.id, 'typing', thread).catch(() => undefined);
  show();
  const timer = setInterval(show, TYPING_EVERY_MS);
  return () => clearInterval(timer);
}

/** In a group each person in each thread has a conversation of their own, so that nobody's figures reach another's answer. */
function conversationKey(ctx: Context): string {
  if (ctx.chat?.type === 'private') return `${ctx.chat.id}`;
  return `${ctx.chat?.id}/${ctx.msg?.message_thread_id ?? 0}/${ctx.from?.id ?? 0}`;
}

/** Passes over an update that Telegram delivers again. */
export function once(kept = 10_000) {
  const seen = new Set<number>();
  return async (ctx: Context, next: () => Promise<void>): Promise<void> => {
    const id = ctx.update.update_id;
    if (seen.has(id)) return;
    seen.add(id);
    for (const oldest of seen) {
      if (seen.size <= kept) break;
      seen.delete(oldest);
    }
    await next();
  };
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
] as const;
const OTHER_CONTENT = ['location', 'venue', 'contact', 'poll', 'dice', 'story'] as const;

/** Whether a person sent it, unlike “pinned a message” and other news of the chat. */
function isContent(message: TelegramMessage): boolean {
  return [...CONTENT, ...OTHER_CONTENT].some((kind) => kind in message);
}
