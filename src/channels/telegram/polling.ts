import {
  createConcurrentSink,
  createRunner,
  createSource,
  createUpdateFetcher,
  type RunnerHandle,
} from '@grammyjs/runner';
import type { Bot } from 'grammy';
import type { Update } from 'grammy/types';
import type { Ctx } from './context.js';
import { UPDATES } from './conversation.js';
import type { Intake } from './intake.js';

/** How long Telegram holds a call that has nothing to tell. */
export const POLL_SECONDS = 30;

/** Long polling: takes updates until the runner is stopped. `taken` hears of the last one that is kept. */
export function poll(
  bot: Bot<Ctx>,
  intake: Intake,
  retryMs: number,
  taken: (last: number) => void,
): RunnerHandle {
  const fetch = createUpdateFetcher(bot, {
    silent: true,
    retryInterval: retryMs,
    maxRetryTime: Number.POSITIVE_INFINITY,
    fetch: { timeout: POLL_SECONDS, allowed_updates: UPDATES },
  });
  const source = createSource<Update>({
    // The next call confirms these to Telegram, which then forgets them: by then they are kept here.
    supply: async (count, stop) => {
      const updates = await fetch(count, stop);
      const fresh = await intake.take(updates);
      const last = updates.at(-1);
      if (last) taken(last.update_id);
      return fresh;
    },
  });
  const sink = createConcurrentSink<Update, unknown>(
    { consume: (update) => intake.work(update) },
    async () => {},
  );
  const handle = createRunner(source, sink);
  handle.start();
  return handle;
}
