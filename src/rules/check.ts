import { writeMoney, writePercent, writeRange } from '../quantity/index.js';
import { applies } from './applies.js';
import type { Criterion } from './criteria.js';
import { type Conflict, type Derived, deriveFacts } from './derive.js';
import { nextFact } from './next.js';
import { say } from './say.js';
import type { CriterionResult, Facts, Outcome, Subject, Tri, Verdict } from './types.js';
import type { Vocabulary } from './vocabulary.js';

/** What a check is made against. */
export interface CheckInput {
  policy: string;
  subject: Subject;
  /** YYYY-MM-DD */
  asOf: string;
  /** Life-cycle status of the policy on that day (in-force, draft …); carried into the verdict. */
  status: string;
  facts: Facts;
}

/** The four outcomes of semantics.md from the criteria's. Judgement items never decide. */
export function settle(outcomes: Iterable<{ strength: Criterion['strength']; outcome: Tri }>): Outcome {
  let open = false;
  let short = false;
  for (const { strength, outcome } of outcomes) {
    if (strength === 'judgement' || outcome === 'pass') continue;
    if (outcome === 'fail' && strength === 'must') return 'ineligible';
    if (outcome === 'unknown') open = true;
    else short = true;
  }
  return open ? 'undetermined' : short ? 'discretionary' : 'eligible';
}

/**
 * One verdict. Pure: the same criteria, facts and day give the same verdict.
 * Criteria that do not concern the case are left out; contradictions between stated and derived facts are said.
 */
export function check(criteria: readonly Criterion[], vocabulary: Vocabulary, input: CheckInput): Verdict {
  const derived = deriveFacts(input.facts, vocabulary, input.asOf);
  const mine = criteria.filter((c) => c.subject === input.subject);
  const results: CriterionResult[] = [];
  for (const criterion of mine) {
    const applying = applies(criterion, derived.facts);
    if (applying === 'fail' || (criterion.test === null && applying === 'unknown')) continue;
    results.push(resultOf(criterion, applying, derived, input.asOf, vocabulary));
  }
  const outcome = settle(results);
  return {
    id: `${input.policy}/${input.subject}`,
    policy: input.policy,
    subject: input.subject,
    asOf: input.asOf,
    status: input.status,
    outcome,
    next: outcome === 'undetermined' ? nextFact(mine, derived, input.asOf, vocabulary) : null,
    criteria: results,
    conflicts: derived.conflicts.map((conflict) => conflictText(conflict, vocabulary)),
  };
}

function resultOf(
  criterion: Criterion,
  applying: Tri,
  derived: Derived,
  asOf: string,
  vocabulary: Vocabulary,
): CriterionResult {
  const finding = criterion.test?.finding(derived.facts, asOf) ?? {
    outcome: 'unknown' as Tri,
    given: null,
    gap: null,
  };
  const hypothetical = applying === 'unknown' && finding.outcome === 'fail';
  const notes = criterion.note === null ? [] : [criterion.note];
  for (const conflict of derived.conflicts) {
    if (criterion.facts.includes(conflict.fact)) notes.push(conflictText(conflict, vocabulary));
  }
  return {
    id: criterion.id,
    title: criterion.title,
    facts: [...criterion.facts],
    outcome: hypothetical ? 'unknown' : finding.outcome,
    strength: criterion.strength,
    required: criterion.required,
    given: finding.given,
    gap: finding.outcome === 'fail' && !hypothetical ? finding.gap : null,
    clause: criterion.clause,
    quote: criterion.quote,
    note: notes.length === 0 ? null : notes.join(' '),
  };
}

/** Says what was stated, what follows from the parts, and that neither is used. */
export function conflictText(conflict: Conflict, vocabulary: Vocabulary): string {
  const spec = vocabulary.get(conflict.fact)!;
  const write = (value: Conflict['stated']): string =>
    value.type === 'number' ? writeRange(value.range, spec.type === 'money' ? writeMoney : writePercent) : '';
  return say('check.conflict', {
    label: spec.label,
    stated: write(conflict.stated),
    derived: write(conflict.derived),
  });
}
