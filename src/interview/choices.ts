import type { Subject, Vocabulary } from '../rules/index.js';
import type { CityBook } from '../understanding/index.js';
import type { Agenda } from './agenda.js';
import type { Event, InterviewState } from './types.js';
import { leave } from './values.js';
import type { Words } from './words.js';

/** Longest words that are a choice of subject and no question besides. */
const CHOICE = 12;
/** Longest question for the outcome that speaks of nobody and is a choice of subject. */
const SHORT = 14;
/** Characters beside a city's name that a choice of cities may have. */
const BESIDE = 6;

/** Hears which subject and which cities are chosen. */
export class Choices {
  constructor(
    private readonly agenda: Agenda,
    private readonly book: CityBook,
    private readonly words: Words,
    private readonly vocabulary: Vocabulary,
  ) {}

  /**
   * Subject and cities where they are asked for or changed.
   * @returns what else there may be in the message: nothing, facts of the unit, or anything at all
   */
  hear(state: InterviewState, said: string, events: Event[]): 'nothing' | 'facts' | 'anything' {
    const { words, vocabulary, agenda } = this;
    const found = this.book.find(said);
    const cities = found.map((c) => c.value);
    const named = agenda.judging(state.subject).filter((p) => cities.includes(p.meta.city));
    if (state.asking === 'subject') {
      const subject = this.#subjectIn(said, state);
      if (subject === null) return 'anything';
      state.subject = subject;
      events.push({ kind: 'subject', subject });
      state.policies = agenda.inOrder(
        named.length > 0 ? named.map((p) => p.meta.id) : state.policies,
        subject,
      );
      leave(state);
      this.onlySubject(state);
      if (state.policies.length > 0) events.push({ kind: 'policies', policies: [...state.policies] });
      // More than the choice may have been said (厦门的企业想牵头，营收3亿).
      return said.length <= CHOICE ? 'facts' : 'anything';
    }
    if (state.asking === 'policies') {
      const all = words.is('all', said);
      const ids = all ? agenda.all(state.subject).map((p) => p.meta.id) : named.map((p) => p.meta.id);
      if (ids.length === 0 || (!all && words.is('question', said))) return 'anything';
      state.policies = agenda.inOrder(ids, state.subject);
      events.push({ kind: 'policies', policies: [...state.policies] });
      leave(state);
      return all || said.length <= BESIDE * (cities.length + 1) ? 'nothing' : 'anything';
    }
    const other = words.pattern('otherSubject').exec(said)?.groups?.rest;
    const subject = other === undefined ? null : this.#subjectIn(other, { ...state, policies: [] });
    if (subject !== null && found.length === 0) {
      state.subject = subject;
      state.policies = agenda.inOrder(state.policies, subject);
      this.onlySubject(state);
      state.asking = null;
      events.push({ kind: 'subject', subject });
      return 'nothing';
    }
    const more =
      words.pattern('addPolicies').exec(said)?.groups?.rest ??
      (state.asking === null ? words.pattern('whatOf').exec(said)?.groups?.rest : undefined);
    const replacing = words.is('replacePolicies', said);
    // 改成厦门 corrects the place that is being asked for; 加上厦门 does not.
    const placing =
      replacing &&
      !words.is('onlyPolicies', said) &&
      state.asking !== null &&
      isPlace(vocabulary, state.asking, cities);
    const rest = found.reduce((text, city) => text.replace(city.word, ''), more ?? '');
    const plain = rest.replace(new RegExp(words.pattern('cityNoise').source, 'gu'), '') === '';
    if (more === undefined || named.length === 0 || placing || !plain) return 'anything';
    const ids = named.map((p) => p.meta.id);
    state.policies = agenda.inOrder(replacing ? ids : [...state.policies, ...ids], state.subject);
    events.push({ kind: 'policies', policies: [...state.policies] });
    return 'nothing';
  }

  /** Cities named and nothing else, where no city was asked for: what is being judged is said, and how to change it. */
  nameOnly(state: InterviewState, said: string): Event[] {
    const found = this.book.find(said);
    const rest = found.reduce((text, city) => text.replace(city.word, ''), said);
    const noise = new RegExp(this.words.pattern('cityNoise').source, 'gu');
    if (found.length === 0 || rest.replace(noise, '') !== '') return [];
    const cities = found.map((c) => c.value);
    const named = this.agenda.judging(state.subject).filter((p) => cities.includes(p.meta.city));
    if (state.subject === null) {
      if (named.length === 0) return [];
      state.policies = this.agenda.inOrder(
        named.map((p) => p.meta.id),
        null,
      );
      return [{ kind: 'city-first', policies: [...state.policies] }];
    }
    const fresh = named.map((p) => p.meta.id).filter((id) => !state.policies.includes(id));
    if (fresh.length > 0) return [{ kind: 'other-city', policies: fresh }];
    return named.length > 0 ? [{ kind: 'same-city', policies: [...state.policies] }] : [];
  }

  #subjectIn(said: string, state: InterviewState): Subject | null {
    const offered = this.agenda.subjects(state);
    const hits = this.words.subjects.filter(
      ([id, pattern]) => offered.includes(id as Subject) && pattern.test(said),
    );
    // 温州牵头要研发强度多少 is a question of policy; 我们能不能牵头 and 能牵头吗 are choices.
    const outcome = this.words.is('outcome', said);
    const own = hits.length === 1 && outcome && (this.words.is('ours', said) || said.length <= SHORT);
    if (this.words.is('question', said) && !own) return null;
    const special = hits.find(([id]) => id === 'talent-consortium') ?? hits[0];
    return (special?.[0] as Subject | undefined) ?? null;
  }

  /** A subject that only one document judges needs no choice of city; a city that judges one subject needs no other. */
  onlySubject(state: InterviewState): void {
    if (state.subject === null || state.policies.length > 0) return;
    const judging = this.agenda.judging(state.subject);
    if (judging.length === 1) state.policies = [judging[0]!.meta.id];
  }
}

/** Whether a fact is a place, so that a city's name answers it. */
export function isPlace(vocabulary: Vocabulary, fact: string, cities: readonly string[]): boolean {
  return vocabulary.get(fact)?.values.some((v) => cities.includes(v.id)) ?? false;
}
