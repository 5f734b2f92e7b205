import type { Library, Policy } from '../knowledge/index.js';
import { statusOn } from '../knowledge/index.js';
import {
  applies,
  type Criterion,
  check,
  deriveFacts,
  outcomeOf,
  type Subject,
  type Verdict,
  type Vocabulary,
} from '../rules/index.js';
import { type Left, leftOf } from './matter.js';
import { factsOf } from './state.js';
import type { Because, InterviewState, Progress, Reason } from './types.js';
import { union } from './values.js';

/** The documents and rules that an interview is about. */
export interface Rulebook {
  library: Library;
  vocabulary: Vocabulary;
  /** Policy id → its criteria. */
  criteria: ReadonlyMap<string, readonly Criterion[]>;
}

export const SUBJECTS: readonly Subject[] = ['lead', 'consortium', 'member', 'talent-consortium'];

/** Of more documents than this, that many are gone through at once where none is chosen. */
const MANY = 12;
const FIRST = 8;

/** What is to be asked of a state: what matters to whom, what comes next, why. Over several policies at once. */
export class Agenda {
  constructor(private readonly ground: Rulebook) {}

  /** Sets what is asked next: choices first, then what is asked already while it matters, then what settles most. */
  choose(state: InterviewState, day: string): void {
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
      const matters = this.left(state, day, false).some((l) => l.facts.has(asking));
      if (matters) return;
    }
    state.asking = this.next(state, day, true) ?? this.next(state, day, false);
    // Asked for again without getting clearer: it stays as it is.
    for (let next = state.asking; next !== null && state.again.includes(next); next = state.asking) {
      state.unsure = union(state.unsure, [next]);
      state.asking = this.next(state, day, true) ?? this.next(state, day, false);
    }
  }

  /** What is left of each policy, in the order of the state's policies. */
  left(state: InterviewState, day: string, skipping: boolean, full = state.full): Left[] {
    const facts = factsOf(state, this.ground.vocabulary);
    const closed = new Set(skipping ? [...state.unsure, ...state.skipped] : state.unsure);
    return this.policies(state).map((policy) =>
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
  next(state: InterviewState, day: string, skipping: boolean): string | null {
    const left = this.left(state, day, skipping);
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

  /** What is answered and what can still matter, the question at hand included. */
  progress(state: InterviewState, left: readonly { facts: ReadonlySet<string> }[]): Progress {
    const canMatter = new Set(left.flatMap((l) => [...l.facts]));
    if (state.asking !== null && this.ground.vocabulary.get(state.asking)) canMatter.add(state.asking);
    const answered = new Set([...Object.keys(state.facts), ...state.unsure]);
    return { answered: answered.size, canMatter: canMatter.size };
  }

  /** Why a fact is asked now, from what is known of it. */
  reason(state: InterviewState, fact: string, day: string): Reason {
    const { vocabulary } = this.ground;
    const derived = deriveFacts(factsOf(state, vocabulary), vocabulary, day);
    if (derived.conflicts.some((c) => c.fact === fact)) return 'conflict';
    const open = () => this.left(state, day, false).some((l) => l.facts.has(fact));
    if (fact in state.facts) return open() ? 'vague' : 'back';
    return state.unsure.includes(fact) ? 'back' : 'unknown';
  }

  /** The clauses that a fact is asked for, those still open first. */
  because(state: InterviewState, fact: string, day: string): Because[] {
    const { vocabulary } = this.ground;
    const derived = deriveFacts(factsOf(state, vocabulary), vocabulary, day).facts;
    const serves = servedBy(vocabulary, fact);
    const all = this.policies(state).flatMap((policy) =>
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
    return this.policies(state).map((policy) =>
      check(this.ground.criteria.get(policy.meta.id) ?? [], this.ground.vocabulary, {
        policy: policy.meta.id,
        subject: state.subject!,
        asOf: day,
        status: statusOn(policy.meta, day),
        facts,
      }),
    );
  }

  /** The chosen policies, in reading order. */
  policies(state: InterviewState): Policy[] {
    return state.policies.flatMap((id) => this.ground.library.policy(id) ?? []);
  }

  #criteria(policy: Policy, subject: Subject): Criterion[] {
    return (this.ground.criteria.get(policy.meta.id) ?? []).filter((c) => c.subject === subject);
  }

  /** Policies that judge a subject (any, when null), cities in the vocabulary's order. */
  judging(subject: Subject | null): Policy[] {
    const { library, criteria, vocabulary } = this.ground;
    const order = new Map(vocabulary.get('lead.city')?.values.map((v, i) => [v.id, i]));
    const place = (p: Policy): number => order.get(p.meta.city) ?? -1;
    return library.policies
      .filter((p) => (criteria.get(p.meta.id) ?? []).some((c) => subject === null || c.subject === subject))
      .sort((a, b) => place(a) - place(b));
  }

  /** Those that “全部” means: all, or of many the first ones; any may still be named. */
  all(subject: Subject | null): Policy[] {
    const judging = this.judging(subject);
    return judging.length > MANY ? judging.slice(0, FIRST) : judging;
  }

  /** Those of some policies that judge a subject, in reading order. */
  inOrder(ids: readonly string[], subject: Subject | null): string[] {
    return this.judging(subject)
      .map((p) => p.meta.id)
      .filter((id) => ids.includes(id));
  }

  /** Subjects that the chosen policies (all, when none is) judge. */
  subjects(state: InterviewState): Subject[] {
    const policies = state.policies.length > 0 ? state.policies : this.judging(null).map((p) => p.meta.id);
    return SUBJECTS.filter((s) => this.judging(s).some((p) => policies.includes(p.meta.id)));
  }

  /** Facts that the chosen criteria read, the ones they hang on and the parts that they are computed from. */
  focus(state: InterviewState): ReadonlySet<string> {
    const { vocabulary } = this.ground;
    const policies = state.policies.length > 0 ? this.policies(state) : this.judging(state.subject);
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
