import { setCity } from './commands.js';
import type { Ctx } from './context.js';
import type { Parts } from './parts.js';
import { sourceCaption } from './sources.js';
import { type ButtonSet, choiceOf, emptyState } from './state.js';
import { answerStep } from './steps.js';
import { ask } from './talk.js';
import type { Choice } from './work.js';

/** A press of a button. One that is out of date is answered politely and changes nothing. */
export async function onPress(ctx: Ctx, parts: Parts): Promise<void> {
  const { work } = ctx;
  const found = choiceOf(work.state, ctx.callbackQuery?.data ?? '');
  // An answer of before must not be taken for one to the question that is open now.
  const alive = found !== null && !(found.set.purpose === 'ask' && work.state.interview);
  // In a group it may be another person's.
  const told = alive ? {} : { text: work.say(work.place.alone ? 'telegram.stale' : 'telegram.staleInGroup') };
  void ctx.answerCallbackQuery(told).catch(() => undefined);
  if (alive) await act(ctx, parts, found.set, found.choice);
}

async function act(ctx: Ctx, parts: Parts, set: ButtonSet, { label, send }: Choice): Promise<void> {
  const { work } = ctx;
  switch (set.purpose) {
    case 'interview':
      tick(ctx, label);
      return answerStep(ctx, parts, send);
    case 'ask':
      return ask(ctx, parts, send, { upTo: set.exchange });
    case 'compare':
      return ask(ctx, parts, send, { upTo: 0 });
    case 'city':
      spend(ctx, set);
      tick(ctx, label);
      return setCity(ctx, parts, send);
    case 'sources': {
      const policy = parts.desk.policies().find(({ id }) => id === send);
      if (policy) work.file({ kind: 'source', policy: send, caption: sourceCaption(policy, work.say) });
      return;
    }
    case 'history': {
      const answer = await parts.memory.answer(work.place.key, send);
      if (answer) work.show(answer, { reply: true });
      else work.notice(work.say('telegram.history.gone'));
      return;
    }
    case 'forget':
      spend(ctx, set);
      tick(ctx, label);
      if (send === 'yes') await forget(ctx, parts);
      else work.notice(work.say('telegram.forget.kept'));
  }
}

/** Deletes at once, then tells what was deleted; nothing of what was said is kept, and who comes again is as one who comes first. */
async function forget({ work }: Ctx, { memory }: Parts): Promise<void> {
  const counts = Object.entries(await memory.forget(work)).filter(([, count]) => count > 0);
  work.state = { ...emptyState(), noticed: true };
  const list = counts.map(([kind, count]) =>
    work.say('telegram.forget.count', { name: work.say(`telegram.forget.names.${kind}`), count }),
  );
  work.notice(
    list.length === 0
      ? work.say('telegram.forget.nothing')
      : work.say('telegram.forget.done', { counts: list.join(work.say('telegram.forget.separator')) }),
  );
  work.state = emptyState();
}

/** A set that is good for one press. */
function spend({ work }: Ctx, { n }: ButtonSet): void {
  work.state = { ...work.state, buttons: work.state.buttons.filter((set) => set.n !== n) };
}

/** Shows on the old message what was chosen, in place of the choices. */
function tick(ctx: Ctx, label: string): void {
  const { work } = ctx;
  const message = ctx.callbackQuery?.message?.message_id;
  if (message === undefined) return;
  work.relabel(message, [[{ text: work.say('telegram.chosen', { label }), data: 'chosen' }]]);
}
