import { existsSync } from 'node:fs';
import { z } from 'zod';
import { DataError } from '../errors.js';
import { gravest, issueText, type Policy, readYaml } from '../knowledge/index.js';

const text = z.string().min(1);
const pattern = text.refine(isPattern, '应是正则表达式');
const patterns = z.array(z.strictObject({ pattern, reason: text }));
const sharedSchema = z.strictObject({
  numbering: patterns,
  phrases: patterns,
  structural: patterns,
  residue: patterns.default([]),
});
const ownSchema = z.array(z.strictObject({ clause: text, text, reason: text }));

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'gmu') instanceof RegExp;
  } catch {
    return false;
  }
}

/** A pattern of knowledge/ledger.yaml with its reason. */
export interface Pattern {
  pattern: RegExp;
  reason: string;
}

/** What all documents share. */
export interface SharedAccounts {
  /** Numbering and lists: no quantity is read there. */
  numbering: Pattern[];
  /** Set phrases that only look like figures; no quantity is read there either. */
  phrases: Pattern[];
  /** What the conversion of a file left between its clauses (bookmark numbers). */
  residue: Pattern[];
  /** Quantities that belong to the wording or to a name and not to the policy. */
  structural: Pattern[];
}

/** Words of one document that only look like a figure, or whose quantities are structural. */
export interface OwnAccount {
  clause: string;
  text: string;
  start: number;
  end: number;
  reason: string;
}

/** Reads knowledge/ledger.yaml. @throws DataError with file, line and what would be accepted. */
export function loadShared(file: string): SharedAccounts {
  const { value, lineOf } = readYaml(file);
  const parsed = sharedSchema.safeParse(value);
  if (!parsed.success) {
    const issue = gravest(parsed.error.issues);
    throw new DataError(file, lineOf(issue.path), `${issue.path.join('.')}：${issueText(issue)}`);
  }
  const compile = (items: { pattern: string; reason: string }[]): Pattern[] =>
    items.map((i) => ({ pattern: new RegExp(i.pattern, 'gmu'), reason: i.reason }));
  const { numbering, phrases, structural, residue } = parsed.data;
  return {
    numbering: compile(numbering),
    phrases: compile(phrases),
    structural: compile(structural),
    residue: compile(residue),
  };
}

/**
 * Reads knowledge/<policy>/ledger.yaml; an absent file holds no accounts. The text must stand in its clause.
 * @throws DataError with file, line and what would be accepted.
 */
export function loadOwn(file: string, policy: Policy): OwnAccount[] {
  if (!existsSync(file)) return [];
  const { value, lineOf } = readYaml(file);
  const parsed = ownSchema.safeParse(value ?? []);
  if (!parsed.success) {
    const issue = gravest(parsed.error.issues);
    throw new DataError(file, lineOf(issue.path), `${issue.path.join('.')}：${issueText(issue)}`);
  }
  return parsed.data.map((item, i) => {
    const place = policy.find(item.text, item.clause);
    if (place === null) throw new DataError(file, lineOf([i]), `“${item.text}”不在条款“${item.clause}”里`);
    return { ...item, start: place.start, end: place.end };
  });
}
