import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InterviewState, Step, View } from '../../src/interview/index.js';
import { check, readFacts, type Subject, type Verdict } from '../../src/rules/index.js';
import { judges, POLICIES, profile, readBy, type Said, SUBJECTS, sayings, volunteered } from './profiles.js';
import { AS_OF, interview, world } from './support.js';

/** Walks of each subject; all city sets are drawn. WENCE_WALKS draws that many others, a new choice every time. */
const RUNS = Number(process.env.WENCE_WALKS ?? 600);
const SEED = process.env.WENCE_WALKS ? undefined : 20261121;
/** Disturbances (going back, corrections, questions of policy …) before the person only answers. */
const RESTLESS = 25;
/** Longer than any interview can be: reaching it is a dead end. */
const ENDLESS = 120;

const ASIDES = ['厦门营收要求多少？', '研发投入包括哪些？', '泉州备案要交什么材料？', '有什么奖励？'];
const NOISE = ['哈哈哈', '。。。', '啦啦啦', 'asdf'];
const YEARLY = 'lead.rd_spend_by_year';

interface Walk {
  policies: string[];
  subject: Subject;
  known: Map<string, Said>;
}

const walks = (subject: Subject): fc.Arbitrary<Walk> =>
  fc
    .subarray(
      POLICIES.filter((p) => judges(p, subject)),
      { minLength: 1 },
    )
    .chain((policies) => profile(readBy(policies, subject)).map((known) => ({ policies, subject, known })));

function verdictOn(policy: string, subject: Subject, facts: Record<string, unknown>): Verdict {
  return check(world.criteria.get(policy)!, world.vocabulary, {
    policy,
    subject,
    asOf: AS_OF,
    status: world.statusOf(world.library.policy(policy)!, AS_OF),
    facts: readFacts(facts, world.vocabulary),
  });
}

/** One person at one interview: what is said, and what must hold after every message. */
class Person {
  step: Step;
  messages = 0;
  readonly log: string[] = [];
  /** Facts that were asked for again because the first answer was not exact enough. */
  readonly #again = new Set<string>();

  constructor(readonly walk: Walk) {
    this.step = interview.start({ subject: walk.subject, policies: walk.policies, asOf: AS_OF });
    this.#put();
  }

  get view(): View {
    return this.step.view!;
  }

  get state(): InterviewState {
    return this.step.state!;
  }

  say(words: string): Step {
    const before = this.view;
    const stored = JSON.parse(JSON.stringify(this.state)) as InterviewState;
    expect(interview.show(stored).view).toEqual(before);
    this.log.push(words);
    this.messages++;
    this.step = interview.reply(stored, words);
    expect(this.step.state).toEqual(JSON.parse(JSON.stringify(this.step.state)));
    const moved =
      this.view.kind === 'question' && (before.kind !== 'question' || before.fact !== this.view.fact);
    if (moved) this.#put();
    return this.step;
  }

  /** What is known is not asked again, but once for more exactness, and where the person went back to it. */
  #put(): void {
    const { view, state } = this;
    if (view.kind !== 'question') return;
    expect(view.progress.canMatter).toBeGreaterThan(0);
    if (this.step.events.some((e) => e.kind === 'back' || e.kind === 'change')) return;
    const known = view.fact in state.facts;
    expect([known, view.reason]).toEqual([
      known,
      known ? expect.stringMatching(/vague|conflict/) : 'unknown',
    ]);
    expect(state.unsure).not.toContain(view.fact);
    if (!known) return;
    expect(this.#again).not.toContain(view.fact);
    this.#again.add(view.fact);
  }

  /** A fact corrected, put off or left for an earlier one may be asked for once more. */
  corrected(fact: string): void {
    this.#again.delete(fact);
  }

  /** The answer to what is asked: of what the person knows, or that they do not know. */
  answer(): string {
    const { view } = this;
    if (view.kind !== 'question') throw new Error('nothing is asked');
    const own = this.walk.known.get(view.fact);
    if (own) return own.words;
    const yearly = this.walk.known.get(YEARLY);
    const parts = ['lead.rd_spend_avg_3y', 'lead.rd_ratio_3y', 'lead.rd_spend_last_year'];
    if (yearly && parts.includes(view.fact) && !(YEARLY in this.state.facts)) return yearly.words;
    return '不清楚';
  }
}

