import type { CheckRequest, ClauseHit } from '../assistant/desk.js';
import type { Answer, Assistant } from '../assistant/types.js';

export type Verdict = Answer['verdicts'][number];
export type { CheckRequest, ClauseHit };

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
}

/** The state of the parts, for /readyz: `parts` says "ok" or what is wrong, by name. */
export interface Readiness {
  ok: boolean;
  parts: Record<string, string>;
}

/**
 * All that a channel may reach. Channels receive, call this, and render what comes back.
 * Bad input of any kind raises `InputError`; `clause` raises it too where there is no such clause.
 */
export interface Desk {
  readonly assistant: Assistant;
  check(request: CheckRequest): Verdict;
  /** Best first. @param k 1 to 100 */
  search(query: unknown, k?: unknown): Promise<{ query: string; hits: ClauseHit[] }>;
  /** @param asOf YYYY-MM-DD, today when absent */
  policies(asOf?: unknown): PolicyView[];
  clause(policy: unknown, label: unknown): ClauseHit;
  ready(): Promise<Readiness>;
}
