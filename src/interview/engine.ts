import { InputError } from '../errors.js';
import { type Library, type Policy, statusOn } from '../knowledge/index.js';
import { isIsoDate, todayIso } from '../quantity/index.js';
import {
  applies,
  type Criterion,
  check,
  deriveFacts,
  type Facts,
  outcomeOf,
  readFacts,
  type Subject,
  type Verdict,
  type Vocabulary,
  writeFact,
  writeFacts,
} from '../rules/index.js';
import { type CityBook, type Language, normalise, type Reader } from '../understanding/index.js';
import { Ear, type Heard } from './hear.js';
import { leftOf } from './matter.js';
import { factsOf, newState, readState } from './state.js';
import type {
  Because,
  Event,
  InterviewState,
  PolicyChoice,
  Progress,
  Reason,
  StartRequest,
  Step,
  View,
} from './types.js';
import type { Words } from './words.js';

/** What an interview stands on: the rules and the reader, and how answers are worded. */
export interface Ground {
  library: Library;
  vocabulary: Vocabulary;
  /** Policy id → its criteria. */
  criteria: ReadonlyMap<string, readonly Criterion[]>;
  reader: Reader;
  language: Language;
  book: CityBook;
  words: Words;
}

const SUBJECTS: readonly Subject[] = ['lead', 'consortium', 'member', 'talent-consortium'];

/**
 * The guided interview without a channel: states and transitions. It keeps nothing; the same state, message and day give
 * the same step. It asks for what can still change an outcome and for nothing else, what settles the most policies first.
 */
export class Interview {
  readonly #ear: Ear;

