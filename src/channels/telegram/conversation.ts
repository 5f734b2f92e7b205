import { Composer } from 'grammy';
import type { Say } from '../locale.js';
import { languageOf } from '../locale.js';
import { questionFor } from './addressed.js';
import { commandOf, nearest } from './command-line.js';
import { COMMANDS, runCommand } from './commands.js';
import { type Ctx, placeOf } from './context.js';
import type { Row } from './delivery.js';
import { onInlineQuery } from './inline.js';
import type { Parts } from './parts.js';
import { onPress } from './presses.js';
import { onMessage } from './talk.js';
import { Work } from './work.js';

/** What the bot hears of. */
export const UPDATES = ['message', 'edited_message', 'callback_query', 'inline_query'] as const;

const ATTEMPTS = 5;
const NAMES = Object.keys(COMMANDS);

/** The commands, presses and messages of a chat; they fill `ctx.work` and send nothing themselves. */
function handlers(parts: Parts): Composer<Ctx> {
  const composer = new Composer<Ctx>();
  composer.use(async (ctx, next) => {
    if (!isMeant(ctx) || heardOf(ctx, parts.flood) === 'heard') await next();
  });
  composer.on(['message:text', 'edited_message:text'], async (ctx, next) => {
    const { work, msg } = ctx;
    const line = commandOf(msg, ctx.me, NAMES, work.say);
    if (line === null) return next();
    if (line.name !== null) return void (await runCommand(line.name, ctx, parts, line.words));
    // Another bot of the group may know it.
    if (!work.place.alone && !line.named) return;
    const meant = nearest(line.written, NAMES);
    // A question after a slash is a question, and /back or /退出 an answer to the check.
    const spoken = !/^\w+$/.test(line.written) || (work.place.alone && work.state.interview !== null);
    if (meant === null && spoken) return next();
    work.notice(
      meant === null
        ? work.say('telegram.unknownCommand')
        : work.say('telegram.unknownCommandNear', { command: meant }),
    );
  });
  composer.on('callback_query', (ctx) => onPress(ctx, parts));
  composer.on(['message', 'edited_message'], (ctx) => onMessage(ctx, parts));
  return composer;
}

/** Whether the bot would answer: what people say to each other in a group is not counted. */
function isMeant(ctx: Ctx): boolean {
  if (ctx.work.place.alone || ctx.callbackQuery || ctx.entities('bot_command').length > 0) return true;
  return ctx.msg !== undefined && questionFor(ctx.msg, ctx.me) !== null;
}

/**
 * Counts a message of a person in a chat. The count is kept with the chat, so that it holds however many processes there are.
 * @returns `heard`, or that too many came: told once, then not heard until the time is over
 */
function heardOf({ work }: Ctx, flood: Parts['flood']): 'heard' | 'too many' {
  if (!flood) return 'heard';
  const now = Date.now();
  const { since, count } = work.state.heard ?? { since: now, count: 0 };
  const over = now - since >= flood.inMs;
  const heard = over ? { since: now, count: 1 } : { since, count: count + 1 };
  work.state = { ...work.state, heard };
  if (heard.count === flood.most + 1) work.notice(work.say('telegram.flood'));
  return heard.count <= flood.most ? 'heard' : 'too many';
}

/**
 * The middleware: loads the state of the chat, lets the handlers work, saves all that came of it in one transaction, and
 * only then hands the replies to `deliver`. Another process that saved first makes it begin again.
 */
export function conversation(parts: Parts, deliver: (rows: Row[]) => void): (ctx: Ctx) => Promise<void> {
  const handle = handlers(parts).middleware();
  return async (ctx) => {
    const say: Say = parts.say[languageOf(ctx.from?.language_code)];
    if (ctx.inlineQuery) return onInlineQuery(ctx, parts, say);
    const place = placeOf(ctx.update);
    if (!place) return;
    const titles = new Map(parts.desk.policies().map(({ id, title }) => [id, title]));
    for (let attempt = 1; ; attempt++) {
      const loaded = await parts.memory.load(place.key, ctx.update.update_id);
      if (!loaded) return;
      ctx.work = new Work(
        place,
        loaded,
        say,
        ctx.update.update_id,
        (policy) => titles.get(policy) ?? policy,
        say('telegram.privacy', { days: parts.retentionDays }),
      );
      await handle(ctx, async () => {});
      if (!ctx.work.touched) return;
      const saved = await parts.memory.save(ctx.work);
      if (saved === 'duplicate') return;
      if (saved !== 'conflict') return deliver(saved);
      if (attempt === ATTEMPTS)
        throw new Error('the state of a chat was changed by another process again and again');
    }
  };
}
