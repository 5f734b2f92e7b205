import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { compareDates } from '../quantity/index.js';
import { loadPolicy, type Policy } from './policy.js';
import type { PolicyMeta, PolicyStatus } from './types.js';

/** All documents of a knowledge folder. */
export interface Library {
  policies: readonly Policy[];
  policy(id: string): Policy | null;
}

/** Loads every folder with a policy.yaml, in the order of their names. @throws DataError of the first bad pack. */
export function loadLibrary(dir: string): Library {
  const policies = readdirSync(dir, { withFileTypes: true })
    .filter((d) => d.isDirectory() && existsSync(join(dir, d.name, 'policy.yaml')))
    .map((d) => d.name)
    .sort()
    .map((name) => loadPolicy(join(dir, name)));
  const byId = new Map(policies.map((p) => [p.meta.id, p]));
  return { policies, policy: (id) => byId.get(id) ?? null };
}

/** A document that one of the library put an end to. */
export interface RepealedDocument {
  title: string;
  docNumber: string | null;
  /** The document that repeals it. */
  by: Policy;
  /** The day on which it ended, which is that on which its successor takes effect; null where none is stated. */
  on: string | null;
}

/** What the documents of a library repeal, in the order of the documents: none of it is in force. */
export function repealedDocuments(library: Library): RepealedDocument[] {
  return library.policies.flatMap((by) =>
    by.meta.repeals.map((old) => ({ ...old, by, on: by.meta.effective })),
  );
}

/**
 * A document's status on a day. The day it takes effect and the day it expires belong to its life
 * (Civil Code of the PRC, Articles 201 and 202).
 */
export function statusOn(meta: PolicyMeta, asOf: string): PolicyStatus {
  if (meta.kind === 'informational') return 'informational';
  if (meta.kind === 'draft') return 'draft';
  if (meta.effective === null && meta.expires === null) return 'undated';
  if (meta.effective !== null && compareDates(asOf, meta.effective) < 0) return 'not-yet';
  if (meta.expires !== null && compareDates(asOf, meta.expires) > 0) return 'expired';
  return 'in-force';
}
