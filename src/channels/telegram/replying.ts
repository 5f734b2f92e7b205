import { InputError } from '../../errors.js';
import type { Ctx } from './context.js';
import { MAX_LENGTH } from './pack.js';
import type { Parts } from './parts.js';

/** Whether a text can be read as a question; where not, the person is told what would be. */
export function readable(ctx: Ctx, text: string): boolean {
  const { work } = ctx;
  if (text === '') work.notice(work.say('telegram.empty'));
  else if (text.length > MAX_LENGTH)
    work.notice(work.say('telegram.tooLong', { length: text.length, limit: MAX_LENGTH }));
  else return true;
  return false;
}

/** Tells of a fault: bad input by what would be accepted, one of ours with regret; it is logged and counted. */
export function tellFault(ctx: Ctx, { observer, log, stopping }: Parts, error: unknown): unknown {
  if (error instanceof InputError) return ctx.work.notice(`${error.message}\n${error.accepted}`);
  // What was broken off by the stop is left for the next process.
  if (stopping.aborted) throw error;
  observer?.failed('telegram');
  log.error({ err: error, update: ctx.update.update_id }, 'Telegram: a question could not be answered');
  return ctx.work.notice(ctx.work.say('telegram.failed'));
}

const TYPING_EVERY_MS = 4500;

/** Shows “typing” until the returned function is called. */
export function typing(ctx: Ctx): () => void {
  const { chat, thread } = ctx.work.place;
  const where = thread === undefined ? {} : { message_thread_id: thread };
  const show = () => void ctx.api.sendChatAction(chat, 'typing', where).catch(() => undefined);
  show();
  const timer = setInterval(show, TYPING_EVERY_MS);
  return () => clearInterval(timer);
}

/** Without blanks and invisible characters at the ends. */
export const trimmed = (text: string): string =>
  text.replace(/^[\s\u200b-\u200d\ufeff]+|(?<![\s\u200b-\u200d\ufeff])[\s\u200b-\u200d\ufeff]+$/g, '');
