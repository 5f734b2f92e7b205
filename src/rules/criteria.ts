import { existsSync } from 'node:fs';
import { z } from 'zod';
import { DataError } from '../errors.js';
import { gravest, insteadOf, issueText, noClause, type Policy, readYaml } from '../knowledge/index.js';
import {
  checkValues,
  compileRequirement,
  needsNote,
  type Place,
  requirement,
  squeeze,
  value,
} from './requirement.js';
import { say } from './say.js';
import { strengthFault } from './strength.js';
import type { Test } from './test.js';
import type { Strength, Subject } from './types.js';
import type { Vocabulary } from './vocabulary.js';

const words = z.string().min(1);
const criterionSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  subject: z.enum(['lead', 'member', 'consortium', 'talent-consortium']),
  title: words,
  when: z.record(z.string(), z.array(value).min(1)).optional(),
  strength: z.enum(['must', 'principle', 'judgement']),
  clause: words,
  quote: words,
  require: requirement.optional(),
  note: words.optional(),
});

/** One criterion of a policy, compiled: its test reads its figure out of the quote. */
export interface Criterion {
  policy: string;
  id: string;
  subject: Subject;
  title: string;
  /** Fact id → values under which the criterion concerns the case; null when it always does. */
  when: Readonly<Record<string, readonly (string | boolean)[]>> | null;
  strength: Strength;
  clause: string;
  quote: string;
  note: string | null;
  /** True when its facts are alternatives of one "or". */
  alternatives: boolean;
  /** null for judgement criteria. */
  test: Test | null;
  facts: readonly string[];
  required: string;
  /** The verbatim words the test was read from, for the ledger. */
  words: readonly string[];
}

/**
 * Loads and compiles `rules.yaml` of a policy. A pack whose quote is not in the clause, whose words or figure are not in
 * the quote, or that names an unknown fact does not load.
 * @throws DataError with file, line, criterion id, what is wrong and what would be accepted.
 */
export function loadCriteria(file: string, policy: Policy, vocabulary: Vocabulary): Criterion[] {
  if (!existsSync(file)) return [];
  const { value: read, lineOf } = readYaml(file);
  const raw = read ?? [];
  if (!Array.isArray(raw)) throw new DataError(file, 1, say('pack.rulesList'));
  const seen = new Set<string>();
  const faults: DataError[] = [];
  const criteria = raw.flatMap((item: unknown, i): Criterion[] => {
    const name = typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : `#${i + 1}`;
    const fail = (message: string): never => {
      throw new DataError(file, lineOf([i]), say('pack.criterion', { name, message }));
    };
    try {
      const parsed = criterionSchema.safeParse(item);
      if (!parsed.success) return fail(schemaFault(gravest(parsed.error.issues)));
      if (seen.has(parsed.data.id)) return fail(say('pack.idTwiceIn'));
      seen.add(parsed.data.id);
      return [compile(parsed.data, policy, { fail, vocabulary, quote: squeeze(parsed.data.quote) })];
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      faults.push(error);
      return [];
    }
  });
  const [first, ...more] = faults;
  if (first) throw more.length === 0 ? first : DataError.all(first, more);
  return criteria;
}

function schemaFault(issue: z.core.$ZodIssue): string {
  const where = issue.path.join('.');
  if (issue.path[0] === 'require' && issue.code === 'invalid_union') return say('pack.shapes', { where });
  return `${where === '' ? '' : `${where}：`}${issueText(issue, issue.path.length === 0 ? Object.keys(criterionSchema.shape) : undefined)}`;
}

function compile(data: z.infer<typeof criterionSchema>, policy: Policy, place: Place): Criterion {
  const clause = policy.clause(data.clause);
  if (clause === null) {
    return place.fail(noClause(data.clause, policy));
  }
  const quoted = policy.find(data.quote, clause.label);
  if (quoted === null) {
    return place.fail(
      say('pack.quoteAway', {
        quote: data.quote,
        clause: clause.label,
        instead: insteadOf(data.quote, clause, policy),
      }),
    );
  }
  for (const [fact, values] of Object.entries(data.when ?? {})) checkValues(fact, values, place);
  if ((data.require === undefined) !== (data.strength === 'judgement')) {
    place.fail(say('pack.judgement'));
  }
  const used: string[] = [];
  const test = data.require === undefined ? null : compileRequirement(data.require, place, used);
  if (test !== null && needsNote(data.require!) && data.note === undefined) {
    place.fail(say('pack.needsNote'));
  }
  const fault = strengthFault(
    { strength: data.strength, words: used, note: data.note ?? '' },
    quoted,
    policy,
  );
  if (fault !== null) place.fail(fault);
  return {
    policy: policy.meta.id,
    id: data.id,
    subject: data.subject,
    title: data.title,
    when: data.when ?? null,
    strength: data.strength,
    clause: clause.label,
    quote: data.quote,
    note: data.note ?? null,
    alternatives: data.require !== undefined && 'any' in data.require,
    test,
    facts: test?.facts ?? [],
    required: test?.required ?? say('check.judged'),
    words: used,
  };
}
