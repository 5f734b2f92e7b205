import { limit } from '@grammyjs/ratelimiter';
import { Composer } from 'grammy';
import type { Say } from '../locale.js';
import { languageOf } from '../locale.js';
import { questionFor } from './addressed.js';
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

/** The commands, presses and messages of a chat; they fill `ctx.work` and send nothing themselves. */
function handlers(parts: Parts): Composer<Ctx> {
  const composer = new Composer<Ctx>();
  if (parts.flood) {
    // Told once, then not heard until the time is over.
    const throttle = limit<Ctx, never>({
      limit: parts.flood.most,
      timeFrame: parts.flood.inMs,
      keyGenerator: (ctx) => ctx.work.place.key,
      onLimitExceeded: (ctx) => ctx.work.notice(ctx.work.say('telegram.flood')),
    });
    composer.filter(isMeant, throttle);
  }
  for (const name of Object.keys(COMMANDS)) {
    composer.command(name, async (ctx) => void (await runCommand(name, ctx, parts, ctx.match)));
  }
  // A command that was mistyped and edited counts as well; grammY hears only new ones.
  composer.on('edited_message:text', async (ctx, next) => {
    const [, name = '', bot, words = ''] = /^\/(\w+)(?:@(\w+))?(?:\s+([\s\S]*))?$/.exec(ctx.msg.text) ?? [];
    const ours = bot === undefined || bot.toLowerCase() === ctx.me.username.toLowerCase();
    if (ours && Object.hasOwn(COMMANDS, name)) await runCommand(name, ctx, parts, words);
    else await next();
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
