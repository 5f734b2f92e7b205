import { InputError } from '../errors.js';
import { statusOn } from '../knowledge/index.js';
import { isIsoDate, todayIso } from '../quantity/index.js';
import { type Facts, readFacts, type Verdict, writeFact, writeFacts } from '../rules/index.js';
import { type CityBook, type Language, normalise, type Reader } from '../understanding/index.js';
import { Agenda, type Rulebook, SUBJECTS } from './agenda.js';
import { Choices, isPlace } from './choices.js';
import { Commands } from './commands.js';
import { Ear, type Heard, NOTHING_HEARD } from './hear.js';
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
  readonly #commands: Commands;

  constructor(private readonly ground: Ground) {
    const cities = ground.library.policies.map((p) => p.meta.city);
    this.#ear = new Ear(ground.reader, ground.language, ground.vocabulary, ground.words, cities);
    this.#agenda = new Agenda(ground);
    this.#commands = new Commands(this.#agenda, ground.words, ground.vocabulary);
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
    const obeyed = this.#commands.obey(state, said.replace(/(?<=.)[\s?？]+$/, ''), day);
    if (obeyed?.so === 'end') return { state: null, events: [{ kind: 'left' }], view: null };
    if (obeyed?.so === 'told') return this.#told(state, obeyed.rest, obeyed.rest, day);
    if (obeyed?.so === 'choose') return this.#step(obeyed.state, obeyed.events, day);
    if (obeyed) return this.#shown(obeyed.state, obeyed.events, day);
    return this.#told(state, said, message, day);
  }

  /** What was said besides commands: choices, facts, what is unknown, a question of policy, or nothing that can be read. */
  #told(state: InterviewState, said: string, message: string, day: string): Step {
    const { vocabulary, words } = this.ground;
    const events: Event[] = [];
    const more = this.#choices.hear(state, said, events);
    const { asking } = state;
    const fact = asking !== null && vocabulary.get(asking) ? asking : null;
    const facts = factsOf(state, vocabulary);
    const reason = fact === null ? null : this.#agenda.reason(state, fact, day);
    const whole =
      more === 'nothing'
        ? null
        : this.#ear.hear(message, {
            facts,
            asking: fact,
            focus: this.#agenda.focus(state),
            subject: state.subject,
            cities: this.#agenda.policies(state).map((p) => p.meta.city),
            asOf: day,
          });
    const heard = whole !== null && more === 'facts' ? this.#factsOnly(whole, said) : whole;
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

  /** 医院想在厦门牵头, as a choice, tells what leads as well; where it is was the choice. */
  #factsOnly(heard: Heard, said: string): Heard {
    const { vocabulary, book } = this.ground;
    const cities = book.find(said).map((c) => c.value);
    const told = [...heard.told].filter(([id]) => !isPlace(vocabulary, id, cities));
    return { ...NOTHING_HEARD, told: new Map(told) };
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
      const choices = this.#agenda.all(state.subject).map(
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
