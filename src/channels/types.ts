import type { ClauseHit, DocumentClause } from '../assistant/desk/shown.js';
import type { CheckRequest, VerdictsRequest } from '../assistant/desk.js';
import type { Interviewer } from '../assistant/interviewer.js';
import type { LiveVerdicts } from '../assistant/live.js';
import type { Answer, Assistant } from '../assistant/types.js';
import type { LedgerRow } from '../ledger/index.js';
import type { Store } from '../store/types.js';

export type Verdict = Answer['verdicts'][number];
export type { CheckRequest, ClauseHit, DocumentClause, LedgerRow, LiveVerdicts, VerdictsRequest };

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

/** How the language model is: `unknown` until it was first asked, `down` while it rests after faults. */
export interface ModelHealthView {
  state: 'off' | 'unknown' | 'ok' | 'degraded' | 'down';
  /** Questions put to it and tokens used since the start. */
  asked: number;
  tokens: number;
  /** By kind. */
  faults: Readonly<Record<string, number>>;
}

/** What is to be compared, of which documents (all when absent), on which day. */
export interface CompareRequest {
  /** Words, or a fact of the vocabulary. */
  about: string;
  policies?: readonly string[];
  asOf?: string;
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
  /** A verdict of every document that judges the subject, on facts given and facts read from words. */
  verdicts(request: VerdictsRequest): LiveVerdicts;
  /** The vocabulary, as `wence facts --json`. */
  facts(): unknown[];
  /** The criteria of one document or of all, as `wence rules --json`. */
  rules(policy?: unknown): unknown[];
  /** A document whole, clauses flat and in document order. */
  document(id: unknown, asOf?: unknown): { policy: PolicyView; clauses: DocumentClause[] };
  /** Every quantity of one document or of all, as `wence ledger --json`. Absent: this server has no ledger. */
  readonly ledger?: (policy?: unknown) => LedgerRow[];
  /** What the documents say on one thing side by side, `answer.blocks` holding the table. Absent: not offered. */
  readonly compare?: (request: CompareRequest) => Promise<{ about: string; answer: Answer }>;
  /** How the language model is. Absent: none is configured. */
  readonly modelHealth?: () => ModelHealthView;
  /** What must outlive the process. Absent: chats and answers are kept in memory, for as long as the server runs. */
  readonly store?: Store;
  /** The guided interview; a channel without it offers none. */
  readonly interviewer?: Interviewer;
  /** The original text of a document, as a file to keep. Absent: not offered. @throws InputError for an unknown id */
  readonly source?: (policy: string) => { filename: string; bytes: Uint8Array };
}
