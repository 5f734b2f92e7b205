import { InputError } from '../errors.js';
import { statusOn } from '../knowledge/index.js';
import { isIsoDate, todayIso } from '../quantity/index.js';
import { type Facts, readFacts, type Verdict, writeFact, writeFacts } from '../rules/index.js';
import { type CityBook, type Language, normalise, type Reader } from '../understanding/index.js';
import { Agenda, type Rulebook, SUBJECTS } from './agenda.js';
import { Choices } from './choices.js';
import { Ear, type Heard } from './hear.js';
import { factsOf, newState, readState } from './state.js';
import type { Event, InterviewState, PolicyChoice, Reason, StartRequest, Step, View } from './types.js';
import { leave, union } from './values.js';
import type { Words } from './words.js';

/** What an interview stands on: the rules and the reader, and how answers are worded. */
export interface Ground extends Rulebook {
  reader: Reader;
  language: Language;
  book: CityBook;
  words: Words;
}

/** What moves nothing: the question stays as it is. */
const STILL: ReadonlySet<Event['kind']> = new Set([
  'elsewhere',
  'summary',
  'which',
  'other-city',
  'city-first',
  'same-city',
]);

/**
 * The guided interview without a channel: states and transitions. It keeps nothing; the same state, message and day give
 * the same step. It asks for what can still change an outcome and for nothing else, what settles the most policies first.
 */
export class Interview {
  readonly #ear: Ear;
  readonly #agenda: Agenda;
  readonly #choices: Choices;

  constructor(private readonly ground: Ground) {
    const cities = ground.library.policies.map((p) => p.meta.city);
    this.#ear = new Ear(ground.reader, ground.language, ground.vocabulary, ground.words, cities);
    this.#agenda = new Agenda(ground);
    this.#choices = new Choices(this.#agenda, ground.book, ground.words, ground.vocabulary);
  }

  /** Begins. @throws InputError for an unknown subject, policy or fact, a bad value or date. */
  start(request: StartRequest = {}): Step {
    const { vocabulary } = this.ground;
    const state = newState();
    if (request.subject !== undefined && !SUBJECTS.includes(request.subject))
      throw new InputError(
        `没有判断对象 ${JSON.stringify(request.subject).slice(0, 60)}`,
        `其中之一：${SUBJECTS.join('、')}`,
      );
    for (const id of request.policies ?? []) {
      if (!this.ground.library.policy(id))
        throw new InputError(
          `没有文件 ${JSON.stringify(id).slice(0, 60)}`,
          `其中之一：${this.#agenda
            .judging(null)
            .map((p) => p.meta.id)
            .join('、')}`,
        );
    }
    state.asOf = request.asOf === undefined ? null : this.#day(request.asOf);
    state.subject = request.subject ?? null;
    state.policies = this.#agenda.inOrder(request.policies ?? [], state.subject);
    state.facts = writeFacts(readFacts(request.facts ?? {}, vocabulary), vocabulary);
    this.#choices.onlySubject(state);
    return this.#step(state, []);
  }

  /** What is to be shown now. @throws InputError when the state is none of an interview. */
  show(given: unknown, asOf?: string): Step {
    const state = this.read(given);
    return { state, events: [], view: this.#view(state, this.#asOf(state, asOf)) };
  }

  /** A state of this or an older version, made ready for this knowledge. @throws InputError when it is none. */
  read(given: unknown): InterviewState {
    const judging = new Set(this.#agenda.judging(null).map((p) => p.meta.id));
    return readState(given, this.ground.vocabulary, (id) => judging.has(id));
  }

  /** The day of a check. @throws InputError for an impossible date. */
  #asOf(state: InterviewState, asOf: string | undefined): string {
    return asOf === undefined ? (state.asOf ?? todayIso()) : this.#day(asOf);
  }

  #day(given: string): string {
    if (isIsoDate(given)) return given;
    throw new InputError(
      `日期 ${JSON.stringify(given).slice(0, 40)} 无法读取`,
      'YYYY-MM-DD 形式的真实日期，如 2026-11-21',
    );
  }

  /** One message: a button's words or free ones. @throws InputError when the state is none of an interview. */
  reply(given: unknown, message: string, asOf?: string): Step {
    const state = structuredClone(this.read(given));
    const day = this.#asOf(state, asOf);
    const said = normalise(message).replace(/[\s。！!~～.]+$/, '');
    // 什么意思？ is said with and without its mark.
    const command = this.#command(state, said.replace(/(?<=.)[\s?？]+$/, ''), day);
    if (command !== null) return command;
    return this.#told(state, said, message, day);
  }

