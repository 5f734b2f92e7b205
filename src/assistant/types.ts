import type { Verdict } from '../rules/types.js';

export type Intent =
  | 'eligibility'
  | 'threshold'
  | 'policy'
  | 'comparison'
  | 'calculation'
  | 'status'
  | 'clarify'
  | 'smalltalk'
  | 'out_of_scope';

export interface Citation {
  policy: string;
  docNumber: string | null;
  clause: string;
  quote: string;
}

/**
 * The answer as structure; channels render it, `text` is its plain rendering.
 * `cites` are 1-based indexes into `citations`. `more: true` marks what a phone screen shows on request (folded).
 */
export type Block =
  | { kind: 'lead'; text: string; cites: number[] } // the answer in one or two sentences, read aloud first
  | { kind: 'para'; text: string; cites: number[]; more?: boolean }
  | { kind: 'heading'; text: string; more?: boolean }
  | { kind: 'list'; ordered: boolean; items: { text: string; cites: number[] }[]; more?: boolean }
  | { kind: 'table'; head: string[]; rows: { text: string; cites: number[] }[][]; more?: boolean }
  | { kind: 'quote'; text: string; cites: number[]; more?: boolean }
  | { kind: 'note'; text: string; cites: number[]; more?: boolean };

export interface Answer {
  id: string;
  question: string;
  asOf: string;
  intent: Intent;
  mode: 'offline' | 'llm';
  answered: boolean;
  text: string;
  blocks: Block[];
  facts: Record<string, unknown>;
  verdicts: Verdict[];
  citations: Citation[];
  next: { fact: string; question: string } | null;
  /** Buttons a channel may offer: what is shown and what is sent back as the user's next message. */
  suggestions: { label: string; send: string }[];
}

export interface Turn {
  role: 'user' | 'assistant';
  text: string;
}

export interface AskRequest {
  question: string;
  /** YYYY-MM-DD; today when absent. */
  asOf?: string;
  /** Restrict to one policy id. */
  policy?: string;
  history?: Turn[];
  /**
   * Established before the history, by other means than words (a guided interview): facts in the contract's notation, ids of
   * cities, whom it is about. What is said afterwards goes before it.
   */
  known?: { facts: Record<string, unknown>; cities?: readonly string[]; subject?: Verdict['subject'] };
  id?: string;
}

/** How an answer came about, kept beside it so that hotline staff can replay why it said what it said. */
export interface Trace {
  /** The step of the plan that answered (a name in STEPS), or the model's own path. */
  step: string;
  /** What was understood: cities meant, what was asked, the facts of this question and of the conversation. */
  understood: { policies: string[]; intents: string[]; facts: Record<string, unknown> };
  /** Tools that a model called, with what they gave or why they were refused; empty offline. */
  tools: { name: string; arguments: unknown; outcome: 'given' | 'refused'; detail: string }[];
  /** Every sentence that a model wrote, and what the guard decided; empty offline. */
  guard: { sentence: string; kept: boolean; reason: string | null }[];
  /** Of a message in a guided interview: where it stood before, and what the message did. Absent: no interview. */
  interview?: { before: unknown; events: unknown[] };
  /** Why a model that was asked did not finish (a kind of ModelFault); absent when it did or was not asked. */
  fault?: string;
}

export interface AskOptions {
  /** Aborted when the user asks something else or goes away: the answer is then not wanted any more. */
  signal?: AbortSignal;
  /** Called once, before the answer resolves. */
  onTrace?: (trace: Trace) => void;
  /** Called with each sentence that may be shown while the rest is still being written; only ever after the guard. */
  onSentence?: (sentence: string) => void;
}

/** The one door of the assistant; every channel and command goes through it. */
export interface Assistant {
  ask(request: AskRequest, options?: AskOptions): Promise<Answer>;
}
