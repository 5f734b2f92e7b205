import type { Vocabulary } from '../rules/index.js';
import type { Agenda } from './agenda.js';
import { newState } from './state.js';
import type { Event, InterviewState } from './types.js';
import { leave, union } from './values.js';
import type { Words } from './words.js';

/**
 * What a command came to: the interview ends; what is asked stays (`stay`) or is chosen anew (`choose`); or more was said
 * after it (`told`), to be heard as every message is.
 */
export type Obeyed =
  | { so: 'end' }
  | { so: 'stay' | 'choose'; state: InterviewState; events: Event[] }
  | { so: 'told'; rest: string };

/** Obeys what is said of the interview itself: 退出, 上一题, 为什么问这个, 跳过, 小结 … */
export class Commands {
  constructor(
    private readonly agenda: Agenda,
    private readonly words: Words,
    private readonly vocabulary: Vocabulary,
  ) {}

  /** @param state changed in place @returns null where the words are no command */
  obey(state: InterviewState, said: string, day: string): Obeyed | null {
    const { words } = this;
    const stay = (...events: Event[]): Obeyed => ({ so: 'stay', state, events });
    if (words.is('leave', said)) return { so: 'end' };
    if (words.is('restart', said)) {
      const fresh = { ...newState(), asOf: state.asOf };
      return { so: 'choose', state: fresh, events: [{ kind: 'restarted' }] };
    }
    if (words.is('back', said)) {
      const rest = said.replace(words.pattern('back'), '');
      const went = this.#back(state);
      return went && rest !== '' ? { so: 'told', rest } : stay({ kind: went ? 'back' : 'nothing-before' });
    }
    if (words.is('changeSubject', said)) return this.#ask(state, 'subject');
    if (words.is('changePolicies', said)) return this.#ask(state, state.subject ? 'policies' : 'subject');
    if (words.is('help', said)) return stay({ kind: 'help' });
    if (words.is('report', said)) return stay({ kind: 'report' });
    const { asking } = state;
    if (asking !== null && words.is('ifNot', said)) {
      const event = this.#ifNot(state, asking, day);
      if (event) return stay(event);
    }
    if (asking !== null && this.vocabulary.get(asking)) return this.#ofQuestion(state, asking, said, day);
    if (asking === null && words.is('full', said)) {
      state.full = true;
      return { so: 'choose', state, events: [{ kind: 'full' }] };
    }
    if (words.is('summary', said) || (asking === null && words.is('why', said)))
      return stay({ kind: 'summary' });
    return null;
  }

  /** What is said of the fact that is asked for. */
  #ofQuestion(state: InterviewState, asking: string, said: string, day: string): Obeyed | null {
    const { words } = this;
    const stay = (...events: Event[]): Obeyed => ({ so: 'stay', state, events });
    const choose = (...events: Event[]): Obeyed => ({ so: 'choose', state, events });
    if (words.is('why', said)) return stay({ kind: 'why', fact: asking });
    if (words.is('keep', said) && this.agenda.reason(state, asking, day) === 'back') {
      leave(state);
      return choose(
        asking in state.facts ? { kind: 'kept', fact: asking } : { kind: 'unsure', fact: asking },
      );
    }
    if (words.is('summary', said)) return stay({ kind: 'summary' });
    // 继续, while something is asked: it is asked.
    if (words.is('full', said) && !words.is('all', said)) return stay();
    if (words.is('skip', said)) {
      if (state.skipped.includes(asking)) state.unsure = union(state.unsure, [asking]);
      state.skipped = union(state.skipped, [asking]);
      leave(state);
      return choose({ kind: 'skipped', fact: asking });
    }
    return null;
  }

  /** What a no to what is asked would lead to; for another kind of question, why it is asked. */
  #ifNot(state: InterviewState, asking: string, day: string): Event | null {
    const spec = this.vocabulary.get(asking);
    if (!spec) return null;
    if (spec.type !== 'boolean') return { kind: 'why', fact: asking };
    const facts = { ...state.facts, [asking]: false };
    const verdicts = this.agenda.verdicts({ ...state, facts }, day);
    return { kind: 'if-not', fact: asking, value: false, verdicts };
  }

  /** The question before, if there is one: it is asked again, and every answer stays. */
  #back(state: InterviewState): boolean {
    const before = state.trail.filter((key) => key !== state.asking).at(-1);
    if (before === undefined) return false;
    state.trail = state.trail.slice(0, state.trail.lastIndexOf(before));
    state.asking = before;
    return true;
  }

  #ask(state: InterviewState, key: string): Obeyed {
    leave(state);
    state.asking = key;
    return { so: 'stay', state, events: [] };
  }
}
