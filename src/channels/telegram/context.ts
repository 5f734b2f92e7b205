import type { Context } from 'grammy';
import type { Place, Work } from './work.js';

/** grammY's context with what the update leads to. */
export type Ctx = Context & { work: Work };

/** Where an update came from; null for those without a chat and a person. */
export function placeOf(ctx: Context): Place | null {
  const { chat, from } = ctx;
  if (!chat || !from || chat.type === 'channel') return null;
  const message = ctx.msg;
  const thread = message?.is_topic_message ? message.message_thread_id : undefined;
  const alone = chat.type === 'private';
  return {
    // In a group each person in each thread has a state of their own, so that nobody's figures reach another's answer.
    key:
      alone && thread === undefined ? `telegram:${chat.id}` : `telegram:${chat.id}/${thread ?? 0}/${from.id}`,
    chat: chat.id,
    ...(thread === undefined ? {} : { thread }),
    ...(message === undefined ? {} : { message: message.message_id }),
    alone,
  };
}
