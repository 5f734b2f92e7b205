import type { Message, UserFromGetMe } from 'grammy/types';

/**
 * The question of a message that is meant for the bot, without the mention; null when it is not.
 * In a private chat every message is meant for it; in a group a mention of it or a reply to it is. A bare mention in a
 * reply to someone means the message replied to.
 */
export function questionFor(message: Message, me: UserFromGetMe): string | null {
  const text = message.text ?? message.caption ?? '';
  if (message.chat.type === 'private') return text;
  const mentions = (message.entities ?? message.caption_entities ?? []).filter((entity) => {
    if (entity.type === 'text_mention') return entity.user.id === me.id;
    const said = text.slice(entity.offset, entity.offset + entity.length);
    return entity.type === 'mention' && said.toLowerCase() === `@${me.username.toLowerCase()}`;
  });
  const replied = message.reply_to_message;
  if (mentions.length === 0 && replied?.from?.id !== me.id) return null;
  let question = text;
  for (const { offset, length } of mentions.reverse())
    question = question.slice(0, offset) + question.slice(offset + length);
  question = question.trim();
  return question === '' && replied?.from?.id !== me.id ? (replied?.text ?? '') : question;
}