  constructor(private readonly ground: Ground) {
    const cities = ground.library.policies.map((p) => p.meta.city);
    this.#ear = new Ear(ground.reader, ground.language, ground.vocabulary, ground.words, cities);
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
          `其中之一：${this.#judging(null)
            .map((p) => p.meta.id)
            .join('、')}`,
        );
    }
    state.asOf = request.asOf === undefined ? null : this.#day(request.asOf);
    state.subject = request.subject ?? null;
    state.policies = this.#inOrder(request.policies ?? [], state.subject);
    state.facts = writeFacts(readFacts(request.facts ?? {}, vocabulary), vocabulary);
    this.#onlySubject(state);
    return this.#step(state, []);
  }

  /** What is to be shown now. @throws InputError when the state is none of an interview. */
  show(given: unknown, asOf?: string): Step {
    const state = this.read(given);
    return { state, events: [], view: this.#view(state, this.#asOf(state, asOf)) };
  }

  /** A state of this or an older version, made ready for this knowledge. @throws InputError when it is none. */
  read(given: unknown): InterviewState {
    const judging = new Set(this.#judging(null).map((p) => p.meta.id));
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
    const command = this.#command(state, said, day);
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
    if (words.is('keep', said) && this.#reason(state, asking, day) === 'back') {
      this.#leave(state);
      return done(asking in state.facts ? { kind: 'kept', fact: asking } : { kind: 'unsure', fact: asking });
    }
    if (words.is('summary', said)) return this.#shown(state, [{ kind: 'summary' }], day);
    if (words.is('skip', said)) {
      if (state.skipped.includes(asking)) state.unsure = union(state.unsure, [asking]);
      state.skipped = union(state.skipped, [asking]);
      this.#leave(state);
      return done({ kind: 'skipped', fact: asking });
    }
    return null;
  }

  /** The question before, if there is one: it is asked again, and every answer stays. */
  #back(state: InterviewState): boolean {
    const before = state.trail.filter((key) => key !== state.asking).at(-1);
    if (before === undefined) return false;
    state.trail = state.trail.slice(0, state.trail.lastIndexOf(before));
    state.asking = before;
    return true;
  }

  /** The question being asked is answered, or put off: it goes onto the trail. */
  #leave(state: InterviewState): void {
    if (state.asking === null) return;
    state.trail = [...state.trail.filter((key) => key !== state.asking), state.asking];
    state.asking = null;
  }

  #ask(state: InterviewState, key: string, day: string): Step {
    this.#leave(state);
    state.asking = key;
    return this.#shown(state, [], day);
  }

  /** What was said besides commands: choices, facts, what is unknown, a question of policy, or nothing that can be read. */
  #told(state: InterviewState, said: string, message: string, day: string): Step {
    const { vocabulary, words } = this.ground;
    const events: Event[] = [];
    const chosen = this.#choices(state, said, events);
    const { asking } = state;
    const fact = asking !== null && vocabulary.get(asking) ? asking : null;
    const facts = factsOf(state, vocabulary);
    const reason = fact === null ? null : this.#reason(state, fact, day);
    const heard = chosen
      ? null
      : this.#ear.hear(message, {
          facts,
          asking: fact,
          focus: this.#focus(state),
          subject: state.subject,
          cities: this.#policies(state).map((p) => p.meta.city),
          asOf: day,
        });
    if (heard !== null) this.#take(state, heard, facts, reason, events);
    if (heard?.change && events.length === 0) {
      this.#leave(state);
      state.asking = heard.change;
      return this.#shown(state, [{ kind: 'change', fact: heard.change }], day);
    }
    if (heard?.elsewhere) events.push({ kind: 'elsewhere', question: heard.elsewhere });
    else if (heard?.outcome && events.length === 0) events.push({ kind: 'summary' });
    if (events.length === 0) {
      if (words.is('change', said))
        return this.#shown(state, [{ kind: 'change-what', facts: Object.keys(state.facts) }], day);
      const fault = heard?.fault ?? 'nothing';
      events.push({ kind: 'unread', said: message.slice(0, 200), asking: asking ?? '', fault });
      return this.#shown(state, events, day);
    }
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
      this.#leave(state);
    }
  }

  /** Subject and cities where they are asked for or changed. True when the message was nothing but that. */
  #choices(state: InterviewState, said: string, events: Event[]): boolean {
    const { words, vocabulary } = this.ground;
    const cities = this.ground.book.find(said).map((c) => c.value);
    const named = this.#judging(state.subject).filter((p) => cities.includes(p.meta.city));
    if (state.asking === 'subject') {
      const subject = this.#subjectIn(said, state);
      if (subject === null) return false;
      state.subject = subject;
      events.push({ kind: 'subject', subject });
      state.policies = this.#inOrder(
        named.length > 0 ? named.map((p) => p.meta.id) : state.policies,
        subject,
      );
      this.#leave(state);
      this.#onlySubject(state);
      if (named.length > 0 && state.policies.length > 0)
        events.push({ kind: 'policies', policies: [...state.policies] });
      // More than the choice was said (厦门的企业想牵头，营收3亿): the rest is heard too.
      return said.length <= 12;
    }
    if (state.asking === 'policies') {
      const all = words.is('all', said);
      const ids = all ? this.#judging(state.subject).map((p) => p.meta.id) : named.map((p) => p.meta.id);
      if (ids.length === 0 || (!all && words.is('question', said))) return false;
      state.policies = this.#inOrder(ids, state.subject);
      events.push({ kind: 'policies', policies: [...state.policies] });
      this.#leave(state);
      return all || said.length <= 6 * cities.length + 6;
    }
    const more = words.pattern('addPolicies').exec(said)?.groups?.rest;
    const replacing = words.is('replacePolicies', said);
    // 改成厦门 corrects the place that is being asked for; 加上厦门 does not.
    const placing = replacing && state.asking !== null && isPlace(vocabulary, state.asking, cities);
    const rest = cities.reduce(
      (text, _, i) => text.replace(this.ground.book.find(said)[i]!.word, ''),
      more ?? '',
    );
    const plain =
      rest.replace(/(市|的|和|与|跟|及|、|，|,| |吧|呢|情况|怎么样|如何|能不能行|行不行|[?？])/g, '') === '';
    if (more === undefined || named.length === 0 || placing || !plain) return false;
    const ids = named.map((p) => p.meta.id);
    state.policies = this.#inOrder(replacing ? ids : [...state.policies, ...ids], state.subject);
    events.push({ kind: 'policies', policies: [...state.policies] });
    return true;
  }

  #subjectIn(said: string, state: InterviewState): Subject | null {
    const offered = this.#subjects(state);
    const hits = this.ground.words.subjects.filter(
      ([id, pattern]) => offered.includes(id as Subject) && pattern.test(said),
    );
    // 牵头组建联合体 names both; the more special one is the last listed that is not a part of a question.
    if (this.ground.words.is('question', said) && said.length > 14) return null;
    const special = hits.find(([id]) => id === 'talent-consortium') ?? hits[0];
    return (special?.[0] as Subject | undefined) ?? null;
  }

  /** A subject that only one document judges needs no choice of city; a city that judges one subject needs no other. */
  #onlySubject(state: InterviewState): void {
    if (state.subject === null || state.policies.length > 0) return;
    const judging = this.#judging(state.subject);
    if (judging.length === 1) state.policies = [judging[0]!.meta.id];
  }

  /** Chooses what to ask next, then shows it. `stay`: a question gone back to stays until it is answered. */
  #step(state: InterviewState, events: Event[], asOf?: string, stay = false): Step {
    const day = this.#asOf(state, asOf);
    if (!stay || state.asking === null) this.#choose(state, day);
    return this.#shown(state, events, day);
  }

  #shown(state: InterviewState, events: Event[], day: string): Step {
    return { state, events, view: this.#view(state, day) };
  }

  #choose(state: InterviewState, day: string): void {
    if (state.subject === null) {
      state.asking = 'subject';
      return;
    }
    if (state.policies.length === 0) {
      state.asking = 'policies';
      return;
    }
    // What is asked stays asked while other things are told, as long as it matters.
    const { asking } = state;
    if (asking !== null && this.ground.vocabulary.get(asking)) {
      const matters = this.#left(state, day, false).some((l) => l.facts.has(asking));
      if (matters) return;
    }
    state.asking = this.#next(state, day, true) ?? this.#next(state, day, false);
    // Asked for again without getting clearer: it stays as it is.
    for (let next = state.asking; next !== null && state.again.includes(next); next = state.asking) {
      state.unsure = union(state.unsure, [next]);
      state.asking = this.#next(state, day, true) ?? this.#next(state, day, false);
    }
  }

  /** What is left of each policy, in the order of the state's policies. */
  #left(state: InterviewState, day: string, skipping: boolean, full = state.full) {
    const facts = factsOf(state, this.ground.vocabulary);
    const closed = new Set(skipping ? [...state.unsure, ...state.skipped] : state.unsure);
    return this.#policies(state).map((policy) =>
      leftOf({
        criteria: this.#criteria(policy, state.subject!),
        facts,
        asOf: day,
        vocabulary: this.ground.vocabulary,
        closed,
        full,
      }),
    );
  }

  /** The fact that is next for the most policies, or can still matter to the most of them. */
  #next(state: InterviewState, day: string, skipping: boolean): string | null {
    const left = this.#left(state, day, skipping);
    let best: string | null = null;
    let most = 0;
    for (const fact of new Set(left.flatMap((l) => l.next ?? []))) {
      const votes = left.reduce((n, l) => n + (l.next === fact ? 1 : l.facts.has(fact) ? 0.5 : 0), 0);
      if (votes > most) {
        best = fact;
        most = votes;
      }
    }
    return best;
  }

  #view(state: InterviewState, day: string): View {
    const { asking } = state;
    if (asking === 'subject' || state.subject === null)
      return { kind: 'choose-subject', choices: this.#subjects(state) };
    if (asking === 'policies' || state.policies.length === 0) {
      const choices = this.#judging(state.subject).map(
        (p): PolicyChoice => ({
          policy: p.meta.id,
          cityName: p.meta.cityName,
          status: statusOn(p.meta, day),
        }),
      );
      return { kind: 'choose-policies', subject: state.subject, choices };
    }
    const verdicts = this.verdicts(state, day);
    const left = this.#left(state, day, false);
    const progress = this.#progress(state, left);
    if (asking === null) {
      const open = new Set(this.#left(state, day, false, true).flatMap((l) => [...l.facts])).size;
      return { kind: 'settled', verdicts, open, progress };
    }
    const outcomes = state.full ? this.#left(state, day, false, false) : left;
    return {
      kind: 'question',
      fact: asking,
      reason: this.#reason(state, asking, day),
      known: state.facts[asking] ?? null,
      because: this.#because(state, asking, day),
      progress,
      verdicts,
      settled: state.policies.filter((_, i) => outcomes[i]!.facts.size === 0),
    };
  }

  #progress(state: InterviewState, left: readonly { facts: ReadonlySet<string> }[]): Progress {
    const canMatter = new Set(left.flatMap((l) => [...l.facts]));
    if (state.asking !== null && this.ground.vocabulary.get(state.asking)) canMatter.add(state.asking);
    const answered = new Set([...Object.keys(state.facts), ...state.unsure]);
    return { answered: answered.size, canMatter: canMatter.size };
  }

  /** Why a fact is asked now, from what is known of it. */
  #reason(state: InterviewState, fact: string, day: string): Reason {
    const { vocabulary } = this.ground;
    const derived = deriveFacts(factsOf(state, vocabulary), vocabulary, day);
    if (derived.conflicts.some((c) => c.fact === fact)) return 'conflict';
    const open = () => this.#left(state, day, false).some((l) => l.facts.has(fact));
    if (fact in state.facts) return open() ? 'vague' : 'back';
    return state.unsure.includes(fact) ? 'back' : 'unknown';
  }

  /** The clauses that a fact is asked for, those still open first. */
  #because(state: InterviewState, fact: string, day: string): Because[] {
    const { vocabulary } = this.ground;
    const derived = deriveFacts(factsOf(state, vocabulary), vocabulary, day).facts;
    const serves = servedBy(vocabulary, fact);
    const all = this.#policies(state).flatMap((policy) =>
      this.#criteria(policy, state.subject!).flatMap((c) => {
        const tested = c.test?.facts.some((f) => serves.has(f)) ?? false;
        const gate = Object.keys(c.when ?? {}).some((f) => serves.has(f));
        if ((!tested && !gate) || c.test === null || applies(c, derived) === 'fail') return [];
        const open = outcomeOf(c, derived, day) === 'unknown';
        const { clause, quote, title } = c;
        return [{ open, because: { policy: policy.meta.id, criterion: c.id, title, clause, quote, tested } }];
      }),
    );
    const open = all.filter((a) => a.open);
    return (open.length > 0 ? open : all)
      .map((a) => a.because)
      .sort((a, b) => Number(b.tested) - Number(a.tested));
  }

  /** The verdicts of the chosen policies on what was told, in their order. */
  verdicts(state: InterviewState, day: string): Verdict[] {
    const facts = factsOf(state, this.ground.vocabulary);
    return this.#policies(state).map((policy) =>
      check(this.ground.criteria.get(policy.meta.id) ?? [], this.ground.vocabulary, {
        policy: policy.meta.id,
        subject: state.subject!,
        asOf: day,
        status: statusOn(policy.meta, day),
        facts,
      }),
    );
  }

  #policies(state: InterviewState): Policy[] {
    return state.policies.flatMap((id) => this.ground.library.policy(id) ?? []);
  }

  #criteria(policy: Policy, subject: Subject): Criterion[] {
    return (this.ground.criteria.get(policy.meta.id) ?? []).filter((c) => c.subject === subject);
  }

  /** Policies that judge a subject (any, when null), cities in the vocabulary's order. */
  #judging(subject: Subject | null): Policy[] {
    const { library, criteria, vocabulary } = this.ground;
    const order = vocabulary.get('lead.city')?.values.map((v) => v.id) ?? [];
    return library.policies
      .filter((p) =>
        (criteria.get(p.meta.id) ?? []).some(
          (c) => c.test !== null && (subject === null || c.subject === subject),
        ),
      )
      .sort((a, b) => order.indexOf(a.meta.city) - order.indexOf(b.meta.city));
  }

  #inOrder(ids: readonly string[], subject: Subject | null): string[] {
    return this.#judging(subject)
      .map((p) => p.meta.id)
      .filter((id) => ids.includes(id));
  }

  /** Subjects that the chosen policies (all, when none is) judge. */
  #subjects(state: InterviewState): Subject[] {
    const policies = state.policies.length > 0 ? state.policies : this.#judging(null).map((p) => p.meta.id);
    return SUBJECTS.filter((s) => this.#judging(s).some((p) => policies.includes(p.meta.id)));
  }

  /** Facts that the chosen criteria read, the ones they hang on and the parts that they are computed from. */
  #focus(state: InterviewState): ReadonlySet<string> {
    const { vocabulary } = this.ground;
    const policies = state.policies.length > 0 ? this.#policies(state) : this.#judging(state.subject);
    const read = policies.flatMap((p) =>
      (this.ground.criteria.get(p.meta.id) ?? [])
        .filter((c) => c.test !== null && (state.subject === null || c.subject === state.subject))
        .flatMap((c) => [...Object.keys(c.when ?? {}), ...c.facts]),
    );
    const parts = read.flatMap((id) => {
      const how = vocabulary.get(id)?.derive;
      if (!how) return [];
      const own = 'ratio' in how ? [how.ratio, how.of] : ['mean' in how ? how.mean : how.latest];
      return 'founded' in how ? [...own, how.founded] : own;
    });
    return new Set([...read, ...parts]);
  }
}

/** The facts that an answer tells of: itself, and what is computed from it. */
function servedBy(vocabulary: Vocabulary, fact: string): Set<string> {
  const out = new Set([fact]);
  for (const spec of vocabulary.specs) {
    const how = spec.derive;
    if (!how) continue;
    const parts = 'ratio' in how ? [how.ratio, how.of] : ['mean' in how ? how.mean : how.latest];
    if ('founded' in how) parts.push(how.founded);
    if (parts.includes(fact)) out.add(spec.id);
  }
  return out;
}

/** Whether the fact being asked for is a place, so that a city's name answers it. */
function isPlace(vocabulary: Vocabulary, fact: string, cities: readonly string[]): boolean {
  return vocabulary.get(fact)?.values.some((v) => cities.includes(v.id)) ?? false;
}

const union = (a: readonly string[], b: readonly string[]): string[] => [...new Set([...a, ...b])];
