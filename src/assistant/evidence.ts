import type { Policy } from '../knowledge/index.js';
import type { Citation } from './types.js';

/** Collects citations in the order they are first used; the same clause and quote is cited once. Numbers are 1-based. */
export class Evidence {
  readonly citations: Citation[] = [];

  /** Cites words of a clause. The quote stands verbatim (white space aside) in the policy's source. */
  cite(policy: Policy, clause: string, quote: string): number {
    const found = this.citations.findIndex(
      (c) => c.policy === policy.meta.id && c.clause === clause && c.quote === quote,
    );
    if (found >= 0) return found + 1;
    this.citations.push({ policy: policy.meta.id, docNumber: policy.meta.docNumber, clause, quote });
    return this.citations.length;
  }
}
