import type { Answer, Block, Citation, Trace } from '../../../src/assistant/types.js';
import type { Verdict } from '../../../src/rules/types.js';

// The shapes of docs/web-api.md; answers and verdicts are the assistant's own types.
export type { Answer, Block, Citation, Trace, Verdict };

export interface Suggestion {
  label: string;
  send: string;
}

export interface Progress {
  answered: number;
  canMatter: number;
}

export interface InterviewView {
  active: boolean;
  settled: boolean;
  progress: Progress | null;
  report: boolean;
}

export type ChatTurn =
  | { role: 'user'; at: string; text: string }
  | { role: 'assistant'; at: string; answer: Answer; interview: InterviewView | null };

export interface ChatView {
  id: string;
  turns: ChatTurn[];
  suggestions: Suggestion[];
  interview: InterviewView | null;
}

export interface ChatReply {
  answer: Answer;
  interview: InterviewView | null;
  suggestions: Suggestion[];
  duplicate: boolean;
  /** The person asked for the report: it is fetched as if its button had been pressed. */
  wants?: 'report';
}

export interface PolicyView {
  id: string;
  title: string;
  docNumber: string | null;
  issuer: string;
  city: string;
  issued: string | null;
  effective: string | null;
  expires: string | null;
  status: 'in-force' | 'not-yet' | 'expired' | 'draft' | 'undated' | 'informational';
  repeals: { title: string; docNumber: string | null }[];
}

export interface Clause {
  clause: string;
  kind: string;
  path: string[];
  heading: string | null;
  text: string;
  start: number;
  end: number;
  endAll: number;
  parent: string | null;
}

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

export interface LedgerEntry {
  policy: string;
  clause: string;
  start: number;
  end: number;
  text: string;
  unit: string;
  value: string;
  account: string;
  by: string;
}

export interface PolicyDocument {
  policy: PolicyView;
  clauses: Clause[];
  figures: LedgerEntry[];
}

export interface Rule {
  policy: string;
  subject: Subject;
  id: string;
  title: string;
  facts: string[];
  strength: 'must' | 'principle' | 'judgement';
  required: string;
  when: string | null;
  clause: string;
  quote: string;
  note: string | null;
}

export type Subject = 'lead' | 'member' | 'consortium' | 'talent-consortium';

export interface FactSpec {
  id: string;
  type: 'money' | 'percent' | 'count' | 'date' | 'boolean' | 'enum' | 'level' | 'text' | 'money-by-year';
  label: string;
  question: string;
  example: string;
  values: { id: string; label: string }[];
  orWord: string | null;
}

export interface Verdicts {
  asOf: string;
  subject: Subject;
  facts: Record<string, unknown>;
  read: Record<string, unknown>;
  faults: { fact: string; message: string; accepted: string }[];
  verdicts: Verdict[];
}

export interface Session {
  signedIn: boolean;
  needs: 'token' | 'loopback';
  name: string | null;
  csrf: string | null;
  until: string | null;
}

export type Mark = 'wrong' | 'missing' | 'good';

export interface AnswerLine {
  id: string;
  at: string;
  channel: string;
  question: string;
  intent: string;
  mode: string;
  answered: boolean;
  lead: string;
  feedback: Mark | null;
}

export interface Feedback {
  id: string;
  answer: string;
  verdict: Mark;
  note: string | null;
  at: string;
}

export interface KeptAnswer {
  id: string;
  at: string;
  channel: string;
  question: string;
  history: { role: 'user' | 'assistant'; text: string }[];
  asOf: string;
  answer: Answer;
  trace: Trace | null;
  sent: string;
  feedback: Feedback[];
}

export interface Review {
  id: string;
  answer: string;
  question: string;
  verdict: Mark;
  note: string | null;
  at: string;
  state: 'open' | 'done';
  decision: 'confirmed' | 'rejected' | null;
  decisionNote: string | null;
  expected: string | null;
}

export interface Unanswered {
  total: number;
  items: { question: string; count: number; last: string; answer: string }[];
}
