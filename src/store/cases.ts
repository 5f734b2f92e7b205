import type { Review } from './types.js';

/** What is looked for in a kept answer; it may be of an older version, or not be an answer of the assistant at all. */
interface Given {
  intent?: string;
  text?: string;
  citations?: { policy: string; clause: string }[];
}

/**
 * A confirmed review as a case in the format of eval/questions. `gold` holds what is certain from the review alone: that the
 * documents do say it (`missing`), and the reviewer's words; what was answered stands beside it, as material for the gold.
 */
export function caseOf(review: Review, request: unknown, answer: unknown) {
  const asked = (request ?? {}) as { history?: unknown[]; policy?: string };
  const given = (answer ?? {}) as Given;
  return {
    id: `review-${review.id}`,
    question: review.question,
    asOf: review.asOf,
    ...(asked.history?.length ? { history: asked.history } : {}),
    ...(asked.policy ? { policy: asked.policy } : {}),
    gold: {
      ...(review.verdict === 'missing' ? { answered: true } : {}),
      ...(review.expected ? { mustSay: [review.expected] } : {}),
    },
    review: {
      verdict: review.verdict,
      note: review.note,
      decisionNote: review.decisionNote,
      given: { intent: given.intent, text: given.text, citations: given.citations },
    },
  };
}