/** One disturbance, or null to answer plainly. Corrections change what the person holds true. */
function disturb(person: Person, dice: () => number): boolean {
  const { view, state, walk } = person;
  if (view.kind !== 'question') return false;
  const roll = dice() % 14;
  if (roll === 0) {
    const back = person.say('上一题');
    expect(back.events[0]!.kind).toMatch(/^(back|nothing-before)$/);
    person.corrected(view.fact);
    return true;
  }
  if (roll === 1) {
    const step = person.say(ASIDES[dice() % ASIDES.length]!);
    expect(step.events.map((e) => e.kind)).toEqual(['elsewhere']);
    expect(step.state).toEqual(state);
    return true;
  }
  if (roll === 2) {
    const spec = world.vocabulary.get(view.fact)!;
    if (spec.type === 'text') return false;
    const step = person.say(NOISE[dice() % NOISE.length]!);
    expect(step.events.map((e) => e.kind)).toEqual(['unread']);
    expect(step.state).toEqual(state);
    return true;
  }
  if (roll === 3) {
    const step = person.say(['为什么问这个', '帮助', '小结'][dice() % 3]!);
    expect(step.state).toEqual(state);
    return true;
  }
  if (roll === 4) {
    person.say('跳过');
    person.corrected(view.fact);
    return true;
  }
  if (roll <= 7) {
    // Something else that is known, alone or beside the answer.
    const others = [...walk.known].filter(([id]) => id !== view.fact && !(id in state.facts));
    const pick = others[dice() % Math.max(1, others.length)];
    const phrase = pick && volunteered(world.vocabulary.get(pick[0])!, pick[1]);
    if (!phrase) return false;
    person.say(roll === 7 ? `${person.answer()}。${phrase}` : `我们${phrase}`);
    return true;
  }
  if (roll === 8) {
    // A correction: what is held true changes with it.
    const told = Object.keys(state.facts).filter((id) => id !== view.fact && id !== YEARLY);
    const id = told[dice() % Math.max(1, told.length)];
    if (id === undefined) return false;
    const spec = world.vocabulary.get(id)!;
    const now = sayings(spec)[dice() % sayings(spec).length]!;
    const phrase = volunteered(spec, now);
    if (phrase === null || spec.type === 'boolean' || spec.type === 'level' || spec.type === 'enum')
      return false;
    const step = person.say(`改一下，${phrase}`);
    expect([phrase, step.state!.facts[id]]).toEqual([phrase, now.value]);
    walk.known.set(id, now);
    person.corrected(id);
    return true;
  }
  return false;
}

describe.each(SUBJECTS)('any interview about %s', (subject) => {
  test('ends in the verdicts of a direct check, whatever the order, and has no dead end', () => {
    let messages = 0;
    fc.assert(
      fc.property(walks(subject), fc.array(fc.nat(1000), { minLength: 40, maxLength: 40 }), (walk, seeds) => {
        const person = new Person({ ...walk, known: new Map(walk.known) });
        let at = 0;
        const dice = () => seeds[at++ % seeds.length]! + at;
        try {
          while (person.view.kind === 'question') {
            expect(person.messages).toBeLessThan(ENDLESS);
            if (person.messages < RESTLESS && disturb(person, dice)) continue;
            person.say(person.answer());
          }
          messages += person.messages;
          const { view, state } = person;
          if (view.kind !== 'settled') throw new Error(`ended in ${view.kind}`);
          // All that the person knows, without what they would not tell.
          const truth = Object.fromEntries(
            [...person.walk.known]
              .filter(([id]) => !state.unsure.includes(id))
              .map(([id, it]) => [id, it.value]),
          );
          walk.policies.forEach((policy, i) => {
            const stated = verdictOn(policy, subject, state.facts);
            expect(view.verdicts.find((v) => v.policy === policy)).toEqual(stated);
            expect([policy, stated.outcome]).toEqual([
              policy,
              verdictOn(policy, subject, { ...truth, ...state.facts }).outcome,
            ]);
            expect(i).toBeGreaterThanOrEqual(0);
          });
          for (const [id, value] of Object.entries(state.facts))
            if (person.walk.known.has(id))
              expect([id, value]).toEqual([id, person.walk.known.get(id)!.value]);
        } catch (error) {
          (error as Error).message +=
            `\nsaid: ${person.log.join(' | ')}\nstate: ${JSON.stringify(person.state)}`;
          throw error;
        }
      }),
      { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: SEED }) },
    );
    expect(messages).toBeGreaterThan(RUNS);
  }, 600_000);
});
