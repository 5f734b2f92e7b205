/** The ledger: every figure of every document, and what answers for it. Stands on knowledge and rules. */
import { join } from 'node:path';
import type { Entry, Library } from '../knowledge/index.js';
import { type Criterion, loadCalculations, type Vocabulary } from '../rules/index.js';
import { buildLedger, type Ledger } from './build.js';
import { loadOwn, loadShared } from './structural.js';

export type { Ledger, LedgerRow } from './build.js';

/** The packs that a ledger is kept of. */
export interface Packs {
  library: Library;
  vocabulary: Vocabulary;
  criteria: ReadonlyMap<string, readonly Criterion[]>;
  entries: ReadonlyMap<string, readonly Entry[]>;
}

/**
 * The ledger of a knowledge folder: ledger.yaml (what all documents share) and each policy's own.
 * @throws DataError when a file of it is broken; a figure without an account is a fault in the result.
 */
export function openLedger(dir: string, { library, vocabulary, criteria, entries }: Packs): Ledger {
  const documents = library.policies.map((policy) => {
    const id = policy.meta.id;
    return {
      accounts: {
        policy,
        criteria: criteria.get(id) ?? [],
        calculations: loadCalculations(join(dir, id, 'calculations.yaml'), policy, vocabulary),
        entries: entries.get(id) ?? [],
      },
      own: loadOwn(join(dir, id, 'ledger.yaml'), policy),
    };
  });
  return buildLedger(documents, loadShared(join(dir, 'ledger.yaml')));
}
