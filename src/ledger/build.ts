import type { Clause, Policy } from '../knowledge/index.js';
import { canonical, readQuantities } from '../quantity/index.js';
import type { Quantity, Unit } from '../quantity/types.js';
import { type Accounts, type Claim, claimsOf } from './claims.js';
import { firstNumeral } from './numeral.js';
import type { OwnAccount, Pattern, SharedAccounts } from './structural.js';

/** One figure of a document and what answers for it. Offsets are UTF-16 into the source file as stored. */
export interface LedgerRow {
  policy: string;
  clause: string;
  start: number;
  end: number;
  /** source.slice(start, end) */
  text: string;
  /** What src/quantity reads; `ordinal` of a numbering and `number` of a set phrase, where it reads nothing. */
  unit: Unit;
  /** As src/quantity writes it: yuan, percent points, ISO dates; the number of a numbering. */
  value: string;
  account: 'criterion' | 'calculation' | 'lookup' | 'structural';
  /** Id of the criterion, calculation or entry; the reason of a structural figure. */
  by: string;
}

/** The ledger of some documents, and what is wrong with it. */
export interface Ledger {
  /** In the order of the documents and of their words. */
  rows: LedgerRow[];
  /** In words, one a fault: a figure without account, an account without figure, a rule that reads another figure. */
  faults: string[];
}

/** Words at their place. */
interface Found {
  start: number;
  end: number;
  text: string;
  clause: Clause;
}

interface Figure extends Found {
  unit: Unit;
  value: string;
}

/** One document with all that may account for its figures. */
export interface Account {
  accounts: Accounts;
  own: readonly OwnAccount[];
}

/** Accounts for every figure of every document. */
export function buildLedger(documents: readonly Account[], shared: SharedAccounts): Ledger {
  const used = new Set<Pattern>();
  const ledgers = documents.map((d) => ledgerOf(d, shared, used));
  const idle = [...shared.numbering, ...shared.phrases, ...shared.structural, ...shared.residue].filter(
    (p) => !used.has(p),
  );
  return {
    rows: ledgers.flatMap((l) => l.rows.sort((a, b) => a.start - b.start)),
    faults: [
      ...ledgers.flatMap((l) => l.faults),
      ...idle.map((p) => `ledger.yaml：“${p.reason}”（${p.pattern.source}）在各文件里已没有对应的文字`),
    ],
  };
}

function ledgerOf({ accounts, own }: Account, shared: SharedAccounts, used: Set<Pattern>): Ledger {
  const { policy } = accounts;
  const id = policy.meta.id;
  const figures = figuresOf(policy);
  const claims = claimsOf(accounts);
  const patterns = shared.structural.flatMap((p) => matches(policy, p, used));
  const rows: LedgerRow[] = [];
  const faults: string[] = [];
  for (const q of figures) {
    const claim = claims.find((c) => c.places.some((place) => holds(place, q)));
    const ruled = claim !== undefined && claim.account !== 'lookup';
    // What a person marked in this document as form outweighs an entry that happens to name it; rules outweigh both.
    const marked = ruled ? undefined : own.find((o) => holds(o, q));
    const reason = marked?.reason ?? (claim ? undefined : patterns.find((p) => holds(p, q))?.reason);
    if (reason !== undefined) rows.push(row(q, 'structural', reason));
    else if (claim) rows.push(row(q, claim.account, claim.by));
    else faults.push(`${id} ${q.clause.label}（${q.start}）：“${q.text}”没有人负责`);
  }
  const unread = (m: Found, unit: Unit, reason: string): void => {
    const taken = (other: { start: number; end: number }) => other.start < m.end && m.start < other.end;
    if (figures.some(taken) || rows.some(taken)) return;
    rows.push(row({ ...m, unit, value: firstNumeral(m.text) ?? '' }, 'structural', reason));
  };
  for (const o of own) {
    const clause = policy.clauseAt(o.start);
    if (clause === null || firstNumeral(o.text) === null)
      faults.push(`${id} ${o.clause}：“${o.text}”里没有数字，请从 ledger.yaml 删去`);
    else
      unread(
        { start: o.start, end: o.end, text: policy.source.slice(o.start, o.end), clause },
        'number',
        o.reason,
      );
  }
  for (const p of shared.numbering) for (const m of matches(policy, p, used)) unread(m, 'ordinal', m.reason);
  for (const p of shared.phrases) for (const m of matches(policy, p, used)) unread(m, 'number', m.reason);
  for (const p of shared.residue) for (const m of between(policy, p, used)) unread(m, 'number', m.reason);
  return { rows, faults: [...faults, ...claims.flatMap((c) => faultsOf(id, c, figures))] };
}

/** A figure's value; of a stretch (2-3年) both its ends. */
const valueIn = (q: Quantity): string =>
  q.bound === 'about' && q.upper !== null ? `${q.value}-${canonical(q.upper)}` : q.value;

function figuresOf(policy: Policy): Figure[] {
  return policy.clauses.flatMap((clause) =>
    readQuantities(policy.source.slice(clause.start, clause.end)).map((q) => ({
      start: clause.start + q.start,
      end: clause.start + q.end,
      text: q.text,
      unit: q.unit,
      value: valueIn(q),
      clause,
    })),
  );
}

/** Where a pattern stands, clause by clause; what lies between clauses is residue and no reader sees it. */
function matches(policy: Policy, p: Pattern, used: Set<Pattern>): (Found & { reason: string })[] {
  const found = policy.clauses.flatMap((clause) =>
    [...policy.source.slice(clause.start, clause.end).matchAll(p.pattern)].map((m) => {
      const start = clause.start + m.index;
      return { start, end: start + m[0].length, text: m[0], clause, reason: p.reason };
    }),
  );
  if (found.length > 0) used.add(p);
  return found;
}

/** Where a pattern stands in the file as stored, told with the clause that begins after it. */
function between(policy: Policy, p: Pattern, used: Set<Pattern>): (Found & { reason: string })[] {
  const found = [...policy.source.matchAll(p.pattern)].map((m) => {
    const end = m.index + m[0].length;
    const clause = policy.clauses.find((c) => c.start >= end) ?? policy.clauses.at(-1)!;
    return { start: m.index, end, text: m[0], clause, reason: p.reason };
  });
  if (found.length > 0) used.add(p);
  return found;
}

const holds = (place: { start: number; end: number }, q: { start: number; end: number }): boolean =>
  place.start <= q.start && q.end <= place.end;

function row(q: Figure, account: LedgerRow['account'], by: string): LedgerRow {
  const { clause, start, end, text, unit, value } = q;
  return { policy: clause.policy, clause: clause.label, start, end, text, unit, value, account, by };
}

/** A rule must read in its words what the document says there; what it claims must still be a figure. */
function faultsOf(id: string, claim: Claim, figures: readonly Figure[]): string[] {
  if (claim.reads.length === 0) return [];
  const name = `${id} ${claim.account} ${claim.by}`;
  const said = claim.places.map((place) => figures.filter((q) => holds(place, q)));
  const full = said.find((list) => list.length > 0);
  if (!full) return [`${name}：“${claim.words}”在原文里已不是一个数量`];
  const same = said.some(
    (list) =>
      list.length === claim.reads.length &&
      list.every((q, i) => q.value === valueIn(claim.reads[i]!) && q.unit === claim.reads[i]!.unit),
  );
  if (same) return [];
  const read = claim.reads.map((q) => q.text).join('、');
  return [`${name}：“${claim.words}”读作 ${read}，原文此处是 ${full.map((q) => q.text).join('、')}`];
}
