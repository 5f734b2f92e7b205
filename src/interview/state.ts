import { z } from 'zod';
import { InputError } from '../errors.js';
import { isIsoDate } from '../quantity/index.js';
import { type Facts, readFact, type Vocabulary, writeFacts } from '../rules/index.js';
import { type InterviewState, STATE_VERSION } from './types.js';

const ids = z.array(z.string().max(80)).max(500);
const schema = z.object({
  version: z.literal(STATE_VERSION),
  subject: z.enum(['lead', 'member', 'consortium', 'talent-consortium']).nullable(),
  policies: ids,
  facts: z.record(z.string(), z.unknown()),
  unsure: ids,
  skipped: ids,
  again: ids,
  asking: z.string().nullable(),
  trail: ids,
  full: z.boolean(),
  asOf: z.string().nullable(),
});

/** A new interview: nothing chosen, nothing told. */
export const newState = (): InterviewState => ({
  version: STATE_VERSION,
  subject: null,
  policies: [],
  facts: {},
  unsure: [],
  skipped: [],
  again: [],
  asking: 'subject',
  trail: [],
  full: false,
  asOf: null,
});

type Older = Record<string, unknown>;

/** What each version lacked or named otherwise, to the next one. */
const MIGRATIONS: Record<number, (old: Older) => Older> = {
  // Version 1 kept what was unknown as nulls among the facts, put nothing off and was for today only.
  1: ({ facts, pending, ...old }) => {
    const told = Object.entries((facts as Record<string, unknown> | undefined) ?? {});
    return {
      ...old,
      facts: Object.fromEntries(told.filter(([, value]) => value !== null)),
      unsure: told.filter(([, value]) => value === null).map(([id]) => id),
      asking: pending ?? null,
      skipped: [],
      again: [],
      full: old.full ?? false,
      asOf: null,
      version: 2,
    };
  },
};

/**
 * A state as it was stored, of this or an older version. Facts and policies that the knowledge no longer has, and values
 * that it no longer takes, are dropped: they will be asked for again.
 * @throws InputError when it is not the state of an interview, or of a version yet to come.
 */
export function readState(
  given: unknown,
  vocabulary: Vocabulary,
  isPolicy: (id: string) => boolean,
): InterviewState {
  let raw = given as Older;
  for (let guard = 0; guard < STATE_VERSION; guard++) {
    const migrate = MIGRATIONS[Number((raw as Older | null)?.version)];
    if (!migrate) break;
    raw = migrate(raw);
  }
  const parsed = schema.safeParse(raw);
  if (!parsed.success)
    throw new InputError('这不是一次评估的状态，或来自更新的版本', '评估回复里的 state；也可以重新开始评估');
  const state = parsed.data as InterviewState;
  const known = (id: string) => vocabulary.get(id) !== undefined;
  return {
    ...state,
    policies: state.policies.filter(isPolicy),
    facts: writeFacts(factsOf(state, vocabulary), vocabulary),
    unsure: state.unsure.filter(known),
    skipped: state.skipped.filter(known),
    again: state.again.filter(known),
    asking: state.asking !== null && isQuestion(state.asking, known) ? state.asking : null,
    trail: state.trail.filter((key) => isQuestion(key, known)),
    asOf: state.asOf !== null && isIsoDate(state.asOf) ? state.asOf : null,
  };
}

const isQuestion = (key: string, known: (id: string) => boolean): boolean =>
  key === 'subject' || key === 'policies' || known(key);

/** The facts of a state as the rules read them; what cannot be read is left out. */
export function factsOf(state: InterviewState, vocabulary: Vocabulary): Facts {
  const facts = new Map();
  for (const [id, value] of Object.entries(state.facts)) {
    const spec = vocabulary.get(id);
    if (!spec) continue;
    try {
      const read = readFact(spec, value);
      if (read !== null) facts.set(id, read);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
    }
  }
  return facts;
}
