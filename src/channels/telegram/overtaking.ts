import type { Update, UserFromGetMe } from 'grammy/types';
import { questionFor } from './addressed.js';
import { placeOf } from './context.js';
import { choiceOf, type Purpose } from './state.js';
import type { Work } from './work.js';

/** Buttons and commands that ask something new. */
const ASKING: readonly Purpose[] = ['ask', 'compare', 'interview'];
const COMMANDS = /^\/(ask|compare|check|start|forget)(@\w+)?(\s|$)/i;

/**
 * Answers under way, by the person and place that asked. A new question of the same person there ends what a language model
 * is still writing for the one before: that one is answered with what the documents say by themselves, and the new one need
 * not wait.
 */
export class UnderWay {
  readonly #asked = new Map<string, { work: Work; overtaken: AbortController }>();

  /** A question begins to be answered. @returns its signal, and what ends it */
  begin(work: Work): { signal: AbortSignal; end(): void } {
    const mine = { work, overtaken: new AbortController() };
    const { key } = work.place;
    this.#asked.set(key, mine);
    return {
      signal: mine.overtaken.signal,
      end: () => {
        if (this.#asked.get(key) === mine) this.#asked.delete(key);
      },
    };
  }

  /** Something has come in that waits for what is at work in its chat. */
  behind(update: Update, me: UserFromGetMe): void {
    const asked = this.#asked.get(placeOf(update)?.key ?? '');
    if (asked && asks(update, asked.work, me)) asked.overtaken.abort();
  }
}

/** Whether an update asks something, as far as that can be told before it is handled. */
function asks({ message, edited_message, callback_query }: Update, work: Work, me: UserFromGetMe): boolean {
  if (callback_query) {
    const found = choiceOf(work.loaded, callback_query.data ?? '');
    return found !== null && ASKING.includes(found.set.purpose);
  }
  const said = message ?? edited_message;
  if (said?.text === undefined) return false;
  if (said.text.startsWith('/')) return COMMANDS.test(said.text);
  return questionFor(said, me) !== null;
}
