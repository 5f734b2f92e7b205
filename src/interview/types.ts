import type { Subject, Verdict } from '../rules/index.js';

/** The version that {@link InterviewState} is written with. Older ones are migrated by `readState`. */
export const STATE_VERSION = 2;

/**
 * Where an interview stands: plain JSON, to be stored as it is and given back as it is. Answers are keyed by fact id,
 * never by position, so that going back, correcting and telling several things at once lose nothing.
 * A holder must not look inside: what there is to show is in the reply's answer.
 */
export interface InterviewState {
  version: number;
  /** Whom the interview is about; null until chosen. */
  subject: Subject | null;
  /** Policy ids to be judged, in reading order; empty until chosen. */
  policies: string[];
  /** What the user told, in the contract's notation (`"180000000"`, `"<200000000"`, `true`, `{"2023": …}`). */
  facts: Record<string, unknown>;
  /** Facts that the user was asked for and does not know, or not more exactly: the interview goes round them. */
  unsure: string[];
  /** Facts put off (“跳过”): asked once more when nothing else is left. */
  skipped: string[];
  /** Facts that were asked for again because the first answer was too vague or contradicted another. */
  again: string[];
  /** What is being asked now: `subject`, `policies`, a fact id, or null where nothing is (the outcome is settled). */
  asking: string | null;
  /** What was asked and answered, oldest first (the same keys as `asking`); “上一题” goes back along it. */
  trail: string[];
  /** True once the user wants the full picture though the outcome is settled. */
  full: boolean;
  /** The day of the check, YYYY-MM-DD, where the interview was started for one; null: the day of each reply. */
  asOf: string | null;
}

/** A policy that can be chosen. */
export interface PolicyChoice {
  policy: string;
  /** 泉州 */
  cityName: string;
  /** Life-cycle status on the day: in-force, draft, undated … */
  status: string;
}

/** Why a question is put: a clause that reads the fact, and of which policy. */
export interface Because {
  policy: string;
  criterion: string;
  title: string;
  clause: string;
  quote: string;
  /** False for a clause that asks for this fact only to know whether it concerns the case. */
  tested: boolean;
}

/**
 * Why the fact is asked now: it is unknown; the answer so far is too vague to settle it; what was told contradicts itself;
 * the user went back to it, or wants to change it.
 */
export type Reason = 'unknown' | 'vague' | 'conflict' | 'back';

/** How much is left, honestly: what can still change an outcome (or, in the full picture, is still open), not what exists. */
export interface Progress {
  /** Questions answered so far, “不清楚” included. */
  answered: number;
  /** Facts that can still matter, the one being asked included. An upper limit: an answer may make others idle. */
  canMatter: number;
}

/** What is to be shown now. Each ending is its own kind, so that a caller must handle each. */
export type View =
  | { kind: 'choose-subject'; choices: Subject[] }
  | { kind: 'choose-policies'; subject: Subject; choices: PolicyChoice[] }
  | {
      kind: 'question';
      fact: string;
      reason: Reason;
      /** The value so far, in the contract's notation, where there is one (vague, contradicted, or gone back to). */
      known: unknown;
      because: Because[];
      progress: Progress;
      /** Verdicts so far, one a policy, in the order of `policies`. */
      verdicts: Verdict[];
      /** Policies whose outcome can no longer change. */
      settled: string[];
    }
  /** No answer can change an outcome any more. The `open` facts would complete the picture; none when it is complete. */
  | { kind: 'settled'; verdicts: Verdict[]; open: string[]; progress: Progress };

/** What a message did, in the order in which it did it. */
export type Event =
  | { kind: 'subject'; subject: Subject }
  | { kind: 'policies'; policies: string[] }
  /** A fact was told; `before` is its earlier value where it was corrected, both in the contract's notation. */
  | { kind: 'took'; fact: string; value: unknown; before: unknown }
  | { kind: 'unsure'; fact: string }
  | { kind: 'skipped'; fact: string }
  | { kind: 'kept'; fact: string }
  | { kind: 'back' }
  | { kind: 'nothing-before' }
  | { kind: 'change'; fact: string }
  /** “改一下” without saying what: the facts told so far may be named. */
  | { kind: 'change-what'; facts: string[] }
  | { kind: 'why'; fact: string }
  | { kind: 'full' }
  | { kind: 'restarted' }
  | { kind: 'left' }
  | { kind: 'help' }
  /** What comes of saying no to what is asked: the outcomes then, in the order of the policies. Nothing was noted. */
  | { kind: 'if-not'; fact: string; value: unknown; verdicts: Verdict[] }
  /** A figure that is not said to be of anything; the facts it may be of (none: no condition is about such figures). */
  | { kind: 'which'; said: string; facts: string[] }
  /** A city alone that is not being judged: to be added, or the only one. */
  | { kind: 'other-city'; policies: string[] }
  /** Cities alone, before it was said what is to be judged. */
  | { kind: 'city-first'; policies: string[] }
  /** A city alone that is being judged already. */
  | { kind: 'same-city'; policies: string[] }
  | { kind: 'summary' }
  | { kind: 'report' }
  /** A question of policy: not the interview's to answer. The caller answers it and shows the view again. */
  | { kind: 'elsewhere'; question: string }
  /**
   * Words that tell nothing of what was asked, or not clearly: a number without its unit (`unit`), several figures that
   * could each be it (`several`), an answer where nothing is asked (`idle`), a date that is not exact to the day (`day`), a yes where the date is needed (`which-day`).
   */
  | {
      kind: 'unread';
      said: string;
      asking: string;
      fault: 'nothing' | 'unit' | 'several' | 'day' | 'which-day' | 'idle';
    };

/** What came of a message: the new state (null: the user left), what happened, and what to show now. */
export interface Step {
  state: InterviewState | null;
  events: Event[];
  /** null only where the user left. */
  view: View | null;
}

/** How to begin: everything that is known already is not asked. */
export interface StartRequest {
  subject?: Subject;
  /** Policy ids; those without conditions for the subject are left out. */
  policies?: readonly string[];
  /** In the contract's notation. */
  facts?: Record<string, unknown>;
  /** YYYY-MM-DD */
  asOf?: string;
}
