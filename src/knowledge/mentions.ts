import { existsSync } from 'node:fs';
import { z } from 'zod';
import { DataError } from '../errors.js';
import { insteadOf, noClause } from './entries.js';
import { gravest, issueText } from './issue.js';
import type { Policy } from './policy.js';
import { readYaml } from './yaml.js';

/** What can be asked of a thing: how much, how many, which ones or what it is, who, when, how, on what conditions, its wording, a form of it. */
export const DETAILS = [
  'amount',
  'count',
  'list',
  'roster',
  'who',
  'when',
  'how',
  'criteria',
  'contents',
  'template',
] as const;
export type Detail = (typeof DETAILS)[number];

/** A thing that a document names and does not spell out: a fund, a programme, a plan of others, a form, a person. */
export interface Mention {
  /** How the thing is called; the first is the name that an answer uses. */
  names: readonly string[];
  clause: string;
  /** Verbatim, from that clause. */
  quote: string;
  /** What the document does tell of it; of everything else it says nothing. */
  tells: readonly Detail[];
}

const schema = z.array(
  z.strictObject({
    names: z.array(z.string().min(2)).min(1),
    clause: z.string().min(1),
    quote: z.string().min(1),
    tells: z.array(z.enum(DETAILS)).default([]),
  }),
);

/**
 * Reads a policy's mentions.yaml; none when the file is absent.
 * @throws DataError with file, line and what would be accepted: every quote must stand in its clause.
 */
export function loadMentions(file: string, policy: Policy): Mention[] {
  if (!existsSync(file)) return [];
  const { value, lineOf } = readYaml(file);
  const parsed = schema.safeParse(value ?? []);
  if (!parsed.success) {
    const issue = gravest(parsed.error.issues);
    throw new DataError(file, lineOf([...issue.path]), `${issue.path.join('.')}：${issueText(issue)}`);
  }
  return parsed.data.map((mention, i) => {
    const clause = policy.clause(mention.clause);
    if (!clause) throw new DataError(file, lineOf([i]), noClause(mention.clause, policy));
    if (!policy.find(mention.quote, clause.label))
      throw new DataError(
        file,
        lineOf([i]),
        `原文“${mention.quote.slice(0, 80)}”不在${clause.label}里；${insteadOf(mention.quote, clause, policy)}`,
      );
    return { ...mention, clause: clause.label };
  });
}

/**
 * Reads a policy's asks.yaml, further ways of asking for what its entries and criteria say: entry id, or `rule:` and a
 * criterion's id → phrases. Empty when the file is absent.
 * @param known the ids that may stand there
 * @throws DataError with file, line and what would be accepted.
 */
export function loadAsks(file: string, known: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  if (!existsSync(file)) return new Map();
  const { value, lineOf } = readYaml(file);
  const parsed = z.record(z.string(), z.array(z.string().min(1))).safeParse(value ?? {});
  if (!parsed.success) {
    const issue = gravest(parsed.error.issues);
    throw new DataError(file, lineOf([...issue.path]), `${issue.path.join('.')}：${issueText(issue)}`);
  }
  for (const id of Object.keys(parsed.data)) {
    if (!known.has(id))
      throw new DataError(
        file,
        lineOf([id]),
        `没有编号“${id}”；这里写 entries.yaml 里的编号，或 rule: 加 rules.yaml 里的编号`,
      );
  }
  return new Map(Object.entries(parsed.data));
}
