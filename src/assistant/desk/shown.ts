import type { Clause, Policy } from '../../knowledge/index.js';
import type { Criterion, FactSpec } from '../../rules/index.js';

/** A clause as the contract shows it. Offsets are UTF-16 into the source file as stored. */
export interface ClauseHit {
  policy: string;
  docNumber: string | null;
  clause: string;
  path: string[];
  text: string;
  score: number;
  start: number;
  end: number;
}

/** A document as the contract's `policies` shows it; dates are YYYY-MM-DD or null. */
export interface PolicyView {
  id: string;
  title: string;
  docNumber: string | null;
  issuer: string;
  city: string;
  issued: string | null;
  effective: string | null;
  expires: string | null;
  status: string;
  repeals: { title: string; docNumber: string | null }[];
}

/** A clause of a whole document, flat and in document order. Offsets are UTF-16 into the source as stored. */
export interface DocumentClause {
  clause: string;
  kind: Clause['kind'];
  path: string[];
  heading: string | null;
  /** Its own words, without those of the clauses under it. */
  text: string;
  start: number;
  end: number;
  endAll: number;
  parent: string | null;
}

/** A clause as found; its own words, without those of the clauses under it. */
export function toHit(policy: Policy, clause: Clause, score: number): ClauseHit {
  return {
    policy: policy.meta.id,
    docNumber: policy.meta.docNumber,
    clause: clause.label,
    path: clause.path,
    text: clause.text,
    score,
    start: clause.start,
    end: clause.end,
  };
}

/** A clause as found, with the words of the clauses under it. */
export function toWholeHit(policy: Policy, clause: Clause): ClauseHit {
  return {
    ...toHit(policy, clause, 1),
    text: policy.text(clause.start, clause.endAll),
    end: clause.endAll,
  };
}

/** A document as listed. @param status what it is on the day */
export function toView({ meta }: Policy, status: string): PolicyView {
  return {
    id: meta.id,
    title: meta.title,
    docNumber: meta.docNumber,
    issuer: meta.issuer,
    city: meta.city,
    issued: meta.issued,
    effective: meta.effective,
    expires: meta.expires,
    status,
    repeals: meta.repeals,
  };
}

/** A clause among all those of its document. */
export function toDocumentClause(c: Clause): DocumentClause {
  return {
    clause: c.label,
    kind: c.kind,
    path: c.path,
    heading: c.heading,
    text: c.text,
    start: c.start,
    end: c.end,
    endAll: c.endAll,
    parent: c.parent?.label ?? null,
  };
}

/** A fact of the vocabulary. */
export function toFactView(s: FactSpec) {
  return {
    id: s.id,
    type: s.type,
    label: s.label,
    question: s.question,
    example: s.example,
    values: s.values.map((v) => ({ id: v.id, label: v.label })),
    orWord: s.orWord,
  };
}

/** A criterion with clause and quote. */
export function toRuleView(policy: string, c: Criterion) {
  return {
    policy,
    subject: c.subject,
    id: c.id,
    title: c.title,
    facts: [...c.facts],
    strength: c.strength,
    required: c.required,
    when: c.when,
    clause: c.clause,
    quote: c.quote,
    note: c.note,
  };
}
