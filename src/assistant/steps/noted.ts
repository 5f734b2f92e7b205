import { toAsk } from '../to-ask.js';
import { plain, type Step } from '../turn.js';

/** “嗯”, “没有”, “不知道”, where nothing was asked that such a word answers: taken note of, and what was asked is asked again. */
export const noted: Step = (kit, turn) => {
  const { world } = kit;
  const { u, now } = turn;
  if (turn.history.length === 0 || u.mentions.length > 0 || (u.withdrawn ?? []).length > 0) return null;
  const next = now.pending !== null && world.following.next(u.text) !== null;
  if (!next && !world.following.is('empty', u.text)) return null;
  const { pending } = turn.before;
  // Not known: the next thing is asked.
  if (pending !== null && world.language.unknownAnswer.some((w) => u.text.startsWith(w))) return null;
  if (now.pending === null) return plain('smalltalk', world.wording.say('talk.noted'));
  // A no to the city put forward leaves it open which it is.
  const open = toAsk(world, now.pending, []);
  return {
    ...plain('clarify', world.wording.say('clarify.again', { question: open.text })),
    next: { fact: now.pending, question: open.question },
  };
};

/** “选哪里报好” with nothing told: it hangs on the unit. */
export const suits: Step = (kit, turn) =>
  kit.world.following.is('suits', turn.u.text)
    ? plain('clarify', kit.world.wording.say('clarify.suits'))
    : null;