  #command(state: InterviewState, said: string, day: string): Step | null {
    const { words } = this.ground;
    const done = (...events: Event[]) => this.#step(state, events, day);
    if (words.is('leave', said)) return { state: null, events: [{ kind: 'left' }], view: null };
    if (words.is('restart', said)) {
      const fresh = { ...newState(), asOf: state.asOf };
      return this.#step(fresh, [{ kind: 'restarted' }], day);
    }
    if (words.is('back', said)) {
      const rest = said.replace(words.pattern('back'), '');
      const went = this.#back(state);
      if (!went || rest === '') return this.#shown(state, [{ kind: went ? 'back' : 'nothing-before' }], day);
      return this.#told(state, rest, rest, day);
    }
    if (words.is('changeSubject', said)) return this.#ask(state, 'subject', day);
    if (words.is('changePolicies', said))
      return this.#ask(state, state.subject ? 'policies' : 'subject', day);
    if (words.is('help', said)) return this.#shown(state, [{ kind: 'help' }], day);
    if (words.is('report', said)) return this.#shown(state, [{ kind: 'report' }], day);
    const { asking } = state;
    if (asking !== null && words.is('ifNot', said)) {
      const event = this.#ifNot(state, asking, day);
      if (event) return this.#shown(state, [event], day);
    }
    if (asking === null || !this.ground.vocabulary.get(asking)) {
      if (asking === null && words.is('full', said)) {
        state.full = true;
        return done({ kind: 'full' });
      }
      if (words.is('summary', said) || (asking === null && words.is('why', said)))
        return this.#shown(state, [{ kind: 'summary' }], day);
      return null;
    }
    if (words.is('why', said)) return this.#shown(state, [{ kind: 'why', fact: asking }], day);
    if (words.is('keep', said) && this.#agenda.reason(state, asking, day) === 'back') {
      leave(state);
      return done(asking in state.facts ? { kind: 'kept', fact: asking } : { kind: 'unsure', fact: asking });
    }
    if (words.is('summary', said)) return this.#shown(state, [{ kind: 'summary' }], day);
    // 继续, while something is asked: it is asked.
    if (words.is('full', said) && !words.is('all', said)) return this.#shown(state, [], day);
    if (words.is('skip', said)) {
      if (state.skipped.includes(asking)) state.unsure = union(state.unsure, [asking]);
      state.skipped = union(state.skipped, [asking]);
      leave(state);
      return done({ kind: 'skipped', fact: asking });
    }
    return null;
  }

  /** What a no to what is asked would lead to; for another kind of question, why it is asked. */
  #ifNot(state: InterviewState, asking: string, day: string): Event | null {
    const spec = this.ground.vocabulary.get(asking);
    if (!spec) return null;
    if (spec.type !== 'boolean') return { kind: 'why', fact: asking };
    const facts = { ...state.facts, [asking]: false };
    const verdicts = this.#agenda.verdicts({ ...state, facts }, day);
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

  #ask(state: InterviewState, key: string, day: string): Step {
    leave(state);
    state.asking = key;
    return this.#shown(state, [], day);
  }

  /** What was said besides commands: choices, facts, what is unknown, a question of policy, or nothing that can be read. */
  #told(state: InterviewState, said: string, message: string, day: string): Step {
    const { vocabulary, words } = this.ground;
    const events: Event[] = [];
    const chosen = this.#choices.hear(state, said, events);
    const { asking } = state;
    const fact = asking !== null && vocabulary.get(asking) ? asking : null;
    const facts = factsOf(state, vocabulary);
    const reason = fact === null ? null : this.#agenda.reason(state, fact, day);
    const heard = chosen
      ? null
      : this.#ear.hear(message, {
          facts,
          asking: fact,
          focus: this.#agenda.focus(state),
          subject: state.subject,
          cities: this.#agenda.policies(state).map((p) => p.meta.city),
          asOf: day,
        });
    if (heard !== null) this.#take(state, heard, facts, reason, events);
    if (heard?.change && events.length === 0) {
      leave(state);
      state.asking = heard.change;
      return this.#shown(state, [{ kind: 'change', fact: heard.change }], day);
    }
    if (heard?.elsewhere) events.push({ kind: 'elsewhere', question: heard.elsewhere });
    else if (heard?.outcome && events.length === 0) events.push({ kind: 'summary' });
    if (heard?.which && heard.elsewhere === null) events.push({ kind: 'which', ...heard.which });
    if (events.length === 0) events.push(...this.#choices.nameOnly(state, said));
    if (events.length === 0) {
      if (words.is('change', said))
        return this.#shown(state, [{ kind: 'change-what', facts: Object.keys(state.facts) }], day);
      const answers = (['skip', 'unsure', 'yes', 'no'] as const).some((name) => words.is(name, said));
      const fault = asking === null && answers ? 'idle' : (heard?.fault ?? 'nothing');
      events.push({ kind: 'unread', said: message.slice(0, 200), asking: asking ?? '', fault });
      return this.#shown(state, events, day);
    }
    // A question asked in between moves nothing.
    if (events.every((e) => STILL.has(e.kind))) return this.#shown(state, events, day);
    return this.#step(state, events, day, reason === 'back');
  }

  /** Facts and unknowns of a message, into the state. */
  #take(state: InterviewState, heard: Heard, facts: Facts, reason: Reason | null, events: Event[]): void {
    const { vocabulary } = this.ground;
    const { asking } = state;
    for (const [id, value] of heard.told) {
      const spec = vocabulary.get(id)!;
      const before = facts.get(id);
      const written = writeFact(spec, value);
      const old = before === undefined ? null : writeFact(spec, before);
      if (id !== asking && JSON.stringify(old) === JSON.stringify(written)) {
        events.push({ kind: 'kept', fact: id });
        continue;
      }
      state.facts = { ...state.facts, [id]: written };
      state.unsure = state.unsure.filter((x) => x !== id);
      state.skipped = state.skipped.filter((x) => x !== id);
      if (id !== asking) state.again = state.again.filter((x) => x !== id);
      events.push({ kind: 'took', fact: id, value: written, before: old });
    }
    for (const id of heard.unsure) {
      // What is known roughly, or contradicts other figures, stays as it is; an answer gone back to is taken back.
      if (id in state.facts && !(id === asking && (reason === 'vague' || reason === 'conflict')))
        state.facts = Object.fromEntries(Object.entries(state.facts).filter(([key]) => key !== id));
      state.unsure = union(state.unsure, [id]);
      state.skipped = state.skipped.filter((x) => x !== id);
      events.push({ kind: 'unsure', fact: id });
    }
    if (asking === null || !vocabulary.get(asking)) return;
    if (heard.told.has(asking) || heard.unsure.has(asking)) {
      // Asked twice for the same and still not settled: nothing more is to be had.
      if (heard.told.has(asking) && (reason === 'vague' || reason === 'conflict'))
        state.again = union(state.again, [asking]);
      leave(state);
    }
  }

  /** Chooses what to ask next, then shows it. `stay`: a question gone back to stays until it is answered. */
  #step(state: InterviewState, events: Event[], asOf?: string, stay = false): Step {
    const day = this.#asOf(state, asOf);
    if (!stay || state.asking === null) this.#agenda.choose(state, day);
    return this.#shown(state, events, day);
  }

  #shown(state: InterviewState, events: Event[], day: string): Step {
    return { state, events, view: this.#view(state, day) };
  }

  #view(state: InterviewState, day: string): View {
    const { asking } = state;
    if (asking === 'subject' || state.subject === null)
      return { kind: 'choose-subject', choices: this.#agenda.subjects(state) };
    if (asking === 'policies' || state.policies.length === 0) {
      const choices = this.#agenda.judging(state.subject).map(
        (p): PolicyChoice => ({
          policy: p.meta.id,
          cityName: p.meta.cityName,
          status: statusOn(p.meta, day),
        }),
      );
      return { kind: 'choose-policies', subject: state.subject, choices };
    }
    const verdicts = this.#agenda.verdicts(state, day);
    const left = this.#agenda.left(state, day, false);
    const progress = this.#agenda.progress(state, left);
    if (asking === null) {
      const open = new Set(this.#agenda.left(state, day, false, true).flatMap((l) => [...l.facts]));
      return { kind: 'settled', verdicts, open: [...open], progress };
    }
    const outcomes = state.full ? this.#agenda.left(state, day, false, false) : left;
    // Asked for those that it can still matter to; what was gone back to may matter to none.
    const because = this.#agenda.because(state, asking, day);
    const open = because.filter((b) => left[state.policies.indexOf(b.policy)]?.facts.has(asking));
    return {
      kind: 'question',
      fact: asking,
      reason: this.#agenda.reason(state, asking, day),
      known: state.facts[asking] ?? null,
      because: open.length > 0 ? open : because,
      progress,
      verdicts,
      settled: state.policies.filter((_, i) => outcomes[i]!.facts.size === 0),
    };
  }

  /** The verdicts of the chosen policies on what was told, in their order. @param day YYYY-MM-DD */
  verdicts(state: InterviewState, day: string): Verdict[] {
    return state.subject === null ? [] : this.#agenda.verdicts(state, day);
  }
}
