import type { Context } from 'grammy';
import type { Update } from 'grammy/types';
import type { Place, Work } from './work.js';

/** grammY's context with what the update leads to. */
export type Ctx = Context & { work: Work };

/** Where an update came from; null for those without a chat and a person. */
export function placeOf(update: Update): Place | null {
  const press = update.callback_query;
  const message = update.message ?? update.edited_message ?? press?.message;
  const from = press?.from ?? update.message?.from ?? update.edited_message?.from;
  if (!message || !from || message.chat.type === 'channel') return null;
  const { chat } = message;
  const inTopic = 'is_topic_message' in message && message.is_topic_message === true;
  const thread = inTopic ? message.message_thread_id : undefined;
  const alone = chat.type === 'private';
  return {
    // In a group each person in each thread has a state of their own, so that nobody's figures reach another's answer.
    key:
      alone && thread === undefined ? `telegram:${chat.id}` : `telegram:${chat.id}:${thread ?? 0}:${from.id}`,
    chat: chat.id,
    ...(thread === undefined ? {} : { thread }),
    message: message.message_id,
    alone,
  };
}
